"""What a person's words mean: small words left out, endings cut; and whether kpi knows them."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache

from kpicli.language.concept import all_words, words_of
from kpicli.language.tokens import tokens
from kpicli.noun import NamedTuple
from kpicli.plugins import split, words

_LEAST_SHARE = 0.3  # of the words of names in a language that is read, about two thirds are known
_FEWEST = 8
_SHORTEST = 4
_WEAK_WEIGHT = 0.4  # what a word that tells little counts, against one that tells something
_LONGEST_GAP = 3  # so far behind its verb a particle may stand: `sends the parcel back`
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
