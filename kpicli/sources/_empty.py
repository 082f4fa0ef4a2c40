"""Cells in which nothing was measured."""

EMPTY = frozenset({"", "-", "–", "n/a", "na", "#n/a", "null"})  # noqa: RUF001 - what people write
"""In any case; never 0."""
