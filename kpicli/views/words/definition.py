"""A KPI's definition: its keys as they are written for machines, what they say for people."""

from collections.abc import Iterable, Iterator

from kpicli.evaluation.evaluate import DEFAULT_TOLERANCE
from kpicli.model.frequency import Frequency
from kpicli.model.kpi import Definitions, Kpi, Rollup
from kpicli.model.number import Mark
from kpicli.model.quantity import PERCENT, POINTS, Quantity
from kpicli.text import plural, shown
from kpicli.views.parts.cells import Items, Prose
from kpicli.views.parts.view import Column, Field, Row, Table

_TARGETS = (Column("since"), Column("target"))
_ROLLUPS = {
    Rollup.SUM: "the sum",
    Rollup.MEAN: "the mean",
    Rollup.LAST: "the last",
    Rollup.MIN: "the least",
    Rollup.MAX: "the greatest",
}


def definition_keys(definitions: Definitions, kpi: Kpi) -> Iterator[Field]:
    """For machines: every key but the targets, which `targets_table` has."""
    yield Field("id", kpi.id)
    yield Field("name", kpi.name)
    yield Field("goal", kpi.goal)
    yield Field("area", kpi.area)
    yield Field("owner", kpi.owner)
    yield Field("definition", kpi.definition)
    yield Field("source", kpi.source)
    yield Field("levers", Items(kpi.levers))
    yield Field("unit", kpi.unit or None)
    yield Field("direction", kpi.direction)
    yield Field("frequency", kpi.frequency)
    yield Field("baseline", kpi.baseline)
    yield Field("start", kpi.start)
    yield Field("by", kpi.by)
    yield Field(
        "tolerance", _tolerance(kpi, definitions.decimal.value) if kpi.all_targets else None
    )
    yield Field("rollup", kpi.rollup)
    yield Field("formula", kpi.formula.text if kpi.formula else None)
    yield Field("supports", kpi.supports)
    yield Field("supported_by", Items(tuple(_beneath(definitions, kpi))))
    yield Field("grace", kpi.grace)
    yield Field("rebase", Items(tuple(map(str, kpi.rebase))))
    yield Field("until", kpi.until)
    yield Field("formerly", Items(kpi.formerly))
    yield Field("ignore", Items(kpi.ignore))


def targets_table(kpi: Kpi, mark: Mark) -> Table:
    """The target as it is written, or each of a schedule with the period from which it holds."""
    rows = [Row((None, kpi.target.show(mark)))] if kpi.target else []
    rows += [
        Row((since, target.show(mark)))
        for since, target in (kpi.targets.entries if kpi.targets else ())
    ]
    return Table("targets", _TARGETS, tuple(rows), is_aside=True)


def definition_fields(definitions: Definitions, kpi: Kpi) -> Iterator[Field]:
    """For people: what is said of it, and nothing of what is not."""
    beneath = [definitions.kpis[id] for id in _beneath(definitions, kpi)]
    above = [definitions.kpis[kpi.supports]] if kpi.supports else []
    said = (
        ("Definition", kpi.definition),
        ("Formula", kpi.formula.text if kpi.formula else None),
        ("Source", kpi.source),
        ("Target", _aim(kpi, definitions.decimal.value)),
        ("Measured", _rhythm(kpi)),
        ("Goal", definitions.goals[kpi.goal].name if kpi.goal else None),
        ("Owner", kpi.owner),
        ("Area", kpi.area),
        ("Levers", ", ".join(kpi.levers)),
        ("Supports", _named(above)),
        ("Beneath it", _named(beneath)),
        ("Formerly", ", ".join(kpi.formerly)),
    )
    for heading, text in said:
        if text:
            yield Field("", Prose(shown(text)), heading)


def _beneath(definitions: Definitions, kpi: Kpi) -> list[str]:
    return [one.id for one in definitions.kpis.values() if one.supports == kpi.id]


def _named(kpis: Iterable[Kpi]) -> str:
    """`Avg Order Value (avg_order_value), orders`."""
    return ", ".join(one.name if one.name == one.id else f"{one.name} ({one.id})" for one in kpis)


def _aim(kpi: Kpi, mark: Mark) -> str:
    """`500,000 kr, at risk within 10% of it`; without a target which way is better."""
    if not kpi.all_targets:
        return f"none; {kpi.direction} is better" if kpi.direction else ""
    return f"{_wanted(kpi, mark)}; at risk within {_tolerance(kpi, mark)} of it"


def _wanted(kpi: Kpi, mark: Mark) -> str:
    if kpi.targets:
        entries = kpi.targets.entries
        return ", ".join(f"{target.show(mark)} from {since}" for since, target in entries)
    text = kpi.target.show(mark) if kpi.target else ""
    base = f"from {kpi.baseline._replace(mark=mark)}" if kpi.baseline else ""
    if kpi.start and kpi.by:
        return f"{text} by {kpi.by}, in equal steps {base} in {kpi.start}"
    return f"{text} {base}" if kpi.target and kpi.target.is_relative else text


def _tolerance(kpi: Kpi, mark: Mark) -> str:
    """`10%` of the target, or in the unit: `20,000 kr`, `2 pp`."""
    tolerance = kpi.tolerance or DEFAULT_TOLERANCE
    unit = POINTS if kpi.unit == PERCENT else kpi.unit
    return str(Quantity(tolerance.number, PERCENT if tolerance.is_relative else unit, mark))


def _rhythm(kpi: Kpi) -> str:
    """`monthly; a longer period is the sum of its months; due 8 days after the month`."""
    noun = kpi.frequency.noun
    said = [kpi.frequency.value]
    if kpi.rollup and kpi.frequency is not Frequency.YEARLY:
        said.append(f"a longer period is {_ROLLUPS[kpi.rollup]} of its {noun}s")
    if kpi.grace and not kpi.formula:
        said.append(f"due {plural(kpi.grace, 'day')} after the {noun}")
    said += [f"until {kpi.until}"] if kpi.until else []
    return "; ".join(said)
