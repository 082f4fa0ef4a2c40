"""The ink of a page: markup and drawings that a browser shows, one kind of thing a file."""
