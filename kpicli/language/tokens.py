"""A text as words: lower case, hyphens and elisions taken apart; its subject and its topic."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import dropwhile, takewhile

from kpicli.language.concept import expression, phrases_of, words_of

_WORD = re.compile(r"[^\W_]+(?:[-'\u2019][^\W_]+)*|[%#$€£¥]")
_ELISION = r"\b(<text.elisions>)['\u2019](?=\w)"
_PHRASE_END = re.compile(r"[(\[,;:/\u2013\u2014|]|\s[-\u2212]\s")
_CACHED = 4096  # so many texts are kept as read: every rule reads the same names and definitions


def written_words(text: str) -> list[str]:
    """The words in the case in which they are written; what a word elides is one of its own."""
    if "'" in text or "\u2019" in text:
        text = expression(_ELISION, text).sub(r"\1 ", text)
    return _WORD.findall(text)


@lru_cache(_CACHED)
def hyphenated_words(text: str) -> tuple[str, ...]:
    """The words in lower case; `%` and the signs of money are words too."""
    return tuple(word.casefold() for word in written_words(text))


@lru_cache(_CACHED)
def tokens(text: str) -> tuple[str, ...]:
    """The words in lower case, taken apart at their hyphens: `on-time` is two."""
    return tuple(part for word in hyphenated_words(text) for part in word.split("-"))


def has_word(text: str, vocabulary: frozenset[str]) -> bool:
    """Whether one of the words is there, or at the end of a compound: `Nöjd-kund-index`."""
    words = hyphenated_words(text)
    return any(word in vocabulary or word.rpartition("-")[2] in vocabulary for word in words)


def has_token(text: str, vocabulary: frozenset[str]) -> bool:
    """Whether one of the words is there, be it a part of a compound."""
    return not vocabulary.isdisjoint(tokens(text))


def has_phrase(text: str, concept: str) -> bool:
    """Whether a word or phrase of the concept is there, word by word."""
    spoken = tokens(text)
    phrases = _phrases_by_first_word(concept)
    if phrases.keys().isdisjoint(spoken):
        return False
    spaced = f" {' '.join(spoken)} "
    return any(phrase in spaced for word in spoken for phrase in phrases.get(word, ()))


def names_any(name: str, words: Iterable[str]) -> bool:
    """Whether one of the words or phrases stands in a name, whatever the case."""
    spoken = f" {' '.join(tokens(name))} "
    return any(f" {' '.join(tokens(word))} " in spoken for word in words)


def begins_phrase(text: str, concept: str) -> bool:
    """Whether one of the words is the first of a phrase of the concept."""
    return not _phrases_by_first_word(concept).keys().isdisjoint(tokens(text))


def opens_with(text: str, concept: str) -> bool:
    """Whether it begins with a word or phrase of the concept."""
    return f" {' '.join(tokens(text))} ".startswith(phrases_of(concept))


@cache
def _phrases_by_first_word(concept: str) -> dict[str, list[str]]:
    phrases: dict[str, list[str]] = {}
    for phrase in phrases_of(concept):
        phrases.setdefault(phrase[1 : phrase.index(" ", 1)], []).append(phrase)
    return phrases


def subject(text: str) -> tuple[str, ...]:
    """What a text is about: its words up to a comma, a bracket or a joint such as `of`."""
    joints = words_of("text.joints")
    phrase = written_words(_PHRASE_END.split(text, maxsplit=1)[0])
    start = dropwhile(lambda word: word.casefold() in joints, phrase)
    return tuple(takewhile(lambda word: word.casefold() not in joints, start))


@lru_cache(_CACHED)
def topic(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What is measured, `returns` of `Number of returns per month`, and the words after it.

    There is one word at least, an empty one where the text has none.
    """
    openings, ends = words_of("text.openings"), words_of("text.joints", "text.speakers")
    phrase = hyphenated_words(_PHRASE_END.split(text.strip("([ "), maxsplit=1)[0])
    start = tuple(dropwhile(lambda word: word in openings or word.isdigit(), phrase))
    whole = tuple(takewhile(lambda word: word not in ends, start))
    rest = _parted(start[len(whole) :])
    measured = tuple(dropwhile(lambda word: word[0].isdigit(), _parted(whole)))
    return measured or _parted(phrase)[-1:] or ("",), rest


def _parted(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(part for word in words for part in word.split("-"))
