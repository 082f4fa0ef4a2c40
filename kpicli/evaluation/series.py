"""Which record counts, the greatest by (at, id) of a KPI and period; notes; what damage hides."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from kpicli.evaluation.lines.kpi_lines import KpiLines, LoggedSeries, NewestLines, RecordForm
from kpicli.model.calendar import PLAIN, Calendar
from kpicli.model.damaged_periods import DamagedPeriods
from kpicli.model.kpi import Kpi
from kpicli.model.notation.duration import unit_issue
from kpicli.model.period import Period, recorded_period
from kpicli.model.record import LogLine, Record, Series
from kpicli.model.scorecard import Scorecard

if TYPE_CHECKING:
    from kpicli.model.log_issue import LogIssue, LostRecord

_MANY = 50_000  # lines from which on they are packed; of fewer that is not worth its time
Loss = tuple["LostRecord", "LogIssue"]  # what a damaged line may have been about, and its issue


def newest_lines(
    lines: Iterable[LogLine],
    ids: Mapping[str, str],
    until: str = "",
    contested: set[tuple[str, ...]] | None = None,
    many: int = _MANY,
) -> NewestLines:
    """The line that counts for each KPI and period label, whatever their order and number.

    `ids` maps former ids to today's; lines that were recorded at `until` or later are left out.
    Pairs in which people may disagree are added to `contested`; from so `many` on they are packed.
    """
    best, count = NewestLines(), 0
    for line in lines:
        if until and line.at >= until:
            continue
        kpi, about = ids.get(line.kpi, line.kpi), line.about
        kept: Any = best.notes if about else best.by_kpi.get(kpi) or best.of(kpi)
        label: Any = note_key(line, ids) if about else line.period
        newest = kept.get(label)
        if newest is None:
            kept[label] = line
            count += 1
            if count == many:
                best.pack()
            continue
        if contested is not None and _may_disagree(line, newest):
            contested.add((kpi, line.period))
        if (line.at, line.id) > (newest.at, newest.id):
            kept[label] = line
    return best


def _may_disagree(line: LogLine, other: LogLine) -> bool:
    """Whether two people say different things, and neither line that it replaces the other."""
    if line.by == other.by or _says(line) == _says(other) or line.source or other.source:
        return False
    is_stated = bool(line.unit or other.unit or line.replaces or other.replaces)
    return is_stated and line.id not in other.replaces and other.id not in line.replaces


def _says(line: LogLine) -> tuple[str, bool]:
    """What is to stand: a value, nothing, or that there is nothing to measure."""
    return line.value, line.skip


def series_by_kpi(
    best: NewestLines,
    damages: Iterable["LogIssue"],
    ids: Mapping[str, str],
    until: str = "",
    units: Mapping[str, str] | None = None,
    *,
    calendar: Calendar = PLAIN,
) -> dict[str, Series]:
    """The series of every id in the log, with the periods that damage still hides.

    `units` has the unit of each KPI by its id: a duration that was recorded in another one is
    converted, and a record in any other unit hides its period. Damage of which the KPI or the
    period is not known hides all that it may have been about.
    """
    units = units or {}

    def form(kpi: str) -> RecordForm:
        return RecordForm(kpi, calendar, units.get(kpi))

    records = {kpi: lines.records(form(kpi)) for kpi, lines in best.by_kpi.items()}
    notes: dict[str, list[Record]] = {}
    for (kpi, *_), note in best.notes.items():
        notes.setdefault(kpi, []).append(form(kpi).record(note))
    hidden: dict[str, dict[Period, LogIssue]] = {}
    for kpi, line in best.in_other_units(units):
        record = form(kpi).record(line)
        if record.unit != units[kpi]:
            hidden.setdefault(kpi, {})[record.period] = unit_issue(line, units[kpi])
    everywhere: dict[str, LogIssue] = {}
    for lost, damage in losses_of(damages, ids, calendar):
        for kpi in (lost.kpi,) if lost.kpi else {*ids.values(), *records}:
            for period in (lost.period,) if lost.period else records.get(kpi, ()):
                if _hides(lost, damage, best.get((kpi, str(period))), until):
                    hidden.setdefault(kpi, {})[period] = damage
            if lost.period is None:
                everywhere[kpi] = damage
    kpis = records.keys() | hidden.keys() | everywhere.keys() | notes.keys()
    return {
        kpi: LoggedSeries(
            of_kpi := records.get(kpi) or KpiLines().records(form(kpi)),
            _damaged(of_kpi, hidden.get(kpi, {}), everywhere.get(kpi)),
            tuple(sorted(notes.get(kpi, ()), key=time_order)),
        )
        for kpi in kpis
    }


def _damaged(
    records: Mapping[Period, Record],
    hidden: Mapping[Period, "LogIssue"],
    everywhere: "LogIssue | None",
) -> Mapping[Period, "LogIssue"]:
    if everywhere is None:
        return hidden
    return DamagedPeriods(hidden, everywhere, records.keys() - hidden.keys())


def hiding_damage(
    losses: Iterable[Loss], pair: tuple[str, str], line: LogLine | None
) -> "LogIssue | None":
    """The damage that hides what a line says of a KPI and period label, if that counted."""
    for lost, damage in losses:
        is_about = lost.kpi in {"", pair[0]} and lost.period in {None, recorded_period(pair[1])}
        if is_about and _hides(lost, damage, line):
            return damage
    return None


def losses_of(
    damages: Iterable["LogIssue"], ids: Mapping[str, str], calendar: Calendar = PLAIN
) -> list[Loss]:
    """What was lost, under the ids of today; of what is not known in a file only the last."""
    losses: dict[tuple[str, ...], Loss] = {}
    for damage in damages:
        for each in damage.lost:
            period = each.period and recorded_period(str(each.period), calendar)
            lost = each._replace(kpi=ids.get(each.kpi, each.kpi), period=period)
            key = damage.file, lost.kpi, str(lost.period), lost.id
            earlier, _ = losses.get(key, (lost, damage))
            losses[key] = lost._replace(at=max(lost.at, earlier.at)), damage
    return list(losses.values())


def _hides(lost: "LostRecord", damage: "LogIssue", line: LogLine | None, until: str = "") -> bool:
    """Whether it hides what a line says: only a later sealed record heals it.

    Where nothing proves when the lost one was made, a later one stands further down in its file.
    """
    if until and lost.id and lost.at >= until:
        return False
    if line is None or not line.is_sealed:
        return True
    if lost.id:
        return line.at <= lost.at and line.id != lost.id
    return line.file != damage.file or line.number <= damage.line or line.at <= lost.at


def note_key(line: LogLine, ids: Mapping[str, str]) -> tuple[str, str, str]:
    """What a note is on, and by whom: of each writer the newest on a KPI and period counts.

    `ids` maps former ids to today's.
    """
    return ids.get(line.about, line.about), line.period, line.by


def time_order(record: Record) -> tuple[object, ...]:
    """The order of a history: by period, a longer one after its parts, then as recorded."""
    return record.period.end, record.period.frequency.rank, record.order


def standing_notes(scorecard: Scorecard, kpi: Kpi, within: Period | None = None) -> list[Record]:
    """The notes on a KPI that stand, in order of time; of a period those on parts of it too."""
    return [
        note
        for note in scorecard.series_of(kpi).notes
        if note.note and (within is None or within.contains(note.period))
    ]
