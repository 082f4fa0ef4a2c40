"""A KPI's definition: its keys as they are written for machines, what they say for people."""

from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import Any

from kpicli.evaluation.evaluate import DEFAULT_TOLERANCE
from kpicli.model.frequency import Frequency
from kpicli.model.kpi import KPI_KEYS, Definitions, Kpi
from kpicli.model.number import Mark
from kpicli.model.quantity import Quantity
from kpicli.model.unit import PERCENT, POINTS
from kpicli.text import clipped, plural
from kpicli.views.parts.cells import Items, Prose
from kpicli.views.parts.view import Column, Field, Table, table_of
from kpicli.views.words.actuals import rollup_word


def definition_keys(definitions: Definitions, kpi: Kpi) -> Iterator[Field]:
    """For machines: every key but the targets, which `targets_table` has."""
    texts = {
        "unit": kpi.unit or None,
        "tolerance": tolerance_text(kpi, definitions.shown_mark) if kpi.all_targets else None,
        "formula": kpi.formula.text if kpi.formula else None,
        "rebase": tuple(map(str, kpi.rebase)),
    }
    for key in ("id", *KPI_KEYS):
        value: Any = texts.get(key, getattr(kpi, key))
        if key not in {"target", "targets"}:
            yield Field(key, Items(value) if type(value) is tuple else value)
        if key == "supports":
            yield Field("supported_by", Items(tuple(_beneath(definitions, kpi))))


def targets_table(kpi: Kpi, mark: Mark) -> Table:
    """The target as it is written, or each of a schedule with the period from which it holds."""
    target = [(None, kpi.target)] if kpi.target else []
    schedule = kpi.targets.entries if kpi.targets else ()
    columns: tuple[Column[Any], ...] = (
        Column("since", of=itemgetter(0)),
        Column("target", of=lambda entry: entry[1].show(mark)),
    )
    return table_of("targets", columns, [*target, *schedule], is_aside=True)


def definition_fields(definitions: Definitions, kpi: Kpi) -> Iterator[Field]:
    """For people: what is said of it, and nothing of what is not."""
    beneath = [definitions.kpis[id] for id in _beneath(definitions, kpi)]
    supported = [definitions.kpis[kpi.supports]] if kpi.supports else []
    texts = (
        ("Definition", kpi.definition),
        ("Formula", kpi.formula.text if kpi.formula else None),
        ("Source", kpi.source),
        ("Target", _target_text(kpi, definitions.decimal.value)),
        ("Measured", _frequency_text(kpi)),
        ("Goal", definitions.goals[kpi.goal].name if kpi.goal else None),
        ("Owner", kpi.owner),
        ("Area", kpi.area),
        ("Levers", ", ".join(kpi.levers)),
        ("Supports", _kpi_names(supported)),
        ("Beneath it", _kpi_names(beneath)),
        ("Formerly", ", ".join(kpi.formerly)),
    )
    for heading, text in texts:
        if text:
            yield Field("", Prose(clipped(text)), heading)


def _beneath(definitions: Definitions, kpi: Kpi) -> list[str]:
    return [part.id for part in definitions.kpis.values() if part.supports == kpi.id]


def _kpi_names(kpis: Iterable[Kpi]) -> str:
    """`Avg Order Value (avg_order_value), orders`."""
    return ", ".join(kpi.name if kpi.name == kpi.id else f"{kpi.name} ({kpi.id})" for kpi in kpis)


def _target_text(kpi: Kpi, mark: Mark) -> str:
    """`500,000 kr, at risk within 10% of it`; without a target which way is better."""
    if not kpi.all_targets:
        return f"none; {kpi.direction} is better" if kpi.direction else ""
    return f"{targets_text(kpi, mark)}; at risk within {tolerance_text(kpi, mark)} of it"


def targets_text(kpi: Kpi, mark: Mark) -> str:
    """`500,000 kr`, each of a schedule with its start, a climb with the way there; or nothing."""
    if kpi.targets:
        entries = kpi.targets.entries
        return ", ".join(f"{target.show(mark)} from {since}" for since, target in entries)
    text = kpi.target.show(mark) if kpi.target else ""
    base = f"from {kpi.baseline._replace(mark=mark)}" if kpi.baseline else ""
    if kpi.start and kpi.by:
        return f"{text} by {kpi.by}, in equal steps {base} in {kpi.start}"
    return f"{text} {base}" if kpi.target and kpi.target.is_relative else text


def tolerance_text(kpi: Kpi, mark: Mark) -> str:
    """`10%` of the target, or in the unit: `20,000 kr`, `2 pp`."""
    tolerance = kpi.tolerance or DEFAULT_TOLERANCE
    unit = POINTS if kpi.unit == PERCENT else kpi.unit
    return str(Quantity(tolerance.number, PERCENT if tolerance.is_relative else unit, mark))


def _frequency_text(kpi: Kpi) -> str:
    """`monthly; a longer period is the sum of its months; due 8 days after the month`."""
    noun = kpi.frequency.noun
    parts = [kpi.frequency.value]
    if kpi.rollup and kpi.frequency is not Frequency.YEARLY:
        parts.append(f"a longer period is the {rollup_word(kpi.rollup)} of its {noun}s")
    if kpi.grace and not kpi.formula:
        parts.append(f"due {plural(kpi.grace, 'day')} after the {noun}")
    parts += [f"until {kpi.until}"] if kpi.until else []
    return "; ".join(parts)
