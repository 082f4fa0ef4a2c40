"""What is wrong with the log, one line an issue; and what a repair did, and what to look at."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from kpicli.errors import cause_of
from kpicli.model.log_issue import FileRepair, IssueKind, LogIssue
from kpicli.model.period import Period
from kpicli.model.record import Record
from kpicli.model.scorecard import Scorecard
from kpicli.noun import NamedTuple
from kpicli.text import clipped, plural, safe
from kpicli.views.parts.view import Column, Field, Fields, Table, View, attribute_columns, row_of
from kpicli.views.words.actuals import value_text

MOST_LISTED = 20  # missing records listed for people, and issues of one cause of many
MOST_ALIKE = 100  # issues of one cause that are all listed; machines get all there are
_COUNTED = {IssueKind.MISSING, IssueKind.UNKNOWN_KPI}  # what is counted in another way

_COLUMNS: tuple[Column[LogIssue], ...] = (
    Column("kind", of=lambda issue: issue.kind.value),
    Column("file", of=lambda issue: issue.file),
    Column("line", of=lambda issue: issue.line or None),
    Column("kpi", of=lambda issue: issue.kpi or None),
    Column("period", of=lambda issue: issue.period or None),
    Column("message", of=lambda issue: issue.message),
    Column("hint", of=lambda issue: issue.hint or None),
    Column("", "Where", lambda issue: issue.place, is_brief=True),
    Column("", "Kind", lambda issue: issue.kind.value.replace("_", " "), is_brief=True),
    Column("", "Flaw", lambda issue: issue.message),
    Column("", "Instead", lambda issue: f"→ {issue.hint}" if issue.hint else None),
)


def log_issues_view(
    log: str, issues: Sequence[LogIssue], records: int, since: str | None, *, is_for_machine: bool
) -> View:
    """One row an issue; as a line of plain text it is `kpis.jsonl:9: message`.

    For people the missing records stand under their number, and only the first of them; those of
    an unknown KPI are one line. Of very many issues of one cause they get the first few.
    """
    rows = tuple(
        row_of(_COLUMNS, issue, line=f"{clipped(issue.place)}: {safe(issue.message)}")
        for issue in (issues if is_for_machine else _for_people(log, issues, since or ""))
    )
    head = Fields((Field("log", log), Field("since", since), Field("records", records)))
    table = Table("flaws", _COLUMNS, rows, is_list=True)
    footer = f"{plural(len(issues), 'fault')} in {plural(records, 'record')}" if issues else ""
    return View("verify", "", (head, table), footer)


def _for_people(log: str, issues: Iterable[LogIssue], since: str) -> Iterator[LogIssue]:
    issues = list(_few_alike(issues))
    missing = [issue for issue in issues if issue.kind is IssueKind.MISSING]
    unknown = Counter(issue.kpi for issue in issues if issue.kind is IssueKind.UNKNOWN_KPI)
    for issue in issues:
        if issue.kind is IssueKind.UNKNOWN_KPI:
            if times := unknown.pop(issue.kpi, 0):
                records = f", and the log has {plural(times, 'record')} of it"
                yield issue._replace(message=issue.message + records)
        elif issue.kind is not IssueKind.MISSING:
            yield issue
    if missing:
        verb = "is" if len(missing) == 1 else "are"
        count = f"{plural(len(missing), 'record')} in {since} {verb}"
        yield LogIssue(IssueKind.MISSING, log, 0, f"{count} missing from the working copy")
        yield from missing[:MOST_LISTED]
    if (more := len(missing) - MOST_LISTED) > 0:
        yield LogIssue(IssueKind.MISSING, log, 0, f"and {more:,} more: --json lists them all")


def _few_alike(issues: Iterable[LogIssue]) -> Iterator[LogIssue]:
    """Each issue; of one cause with very many the first few, and how many more there are."""
    pairs = [(issue, (issue.kind, cause_of(issue.message))) for issue in issues]
    counts, listed = Counter(cause for _, cause in pairs), Counter[tuple[IssueKind, str]]()
    for issue, cause in pairs:
        listed[cause] += 1
        if counts[cause] <= MOST_ALIKE or listed[cause] <= MOST_LISTED or issue.kind in _COUNTED:
            yield issue
        elif listed[cause] == MOST_LISTED + 1:
            more = f"and {counts[cause] - MOST_LISTED:,} more like that: --json lists them all"
            yield LogIssue(issue.kind, issue.file, 0, more)


def no_issues_text(records: int) -> str:
    """What is said where nothing is wrong."""
    return f"{plural(records, 'record')}, 0 faults"


def no_log_yet_text(log: str, since: str) -> str:
    """What is said where there is nothing to compare with."""
    return f"{safe(log)} did not exist in {safe(since)}, so nothing of it can be missing"


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


_TOUCHED: tuple[Column[_Row], ...] = (
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
        row_of(_TOUCHED, row, line=f"look at {row.kpi} {row.period}: {safe(row.message())}")
        for row in _damaged_rows(scorecard)
    )
    return View("repair", "", (Fields(fields), Table("touched", _TOUCHED, rows, is_list=True)))


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
