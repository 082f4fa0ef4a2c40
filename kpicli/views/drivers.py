"""What drives a KPI: each input's contribution, the largest first, and the bottleneck."""

from fractions import Fraction
from typing import cast

from kpicli.analysis.drivers import Driver, Drivers
from kpicli.evaluation.evaluate import Evaluation, evaluate
from kpicli.model.kpi import Kpi
from kpicli.model.number import Number
from kpicli.model.quantity import Quantity
from kpicli.model.scorecard import Scorecard
from kpicli.text import shown
from kpicli.views.parts.cells import Bar, Cell, Change
from kpicli.views.parts.view import Column, Field, Fields, Note, Row, Table, View
from kpicli.views.words.numbers import NumberFormat

_COLUMNS = (
    Column("id", is_brief=True),
    Column("from"),
    Column("to"),
    Column("contribution"),
    Column("favourable"),
    Column("", "KPI"),
    Column("", "From", rank=2, is_number=True),
    Column("", "To", rank=2, is_number=True),
    Column("", "Contribution", is_number=True, is_brief=True),
)
_LEFT = (Column("left"), Column("", "Then left", rank=3, is_number=True))
_BAR = Column("", "Bar", rank=1)


def drivers_view(
    scorecard: Scorecard, found: Drivers, against: str, warnings: tuple[str, ...] = ()
) -> View:
    """A row an input; against the target each is taken alone, which the last lines say."""
    columns = (*_COLUMNS, *(_LEFT if _has_left(found) else ()), _BAR)
    rows = tuple(Row(_cells(scorecard, found, one)) for one in found.drivers)
    bottleneck = found.bottleneck
    head = Fields(
        (
            Field("kpi", found.one.kpi.id),
            Field("period", found.one.period),
            Field("against", against),
            Field("as_of", scorecard.clock.today.isoformat()),
            Field("unit", found.one.kpi.unit or None),
            Field("from", found.start),
            Field("to", found.end),
            Field("change", found.change),
            Field("bottleneck", bottleneck.kpi.id if bottleneck else None),
            Field("reason", found.reason or None),
            *_way(scorecard, found),
        )
    )
    table = (Table("drivers", columns, rows),)
    notes = tuple(map(Note, _lines(scorecard, found)))
    return View("drivers", _heading(found), (head, *table, *notes), "", warnings)


def _heading(found: Drivers) -> str:
    other = found.other or "its target"
    return f"{shown(found.one.kpi.name)} · {found.one.period} against {other}"


def _has_left(found: Drivers) -> bool:
    return any(one.left is not None for one in found.drivers)


def _way(scorecard: Scorecard, found: Drivers) -> list[Field]:
    """`500,000 kr → 448,000 kr: -52,000 kr`."""
    start, end = (_quantity(scorecard, found.one, number) for number in (found.start, found.end))
    if start is None or end is None or found.change is None:
        return []
    text = f"{start} → {end}: {_difference(scorecard, found, found.change)}"
    return [Field("", text, "Change" if found.other else "Gap")]


def _cells(scorecard: Scorecard, found: Drivers, one: Driver) -> tuple[Cell, ...]:
    largest = max(abs(driver.contribution) for driver in found.drivers)
    judged = evaluate(scorecard, one.kpi, found.one.period)
    cells: tuple[Cell, ...] = (
        one.kpi.id,
        one.start,
        one.end,
        one.contribution,
        one.is_favourable,
        one.kpi.name,
        _quantity(scorecard, judged, one.start),
        _quantity(scorecard, judged, one.end),
        Change(_difference(scorecard, found, one.contribution), one.is_favourable),
    )
    if _has_left(found):
        left = None if one.left is None else _difference(scorecard, found, one.left)
        cells += one.left, left
    share = one.contribution / largest if largest else Fraction(0)
    return (*cells, Bar(share, one.is_favourable))


def _quantity(scorecard: Scorecard, one: Evaluation, number: Number | None) -> Quantity | None:
    if number is None:
        return None
    return NumberFormat(one, scorecard.definitions).quantity(number, one.kpi.unit)


def _difference(scorecard: Scorecard, found: Drivers, number: Fraction) -> Quantity:
    """Signed, in the KPI's unit; without a target with the decimals that some share has need of."""
    numbers = [number, *(one.contribution for one in found.drivers)]
    known = [NumberFormat(found.one._replace(actual=one), scorecard.definitions) for one in numbers]
    finest = max(known, key=lambda one: one.places)
    return cast("Quantity", finest.difference(number))


def _lines(scorecard: Scorecard, found: Drivers) -> list[str]:
    """What is said below the table: what is left out, what does not add up, the bottleneck."""
    if found.reason:
        return [f"no data: {found.reason}"]
    lines = [f"no target, so left out: {_listed(found.bare)}"] if found.bare else []
    if found.other is None:
        lines.append("Each input is taken alone, so contributions do not add up to the gap.")
    return [*lines, _bottleneck(scorecard, found)]


def _listed(kpis: tuple[Kpi, ...]) -> str:
    return ", ".join(kpi.id for kpi in kpis)


def _bottleneck(scorecard: Scorecard, found: Drivers) -> str:
    one = found.bottleneck
    if one is not None:
        whole = found.change
        of = f" of {_difference(scorecard, found, whole)}" if whole is not None else ""
        part = _difference(scorecard, found, one.contribution)
        alone = "" if found.other else " if it alone were on target"
        return f"bottleneck: {one.kpi.id}, {part}{of}{alone}"
    if all(driver.is_favourable is None and driver.contribution for driver in found.drivers):
        return f"no bottleneck: nothing says which way is better for {found.one.kpi.id}"
    if found.other:
        return "no bottleneck: no input made it worse"
    return "no bottleneck: no input would make it better by being on target"
