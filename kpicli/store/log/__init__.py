"""The log: read, append, merge, repair."""
