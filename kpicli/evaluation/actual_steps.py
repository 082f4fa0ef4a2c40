"""The steps from the records to an actual: roll-ups, windows and formulas, each once."""

from collections.abc import Iterator, Mapping, Sequence

from kpicli.evaluation.history import HistoryEntry
from kpicli.evaluation.ledger import Ledger
from kpicli.evaluation.rollup import Derivation, is_part
from kpicli.evaluation.step import Step, StepInput, StepRule
from kpicli.model.formula import Formula
from kpicli.model.kpi import Kpi
from kpicli.model.number import Number
from kpicli.model.period import Period
from kpicli.model.record import Actual, Missing, Record

Entries = Mapping[str, Sequence[HistoryEntry]]
"""Every record of each KPI, the replaced ones too, in order of time."""


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
        """What is made of several periods."""
        terms = tuple(StepInput(kpi.id, part.number, part.period) for part in derivation.parts)
        skipped = actual.skipped
        return Step(rule, kpi, actual.period, terms, actual.number, word=word, parts=skipped)

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
        standing = self.ledger.series_of(kpi).standing if record.is_standing else ()
        parts = sorted(part.period for part in standing if is_part(part.period, record.period))
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
