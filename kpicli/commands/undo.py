"""Take back your last write."""

from collections.abc import Sequence
from datetime import date

from kpicli.cli.options import FileOptions, command
from kpicli.cli.output import NOTHING_RECORDED, confirming, require_agreement, say_all
from kpicli.cli.write_options import By, Replace, WriteOptions
from kpicli.errors import Exit, KpiError, ManyErrors
from kpicli.evaluation.lookback import lookback_from
from kpicli.evaluation.series import hiding_damage, losses_of
from kpicli.model.calendar import Calendar
from kpicli.model.kpi import Definitions
from kpicli.model.period import recorded_period
from kpicli.model.record import NOTE_ID, LogLine, Record
from kpicli.recording.draft import note_draft
from kpicli.recording.undo import UndoStep, first_days, last_write, undo_steps
from kpicli.services.load import Loaded, log_of
from kpicli.services.record import append_records, load_to_record, remarks, writer
from kpicli.store.definitions.read import DefinitionsFile
from kpicli.text import plural, safe
from kpicli.views.words.taking_back import recorded_again_text, step_lines, write_description

EXAMPLES = """\
kpi undo
kpi undo --dry-run
kpi undo --by finance --yes
"""
_HINT = "nothing recorded; kpi history --all shows what was recorded since"


@command
def run(
    *, by: By = None, replace: Replace = False, writing: WriteOptions, files: FileOptions
) -> int:
    """Take back your last write, also a whole import, by recording the values before it.

    Nothing is removed from the log, so undoing the undo brings it back.
    """
    name = writer(by)
    file = files.definitions()
    write, ids = _last_write(file, name), file.definitions.ids
    lookback = lookback_from(file.definitions, first_days(write, ids))
    loaded = load_to_record(file, lookback, say_all, writing.agrees_to_log)
    strays = {line.subject: date.min for line in write if line.subject not in ids}
    steps = sorted(undo_steps(log_of(file).lines({**lookback, **strays}), write, ids).values())
    _require_latest(loaded, steps)
    is_agreed_to = writing.yes or replace or writing.dry_run
    _agree(file.definitions, steps, is_agreed_to=is_agreed_to, is_quiet=writing.quiet)
    if writing.dry_run:
        writing.confirm(NOTHING_RECORDED)
        return Exit.FINE
    drafts = [_draft(step, name, file.definitions.calendar) for step in steps]
    at = append_records(loaded, drafts, by=name, is_final=False)
    with confirming():
        say_all(remarks(loaded, at))
        count = plural(len(steps), steps[0].noun)
        writing.confirm(f"{count} taken back; kpi undo once more redoes that")
    return Exit.FINE


def _last_write(file: DefinitionsFile, name: str) -> list[LogLine]:
    """What it was; what stood before is read once the log is loaded.

    So what others append meanwhile is seen by that reading, and later by the append.
    """
    write = last_write(log_of(file).lines(writer=name), name)
    if not write:
        message = f"nothing in the log was recorded by {safe(name)}"
        is_begun = any(log_of(file).lines())
        hint = "whose write is it? kpi undo --by NAME" if is_begun else "record something first"
        raise KpiError(message, hint=hint)
    return write


def _require_latest(loaded: Loaded, steps: Sequence[UndoStep]) -> None:
    """What was recorded again since, or is damaged, is not taken back, and so nothing is."""
    definitions = loaded.file.definitions
    losses = losses_of(loaded.damages, definitions.ids)
    faults = []
    for step in steps:
        id, period, *_ = step.pair
        damage = hiding_damage(losses, (NOTE_ID if step.written.about else id, period), step.before)
        if step.since:
            faults.append(KpiError(recorded_again_text(definitions, step, step.since)))
        elif damage:
            faults.append(KpiError(f"{id} {period}: the earlier {step.noun} is damaged: {damage}"))
        elif id not in definitions.kpis:
            faults.append(KpiError(f"no definition has {id} any more"))
    if faults:
        raise ManyErrors(faults, hint=_HINT)


def _agree(
    definitions: Definitions, steps: Sequence[UndoStep], *, is_agreed_to: bool, is_quiet: bool
) -> None:
    """Show what is taken back, and have somebody agree to it."""
    if not (is_agreed_to and is_quiet):
        say_all([write_description(steps), *step_lines(definitions, steps)])
    if not is_agreed_to:
        require_agreement(f"take {plural(len(steps), steps[0].noun)} back")


def _draft(step: UndoStep, name: str, calendar: Calendar) -> Record:
    """What stood before, recorded anew with the note that it had."""
    before, (kpi, period, *_) = step.before, step.pair
    if step.written.about:
        text = before.note if before else ""
        return note_draft(kpi, recorded_period(period, calendar), text, name)
    value = before.decimal if before else None
    note, unit, skip = (before.note, before.unit, before.skip) if before else ("", "", False)
    own = recorded_period(period, calendar)
    return Record(kpi, own, value, "", by=name, note=note, unit=unit, skip=skip)
