"""Words that a board brings itself, in names as people write them."""

from collections.abc import Iterable

from kpicli.language.tokens import tokens


def names_any(name: str, words: Iterable[str]) -> bool:
    """Whether one of the words or phrases stands in a name, whatever the case."""
    spoken = f" {' '.join(tokens(name))} "
    return any(f" {' '.join(tokens(word))} " in spoken for word in words)
