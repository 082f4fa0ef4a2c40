"""Texts that stand where something is to be said, and say nothing."""

import re
from collections import Counter
from functools import lru_cache

from kpicli.language.concept import endings_of, words_of
from kpicli.language.tokens import opens_with, tokens

_ADDRESS = re.compile(r"(?:https?|file)://\S+|www\.\S+")
_ASIDE = re.compile(r"\([^()]*\)")
_LONGEST_REFERENCE = 8
_CACHED = 4096  # so many answers are kept: every rule asks whether there is a definition


@lru_cache(_CACHED)
def says_nothing(text: str, name: str = "") -> bool:
    """Whether it is empty, a place to be filled in such as `tbd`, or the name said again."""
    spoken = tokens(text)
    if set(spoken) <= words_of("placeholder.words"):
        return True
    if " ".join(spoken) in words_of("placeholder.phrases"):
        return True
    if _is_to_be_settled(spoken) or _is_unsettled(spoken) or _is_to_come(spoken):
        return True
    return bool(name) and _says_again(text, name)


def _says_again(text: str, name: str) -> bool:
    """Whether its words are those of the name: `Waiting time at the berth` of `… for berth`.

    What divides tells more, and so does a word that comes twice.
    """
    if "/" in text and "/" not in name:
        return False
    own, again = words_of("placeholder.own"), tokens(name)  # `Fan score of the club`
    told = _telling(tuple(word for word in tokens(text) if word in again or word not in own))
    named = _telling(again)
    return told == named or (bool(told) and _telling(tokens(_ASIDE.sub("", name))) <= told <= named)


def _is_to_come(spoken: tuple[str, ...]) -> bool:
    """Whether all that it says is that something comes: `Kommer i neste versjon`."""
    coming = words_of("placeholder.coming")
    about = words_of("placeholder.about", "placeholder.settling", "placeholder.words")
    return not coming.isdisjoint(spoken) and coming | about >= {*spoken}


def _is_unsettled(spoken: tuple[str, ...]) -> bool:
    """Whether all that it says is that something is not settled: `Ej fastställd`."""
    about = words_of("placeholder.about", "placeholder.settling", "shortfall.between")
    is_denied = spoken[0] in words_of("placeholder.denying")
    settled = words_of("placeholder.settling").intersection(spoken[1:])
    return is_denied and bool(settled) and {*spoken[1:]} <= about


def _is_to_be_settled(spoken: tuple[str, ...]) -> bool:
    """Whether it says that it will be said: `To be agreed with finance`, `Definieras senare`."""
    if not spoken or len(spoken) > _LONGEST_REFERENCE:
        return False
    if spoken[0] in words_of("placeholder.settled_later"):
        return True
    is_pending = opens_with(" ".join(spoken), "placeholder.pending")
    return is_pending and not words_of("placeholder.settling").isdisjoint(spoken)


def refers_elsewhere(text: str) -> bool:
    """Whether it only says where to look: `see wiki`, `Siehe Anlage 3`, or an address.

    A word that says other things too, `as` or the Spanish `se`, is followed by the place.
    """
    if _ADDRESS.fullmatch(text.strip()):
        return True
    spoken = tokens(text)
    if not spoken or len(spoken) > _LONGEST_REFERENCE:
        return False
    if spoken[0] in words_of("placeholder.look"):
        return True
    places, ends = words_of("placeholder.places"), endings_of("placeholder.place_endings")
    is_place = any(word in places or word.endswith(ends) for word in spoken[1:])
    return spoken[0] in words_of("placeholder.see") and is_place


def leads_nowhere(text: str, name: str) -> bool:
    """Whether a source or lever says nothing, or no more than that a wiki does: `see wiki`."""
    first, *following = (*tokens(text), "")
    places = words_of("placeholder.places", "text.articles", "placeholder.small") | {""}
    is_look = first in words_of("placeholder.look", "placeholder.see")
    return says_nothing(text, name) or (is_look and {*following} <= places)


@lru_cache(_CACHED)
def defined(definition: str | None, name: str) -> str:
    """A definition as far as it says something."""
    text = (definition or "").strip()
    return "" if says_nothing(text, name) or refers_elsewhere(text) else text


def _telling(spoken: tuple[str, ...]) -> Counter[str]:
    """The words that tell something, without the endings of a plural, and how often each comes."""
    small = words_of("text.articles", "ratio.of", "placeholder.small", "number.numbers")
    return Counter(word.rstrip("sn") or word for word in spoken if word not in small)
