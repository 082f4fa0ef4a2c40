"""Verbs: pure functions over nouns."""
