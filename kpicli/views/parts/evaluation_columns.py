"""Columns that views of evaluations share: machine names of a KPI, its target, actual, status."""

from collections.abc import Iterator
from datetime import date
from operator import attrgetter
from typing import Any, Protocol

from kpicli.analysis.trend import Trend
from kpicli.evaluation.evaluate import Evaluation
from kpicli.model.number import Number
from kpicli.model.target import Target
from kpicli.noun import NamedTuple
from kpicli.views.parts.cells import Change, Items, Verdict
from kpicli.views.parts.view import Column, attribute_columns
from kpicli.views.words.actuals import NOT_APPLICABLE
from kpicli.views.words.numbers import NumberFormat


class HasNumbers(Protocol):
    """A row that shows the numbers of its evaluation to people."""

    @property
    def evaluation(self) -> Evaluation:
        """The KPI in one period."""
        ...

    @property
    def numbers(self) -> NumberFormat:
        """How they are shown."""
        ...


class KpiStanding(NamedTuple):
    """How a KPI stands on a day, with its trend where that is known, its goal and the notes."""

    numbers: NumberFormat
    trend: Trend | None
    as_of: date
    goal: str | None = None
    note: str | None = None

    @property
    def evaluation(self) -> Evaluation:
        """The KPI in one period."""
        return self.numbers.evaluation


def verdict(evaluation: Evaluation, remark: str = "") -> Verdict:
    """The status, and what has to be said beside it; none of what there is nothing to measure."""
    word = NOT_APPLICABLE if evaluation.is_skip else ""
    return Verdict(evaluation.status, remark, word)


def target_numbers(target: Target | None) -> tuple[Number | None, Number | None, Number | None]:
    """A single target's number, or both edges of a range."""
    if target is None:
        return None, None, None
    if target.high is None:
        return target.number, None, None
    return None, target.number, target.high


def target_columns(of: str) -> tuple[Column[Any], ...]:
    """For machines: the number of a single target of a row, and both edges of a range."""
    target = attrgetter(of)

    def edge(key: str, part: int) -> Column[Any]:
        return Column(key, of=lambda row: target_numbers(target(row))[part])

    return edge("target", 0), edge("target_low", 1), edge("target_high", 2)


def variance_cell(row: HasNumbers) -> Change | None:
    """The variance as people read it."""
    variance = row.numbers.variance()
    return Change(variance, row.evaluation.is_favourable) if variance else None


TARGET = target_columns("evaluation.target")
_SHARED: tuple[Column[Any], ...] = (
    *attribute_columns("id", "name", "area", "goal", "owner", of="evaluation.kpi"),
    *attribute_columns("period", "actual", "variance", "status", of="evaluation"),
    Column("unit", of=lambda row: row.evaluation.kpi.unit or None),
    Column("target_text", of=lambda row: row.numbers.target_text() or None),
    Column("due", of=lambda row: target_numbers(row.evaluation.due)[0]),
    Column("favourable", of=lambda row: row.evaluation.is_favourable),
    Column("to_date", of=lambda row: row.evaluation.is_to_date),
    Column("overdue", of=lambda row: row.evaluation.is_overdue),
    Column("missing", of=lambda row: Items(tuple(map(str, row.evaluation.missing)))),
    Column("skipped", of=lambda row: Items(tuple(map(str, row.evaluation.skipped)))),
    Column("reason", of=lambda row: row.evaluation.reason or None),
)
_BY_KEY = {column.key: column for column in _SHARED}


def shared(*keys: str) -> Iterator[Column[Any]]:
    """The columns of these keys, of rows that have an `evaluation`."""
    return map(_BY_KEY.__getitem__, keys)


STANDING: tuple[Column[KpiStanding], ...] = (
    *TARGET,
    *shared("target_text", "due", "actual", "variance", "favourable", "status", "to_date"),
    *shared("overdue", "missing", "skipped", "reason"),
    Column("trend", of=lambda row: row.trend.move if row.trend else None),
    Column("trend_favourable", of=lambda row: row.trend.is_favourable if row.trend else None),
    Column("age_days", of=lambda row: row.evaluation.age(row.as_of)),
)
"""How a KPI stands, as `kpi status` and `kpi show` name it."""
