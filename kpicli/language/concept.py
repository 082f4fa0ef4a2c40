"""The words of a concept, in all languages together, read when they are first asked for."""

import re
from functools import cache, lru_cache

from kpicli.plugins import split, word_files, words

_CONCEPTS = re.compile(r"<((?:-?[a-z_]+\.[a-z_]+ ?)+)>")
_UNACCENTED = ("á", "a"), ("í", "i"), ("ó", "o"), ("ú", "u"), ("ß", "ss")
_MARKS = ",\"'-()[]|=.?!+\\"  # what stands between words in their files


@cache
def words_of(*concepts: str) -> frozenset[str]:
    """Every word and phrase of the concepts; a concept is a key of a table: `vague.verbs`.

    A word is there as texts are compared too, `massnahmen` beside `maßnahmen`, and as Spanish is
    typed without accents: `evasion` beside `evasión`.
    """
    tables = (concept.partition(".")[::2] for concept in concepts)
    texts = {language.get(key, "") for table, key in tables for language in words(table).values()}
    return frozenset(split(",".join(texts.union(map(_without_accents, texts)))))


def _without_accents(text: str) -> str:
    for letter, plain in _UNACCENTED:
        text = text.replace(letter, plain)
    return text


@cache
def endings_of(concept: str) -> tuple[str, ...]:
    """The endings of words that a concept lists."""
    return tuple(sorted(words_of(concept)))


@cache
def phrases_of(concept: str) -> tuple[str, ...]:
    """What a concept lists, with a space at both ends as it is looked for between words."""
    return tuple(f" {phrase.replace('-', ' ')} " for phrase in words_of(concept))


def expression(form: str, text: str) -> re.Pattern[str]:
    """A regular expression with what concepts list, whatever the case: `<text.joints -text.and>`.

    It is for one text, without the words that are not in it: most are not, and to look costs less
    than to compile them.
    """
    plain = caseless(text)

    def pattern(concepts: re.Match[str]) -> str:
        there = [re.escape(word) for word, key in _longest_first(concepts[1]) if key in plain]
        return "|".join(there).replace(r"\ ", r"\s+") or r"(?!)"

    return _compiled(_CONCEPTS.sub(pattern, form))


@cache
def _longest_first(concepts: str) -> list[tuple[str, str]]:
    """Each word, and what it is in any case."""
    names = concepts.split()
    words = words_of(*(name for name in names if name[0] != "-"))
    words -= words_of(*(name[1:] for name in names if name[0] == "-"))
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return [(word, word.casefold()) for word in longest_first]


@lru_cache(512)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


@lru_cache(1024)
def caseless(text: str) -> str:
    """A text with one space between words, where all is found that is there in any case."""
    plain = text.casefold().replace("i\u0307", "i").replace("\u0131", "i")
    return " ".join(plain.split())


def all_words() -> frozenset[str]:
    """Every word of every concept, in all languages; comments are left out."""
    lines = (line for text in word_files().values() for line in text.splitlines())
    text = " ".join(line for line in lines if not line.startswith("#"))
    for mark in _MARKS:
        text = text.replace(mark, " ")
    return frozenset(text.split())
