"""What names and definitions say in words: a wish, or something that is counted.

Words are matched whole and whatever their case; the lists are of what people write in English,
Norwegian, Danish, Swedish and German. Where a word may mean either, it is in no list: it is worse
to complain of a good name than to pass a bad one.
"""

import re
from itertools import dropwhile, takewhile

_WORD = re.compile(r"[^\W_]+(?:[-'\u2019][^\W_]+)*|[%#$€£¥]")
_PHRASE_END = re.compile(r"[(\[,;:/\u2013\u2014|]|\s-\s")
_DIVISION = re.compile(r"\bdivided\b|÷|\s/\s|\bdelt på\b|\bdivideret\b|\bgeteilt\b", re.IGNORECASE)
_ACRONYMS = re.compile(r"[A-Z]{2,}s")
_QUOTIENT = re.compile(r"\b[A-Z]{2,}\s?[:/]\s?[A-Z]{2,}\b")


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_COUNTS = _set(
    """# no number count counts headcount footfall many quantity qty units score scores index indeks
    indexes rating ratio ratios rank ranking position points stars grade factor multiple
    antall antal anzahl andelstall karakter poeng poäng punkte
    nps enps csat ces gpa bmi apdex dau wau mau fte mql sql roas trir ltir ltifr"""
)
"""What is counted one by one, or on a scale of its own, and so needs no unit."""

_UNITS = _set(
    """% percent percentage pct pp prosent procent prozent kr nok sek dkk eur usd gbp chf euro
    euros dollars pounds $ € £ ¥ ms seconds minutes hours days weeks months years kg tons tonnes km
    litres liters kwh sekunder minutter minuter minuten timer timmar stunden dager dage dagar tage
    uker uger veckor wochen"""
)

_MEASURES = _set(
    """rate share average avg mean median total sum amount proportion fraction yield per minus
    time cost revenue turnover andel anteil snitt gjennomsnitt gennemsnit genomsnitt
    durchschnitt summe"""
)
"""What makes a number out of anything, if not yet its unit."""

_VERBS = _set(
    """improve increase grow boost reduce decrease maximise maximize minimise minimize optimise
    optimize enhance strengthen accelerate become achieve ensure
    forbedre øke øge vokse styrke redusere reducere förbättra öka växa stärka minska
    verbessern steigern wachsen stärken erhöhen senken"""
)
"""A wish where a name begins with it."""

_LAST_VERBS = _set("verbessern steigern erhöhen senken stärken")
"""In German it comes last: `Umsatz steigern`."""

_QUALITIES = _set(
    """better best more happy happier good great excellent awesome stronger faster quicker cheaper
    fewer safer smarter healthier satisfied delighted world-class bedre mere mer flere glade
    fornøyde fornøjede tilfredse gode bättre fler nöjda glada besser bessere mehr glückliche
    zufriedene gute"""
)
"""A wish wherever it stands, but for `more than` and `or more`."""

