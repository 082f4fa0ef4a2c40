"""Record what the sources of the board say."""

import os
from collections.abc import Iterable, Sequence
from contextlib import closing
from functools import partial
from typing import Annotated

from kpicli.cli.options import FileOptions, argument, command, flag, switch
from kpicli.cli.output import StatusLine, agrees_to_log, confirming, say, say_all
from kpicli.cli.trust import require_trust
from kpicli.cli.write_options import By, DryRun, Quiet, TrustLog
from kpicli.environment import variables
from kpicli.errors import Exit
from kpicli.recording.pulled import Pulled, Question, Window
from kpicli.services.pull.answers import pull
from kpicli.services.pull.asker import Asker
from kpicli.services.pull.questions import fingerprint, questions, questions_of
from kpicli.services.record import Recording, load_to_record, remarks, writer
from kpicli.store.definitions.read import DefinitionsFile
from kpicli.views.words.transfers import (
    failure_lines,
    outcome_lines,
    question_lines,
    rounding_hint,
    summary,
    waiting_text,
)

EXAMPLES = """\
kpi pull                         # every closed period since the last actual
kpi pull revenue --since 2026-01
kpi pull shop --dry-run          # one source; what it would ask, and what would change
kpi pull --trust -q              # in cron, where somebody has read the definitions
kpi help sources                 # how a KPI says where its numbers come from
"""
_MOST_JOBS = 64


@command
def run(
    names: Annotated[
        list[str] | None,
        argument("[KPI]...", "Only these, or all of a source; else every KPI that has one."),
    ] = None,
    *,
    period: Annotated[
        str | None, flag("PERIOD", "Only this one, or those in it: 2026-10, 2026-Q3, last …")
    ] = None,
    since: Annotated[str | None, flag("PERIOD", "All closed periods from this one on.")] = None,
    current: Annotated[bool, switch("The open period too.")] = False,
    jobs: Annotated[int, flag("N", "Ask so many sources at once.", min=1, max=_MOST_JOBS)] = 4,
    trusted: Annotated[
        bool, switch("Run what the definitions say, without asking.", "--trust")
    ] = False,
    by: By = None,
    dry_run: DryRun = False,
    trust_log: TrustLog = False,
    quiet: Quiet = False,
    where: FileOptions,
) -> int:
    """Ask the sources, and record what they answer; what a person recorded stays."""
    who = writer(by)
    file = where.definitions()
    loaded = load_to_record(file, None, say_all, partial(agrees_to_log, is_trusted=trust_log))
    asked = questions(loaded.scorecard, names or (), Window(since, period, current))
    pending = [question for question in asked if question.periods]
    _require_trust(file, questions_of(file.definitions), is_given=trusted or not pending)
    if dry_run:
        say_all(line for question in pending for line in question_lines(question))
    asker = Asker(
        file.definitions, loaded.scorecard.clock, os.path.dirname(file.path), variables(), pending
    )
    progress, done = StatusLine(is_quiet=quiet), list[Pulled]()

    def wait(waiting: Sequence[Question]) -> None:
        progress.show(waiting_text(len(done), len(pending), waiting))

    pulls = pull(loaded, pending, asker, by=who, jobs=jobs, is_dry=dry_run, waiting=wait)
    with closing(asker), closing(pulls), progress:
        _follow(pulls, done, progress, is_dry=dry_run, is_quiet=quiet)
    if not quiet:
        say_all(list(filter(None, map(rounding_hint, done)))[:1])
        say(summary(done, len(asked) - len(pending), is_dry=dry_run))
    if any(pulled.is_failed for pulled in done):
        return Exit.FINDINGS if any(pulled.is_answered for pulled in done) else Exit.UNUSABLE
    return Exit.FINE


def _follow(
    pulls: Iterable[tuple[Pulled, Recording]],
    done: list[Pulled],
    progress: StatusLine,
    *,
    is_dry: bool,
    is_quiet: bool,
) -> None:
    """Say what came of each question as it is `done`."""
    try:
        for pulled, recording in pulls:
            progress.clear()
            with confirming():
                if recording.at and not any(earlier.records for earlier in done):
                    say_all(remarks(recording.loaded, recording.at))
                say_all(failure_lines(recording.loaded.scorecard, pulled))
                if not is_quiet:
                    say_all(outcome_lines(recording.loaded.scorecard, pulled, is_dry=is_dry))
            done.append(pulled)
    except KeyboardInterrupt:
        progress.clear()
        say(f"stopped: {summary(done, 0, is_dry=is_dry)}")
        raise


def _require_trust(file: DefinitionsFile, all_of_it: Sequence[Question], *, is_given: bool) -> None:
    """Somebody has agreed to these sources; all of them are shown, since a yes is for all."""
    if is_given:
        return
    hint = "read its sources, queries and commands, then run kpi pull on a terminal or add --trust"
    require_trust(
        file,
        fingerprint(file.definitions),
        (line for question in all_of_it for line in question_lines(question)),
        would="run",
        question="Run this",
        undone="nothing was run",
        hint=hint,
    )
