"""How a table was read, as far as a person would ask, and the targets beside its actuals."""

from collections.abc import Iterable, Mapping

from kpicli.errors import NotationError
from kpicli.evaluation.effective_target import effective_target
from kpicli.model.kpi import Definitions, Kpi
from kpicli.model.notation.target import read_target
from kpicli.model.number import Mark
from kpicli.model.period import Period
from kpicli.model.source import Layout
from kpicli.model.target import Target
from kpicli.noun import NamedTuple
from kpicli.text import safe


class TableReading(NamedTuple):
    """What was seen of a table: its columns by what they are, and what of it is no actual.

    `above` and `below` are lines around the table, `passed_over` are columns, `label` is a date and
    the own period that it and all others stand for.
    """

    name: str
    layout: Layout
    rows: int
    header: int
    remarks: tuple[str, ...]
    columns: Mapping[str, str]
    periods: tuple[str, ...]
    marks: tuple[Mark, ...]
    above: tuple[str, ...]
    below: tuple[str, ...]
    passed_over: tuple[str, ...]
    empty: int
    label: tuple[Period, Period] | None = None


class TargetCell(NamedTuple):
    """A target as text, the period that it stands beside, and its decimal mark where settled."""

    period: Period
    text: str
    mark: Mark | None
    line: int


def target_of(kpi: Kpi, cell: TargetCell, definitions: Definitions) -> Target:
    """The target in the unit of the KPI; raises `NotationError` for one in another."""
    mark = cell.mark or definitions.decimal.value
    target = read_target(cell.text, mark, kpi.direction)
    if target.unit not in {"", kpi.unit}:
        message = f"{kpi.id}: its target is in {safe(target.unit)}, and it is counted in "
        raise NotationError(f"{message}{safe(kpi.unit) or 'no unit'}", hint="give one unit")
    return target._replace(unit=kpi.unit)


def schedule_of(
    kpi: Kpi, targets: Iterable[tuple[Period, Target]], definitions: Definitions
) -> Mapping[str, str]:
    """The `targets` of a KPI by period, each where it changes; none where all are in force."""
    mark: Mark = definitions.decimal.value
    entries = sorted(targets, key=lambda pair: pair[0].start)
    if all(_is_in_force(kpi, period, target) for period, target in entries):
        return {}
    schedule: dict[str, str] = {}
    for period, target in entries:
        text = target.show(mark)
        if not schedule or list(schedule.values())[-1] != text:
            schedule[str(period)] = text
    return schedule


def _is_in_force(kpi: Kpi, period: Period, target: Target) -> bool:
    now = effective_target(kpi, period).target
    return now is not None and (now.number, now.high, now.comparison) == (
        target.number,
        target.high,
        target.comparison,
    )
