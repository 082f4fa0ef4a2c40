"""What a repair did to the log, and which KPIs and periods have to be looked at."""

from collections.abc import Iterator, Sequence

from kpicli.model.log_issue import Repaired
from kpicli.model.period import Period
from kpicli.model.record import Damage, Record
from kpicli.model.scorecard import Scorecard
from kpicli.text import plural, safe
from kpicli.views.history import local_day
from kpicli.views.parts.view import Column, Field, Fields, Row, Table, View
from kpicli.views.words.recording import value_text

_COLUMNS = (
    Column("kpi"),
    Column("period"),
    Column("file"),
    Column("line"),
    Column("reason"),
    Column("value"),
    Column("at"),
    Column("by"),
    Column("", "KPI", is_brief=True),
    Column("", "Period", is_brief=True),
    Column("", "Look at it"),
)


def repair_view(
    scorecard: Scorecard,
    log: str,
    done: Sequence[Repaired],
    swept: Sequence[str],
    *,
    is_dry: bool,
) -> View:
    """The counts over all files, then a row for each KPI and period that damage hid before.

    The scorecard is that of the log as it was; its newest sound record is what counts afterwards.
    """
    fields = Fields((Field("log", log), Field("dry_run", is_dry), *_counts(done, swept)))
    rows = tuple(_row(scorecard, *one) for one in _touched(scorecard))
    return View("repair", "", (fields, Table("touched", _COLUMNS, rows, is_list=True)))


def _counts(done: Sequence[Repaired], swept: Sequence[str]) -> Iterator[Field]:
    """Each for machines; for people what is not zero."""
    is_changed = any(one.is_changed for one in done)
    kept = sum(one.kept for one in done)
    yield Field("kept", kept, "Records kept" if is_changed else "")
    known = {
        "duplicates": ("Duplicates out", sum(one.duplicates for one in done)),
        "markers": ("Conflict markers out", sum(one.markers for one in done)),
        "damaged": ("Damaged lines out", sum(one.damaged for one in done)),
        "torn": ("Torn lines out", sum(one.torn for one in done)),
        "byte_order_marks": ("Byte order marks out", sum(one.has_mark for one in done)),
        "ended": ("Line ends added", sum(one.is_ended for one in done)),
        "swept": ("Temporary files removed", len(swept)),
    }
    for key, (heading, count) in known.items():
        yield Field(key, count, heading if count else "")
    copies = copy_names(done)
    yield Field("copy", copies or None, "Original kept as" if copies else "")


def copy_names(done: Sequence[Repaired]) -> str:
    """The names of the copies that were made."""
    return ", ".join(one.copy for one in done if one.copy)


def _touched(scorecard: Scorecard) -> list[tuple[str, Period, Damage]]:
    """What damage hid, in order of the lines."""
    found = [
        (kpi, period, damage)
        for kpi, series in scorecard.series.items()
        for period, damage in series.damaged.items()
    ]
    return sorted(found, key=lambda one: (one[2].file, one[2].line, one[0], one[1]))


def _row(scorecard: Scorecard, kpi: str, period: Period, damage: Damage) -> Row:
    record = scorecard.series[kpi].records.get(period)
    message = f"its record was damaged; {_counting(scorecard, record)}"
    cells = (
        kpi,
        period,
        damage.file,
        damage.line,
        damage.reason,
        record.value if record else None,
        record.at if record else None,
        (record.by if record else "") or None,
        kpi,
        period,
        message,
    )
    return Row(cells, line=f"look at {kpi} {period}: {safe(message)}")


def _counting(scorecard: Scorecard, record: Record | None) -> str:
    if record is None:
        return "nothing counts now"
    value = value_text(scorecard.definitions, record)
    return f"what counts now is {value} from {local_day(record, scorecard.clock)}"


def repair_summary(done: Sequence[Repaired], swept: Sequence[str], *, is_dry: bool) -> str:
    """What is said aside: that nothing was to be done, or was done."""
    if not swept and not any(one.is_changed for one in done):
        return f"{plural(sum(one.kept for one in done), 'record')}, nothing to repair"
    return "a dry run: nothing was changed" if is_dry else ""
