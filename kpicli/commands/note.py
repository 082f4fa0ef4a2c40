"""Write a note on a KPI and a period."""

from collections.abc import Sequence
from typing import Annotated

from kpicli.cli.options import DayOptions, FileOptions, argument, command, flag, is_period, switch
from kpicli.cli.output import confirming, require_agreement, say, say_all
from kpicli.cli.write_options import By, Replace, WriteOptions
from kpicli.errors import Exit, KpiError
from kpicli.evaluation.lookback import full_lookback
from kpicli.model.record import Record
from kpicli.recording.draft import note_draft, note_period, own_note
from kpicli.services.load import Loaded
from kpicli.services.record import checked_note, load_to_record, record, remarks, writer
from kpicli.text import safe
from kpicli.views.words.recording import note_text, replace_question

EXAMPLES = """\
kpi note roas 'New bidding since the 12th'
kpi note churn --period 2026-10 'Two large customers merged'
kpi note churn --period 2026-10 --remove
"""


@command
def run(
    id: Annotated[str, argument("KPI", "The KPI that it is on; a formula too.")],
    words: Annotated[list[str] | None, argument("TEXT...", "What there is to know.")] = None,
    *,
    period: Annotated[
        str | None, flag("PERIOD", "2026-10, a day of it, current …; else the last closed.")
    ] = None,
    remove: Annotated[bool, switch("Take your note back.")] = False,
    by: By = None,
    replace: Replace = False,
    writing: WriteOptions,
    files: FileOptions,
) -> int:
    """Write a note on a KPI and a period: why it moved, what was done.

    It is shown beside the numbers, and is on any KPI, recorded or computed. Of each person the
    latest note on a KPI and period stands; kpi undo brings the one before back. A note on one value
    that you record is its --note.

    In the log a note is a line of its own whose kpi is kpi_note, with null as its value, the text
    as note and the KPI as about; it is sealed, merged, repaired and imported as any other.
    Versions of kpi that know no notes pass it over.
    """
    file, clock = files.definitions(), DayOptions().clock
    kpi = file.definitions.kpi(id)
    text = _text(words or (), is_removed=remove)
    draft = note_draft(kpi.id, note_period(kpi, period, clock), text, writer(by))
    if period is None and not writing.quiet:
        say(f"noting for the last closed {kpi.frequency.noun}, {draft.period}")
    lookback = full_lookback(file.definitions, [kpi])
    loaded = load_to_record(file, lookback, say_all, writing.agrees_to_log)
    is_agreed = writing.yes or replace

    def decide(loaded: Loaded, _is_again: bool) -> Sequence[Record]:  # noqa: FBT001 - a callback
        old = own_note(loaded.scorecard, draft)
        if old == draft.note:
            return ()
        if old and not (is_agreed or writing.dry_run):
            require_agreement(replace_question(kpi, draft, old))
        return (draft,)

    written = record(loaded, decide, by=draft.by, is_final=is_agreed, is_dry=writing.dry_run)
    with confirming():
        if written.at:
            say_all(remarks(written.loaded, written.at))
        writing.confirm(note_text(kpi, draft, is_new=bool(written.records)))
    return Exit.FINE


def _text(words: Sequence[str], *, is_removed: bool) -> str:
    """The note; raises `KpiError` where there is none, or a period stands in its place."""
    text = " ".join(words).strip()
    if bool(text) is is_removed:
        message = "--remove takes no text" if is_removed else "the note is empty"
        hint = "leave one of the two out" if is_removed else "as in kpi note KPI 'why it moved'"
        raise KpiError(message, hint=hint)
    if words and is_period(words[0]):
        hint = f"--period {words[0]}"
        raise KpiError(f"'{safe(words[0])}' is a period, and no note", hint=hint)
    return checked_note(text)
