"""Show how a KPI was reckoned, from the records to the status."""

from typing import Annotated

from typer import Argument, Option

from kpicli.cli.options import DayOptions, FileOptions, command, kpi_ids
from kpicli.cli.output import exit_code, say_all, show
from kpicli.cli.output_options import OutputOptions
from kpicli.evaluation.evaluate import evaluate
from kpicli.evaluation.explain import explained
from kpicli.evaluation.latest import latest_evaluation, period_in_view
from kpicli.model.period import named_period
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
    kpi: Annotated[str, Argument(metavar="KPI", help="Its id.", autocompletion=kpi_ids)],
    *,
    period: Annotated[
        str | None,
        Option(
            metavar="PERIOD",
            help="2026-11, 2026-Q4, 2026 …, current or last; else the one that kpi status shows.",
        ),
    ] = None,
    where: FileOptions,
    when: DayOptions,
    look: OutputOptions,
) -> int:
    """Show how a KPI was reckoned, from the records to the status.

    Every number is exact: what has no end as a decimal is shown as a fraction too.
    """
    file = where.definitions()
    one = file.definitions.kpi(kpi)
    loaded, entries = load_with_entries(file, when.clock, when.until, one)
    scorecard = loaded.scorecard
    if period is None:
        asked = latest_evaluation(scorecard, one).period
    else:
        asked = period_in_view(one, named_period(period, one.frequency, when.today))
    steps = explained(scorecard, entries, one, asked)
    view = explain_view(scorecard, evaluate(scorecard, one, asked), steps, loaded.warnings)
    show(look.drawing(view), loaded.paths)
    say_all(loaded.warnings)
    say_all(first_step(scorecard, file.definitions.with_inputs(one)))
    return exit_code(has_damage=bool(loaded.damages))
