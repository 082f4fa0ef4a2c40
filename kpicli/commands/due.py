"""Show who has to record what, and until when."""

from typing import Annotated

from kpicli.analysis.awaited import AwaitedState, awaited_actuals
from kpicli.cli.options import DayOptions, FileOptions, FilterOptions, KpiIds, command, flag
from kpicli.cli.output import exit_code, say, say_all, show
from kpicli.cli.output_options import OutputOptions
from kpicli.environment import days_given
from kpicli.evaluation.period_query import PeriodQuery, evaluation_requests
from kpicli.plugins import choice
from kpicli.recording.pulled import is_pulled
from kpicli.services.load import evaluate_board
from kpicli.views.due import due_view
from kpicli.views.words.next_steps import NO_KPIS

FORMATS = ("ics",)
EXAMPLES = """\
kpi due
kpi due --within 7d
kpi due --owner 'Head of Sales' --within 2w
kpi due --within 5w -o /srv/www/kpi.ics    # a calendar to subscribe to
kpi due --fail-on overdue
"""

_FAILING = {"overdue": {AwaitedState.OVERDUE}, "due": {AwaitedState.OVERDUE, AwaitedState.DUE}}


@command
def run(
    kpis: KpiIds = None,
    *,
    within: Annotated[
        str | None, flag("DAYS", "Also what ends within so many days, as 7d or 2w.")
    ] = None,
    fail_on: Annotated[
        str | None,
        flag(
            "STATE",
            "Exit 1 where something is overdue, or due: overdue or due.",
            autocompletion=lambda: list(_FAILING),
        ),
    ] = None,
    filters: FilterOptions,
    files: FileOptions,
    day: DayOptions,
    output: OutputOptions,
) -> int:
    """Show who has to record what, and until when.

    A period is due once it has ended, and overdue after the days of grace. Formulas, retired KPIs
    and what is not applicable are never due; what kpi pull fetches is shown only once it is
    overdue. As a calendar (-o FILE.ics) each is an all-day event on its last day in time, and an
    overdue one on today.
    """
    days = None if within is None else days_given("--within", within)
    failing = _FAILING[choice("--fail-on", fail_on, _FAILING)] if fail_on else set()
    file = files.definitions(day)
    selected = filters.of(file.definitions, kpis)
    requests = evaluation_requests(selected, PeriodQuery(), day.today)
    board = evaluate_board(file, day.moment, requests)
    pulled = [each.kpi.id for each in board.evaluations if is_pulled(file.definitions, each.kpi)]
    actuals = awaited_actuals(board.scorecard, selected, pulled, days)
    view = due_view(
        file.definitions,
        actuals,
        day.today,
        days=days,
        pulled=pulled,
        warnings=board.loaded.warnings,
    )
    show(output.drawing(view), board.loaded.paths)
    say_all(board.loaded.warnings)
    if not file.definitions.kpis:
        say(NO_KPIS)
    elif all(evaluation.actual is None for evaluation in board.evaluations):
        say_all(day.later_hint(file, selected))
    return exit_code(
        has_damage=bool(board.loaded.damages),
        has_findings=any(actual.state in failing for actual in actuals),
    )
