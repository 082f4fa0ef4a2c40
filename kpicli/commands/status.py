"""Show every KPI against its target."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Annotated, NamedTuple

from typer import Option

from kpicli.analysis.choose import wanted
from kpicli.analysis.compare import Against, compared
from kpicli.analysis.evaluate import Evaluation, evaluate
from kpicli.analysis.kept import is_kept
from kpicli.analysis.latest import latest_evaluation, shown_period
from kpicli.analysis.reach import Asked, further, reach_of
from kpicli.analysis.tree import GROUPS, ORDERS, in_groups
from kpicli.errors import KpiError
from kpicli.look import Look
from kpicli.model.actual import Series
from kpicli.model.kpi import Kpi
from kpicli.model.period import Frequency, named_period
from kpicli.model.scorecard import Scorecard
from kpicli.model.status import Status
from kpicli.options import KpiIds, When, Where, command
from kpicli.output import exit_code, say, show
from kpicli.plugs import chosen
from kpicli.store.definitions import DefinitionsFile
from kpicli.store.scorecard import Loaded, load
from kpicli.text import safe
from kpicli.views.status import Compared, status_view

EXAMPLES = """\
kpi status
kpi status --area sales --period 2026-10
kpi status --sort worst --as-of 2026-11-05
kpi status --frequency quarterly --compare year
kpi status --group goal
kpi status --json | jq -r '.kpis[].status'
kpi status --fail-on at_risk && echo 'all on target'
"""

_WORSE = {
    "at_risk": {Status.AT_RISK, Status.OFF_TARGET},
    "off_target": {Status.OFF_TARGET},
    "no_data": {Status.NO_DATA},
    "overdue": set(),
}


class _View(NamedTuple):
    """Which periods are shown, and what they are compared with."""

    period: str | None
    frequency: Frequency | None
    against: Against | None


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
    frequency: Annotated[
        str | None, Option(metavar="LENGTH", help="Periods that long: monthly, quarterly, yearly.")
    ] = None,
    compare: Annotated[
        str | None, Option(metavar="WITH", help="What changed since the previous, or in a year.")
    ] = None,
    group: Annotated[
        str | None, Option(metavar="KEY", help="By goal, area or owner, each with its counts.")
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
    key = None if group is None else chosen("--group", group, GROUPS)
    shown = _view(period, frequency, compare, when.today)
    failing = [chosen("--fail-on", word, _WORSE) for word in fail_on or ()]
    file = where.definitions()
    definitions = file.definitions
    chosen_kpis = wanted(definitions, kpis or (), area=area, owner=owner, goal=goal)
    loaded, found = _judged(file, when, _asked(chosen_kpis, shown, when.today))
    today = loaded.scorecard.clock.today
    groups = in_groups(definitions, found, order, key)
    compared = _compared(loaded.scorecard, found, shown.against)
    view = status_view(definitions, groups, today, loaded.warnings, compared)
    show(view, look.drawing(view), loaded.paths)
    hidden = [] if period or not kpis else [kpi for kpi in chosen_kpis if not is_kept(kpi, today)]
    for line in (*loaded.warnings, *_next_steps(loaded, found, hidden)):
        say(line)
    is_found = any(_fails(one, word) for one in found for word in failing)
    return exit_code(has_damage=bool(loaded.damages), is_found=is_found)


def _view(period: str | None, frequency: str | None, compare: str | None, today: date) -> _View:
    """What the flags say; a period with a length of its own is not shown in another."""
    length = None if frequency is None else Frequency(chosen("--frequency", frequency, Frequency))
    against = None if compare is None else Against(chosen("--compare", compare, Against))
    if period and length and named_period(period, length, today).frequency is not length:
        raise KpiError(
            f"--period {safe(period)} and --frequency {length} ask for two lengths",
            hint="give one of the two; --period current and last go with any --frequency",
        )
    return _View(period, length, against)


def _asked(kpis: Iterable[Kpi], view: _View, today: date) -> list[Asked]:
    """Each KPI with the period that was asked for, if any; retired ones are left out."""
    if view.period is None:
        kept = [kpi for kpi in kpis if is_kept(kpi, today)]
        return [Asked(kpi, None, view.frequency, view.against) for kpi in kept]
    asked = []
    for kpi in kpis:
        length = view.frequency or kpi.frequency
        own = shown_period(kpi, named_period(view.period, length, today))
        if not kpi.is_retired(own):
            asked.append(Asked(kpi, own, against=view.against))
    return asked


def _judged(
    file: DefinitionsFile, when: When, asked: Sequence[Asked]
) -> tuple[Loaded, list[Evaluation]]:
    """By as much of the log as is looked at first, and by more of it where that falls short."""
    while True:
        first = reach_of(file.definitions, asked, when.today)
        loaded = load(file, when.clock, when.until, first)
        found = [_evaluation(loaded.scorecard, one) for one in asked]
        pairs = zip(asked, found, strict=True)
        instead = further(loaded.scorecard, pairs, loaded.reading.left_out)
        if instead == list(asked):
            return loaded, found
        asked = instead


def _evaluation(scorecard: Scorecard, asked: Asked) -> Evaluation:
    if asked.period is None:
        return latest_evaluation(scorecard, asked.kpi, asked.frequency)
    return evaluate(scorecard, asked.kpi, asked.period)


def _compared(
    scorecard: Scorecard, found: Iterable[Evaluation], against: Against | None
) -> Compared | None:
    if against is None:
        return None
    return Compared(against, {one.kpi.id: compared(scorecard, one, against) for one in found})


def _fails(one: Evaluation, word: str) -> bool:
    return one.status in _WORSE[word] or (word == "overdue" and one.is_overdue)


def _next_steps(
    loaded: Loaded, found: Iterable[Evaluation], hidden: Iterable[Kpi]
) -> Iterable[str]:
    """What to do where something is not shown; `hidden` were asked for, and are retired."""
    if loaded.reading.needs_repair:
        yield "hint: run kpi repair, which keeps every record that is whole"
    elif loaded.damages:
        yield "hint: correct the damaged line, or record its KPI and period again"
    for kpi in hidden:
        yield f"{kpi.id} was kept until {kpi.until}: --period {kpi.until} shows it"
    if not loaded.file.definitions.kpis:
        yield f"no KPIs yet: add one to {loaded.file.shown}, as [kpis.monthly_revenue]"
    elif not (loaded.reading.left_out or any(map(_has_records, loaded.scorecard.series.values()))):
        first = next((one.kpi.id for one in found if not one.kpi.formula), None)
        yield _no_actuals(loaded.file, f": kpi record {first} VALUE" if first else "")


def _no_actuals(file: DefinitionsFile, advice: str) -> str:
    """What to do about it, unless there are some where nobody looks."""
    from kpicli.store.unread import unread

    found = unread(file)
    return f"no actuals yet{f', but {found.shown} {found.message}' if found else advice}"


def _has_records(series: Series) -> bool:
    return bool(series.records or series.damaged)
