"""Share a log through a database: each end gets the sealed lines that it lacks."""
