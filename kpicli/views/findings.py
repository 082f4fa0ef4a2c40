"""What the rules found, KPI by KPI, or how much of it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from kpicli.model.finding import Finding, LocatedFinding, Severity
from kpicli.model.kpi import Definitions
from kpicli.noun import NamedTuple
from kpicli.text import clipped, plural, safe
from kpicli.views.parts.cells import Excerpt, Items
from kpicli.views.parts.view import (
    Column,
    Field,
    Fields,
    Row,
    Table,
    View,
    attribute_columns,
    row_of,
    table_of,
)

_ORDER = [*Severity]


class _Row(NamedTuple):
    """A finding in a file; `is_new_place` where the row before is about something else.

    `name` is that of its KPI.
    """

    file: str
    located: LocatedFinding
    is_new_place: bool
    name: str

    @property
    def finding(self) -> Finding:
        return self.located.finding

    @property
    def where(self) -> str:
        """`kpis.toml:12:1`."""
        return f"{clipped(self.file)}:{self.located.line}:{self.located.column}"

    @property
    def rule(self) -> str:
        """`R03 name`."""
        return f"{self.finding.code} {self.finding.name}"

    @property
    def page(self) -> str:
        """The command that explains the rule."""
        return f"kpi rules {self.finding.code}"

    @property
    def advice(self) -> str:
        """What to write instead, and where more is said."""
        return f"→ {self.finding.hint} ({self.page})" if self.finding.hint else ""

    @property
    def message(self) -> str:
        """What is found, without the name that stands in the heading."""
        return self.finding.message.removeprefix(f"{self.name} ")

    def excerpt(self) -> Excerpt | None:
        """The line that it is about, once."""
        located = self.located
        if not (self.is_new_place and located.length):
            return None
        return Excerpt(located.source, located.column, located.length)


class _RuleCount(NamedTuple):
    code: str
    name: str
    severity: Severity
    findings: int


_COLUMNS: tuple[Column[_Row], ...] = (
    *attribute_columns("code", "name", "severity", of="finding"),
    Column("kpi", of=lambda row: row.finding.kpi or None),
    Column("path", of=lambda row: ".".join(row.finding.path)),
    *attribute_columns("file"),
    *attribute_columns("line", "column", of="located"),
    *attribute_columns("message", "hint", of="finding"),
    *attribute_columns("page"),
    Column("", "Rule", lambda row: row.rule, is_brief=True),
    Column("", "Severity", lambda row: row.finding.severity, is_brief=True),
    Column("", "Where", lambda row: row.where if row.located.length else None, is_brief=True),
    Column("", "In the file", _Row.excerpt),
    Column("", "Finding", lambda row: row.message),
    Column("", "Instead", lambda row: row.advice or None),
)
_COUNT_COLUMNS: tuple[Column[_RuleCount], ...] = (
    *attribute_columns("code", "name", "severity"),
    Column("count", of=lambda row: row.findings),
    Column("", "Findings", lambda row: row.findings, is_number=True, is_brief=True),
    Column("", "Rule", lambda row: f"{row.code} {row.name}", is_brief=True),
    Column("", "Severity", lambda row: row.severity, is_brief=True),
)
_BOARD = "The whole board"
FOREIGN = (
    "the names are mostly in a language that kpi has no words of: rules that go by words are "
    "silent there; kpi rules says which languages it reads"
)


class LocatedFindings(NamedTuple):
    """What was found in one definitions file, and where it stands there."""

    file: str
    definitions: Definitions
    findings: tuple[LocatedFinding, ...]


def findings_view(
    boards: Sequence[LocatedFindings],
    as_of: date,
    warnings: tuple[str, ...] = (),
    *,
    total: int = 0,
) -> View:
    """A row a finding of each file, the gravest first, then in the order of the file.

    `total` is how many there are where some stand for several.
    As a line of plain text it is `kpis.toml:12:1: R03 name: message → hint`.
    """
    rows = tuple(row for board in boards for row in _rows(board, is_one=len(boards) == 1))
    table = Table("findings", _COLUMNS, rows, is_list=True)
    all_of_them = f"; {total} in all: kpi check --verbose" if total > len(rows) else ""
    footer = _footer(_all(boards)) + all_of_them
    return View("check", "", (_head(boards, as_of), table), footer, warnings)


def _rows(board: LocatedFindings, *, is_one: bool) -> Iterator[Row]:
    located = sorted(board.findings, key=_order)
    places = [(row.finding.kpi, row.line, row.column) for row in located]
    sections = _sections(board.definitions)
    for row, place, previous in zip(located, places, [None, *places], strict=False):
        kpi = board.definitions.kpis.get(row.finding.kpi)
        source = _Row(board.file, row, place != previous, kpi.name if kpi else "")
        text = safe(f"{row.finding.message} {source.advice}".rstrip())
        line = f"{source.where}: {source.rule}: {text}"
        section = sections.get(row.finding.kpi, _BOARD)
        heading = section if is_one else f"{clipped(board.file)}: {section}"
        yield row_of(_COLUMNS, source, line=line, section=heading)


def _head(boards: Sequence[LocatedFindings], as_of: date) -> Fields:
    files = [board.file for board in boards]
    file = files[0] if len(files) == 1 else Items(tuple(files))
    return Fields((Field("file", file), Field("as_of", as_of.isoformat())))


def _all(boards: Iterable[LocatedFindings]) -> list[LocatedFinding]:
    return [finding for board in boards for finding in board.findings]


def _order(row: LocatedFinding) -> tuple[int, int, int, str]:
    return _ORDER.index(row.finding.severity), row.line, row.column, row.finding.code


def _sections(definitions: Definitions) -> dict[str, str]:
    """What each KPI's findings stand beneath: its name, with its id where names are equal."""
    counts = Counter([clipped(kpi.name) for kpi in definitions.kpis.values()] + [_BOARD])
    return {
        kpi.id: name if counts[name] == 1 else f"{name} ({kpi.id})"
        for kpi in definitions.kpis.values()
        for name in [clipped(kpi.name)]
    }


def statistics_view(
    boards: Sequence[LocatedFindings], as_of: date, warnings: tuple[str, ...]
) -> View:
    """How many findings of each rule, the most first."""
    located = _all(boards)
    counts = Counter((row.finding.code, row.finding.name, row.finding.severity) for row in located)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    rows = (_RuleCount(*rule, count) for rule, count in ordered)
    table = table_of("rules", _COUNT_COLUMNS, rows)
    return View("statistics", "", (_head(boards, as_of), table), _footer(located), warnings)


def _footer(located: list[LocatedFinding]) -> str:
    """`3 findings: 1 error, 2 warnings`; advice has no plural."""
    counts = Counter(row.finding.severity for row in located)
    nouns = {Severity.ERROR: "error", Severity.WARNING: "warning"}
    parts = [plural(counts[severity], noun) for severity, noun in nouns.items() if counts[severity]]
    parts += [f"{counts[Severity.ADVICE]} advice"] if counts[Severity.ADVICE] else []
    return f"{plural(len(located), 'finding')}: {', '.join(parts)}" if located else ""


def no_findings_text(kpis: int, rules: int) -> str:
    """What is said where no rule has anything to say."""
    return f"{plural(kpis, 'KPI')}, {plural(rules, 'rule')}: nothing found"
