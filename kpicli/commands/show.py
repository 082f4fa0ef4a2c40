"""Show all about a KPI: how it stands, what is usual and expected."""

from typing import Annotated

from kpicli.analysis.analysis_ledger import AnalysisLedger
from kpicli.analysis.profile import profile
from kpicli.cli.options import DayOptions, FileOptions, argument, command, flag
from kpicli.cli.output import exit_code, say_all, show
from kpicli.cli.output_options import OutputOptions
from kpicli.evaluation.lookback import full_lookback
from kpicli.services.load import load_board
from kpicli.views.kpi_detail import show_view
from kpicli.views.words.next_steps import first_step

EXAMPLES = """\
kpi show monthly_revenue
kpi show churn --periods 60
kpi show churn --plain
kpi show churn --as-of 2026-11-05
kpi show churn --json | jq '.forecast[0]'
"""

_CHARTED, _LISTED, _MOST = 24, 12, 1000


@command
def run(
    id: Annotated[str, argument("KPI", "Its id.")],
    *,
    periods: Annotated[
        int | None,
        flag(
            "N",
            f"How many of the latest, at most {_MOST}; else {_CHARTED}, {_LISTED} listed.",
            min=1,
            max=_MOST,
        ),
    ] = None,
    files: FileOptions,
    day: DayOptions,
    output: OutputOptions,
) -> int:
    """Show all about a KPI: how it stands, what is usual and expected.

    On a terminal a chart shows actuals, targets, natural limits and the forecast; the same numbers
    stand in the tables.
    """
    file = files.definitions(day)
    kpi = file.definitions.kpi(id)
    parts = file.definitions.with_inputs(kpi)
    lookback = full_lookback(file.definitions, parts)
    loaded = load_board(file, day.moment, lookback, has_rivals=True)
    kpi_profile = profile(AnalysisLedger.of(loaded.scorecard), kpi, periods or _CHARTED)
    view = show_view(loaded.scorecard, kpi_profile, periods or _LISTED, loaded.warnings)
    show(output.drawing(view), loaded.paths)
    say_all(loaded.warnings)
    if first_steps := first_step(loaded.scorecard, parts):
        say_all(day.hints(file, [kpi]) or first_steps)
    return exit_code(has_damage=bool(loaded.damages))
