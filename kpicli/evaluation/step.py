"""One step of a reckoning: what was done by which rule, with which numbers, and what came out."""

from datetime import date
from enum import StrEnum

from kpicli.model.kpi import Kpi
from kpicli.model.number import Number
from kpicli.model.period import Period
from kpicli.model.record import Record
from kpicli.noun import NamedTuple


class StepRule(StrEnum):
    """What a step does."""

    RECORD = "record"
    ROLLUP = "rollup"
    WINDOW = "window"
    FORMULA = "formula"
    MISSING = "missing"
    TARGET = "target"
    RELATIVE = "relative"
    CLIMB = "climb"
    SUM_OF_TARGETS = "sum_of_targets"
    LAST_TARGET = "last_target"
    NO_TARGET = "no_target"
    DUE = "due"
    TOLERANCE = "tolerance"
    COMPARISON = "comparison"
    STATUS = "status"
    OVERDUE = "overdue"


class StepInput(NamedTuple):
    """A number that goes into a step, and what it is."""

    name: str
    number: Number
    period: Period | None = None


class Step(NamedTuple):
    """A rule applied to a KPI in a period.

    `word` is the word that the rule goes by: a roll-up, a formula, a comparison, a status, a
    reason. Of a range `high` is the upper result. A record comes with those that it replaced, and
    with the parts of its period that do not count beside it; of what is made of several periods
    `parts` are those that it passes over. `until` is the first day that an open period is not
    measured on.
    """

    rule: StepRule
    kpi: Kpi
    period: Period
    terms: tuple[StepInput, ...] = ()
    result: Number | None = None
    high: Number | None = None
    word: str = ""
    reason: str = ""
    record: Record | None = None
    replaced: tuple[Record, ...] = ()
    parts: tuple[Period, ...] = ()
    until: date | None = None
