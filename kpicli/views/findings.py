"""What the rules found, KPI by KPI, or how much of it."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from kpicli.model.finding import LocatedFinding, Severity
from kpicli.model.kpi import Definitions
from kpicli.text import plural, safe, shown
from kpicli.views.parts.cells import Excerpt
from kpicli.views.parts.view import Column, Field, Fields, Row, Table, View

_COLUMNS = (
    Column("code"),
    Column("name"),
    Column("severity"),
    Column("kpi"),
    Column("path"),
    Column("file"),
    Column("line"),
    Column("column"),
    Column("message"),
    Column("hint"),
    Column("", "Rule", is_brief=True),
    Column("", "Severity", is_brief=True),
    Column("", "Where", is_brief=True),
    Column("", "In the file"),
    Column("", "Finding"),
    Column("", "Instead"),
)
_COUNTED = (
    Column("code"),
    Column("name"),
    Column("severity"),
    Column("count"),
    Column("", "Findings", is_number=True, is_brief=True),
    Column("", "Rule", is_brief=True),
    Column("", "Severity", is_brief=True),
)
_BOARD = "The whole board"


def findings_view(
    file: str,
    definitions: Definitions,
    found: Iterable[LocatedFinding],
    as_of: date,
    warnings: tuple[str, ...] = (),
) -> View:
    """A row a finding, those of one KPI together, the KPIs in the order of the file.

    As a line of plain text it is `kpis.toml:12:1: R03 name: message`.
    """
    located = list(found)
    firsts: dict[str, tuple[int, int]] = {}
    for one in located:
        place = one.line, one.column
        firsts[one.finding.kpi] = min(firsts.get(one.finding.kpi, place), place)
    located.sort(
        key=lambda one: (
            firsts[one.finding.kpi],
            one.finding.kpi,
            one.line,
            one.column,
            one.finding.code,
        )
    )
    sections = _sections(definitions)
    before = [None, *located]
    rows = tuple(
        _row(
            file,
            one,
            sections.get(one.finding.kpi, _BOARD),
            is_excerpted=previous is None or _differs(previous, one),
        )
        for previous, one in zip(before, located, strict=False)
    )
    head = Fields((Field("file", file), Field("as_of", as_of.isoformat())))
    footer = _footer([one.finding.severity for one in located])
    table = Table("findings", _COLUMNS, rows, is_list=True)
    return View("check", "", (head, table), footer, warnings)


def _sections(definitions: Definitions) -> dict[str, str]:
    """What each KPI's findings stand beneath: its name, and its id where that tells it apart."""
    counts = Counter([shown(kpi.name) for kpi in definitions.kpis.values()] + [_BOARD])
    return {
        kpi.id: name if counts[name] == 1 else f"{name} ({kpi.id})"
        for kpi in definitions.kpis.values()
        for name in [shown(kpi.name)]
    }


def _differs(previous: LocatedFinding, one: LocatedFinding) -> bool:
    """Whether it is about something else, so that the line has to be shown again."""
    before = previous.finding.kpi, previous.line, previous.column
    return before != (one.finding.kpi, one.line, one.column)


def _row(file: str, one: LocatedFinding, section: str, *, is_excerpted: bool) -> Row:
    finding = one.finding
    where = f"{shown(file)}:{one.line}:{one.column}"
    rule = f"{finding.code} {finding.name}"
    cells = (
        finding.code,
        finding.name,
        finding.severity,
        finding.kpi or None,
        ".".join(finding.path),
        file,
        one.line,
        one.column,
        finding.message,
        finding.hint,
        rule,
        finding.severity,
        where,
        Excerpt(one.source, one.column, one.length) if is_excerpted and one.length else None,
        finding.message,
        f"→ {finding.hint}" if finding.hint else None,
    )
    line = f"{where}: {rule}: {safe(finding.message)}"
    return Row(cells, line=line, section=section)


def statistics_view(
    file: str, found: Iterable[LocatedFinding], as_of: date, warnings: tuple[str, ...] = ()
) -> View:
    """How many findings of each rule, the most first."""
    findings = [one.finding for one in found]
    counts = Counter((one.code, one.name, one.severity) for one in findings)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    rows = tuple(
        Row((*rule, count, count, f"{rule[0]} {rule[1]}", rule[2])) for rule, count in ordered
    )
    head = Fields((Field("file", file), Field("as_of", as_of.isoformat())))
    footer = _footer([one.severity for one in findings])
    return View("statistics", "", (head, Table("rules", _COUNTED, rows)), footer, warnings)


def _footer(severities: list[Severity]) -> str:
    """`3 findings: 1 error, 2 warnings`; advice has no plural."""
    counts = Counter(severities)
    nouns = {Severity.ERROR: "error", Severity.WARNING: "warning"}
    parts = [plural(counts[one], noun) for one, noun in nouns.items() if counts[one]]
    parts += [f"{counts[Severity.ADVICE]} advice"] if counts[Severity.ADVICE] else []
    return f"{plural(len(severities), 'finding')}: {', '.join(parts)}" if severities else ""


def no_findings_text(kpis: int, rules: int) -> str:
    """What is said where no rule has anything to say."""
    return f"{plural(kpis, 'KPI')}, {plural(rules, 'rule')}: nothing found"
