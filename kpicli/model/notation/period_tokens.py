"""The parts of a period as people write one: numbers, months, quarters, each by its kind."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

from kpicli.model.calendar import Calendar
from kpicli.model.frequency import Frequency
from kpicli.model.period import FISCAL, Period, period_of
from kpicli.plugins import split, words

_TOKEN = re.compile(r"[0-9]+|[^\W\d_]+")
_BETWEEN = re.compile(r"(?:,? {0,2}|\. ?| ?[-/–] ?)")  # noqa: RUF001 - a dash is typed for a hyphen

_DIGITS = {
    1: (("n", 1),),
    2: (("n", 2),),
    4: (("y", 4),),
    6: (("y", 4), ("n", 2)),
    8: (("y", 4), ("n", 2), ("n", 2)),
}
"""What digits that stand together are, by their count: 202610 is a year and a number."""

_NOUNS = {each.noun: each for each in Frequency}
_QUARTER = Frequency.QUARTERLY
_LETTERS = {"q": _QUARTER, "k": _QUARTER, "w": Frequency.WEEKLY, "m": Frequency.MONTHLY}


def period_tokens(text: str) -> list[tuple[str, int]]:
    """Kind and number of each part of a text; none at all where it has a part of another kind."""
    tokens: list[tuple[str, int]] = []
    at = 0
    for match in _TOKEN.finditer(text):
        token = _token(match[0])
        if not token or not _BETWEEN.fullmatch(text, at, match.start()):
            return []
        tokens += token
        at = match.end()
    kinds, numbers = zip(*tokens, strict=True) if len(tokens) == 3 else ("", (0, 0, 0))
    quarter, last = dict(tokens).get("f"), numbers[-1]
    if kinds in {("f", "n", "n"), ("n", "f", "n")} and quarter == _QUARTER.rank and last > 9:
        tokens[-1] = "y", 2000 + last
    return tokens if _BETWEEN.fullmatch(text, at) and "-" not in text[:1] + text[-1:] else []


def _token(word: str) -> list[tuple[str, int]]:
    if word == FISCAL.casefold():
        return [("F", 0)]
    if word in _months():
        return [("b", _months()[word])]
    if word in _weekdays():
        return [("d", _weekdays()[word])]
    if word in _period_words():
        return [("f", _period_words()[word].rank)]
    tokens, at = [], 0
    for kind, length in _DIGITS.get(len(word), ()) if word.isdecimal() else ():
        tokens.append((kind, int(word[at : at + length])))
        at += length
    return tokens


def relative_period(
    text: str, frequency: Frequency, today: date, calendar: Calendar
) -> Period | None:
    """The period of `today`, `yesterday`, `this month`, `last`; nothing for other words."""
    first, _, noun = text.partition(" ")
    if noun and noun not in _NOUNS:
        return None
    length = _NOUNS.get(noun, frequency)
    match first:
        case "today" | "yesterday" if not noun:
            return Period(today - timedelta(days=first == "yesterday"), Frequency.DAILY)
        case "current" | "this":
            return period_of(today, length, calendar)
        case "last" | "previous":
            return period_of(today, length, calendar).shift(-1)
    return None


def named_length(name: str) -> Frequency | None:
    """Weekly for `Year week` and `KW`, quarterly for `Kvartal`: what a word in a name says."""
    folded, known = name.casefold(), _period_words().items()
    lengths = (each for word, each in known if word == folded or (len(word) > 2 and word in folded))
    return next(lengths, None)


@cache
def _months() -> Mapping[str, int]:
    return _numbered("months", 1)


@cache
def _weekdays() -> Mapping[str, int]:
    return _numbered("weekdays", 0)


def _numbered(concept: str, first: int) -> Mapping[str, int]:
    """The words of all languages, each with its number in a list that begins with `first`."""
    return {
        word: number
        for texts in words(concept).values()
        for number, text in enumerate(texts, first)
        for word in split(text)
    }


@cache
def _period_words() -> Mapping[str, Frequency]:
    """The words for a quarter and a week, and the letters that stand for them in a label."""
    lengths = {"weeks": Frequency.WEEKLY, "quarters": Frequency.QUARTERLY}
    return _LETTERS | {
        word: lengths[concept]
        for durations in words("durations").values()
        for concept, text in durations.items()
        if concept in lengths
        for word in split(text)
    }
