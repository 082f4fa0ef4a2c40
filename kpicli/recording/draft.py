"""What may be recorded, and for which period: a value, a note, typed against the definition."""

from decimal import Decimal

from kpicli.errors import KpiError, NotationError
from kpicli.evaluation.ledger import Ledger
from kpicli.evaluation.series import standing_notes
from kpicli.model.frequency import Frequency
from kpicli.model.kpi import Kpi
from kpicli.model.notation.quantity import read_quantity
from kpicli.model.number import Mark
from kpicli.model.period import Period, period_of, require_calendar
from kpicli.model.record import NOTE_ID, Record
from kpicli.model.scorecard import Clock, Scorecard
from kpicli.model.unit import PERCENT
from kpicli.recording.plausibility import percentage_of
from kpicli.text import safe


def draft_record(
    scorecard: Scorecard,
    kpi: Kpi,
    text: str,
    period: str | None,
    *,
    are_fractions: bool = False,
    mark: Mark | None = None,
) -> Record:
    """The record of a value that was typed; raises `KpiError` for what can't be recorded.

    `n/a` says that there is nothing to measure. Without a period it is for the last closed one. Of
    a KPI in % it may be a fraction. `mark` is the decimal mark where that is known; else it is the
    definitions' own. Who records it, and when, is left open.
    """
    own = period_to_record(scorecard, kpi, period)
    if is_not_applicable(text):
        return Record(kpi.id, own, None, "", skip=True)
    number = number_of(kpi, text, mark or scorecard.definitions.reading_mark)
    if are_fractions and kpi.unit == PERCENT:
        number = percentage_of(number)
    return Record(kpi.id, own, number, "")


def is_not_applicable(text: str) -> bool:
    """Whether what was typed says that there is nothing to measure."""
    return text.strip().casefold() == "n/a"


def number_of(kpi: Kpi, text: str, mark: Mark | None) -> Decimal:
    """The number that a text says, in the KPI's unit; raises `KpiError` that names the KPI."""
    try:
        return read_quantity(text, mark, kpi.unit)[0]
    except NotationError as error:
        error.message = f"{kpi.id}: {error.message}"
        raise


def period_to_record(scorecard: Scorecard, kpi: Kpi, text: str | None) -> Period:
    """The period that is meant, if an actual may be recorded for it."""
    require_recorded(kpi)
    today, day_of = scorecard.clock
    if text is None:
        period = period_of(today, kpi.frequency, kpi.calendar).shift(-1)
    else:
        from kpicli.model.notation.period import named_period

        period = named_period(text, kpi.frequency, today, day_of, kpi.calendar)
    require_period(scorecard, kpi, period)
    return period


def require_period(scorecard: Scorecard, kpi: Kpi, period: Period) -> None:
    """Raise `KpiError` for a period for which no actual of the KPI may be recorded."""
    require_active(kpi, period)
    if not period.has_begun(scorecard.clock.today):
        raise KpiError(f"{period} has not begun", hint="it can be recorded once it has begun")
    require_fitting(kpi, period)


def require_recorded(kpi: Kpi) -> None:
    """A formula is computed, and never recorded."""
    if kpi.formula:
        message = f"{kpi.id} is computed by its formula, {kpi.formula.text}"
        raise KpiError(message, hint="record its inputs instead")


def require_active(kpi: Kpi, period: Period) -> None:
    """After `until` nothing is recorded any more."""
    if kpi.is_retired(period):
        raise KpiError(f"{kpi.id} is only kept until {kpi.until}", hint="change until to record it")


def require_fitting(kpi: Kpi, period: Period) -> None:
    """Its own period, or a shorter one of which a rollup makes the own one."""
    require_calendar(period, kpi.calendar)
    if period.frequency is kpi.frequency:
        return
    if period.frequency.rank > kpi.frequency.rank:
        message = f"{period} is longer than its frequency: {kpi.id} is {kpi.frequency}"
        parts = ", or a part of one" if kpi.rollup and kpi.frequency is not Frequency.DAILY else ""
        raise KpiError(message, hint=f"record a {kpi.frequency.noun}{parts}")
    if not kpi.calendar.fills(period.frequency, kpi.frequency):
        longer = f"{'fiscal ' if kpi.frequency is Frequency.YEARLY else ''}{kpi.frequency.noun}s"
        message = f"{kpi.id} is {kpi.frequency}: weeks do not fit into {longer}"
        raise KpiError(message, hint=f"record a {kpi.frequency.noun}, or a day of one")
    if kpi.rollup is None:
        message = f"{kpi.id} has no rollup, so {period} can't be a part of its {kpi.frequency.noun}"
        from kpicli.language.ratio import is_score

        is_summed = kpi.unit != PERCENT and not is_score(kpi)
        ways = '"sum", "mean" or "last"' if is_summed else '"mean" or "last"'
        raise KpiError(message, hint=f"say in the definitions how parts make it: rollup = {ways}")


def note_period(kpi: Kpi, text: str | None, clock: Clock) -> Period:
    """The period that a note is on, else the last closed own one.

    Raises `KpiError` for one that has not begun, or lies in none of its own periods.
    """
    today, day_of = clock
    if text is None:
        return kpi.period_of(today).shift(-1)
    from kpicli.model.notation.period import named_period

    period = named_period(text, kpi.frequency, today, day_of, kpi.calendar)
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
