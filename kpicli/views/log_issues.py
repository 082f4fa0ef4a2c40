"""What is wrong with the log, one line a flaw, and what is missing from it."""

from collections.abc import Iterable, Sequence

from kpicli.model.log_issue import Flaw, Kind
from kpicli.text import plural, safe, shown
from kpicli.views.parts.view import Column, Field, Fields, Row, Table, View

MOST_MISSING = 20
"""Missing records that are listed for people; machines get all of them."""

_COLUMNS = (
    Column("kind"),
    Column("file"),
    Column("line"),
    Column("kpi"),
    Column("period"),
    Column("message"),
    Column("hint"),
    Column("", "Where", is_brief=True),
    Column("", "Kind", is_brief=True),
    Column("", "Flaw"),
    Column("", "Instead"),
)


def log_issues_view(
    log: str, flaws: Sequence[Flaw], records: int, since: str | None, *, is_for_machine: bool
) -> View:
    """One row a flaw; as a line of plain text it is `kpis.jsonl:9: message`.

    For people the missing records stand under their number, and only the first of them.
    """
    rows = [*map(_row, flaws)] if is_for_machine else [*_for_people(log, flaws, since or "")]
    head = Fields((Field("log", log), Field("since", since), Field("records", records)))
    table = Table("flaws", _COLUMNS, tuple(rows), is_list=True)
    footer = f"{plural(len(flaws), 'fault')} in {plural(records, 'record')}" if flaws else ""
    return View("verify", "", (head, table), footer)


def _for_people(log: str, flaws: Iterable[Flaw], since: str) -> Iterable[Row]:
    missing: list[Flaw] = []
    for flaw in flaws:
        if flaw.kind is Kind.MISSING:
            missing.append(flaw)
        else:
            yield _row(flaw)
    if missing:
        verb = "is" if len(missing) == 1 else "are"
        count = f"{plural(len(missing), 'record')} in {since} {verb}"
        yield _row(Flaw(Kind.MISSING, log, 0, f"{count} missing from the working copy"))
        yield from map(_row, missing[:MOST_MISSING])
    if (more := len(missing) - MOST_MISSING) > 0:
        yield _row(Flaw(Kind.MISSING, log, 0, f"and {more:,} more: --json lists them all"))


def _row(flaw: Flaw) -> Row:
    where = f"{flaw.file}:{flaw.line}" if flaw.line else flaw.file
    cells = (
        flaw.kind.value,
        flaw.file,
        flaw.line or None,
        flaw.kpi or None,
        flaw.period or None,
        flaw.message,
        flaw.hint or None,
        where,
        flaw.kind.value.replace("_", " "),
        flaw.message,
        f"→ {flaw.hint}" if flaw.hint else None,
    )
    return Row(cells, line=f"{shown(where)}: {safe(flaw.message)}")


def no_issues_text(records: int) -> str:
    """What is said where nothing is wrong."""
    return f"{plural(records, 'record')}, 0 faults"


def no_log_yet_text(log: str, since: str) -> str:
    """What is said where there is nothing to compare with."""
    return f"{safe(log)} was not there yet in {safe(since)}: nothing of it can be missing"
