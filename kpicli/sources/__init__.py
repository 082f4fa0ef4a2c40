"""Where other actuals come from, one kind a file."""
