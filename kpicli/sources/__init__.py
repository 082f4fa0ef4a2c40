"""Where actuals come from, one kind a file, and which column of a table is what."""
