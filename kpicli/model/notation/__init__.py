"""How nouns are read as people type them: numbers, lengths of time, periods."""
