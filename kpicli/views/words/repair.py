"""What a repair did to the log, and which KPIs and periods have to be looked at."""

from collections.abc import Iterator, Sequence

from kpicli.model.log_issue import FileRepair, LogIssue
from kpicli.model.period import Period
from kpicli.model.record import Record
from kpicli.model.scorecard import Scorecard
from kpicli.noun import NamedTuple
from kpicli.text import plural, safe
from kpicli.views.parts.view import Column, Field, Fields, Table, View, attribute_columns, row_of
from kpicli.views.words.actuals import value_text


class _Row(NamedTuple):
    """A KPI and period that damage hid, and the record that counts afterwards."""

    scorecard: Scorecard
    kpi: str
    period: Period
    damage: LogIssue

    @property
    def record(self) -> Record | None:
        return self.scorecard.series[self.kpi].records.get(self.period)

    def message(self) -> str:
        if self.record is None:
            return "its record was damaged; nothing counts now"
        value = value_text(self.scorecard.definitions, self.record)
        day = self.scorecard.clock.day_of(self.record.at)
        return f"its record was damaged; what counts now is {value} from {day}"


_COLUMNS: tuple[Column[_Row], ...] = (
    *attribute_columns("kpi", "period"),
    *attribute_columns("file", "line", of="damage"),
    Column("reason", of=lambda row: row.damage.message),
    Column("value", of=lambda row: row.record.value if row.record else None),
    Column("at", of=lambda row: row.record.at if row.record else None),
    Column("by", of=lambda row: (row.record.by if row.record else "") or None),
    Column("", "KPI", lambda row: row.kpi, is_brief=True),
    Column("", "Period", lambda row: row.period, is_brief=True),
    Column("", "Look at it", _Row.message),
)


def repair_view(
    scorecard: Scorecard,
    log: str,
    repairs: Sequence[FileRepair],
    temporary_files: Sequence[str],
    *,
    is_dry: bool,
) -> View:
    """The counts over all files, then a row for each KPI and period that damage hid before.

    The scorecard is that of the log as it was; its newest sound record is what counts afterwards.
    """
    fields = Field("log", log), Field("dry_run", is_dry), *_counts(repairs, temporary_files)
    rows = tuple(
        row_of(_COLUMNS, row, line=f"look at {row.kpi} {row.period}: {safe(row.message())}")
        for row in _damaged_rows(scorecard)
    )
    return View("repair", "", (Fields(fields), Table("touched", _COLUMNS, rows, is_list=True)))


def _counts(repairs: Sequence[FileRepair], temporary_files: Sequence[str]) -> Iterator[Field]:
    """Each for machines; for people what is not zero."""
    is_changed = any(repair.is_changed for repair in repairs)
    kept = sum(repair.kept for repair in repairs)
    yield Field("kept", kept, "Records kept" if is_changed else "")
    counts = {
        "duplicates": ("Duplicates out", sum(repair.duplicates for repair in repairs)),
        "markers": ("Conflict markers out", sum(repair.markers for repair in repairs)),
        "damaged": ("Damaged lines out", sum(repair.damaged for repair in repairs)),
        "torn": ("Torn lines out", sum(repair.torn for repair in repairs)),
        "byte_order_marks": ("Byte order marks out", sum(repair.has_mark for repair in repairs)),
        "ended": ("Line ends added", sum(repair.is_ended for repair in repairs)),
        "swept": ("Temporary files removed", len(temporary_files)),
    }
    for key, (heading, count) in counts.items():
        yield Field(key, count, heading if count else "")
    copies = copy_names(repairs)
    yield Field("copy", copies or None, "Original kept as" if copies else "")


def copy_names(repairs: Sequence[FileRepair]) -> str:
    """The names of the copies that were made."""
    return ", ".join(repair.copy for repair in repairs if repair.copy)


def _damaged_rows(scorecard: Scorecard) -> list[_Row]:
    """In order of the lines."""
    rows = [
        _Row(scorecard, kpi, period, damage)
        for kpi, series in scorecard.series.items()
        for period, damage in series.damaged.items()
        if damage.kind.is_damage
    ]
    return sorted(rows, key=lambda row: (row.damage.file, row.damage.line, row.kpi, row.period))


def repair_summary(
    repairs: Sequence[FileRepair], temporary_files: Sequence[str], *, is_dry: bool
) -> str:
    """What stderr says: that there was nothing to do, or that nothing was done."""
    if not temporary_files and not any(repair.is_changed for repair in repairs):
        return f"{plural(sum(repair.kept for repair in repairs), 'record')}, nothing to repair"
    return "a dry run: nothing was changed" if is_dry else ""
