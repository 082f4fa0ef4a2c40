"""Show every KPI against its target."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Annotated

from typer import Option

from kpicli.analysis.evaluate import Evaluation, evaluate
from kpicli.analysis.kept import is_kept
from kpicli.analysis.latest import latest_evaluation, shown_period
from kpicli.analysis.reach import Asked, falls_short, reach_of
from kpicli.analysis.tree import ORDERS, in_tree
from kpicli.errors import KpiError
from kpicli.look import Look
from kpicli.model.actual import Series
from kpicli.model.kpi import Definitions, Kpi
from kpicli.model.period import Period, named_period
from kpicli.model.scorecard import Scorecard
from kpicli.model.status import Status
from kpicli.options import KpiIds, When, Where, command
from kpicli.output import exit_code, say, show
from kpicli.plugs import chosen
from kpicli.store.definitions import DefinitionsFile
from kpicli.store.scorecard import Loaded, load
from kpicli.text import did_you_mean, safe
from kpicli.views.status import status_view

EXAMPLES = """\
kpi status
kpi status --area sales --period 2026-10
kpi status --sort worst --as-of 2026-11-05
kpi status --json | jq -r '.kpis[].status'
kpi status --fail-on at_risk && echo 'all on target'
"""

_WORSE = {
    "at_risk": {Status.AT_RISK, Status.OFF_TARGET},
    "off_target": {Status.OFF_TARGET},
    "no_data": {Status.NO_DATA},
    "overdue": set(),
}


@command
def run(
    kpis: KpiIds = None,
    *,
    area: Annotated[str | None, Option(metavar="AREA", help="Only that area.")] = None,
    owner: Annotated[str | None, Option(metavar="OWNER", help="Only that owner's.")] = None,
    goal: Annotated[str | None, Option(metavar="GOAL", help="Only that goal's.")] = None,
    period: Annotated[
        str | None,
        Option(
            metavar="PERIOD",
            help="2026-11, 2026-Q4, 2026 …, current or last; else each KPI's latest.",
        ),
    ] = None,
    sort: Annotated[str, Option(metavar="ORDER", help="file, worst or name.")] = "file",
    fail_on: Annotated[
        list[str] | None,
        Option(
            metavar="STATUS", help="Exit 1 at at_risk, off_target, overdue or no_data; repeatable."
        ),
    ] = None,
    where: Where,
    when: When,
    look: Look,
) -> int:
    """Show every KPI against its target.

    Without --period each KPI shows its latest period that has an actual.
    """
    order = chosen("--sort", sort, ORDERS)
    failing = [chosen("--fail-on", word, _WORSE) for word in fail_on or ()]
    file = where.definitions()
    definitions = file.definitions
    wanted = _wanted(definitions, kpis or (), area=area, owner=owner, goal=goal)
    loaded, found = _judged(file, when, _asked(wanted, period, when.today))
    today = loaded.scorecard.clock.today
    view = status_view(definitions, in_tree(found, order), today, loaded.warnings)
    show(view, look.drawing(view), loaded.paths)
    hidden = [] if period or not kpis else [kpi for kpi in wanted if not is_kept(kpi, today)]
    for line in (*loaded.warnings, *_next_steps(loaded, found, hidden)):
        say(line)
    is_found = any(_fails(one, word) for one in found for word in failing)
    return exit_code(has_damage=bool(loaded.damages), is_found=is_found)


def _wanted(definitions: Definitions, ids: Iterable[str], **filters: str | None) -> list[Kpi]:
    """The KPIs that were named, in file order, of the area, owner and goal that were asked for."""
    named = {definitions.kpi(id).id for id in ids} or definitions.kpis.keys()
    asked = {key: wanted for key, wanted in filters.items() if wanted is not None}
    kpis = [
        kpi
        for kpi in definitions.kpis.values()
        if kpi.id in named
        and all(_is_in(definitions, kpi, key, wanted) for key, wanted in asked.items())
    ]
    if asked and not kpis:
        raise _nothing(definitions, asked)
    return kpis


def _nothing(definitions: Definitions, asked: Mapping[str, str]) -> KpiError:
    """What to say where no KPI is left: the filter that none fits, or that none fits them all."""
    kpis = definitions.kpis.values()
    for key, wanted in asked.items():
        if not any(_is_in(definitions, kpi, key, wanted) for kpi in kpis):
            known = sorted({value for kpi in kpis if (value := getattr(kpi, key))})
            listed = f"known are {', '.join(known)}" if known else f"no KPI says its {key}"
            hint = did_you_mean(wanted, known) or listed
            return KpiError(f"no KPI has {key} '{safe(wanted)}'", hint=hint)
    said = " and ".join(f"{key} '{safe(wanted)}'" for key, wanted in asked.items())
    return KpiError(f"none of the KPIs asked for has {said}", hint="leave one of them out")


def _is_in(definitions: Definitions, kpi: Kpi, key: str, wanted: str) -> bool:
    value = getattr(kpi, key)
    names = {value, definitions.goals[value].name} if key == "goal" and value else {value}
    return wanted.casefold() in {name.casefold() for name in names if name}


def _asked(kpis: Iterable[Kpi], period: str | None, today: date) -> list[Asked]:
    """Each KPI with the period that was asked for, if any; retired ones are left out."""
    if period is None:
        return [(kpi, None) for kpi in kpis if is_kept(kpi, today)]
    shown = [(kpi, shown_period(kpi, named_period(period, kpi.frequency, today))) for kpi in kpis]
    return [(kpi, own) for kpi, own in shown if not kpi.is_retired(own)]


def _judged(
    file: DefinitionsFile, when: When, asked: Sequence[Asked]
) -> tuple[Loaded, list[Evaluation]]:
    """By as much of the log as is looked at first, and by all of it where that falls short."""
    loaded = load(file, when.clock, when.until, reach_of(file.definitions, asked, when.today))
    found = [_evaluation(loaded.scorecard, *one) for one in asked]
    is_latest = any(period is None for _, period in asked)
    if falls_short(loaded.scorecard, found, loaded.reading.left_out, is_latest=is_latest):
        loaded = load(file, when.clock, when.until)
        found = [_evaluation(loaded.scorecard, *one) for one in asked]
    return loaded, found


def _evaluation(scorecard: Scorecard, kpi: Kpi, period: Period | None) -> Evaluation:
    if period is None:
        return latest_evaluation(scorecard, kpi)
    return evaluate(scorecard, kpi, period)


def _fails(one: Evaluation, word: str) -> bool:
    return one.status in _WORSE[word] or (word == "overdue" and one.is_overdue)


def _next_steps(
    loaded: Loaded, found: Iterable[Evaluation], hidden: Iterable[Kpi]
) -> Iterable[str]:
    """What to do where something is not shown; `hidden` were asked for, and are retired."""
    if loaded.damages:
        yield "hint: correct the damaged line, or record its KPI and period again"
    for kpi in hidden:
        yield f"{kpi.id} was kept until {kpi.until}: --period {kpi.until} shows it"
    if not loaded.file.definitions.kpis:
        yield f"no KPIs yet: add one to {loaded.file.shown}, as [kpis.monthly_revenue]"
    elif not (loaded.reading.left_out or any(map(_has_records, loaded.scorecard.series.values()))):
        first = next((one.kpi.id for one in found if not one.kpi.formula), None)
        yield f"no actuals yet: kpi record {first} VALUE" if first else "no actuals yet"


def _has_records(series: Series) -> bool:
    return bool(series.records or series.damaged)
