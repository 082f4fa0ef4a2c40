"""Whether names are in a language that kpi has words of."""

from collections.abc import Iterable
from functools import cache

from kpicli.language.concept import all_words
from kpicli.language.stems import stem
from kpicli.language.tokens import tokens

_LEAST_SHARE = 0.3
"""Of the words of names in a language that is read, about two thirds are known."""
_FEWEST = 8
_SHORTEST = 4


def is_foreign(names: Iterable[str]) -> bool:
    """Whether most of the names are in none of the languages; of a few words nobody can tell."""
    spoken = [{word for word in tokens(name) if _tells_language(word)} for name in names]
    telling = set[str]().union(*spoken)
    if len(telling) < _FEWEST:
        return False
    known = {word for word in telling if word in _words()}
    if len(known) < _LEAST_SHARE * len(telling):
        known |= {word for word in telling if stem(word) in _stems()}
    strange = sum(known.isdisjoint(words) for words in spoken if words)
    return len(known) < _LEAST_SHARE * len(telling) and strange * 5 >= len(spoken) * 2


def _tells_language(word: str) -> bool:
    return word.isalpha() and (len(word) >= _SHORTEST or not word.isascii())


@cache
def _words() -> frozenset[str]:
    return all_words()


@cache
def _stems() -> frozenset[str]:
    return frozenset(map(stem, _words()))
