"""Steps of a reckoning, each a rule with its numbers; and those from the records to an actual."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum

from kpicli.evaluation.history import HistoryEntry
from kpicli.evaluation.ledger import Ledger
from kpicli.evaluation.rollup import Derivation, is_part
from kpicli.model.formula import Formula
from kpicli.model.kpi import Kpi
from kpicli.model.number import Number
from kpicli.model.period import Period
from kpicli.model.record import Actual, Missing, Record
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


Entries = Mapping[str, Sequence[HistoryEntry]]  # every record of each KPI in order of time


class ActualSteps:
    """The steps to an actual; what has been shown is not shown again."""

    def __init__(self, ledger: Ledger, entries: Entries) -> None:
        self.ledger, self.entries = ledger, entries
        self.seen: set[tuple[str, Period]] = set()

    def to(self, kpi: Kpi, period: Period) -> Iterator[Step]:
        """The steps to the actual of a period, or to the reason why there is none."""
        if (kpi.id, period) in self.seen:
            return
        self.seen.add((kpi.id, period))
        derivation = self.ledger.derivation(kpi, period)
        for part, part_period in derivation.inputs:
            yield from self.to(part, part_period)
        for record in derivation.records:
            yield self._record_step(kpi, record)
        yield from self._result(kpi, period, derivation)

    def _result(self, kpi: Kpi, period: Period, derivation: Derivation) -> Iterator[Step]:
        actual = derivation.actual
        result = None if isinstance(actual, Missing) else actual.number
        if derivation.parts and isinstance(actual, Actual):
            yield self._parts_step(StepRule.ROLLUP, kpi, derivation, actual, kpi.rollup or "")
        elif derivation.is_formula and kpi.formula:
            yield from self._formula_steps(kpi, kpi.formula, period, result)
        if isinstance(actual, Missing) and not (actual.is_skip and derivation.records):
            yield Step(StepRule.MISSING, kpi, period, reason=actual.reason)

    def _parts_step(
        self, rule: StepRule, kpi: Kpi, derivation: Derivation, actual: Actual, word: str
    ) -> Step:
        terms = tuple(StepInput(kpi.id, part.number, part.period) for part in derivation.parts)
        return Step(rule, kpi, actual.period, terms, actual.number, word=word, parts=actual.skipped)

    def _formula_steps(
        self, kpi: Kpi, formula: Formula, period: Period, result: Number | None
    ) -> Iterator[Step]:
        """Each window by itself, then all inputs put in, where there are all."""
        inputs: list[StepInput] = []
        for step in formula.inputs:
            derivation = self.ledger.input_derivation(kpi, step, period)
            actual, part = derivation.actual, self.ledger.definitions.kpis[step.id]
            if isinstance(actual, Missing):
                continue
            inputs.append(StepInput(str(step), actual.number, actual.period))
            if step.is_window:
                yield self._parts_step(StepRule.WINDOW, part, derivation, actual, step.lag)
        if len(inputs) == len(formula.inputs):
            yield Step(StepRule.FORMULA, kpi, period, tuple(inputs), result, word=formula.text)

    def _record_step(self, kpi: Kpi, record: Record) -> Step:
        """With the earlier records of its period, and the parts for which it stands instead."""
        replaced = tuple(
            entry.record
            for entry in self.entries.get(kpi.id, ())
            if entry.record.period == record.period and entry.record.order < record.order
        )
        valued = self.ledger.series_of(kpi).valued_periods if record.is_standing else ()
        parts = sorted(period for period in valued if is_part(period, record.period))
        return Step(
            StepRule.RECORD,
            kpi,
            record.period,
            result=record.number,
            word="skip" if record.skip else "",
            record=record,
            replaced=replaced,
            parts=tuple(parts),
        )
