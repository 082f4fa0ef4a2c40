"""Names that cannot be told apart: equal but for case, spaces, abbreviations or a slip."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from kpicli.language.concept import words_of
from kpicli.language.tokens import tokens, written_words
from kpicli.plugins import split, words

_ASIDE = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_SHORTEST_INITIALS = 3
_SLIP_LENGTHS = range(6, 41)  # a shorter word is soon another one; a longer one is none
_MOST_WORDS = 20  # names of more words are compared as they are, not for slips
NameKey = tuple[str, ...]
_Slip = tuple[NameKey, NameKey, str]  # the words around a long one, and a form of its slips


def same_names(names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Each id with an earlier one whose name means the same, but for a slip or an abbreviation."""
    ids: dict[NameKey, str] = {}
    ids_by_initials: dict[str, str] = {}
    slips: dict[_Slip, list[tuple[str, str]]] = defaultdict(list)
    for id, name in names.items():
        key = name_key(name)
        earlier = ids.get(key) or _by_initials(name, ids_by_initials) or _by_slip(key, slips)
        if earlier:
            yield id, earlier
        for initials in _initials_keys(name):
            ids_by_initials.setdefault(initials, id)
        if key not in ids:
            ids[key] = id
            for word, slip in _slips(key):
                slips[slip].append((word, id))


def name_key(name: str) -> NameKey:
    """The words that tell a name from others, written out and in one order."""
    singular = [_singular(_long_form(word)) for word in tokens(_without_own_initials(name))]
    telling = [word for word in singular if word not in words_of("text.unimportant")] or singular
    is_ordered = not words_of("text.ordered").isdisjoint(telling)
    return tuple(telling if is_ordered else sorted(telling))


def _long_form(word: str) -> str:
    return _long_forms().get(word, word)


@cache
def _long_forms() -> Mapping[str, str]:
    return {
        short: long
        for language in words("abbreviations").values()
        for long, spelled in language.items()
        for short in split(spelled)
    }


def _singular(word: str) -> str:
    """A word in singular, roughly."""
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    is_plural = len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is"))
    return word[:-1] if is_plural else word


def _without_own_initials(name: str) -> str:
    """`Average order value (AOV)` without what stands in the brackets."""
    aside = _ASIDE.search(name)
    if not aside:
        return name
    without = _ASIDE.sub(" ", name)
    initials = "".join(word[0] for word in tokens(without))
    return without if aside[1].casefold() == initials else name


def _initials_keys(name: str) -> set[str]:
    """What a name may be found by: `aov!` if it is short itself, `aov` if it can be shortened."""
    letters = written_words(name)
    is_short = len(letters) == 1 and name.strip().isupper()
    if is_short and len(letters[0]) >= _SHORTEST_INITIALS:
        return {f"{letters[0].casefold()}!"}
    full = [_long_form(word) for word in tokens(_without_own_initials(name))]
    telling = [word for word in full if word not in words_of("text.unimportant")]
    several = [words for words in (full, telling) if len(words) >= _SHORTEST_INITIALS]
    return {"".join(word[0] for word in words) for words in several}


def _by_initials(name: str, ids: Mapping[str, str]) -> str | None:
    """The id of a name that this one is short for, or that is short for this one."""
    keys = (key[:-1] if key.endswith("!") else f"{key}!" for key in _initials_keys(name))
    return next((ids[key] for key in keys if key in ids), None)


def _by_slip(key: NameKey, slips: Mapping[_Slip, Sequence[tuple[str, str]]]) -> str | None:
    """The id of a name that differs by one letter of one long word."""
    for word, slip in _slips(key):
        for earlier, id in slips.get(slip, ()):
            if _is_slip(*sorted((word, earlier), key=len)):
                return id
    return None


def _slips(key: NameKey) -> Iterator[tuple[str, _Slip]]:
    """Each long word with its forms: as it is, and without one of its letters.

    Two words that are one letter apart share a form (Garbe, Symmetric Delete, 2012).
    """
    for at, word in enumerate(key if len(key) <= _MOST_WORDS else ()):
        if word.isalpha() and len(word) in _SLIP_LENGTHS:
            shortened = {word[:cut] + word[cut + 1 :] for cut in range(1, len(word))}
            for form in sorted({word, *shortened}):
                yield word, (key[:at], key[at + 1 :], form)


def _is_slip(short: str, long: str) -> bool:
    if len(long) - len(short) > 1 or short == long:
        return False
    if long.endswith(short) or short[0] != long[0]:
        return False
    pairs = zip(short, long, strict=False)
    at = next((at for at, (letter, other) in enumerate(pairs) if letter != other), len(short))
    if len(short) < len(long):
        return short[at:] == long[at + 1 :]
    turned = short[at : at + 2][::-1] == long[at : at + 2]
    return short[at + 1 :] == long[at + 1 :] or (turned and short[at + 2 :] == long[at + 2 :])
