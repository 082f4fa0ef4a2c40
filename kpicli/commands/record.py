"""Record what was measured."""

from typing import Annotated

from typer import Argument, Option

from kpicli.cli.options import (
    By,
    DryRun,
    FileOptions,
    Fractions,
    Note,
    Quiet,
    Replace,
    TrustLog,
    Yes,
    command,
)
from kpicli.environment import checked_note

EXAMPLES = """\
kpi record monthly_revenue 480,000
kpi record monthly_revenue=480k conversion_rate=3.2% --period 2026-10
kpi record profit -5.2 --note 'one-off repair' --yes
kpi record churn 0.021 --fractions    # 2.1%
wc -l < queue.txt | kpi record backlog -
kpi record orders n/a --period 2026-07 --note 'closed in July'
kpi record
"""


@command
def run(
    words: Annotated[
        list[str] | None,
        Argument(
            metavar="[KPI VALUE | KPI=VALUE...]",
            help="What was measured, - for a value from a pipe; with no words a terminal is asked.",
        ),
    ] = None,
    *,
    period: Annotated[
        str | None,
        Option(metavar="PERIOD", help="2026-10, 2026-W44, today, current …; else the last closed."),
    ] = None,
    note: Note = "",
    by: By = None,
    replace: Replace = False,
    fractions: Fractions = False,
    yes: Yes = False,
    dry_run: DryRun = False,
    trust_log: TrustLog = False,
    quiet: Quiet = False,
    files: FileOptions,
) -> int:
    """Record what was measured: all of it, or nothing.

    Without --period it is for the last closed period of each KPI's own length. The value n/a says
    that there is nothing to measure in it.
    """
    from kpicli.cli.record_actuals import RecordOptions, record_actuals
    from kpicli.services.record import writer

    options = RecordOptions(
        period, checked_note(note), writer(by), fractions, replace, yes, dry_run, quiet
    )
    return record_actuals(files, words or (), options, is_trusted=trust_log)
