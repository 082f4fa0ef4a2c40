"""A period as people write one, read where it has one reading: `Oct 2026`, `10/2026`, `Q3`."""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from functools import lru_cache

from kpicli.errors import NotationError
from kpicli.model.calendar import PLAIN, Calendar
from kpicli.model.frequency import Frequency
from kpicli.model.notation.period_tokens import (
    fiscal_period,
    in_both_orders,
    period_tokens,
    relative_period,
    spanned_period,
)
from kpicli.model.number import plain_text
from kpicli.model.period import (
    Period,
    dated_period,
    forms,
    period_of,
    recorded_period,
    require_calendar,
)
from kpicli.model.timestamp import read_instant
from kpicli.noun import NamedTuple
from kpicli.text import safe

DayOf = Callable[[str], date]  # the local day of an instant as the log writes it
RELATIVE_PERIODS = ("today", "yesterday", "current", "this", "last", "previous")
"""What may stand for a label, and is as long as the KPI's own period or a day."""
_LONGEST = 80
_TIME = re.compile(
    r"(?P<date>[^:]*[0-9])(?:t|,? (?:@ |kl\.? |à |um |at |a las )?|(?<=/[0-9]{4}):)"
    r"(?P<time>(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:[.,][0-9]+)?)?)"
    r"(?: ?(?P<half>[ap])m)?"
    r"(?: ?(?:(?P<zero>z|utc|gmt)|(?:utc|gmt)?(?P<offset>[+-][0-9]{2}(?::?[0-9]{2})?)))?"
    r"(?: \([^()]*\)|\[[^\[\]]*\]| uhr)?"
)
_YEAR_BEHIND = re.compile(r"([^:]*[0-9]) ([0-9]{1,2}:[0-9:.]+)( [a-z]{3})? ([0-9]{4})(?![0-9])")
"""A time inside of its date, as C and JavaScript write them: `Sat Oct 31 10:00:00 UTC 2026`."""
_ISO_DAY = re.compile(r"[0-9]{4}-?w[0-9]{2}-?[1-7]")  # of a week
_WEEK_OF = re.compile(r"^(?:week (?:of|beginning|commencing|starting)|w/c) ")
_SHORT_YEAR = re.compile(r"['’]([0-9]{2})$")  # noqa: RUF001 - the apostrophe that is typeset
_ORDINAL = re.compile(r"(?<=[0-9])(?:st|nd|rd|th)(?![^\W_])|(?<= )del? ")


class _Shape(NamedTuple):
    """What the numbers of a text are, in order; `part` is the one of a quarter, week or month."""

    frequency: Frequency | None
    fields: tuple[str, ...]


_MONTH, _DAY = Frequency.MONTHLY, Frequency.DAILY
_SHAPES: Mapping[str, _Shape] = {
    "y": _Shape(Frequency.YEARLY, ("year",)),
    "yn": _Shape(_MONTH, ("year", "number")),
    "ny": _Shape(_MONTH, ("number", "year")),
    "yb": _Shape(_MONTH, ("year", "number")),
    "by": _Shape(_MONTH, ("number", "year")),
    "b": _Shape(_MONTH, ("number",)),
    "yfn": _Shape(None, ("year", "", "number")),
    "fny": _Shape(None, ("", "number", "year")),
    "nfy": _Shape(None, ("number", "", "year")),
    "fn": _Shape(None, ("", "number")),
    "nf": _Shape(None, ("number", "")),
    "ynn": _Shape(_DAY, ("year", "month", "day")),
    "ybn": _Shape(_DAY, ("year", "month", "day")),
    "nby": _Shape(_DAY, ("day", "month", "year")),
    "bny": _Shape(_DAY, ("month", "day", "year")),
}
"""By the kinds of its tokens: a year, a number, the name of a month, or `f`, quarter or week."""


@lru_cache(maxsize=4096)
def named_period(
    text: str,
    frequency: Frequency,
    today: date,
    day_of: DayOf | None = None,
    calendar: Calendar = PLAIN,
) -> Period:
    """The period that a text names: a label, another notation with one reading, or a word.

    `today`, `yesterday`; `current` or `this` is the one of the frequency under way, `last` or
    `previous` the one before. Without a year it is the latest that has begun. A timestamp is its
    day: the local one, by `day_of`, where it has an offset. Raises `NotationError` for anything
    else, with both readings of what has two, and for quarters and years of another calendar.
    """
    try:
        period = written_period(text, frequency, today, day_of, calendar)
    except NotationError as error:
        error.hint = error.hint.replace(forms(), forms(calendar))
        raise
    require_calendar(period, calendar)
    return period


