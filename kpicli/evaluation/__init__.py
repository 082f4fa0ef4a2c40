"""From records to a status: which record counts, what the actual is, which target holds."""
