"""What is said when something is taken back: a write, or one actual."""

from collections.abc import Iterator, Sequence

from kpicli.analysis.evaluate import evaluate
from kpicli.analysis.undo import Step
from kpicli.model.actual import Line, Record
from kpicli.model.kpi import Definitions, Kpi
from kpicli.model.period import Period, period_of
from kpicli.model.scorecard import Scorecard
from kpicli.text import plural, shown
from kpicli.views.history import pair_text, quantity_text, value_text
from kpicli.views.shown import Shown

_MOST = 10
"""Changes that are shown one by one."""


def write_text(written: Line, count: int) -> str:
    """Which write is meant: `the last write of ana, at 2026-11-02T08:15:30.123456Z: 2 actuals`."""
    who = f" of {shown(written.by)}" if written.by else ""
    return f"the last write{who}, at {written.at}: {plural(count, 'actual')}"


def step_lines(definitions: Definitions, steps: Sequence[Step]) -> Iterator[str]:
    """`  Churn 2026-10: 2.4% → 2.1%`, and how many more where there are many."""
    for step in steps[:_MOST]:
        texts = (_line_text(definitions, step, line) for line in (step.written, step.before))
        yield f"  {pair_text(definitions, *step.pair)}: {' → '.join(texts)}"
    if len(steps) > _MOST:
        yield f"  and {len(steps) - _MOST:,} more"


def _line_text(definitions: Definitions, step: Step, line: Line | None) -> str:
    value = line.decimal if line else None
    return "nothing" if value is None else quantity_text(definitions, step.pair[0], value)


def recorded_since(definitions: Definitions, step: Step, since: Line) -> str:
    """Why a pair is not taken back."""
    value = _line_text(definitions, step, since)
    who = f" by {shown(since.by)}" if since.by else ""
    head = pair_text(definitions, *step.pair)
    return f"{head} was recorded again since: {value}{who}, at {since.at}"


def retract_question(definitions: Definitions, kpi: Kpi, period: Period, old: Record | None) -> str:
    """What is asked before one actual is taken back; a damaged one can't be shown."""
    return f"{shown(kpi.name)} {period}: take {_old_text(definitions, old)} back"


def retracted(
    before: Scorecard, after: Scorecard, kpi: Kpi, period: Period, old: Record | None
) -> str:
    """What was taken back, and what stands for the own period then.

    `Churn 2026-10: 2.1% taken back`, `…; 2026-10 is now 2.0%, on target`
    """
    text = f"{shown(kpi.name)} {period}: {_old_text(before.definitions, old)} taken back"
    own = period_of(period.start, kpi.frequency)
    one = evaluate(after, kpi, own)
    actual = Shown(one, after.definitions).actual()
    return f"{text}; {own} is now {shown(str(actual))}, {one.status.word}" if actual else text


def _old_text(definitions: Definitions, old: Record | None) -> str:
    return value_text(definitions, old) if old else "the damaged record"
