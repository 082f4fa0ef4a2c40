"""What is said about records that are taken back: which they are, and what stands without them."""

from collections.abc import Iterator, Sequence

from kpicli.evaluation.ledger import Ledger
from kpicli.model.kpi import Definitions, Kpi
from kpicli.model.period import Period
from kpicli.model.record import LogLine, Record
from kpicli.model.scorecard import Scorecard
from kpicli.recording.undo import UndoStep
from kpicli.text import clipped, plural
from kpicli.views.words.actuals import pair_text, value_text
from kpicli.views.words.numbers import NumberFormat

_MOST_CHANGES = 10  # changes that are shown one by evaluation


def write_description(steps: Sequence[UndoStep]) -> str:
    """Which write is meant: `the last write of ana, at 2026-11-02T08:15:30.123456Z: 2 actuals`."""
    line = steps[0].written
    by = f" of {clipped(line.by)}" if line.by else ""
    return f"the last write{by}, at {line.at}: {plural(len(steps), steps[0].noun)}"


def step_lines(definitions: Definitions, steps: Sequence[UndoStep]) -> Iterator[str]:
    """`  Churn 2026-10: 2.4% → 2.1%`, and how many more where there are many."""
    for step in steps[:_MOST_CHANGES]:
        texts = (_line_text(definitions, step, line) for line in (step.written, step.before))
        yield f"  {pair_text(definitions, *step.pair[:2])}: {' → '.join(texts)}"
    if len(steps) > _MOST_CHANGES:
        yield f"  and {len(steps) - _MOST_CHANGES:,} more"


def _line_text(definitions: Definitions, step: UndoStep, line: LogLine | None) -> str:
    if step.written.about:
        return clipped(line.note) if line and line.note else "nothing"
    if line is None:
        return "nothing"
    record = line.record(step.pair[0], definitions.calendar)
    return value_text(definitions, record, is_brief=True)


def recorded_again_text(definitions: Definitions, step: UndoStep, since: LogLine) -> str:
    """Why a pair is not taken back."""
    value = _line_text(definitions, step, since)
    by = f" by {clipped(since.by)}" if since.by else ""
    head = pair_text(definitions, *step.pair[:2])
    return f"{head} was recorded again since: {value}{by}, at {since.at}"


def retract_question(definitions: Definitions, kpi: Kpi, period: Period, old: Record | None) -> str:
    """What is asked before one actual is taken back; a damaged one can't be shown."""
    return f"{clipped(kpi.name)} {period}: take {_old_text(definitions, old)} back"


def retraction_text(
    before: Scorecard, after: Ledger, kpi: Kpi, period: Period, old: Record | None
) -> str:
    """What was taken back, and what stands for the own period then.

    `Churn 2026-10: 2.1% taken back`, `…; 2026-10 is now 2.0%, on target`
    """
    text = f"{clipped(kpi.name)} {period}: {_old_text(before.definitions, old)} taken back"
    if not kpi.has_calendar_of(period):
        return text
    own = kpi.period_with(period)
    evaluation = after.evaluate(kpi, own)
    actual = NumberFormat(evaluation, after.definitions).actual()
    return (
        f"{text}; {own} is now {clipped(str(actual))}, {evaluation.status.word}" if actual else text
    )


def _old_text(definitions: Definitions, old: Record | None) -> str:
    return value_text(definitions, old, is_brief=True) if old else "the damaged record"
