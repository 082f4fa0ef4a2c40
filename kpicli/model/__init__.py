"""Nouns: frozen dataclasses that parse and print themselves."""
