"""The scoreboard: every KPI against its target, the supporting ones beneath."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from kpicli.analysis.trend import Trend
from kpicli.evaluation.evaluate import Evaluation
from kpicli.evaluation.selection import Group
from kpicli.evaluation.series import standing_notes
from kpicli.model.scorecard import Scorecard
from kpicli.model.status import Status
from kpicli.text import clipped, plural
from kpicli.views.parts.evaluation_columns import KpiStanding
from kpicli.views.parts.status_columns import (
    Compared,
    common_period,
    comparison_columns,
    status_columns,
)
from kpicli.views.parts.view import Column, Table, View, board_head, row_of, table_of
from kpicli.views.words.actuals import NOT_APPLICABLE
from kpicli.views.words.numbers import NumberFormat


def status_view(
    scorecard: Scorecard,
    groups: Sequence[Group],
    trends: Mapping[str, Trend],
    compared: Compared | None = None,
    warnings: tuple[str, ...] = (),
    *,
    has_ids: bool = False,
    has_keys: bool = True,
) -> View:
    """The table of evaluated KPIs, each with its depth in the tree, and a footer that counts.

    Groups by a key stand apart, each with its counts; trends go by id. It `has_keys` where anybody
    asks for a column by that.
    """
    definitions = scorecard.definitions
    standings = {
        evaluation.kpi.id: _standing(scorecard, evaluation, trends.get(evaluation.kpi.id))
        for group in groups
        for evaluation, _ in group.rows
    }
    evaluations = [standing.evaluation for standing in standings.values()]
    common = common_period(evaluations)
    key = groups[0].key if groups else ""
    columns = status_columns([*standings.values()], common, key, has_ids=has_ids)
    if compared:
        extras = sum(column.is_extra for column in columns)
        place = len(columns) - extras
        columns = (*columns[:place], *comparison_columns(compared), *columns[place:])
    columns = tuple(column for column in columns if column.heading or has_keys)
    rows = tuple(
        row_of(columns, standings[evaluation.kpi.id], depth, section=key and _section(group))
        for group in groups
        for evaluation, depth in group.rows
    )
    head = board_head(definitions, scorecard.clock.today)
    counts = table_of("groups", _GROUP_COLUMNS, groups, is_aside=True)
    table = Table("kpis", columns, rows)
    heading = " · ".join(filter(None, (clipped(definitions.title), str(common))))
    blocks = (head, counts, table) if key or not groups else (head, table)
    return View("status", heading, blocks, status_counts(evaluations), warnings)


def _standing(scorecard: Scorecard, evaluation: Evaluation, trend: Trend | None) -> KpiStanding:
    """The KPI in that period, with the name of its goal and what was noted on it."""
    kpi, period, definitions = evaluation.kpi, evaluation.period, scorecard.definitions
    record = scorecard.series_of(kpi).records.get(period)
    written = (*([record] if record else []), *standing_notes(scorecard, kpi, period))
    notes = "; ".join(dict.fromkeys(clipped(each.note) for each in written if each.note))
    goal = definitions.goals[kpi.goal].name if kpi.goal else None
    numbers = NumberFormat(evaluation, definitions)
    return KpiStanding(numbers, trend, scorecard.clock.today, goal, notes or None)


def _section(group: Group) -> str:
    """`Grow the business · 2 KPIs: 1 on target, 1 at risk`."""
    return f"{group.heading} · {status_counts(evaluation for evaluation, _ in group.rows)}"


def _status_count(status: Status) -> Column[Group]:
    return Column(status.value, of=lambda group: sum(row.status is status for row, _ in group.rows))


_GROUP_COLUMNS: tuple[Column[Group], ...] = (
    Column("name", of=lambda group: group.name),
    Column("kpis", of=lambda group: len(group.rows)),
    *map(_status_count, Status),
)
"""How many KPIs of each group have which status, for machines."""


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
