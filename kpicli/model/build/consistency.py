"""Whether the keys of a KPI, and the KPIs of a file, agree with each other."""

from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction
from itertools import islice

from kpicli.errors import Fault, KpiError
from kpicli.model.formula import Lag
from kpicli.model.kpi import ID, Definitions, Kpi, Rollup
from kpicli.model.target import Comparison
from kpicli.model.unit import PERCENT
from kpicli.text import Suggestions, safe

MOST_CYCLES = 20  # so many are named; each is as long as its cycle
MOST_DEEP = 10  # formulas may build on formulas that many times


def faults_within(kpi: Kpi) -> Iterator[tuple[str, str, str]]:
    """Key, message and hint of each contradiction in one KPI."""
    if {"target", "targets"} <= kpi.keys:
        yield "targets", "cannot be combined with target", "keep one of the two"
    if kpi.rollup is Rollup.SUM and kpi.unit == PERCENT:
        hint = "leave rollup out, or write the ratio as a formula of its parts"
        yield "rollup", "percentages can't be summed", hint
    yield from _pulled(kpi)
    if len({target.direction for target in kpi.all_targets} - {None}) > 1:
        yield "targets", "point both up and down", "give every entry the same sign"
    if kpi.rollup is Rollup.SUM and len({target.high is None for target in kpi.all_targets}) > 1:
        yield "targets", "mix ranges and numbers, which can't be summed", "give all one form"
    is_relative = any(target.is_relative for target in kpi.all_targets)
    if is_relative and kpi.baseline is None and "baseline" not in kpi.keys:
        key = "target" if kpi.target else "targets"
        yield key, "is relative to a baseline, and there is none", "add baseline = …"
    yield from _climb(kpi)
    yield from _changes(kpi)


def _pulled(kpi: Kpi) -> Iterator[tuple[str, str, str]]:
    """A KPI is pulled in one way, and not where it is computed."""
    keys = [key for key in ("query", "command") if key in kpi.keys]
    if len(keys) > 1:
        yield "command", "cannot be combined with query", "keep one of the two"
    if kpi.formula and keys and keys[0] not in kpi.default_keys:
        yield keys[0], "is for what is recorded, and this KPI has a formula", "keep one of the two"


def _climb(kpi: Kpi) -> Iterator[tuple[str, str, str]]:
    """A climb needs all of its four keys, runs forward and in its direction."""
    keys = [key for key in ("start", "by") if key in kpi.keys]
    if not keys:
        return
    for key in ("baseline", "start", "by"):
        if key not in kpi.keys:
            yield keys[0], f"needs {key}: a climb has baseline, start and by", f"add {key} = …"
    if kpi.targets or not kpi.keys & {"target"}:
        yield keys[0], "a climb ends in one target", "write target = …, without a schedule"
    for key in keys:
        period = kpi.start if key == "start" else kpi.by
        if period and period.frequency is not kpi.frequency:
            day = period.start if key == "start" else period.end - timedelta(days=1)
            message = f"is not a {kpi.frequency.noun}, and the KPI is {kpi.frequency}"
            yield key, message, f"write {kpi.period_of(day)}"
    if kpi.start and kpi.by and not kpi.start < kpi.by:
        yield "by", f"{kpi.by} does not come after start, {kpi.start}", ""
    yield from _against(kpi)


def _changes(kpi: Kpi) -> Iterator[tuple[str, str, str]]:
    """A known change begins with an own period, and is written once."""
    for before, period in zip((None, *kpi.rebase), kpi.rebase, strict=False):
        if period.frequency is not kpi.frequency:
            message = f"{period} is not a {kpi.frequency.noun}, and the KPI is {kpi.frequency}"
            yield "rebase", message, "write its first own period after the change"
        elif period == before:
            yield "rebase", f"{period} is listed twice", "leave one of them out"


def _against(kpi: Kpi) -> Iterator[tuple[str, str, str]]:
    if kpi.target is None:
        return
    if kpi.target.comparison is Comparison.WITHIN:
        yield "target", "a climb ends in one number, not in a range", ""
    elif kpi.baseline and not kpi.target.is_relative and kpi.target.direction:
        way = Fraction(kpi.target.number) - Fraction(kpi.baseline.number)
        if way * kpi.target.direction.sign < 0:
            hint = "correct the baseline, the target or the direction"
            yield "baseline", "lies beyond the target: the climb runs against its direction", hint


def faults_between(definitions: Definitions) -> Iterator[Fault]:
    """Unknown ids, ids claimed twice and cycles."""
    kpis = definitions.kpis
    yield from _unknown_ids(definitions)
    yield from _former(definitions)
    yield from _unknown_columns(definitions)
    yield from _queries(definitions)
    parents = {kpi.id: [kpi.supports] if kpi.supports else [] for kpi in kpis.values()}
    inputs = {kpi.id: _inputs(kpi) for kpi in kpis.values()}
    loops = list(islice(_loops(inputs), MOST_CYCLES))
    yield from (_cycle("supports", "cycle", loop) for loop in islice(_loops(parents), MOST_CYCLES))
    yield from (_cycle("formula", "formula cycle", loop) for loop in loops)
    yield from _too_deep(inputs, {id for loop in loops for id in loop})
    yield from _summed_percentages(definitions)


