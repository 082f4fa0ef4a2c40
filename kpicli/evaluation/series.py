"""Which record counts: the greatest by (at, id) of those for a KPI and period."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from kpicli.model.log_issue import LogIssue
from kpicli.model.record import LogLine, Record, Series

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
    best: NewestLines, damages: Iterable[LogIssue], ids: Mapping[str, str], until: str = ""
) -> dict[str, Series]:
    """The series of every id in the log, with the periods that damage still hides."""
    records: dict[str, dict[Period, Record]] = {}
    for (kpi, _), line in best.items():
        record = line.record(kpi)
        records.setdefault(kpi, {})[record.period] = record
    hidden: dict[str, dict[Period, LogIssue]] = {}
    for damage in damages:
        for id, period in damage.pairs:
            kpi = ids.get(id, id)
            if hides(damage, best.get((kpi, str(period))), until):
                hidden.setdefault(kpi, {})[period] = damage
    ids_in_log = records.keys() | hidden.keys()
    return {kpi: Series(records.get(kpi, {}), hidden.get(kpi, {})) for kpi in ids_in_log}


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
