"""Share the log through a database: push, and take in what is new."""

from functools import partial
from typing import Annotated

from kpicli.cli.options import FileOptions, command, switch
from kpicli.cli.output import (
    DRY_RUN,
    StatusLine,
    agrees_to_log,
    confirming,
    exit_code,
    say,
    say_all,
    write,
)
from kpicli.cli.trust import opened
from kpicli.cli.write_options import By, DryRun, Quiet, TrustLog
from kpicli.environment import state_folder
from kpicli.errors import Exit, KpiError
from kpicli.services.load import Loaded
from kpicli.services.record import load_to_record, writer
from kpicli.services.sync.exchange import (
    Agreement,
    Divergence,
    Exchanged,
    divergence_of,
    exchange,
    strangers,
)
from kpicli.services.sync.remote import TABLE, NoTableError, Remote
from kpicli.store.cache import Markers
from kpicli.views.words.transfers import (
    STRANGERS_HINT,
    exchange_summary,
    nothing_new_text,
    strangers_text,
    unsealed_text,
)

EXAMPLES = """\
kpi sync
kpi sync --dry-run
kpi record churn 2.1% && kpi sync
kpi sync --trust -q              # in cron, where somebody has read the definitions
"""
_MOST_REMEMBERED = 1024


@command
def run(
    *,
    pull_only: Annotated[bool, switch("Only take in what this log lacks.", "--pull")] = False,
    push_only: Annotated[bool, switch("Only add what the remote lacks.", "--push")] = False,
    trusted: Annotated[
        bool, switch("Open what the definitions name, without asking.", "--trust")
    ] = False,
    yes: Annotated[bool, switch("It is this board, though no KPI is.", "--yes", "-y")] = False,
    by: By = None,
    dry_run: DryRun = False,
    trust_log: TrustLog = False,
    quiet: Quiet = False,
    where: FileOptions,
) -> int:
    """Share the log through a database, so that both have every record.

    The log stays the truth, and every other command works without the remote. Exit code 0 means
    that both have all, durably, or with --pull or --push that one of them has; 1 that a line was
    refused, or is unsealed and stays here. What is shared how, by files as well: kpi help log.
    """
    if pull_only and push_only:
        raise KpiError("--pull and --push exclude each other", hint="without either it does both")
    who, file = writer(by), where.definitions()
    with opened(file, is_trusted=trusted) as remote:
        head = remote.head()
        agreement = Agreement(file, remote, Markers(state_folder(), "synced", _MOST_REMEMBERED))
        if agreement.holds(head):
            if not quiet:
                say(nothing_new_text(head.records))
            return Exit.FINE
        loaded = load_to_record(file, {}, say_all, partial(agrees_to_log, is_trusted=trust_log))
        divergence = divergence_of(file, remote)
        if not yes and any(kpis := strangers(file, divergence, remote)):
            message = strangers_text(*kpis, remote.board)
            raise KpiError(message, where=file.log_name, hint=STRANGERS_HINT)
        if dry_run:
            going = (
                0 if pull_only else len(divergence.missing_there),
                0 if push_only else len(divergence.missing_here),
            )
            _warn_of_unsealed(divergence)
            say(f"{DRY_RUN}{exchange_summary(*going, is_dry=True)}")
            return Exit.FINE
        exchanged = _exchanged(
            loaded, divergence, remote,
            by=who, is_push=not pull_only, is_pull=not push_only, is_quiet=quiet,
        )  # fmt: skip
        is_left = divergence.missing_here or divergence.unsealed or exchanged.faults
        if not (is_left or loaded.damages):
            there = remote.head() if exchanged.pushed else head
            if there.records == head.records + len(divergence.missing_there):
                agreement.keep(there)
    return _outcome(loaded, divergence, exchanged, is_quiet=quiet)


def _exchanged(
    loaded: Loaded,
    divergence: Divergence,
    remote: Remote,
    *,
    by: str,
    is_push: bool,
    is_pull: bool,
    is_quiet: bool,
) -> Exchanged:
    """What went each way; who may not make the table gets the statement that does."""
    with StatusLine(is_quiet=is_quiet) as progress:

        def show(done: int, total: int) -> None:
            progress.show(f"{done:,} of {total:,} lines")

        try:
            return exchange(
                loaded, divergence, remote, by=by, is_push=is_push, is_pull=is_pull, progress=show
            )
        except NoTableError:
            progress.clear()
            write(f"{TABLE};\n")
            raise


def _outcome(
    loaded: Loaded, divergence: Divergence, exchanged: Exchanged, *, is_quiet: bool
) -> int:
    """Say what came of it; only where both ends have all it is fine."""
    with confirming():
        say_all(fault.lines()[0] for fault in exchanged.faults)
        _warn_of_unsealed(divergence)
        if divergence.are_equal and not is_quiet:
            say(nothing_new_text(divergence.shared))
        elif not is_quiet:
            say(exchange_summary(exchanged.pushed, exchanged.pulled, is_dry=False))
    is_left = bool(exchanged.faults or divergence.unsealed)
    return exit_code(has_damage=bool(loaded.damages), has_findings=is_left)


def _warn_of_unsealed(divergence: Divergence) -> None:
    if divergence.unsealed:
        say(unsealed_text(divergence.unsealed))
