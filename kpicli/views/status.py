"""The scoreboard: every KPI against its target, the supporting ones beneath."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from kpicli.analysis.trend import Trend
from kpicli.evaluation.compare import Against, PeriodComparison
from kpicli.evaluation.evaluate import Evaluation
from kpicli.evaluation.tree import Group
from kpicli.model.kpi import Definitions
from kpicli.model.scorecard import Scorecard
from kpicli.model.status import Status
from kpicli.text import plural, shown
from kpicli.views.parts.cells import Cell, Change, Spark, Verdict
from kpicli.views.parts.view import Column, Field, Fields, Row, Table, View
from kpicli.views.words.numbers import NumberFormat

_COLUMNS = (
    Column("id", is_brief=True),
    Column("name"),
    Column("area"),
    Column("goal"),
    Column("owner"),
    Column("supports"),
    Column("frequency"),
    Column("period"),
    Column("unit"),
    Column("direction"),
    Column("target"),
    Column("target_low"),
    Column("target_high"),
    Column("target_text"),
    Column("due"),
    Column("actual"),
    Column("variance"),
    Column("favourable"),
    Column("status"),
    Column("to_date"),
    Column("overdue"),
    Column("reason"),
    Column("trend"),
    Column("trend_favourable"),
    Column("age_days"),
    Column("", "KPI"),
    Column("", "Target", is_number=True),
    Column("", "Actual", is_number=True, is_brief=True),
    Column("", "Status", is_brief=True),
    Column("", "Variance", rank=2, is_number=True),
    Column("", "Trend", rank=1),
    Column("", "Period", rank=3),
    Column("", "Owner", rank=4),
)
_COMPARED = (
    Column("compared_period"),
    Column("compared_actual"),
    Column("change"),
    Column("change_favourable"),
    Column("compared_reason"),
    Column("", "", is_brief=True),
)
_SINCE = {Against.PREVIOUS: "Since previous", Against.YEAR: "Since last year"}
_GROUP_COLUMNS = (Column("name"), Column("kpis"), *(Column(status.value) for status in Status))


class Compared(NamedTuple):
    """What the KPIs are compared with, and each one's comparison by its id."""

    against: Against
    by_id: Mapping[str, PeriodComparison]


def status_view(
    scorecard: Scorecard,
    groups: Sequence[Group],
    trends: Mapping[str, Trend],
    compared: Compared | None = None,
    warnings: tuple[str, ...] = (),
) -> View:
    """The table of judged KPIs, each with its depth in the tree, and a footer that counts.

    Groups by a key stand apart, each with its counts; trends go by id.
    """
    definitions, as_of = scorecard.definitions, scorecard.clock.today
    evaluations = [one for group in groups for one, _ in group.rows]
    periods = {str(one.period) for one in evaluations}
    shared = periods.pop() if len(periods) == 1 else ""
    head = Fields((Field("title", definitions.title or None), Field("as_of", as_of.isoformat())))
    heading = " · ".join(part for part in (shown(definitions.title), shared) if part)
    is_grouped = all(group.key for group in groups)
    columns = _columns(evaluations, shared, trends)
    rows = tuple(
        Row(
            (
                *_cells(one, definitions, trends.get(one.kpi.id), as_of),
                *_comparison(one, definitions, compared),
            ),
            depth,
            section=_section(group) if is_grouped else "",
        )
        for group in groups
        for one, depth in group.rows
    )
    table = Table("kpis", (*columns, *_compared_columns(compared)), rows)
    counts = (_counts(groups),) if is_grouped else ()
    return View("status", heading, (head, *counts, table), status_counts(evaluations), warnings)


def _section(group: Group) -> str:
    """`Grow the business · 2 KPIs: 1 on target, 1 at risk`."""
    name = f"no {group.key}" if group.name is None else shown(group.name)
    return f"{name} · {status_counts(one for one, _ in group.rows)}"


def _counts(groups: Sequence[Group]) -> Table:
    """How many KPIs of each group have which status, for machines."""
    rows = []
    for group in groups:
        counts = Counter(one.status for one, _ in group.rows)
        rows.append(Row((group.name, len(group.rows), *(counts[status] for status in Status))))
    return Table("groups", _GROUP_COLUMNS, tuple(rows), is_aside=True)


