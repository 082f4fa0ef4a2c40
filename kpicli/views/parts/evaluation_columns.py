"""Columns that views of evaluations share: machine names of a KPI, its target, actual, status."""

from datetime import date
from typing import Protocol

from kpicli.analysis.trend import Trend
from kpicli.evaluation.evaluate import Evaluation
from kpicli.model.number import Number
from kpicli.model.target import Target
from kpicli.noun import NamedTuple
from kpicli.views.parts.cells import Change, Items, Verdict
from kpicli.views.parts.view import Column
from kpicli.views.words.actuals import NOT_APPLICABLE
from kpicli.views.words.numbers import NumberFormat


class HasEvaluation(Protocol):
    """A row about an evaluation."""

    @property
    def evaluation(self) -> Evaluation:
        """The KPI in one period."""
        ...


class HasNumbers(HasEvaluation, Protocol):
    """A row that shows the numbers of its evaluation to people."""

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


def _target(part: int) -> "Column[HasEvaluation]":
    keys = ("target", "target_low", "target_high")
    return Column(keys[part], of=lambda row: target_numbers(row.evaluation.target)[part])


def variance_cell(row: HasNumbers) -> Change | None:
    """The variance as people read it."""
    variance = row.numbers.variance()
    return Change(variance, row.evaluation.is_favourable) if variance else None


ID = Column[HasEvaluation]("id", of=lambda row: row.evaluation.kpi.id)
NAME = Column[HasEvaluation]("name", of=lambda row: row.evaluation.kpi.name)
AREA = Column[HasEvaluation]("area", of=lambda row: row.evaluation.kpi.area)
GOAL = Column[HasEvaluation]("goal", of=lambda row: row.evaluation.kpi.goal)
OWNER = Column[HasEvaluation]("owner", of=lambda row: row.evaluation.kpi.owner)
PERIOD = Column[HasEvaluation]("period", of=lambda row: row.evaluation.period)
UNIT = Column[HasEvaluation]("unit", of=lambda row: row.evaluation.kpi.unit or None)
TARGET: tuple[Column[HasEvaluation], ...] = (_target(0), _target(1), _target(2))
TARGET_TEXT = Column[HasNumbers]("target_text", of=lambda row: row.numbers.target_text() or None)
DUE = Column[HasEvaluation]("due", of=lambda row: target_numbers(row.evaluation.due)[0])
ACTUAL = Column[HasEvaluation]("actual", of=lambda row: row.evaluation.actual)
VARIANCE = Column[HasEvaluation]("variance", of=lambda row: row.evaluation.variance)
FAVOURABLE = Column[HasEvaluation]("favourable", of=lambda row: row.evaluation.is_favourable)
STATUS = Column[HasEvaluation]("status", of=lambda row: row.evaluation.status)
TO_DATE = Column[HasEvaluation]("to_date", of=lambda row: row.evaluation.is_to_date)
OVERDUE = Column[HasEvaluation]("overdue", of=lambda row: row.evaluation.is_overdue)
MISSING = Column[HasEvaluation](
    "missing", of=lambda row: Items(tuple(map(str, row.evaluation.missing)))
)
SKIPPED = Column[HasEvaluation](
    "skipped", of=lambda row: Items(tuple(map(str, row.evaluation.skipped)))
)
REASON = Column[HasEvaluation]("reason", of=lambda row: row.evaluation.reason or None)

STANDING: tuple[Column[KpiStanding], ...] = (
    *TARGET,
    TARGET_TEXT,
    DUE,
    ACTUAL,
    VARIANCE,
    FAVOURABLE,
    STATUS,
    TO_DATE,
    OVERDUE,
    MISSING,
    SKIPPED,
    REASON,
    Column("trend", of=lambda row: row.trend.move if row.trend else None),
    Column("trend_favourable", of=lambda row: row.trend.is_favourable if row.trend else None),
    Column("age_days", of=lambda row: row.evaluation.age(row.as_of)),
)
"""How a KPI stands, as `kpi status` and `kpi show` name it."""
