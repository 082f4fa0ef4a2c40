"""What is said of an import: what would be recorded, and how much was."""

from collections.abc import Sequence

from kpicli.analysis.doubt import standing
from kpicli.model.actual import Record
from kpicli.model.scorecard import Scorecard
from kpicli.text import shown
from kpicli.views.history import pair_text, value_text


def intake_line(scorecard: Scorecard, record: Record) -> str:
    """`Churn 2026-10: 2.1%; was 2.4%`."""
    definitions = scorecard.definitions
    old = standing(scorecard, record)
    was = f"; was {value_text(definitions, old)}" if old else ""
    head = pair_text(definitions, record.kpi, record.period)
    return f"{head}: {value_text(definitions, record)}{was}"


def copied_line(scorecard: Scorecard, id: str, period: str, at: str) -> str:
    """`Churn 2026-10: as it was recorded at 2026-11-02T08:15:30.123456Z`."""
    return f"{pair_text(scorecard.definitions, id, period)}: as it was recorded at {at}"


def intake_summary(new: int, changed: int, known: int) -> str:
    """`12 new, 3 changed, 1,000 already recorded`."""
    parts = [
        f"{new:,} new",
        f"{changed:,} changed" if changed else "",
        f"{known:,} already recorded",
    ]
    return ", ".join(part for part in parts if part)


def not_undone(others: Sequence[str], *, has_copies: bool) -> str:
    """What kpi undo does not take back of an import."""
    if has_copies:
        return "what was recorded at its own time is not taken back by kpi undo"
    named = " and ".join(f"--by {shown(name)}" for name in others[:3])
    return f"kpi undo takes back one name's at a time: {named}"
