"""The ink of a terminal: what Rich draws, one kind of thing a file."""
