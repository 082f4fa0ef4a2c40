"""Show how much of a KPI's change each input of its formula made."""

from typing import Annotated

from typer import Argument, Option

from kpicli.analysis.drivers import Drivers, drivers_of_change, formula_inputs, period_to_explain
from kpicli.analysis.target_gap import drivers_to_target
from kpicli.cli.empty_answer import later_hint
from kpicli.cli.options import DayOptions, FileOptions, command
from kpicli.cli.output import exit_code, say_all, show
from kpicli.cli.output_options import OutputOptions
from kpicli.errors import KpiError
from kpicli.evaluation.compare import Against
from kpicli.evaluation.latest import period_in_view
from kpicli.evaluation.ledger import Ledger
from kpicli.evaluation.lookback import full_lookback
from kpicli.model.kpi import Definitions, Kpi
from kpicli.model.notation.period import named_period
from kpicli.plugins import choice
from kpicli.services.load import load_board
from kpicli.views.drivers import drivers_view
from kpicli.views.words.next_steps import first_step

EXAMPLES = """\
kpi drivers monthly_revenue
kpi drivers monthly_revenue --period 2026-10 --against year
kpi drivers monthly_revenue --against target
kpi drivers ltv --depth 1
kpi drivers monthly_revenue --json | jq -r .bottleneck
"""

_TARGET = "target"
_AGAINST = (*(word.value for word in Against), _TARGET)


@command
def run(
    id: Annotated[str, Argument(metavar="KPI", help="Its id; it has a formula.")],
    *,
    period: Annotated[
        str | None,
        Option(
            metavar="PERIOD",
            help="2026-11, 2026-Q4, 2026 …, current or last; else the latest with an actual.",
        ),
    ] = None,
    against: Annotated[
        str,
        Option(
            metavar="WHAT",
            autocompletion=lambda: list(_AGAINST),
            help="previous or year: since the period before, or a year ago; or target.",
        ),
    ] = "previous",
    depth: Annotated[
        int | None,
        Option(metavar="N", min=1, help="How many formulas deep; else down to what is recorded."),
    ] = None,
    files: FileOptions,
    day: DayOptions,
    output: OutputOptions,
) -> int:
    """Show how much of a KPI's change each input of its formula made.

    Contributions are Shapley values, each input's average effect over all orders in which inputs
    may change, so that they add up to the change. Against the target it is the effect of each
    input's own target alone, which does not add up.
    """
    word = choice("--against", against, _AGAINST)
    earlier = None if word == _TARGET else Against(word)
    file = files.definitions(day)
    kpi = file.definitions.kpi(id)
    _require_formula(file.definitions, kpi)
    formula_inputs(file.definitions, kpi, depth)
    first = full_lookback(file.definitions, [part.id for part in file.definitions.with_inputs(kpi)])
    loaded = load_board(file, day.clock, day.until, first)
    drivers = _drivers(loaded.scorecard, kpi, period, earlier, depth)
    view = drivers_view(loaded.scorecard, drivers, word, loaded.warnings)
    show(output.drawing(view), loaded.paths)
    say_all(loaded.warnings)
    if first_step(loaded.scorecard, file.definitions.with_inputs(kpi)):
        say_all(later_hint(file, [kpi], day))
    return exit_code(has_damage=bool(loaded.damages))


def _require_formula(definitions: Definitions, kpi: Kpi) -> None:
    if kpi.formula:
        return
    beneath = [one.id for one in definitions.kpis.values() if one.supports == kpi.id]
    hint = f"kpi explain {kpi.id} shows how it was judged"
    if beneath:
        hint = f"it is supported by {', '.join(beneath)}; {hint}"
    raise KpiError(f"{kpi.id} has no formula, so nothing says what drives it", hint=hint)


def _drivers(
    scorecard: Ledger, kpi: Kpi, period: str | None, against: Against | None, depth: int | None
) -> Drivers:
    if period is None:
        chosen_period = period_to_explain(scorecard, kpi, against)
    else:
        chosen_period = period_in_view(
            kpi, named_period(period, kpi.frequency, scorecard.clock.today)
        )
    if against is None:
        return drivers_to_target(scorecard, kpi, chosen_period, depth)
    return drivers_of_change(scorecard, kpi, chosen_period, against, depth)
