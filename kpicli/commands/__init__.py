"""One command a file: load, analyse, view, show."""
