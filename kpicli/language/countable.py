"""Whether words say that things are counted, or on which scale, so that a number needs no unit."""

import re

from kpicli.language.tokens import COUNTS, UNITS, says, spelled, spoken, subject, topic, word_set

DIVISION = re.compile(
    r"\bdivided\b|÷|\s/\s|\bdelt på\b|\bdela[td] (?:med|på)\b|\bdivider(?:et|t|at)\b"
    r"|\bgeteilt\b|\bdividiert\b",
    re.IGNORECASE,
)
_ACRONYMS = re.compile(r"[A-Z]{2,}s")
_QUOTIENT = re.compile(r"\b[A-Z]{2,}\s?[:/]\s?[A-Z]{2,}\b")

_PARTICIPLES = word_set(
    "won lost sold made built read left held kept sent paid open absent present due"
)
"""What may follow the thing counted, beside words in -ed."""

_PLURALS = word_set(
    """people staff children women men pupils klagomål besøk besøg besök besøkende besøgende
    ansatte anställda elever feil fejl fehler saker sager ärenden beschwerden
    reklamationen reklamationer møter møder möten mitarbeiter"""
)
_PLURAL_ENDINGS = (
    *("kunder", "kunden", "ordrer", "ordrar", "klager", "brukere", "brugere", "nutzer"),
    *("medarbeidere", "medarbejdere", "medarbetare", "inger", "ungen", "ningar", "dager"),
)
_NO_PLURALS = word_set(
    """sales costs expenses earnings savings wages salaries revenues profits fees losses prices
    rates times values margins emissions takings proceeds funds assets liabilities shares saas
    news series gross always"""
)
"""What ends in -s and is no number of things."""

_AMOUNTS = word_set(
    """cost costs revenue sales spend spending time turnover margin profit price expense expenses
    income budget payroll value earnings savings cash debt capital kostnad kostnader omsetning
    omsætning umsatz kosten pris preis weight energy consumption electricity waste"""
)
"""What is never a number of things, whatever the definition adds up."""


def is_counted(name: str, definition: str) -> bool:
    """Whether a name or a definition says that things are counted, or on which scale.

    What is divided is no count any more, unless the name says of what: `Orders per visit`.
    """
    if _BEGINS_A_SHARE.match(definition.strip()) and "minus" not in spoken(definition):
        return says(name, UNITS)
    if _QUOTIENT.search(name) or says(name, COUNTS | UNITS) or says(definition, _SCALES):
        return True
    if DIVISION.search(definition):
        return names_things(name) and not is_part_of_same(definition)
    if names_things(name) or says(definition, COUNTS | UNITS):
        return True
    return _AMOUNTS.isdisjoint(topic(name)[0][-1:]) and names_things(definition)


_BEGINS_A_SHARE = re.compile(
    r"(?:the )?(?:share|percentage|proportion|andel(?:en)?|anteil|prosent|procent)\b", re.IGNORECASE
)
_SCALES = word_set("score scores scale skala skalaen points poeng poäng punkte index stars")


def is_part_of_same(definition: str) -> bool:
    """Whether things are divided by things of their kind: `Orders on time divided by orders`."""
    numerator, *rest = DIVISION.split(definition, maxsplit=1)
    counted = next((word.casefold() for word in spelled(numerator) if is_plural(word)), None)
    return bool(rest) and counted in spoken(rest[0])


def names_things(text: str) -> bool:
    """Whether it is about things in plural: `Orders`, `Tickets closed`, `MQLs per week`."""
    about = list(subject(text))
    while len(about) > 1 and _is_beside(about[-1].casefold()):
        about.pop()
    return bool(about) and is_plural(about[-1])


def _is_beside(word: str) -> bool:
    """Whether it follows the thing counted, as in `Tickets closed` and `Answers 9-10`."""
    return word[0].isdigit() or word in _PARTICIPLES or (len(word) > 4 and word.endswith("ed"))


def is_plural(word: str) -> bool:
    """Whether a word names several things."""
    folded = word.casefold()
    if folded in _NO_PLURALS:
        return False
    if _ACRONYMS.fullmatch(word) or folded in _PLURALS or folded.endswith(_PLURAL_ENDINGS):
        return True
    is_in_s = len(folded) > 3 and folded.endswith("s")
    return is_in_s and not folded.endswith(("ss", "us", "is", "'s", "\u2019s"))
