"""The whole reckoning of a KPI in a period: a step a row, in order, unrounded."""

from collections.abc import Sequence

from kpicli.evaluation.evaluate import Evaluation
from kpicli.evaluation.step import Step, StepRule
from kpicli.model.scorecard import Scorecard
from kpicli.model.status import Status
from kpicli.text import safe, shown
from kpicli.views.parts.cells import Cell, Prose, Verdict
from kpicli.views.parts.view import Column, Field, Fields, Row, Table, View
from kpicli.views.words.exact_numbers import exact_digits, fraction_text, inputs_text
from kpicli.views.words.steps import step_words

_COLUMNS = (
    Column("kpi"),
    Column("period"),
    Column("rule"),
    Column("detail"),
    Column("inputs"),
    Column("result"),
    Column("result_high"),
    Column("exact"),
    Column("record"),
    Column("at"),
    Column("by"),
    Column("note"),
    Column("replaced"),
    Column("text"),
    Column("", "KPI", is_brief=True),
    Column("", "Period", is_brief=True),
    Column("", "Step", is_brief=True),
    Column("", "How"),
    Column("", "With numbers"),
    Column("", "Result"),
)
_NAMES = {
    StepRule.ROLLUP: "roll-up",
    StepRule.MISSING: "no data",
    StepRule.RELATIVE: "target from the baseline",
    StepRule.CLIMB: "target on the climb",
    StepRule.SUM_OF_TARGETS: "target of the whole",
    StepRule.LAST_TARGET: "target of the whole",
    StepRule.NO_TARGET: "no target",
}


def explain_view(
    scorecard: Scorecard,
    one: Evaluation,
    steps: Sequence[Step],
    warnings: tuple[str, ...] = (),
) -> View:
    """From the records to the status; `text` says each step as people read it."""
    kpi = one.kpi
    head = Fields(
        (
            Field("kpi", kpi.id),
            Field("period", one.period),
            Field("as_of", scorecard.clock.today.isoformat()),
            Field("unit", kpi.unit or None),
            Field("actual", one.actual),
            Field("status", one.status),
        )
    )
    rows = tuple(_row(scorecard, step) for step in steps)
    heading = f"{shown(kpi.name)} · {one.period}"
    return View(
        "explain", heading, (head, Table("steps", _COLUMNS, rows, is_list=True)), "", warnings
    )


def _row(scorecard: Scorecard, step: Step) -> Row:
    said = step_words(step, scorecard.definitions.decimal.value, scorecard.clock)
    name = _NAMES.get(step.rule, step.rule.value)
    record = step.record
    text = "; ".join(part for part in said if part)
    exact = None if step.result is None else fraction_text(step.result)
    cells: tuple[Cell, ...] = (
        step.kpi.id,
        step.period,
        step.rule,
        step.said or step.why or None,
        inputs_text(step.terms),
        step.result,
        step.high,
        exact,
        record.id if record else None,
        record.at if record else None,
        (record.by if record else None) or None,
        (record.note if record else None) or None,
        _replaced(step),
        text,
        step.kpi.id,
        step.period,
        name,
        Prose(said.how) if said.how else None,
        Prose(said.numbers) if said.numbers else None,
        _result(step, said.result),
    )
    return Row(cells, line=safe(f"{step.kpi.id} {step.period} {name}: {text}"))


def _result(step: Step, text: str) -> Cell:
    if step.rule is StepRule.STATUS:
        return Verdict(Status(step.said))
    return Prose(text) if text else None


def _replaced(step: Step) -> str | None:
    """`9f1c02ab77e04d11 = 19000`, the oldest first; what was taken back is null."""
    named = [
        f"{one.id} = {'null' if one.value is None else exact_digits(one.value)}"
        for one in step.replaced
    ]
    return "; ".join(named) or None
