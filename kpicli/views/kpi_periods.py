"""The latest periods of one KPI, newest first: actual, target, and how they stood."""

from collections.abc import Iterable

from kpicli.analysis.observations import zone_of_target
from kpicli.analysis.profile import Profile, standing_records
from kpicli.evaluation.evaluate import Evaluation
from kpicli.model.kpi import Kpi
from kpicli.model.scorecard import Scorecard
from kpicli.model.status import Status
from kpicli.text import plural
from kpicli.views.parts.cells import Cell, Change, Items, Verdict
from kpicli.views.parts.view import Block, Column, Note, Row, Table
from kpicli.views.words.behaviour import signal_text
from kpicli.views.words.numbers import NumberFormat

_KEYS = (
    "period",
    "actual",
    "target",
    "target_low",
    "target_high",
    "at_risk_low",
    "at_risk_high",
    "limit_low",
    "mean",
    "limit_high",
    "due",
    "variance",
    "favourable",
    "status",
    "to_date",
    "reason",
    "signals",
    "by",
    "note",
)
_PEOPLE = (
    Column("", "Period", is_brief=True),
    Column("", "Actual", is_number=True, is_brief=True),
    Column("", "Target", is_number=True),
    Column("", "Variance", rank=1, is_number=True),
    Column("", "Status", is_brief=True),
    Column("", "Note", rank=2),
)


def periods_for_machines(scorecard: Scorecard, found: Profile) -> Table:
    """With the edges of target and tolerance, the natural limits, and who recorded it and why."""
    rows = tuple(Row(_cells(scorecard, found, one)) for one in found.periods)
    return Table("periods", tuple(map(Column, _KEYS)), rows)


def _cells(scorecard: Scorecard, found: Profile, one: Evaluation) -> tuple[Cell, ...]:
    target, limits = one.target, found.limits.get(one.period)
    is_range = target is not None and target.high is not None
    zone = zone_of_target(found.kpi, target) if target else None
    low, high = (zone.low, zone.high) if zone else (None, None)
    signals = [
        signal_text(each, found.kpi)
        for each in found.chart.signals
        if each.first <= one.period <= each.last
    ]
    return (
        one.period,
        one.actual,
        target.number if target and not is_range else None,
        target.number if target and is_range else None,
        target.high if target else None,
        None if zone is None or low is None else low - zone.margin(low),
        None if zone is None or high is None else high + zone.margin(high),
        *(limits or (None, None, None)),
        one.due.number if one.due and not is_range else None,
        one.variance,
        one.is_favourable,
        one.status,
        one.is_to_date,
        one.reason or None,
        Items(tuple(signals)),
        *_told(scorecard, one),
    )


def _told(scorecard: Scorecard, one: Evaluation) -> tuple[str | None, str | None]:
    """Who recorded it and what was said; of parts each name and each note once."""
    records = standing_records(scorecard, one.kpi, one.period)
    names = dict.fromkeys(record.by for record in records if record.by)
    notes = dict.fromkeys(record.note for record in records if record.note)
    return ", ".join(names) or None, "; ".join(notes) or None


def periods_for_people(
    scorecard: Scorecard, found: Profile, most: int, places: int
) -> tuple[Block, ...]:
    """The latest of them beneath a heading, all numbers with the same decimals."""
    rows = []
    for one in found.periods[:most]:
        _, note = _told(scorecard, one)
        rows.append(Row((*_read(NumberFormat(one, scorecard.definitions, places)), note)))
    if not rows:
        return ()
    heading = Note(latest_text(found.kpi, len(rows)), is_heading=True)
    return heading, Table("latest", _filled(_PEOPLE, rows), tuple(rows), is_aside=True)


def latest_text(kpi: Kpi, count: int) -> str:
    """`Latest 12 months`, `Latest month`."""
    noun = kpi.frequency.noun
    return f"Latest {noun}" if count == 1 else f"Latest {plural(count, noun)}"


def _filled(columns: Iterable[Column], rows: Iterable[Row]) -> tuple[Column, ...]:
    """A column that no row has anything in is left out."""
    return tuple(
        column if any(row.cells[at] is not None for row in rows) else column._replace(heading="")
        for at, column in enumerate(columns)
    )


def _read(numbers: NumberFormat) -> tuple[Cell, ...]:
    one, variance = numbers.one, numbers.variance()
    due = f"{numbers.target(one.due)} due" if one.due else None
    return (
        one.period,
        numbers.actual(),
        due or numbers.target(one.target) or None,
        Change(variance, one.is_favourable) if variance else None,
        Verdict(one.status, _remark(one)),
    )


def _remark(one: Evaluation) -> str:
    """What has to be said beside the status; the period is named in its row already."""
    to_date = ", to date" if one.is_to_date else ""
    is_said = one.reason and one.status is not Status.NO_TARGET
    return f"{to_date}: {one.reason.removesuffix(f' for {one.period}')}" if is_said else to_date
