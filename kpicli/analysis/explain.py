"""The whole reckoning of a KPI in a period, step by step, from the records to the status."""

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from kpicli.analysis.derive import actual_of, is_computed_once, lagged, own_actuals
from kpicli.analysis.history import Entry
from kpicli.analysis.judgement import judgement
from kpicli.analysis.rollup import is_part, standing_parts
from kpicli.model.actual import Actual, Missing, Record
from kpicli.model.formula import Formula, Input
from kpicli.model.kpi import Kpi
from kpicli.model.period import Period
from kpicli.model.scorecard import Scorecard
from kpicli.model.step import Rule, Step, Term

Entries = Mapping[str, Sequence[Entry]]
"""Every record of each KPI, the replaced ones too, in order of time."""


def explained(scorecard: Scorecard, entries: Entries, kpi: Kpi, period: Period) -> list[Step]:
    """Every step, each once: what a number is made of comes before it, the judgement last."""
    made = _Reckoning(scorecard, entries)
    made.add(kpi, period)
    return [*made.steps, *judgement(scorecard, kpi, period)]


def term_name(step: Input) -> str:
    """How an input stands in a formula: `visitors`, `prev(visitors)`."""
    return f"{step.lag}({step.id})" if step.lag else step.id


class _Reckoning:
    """The steps to an actual; what has been shown is not shown again."""

    def __init__(self, scorecard: Scorecard, entries: Entries) -> None:
        self.scorecard, self.entries = scorecard, entries
        self.steps: list[Step] = []
        self.seen: set[tuple[str, Period]] = set()

    def add(self, kpi: Kpi, period: Period) -> None:
        """The steps to the actual of a period, or to the reason why there is none."""
        if (kpi.id, period) in self.seen:
            return
        self.seen.add((kpi.id, period))
        if not period.has_begun(self.scorecard.clock.today):
            pass
        elif is_computed_once(kpi, period):
            self._formula(kpi, period)
        elif period.frequency is kpi.frequency:
            self.steps += self._recorded(kpi, period)
        elif kpi.rollup and kpi.frequency.fits_into(period.frequency):
            self._longer(kpi, period)
        actual = actual_of(self.scorecard, kpi, period)
        if isinstance(actual, Missing):
            self.steps.append(Step(Rule.MISSING, kpi, period, why=actual.reason))

    def _formula(self, kpi: Kpi, period: Period) -> None:
        formula = cast("Formula", kpi.formula)
        terms: list[Term] = []
        for step in formula.inputs:
            one, at = self.scorecard.definitions.kpis[step.id], lagged(step, period)
            self.add(one, at)
            actual = actual_of(self.scorecard, one, at)
            if isinstance(actual, Actual):
                terms.append(Term(term_name(step), actual.number, at))
        found = actual_of(self.scorecard, kpi, period)
        result = found.number if isinstance(found, Actual) else None
        if len(terms) == len(formula.inputs):
            self.steps.append(
                Step(Rule.FORMULA, kpi, period, tuple(terms), result, said=formula.text)
            )

    def _longer(self, kpi: Kpi, period: Period) -> None:
        parts = own_actuals(self.scorecard, kpi, period)
        for own in list(period.parts(kpi.frequency))[: len(parts)]:
            self.add(kpi, own)
        known = [part for part in parts if isinstance(part, Actual)]
        if len(known) == len(parts):
            self.steps.append(self._rolled_up(kpi, period, known))

    def _rolled_up(self, kpi: Kpi, period: Period, parts: Sequence[Actual]) -> Step:
        found = cast("Actual", actual_of(self.scorecard, kpi, period))
        terms = tuple(Term(kpi.id, part.number, part.period) for part in parts)
        return Step(Rule.ROLLUP, kpi, period, terms, found.number, said=kpi.rollup or "")

    def _recorded(self, kpi: Kpi, period: Period) -> Iterator[Step]:
        """The record of the whole, else those of the parts that count, and how they add up."""
        series = self.scorecard.series_of(kpi)
        whole = series.records.get(period)
        shorter = [at for at in sorted(series.records) if is_part(at, period)]
        if whole and period not in series.damaged:
            beside = shorter if whole.value is not None else []
            yield self._record(kpi, whole, beside)
        if period in series.damaged or (whole and whole.value is not None) or not kpi.rollup:
            return
        counting = standing_parts(series, period, self.scorecard)
        shown = {part.period for part in counting}
        for at in shorter:
            if at in shown:
                inner = [one for one in shorter if is_part(one, at)]
                yield self._record(kpi, series.records[at], inner)
            elif at not in series.damaged and not any(is_part(at, longer) for longer in shown):
                yield self._record(kpi, series.records[at], [])
        if isinstance(actual_of(self.scorecard, kpi, period), Actual):
            yield self._rolled_up(kpi, period, counting)

    def _record(self, kpi: Kpi, record: Record, beside: Sequence[Period]) -> Step:
        """With the earlier records of its period, and the parts for which it stands instead."""
        series = self.scorecard.series_of(kpi)
        replaced = tuple(
            entry.record
            for entry in self.entries.get(kpi.id, ())
            if entry.record.period == record.period and entry.record.order < record.order
        )
        standing = tuple(at for at in beside if series.records[at].value is not None)
        return Step(
            Rule.RECORD,
            kpi,
            record.period,
            result=record.value,
            record=record,
            replaced=replaced,
            parts=standing,
        )
