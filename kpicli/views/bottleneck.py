"""Where a board sticks: what misses its target, the worst first, and what explains it."""

from collections.abc import Sequence

from kpicli.analysis.bottleneck import TargetGap
from kpicli.evaluation.evaluate import Evaluation
from kpicli.evaluation.ledger import Ledger
from kpicli.evaluation.selection import Group
from kpicli.model.kpi import Kpi
from kpicli.model.quantity import Quantity
from kpicli.noun import NamedTuple
from kpicli.text import clipped, plural
from kpicli.views.parts.cells import Prose, Verdict
from kpicli.views.parts.evaluation_columns import TARGET, shared, variance_cell
from kpicli.views.parts.view import (
    Block,
    Column,
    Field,
    Note,
    Table,
    View,
    attribute_columns,
    board_head,
    row_of,
    table_of,
)
from kpicli.views.status import status_counts
from kpicli.views.words.bottleneck import (
    JUDGED,
    DriverSheet,
    bottleneck_lines,
    on_target_lines,
    tolerances,
    unjudged_lines,
)
from kpicli.views.words.numbers import NumberFormat

_ZERO = "its tolerance is zero"


class _Row(NamedTuple):
    """A gap, with the board that it is of."""

    scorecard: Ledger
    gap: TargetGap

    @property
    def evaluation(self) -> Evaluation:
        return self.gap.evaluation

    @property
    def numbers(self) -> NumberFormat:
        return NumberFormat(self.evaluation, self.scorecard.definitions)

    def tolerances(self) -> Quantity | str:
        return tolerances(self.gap, self.numbers.mark)

    def verdict(self) -> Verdict:
        """The status, and whether it is judged by a part of a period."""
        return Verdict(self.evaluation.status, ", to date" if self.evaluation.is_to_date else "")

    def explanation(self) -> Prose | None:
        """`Avg Order Value, +32,000 kr if on target`, or `Churned, +0.4 pp since 2026-09`."""
        drivers, driver = self.gap.drivers, self.gap.driver
        if drivers is None or driver is None:
            return None
        part = DriverSheet(self.scorecard, drivers).difference(driver.contribution)
        when = f"since {drivers.earlier}" if drivers.earlier else "if on target"
        return Prose(f"{clipped(driver.kpi.name)}, {part} {when}")

    def goal(self) -> str | None:
        goal = self.evaluation.kpi.goal
        return self.scorecard.definitions.goals[goal].name if goal else None

    def against(self) -> str | None:
        if self.gap.drivers is None:
            return None
        return "previous" if self.gap.drivers.earlier else "target"


_COLUMNS: tuple[Column[_Row], ...] = (
    *shared("id", "name", "area", "goal", "owner"),
    Column("supports", of=lambda row: row.evaluation.kpi.supports),
    *(*shared("period", "unit"), *TARGET),
    *shared("due", "actual", "variance", "status", "to_date"),
    Column("tolerances", of=lambda row: row.gap.tolerances),
    Column("reason", of=lambda row: _ZERO if row.gap.tolerances is None else None),
    Column("driver", of=lambda row: row.gap.driver and row.gap.driver.kpi.id),
    Column("driver_contribution", of=lambda row: row.gap.driver and row.gap.driver.contribution),
    Column("driver_against", of=_Row.against),
    Column("", "KPI", lambda row: row.evaluation.kpi.name, is_brief=True),
    Column("", "Gap", variance_cell, is_number=True, is_brief=True),
    Column("", "Tolerances", _Row.tolerances, is_number=True, is_brief=True),
    Column("", "Status", _Row.verdict, is_brief=True),
    Column("", "Explained by", _Row.explanation),
    Column("", "Period", lambda row: row.evaluation.period, rank=3),
    Column("", "Area", lambda row: row.evaluation.kpi.area, rank=1),
    Column("", "Goal", _Row.goal, rank=2),
)
_GROUPS: tuple[Column["_GapGroup"], ...] = (
    Column("name", of=lambda row: row.group.name),
    Column("kpis", of=lambda row: len(row.group.rows)),
    Column("gaps", of=lambda row: len(row.gaps)),
    Column("bottleneck", of=lambda row: row.gaps[0].evaluation.kpi.id if row.gaps else None),
)


