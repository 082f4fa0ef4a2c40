"""What a person's words mean: small words left out, endings cut, and one word for all of a kind."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from kpicli.language.synonyms import FORMS, KINDS, PAIRS, SMALL, WEAK
from kpicli.language.tokens import spoken

_WEAKLY = 0.4
"""What a word that tells little counts, against one that tells something."""
_APART = 3
"""So far behind its verb a particle may stand: `sends the parcel back`."""
_NONE: frozenset[int] = frozenset()
_ENDING = re.compile(r"(?<=[^\W\d_]{3})(?:ing|ed|er|es|ly|s|y|e|i)$")
_DOUBLED = re.compile(r"(?<=[^\W\d_]{2})([^\W\d_aeiou])\1$")
_OWNER = re.compile("['\u2019]s$")


class Meant(NamedTuple):
    """A word as it was said, its stem, and the kinds of words that it belongs to.

    Two words that mean one thing are one.
    """

    said: str
    stem: str
    kinds: frozenset[int]

    @property
    def worth(self) -> float:
        """How much it tells at all."""
        return _WEAKLY if self.stem in _weak() else 1


@lru_cache(4096)
def meant(text: str) -> tuple[Meant, ...]:
    """The words of a text that tell something; all of them where none does."""
    joined = list(_joined(spoken(text)))
    telling = [(said, word) for said, word in joined if word not in SMALL] or joined
    stems = ((said, stem(word)) for said, word in telling)
    return tuple(Meant(said, base, _kinds().get(base, _NONE)) for said, base in stems)


def _joined(said: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The words, as they were said and as they are known: two that mean one thing as one."""
    taken: set[int] = set()
    for at, word in enumerate(said):
        following = range(at + 1, min(at + 1 + _APART, len(said)))
        found = ((_pairs().get((stem(word), stem(said[after]))), after) for after in following)
        pair, after = next(((pair, after) for pair, after in found if pair), (word, at))
        if at not in taken:
            taken.add(after)
            yield word if after == at else f"{word} {said[after]}", pair


@lru_cache(4096)
def stem(word: str) -> str:
    """A word without its endings: `delivered`, `delivers` and `deliveries` are one."""
    cut = FORMS.get(word) or _OWNER.sub("", word)
    while (shorter := _ENDING.sub("", cut)) != cut:
        cut = shorter
    return _DOUBLED.sub(r"\1", cut)


@cache
def _kinds() -> Mapping[str, frozenset[int]]:
    kinds: dict[str, frozenset[int]] = {}
    for at, line in enumerate(KINDS.replace("\n    ", " ").split("\n")):
        for word in line.split():
            kinds[stem(word)] = kinds.get(stem(word), _NONE) | {at}
    return kinds


@cache
def _pairs() -> Mapping[tuple[str, str], str]:
    split = ((pair, *pair.split("_")) for pair in sorted(PAIRS))
    return {(stem(verb), stem(particle)): pair for pair, verb, particle in split}


@cache
def _weak() -> frozenset[str]:
    return frozenset(map(stem, WEAK))