_VIRTUES = _set(
    """quality efficiency effectiveness success performance excellence productivity innovation
    happiness satisfaction engagement loyalty awareness wellbeing well-being morale culture
    collaboration communication experience reputation motivation agility improvement
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
_ALONE = _set("growth vekst vækst tillväxt wachstum")

_WISHING = _set("we our us want wants wish should must shall vi vores vår våra wir unsere sollen")

_JOINTS = _set(
    """of per pr to in from by for with without on at between until among after before during since
    over under than and or as who that which whose when where excluding including minus less plus
    divided av af til for fra i på med uden uten och og von zu mit ohne pro je für bei und"""
)
"""Words after which a name goes on about something else."""

_PARTICIPLES = _set(
    "won lost sold made built read left held kept sent paid open absent present due"
)
"""What may follow the thing counted, beside words in -ed."""

_PLURALS = _set(
    """people staff children women men pupils klagomål besøk besøg besök besøkende besøgende
    ansatte anställda elever feil fejl fehler saker sager ärenden beschwerden
    reklamationen reklamationer møter møder möten mitarbeiter"""
)
_PLURAL_ENDINGS = (
    *("kunder", "kunden", "ordrer", "ordrar", "klager", "brukere", "brugere", "nutzer"),
    *("medarbeidere", "medarbejdere", "medarbetare", "inger", "ungen", "ningar", "dager"),
)
_NO_PLURALS = _set(
    """sales costs expenses earnings savings wages salaries revenues profits fees losses prices
    rates times values margins emissions takings proceeds funds assets liabilities shares saas
    news series gross always"""
)
"""What ends in -s and is no number of things."""


def words(text: str) -> tuple[str, ...]:
    """The words of a text in small letters; `%` and the signs of money are words too."""
    return tuple(word.casefold() for word in _WORD.findall(text))


def is_vague(name: str, definition: str) -> bool:
    """Whether a name is a wish that the definition does not turn into a number."""
    return is_wish(name) and not (definition.strip() and _makes_a_number(definition))


def is_wish(name: str) -> bool:
    """Whether a name says that something should be good, and not what is measured."""
    said = words(name)
    if not said or said[0] in _VERBS or said[-1] in _LAST_VERBS:
        return bool(said)
    if _says(name, _NUMBERS):
        return False
    subject = tuple(word.casefold() for word in _subject(name))
    if _has_quality(said) or (len(subject) == 1 and subject[0] in _ALONE):
        return True
    return bool(subject) and (subject[-1] in _VIRTUES or subject[-1].endswith(_VIRTUE_ENDINGS))


def without_wish(name: str) -> str:
    """What is left of a name to be counted: `customers` of `Happy customers`."""
    wishes = _VERBS | _QUALITIES | _VIRTUES
    return " ".join(word for word in _WORD.findall(name) if word.casefold() not in wishes)


def is_counted(name: str, definition: str) -> bool:
    """Whether a name or a definition says that things are counted, or on which scale."""
    if _QUOTIENT.search(name):
        return True
    numerator = _DIVISION.split(definition, maxsplit=1)[0]
    return any(_says(text, _COUNTS | _UNITS) or _names_things(text) for text in (name, numerator))


_NUMBERS = _COUNTS | _UNITS | _MEASURES


def _says(text: str, wanted: frozenset[str]) -> bool:
    """Whether one of the words is there, or at the end of a compound: `Nöjd-kund-index`."""
    return any(word in wanted or word.rpartition("-")[2] in wanted for word in words(text))


def _has_quality(said: tuple[str, ...]) -> bool:
    before, after = ("", *said), (*said[1:], "")
    return any(
        word in _QUALITIES and previous != "or" and following != "than"
        for previous, word, following in zip(before, said, after, strict=False)
    )


def _makes_a_number(definition: str) -> bool:
    """Whether it counts or measures; where no word says so, only a wish is held against it."""
    said = words(definition)
    if _says(definition, _NUMBERS) or _DIVISION.search(definition):
        return True
    if any(char.isdigit() for char in definition):
        return True
    if _WISHING.isdisjoint(words(" ".join(_subject(definition)))) and _names_things(definition):
        return not _has_quality(said)
    return _WISHING.isdisjoint(said) and not is_wish(definition)


def _subject(text: str) -> tuple[str, ...]:
    """What a text is about: its words up to a comma, a bracket or a joint such as `of`."""
    phrase = _WORD.findall(_PHRASE_END.split(text, maxsplit=1)[0])
    begun = dropwhile(lambda word: word.casefold() in _JOINTS, phrase)
    return tuple(takewhile(lambda word: word.casefold() not in _JOINTS, begun))


def _names_things(text: str) -> bool:
    """Whether it is about things in plural: `Orders`, `Tickets closed`, `MQLs per week`."""
    subject = list(_subject(text))
    while len(subject) > 1 and _is_beside(subject[-1].casefold()):
        subject.pop()
    return bool(subject) and _is_plural(subject[-1])


def _is_beside(word: str) -> bool:
    """Whether it follows the thing counted, as in `Tickets closed` and `Answers 9-10`."""
    return word[0].isdigit() or word in _PARTICIPLES or (len(word) > 4 and word.endswith("ed"))


def _is_plural(word: str) -> bool:
    folded = word.casefold()
    if folded in _NO_PLURALS:
        return False
    if _ACRONYMS.fullmatch(word) or folded in _PLURALS or folded.endswith(_PLURAL_ENDINGS):
        return True
    is_in_s = len(folded) > 3 and folded.endswith("s")
    return is_in_s and not folded.endswith(("ss", "us", "is", "'s", "\u2019s"))
