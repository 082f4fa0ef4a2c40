"""A note to be: on a KPI and one of its own periods, or a part of one."""

from kpicli.errors import KpiError
from kpicli.evaluation.ledger import Ledger
from kpicli.evaluation.series import standing_notes
from kpicli.model.kpi import Kpi
from kpicli.model.notation.period import named_period
from kpicli.model.period import Period, require_calendar
from kpicli.model.record import NOTE_ID, Clock, Record
from kpicli.text import safe


def note_period(kpi: Kpi, text: str | None, clock: Clock) -> Period:
    """The period that a note is on, else the last closed own one.

    Raises `KpiError` for one that has not begun, or lies in none of its own periods.
    """
    today, day_of = clock
    if text is None:
        return kpi.period_of(today).shift(-1)
    period = named_period(text, kpi.frequency, today, day_of, kpi.calendar)
    require_calendar(period, kpi.calendar)
    if not period.has_begun(today):
        hint = f'what is to come is an event: [events] "{period}" = "…" in the definitions'
        raise KpiError(f"{period} has not begun", hint=hint)
    if not kpi.period_of(period.start).contains(period):
        noun = kpi.frequency.noun
        hint = f"name a {noun}, or a day of it; what is longer goes into [events]"
        raise KpiError(f"{safe(kpi.id)} is {kpi.frequency}, and {period} is no {noun}", hint=hint)
    return period


def note_draft(id: str, period: Period, text: str, by: str) -> Record:
    """A note as a record; an empty text takes back what its writer noted there."""
    return Record(NOTE_ID, period, None, "", by=by, note=text, about=id)


def own_note(ledger: Ledger, draft: Record) -> str:
    """What its writer has noted on the KPI and period already, or nothing."""
    notes = standing_notes(ledger, ledger.definitions.kpis[draft.about], draft.period)
    own = [note.note for note in notes if (note.by, note.period) == (draft.by, draft.period)]
    return own[0] if own else ""
