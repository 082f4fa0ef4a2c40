"""The scoreboard: every KPI against its target, the supporting ones beneath."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from kpicli.analysis.trend import Trend
from kpicli.evaluation.evaluate import Evaluation
from kpicli.evaluation.tree import Group
from kpicli.model.period import period_list
from kpicli.model.scorecard import Scorecard
from kpicli.model.status import Status
from kpicli.text import clipped, plural
from kpicli.views.parts.cells import Change, Spark, Verdict
from kpicli.views.parts.evaluation_columns import (
    AREA,
    GOAL,
    ID,
    NAME,
    OWNER,
    PERIOD,
    STANDING,
    UNIT,
    KpiStanding,
    variance_cell,
    verdict,
)
from kpicli.views.parts.view import Column, Field, Fields, Table, View, row_of, table_of
from kpicli.views.words.actuals import NOT_APPLICABLE, passed_over
from kpicli.views.words.numbers import NumberFormat

if TYPE_CHECKING:
    from kpicli.evaluation.compare import Against, PeriodComparison


class Compared(NamedTuple):
    """What the KPIs are compared with, and each one's comparison by its id."""

    against: "Against"
    by_id: "Mapping[str, PeriodComparison]"


def _spark(row: KpiStanding) -> Spark | None:
    """The values of a trend of two periods or more."""
    trend = row.trend
    if trend is None or len(trend.actuals) < 2:
        return None
    values = tuple(None if actual is None else float(actual) for actual in trend.actuals)
    return Spark(values, trend.move or "", trend.is_favourable)


def _missing_text(evaluation: Evaluation) -> str:
    """`2026-09 and 2026-11 missing`; `overdue` where that is shown, or the reason says so."""
    missing = evaluation.missing
    is_named = evaluation.reason == f"nothing recorded for {period_list(missing)}"
    if evaluation.actual is None and (missing == (evaluation.period,) or is_named):
        return "overdue"
    return f"{period_list(missing)} missing"


def _verdict(row: KpiStanding) -> Verdict:
    """The status; beside it to date, overdue, and why there is no data."""
    evaluation = row.evaluation
    to_date = ", to date" if evaluation.is_to_date else ""
    is_plain = evaluation.status is Status.NO_TARGET and evaluation.reason == "no target"
    if evaluation.is_skip:
        is_plain = evaluation.skipped == (evaluation.period,)
    else:
        to_date += passed_over(evaluation.skipped)
    reason = f": {evaluation.reason}" if evaluation.reason and not is_plain else ""
    overdue = _missing_text(evaluation) if evaluation.is_overdue else ""
    if reason and overdue == "overdue":
        return verdict(evaluation, f"{to_date}, overdue{reason}")
    joint = "; " if reason else ", "
    return verdict(evaluation, to_date + reason + (joint + overdue if overdue else ""))


_COLUMNS: tuple[Column[KpiStanding], ...] = (
    ID._replace(is_brief=True),
    *(NAME, AREA, GOAL, OWNER),
    Column("supports", of=lambda row: row.evaluation.kpi.supports),
    Column("frequency", of=lambda row: row.evaluation.kpi.frequency),
    *(PERIOD, UNIT),
    Column("direction", of=lambda row: row.evaluation.kpi.direction),
    *STANDING,
    Column("", "KPI", lambda row: row.evaluation.kpi.name),
    Column("", "Target", lambda row: row.numbers.target_in_force() or None, is_number=True),
    Column("", "Actual", lambda row: row.numbers.actual(), is_number=True, is_brief=True),
    Column("", "Status", _verdict, is_brief=True),
    Column("", "Variance", variance_cell, rank=2, is_number=True),
    Column("", "Trend", _spark, rank=1),
    Column("", "Period", lambda row: row.evaluation.period, rank=3),
    Column("", "Owner", lambda row: row.evaluation.kpi.owner, rank=4),
)


