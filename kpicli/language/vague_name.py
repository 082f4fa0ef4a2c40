"""Wishes: a name that says that something should be good, and nothing that makes it a number."""

from kpicli.language.countable import DIVISION, names_things
from kpicli.language.tokens import (
    COUNTS,
    MEASURES,
    UNITS,
    phrase_list,
    says,
    says_phrase,
    spelled,
    subject,
    word_set,
    words,
)

VERBS = word_set(
    """improve increase grow boost reduce decrease maximise maximize minimise minimize optimise
    optimize enhance strengthen accelerate become achieve ensure raise foster excel be
    forbedre øke øge vokse styrke redusere reducere förbättra öka växa stärka minska
    verbessern steigern wachsen stärken erhöhen senken"""
)
"""A wish where a name begins with it."""

_LAST_VERBS = word_set("verbessern steigern erhöhen senken stärken")
"""In German it comes last: `Umsatz steigern`."""

_QUALITIES = word_set(
    """better best more happy happier good great excellent awesome stronger faster quicker cheaper
    fewer safer smarter healthier satisfied delighted world-class strong smooth motivated
    efficient bedre mere mer flere glade
    fornøyde fornøjede tilfredse gode bättre fler nöjda glada besser bessere mehr glückliche
    zufriedene gute"""
)
"""A wish wherever it stands, but for `more than` and `or more`."""

_VIRTUES = word_set(
    """quality efficiency effectiveness success performance excellence productivity innovation
    happiness satisfaction engagement loyalty awareness wellbeing well-being morale culture
    collaboration communication experience reputation motivation agility improvement teamwork
    transparency professionalism sustainability transformation centricity leadership trust
    spirit visibility presence attractiveness credibility relationships
    suksess succes framgång erfolg leistung trivsel"""
)
"""A wish where it is what the name is about, as in `Product quality`, not `Quality audits`."""

_VIRTUE_ENDINGS = (
    "kvalitet",
    "qualität",
    "effektivitet",
    "effizienz",
    "tilfredshed",
    "tilfredshet",
    "nöjdhet",
    "zufriedenheit",
)
_ALONE = word_set("growth vekst vækst tillväxt wachstum")

_WISHING = word_set(
    """we our us want wants wish should must shall trives trivs love loves enjoy enjoys proud vi
    vores vår våra wir unsere sollen"""
)

_NUMBERS = COUNTS | UNITS | MEASURES


def is_vague(name: str, definition: str) -> bool:
    """Whether a name is a wish that the definition does not turn into a number."""
    return is_wish(name) and not (definition.strip() and _makes_a_number(definition))


def is_wish(name: str) -> bool:
    """Whether a name says that something should be good, and not what is measured."""
    said = words(name)
    if not said or said[0] in VERBS or said[-1] in _LAST_VERBS:
        return bool(said)
    if says(name, _NUMBERS):
        return False
    about = tuple(word.casefold() for word in subject(name))
    if _has_quality(said) or (len(about) == 1 and about[0] in _ALONE):
        return True
    return bool(about) and (about[-1] in _VIRTUES or about[-1].endswith(_VIRTUE_ENDINGS))


def without_wish(name: str) -> str:
    """What is left of a name to be counted: `customers` of `Happy customers`."""
    wishes = VERBS | _QUALITIES | _VIRTUES
    return " ".join(word for word in spelled(name) if word.casefold() not in wishes)


def _has_quality(said: tuple[str, ...]) -> bool:
    before, after = ("", *said), (*said[1:], "")
    return any(
        word in _QUALITIES and previous != "or" and following != "than"
        for previous, word, following in zip(before, said, after, strict=False)
    )


def _makes_a_number(definition: str) -> bool:
    """Whether it counts, measures or tells things apart; another wish does none of these."""
    if says_phrase(definition, _FIRST):
        return False
    if says(definition, _NUMBERS) or DIVISION.search(definition):
        return True
    if any(char.isdigit() for char in definition):
        return True
    said = words(definition)
    about = [word.casefold() for word in subject(definition)]
    if _has_quality(said) or not _WISHING.isdisjoint(about):
        return False
    return names_things(definition) or (about[:1] != [] and about[0].endswith(_DONE))


_FIRST = phrase_list("number one|number 1|no 1|nummer én|nummer ett|nummer eins|die nummer eins")
_DONE = ("ed", "ert", "erte", "ede", "ade")
"""How a definition begins that says what was done: `Delivered complete and on the day`."""
