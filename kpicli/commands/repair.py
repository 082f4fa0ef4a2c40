"""Remove damaged and duplicate lines from the log; keep a copy."""

from functools import partial
from typing import Annotated

from kpicli.cli.options import FileOptions, command, switch
from kpicli.cli.output import agrees_to_log, say, show
from kpicli.cli.output_options import OutputOptions
from kpicli.cli.write_options import TrustLog
from kpicli.errors import Exit, KpiError
from kpicli.services.verify import load_damage, repair_log
from kpicli.views.log_issues import copy_names, repair_summary, repair_view

EXAMPLES = """\
kpi repair --dry-run
kpi repair
kpi repair --json | jq -r '.touched[] | "\\(.kpi) \\(.period)"'
"""


@command
def run(
    *,
    dry_run: Annotated[bool, switch("Show what would be done.")] = False,
    trust_log: TrustLog = False,
    files: FileOptions,
    output: OutputOptions,
) -> int:
    """Remove damaged and duplicate lines from the log; keep a copy.

    Good lines stay byte for byte and in their order, both sides of a git conflict among them; what
    goes stands in the copy. Of a record that several files of a folder hold, the first by name
    keeps it. Temporary files of kpi that are over an hour old go too: no write takes so long.
    """
    file = files.definitions()
    loaded = load_damage(file)
    output.drawing(repair_view(loaded.scorecard, file.log_name, (), (), is_dry=dry_run))
    repairs, swept = repair_log(
        loaded, is_dry=dry_run, agree=partial(agrees_to_log, is_trusted=trust_log)
    )
    view = repair_view(loaded.scorecard, file.log_name, repairs, swept, is_dry=dry_run)
    try:
        show(output.drawing(view), loaded.paths)
    except KpiError:
        if copies := copy_names(repairs):
            say(f"repaired, the original kept as {copies}")
        raise
    if text := repair_summary(repairs, swept, is_dry=dry_run):
        say(text)
    return Exit.FINE
