"""What is said about a note: asked before it is written, and confirmed afterwards."""

from kpicli.model.kpi import Kpi
from kpicli.model.record import Record
from kpicli.text import clipped


def note_text(kpi: Kpi, draft: Record, *, is_new: bool) -> str:
    """`ROAS 2026-10: noted: New bidding`, or that nothing has changed."""
    head = f"{clipped(kpi.name)} {draft.period}"
    if not is_new:
        reason = "that note stands already" if draft.note else f"no note by {clipped(draft.by)}"
        return f"{head}: nothing changed; {reason}"
    return f"{head}: noted: {clipped(draft.note)}" if draft.note else f"{head}: note taken back"


def replace_question(kpi: Kpi, draft: Record, old: str) -> str:
    """What there is to agree to, with the note that stands."""
    head = f"{clipped(kpi.name)} {draft.period}"
    if draft.note:
        return f"{head}: replace your note «{clipped(old)}»"
    return f"{head}: take your note «{clipped(old)}» back"
