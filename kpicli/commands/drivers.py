"""Show what drives a KPI's change, or where a board sticks."""

from collections.abc import Mapping, Sequence
from typing import Annotated

from kpicli.analysis.bottleneck import target_gaps
from kpicli.cli.options import DayOptions, FileOptions, FilterOptions, Text, argument, command, flag
from kpicli.cli.output import exit_code, say, say_all, show
from kpicli.cli.output_options import OutputOptions
from kpicli.errors import KpiError
from kpicli.evaluation.period_query import evaluations_in
from kpicli.evaluation.selection import GROUPS, grouped_rows
from kpicli.model.kpi import Definitions, Kpi
from kpicli.noun import NamedTuple
from kpicli.plugins import choice
from kpicli.services.drivers import AGAINST, DriversQuery, drivers_of_kpi
from kpicli.services.load import Loaded, load_board
from kpicli.store.definitions.read import DefinitionsFile
from kpicli.views.bottleneck import bottleneck_view
from kpicli.views.drivers import drivers_view
from kpicli.views.parts.view import View
from kpicli.views.words.next_steps import NO_KPIS, first_step

EXAMPLES = """\
kpi drivers                            # where the board sticks
kpi drivers --group goal --period last
kpi drivers monthly_revenue
kpi drivers monthly_revenue --period 2026-10 --against year
kpi drivers monthly_revenue --against target
kpi drivers ltv --depth 1
kpi drivers monthly_revenue --json | jq -r .bottleneck
"""

_AgainstFlag = Annotated[
    Text,
    flag(
        "WHAT",
        "previous or year: since the period before, or a year ago; or target.",
        autocompletion=lambda: list(AGAINST),
    ),
]


@command
def run(
    id: Annotated[Text, argument("[KPI]", "Its id or name; without one the whole board.")] = None,
    *,
    period: Annotated[
        Text,
        flag(
            "PERIOD", "2026-11, 2026-Q4, 2026 …, current or last; else the latest with an actual."
        ),
    ] = None,
    against: _AgainstFlag = None,
    depth: Annotated[
        int | None, flag("N", "How many formulas deep; else down to what is recorded.", min=1)
    ] = None,
    group: Annotated[Text, flag("KEY", "Of a board: by goal, area or owner.")] = None,
    filters: FilterOptions,
    files: FileOptions,
    day: DayOptions,
    output: OutputOptions,
) -> int:
    """Show what drives a KPI's change, or where a board sticks.

    Of a KPI with a formula: how much of its change each input made. Contributions are Shapley
    values, each input's average effect over all orders in which inputs may change, so that they
    add up to the change. Against the target it is the effect of each input's own target alone,
    which does not add up.

    Of the board, or of a KPI without a formula and those that support it: what misses its target,
    the largest gap first, measured in its own tolerance (above 1 is off target), with the input
    that explains it most where there is a formula.
    """
    file = files.definitions(day)
    kpi = None if id is None else file.definitions.kpi(id)
    if kpi and kpi.formula:
        flags = {"group": group, **filters._asdict()}
        _require_none(flags, f"{kpi.id} has a formula, and is looked at alone")
        answer = _drivers_of(file, day, kpi, DriversQuery(period, against or "previous", depth))
    else:
        flags = {"against": against, "depth": None if depth is None else str(depth)}
        _require_none(flags, "name a KPI that has a formula")
        kpis = filters.of(file.definitions, _supporting(file.definitions, kpi))
        answer = _bottleneck_of(file, day, kpis, kpi, period=period, group=group)
    show(output.drawing(answer.view), answer.loaded.paths)
    say_all(answer.loaded.warnings)
    if answer.is_empty:
        say_all(day.later_hint(file, answer.kpis))
    if not file.definitions.kpis:
        say(NO_KPIS)
    return exit_code(has_damage=bool(answer.loaded.damages))


class _Answer(NamedTuple):
    """What is shown, by what was loaded, and of which KPIs; it may be empty for lack of records."""

    view: View
    loaded: Loaded
    kpis: Sequence[Kpi]
    is_empty: bool


def _require_none(flags: Mapping[str, str | None], hint: str) -> None:
    for name, value in flags.items():
        if value is not None:
            raise KpiError(f"--{name} does not go with this", hint=hint)


def _drivers_of(file: DefinitionsFile, day: DayOptions, kpi: Kpi, query: DriversQuery) -> _Answer:
    loaded, drivers = drivers_of_kpi(file, day.moment, kpi, query)
    view = drivers_view(loaded.scorecard, drivers, query.against, loaded.warnings)
    parts = file.definitions.with_inputs(kpi)
    return _Answer(view, loaded, [kpi], bool(first_step(loaded.scorecard, parts)))


def _supporting(definitions: Definitions, kpi: Kpi | None) -> list[str]:
    """The ids of a KPI and of all that stand under it; none for the whole board.

    Raises `KpiError` where nothing does, so that nothing says what drives it.
    """
    if kpi is None:
        return []
    ids = [kpi.id]
    for id in ids:
        ids += [each.id for each in definitions.kpis.values() if each.supports == id]
    if len(ids) > 1:
        return ids
    message = f"{kpi.id} has no formula and no KPI that supports it, so nothing drives it"
    raise KpiError(message, hint=f"kpi explain {kpi.id} shows how it was judged")


def _bottleneck_of(
    file: DefinitionsFile,
    day: DayOptions,
    kpis: Sequence[Kpi],
    kpi: Kpi | None,
    *,
    period: str | None,
    group: str | None,
) -> _Answer:
    key = None if group is None else choice("--group", group, GROUPS)
    loaded = load_board(file, day.moment)
    evaluations = evaluations_in(loaded.scorecard, kpis, period)
    groups = grouped_rows(file.definitions, evaluations, "file", key)
    gaps = target_gaps(loaded.scorecard, evaluations)
    view = bottleneck_view(loaded.scorecard, groups, gaps, kpi, loaded.warnings)
    is_empty = all(evaluation.actual is None for evaluation in evaluations)
    return _Answer(view, loaded, kpis, is_empty)
