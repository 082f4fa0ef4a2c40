"""How a KPI was computed in a period: a step a row, in order, unrounded."""

from collections.abc import Sequence

from kpicli.evaluation.evaluate import Evaluation
from kpicli.evaluation.step import Step, StepRule
from kpicli.model.record import Record
from kpicli.model.scorecard import Scorecard
from kpicli.model.status import Status
from kpicli.noun import NamedTuple
from kpicli.text import clipped, safe
from kpicli.views.parts.cells import Cell, Prose, Verdict
from kpicli.views.parts.view import Column, Field, Fields, Table, View, attribute_columns, row_of
from kpicli.views.words.exact_numbers import exact_digits, fraction_text, inputs_text
from kpicli.views.words.steps import StepWords, step_words

_NAMES = {
    StepRule.ROLLUP: "roll-up",
    StepRule.MISSING: "no data",
    StepRule.RELATIVE: "target from the baseline",
    StepRule.CLIMB: "target on the climb",
    StepRule.SUM_OF_TARGETS: "target of the whole",
    StepRule.LAST_TARGET: "target of the whole",
    StepRule.NO_TARGET: "no target",
}


class _Row(NamedTuple):
    step: Step
    words: StepWords

    @property
    def name(self) -> str:
        return _NAMES.get(self.step.rule, self.step.rule.value)

    @property
    def text(self) -> str:
        return "; ".join(filter(None, self.words))

    @property
    def line(self) -> str:
        return safe(f"{self.step.kpi.id} {self.step.period} {self.name}: {self.text}")

    def exact(self) -> str | None:
        """The result as a fraction where no decimal is exact."""
        return None if self.step.result is None else fraction_text(self.step.result)

    def replaced(self) -> str | None:
        """`9f1c02ab77e04d11 = 19000`, the oldest first; an actual that was taken back is null."""
        texts = [f"{record.id} = {_value(record)}" for record in self.step.replaced]
        return "; ".join(texts) or None

    def result(self) -> Cell:
        if self.step.rule is StepRule.STATUS:
            return Verdict(Status(self.step.word))
        return _prose(self.words.result)


def _value(record: Record) -> str:
    if record.value is None:
        return "skip" if record.skip else "null"
    return exact_digits(record.value)


def _prose(text: str) -> Prose | None:
    return Prose(text) if text else None


def _of_record(key: str, name: str) -> Column[_Row]:
    return Column(key, of=lambda row: getattr(row.step.record, name, None) or None)


_COLUMNS: tuple[Column[_Row], ...] = (
    Column("kpi", of=lambda row: row.step.kpi.id),
    *attribute_columns("period", "rule", of="step"),
    Column("detail", of=lambda row: row.step.word or row.step.reason or None),
    Column("inputs", of=lambda row: inputs_text(row.step.terms)),
    Column("result", of=lambda row: row.step.result),
    Column("result_high", of=lambda row: row.step.high),
    Column("exact", of=_Row.exact),
    _of_record("record", "id"),
    *(_of_record(key, key) for key in ("at", "by", "note")),
    Column("replaced", of=_Row.replaced),
    Column("text", of=lambda row: row.text),
    Column("", "KPI", lambda row: row.step.kpi.id, is_brief=True),
    Column("", "Period", lambda row: row.step.period, is_brief=True),
    Column("", "Step", lambda row: row.name, is_brief=True),
    Column("", "How", lambda row: _prose(row.words.how)),
    Column("", "With numbers", lambda row: _prose(row.words.numbers)),
    Column("", "Result", _Row.result),
)


def explain_view(
    scorecard: Scorecard, evaluation: Evaluation, steps: Sequence[Step], warnings: tuple[str, ...]
) -> View:
    """From the records to the status; `text` says each step as people read it."""
    kpi = evaluation.kpi
    head = Fields(
        (
            Field("kpi", kpi.id),
            Field("period", evaluation.period),
            Field("as_of", scorecard.clock.today.isoformat()),
            Field("unit", kpi.unit or None),
            Field("actual", evaluation.actual),
            Field("status", evaluation.status),
        )
    )
    decimal, clock = scorecard.definitions.decimal, scorecard.clock
    rows = [_Row(step, step_words(step, decimal.value, clock)) for step in steps]
    table = Table(
        "steps", _COLUMNS, tuple(row_of(_COLUMNS, row, line=row.line) for row in rows), is_list=True
    )
    heading = f"{clipped(kpi.name)} · {evaluation.period}"
    return View("explain", heading, (head, table), "", warnings)
