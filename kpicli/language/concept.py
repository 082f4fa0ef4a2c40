"""The words of a concept, in all languages together, read when they are first asked for."""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from kpicli.plugins import languages, split, words


@cache
def words_of(*concepts: str) -> frozenset[str]:
    """Every word and phrase of the concepts; a concept is a key of a table: `vague.verbs`."""
    return frozenset(
        word
        for concept in concepts
        for table, _, key in [concept.partition(".")]
        for language in words(table).values()
        for word in split(language.get(key, ""))
    )


@cache
def endings_of(concept: str) -> tuple[str, ...]:
    """The endings of words that a concept lists."""
    return tuple(sorted(words_of(concept)))


@cache
def phrases_of(concept: str) -> tuple[str, ...]:
    """What a concept lists, with a space at both ends as it is looked for between words."""
    return tuple(f" {' '.join(phrase.split('-'))} " for phrase in sorted(words_of(concept)))


@cache
def pattern_of(*concepts: str) -> str:
    """A regular expression for what the concepts list, the longest first."""
    longest_first = sorted(words_of(*concepts), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest_first)


def all_words() -> Iterator[str]:
    """Every word and phrase of every concept, in all languages."""
    for language in languages().values():
        yield from _texts(language)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield from split(value)
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield key
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
