"""The parts of a period as people write one: numbers, months, quarters, each by its kind."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, timedelta
from functools import cache

from kpicli.errors import NotationError
from kpicli.model.calendar import PLAIN, Calendar
from kpicli.model.frequency import Frequency
from kpicli.model.period import FISCAL, Period, dated_period, period_of, require_calendar
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
_TO = re.compile(
    r" ?[-–→/] ?|\.\.|(?<=-[0-9]{2}) ?, ?| (?:to|til|till|bis|au|al|through|thru) "  # noqa: RUF001
)
_HAS_YEAR, _LETTERS_ALONE = re.compile(r"[0-9]{4}"), re.compile(r"[^\W\d_]+")
_THREE_NUMBERS = re.compile(r"([0-9]{1,2})([./-])([0-9]{1,2})\2([0-9]{4})")
_LETTERS = {
    "q": _QUARTER,
    "k": _QUARTER,
    "w": Frequency.WEEKLY,
    "v": Frequency.WEEKLY,
    "m": Frequency.MONTHLY,
}


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


_CENTURY = 2000
_SIDE = "fn|nf|b"
_FISCAL_FORMS = re.compile(
    f"(?P<before>{_SIDE})?(?P<word>F|(?=y[yn]))(?P<first>[yn])(?P<end>[yn])?(?P<after>{_SIDE})?"
)
"""By the kinds of tokens: a year after the word, perhaps the one in which it ends as well, and a
quarter or a month on one side; both years need no word."""


def fiscal_period(
    text: str, tokens: Sequence[tuple[str, int]], calendar: Calendar = PLAIN
) -> Period | None:
    """The fiscal period of the tokens of a text; nothing where they make none.

    Of two years the second names it; where years start in January there is only one. On a board
    without fiscal years it is one of no calendar that the board has.
    """
    match = _FISCAL_FORMS.fullmatch("".join(kind for kind, _ in tokens))
    if match is None or (match["before"] and match["after"]):
        return None
    year = _year(tokens[match.start("first")])
    if match["end"]:
        first, year = year, _year(tokens[match.start("end")])
        is_month = len(tokens) == 2 and year - _CENTURY <= 12 and not match["word"]
        if year != first + 1 or is_month or calendar == Calendar(1, is_fiscal=True):
            return None
    own = calendar if calendar.is_fiscal else Calendar(1, is_fiscal=True)
    side = "before" if match["before"] else "after"
    if not match[side]:
        return dated_period(text, Frequency.YEARLY, own, year=year)
    if match[side] == "b":
        month = tokens[match.start(side)][1]
        year -= month >= own.first_month > 1
        require_calendar(dated_period(text, Frequency.YEARLY, own, year=year), calendar)
        return dated_period(text, Frequency.MONTHLY, PLAIN, year=year, number=month)
    quarter = dict(tokens[match.start(side) : match.end(side)])
    if tuple(Frequency)[quarter["f"]] is not Frequency.QUARTERLY:
        return None
    return dated_period(text, Frequency.QUARTERLY, own, year=year, number=quarter["n"])


def _year(token: tuple[str, int]) -> int:
    kind, number = token
    return number if kind == "y" else _CENTURY + number


def spanned_period(text: str, read: Callable[[str], Period | None]) -> Period | None:
    """The one period that two days or months begin and end: `Oct 1 - Oct 31, 2026`.

    What is left out of one is as in the other: `1.-31. oktober 2026`, `Oct 19 - 25, 2026`.
    """
    found = set[Period]()
    for match in _TO.finditer(text):
        for pair in _ends(text[: match.start()], text[match.end() :]):
            for parts in zip(*map(in_both_orders, pair), strict=True):
                with suppress(NotationError):
                    start, end = map(read, parts)
                    if start and end and start.frequency is end.frequency:
                        days = start.start, end.end
                        periods = (period_of(days[0], length) for length in Frequency)
                        found |= {it for it in periods if (it.start, it.end) == days}
    return found.pop() if len(found) == 1 else None


def in_both_orders(text: str) -> tuple[str, str, str]:
    """The text as it is, and with its date of three numbers by the day first, and the month."""
    sub = _THREE_NUMBERS.sub
    return text, sub(r"\4-\3-\1", text), sub(r"\4-\1-\3", text)


def _ends(first: str, last: str) -> Iterator[tuple[str, str]]:
    """Both texts, each with what it may have of the other."""
    year, numbers = _HAS_YEAR.search(last), re.findall("[0-9]+", first)
    if not first or not year or _HAS_YEAR.search(first):
        yield first, last
    elif month := _LETTERS_ALONE.search(first):
        yield f"{first} {year[0]}", last if _LETTERS_ALONE.search(last) else f"{month[0]} {last}"
        yield f"{first} {int(year[0]) - 1}", last
    elif year.start() and 0 < len(numbers) < 3 <= len(re.findall(r"[0-9]+|[^\W\d_]+", last)):
        leading = iter(numbers)
        yield re.sub("[0-9]+", lambda _: next(leading), last, count=len(numbers)), last
