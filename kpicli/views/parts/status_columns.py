"""The columns of the scoreboard: those of every KPI, and those of a comparison."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kpicli.evaluation.evaluate import Evaluation
from kpicli.model.period import period_list
from kpicli.model.status import Status
from kpicli.noun import NamedTuple
from kpicli.views.parts.cells import Change, Prose, Remarked, Spark, Verdict
from kpicli.views.parts.evaluation_columns import (
    STANDING,
    KpiStanding,
    shared,
    variance_cell,
    verdict,
)
from kpicli.views.parts.view import Column, attribute_columns
from kpicli.views.words.actuals import passed_over

if TYPE_CHECKING:
    from kpicli.evaluation.compare import Against, PeriodComparison

TO_DATE = "to date"


class Compared(NamedTuple):
    """What the KPIs are compared with, and each one's comparison by its id."""

    against: "Against"
    by_id: "Mapping[str, PeriodComparison]"


def _spark(row: KpiStanding) -> Spark | None:
    trend = row.trend
    if trend is None or len(trend.actuals) < 2:
        return None
    return Spark(trend.actuals, trend.move or "", trend.is_favourable)


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
    to_date = f", {TO_DATE}" if evaluation.is_to_date else ""
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


def _target(row: KpiStanding) -> Remarked | str | None:
    """The target in force; in a period under way of which it is a part, and the end of a climb."""
    (by_now, whole), end = row.numbers.target_parts(), row.numbers.climb_end()
    if whole or end:
        return Remarked(by_now, ", ".join(filter(None, (whole, end))), " " if whole else ", ")
    return by_now or None


_COLUMNS: tuple[Column[KpiStanding], ...] = (
    Column("id", of=lambda row: row.evaluation.kpi.id, is_brief=True),
    *shared("name", "area", "goal", "owner"),
    *attribute_columns("supports", "frequency", of="evaluation.kpi"),
    *shared("period", "unit"),
    Column("direction", of=lambda row: row.evaluation.kpi.direction),
    *STANDING,
    Column("", "KPI", lambda row: row.evaluation.kpi.name),
    Column("", "Id", lambda row: row.evaluation.kpi.id),
    Column("", "Target", _target, is_number=True),
    Column("", "Actual", lambda row: row.numbers.actual(), is_number=True, is_brief=True),
    Column("", "Status", _verdict, is_brief=True),
    Column("", "Variance", variance_cell, rank=4, is_number=True),
    Column("", "Trend", _spark, rank=2),
    Column("", "Period", lambda row: row.evaluation.period, is_kept=True),
    Column("", "Owner", lambda row: row.evaluation.kpi.owner, rank=6),
    Column("", "Goal", lambda row: row.goal, rank=7, is_extra=True),
    Column("", "Note", lambda row: Prose(row.note) if row.note else None, rank=8, is_extra=True),
)


_SINCE = {"previous": "Since previous", "year": "Since last year"}


def comparison_columns(compared: Compared) -> tuple[Column[KpiStanding], ...]:
    """The earlier actual and the change since; where there is none, why."""

    def comparison(row: KpiStanding) -> "PeriodComparison":
        return compared.by_id[row.evaluation.kpi.id]

    def change(row: KpiStanding) -> Change | Remarked | None:
        earlier = comparison(row).actual
        difference = row.numbers.difference(comparison(row).change, earlier, row.evaluation.actual)
        if difference:
            return Change(difference, comparison(row).is_favourable)
        if row.evaluation.actual is None:
            return None
        return Remarked("none", comparison(row).reason, ": ")

    return (
        Column("compared_period", of=lambda row: comparison(row).period),
        Column("compared_actual", of=lambda row: comparison(row).actual),
        Column("change", of=lambda row: comparison(row).change),
        Column("change_favourable", of=lambda row: comparison(row).is_favourable),
        Column("compared_reason", of=lambda row: comparison(row).reason or None),
        Column("", _SINCE[compared.against], change, is_brief=True, is_kept=True),
    )


class Common(NamedTuple):
    """The period of more than half of the rows, and whether all of these that tell are to date."""

    period: str
    is_to_date: bool

    def __str__(self) -> str:
        return f"{self.period} {TO_DATE}" if self.is_to_date else self.period


def common_period(evaluations: Sequence[Evaluation]) -> Common:
    """What most rows have in common; an empty period where no period is that of most of them."""
    by_period: dict[str, list[Evaluation]] = {}
    for evaluation in evaluations:
        by_period.setdefault(str(evaluation.period), []).append(evaluation)
    period = max(by_period, key=lambda label: len(by_period[label]), default="")
    rows = by_period.get(period, [])
    if 2 * len(rows) <= len(evaluations):
        return Common("", is_to_date=False)
    actuals = [row.is_to_date for row in rows if row.actual is not None]
    return Common(period, is_to_date=bool(actuals) and all(actuals))


def status_columns(
    standings: Sequence[KpiStanding], common: Common, key: str, *, has_ids: bool
) -> tuple[Column[KpiStanding], ...]:
    """Without those in which no row has anything, and the one that the rows are grouped by.

    What the heading says of most rows is said of the others alone where there is little room.
    """
    left_out = {key.capitalize(), "" if has_ids else "Id"}
    left_out |= {heading for heading, of in _OPTIONAL.items() if not any(map(of, standings))}
    period = {
        "is_in_heading": all(str(row.evaluation.period) == common.period for row in standings),
        "common": common.period,
        "rank": _FEW_PERIODS if common.period else _MANY_PERIODS,
    }
    changes: dict[str, dict[str, Any]] = {
        "Period": period,
        "Status": {"common": TO_DATE if common.is_to_date else ""},
    }
    return tuple(
        column._replace(**changes.get(column.heading, {}))
        for column in _COLUMNS
        if column.key or column.heading not in left_out
    )


_OPTIONAL: Mapping[str, Callable[[KpiStanding], object]] = {
    "Owner": lambda row: row.evaluation.kpi.owner,
    "Trend": lambda row: row.trend and row.trend.move,
    "Goal": lambda row: row.goal,
    "Note": lambda row: row.note,
}
"""Columns that are left out where they are empty; a line of values is none without a trend."""
_FEW_PERIODS, _MANY_PERIODS = 3, 0  # a column goes where few rows have another period