def written_period(
    text: str, frequency: Frequency, today: date, day_of: DayOf | None, calendar: Calendar = PLAIN
) -> Period:
    """As `named_period`, but a fiscal label is read on any board, and a plain one on a fiscal."""
    try:
        return recorded_period(text, calendar)
    except NotationError as error:
        hint = f"write {forms(calendar)}, or today, current or last"
        plain = _ORDINAL.sub("", plain_text(text).casefold().strip(" "))
        if len(plain) > _LONGEST or not re.search("[a-z0-9]", plain):
            raise NotationError(error.message, hint=hint) from None
        if period := relative_period(plain, frequency, today, calendar):
            return period
        if period := _timestamp(plain, today, day_of):
            return period
        if period := fiscal_period(text, period_tokens(plain), calendar):
            return period
        if period := _written(text, _SHORT_YEAR.sub(r" 20\1", plain), today):
            return period
        period = _of_week(text, plain, today)
        if period := period or spanned_period(plain, lambda part: _written(part, part, today)):
            return period
        from kpicli.model.notation.advice import period_advice

        raise NotationError(error.message, hint=period_advice(plain) or hint) from None


def _timestamp(text: str, today: date, day_of: DayOf | None) -> Period | None:
    match = _TIME.fullmatch(_YEAR_BEHIND.sub(r"\1 \4 \2\3", text))
    if match is None:
        return None
    period = _written(match["date"], match["date"], today)
    if period is None or period.frequency is not Frequency.DAILY:
        return None
    offset = match["zero"] or match["offset"]
    if not offset or day_of is None:
        return period
    hour, _, rest = match["time"].replace(",", ".").partition(":")
    if match["half"]:
        hour = f"{int(hour) % 12 + 12 * (match['half'] == 'p')}"
    rest = rest if ":" in rest else f"{rest}:00"
    offset = "z" if match["zero"] else f"{offset[:3]}:{offset[3:].removeprefix(':') or '00'}"
    return Period(day_of(read_instant(f"{period}T{hour:0>2}:{rest}{offset}")), Frequency.DAILY)


def _written(text: str, plain: str, today: date) -> Period | None:
    """The period of numbers and names; nothing where they make none, or another day of the week."""
    tokens = period_tokens(plain)
    if tokens[:1] and tokens[0][0] == "d":
        days = set[Period]()
        for spelling in in_both_orders(plain[len(plain.split(maxsplit=1)[0]) :].strip(" .,")):
            with suppress(NotationError):
                if (day := _written(text, spelling, today)) and day.days == 1:
                    days |= {day} if day.start.weekday() == tokens[0][1] else set()
        return days.pop() if len(days) == 1 else None
    kinds = "".join(kind for kind, _ in tokens)
    if kinds == "nny":
        return _of_three_numbers(text, *(number for _, number in tokens))
    if kinds in {"nb", "bn"}:
        raise _month_or_day(text, dict(tokens), today)
    shape = _SHAPES.get(kinds)
    if shape is None:
        return None
    fields = dict(zip(shape.fields, (number for _, number in tokens), strict=True))
    length = shape.frequency or tuple(Frequency)[fields.pop("")]
    if "year" in fields:
        return dated_period(text, length, PLAIN, **fields)
    year, _ = PLAIN.number(today, length)
    period = dated_period(text, length, PLAIN, year=year, **fields)
    if period.has_begun(today):
        return period
    return dated_period(text, length, PLAIN, year=year - 1, **fields)


def _of_week(text: str, plain: str, today: date) -> Period | None:
    """The day of an ISO week, or the week of a day, without a year the latest that has begun.

    Raises `NotationError` for a Sunday, which ends a week, or begins one in America.
    """
    with suppress(ValueError):
        if _ISO_DAY.fullmatch(plain):
            return Period(date.fromisoformat(plain.upper()), _DAY)
    start = _WEEK_OF.sub("", plain)
    years = ("", f" {today.year}", f" {today.year - 1}") if start != plain else ()
    for year in years:
        with suppress(NotationError):
            day = _written(text, f"{start}{year}", today)
            if day and day.days == 1 and (not year or day.has_begun(today)):
                break
    else:
        return None
    week = period_of(day.start, Frequency.WEEKLY)
    if day.end == week.end:
        message = f"'{safe(text)}': a Sunday ends an ISO week, and begins one in America"
        raise NotationError(message, hint=f"write {week} or {week.shift(1)}")
    return week


def _of_three_numbers(text: str, first: int, second: int, year: int) -> Period:
    """A day, of which one number can only be the day or both orders say the same."""
    most = 12
    if 0 < first <= most and 0 < second <= most and first != second:
        readings = [date(year, second, first), date(year, first, second)]
        message = f"'{safe(text)}' is ambiguous: {readings[0]} or {readings[1]}?"
        raise NotationError(message, hint="write the one that is meant")
    day, month = (first, second) if first > most or first == second else (second, first)
    return dated_period(text, Frequency.DAILY, PLAIN, year=year, month=month, day=day)


def _month_or_day(text: str, tokens: Mapping[str, int], today: date) -> NotationError:
    """`Oct 26` is a month to a spreadsheet, and a day to most people."""
    month, number = tokens["b"], tokens["n"]
    readings = f"20{number:02}-{month:02} or {today.year}-{month:02}-{number:02}"
    message = f"'{safe(text)}' is ambiguous: {readings}?"
    return NotationError(message, hint="write the one that is meant")
