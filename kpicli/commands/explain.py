"""Show how a KPI was computed, from the records to the status."""

from typing import Annotated

from kpicli.cli.options import DayOptions, FileOptions, argument, command, flag
from kpicli.cli.output import exit_code, say_all, show
from kpicli.cli.output_options import OutputOptions
from kpicli.evaluation.explain import explanation_steps
from kpicli.evaluation.selection import period_in_view
from kpicli.model.notation.period import named_period
from kpicli.services.history import load_with_entries
from kpicli.views.explain import explain_view
from kpicli.views.words.next_steps import first_step

EXAMPLES = """\
kpi explain monthly_revenue
kpi explain monthly_revenue --period 2026-Q4
kpi explain churn --as-of 2026-11-05
kpi explain churn --json | jq -r '.steps[].text'
"""


@command
def run(
    id: Annotated[str, argument("KPI", "Its id.")],
    *,
    period: Annotated[
        str | None,
        flag(
            "PERIOD",
            "2026-11, 2026-Q4, 2026 …, current or last; else the one that kpi status shows.",
        ),
    ] = None,
    files: FileOptions,
    day: DayOptions,
    output: OutputOptions,
) -> int:
    """Show how a KPI was computed, from the records to the status.

    Every number is exact: a decimal that never ends is followed by its fraction.
    """
    file = files.definitions(day)
    kpi = file.definitions.kpi(id)
    loaded, entries = load_with_entries(file, day.moment, kpi)
    scorecard = loaded.scorecard
    if period is None:
        own_period = scorecard.latest(kpi).period
    else:
        named = named_period(period, kpi.frequency, day.today, calendar=kpi.calendar)
        own_period = period_in_view(kpi, named, day.today)
    steps = explanation_steps(scorecard, entries, kpi, own_period)
    view = explain_view(scorecard, scorecard.evaluate(kpi, own_period), steps, loaded.warnings)
    show(output.drawing(view), loaded.paths)
    say_all(loaded.warnings)
    if first_steps := first_step(scorecard, file.definitions.with_inputs(kpi)):
        say_all(day.hints(file, [kpi]) or first_steps)
    return exit_code(has_damage=bool(loaded.damages))
