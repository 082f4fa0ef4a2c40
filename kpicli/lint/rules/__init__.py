"""One SMART rule a file."""
