"""Show what is wrong with the log."""

from datetime import datetime, timedelta
from typing import Annotated

from kpicli.cli.options import DayOptions, FileOptions, Text, command, flag, switch
from kpicli.cli.output import exit_code, say, show
from kpicli.cli.output_options import OutputOptions
from kpicli.environment import now
from kpicli.model.timestamp import stamp
from kpicli.services.load import log_of
from kpicli.services.verify import verify
from kpicli.views.log_issues import log_issues_view, no_issues_text, no_log_yet_text

FORMATS = ("github", "junit", "sarif")
EXAMPLES = """\
kpi verify
kpi verify --since HEAD
kpi verify --as-of 2026-11-05
kpi verify --remote
kpi verify --since v1.0 --json | jq -r '.flaws[].message'
"""


@command
def run(
    *,
    since: Annotated[
        Text, flag("REV", "Check that every record of that git revision is still there.")
    ] = None,
    remote: Annotated[
        bool, switch("Compare the log with its remote, and name what one lacks.")
    ] = False,
    trusted: Annotated[
        bool, switch("Open the remote that the definitions name, without asking.", "--trust")
    ] = False,
    files: FileOptions,
    day: DayOptions,
    output: OutputOptions,
) -> int:
    """Show what is wrong with the log: damaged, repeated, unsealed, doubtful or lost records.

    Exit code 1 where something is found, 3 where lines are damaged. For an
    interrupted write or a byte order mark it is still 0. With --as-of, records after that day are
    in the future. What .gitattributes says of the log (merge=union) holds for git itself; the merge
    button of a git host may ignore it.
    """
    file = files.definitions()
    verification = verify(file, _instant(day), since)
    if remote:
        from kpicli.cli.trust import opened
        from kpicli.services.sync.exchange import differences

        with opened(file, is_trusted=trusted) as shared:
            found = tuple(differences(file, shared))
        verification = verification._replace(issues=(*verification.issues, *found))
    view = log_issues_view(
        file.log_name,
        verification.issues,
        verification.records,
        since,
        is_for_machine=output.chosen_format.IS_MACHINE,
    )
    show(output.drawing(view), (file.path, *log_of(file).paths))
    if since is not None and verification.is_new:
        say(no_log_yet_text(file.log_name, since))
    if not verification.issues:
        say(no_issues_text(verification.records))
    return exit_code(has_damage=verification.has_damage, has_findings=verification.is_found)


def _instant(day: DayOptions) -> str:
    """Now, or the last instant of the day that is given."""
    if not day.moment.until:
        return now()
    return stamp(datetime.fromisoformat(day.moment.until) - timedelta(microseconds=1))
