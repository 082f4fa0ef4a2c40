"""The scoreboard: every KPI against its target, the supporting ones beneath."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from kpicli.analysis.evaluate import Evaluation
from kpicli.model.kpi import Definitions
from kpicli.model.status import Status
from kpicli.text import plural, shown
from kpicli.views.blocks import (
    Cell,
    Change,
    Column,
    Field,
    Fields,
    Note,
    Row,
    Table,
    Verdict,
    View,
)
from kpicli.views.shown import Shown

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
    Column("", "KPI"),
    Column("", "Target", is_number=True),
    Column("", "Actual", is_number=True, is_brief=True),
    Column("", "Status", is_brief=True),
    Column("", "Variance", rank=1, is_number=True),
    Column("", "Period", rank=2),
    Column("", "Owner", rank=3),
)


def status_view(
    definitions: Definitions,
    evaluations: Sequence[tuple[Evaluation, int]],
    as_of: date,
    warnings: tuple[str, ...] = (),
) -> View:
    """The table of judged KPIs, each with its depth in the tree, and a footer that counts."""
    periods = {str(evaluation.period) for evaluation, _ in evaluations}
    shared = periods.pop() if len(periods) == 1 else ""
    columns = tuple(_column(column, evaluations, shared) for column in _COLUMNS)
    rows = tuple(Row(_cells(one, definitions), depth) for one, depth in evaluations)
    head = Fields((Field("title", definitions.title or None), Field("as_of", as_of.isoformat())))
    heading = " · ".join(part for part in (shown(definitions.title), shared) if part)
    blocks: tuple[Fields | Table | Note, ...] = (head, Table("kpis", columns, rows))
    return View(
        "status",
        heading,
        blocks,
        footer(one for one, _ in evaluations),
        warnings,
    )


def _column(column: Column, evaluations: Sequence[tuple[Evaluation, int]], shared: str) -> Column:
    """A period that all rows share stands in the heading; owners are shown where there are any."""
    if column.heading == "Period" and shared:
        return column._replace(is_in_heading=True)
    if column.heading == "Owner" and not any(one.kpi.owner for one, _ in evaluations):
        return column._replace(heading="")
    return column


def footer(evaluations: Iterable[Evaluation]) -> str:
    """`4 KPIs: 2 on target, 2 at risk`, in the order of the statuses."""
    found = list(evaluations)
    counts = Counter(one.status for one in found)
    parts = [f"{counts[status]:,} {status.word}" for status in Status if counts[status]]
    overdue = sum(one.is_overdue for one in found)
    parts += [f"{overdue:,} overdue"] if overdue else []
    return f"{plural(len(found), 'KPI')}: {', '.join(parts)}" if found else "no KPIs"


def _cells(one: Evaluation, definitions: Definitions) -> tuple[Cell, ...]:
    kpi, target = one.kpi, one.target
    quantity = Shown(one, definitions)
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
        kpi.name,
        quantity.target_in_force(),
        quantity.actual(),
        Verdict(one.status, _remark(one)),
        Change(variance, one.is_favourable) if variance else None,
        one.period,
        kpi.owner,
    )


def _remark(one: Evaluation) -> str:
    """What has to be said beside the status: to date, overdue, and why there is no data."""
    marks = [
        mark for mark, is_so in (("to date", one.is_to_date), ("overdue", one.is_overdue)) if is_so
    ]
    text = "".join(f", {mark}" for mark in marks)
    is_plain = one.status is Status.NO_TARGET and one.reason == "no target"
    return f"{text}: {one.reason}" if one.reason and not is_plain else text
