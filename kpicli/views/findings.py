"""What the rules found, in order of line."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kpicli.model.finding import Finding, Severity
from kpicli.text import plural, safe, shown
from kpicli.views.blocks import Column, Field, Fields, Row, Table, View


@dataclass(frozen=True, slots=True)
class Located:
    """A finding, and where its key stands in the definitions: line and column from 1."""

    finding: Finding
    line: int
    column: int


_COLUMNS = (
    Column("code"),
    Column("name"),
    Column("severity"),
    Column("kpi"),
    Column("path"),
    Column("line"),
    Column("column"),
    Column("message"),
    Column("hint"),
    Column("", "Where", is_brief=True),
    Column("", "Rule", is_brief=True),
    Column("", "Severity", is_brief=True),
    Column("", "Finding"),
    Column("", "Instead"),
)


def findings_view(
    file: str, found: Iterable[Located], as_of: date, warnings: tuple[str, ...] = ()
) -> View:
    """One row a finding; as a line of plain text it is `kpis.toml:12:1: R03 name: message`."""
    ordered = sorted(found, key=lambda one: (one.line, one.column, one.finding.code))
    head = Fields((Field("file", file), Field("as_of", as_of.isoformat())))
    table = Table("findings", _COLUMNS, tuple(_row(file, one) for one in ordered), is_list=True)
    footer = _footer([one.finding.severity for one in ordered])
    return View("check", "", (head, table), footer, warnings)


def _row(file: str, one: Located) -> Row:
    finding = one.finding
    where = f"{shown(file)}:{one.line}:{one.column}"
    rule = f"{finding.code} {finding.name}"
    cells = (
        finding.code,
        finding.name,
        finding.severity,
        finding.kpi or None,
        ".".join(finding.path),
        one.line,
        one.column,
        finding.message,
        finding.hint,
        where,
        rule,
        finding.severity,
        finding.message,
        f"→ {finding.hint}" if finding.hint else None,
    )
    return Row(cells, line=f"{where}: {rule}: {safe(finding.message)}")


def _footer(severities: list[Severity]) -> str:
    """`3 findings: 1 error, 2 warnings`; advice has no plural."""
    counts = Counter(severities)
    nouns = {Severity.ERROR: "error", Severity.WARNING: "warning"}
    parts = [plural(counts[one], noun) for one, noun in nouns.items() if counts[one]]
    parts += [f"{counts[Severity.ADVICE]} advice"] if counts[Severity.ADVICE] else []
    return f"{plural(len(severities), 'finding')}: {', '.join(parts)}" if severities else ""


def nothing_found(kpis: int, rules: int) -> str:
    """What is said where no rule has anything to say."""
    return f"{plural(kpis, 'KPI')}, {plural(rules, 'rule')}: nothing found"