def _inputs(kpi: Kpi) -> list[str]:
    return [*kpi.formula.input_ids] if kpi.formula else []


def _summed_percentages(definitions: Definitions) -> Iterator[Fault]:
    """Windows in which percentages would be added up."""
    for kpi in definitions.kpis.values():
        for step in kpi.formula.inputs if kpi.formula else ():
            part = definitions.kpis.get(step.id)
            if step.lag is Lag.SUM and part and part.unit == PERCENT:
                hint = f"write mean({step.id}, {step.periods}), or divide the sums of its parts"
                message = f"percentages can't be summed: {step}"
                yield Fault(("kpis", kpi.id, "formula"), message, hint=hint)


def _unknown_ids(definitions: Definitions) -> Iterator[Fault]:
    """What a KPI names as its goal, its parent or an input, and is none."""
    goals, kpis = Suggestions(definitions.goals), Suggestions(definitions.kpis)
    for kpi in definitions.kpis.values():
        table = ("kpis", kpi.id)
        if kpi.goal and kpi.goal not in definitions.goals:
            hint = goals.of(kpi.goal) or f"add [goals.{safe(kpi.goal)}]"
            yield Fault((*table, "goal"), f"unknown goal '{safe(kpi.goal)}'", hint=hint)
        named = [("supports", kpi.supports)] if kpi.supports else []
        for key, id in named + [("formula", id) for id in _inputs(kpi)]:
            if id not in definitions.kpis:
                hint = kpis.of(id) or f"add [kpis.{safe(id)}]"
                yield Fault((*table, key), f"unknown KPI '{safe(id)}'", hint=hint)


def _queries(definitions: Definitions) -> Iterator[Fault]:
    """A query is for a source that can be asked one."""
    sources = Suggestions(definitions.sources)
    for kpi in definitions.kpis.values():
        source = definitions.sources.get(kpi.source or "")
        if kpi.query and not (source and (source.url or source.prometheus)):
            hint = sources.of(kpi.source or "")
            message = "needs a source that is asked: one of [sources.*] with a url"
            yield Fault(("kpis", kpi.id, "query"), message, hint=hint or 'as in source = "shop"')


def _unknown_columns(definitions: Definitions) -> Iterator[Fault]:
    """What a source takes a column or all of its values for, and is no KPI."""
    if not definitions.sources:
        return
    from kpicli.model.source import ROLES

    for source in definitions.sources.values():
        named: list[tuple[tuple[str, ...], str]] = [
            (("columns", name), name) for name in source.columns if name not in ROLES
        ]
        named += [(("kpi",), source.kpi)] if source.kpi else []
        for path, name in named:
            try:
                definitions.kpi(name)
            except KpiError as error:
                yield Fault(("sources", source.id, *path), error.message, hint=error.hint)


def _former(definitions: Definitions) -> Iterator[Fault]:
    owners = {id: id for id in definitions.kpis}
    for kpi in definitions.kpis.values():
        for old in kpi.formerly:
            if not ID.fullmatch(old):
                message = f"'{safe(old)}' can't have been an id"
                yield Fault(("kpis", kpi.id, "formerly"), message, hint="as in monthly_revenue")
            if owner := owners.get(old):
                message = f"'{safe(old)}' is already an id of '{safe(owner)}'"
                yield Fault(("kpis", kpi.id, "formerly"), message, hint="one id, one KPI")
            owners[old] = kpi.id


def _cycle(key: str, kind: str, loop: list[str]) -> Fault:
    message = f"{kind}: {' → '.join(map(safe, loop))}"
    return Fault(("kpis", loop[0], key), message, hint=f"break it: change {key}")


def _loops(steps: dict[str, list[str]]) -> Iterator[list[str]]:
    """The ids of each cycle, the first one again at the end; a step is taken once."""
    finished: set[str] = set()
    for first in steps:
        path: dict[str, int] = {}
        stack = [iter([first])]
        while stack:
            id = next(stack[-1], None)
            if id is None:
                stack.pop()
                finished.update([path.popitem()[0]] if path else [])
            elif id in path:
                yield [*list(path)[path[id] :], id]
            elif id not in finished:
                path[id] = len(path)
                stack.append(iter(steps.get(id, ())))


def _too_deep(steps: dict[str, list[str]], cyclic: set[str]) -> Iterator[Fault]:
    """The first too many of formulas on formulas on formulas …; cycles are a fault of their own."""
    deep = {id for id in steps if steps[id]} - cyclic
    for _ in range(MOST_DEEP):
        deep = {id for id in deep if not deep.isdisjoint(steps[id])}
    for id, inputs in steps.items():
        if id in deep and deep.isdisjoint(inputs):
            message = f"builds on more than {MOST_DEEP} formulas in a row"
            yield Fault(("kpis", id, "formula"), message, hint="join some of them")
