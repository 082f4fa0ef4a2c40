"""The words of a concept, in all languages together, read when they are first asked for."""

import re
from functools import cache
from itertools import chain

from kpicli.plugins import split, word_files, words

_CONCEPTS = re.compile(r"<((?:[a-z_]+\.[a-z_]+ ?)+)>")
_LETTERS = re.compile(r"[^\W\d_]+")


@cache
def words_of(*concepts: str) -> frozenset[str]:
    """Every word and phrase of the concepts; a concept is a key of a table: `vague.verbs`.

    A word is there as texts are compared too, `massnahmen` beside `maßnahmen`.
    """
    tables = (concept.partition(".")[::2] for concept in concepts)
    texts = (language.get(key, "") for table, key in tables for language in words(table).values())
    spelled = frozenset(chain.from_iterable(map(split, texts)))
    return spelled.union(word.casefold() for word in spelled if "ß" in word)


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


@cache
def expression(form: str) -> re.Pattern[str]:
    """A regular expression with what concepts list in it, whatever the case: `<text.of>`."""
    whole = _CONCEPTS.sub(lambda concepts: pattern_of(*concepts[1].split()), form)
    return re.compile(whole, re.IGNORECASE)


def all_words() -> frozenset[str]:
    """Every word of every concept, in all languages; comments are left out."""
    lines = (line for text in word_files().values() for line in text.splitlines())
    return frozenset(
        word for line in lines if not line.startswith("#") for word in _LETTERS.findall(line)
    )
