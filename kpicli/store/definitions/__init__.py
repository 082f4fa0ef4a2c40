"""The definitions: read, check, write, append."""
