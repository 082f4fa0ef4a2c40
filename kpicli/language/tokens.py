"""How names and definitions are read: words whole and in any case, phrases, and what it is about.

The lists of the rooms that build on this are of what people write in English, Norwegian, Danish,
Swedish and German. Where a word may mean either, it is in no list: it is worse to complain of a
good name than to pass a bad one.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import dropwhile, takewhile

_WORD = re.compile(r"[^\W_]+(?:[-'\u2019][^\W_]+)*|[%#$€£¥]")
_PHRASE_END = re.compile(r"[(\[,;:/\u2013\u2014|]|\s-\s")
_MANY = 4096
"""So many texts are kept as read: every rule asks about the same few."""


def word_set(text: str) -> frozenset[str]:
    """A list of words, written as a text."""
    return frozenset(text.split())


def phrase_list(text: str) -> tuple[str, ...]:
    """A list of phrases, written with `|` between them."""
    return tuple(f" {' '.join(phrase.split())} " for phrase in text.split("|"))


COUNTS = word_set(
    """# no number count counts headcount footfall many quantity qty units score scores index
    indeks indexes rating ratio ratios rank ranking position points stars grade factor multiple
    antall antal anzahl andelstall scale skala skalaen likviditetsgrad karakter poeng poäng punkte
    nps enps csat ces gpa bmi apdex dau wau mau fte mql sql roas trir ltir ltifr"""
)
"""What is counted one by one, or on a scale of its own, and so needs no unit."""

UNITS = word_set(
    """% percent percentage pct pp prosent procent prozent kr nok sek dkk eur usd gbp chf euro
    euros dollars pounds $ € £ ¥ ms seconds minutes hours days weeks months years kg tons tonnes km
    litres liters kwh sekunder minutter minuter minuten timer timmar stunden dager dage dagar tage
    uker uger veckor wochen"""
)

MEASURES = word_set(
    """rate share average avg mean median total sum amount proportion fraction yield per minus
    time cost revenue turnover andel anteil snitt gjennomsnitt gennemsnit genomsnitt
    durchschnitt summe"""
)
"""What makes a number out of anything, if not yet its unit."""

JOINTS = word_set(
    """of per pr to in from by for with without on at between until among after before during
    since over under than and or as who that which whose when where excluding including minus less
    plus divided within against about via above below av af til for fra i på med uden uten och og
    von zu mit ohne pro je für bei und"""
)
"""Words after which a name goes on about something else."""

TIMES = word_set(
    """month week day quarter year hour måned mnd uke dag år kvartal vecka månad monat woche tag
    jahr quartal time timme stunde annum end period"""
)
"""What a month has and a ratio has not: `Calls per week` are counted, not divided."""

_LEADING = word_set(
    """number no count share percentage percent pct proportion fraction average avg mean median
    total rate level volume of the a an our all my monthly weekly daily yearly annual quarterly
    # % antall antal anzahl andel andelen anteil prosent procent prozent snitt gjennomsnittlig
    gennemsnitlig genomsnittlig durchschnittliche durchschnittlicher av af på der die das den det
    de alle how many much"""
)
"""Words with which a name begins before it comes to what it is about."""

_SPEAKERS = word_set("we they vi wir sie de is are")


@lru_cache(_MANY)
def words(text: str) -> tuple[str, ...]:
    """The words of a text in small letters; `%` and the signs of money are words too."""
    return tuple(word.casefold() for word in _WORD.findall(text))


@lru_cache(_MANY)
def spoken(text: str) -> tuple[str, ...]:
    """The words as they are said: `on-time` are two."""
    return tuple(part for word in words(text) for part in word.split("-"))


def says(text: str, wanted: frozenset[str]) -> bool:
    """Whether one of the words is there, or at the end of a compound: `Nöjd-kund-index`."""
    return any(word in wanted or word.rpartition("-")[2] in wanted for word in words(text))


def says_phrase(text: str, phrases: Iterable[str]) -> bool:
    """Whether one of the phrases of a list is there, word by word."""
    said = f" {' '.join(spoken(text))} "
    return any(phrase in said for phrase in phrases)


def subject(text: str) -> tuple[str, ...]:
    """What a text is about: its words up to a comma, a bracket or a joint such as `of`."""
    phrase = _WORD.findall(_PHRASE_END.split(text, maxsplit=1)[0])
    begun = dropwhile(lambda word: word.casefold() in JOINTS, phrase)
    return tuple(takewhile(lambda word: word.casefold() not in JOINTS, begun))


def topic(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What is measured, `returns` of `Number of returns per month`, and the words after it.

    There is one word at least, an empty one where the text has none.
    """
    said = spoken(_PHRASE_END.split(text.strip("([ "), maxsplit=1)[0])
    begun = tuple(dropwhile(lambda word: word in _LEADING or word[0].isdigit(), said))
    about = tuple(takewhile(lambda word: word not in JOINTS | _SPEAKERS, begun))
    return about or said[-1:] or ("",), begun[len(about) :]


def spelled(text: str) -> list[str]:
    """The words as they are written."""
    return _WORD.findall(text)
