"""What is said about a record or a note: asked before it is written, and confirmed afterwards."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

from kpicli.evaluation.evaluate import Evaluation
from kpicli.evaluation.ledger import Ledger
from kpicli.model.kpi import Kpi
from kpicli.model.number import Number, nonzero_places, show_number, shown_places
from kpicli.model.period import Period
from kpicli.model.quantity import Quantity
from kpicli.model.record import Record
from kpicli.model.scorecard import Scorecard
from kpicli.model.status import Status
from kpicli.model.unit import PERCENT, POINTS
from kpicli.recording.plausibility import Concerns, current_record, previous_record
from kpicli.text import clipped, plural, safe
from kpicli.views.words.actuals import NOT_APPLICABLE, pair_text, value_text
from kpicli.views.words.numbers import NumberFormat, singular


def confirmation(before: Scorecard, after: Ledger, kpi: Kpi, record: Record) -> str:
    """What was understood: value, unit, period and status, what it replaces, what has changed.

    `Monthly Revenue 2026-10: 480,000 kr, at risk (target 500,000 kr); was 470,000 kr`
    """
    own = kpi.period_with(record.period)
    evaluation = after.evaluate(kpi, own)
    is_shown = own == record.period and evaluation.actual is not None
    value = _actual(after, evaluation) if is_shown else _value(before, kpi, record)
    parts = [f"{_head(kpi, record.period)}: {value}"]
    if own == record.period:
        parts[0] += _verdict(after, evaluation)
    else:
        parts.append(_share(after, evaluation))
    if old := current_record(before, record):
        parts.append(f"was {_value(before, kpi, old)}")
    last = None if evaluation.is_to_date else previous_record(before, record)
    if last and last.value is not None and record.value is not None:
        parts.append(f"{_change(before, kpi, record.value, last.value)} on {last.period}")
    return "; ".join(parts)


def _share(after: Ledger, evaluation: Evaluation) -> str:
    """What has become of the own period that a part was recorded of."""
    if current_record(after, Record(evaluation.kpi.id, evaluation.period, None, "")):
        return f"{evaluation.period} is recorded as a whole, so this part of it changes nothing"
    head = f"{evaluation.period}{' to date' if evaluation.is_to_date else ''}"
    return f"{head}: {_actual(after, evaluation)}{_verdict(after, evaluation)}"


def unchanged_text(scorecard: Scorecard, kpi: Kpi, record: Record) -> str:
    """That nothing is appended for a value that stands already."""
    text = _value(scorecard, kpi, record)
    return f"{_head(kpi, record.period)}: {text} is already recorded; nothing changed"


def doubt_question(scorecard: Scorecard, kpi: Kpi, draft: Record, concerns: Concerns) -> str:
    """What there is to agree to, with both numbers: what is replaced, and what looks odd."""
    new, parts = _value(scorecard, kpi, draft), []
    if concerns.replaced:
        parts.append(f"would replace {_value(scorecard, kpi, concerns.replaced)}")
    if concerns.percentage is not None:
        meant = _quantity(scorecard, kpi, concerns.percentage)
        parts.append(f"looks like a fraction of 1: {meant}")
    if concerns.far_from is not None:
        parts.append(f"is {_times(scorecard, kpi, draft, concerns)}")
    return f"{_head(kpi, draft.period)}: {new} {', and '.join(parts)}"


def fraction_question(scorecard: Scorecard, kpi: Kpi, draft: Record, concerns: Concerns) -> str:
    """The two readings of a value that looks like a fraction; an empty answer is neither."""
    fraction = _quantity(scorecard, kpi, draft.value)
    meant = _quantity(scorecard, kpi, concerns.percentage)
    statement = doubt_question(scorecard, kpi, draft, concerns)
    return f"{statement}\n1 records {meant}, 2 records {fraction}, Enter neither: "


def consent_hint(concerns: Iterable[Concerns], flag: str = "--{}") -> str:
    """What to add where that is right; `flag` is how a flag is written there."""
    causes = list(concerns)
    fractions, yes, replace = map(flag.format, ("fractions", "yes", "replace"))
    if any(cause.percentage is not None for cause in causes):
        return f"nothing recorded; {fractions} turns fractions into percentages, {yes} keeps them"
    is_odd = any(cause.is_odd for cause in causes)
    return f"nothing recorded; if that is right, add {yes if is_odd else replace}"


def _times(scorecard: Scorecard, kpi: Kpi, draft: Record, concerns: Concerns) -> str:
    """`100 times the 2.1% of 2026-09`, or `1/1,000 of the target, 500,000 kr`."""
    far, new = Fraction(concerns.far_from or 1), Fraction(draft.value or 0)
    number, period = _quantity(scorecard, kpi, concerns.far_from), concerns.far_from_period
    of = f"the {number} of {period}" if period else f"the target, {number}"
    mark = scorecard.definitions.shown_mark
    if abs(new) >= abs(far):
        return f"{show_number(abs(new / far), mark, 0)} times {of}"
    return f"1/{show_number(abs(far / new), mark, 0)} of {of}"


def default_period_text(drafts: Sequence[Record]) -> str:
    """Which periods are meant where none was given."""
    kinds = {f"the last closed {draft.period.frequency.noun}, {draft.period}" for draft in drafts}
    return f"recording for {' and '.join(sorted(kinds))}"


def actual_prompt(scorecard: Ledger, kpi: Kpi, period: Period) -> str:
    """What a person is asked for, with the last actual and the target suffix it."""
    hints = []
    if last := previous_record(scorecard, Record(kpi.id, period, None, "")):
        hints.append(f"{last.period} {_quantity(scorecard, kpi, last.value)}")
    if target := NumberFormat(
        scorecard.evaluate(kpi, period), scorecard.definitions
    ).target_in_force():
        hints.append(f"target {target}")
    if not hints and kpi.unit:
        hints.append(f"in {kpi.unit}")
    suffix = f" ({clipped(', '.join(hints))})" if hints else ""
    return f"{_head(kpi, period)}{suffix}: "


def invitation(pairs: Sequence[tuple[Kpi, Period]], period: str | None = None) -> str:
    """What comes before the questions for actuals, of one period where it was given."""
    if not pairs and period:
        return f"nothing to record for {safe(period)}: no KPI is without an actual for it"
    if not pairs:
        return "nothing is due: every KPI has its actual for the last closed period"
    kpis = {kpi.id for kpi, _ in pairs}
    count = plural(len(kpis), "KPI")
    periods = f" in {len(pairs)} periods" if len(pairs) > len(kpis) else ""
    ways = "Enter leaves one open, n/a is not applicable"
    return f"{count} to record{periods}; {ways}; nothing is written until the end"


def _head(kpi: Kpi, period: Period) -> str:
    return f"{clipped(kpi.name)} {period}"


def _value(scorecard: Scorecard, kpi: Kpi, record: Record) -> str:
    return NOT_APPLICABLE if record.skip else _quantity(scorecard, kpi, record.value)


def _quantity(scorecard: Scorecard, kpi: Kpi, number: Number | None) -> str:
    if number is None:
        return "nothing"
    places = shown_places(number, kpi.unit) if isinstance(number, Decimal) else None
    quantity = Quantity(number, kpi.unit, scorecard.definitions.shown_mark, places)
    return clipped(singular(str(quantity), kpi))


def _change(scorecard: Scorecard, kpi: Kpi, new: Decimal, old: Decimal) -> str:
    if new == old:
        return "no change"
    unit = POINTS if kpi.unit == PERCENT else kpi.unit
    change, mark = Fraction(new) - Fraction(old), scorecard.definitions.shown_mark
    places = nonzero_places(change, max(shown_places(each, kpi.unit) for each in (new, old)))
    return clipped(singular(str(Quantity(change, unit, mark, places, is_signed=True)), kpi))


def _actual(scorecard: Scorecard, evaluation: Evaluation) -> str:
    actual = NumberFormat(evaluation, scorecard.definitions).actual()
    return clipped(singular(str(actual or "nothing"), evaluation.kpi))


def _verdict(scorecard: Scorecard, evaluation: Evaluation) -> str:
    """`, at risk (target 500,000 kr)`; where there is nothing to measure nothing."""
    if evaluation.is_skip:
        return ""
    if evaluation.status in {Status.NO_TARGET, Status.NO_DATA}:
        return f", {evaluation.status.word}"
    target = NumberFormat(evaluation, scorecard.definitions).target_in_force()
    target = singular(target.removeprefix("due "), evaluation.kpi)
    kind = "due" if evaluation.due else "target"
    return f", {evaluation.status.word} ({kind} {clipped(target)})"


def batch_line(scorecard: Scorecard, record: Record) -> str:
    """`Churn 2026-10: 2.1%; was 2.4%`."""
    definitions = scorecard.definitions
    old = current_record(scorecard, record)
    was = f"; was {value_text(definitions, old, is_brief=True)}" if old else ""
    head = pair_text(definitions, record.kpi, record.period)
    return f"{head}: {value_text(definitions, record, is_brief=True)}{was}"


def copied_line(scorecard: Scorecard, id: str, period: str, at: str) -> str:
    """`Churn 2026-10: as it was recorded at 2026-11-02T08:15:30.123456Z`."""
    return f"{pair_text(scorecard.definitions, id, period)}: as it was recorded at {at}"


def batch_summary(new: int, changed: int, unchanged: int) -> str:
    """`12 new, 3 changed, 1,000 already recorded`."""
    parts = [
        f"{new:,} new",
        f"{changed:,} changed" if changed else "",
        f"{unchanged:,} already recorded",
    ]
    return ", ".join(part for part in parts if part)


def undo_scope_text(writers: Sequence[str], *, has_copies: bool) -> str:
    """What kpi undo does not take back of an import."""
    if has_copies:
        return "kpi undo does not take back records that were imported with their own time"
    names = " and ".join(f"--by {clipped(name)}" for name in writers[:3])
    return f"kpi undo takes back the records of one name at a time: {names}"


def note_text(kpi: Kpi, draft: Record, *, is_new: bool) -> str:
    """`ROAS 2026-10: noted: New bidding`, or that nothing has changed."""
    head = _head(kpi, draft.period)
    if not is_new:
        reason = "that note stands already" if draft.note else f"no note by {clipped(draft.by)}"
        return f"{head}: nothing changed; {reason}"
    return f"{head}: noted: {clipped(draft.note)}" if draft.note else f"{head}: note taken back"


def replace_question(kpi: Kpi, draft: Record, old: str) -> str:
    """What there is to agree to, with the note that stands."""
    head = _head(kpi, draft.period)
    if draft.note:
        return f"{head}: replace your note «{clipped(old)}»"
    return f"{head}: take your note «{clipped(old)}» back"
