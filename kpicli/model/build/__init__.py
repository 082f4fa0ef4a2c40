"""Build the nouns of the definitions from the TOML tables, and name every fault at once."""
