"""Take back your last write."""

from collections.abc import Sequence

from kpicli.analysis.reach import whole_reach
from kpicli.analysis.undo import Pair, Step, last_write, steps
from kpicli.errors import Exit, KpiError, ManyErrors
from kpicli.model.actual import NOTHING, Record
from kpicli.model.kpi import Definitions
from kpicli.model.period import read_period
from kpicli.options import By, DryRun, Quiet, When, Where, Yes, command, writer
from kpicli.output import require_agreement, say
from kpicli.store.definitions import DefinitionsFile
from kpicli.store.scorecard import Loaded, load, reading_of, record, require_mergeable
from kpicli.text import plural, safe
from kpicli.views.undo import recorded_since, step_lines, write_text

EXAMPLES = """\
kpi undo
kpi undo --dry-run
kpi undo --by finance --yes
"""
_LEFT = "nothing recorded; kpi history --all shows what was recorded since"


@command
def run(
    *,
    by: By = None,
    yes: Yes = False,
    dry_run: DryRun = False,
    quiet: Quiet = False,
    where: Where,
) -> int:
    """Take back your last write, a whole import as well, by recording what stood before it.

    Nothing is removed from the log, so undoing the undo brings it back.
    """
    who = writer(by)
    file = where.definitions()
    found = _steps(file, who)
    first = whole_reach(file.definitions, {step.pair[0] for step in found})
    loaded = load(file, When().clock, first=first)
    for line in loaded.warnings:
        say(line)
    require_mergeable(loaded)
    _require_latest(loaded, found)
    _agree(file.definitions, found, is_agreed_to=yes or dry_run, is_quiet=quiet)
    if dry_run:
        return Exit.FINE
    record(loaded, [_draft(step, who) for step in found], by=who, is_final=False)
    if not quiet:
        say(f"{plural(len(found), 'actual')} taken back; kpi undo once more redoes that")
    return Exit.FINE


def _steps(file: DefinitionsFile, who: str) -> list[Step]:
    """What the last write was, and what stood before: two passes, whatever the log's length."""
    ids = file.definitions.ids
    write = last_write(reading_of(file).lines(), who)
    if not write:
        message = f"nothing in the log was recorded by {safe(who)}"
        raise KpiError(message, hint="whose write is it? kpi undo --by NAME")
    return list(steps(reading_of(file).lines(), write, ids).values())


def _require_latest(loaded: Loaded, found: Sequence[Step]) -> None:
    """What was recorded again since, or is damaged, is not taken back, and so nothing is."""
    definitions = loaded.file.definitions
    faults = []
    for step in found:
        if step.since:
            faults.append(KpiError(recorded_since(definitions, step, step.since)))
        elif damage := _damage(loaded, step.pair):
            faults.append(KpiError(f"{' '.join(step.pair)} is damaged: {damage}"))
        elif step.pair[0] not in definitions.kpis:
            faults.append(KpiError(f"no definition has {step.pair[0]} any more"))
    if faults:
        raise ManyErrors(faults, hint=_LEFT)


def _damage(loaded: Loaded, pair: Pair) -> str:
    damaged = loaded.scorecard.series.get(pair[0], NOTHING).damaged
    period = read_period(pair[1])
    return damaged[period].place if period in damaged else ""


def _agree(
    definitions: Definitions, found: Sequence[Step], *, is_agreed_to: bool, is_quiet: bool
) -> None:
    """Show what is taken back, and have somebody agree to it."""
    shown = [write_text(found[0].written, len(found)), *step_lines(definitions, found)]
    if is_agreed_to and is_quiet:
        return
    for line in shown:
        say(line)
    if is_agreed_to:
        return
    require_agreement(f"take {plural(len(found), 'actual')} back")


def _draft(step: Step, who: str) -> Record:
    """What stood before, recorded anew with the note that it had."""
    before, (kpi, period) = step.before, step.pair
    value = before.decimal if before else None
    return Record(kpi, read_period(period), value, "", by=who, note=before.note if before else "")