def _compared_columns(compared: Compared | None) -> tuple[Column, ...]:
    if compared is None:
        return ()
    return (*_COMPARED[:-1], _COMPARED[-1]._replace(heading=_SINCE[compared.against]))


def _comparison(
    one: Evaluation, definitions: Definitions, compared: Compared | None
) -> tuple[Cell, ...]:
    """The earlier actual and the change since; where there is none, why."""
    if compared is None:
        return ()
    found = compared.by_id[one.kpi.id]
    change = NumberFormat(one, definitions).difference(found.change)
    return (
        found.period,
        found.actual,
        found.change,
        found.is_favourable,
        found.reason or None,
        Change(change, found.is_favourable) if change else _why_not(one, found),
    )


def _why_not(one: Evaluation, found: PeriodComparison) -> str | None:
    """Why there is no comparison, where the status does not say so already."""
    return None if one.actual is None else f"none: {found.reason}"


def _columns(
    evaluations: Sequence[Evaluation], shared: str, trends: Mapping[str, Trend]
) -> tuple[Column, ...]:
    """A period that all rows share stands in the heading; what no row can tell is left out."""
    empty = {
        "Owner": not any(one.kpi.owner for one in evaluations),
        "Trend": not any(each.move for each in trends.values()),
    }
    return tuple(
        column._replace(
            heading="" if empty.get(column.heading) else column.heading,
            is_in_heading=bool(column.heading == "Period" and shared),
        )
        for column in _COLUMNS
    )


def status_counts(evaluations: Iterable[Evaluation]) -> str:
    """`4 KPIs: 2 on target, 2 at risk`, in the order of the statuses."""
    found = list(evaluations)
    counts = Counter(one.status for one in found)
    parts = [f"{counts[status]:,} {status.word}" for status in Status if counts[status]]
    overdue = sum(one.is_overdue for one in found)
    parts += [f"{overdue:,} overdue"] if overdue else []
    return f"{plural(len(found), 'KPI')}: {', '.join(parts)}" if found else "no KPIs"


def _cells(
    one: Evaluation, definitions: Definitions, going: Trend | None, as_of: date
) -> tuple[Cell, ...]:
    kpi, target = one.kpi, one.target
    quantity = NumberFormat(one, definitions)
    variance = quantity.variance()
    is_range = target is not None and target.high is not None
    due = one.due.number if one.due and not is_range else None
    return (
        kpi.id,
        kpi.name,
        kpi.area,
        kpi.goal,
        kpi.owner,
        kpi.supports,
        kpi.frequency,
        one.period,
        kpi.unit or None,
        kpi.direction,
        target.number if target and not is_range else None,
        target.number if target and is_range else None,
        target.high if target else None,
        (quantity.target_in_force() if one.end else quantity.target(target)) or None,
        due,
        one.actual,
        one.variance,
        one.is_favourable,
        one.status,
        one.is_to_date,
        one.is_overdue,
        one.reason or None,
        going.move if going else None,
        going.is_favourable if going else None,
        one.age(as_of),
        kpi.name,
        quantity.target_in_force(),
        quantity.actual(),
        Verdict(one.status, _remark(one)),
        Change(variance, one.is_favourable) if variance else None,
        _spark(going),
        one.period,
        kpi.owner,
    )


def _spark(going: Trend | None) -> Spark | None:
    """Nothing where there are no two periods to look at."""
    if going is None or len(going.actuals) < 2:
        return None
    values = tuple(None if each is None else float(each) for each in going.actuals)
    return Spark(values, going.move or "", going.is_favourable)


def _remark(one: Evaluation) -> str:
    """What has to be said beside the status: to date, overdue, and why there is no data."""
    marks = [
        mark for mark, is_so in (("to date", one.is_to_date), ("overdue", one.is_overdue)) if is_so
    ]
    text = "".join(f", {mark}" for mark in marks)
    is_plain = one.status is Status.NO_TARGET and one.reason == "no target"
    return f"{text}: {one.reason}" if one.reason and not is_plain else text
