"""A source: where a table is, the query it is asked with parameters, the rows of actuals it has."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from kpicli.model.number import Mark
from kpicli.model.schema_types import DecimalMark, TomlTable, Word, key
from kpicli.noun import NamedTuple

PARAMETERS = frozenset({"start", "end", "period"})  # days, half-open, and the label of a period
_QUOTED = r"""'(?:[^']|'')*'|"[^"]*"|`[^`]*`|\$(?P<tag>\w*)\$.*?\$(?P=tag)\$|--[^\n]*|/\*.*?\*/"""
_TOKEN = re.compile(
    rf"(?:{_QUOTED})|(?<![:\w]):(?P<name>\w+)(?!:\w|\w)|(?P<rest>[^'\"`$:/-]+|.)", re.DOTALL
)
"""A text in quotes or a comment, a word behind one colon, or what is neither."""


class Layout(Word):
    """What the rows and columns of a table are."""

    LONG = "long"  # a row an actual
    WIDE = "wide"  # a column a KPI, a row a period
    ACROSS = "across"  # a column a period, a row a KPI


class Combination(Word):
    """What several rows of one KPI and period become."""

    SUM = "sum"
    MEAN = "mean"
    LAST = "last"
    COUNT = "count"


class DateReading(Word):
    """What a date stands for, and how a date of three numbers is read."""

    OWN = "own"
    DAYS = "days"
    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"


ROLES = ("period", "kpi", "value", "unit", "target", "note", "by", "at")  # of a column of no KPI
EXPORTED = frozenset({"id", "name", "replaced_by", "replaces", "skip", "source", "unit"})
"""Columns of kpi's own exports, beside those of an actual."""
MOST_TIMEOUT = 3600
MOST_PLACES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(TomlTable):
    """One source: each field with a doc is a key of its table in the definitions."""

    id: str
    file: str | None = key("a file or a glob, relative to this file", minLength=1)
    url: str | None = key("a database, or an https address", minLength=1)
    command: tuple[str, ...] = key("a program and its arguments, which prints the table", ())
    query: str | None = key("what a database is asked")
    prometheus: str | None = key("the https address of a Prometheus server", minLength=1)
    headers: Mapping[str, str] = key("what an https address is sent with it", dict)
    columns: Mapping[str, str] = key(
        "which column is what: period, kpi, value, target, note, or the id of a KPI", dict
    )
    kpi: str | None = key("the KPI of the values, where the table names none", minLength=1)
    layout: Layout | None = key("one row per value, one column per KPI, or one column per period")
    skip: int | None = key("lines above the header", minimum=0)
    delimiter: str | None = key("the character between two cells", minLength=1, maxLength=1)
    decimal: DecimalMark | None = key("the decimal mark of the table")
    encoding: str | None = key("such as windows-1252", minLength=1)
    sheet: str | int | None = key("the sheet of a workbook, by name or number")
    dates: str | None = key("own or days, and day-first or month-first where that is open")
    rows: str | None = key(
        "what several rows of one KPI and period become: sum, mean, last or count; "
        "of an https address the path to its rows"
    )
    fractions: bool = key("values of KPIs counted in % are fractions of 1", default=False)
    round: int | None = key("decimals to round half up to", minimum=0, maximum=MOST_PLACES)
    empty: tuple[str, ...] = key("more texts of cells in which nothing was measured", ())
    timeout: int | None = key("seconds for each query", minimum=1, maximum=MOST_TIMEOUT)
    restate: int | None = key("how many of the latest closed periods may be changed", minimum=0)

    @property
    def has_table(self) -> bool:
        """Whether it gives a table by itself, without a query of a KPI."""
        return bool(self.file or self.command or self.query) or self.is_address

    @property
    def is_address(self) -> bool:
        """Whether its URL is one of the web, and not of a database."""
        return (self.url or "").startswith(("https:", "http:"))

    @property
    def combination(self) -> Combination | None:
        """What several rows of one KPI and period become, where `rows` says that."""
        return Combination(self.rows) if self.rows in list(Combination) else None

    @property
    def keys(self) -> Mapping[str, Any]:
        """What it says, key by key."""
        pairs = ((known.name, getattr(self, known.name)) for known in fields(self))
        return {name: value for name, value in pairs if name != "id" and _says_something(value)}


def _says_something(value: object) -> bool:
    """Whether it was written; a 0 may be, as in `round = 0`."""
    return value is not None and value is not False and value not in ((), {})


SOURCE_KEYS = tuple(known.name for known in fields(Source) if "doc" in known.metadata)
"""The keys of a source's table, in the order of the documentation."""


class SourceRow(NamedTuple):
    """One actual as it was given; `line` counts from 1, a value of `None` is none.

    `mark` is the decimal mark where that is settled. `raw` is a line of JSON as it stands, without
    its end, and `is_sealed` says that it begins with an id, as a line of a log does.
    """

    line: int
    kpi: str
    period: str
    value: str | None
    note: str = ""
    by: str | None = None
    at: str = ""
    mark: Mark | None = None
    raw: bytes = b""
    is_sealed: bool = False
    target: str = ""
    unit: str = ""  # of an actual that kpi itself exported, as it was recorded
    skip: bool = False  # whether kpi itself exported it as not applicable
    replaces: str = "unknown"  # what it replaces, as kpi itself exported that


def parameters(query: str) -> frozenset[str]:
    """Which of the three a query asks for, outside of its texts and comments."""
    return frozenset(name for name, _ in _tokens(query) if name)


def escaped_value(query: str) -> str:
    r"""The query for SQLAlchemy's `text()`: every colon that is no parameter of ours is `\:`."""
    return "".join(text if name else text.replace(":", r"\:") for name, text in _tokens(query))


def _tokens(query: str) -> Iterator[tuple[str, str]]:
    for match in _TOKEN.finditer(query):
        name = match["name"] or ""
        yield name if name in PARAMETERS else "", match[0]
