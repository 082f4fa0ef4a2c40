"""What is wrong with the log, one line an issue, and what is missing from it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from kpicli.errors import cause_of
from kpicli.model.log_issue import IssueKind, LogIssue
from kpicli.text import clipped, plural, safe
from kpicli.views.parts.view import Column, Field, Fields, Table, View, row_of

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
