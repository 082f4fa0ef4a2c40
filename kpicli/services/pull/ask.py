"""Ask a source for the actuals of a KPI: in one question for all its periods, or one by one."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from kpicli.errors import KpiError, NotationError, or_none
from kpicli.model.kpi import Kpi
from kpicli.model.period import Period, period_list, recorded_period, require_calendar
from kpicli.model.scorecard import Clock
from kpicli.noun import NamedTuple
from kpicli.sources._cell_text import Answer
from kpicli.sources._deadline import TimedOutError
from kpicli.sources._periods import period_in_table
from kpicli.text import plural, safe

_PLACEHOLDER = re.compile(r"\{(start|end|period)\}|\bKPI_(START|END|PERIOD)\b")


class Value(NamedTuple):
    """One actual as a source gave it; `None` is NULL, and nothing was measured."""

    kpi: Kpi
    period: Period
    value: str | None


Ask = Callable[[Mapping[str, object]], Answer]
"""One question to a source about some days, with the label of their period if they are one."""


def values_of(
    kpi: Kpi, periods: Sequence[Period], ask: Ask, used: frozenset[str], clock: Clock
) -> Iterator[Value | KpiError]:
    """The actuals of the periods, and what went wrong with some of them.

    `used` are the parameters that the question has. An answer of two columns is period and actual,
    for all periods at once; one of a single value is for one period.
    """
    if len(periods) > 1 and "period" not in used:
        answer = _whole_answer(periods, ask, used)
        if answer and len(answer.columns) > 1:
            yield from _pairs(kpi, periods, answer, clock)
            return
        if not used and answer and not answer.rows:
            yield from (Value(kpi, period, None) for period in periods)
            return
        if not used:
            days = "{start} and {end}" if kpi.command else ":start and :end"
            hint = f"write {days} into it, or answer period and value"
            message = f"answers one value, and {len(periods)} periods are asked for"
            raise KpiError(message, hint=hint)
    yield from _one_by_one(kpi, periods, ask, clock)


def _whole_answer(periods: Sequence[Period], ask: Ask, used: frozenset[str]) -> Answer | None:
    """The answer for all periods; nothing where that takes too long, and each alone may not."""
    try:
        return ask(_values(periods[0], periods[-1]))
    except TimedOutError:
        if not used:
            raise
        return None


def _one_by_one(
    kpi: Kpi, periods: Sequence[Period], ask: Ask, clock: Clock
) -> Iterator[Value | KpiError]:
    """Each period by itself; those that fail alike make one failure, and no answer in time ends it.

    The values come first.
    """
    failures: dict[tuple[str, str], list[Period]] = {}
    for at, period in enumerate(periods):
        try:
            answer = ask(_values(period, period))
            if len(answer.columns) > 1:
                yield from _pairs(kpi, [period], answer, clock)
            elif len(answer.rows) > 1:
                message = f"answers {len(answer.rows):,} rows where one value is meant"
                raise KpiError(message, hint="sum or count them, or answer period and value")
            else:
                yield Value(kpi, period, answer.rows[0][0] if answer.rows else None)
        except KpiError as error:
            later = len(periods) - at - 1
            message = error.message
            is_late = isinstance(error, TimedOutError)
            if is_late and later:
                message += f"; {plural(later, 'later period')} not asked for"
            failures.setdefault((message, error.hint), []).append(period)
            if is_late:
                break
    for (message, hint), failed in failures.items():
        yield KpiError(f"{period_list(failed)}: {message}", hint=hint)


def _values(first: Period, last: Period) -> Mapping[str, object]:
    return {
        "start": first.start,
        "end": last.end,
        "period": str(first) if first == last else f"{first}..{last}",
    }


def _pairs(
    kpi: Kpi, periods: Sequence[Period], answer: Answer, clock: Clock
) -> Iterator[Value | KpiError]:
    """Period and actual of each row; one without a row is empty, and other periods are ignored."""
    if len(answer.columns) > 2:
        message = f"answers {len(answer.columns)} columns"
        raise KpiError(message, hint="answer one value, or period and value")
    values: dict[Period, str | None] = {}
    for label, value in answer.rows:
        if label is None:
            raise KpiError("answers a row without a period", hint="leave it out: … is not null")
        period = _own_period(kpi, label, clock)
        if values.setdefault(period, value) != value:
            message = f"answers {period} twice, with two values"
            raise KpiError(message, hint="group it by period")
    yield from (Value(kpi, period, values.get(period)) for period in periods)


def _own_period(kpi: Kpi, label: str, clock: Clock) -> Period:
    """The own period that a label names; a date names one by its first day, as date_trunc does."""
    period = period_in_table(label.strip(), clock, kpi.calendar)
    require_calendar(period, kpi.calendar)
    if period.frequency is kpi.frequency:
        return period
    own = kpi.period_of(period.start)
    if period.days == 1 and own.start == period.start:
        return own
    message = f"'{safe(label[:40])}' is no {kpi.frequency.noun}"
    raise NotationError(message, hint=f"answer it as {own}")


def command_parameters(words: Sequence[str]) -> frozenset[str]:
    """Which of `{start}`, `{end}` and `{period}`, or of `KPI_START` …, stand in its words."""
    matches = (match for word in words for match in _PLACEHOLDER.finditer(word))
    return frozenset((match[1] or match[2]).lower() for match in matches)


def printed_answer(output: bytes) -> Answer:
    """What a program printed: one value, or lines of a period and its actual."""
    try:
        text = output.decode()
    except UnicodeDecodeError:
        raise KpiError("prints what is not UTF-8", hint="let it print plain text") from None
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    rows = [_cells(line) for line in lines]
    most = max(map(len, rows), default=1)
    if any(len(row) != most for row in rows):
        raise KpiError("prints lines of different lengths", hint="print period and value on each")
    return Answer(("",) * most, tuple(tuple(row) for row in rows))


def _cells(line: str) -> list[str | None]:
    """The cells of a line, apart by a tab, a semicolon, a comma, or a space after a period."""
    if "\t" in line or ";" in line:
        import csv

        return list(next(csv.reader([line], delimiter="\t" if "\t" in line else ";")))
    head, _, tail = line.partition(" ")
    if "," in line and not tail:
        head, _, tail = line.partition(",")
    is_period = not head.isdecimal() and or_none(recorded_period, head) is not None
    return [head, tail.strip()] if tail and is_period else [line]
