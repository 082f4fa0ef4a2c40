"""The ink of a terminal: lines of text in their colours, one kind of thing a file."""