_UNJUDGED: tuple[Column[Evaluation], ...] = (
    *attribute_columns("id", of="kpi"),
    *attribute_columns("period", "status"),
    Column("reason", of=lambda evaluation: evaluation.reason or None),
)


class _GapGroup(NamedTuple):
    """The KPIs that have the same of a key, and the gaps of those, the worst first."""

    group: Group
    gaps: Sequence[TargetGap]

    @property
    def is_on_target(self) -> bool:
        """Whether something of a group is judged, and all that is meets its target."""
        statuses = {evaluation.status for evaluation, _ in self.group.rows}
        return bool(self.group.key) and not self.gaps and bool(JUDGED & statuses)

    def section(self) -> str:
        """`Grow the business · 2 of 5 KPIs miss their target`; empty where nothing is grouped."""
        if not self.group.key:
            return ""
        count = len(self.gaps)
        verb = "misses its" if count == 1 else "miss their"
        kpis = plural(len(self.group.rows), "KPI")
        return f"{self.group.heading} · {count} of {kpis} {verb} target"


def bottleneck_view(
    scorecard: Ledger,
    groups: Sequence[Group],
    gaps: Sequence[TargetGap],
    kpi: Kpi | None = None,
    warnings: tuple[str, ...] = (),
) -> View:
    """A row a gap, the worst first, and the group with the worst first.

    `kpi` is the one that all of them support, where only those are looked at.
    """
    definitions = scorecard.definitions
    parts = [_GapGroup(group, _gaps_in(group, gaps)) for group in groups]
    parts.sort(key=lambda part: gaps.index(part.gaps[0]) if part.gaps else len(gaps))
    evaluations = [evaluation for group in groups for evaluation, _ in group.rows]
    worst = Field("bottleneck", gaps[0].evaluation.kpi.id if gaps else None)
    supported = Field("kpi", kpi.id if kpi else None)
    head = board_head(definitions, scorecard.clock.today, supported, worst)
    is_grouped = any(group.key for group in groups)
    unjudged = [each for each in evaluations if each.status not in JUDGED]
    blocks: tuple[Block, ...] = (
        head,
        _table(scorecard, parts),
        *([table_of("groups", _GROUPS, parts, is_aside=True)] if is_grouped else []),
        table_of("unjudged", _UNJUDGED, unjudged, is_aside=True),
        *map(Note, bottleneck_lines(gaps, definitions.shown_mark)),
        *map(Note, on_target_lines([part.group.heading for part in parts if part.is_on_target])),
        *map(Note, unjudged_lines(evaluations)),
    )
    subject = kpi.name if kpi else definitions.title
    heading = " · ".join(filter(None, (clipped(subject), "where it sticks")))
    return View("bottleneck", heading, blocks, status_counts(evaluations), warnings)


def _table(scorecard: Ledger, parts: Sequence[_GapGroup]) -> Table:
    """The gaps of each part; what heads a part is no column, and without a gap none is."""
    key = next((part.group.key for part in parts), "")
    has_gaps = any(part.gaps for part in parts)
    columns = tuple(
        column for column in _COLUMNS if column.key or (has_gaps and column.heading.lower() != key)
    )
    rows = [
        row_of(columns, _Row(scorecard, gap), section=part.section())
        for part in parts
        for gap in part.gaps
    ]
    return Table("gaps", columns, tuple(rows)).without_empty()


def _gaps_in(group: Group, gaps: Sequence[TargetGap]) -> list[TargetGap]:
    ids = {evaluation.kpi.id for evaluation, _ in group.rows}
    return [gap for gap in gaps if gap.evaluation.kpi.id in ids]