def _comparison_columns(compared: Compared, heading: str) -> tuple[Column[KpiStanding], ...]:
    """The earlier actual and the change since; where there is none, why."""

    def comparison(row: KpiStanding) -> "PeriodComparison":
        return compared.by_id[row.evaluation.kpi.id]

    def change(row: KpiStanding) -> Change | str | None:
        earlier = comparison(row).actual
        difference = row.numbers.difference(comparison(row).change, earlier, row.evaluation.actual)
        if difference:
            return Change(difference, comparison(row).is_favourable)
        return None if row.evaluation.actual is None else f"none: {comparison(row).reason}"

    return (
        Column("compared_period", of=lambda row: comparison(row).period),
        Column("compared_actual", of=lambda row: comparison(row).actual),
        Column("change", of=lambda row: comparison(row).change),
        Column("change_favourable", of=lambda row: comparison(row).is_favourable),
        Column("compared_reason", of=lambda row: comparison(row).reason or None),
        Column("", heading, change, is_brief=True),
    )


_SINCE = {"previous": "Since previous", "year": "Since last year"}


def status_view(
    scorecard: Scorecard,
    groups: Sequence[Group],
    trends: Mapping[str, Trend],
    compared: Compared | None = None,
    warnings: tuple[str, ...] = (),
) -> View:
    """The table of evaluated KPIs, each with its depth in the tree, and a footer that counts.

    Groups by a key stand apart, each with its counts; trends go by id.
    """
    definitions, as_of = scorecard.definitions, scorecard.clock.today
    evaluations = [evaluation for group in groups for evaluation, _ in group.rows]
    periods = {str(evaluation.period) for evaluation in evaluations}
    common_period = periods.pop() if len(periods) == 1 else ""
    is_grouped = all(group.key for group in groups)
    columns = _columns(evaluations, trends, has_common_period=bool(common_period))
    if compared:
        columns += _comparison_columns(compared, _SINCE[compared.against])
    rows = []
    for group in groups:
        section = _section(group) if is_grouped else ""
        for evaluation, depth in group.rows:
            numbers = NumberFormat(evaluation, definitions)
            standing = KpiStanding(numbers, trends.get(evaluation.kpi.id), as_of)
            rows.append(row_of(columns, standing, depth, section=section))
    head = Fields((Field("title", definitions.title or None), Field("as_of", as_of.isoformat())))
    counts = (_group_counts(groups),) if is_grouped else ()
    table = Table("kpis", columns, tuple(rows))
    heading = " · ".join(filter(None, (clipped(definitions.title), common_period)))
    return View("status", heading, (head, *counts, table), status_counts(evaluations), warnings)


def _columns(
    evaluations: Sequence[Evaluation], trends: Mapping[str, Trend], *, has_common_period: bool
) -> tuple[Column[KpiStanding], ...]:
    """A period that all rows share stands in the heading; what no row can tell is left out."""
    empty = {
        "Owner": not any(evaluation.kpi.owner for evaluation in evaluations),
        "Trend": not any(trend.move for trend in trends.values()),
    }
    return tuple(
        column._replace(is_in_heading=has_common_period and column.heading == "Period")
        for column in _COLUMNS
        if not empty.get(column.heading)
    )


def _section(group: Group) -> str:
    """`Grow the business · 2 KPIs: 1 on target, 1 at risk`."""
    name = f"no {group.key}" if group.name is None else clipped(group.name)
    return f"{name} · {status_counts(evaluation for evaluation, _ in group.rows)}"


def _status_count(status: Status) -> Column[Group]:
    return Column(status.value, of=lambda group: sum(row.status is status for row, _ in group.rows))


_GROUP_COLUMNS: tuple[Column[Group], ...] = (
    Column("name", of=lambda group: group.name),
    Column("kpis", of=lambda group: len(group.rows)),
    *map(_status_count, Status),
)


def _group_counts(groups: Sequence[Group]) -> Table:
    """How many KPIs of each group have which status, for machines."""
    return table_of("groups", _GROUP_COLUMNS, groups, is_aside=True)


def status_counts(evaluations: Iterable[Evaluation]) -> str:
    """`4 KPIs: 2 on target, 2 at risk`, in the order of the statuses."""
    rows = list(evaluations)
    counts = Counter(evaluation.status for evaluation in rows if not evaluation.is_skip)
    parts = [f"{counts[status]:,} {status.word}" for status in Status if counts[status]]
    skipped = sum(evaluation.is_skip for evaluation in rows)
    parts += [f"{skipped:,} {NOT_APPLICABLE}"] if skipped else []
    overdue = sum(evaluation.is_overdue for evaluation in rows)
    parts += [f"{overdue:,} overdue"] if overdue else []
    return f"{plural(len(rows), 'KPI')}: {', '.join(parts)}" if rows else "no KPIs"
