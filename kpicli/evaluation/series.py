"""Which record counts: the greatest by (at, id) of those for a KPI and period."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from kpicli.model.log_issue import IssueKind, LogIssue
from kpicli.model.notation.duration import convert
from kpicli.model.number import to_decimal
from kpicli.model.record import LogLine, Record, Series
from kpicli.model.unit import is_same_unit
from kpicli.text import safe

if TYPE_CHECKING:
    from kpicli.model.period import Period

NewestLines = Mapping[tuple[str, str], LogLine]


def newest_lines(lines: Iterable[LogLine], ids: Mapping[str, str], until: str = "") -> NewestLines:
    """The line that counts for each KPI and period label, whatever their order and number.

    `ids` maps former ids to today's; lines that were recorded at `until` or later are left out.
    """
    best: dict[tuple[str, str], LogLine] = {}
    for line in lines:
        if until and line.at >= until:
            continue
        pair = ids.get(line.kpi, line.kpi), line.period
        newest = best.get(pair)
        if newest is None or (line.at, line.id) > (newest.at, newest.id):
            best[pair] = line
    return best


def series_by_kpi(
    best: NewestLines,
    damages: Iterable[LogIssue],
    ids: Mapping[str, str],
    until: str = "",
    units: Mapping[str, str] | None = None,
) -> dict[str, Series]:
    """The series of every id in the log, with the periods that damage still hides.

    `units` has the unit of each KPI by its id: a duration that was recorded in another one is
    converted, and a record in any other unit hides its period.
    """
    records: dict[str, dict[Period, Record]] = {}
    hidden: dict[str, dict[Period, LogIssue]] = {}
    for (kpi, _), line in best.items():
        record = line.record(kpi)
        if line.unit and units and line.unit != units.get(kpi, line.unit):
            record = _in_unit(record, units[kpi])
            if record.unit != units[kpi]:
                hidden.setdefault(kpi, {})[record.period] = _unit_issue(line, units[kpi])
        records.setdefault(kpi, {})[record.period] = record
    for damage in damages:
        for id, period in damage.pairs:
            kpi = ids.get(id, id)
            if hides(damage, best.get((kpi, str(period))), until):
                hidden.setdefault(kpi, {})[period] = damage
    ids_in_log = records.keys() | hidden.keys()
    return {kpi: Series(records.get(kpi, {}), hidden.get(kpi, {})) for kpi in ids_in_log}


def _in_unit(record: Record, unit: str) -> Record:
    """The record in another unit, where it can be; else as it is."""
    if record.value is None or is_same_unit(record.unit, unit):
        return record._replace(unit=unit)
    number = convert(record.value, record.unit, unit)
    if number is None:
        return record
    value = to_decimal(number)
    exact = None if value == number else number
    return record._replace(value=value, unit=unit, exact=exact)


def _unit_issue(line: LogLine, unit: str) -> LogIssue:
    own = f"in {safe(unit)}" if unit else "without a unit"
    message = f"recorded in {safe(line.unit)}, defined {own}"
    return LogIssue(IssueKind.UNIT, line.file, line.number, message, at=line.at)


def hides(damage: LogIssue, line: LogLine | None, until: str = "") -> bool:
    """Whether it hides what stands: only a later sealed record heals it.

    PeriodFilter one file that has to stand further down.
    """
    if until and damage.at >= until:
        return False
    if line is None or not line.is_sealed or line.at <= damage.at:
        return True
    is_beside = line.file != damage.file
    return not damage.at if is_beside else line.number <= damage.line
