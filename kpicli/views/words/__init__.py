"""Sentences, and numbers as they are shown."""
