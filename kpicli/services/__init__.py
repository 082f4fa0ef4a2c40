"""Load, then answer: for commands and the Python API alike."""
