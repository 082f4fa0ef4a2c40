"""What a person's words mean: small words left out, endings cut, and one word for all of a kind."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

from kpicli.language.concept import words_of
from kpicli.language.tokens import tokens
from kpicli.noun import NamedTuple
from kpicli.plugins import split, words

_WEAK_WEIGHT = 0.4
"""What a word that tells little counts, against one that tells something."""
_LONGEST_GAP = 3
"""So far behind its verb a particle may stand: `sends the parcel back`."""
_NO_KINDS: frozenset[int] = frozenset()
_ENDING = re.compile(r"(?<=[^\W\d_]{3})(?:ing|ed|er|es|ly|s|y|e|i)$")
_DOUBLED = re.compile(r"(?<=[^\W\d_]{2})([^\W\d_aeiou])\1$")
_POSSESSIVE = re.compile("['\u2019]s$")


class SearchWord(NamedTuple):
    """A word as it is written, its stem, and the kinds of synonyms that it belongs to.

    Two words that mean one thing together are one.
    """

    text: str
    stem: str
    kinds: frozenset[int]

    @property
    def weight(self) -> float:
        """How much it tells at all."""
        return _WEAK_WEIGHT if self.stem in _weak_stems() else 1


@lru_cache(4096)
def search_words(text: str) -> tuple[SearchWord, ...]:
    """The words of a text that tell something; all of them where none does."""
    pairs = list(_joined(tokens(text)))
    telling = [pair for pair in pairs if pair[1] not in words_of("synonyms.small")] or pairs
    return tuple(
        SearchWord(as_typed, root, _kinds().get(root, _NO_KINDS))
        for as_typed, word in telling
        for root in [stem(word)]
    )


def _joined(spoken: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each word as it is written and as it is listed: two that mean one thing as one."""
    joined: set[int] = set()
    for at, word in enumerate(spoken):
        following = range(at + 1, min(at + 1 + _LONGEST_GAP, len(spoken)))
        pairs = ((_pairs().get((stem(word), stem(spoken[after]))), after) for after in following)
        pair, after = next(((pair, after) for pair, after in pairs if pair), (word, at))
        if at not in joined:
            joined.add(after)
            yield word if after == at else f"{word} {spoken[after]}", pair


@lru_cache(4096)
def stem(word: str) -> str:
    """A word without its endings: `delivered`, `delivers` and `deliveries` are one."""
    cut = _irregular_forms().get(word) or _POSSESSIVE.sub("", word)
    while (shorter := _ENDING.sub("", cut)) != cut:
        cut = shorter
    return _DOUBLED.sub(r"\1", cut)


@cache
def _irregular_forms() -> Mapping[str, str]:
    return {
        form: word
        for irregular in words("synonyms.forms").values()
        for word, forms in irregular.items()
        for form in split(forms)
    }


@cache
def _kinds() -> Mapping[str, frozenset[int]]:
    texts = [text for synonyms in words("synonyms").values() for text in synonyms.get("kinds", ())]
    kinds: dict[str, frozenset[int]] = {}
    for kind, text in enumerate(texts):
        for root in map(stem, split(text)):
            kinds[root] = kinds.get(root, _NO_KINDS) | {kind}
    return kinds


@cache
def _pairs() -> Mapping[tuple[str, str], str]:
    pairs = sorted(words_of("synonyms.pairs"))
    return {
        (stem(verb), stem(particle)): f"{verb} {particle}"
        for verb, particle in map(str.split, pairs)
    }


@cache
def _weak_stems() -> frozenset[str]:
    return frozenset(map(stem, words_of("synonyms.weak")))
