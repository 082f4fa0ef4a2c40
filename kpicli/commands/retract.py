"""Take one actual back."""

from typing import Annotated

from kpicli.cli.options import DayOptions, FileOptions, argument, command, flag
from kpicli.cli.output import confirming, require_agreement, say, say_all
from kpicli.cli.write_options import By, Note, Replace, WriteOptions
from kpicli.errors import Exit
from kpicli.evaluation.lookback import full_lookback
from kpicli.model.notation.period import written_period
from kpicli.model.period import require_calendar
from kpicli.model.record import Record
from kpicli.recording.plausibility import with_records
from kpicli.services.record import append_records, checked_note, load_to_record, remarks, writer
from kpicli.text import clipped
from kpicli.views.words.taking_back import retract_question, retraction_text

EXAMPLES = """\
kpi retract churn --period 2026-10
kpi retract churn --period 2026-10 --note 'counted twice' --yes
"""


@command
def run(
    id: Annotated[str, argument("KPI", "The KPI that the actual is of.")],
    *,
    period: Annotated[str, flag("PERIOD", "The period that it is of.")],
    note: Note = "",
    by: By = None,
    replace: Replace = False,
    writing: WriteOptions,
    files: FileOptions,
) -> int:
    """Take one actual back: the period then has no value.

    Nothing is removed from the log, and kpi undo brings it back.
    """
    file = files.definitions()
    kpi = file.definitions.kpi(id)
    draft = Record(
        kpi.id,
        written_period(period, kpi.frequency, DayOptions().today, None, kpi.calendar),
        None,
        "",
        by=writer(by),
        note=checked_note(note),
    )
    lookback = full_lookback(file.definitions, [kpi])
    loaded = load_to_record(file, lookback, say_all, writing.agrees_to_log)
    series = loaded.scorecard.series_of(kpi)
    old = None if series.is_damaged(draft.period) else series.records.get(draft.period)
    if not (old and old.is_standing) and draft.period not in series.damaged:
        require_calendar(draft.period, kpi.calendar)
        say(f"{clipped(kpi.name)} {draft.period}: there is nothing to take back")
        return Exit.FINE
    if not (writing.yes or replace or writing.dry_run):
        require_agreement(retract_question(file.definitions, kpi, draft.period, old))
    at = "" if writing.dry_run else append_records(loaded, [draft], by=draft.by, is_final=False)
    with confirming():
        if at:
            say_all(remarks(loaded, at))
        after = with_records(loaded.scorecard, [draft])
        writing.confirm(retraction_text(loaded.scorecard, after, kpi, draft.period, old))
    return Exit.FINE
