"""The disk: definitions in TOML, the log in JSON lines, and both together."""
