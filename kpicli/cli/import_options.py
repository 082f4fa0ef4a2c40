"""What the flags say of a table: the same keys as a source of the definitions has."""

import re
from typing import Annotated, Any

from kpicli.cli.options import Text, flag, switch
from kpicli.errors import Fault, KpiError, ManyErrors
from kpicli.model.build.source import build_source
from kpicli.model.kpi import Definitions
from kpicli.model.schema_types import DecimalMark
from kpicli.model.source import ROLES, Combination, Layout, Source
from kpicli.noun import NamedTuple
from kpicli.plugins import choice
from kpicli.sources._board import KINDS
from kpicli.text import did_you_mean, safe

_PAIR = re.compile(r",(?=[^,=]+=)")
_DELIMITERS = {"\\t": "\t", "tab": "\t"}


class TableOptions(NamedTuple):
    """How the table is to be read, where looking at it leaves that open."""

    columns: Annotated[
        list[str] | None,
        flag("KEY=NAME,…", "Which column is what: period=Måned,orders=Ordre; others are ignored."),
    ] = None
    kpi: Annotated[Text, flag("KPI", "The KPI of the values, where no column says it.")] = None
    layout: Annotated[
        Text, flag("LAYOUT", "long, wide (a column per KPI) or across (a column per period).")
    ] = None
    skip: Annotated[int | None, flag("N", "Lines above the header.")] = None
    delimiter: Annotated[Text, flag("CHAR", "The character between two cells.")] = None
    decimal: Annotated[Text, flag("MARK", "The decimal mark of the table, . or ,")] = None
    encoding: Annotated[Text, flag("NAME", "utf-8, utf-16, windows-1252 …")] = None
    sheet: Annotated[Text, flag("SHEET", "The sheet of a workbook, by name or number.")] = None
    dates: Annotated[
        Text,
        flag(
            "WORDS",
            "own: a date means its whole month (week …); days: only that day. "
            "day-first or month-first: how 01/02/2026 is read.",
        ),
    ] = None
    rows: Annotated[Text, flag("WORD", "Make one of several rows: sum, mean, last or count.")] = (
        None
    )
    fractions: Annotated[bool, switch("Percentages are fractions of 1: 0.104 is 10.4%.")] = False
    round: Annotated[int | None, flag("N", "Round to N decimals, and write exponents out.")] = None
    empty: Annotated[
        list[str] | None, flag("TEXT", "A cell in which nothing was measured, beside - and n/a.")
    ] = None

    def source(self, definitions: Definitions, id: str | None) -> Source:
        """The source of the definitions that is named, with what the flags say instead."""
        table = {**(_defined(definitions, id).keys if id else {}), **self._keys()}
        faults: list[Fault] = []
        source = build_source(id or "table", table, faults)
        if faults:
            raise ManyErrors(
                [KpiError(f"--{each.path[-1]} {each.message}", hint=each.hint) for each in faults]
            )
        for key in {*source.columns, source.kpi} - {*ROLES, None}:
            definitions.kpi(str(key))
        return source

    def _keys(self) -> dict[str, Any]:
        flags = self._asdict().items()
        keys = {key: value for key, value in flags if value is not None and value is not False}
        for key, words in (("layout", Layout), ("decimal", DecimalMark), ("rows", Combination)):
            if key in keys:
                choice(f"--{key}", keys[key], list(words))
        if self.columns:
            keys["columns"] = dict(_pairs(self.columns))
        if self.delimiter:
            keys["delimiter"] = _DELIMITERS.get(self.delimiter, self.delimiter)
        return keys


class ImportOptions(NamedTuple):
    """Where the table is, and what to do with it."""

    source: Annotated[Text, flag("NAME", "A source of the definitions: its file, its keys.")] = None
    format: Annotated[Text, flag("NAME", f"{', '.join(KINDS)}; else by name or looks.")] = None
    explain: Annotated[bool, switch("Show how it is read, and record nothing.")] = False
    targets: Annotated[bool, switch("Add a target column to the definitions.")] = False

    def pattern(self, source: Source, path: str | None) -> str | None:
        """The files of the source that is named; raises `KpiError` for one that is no file."""
        if self.source is None:
            return None
        if path is None and source.file is None:
            hint = f"kpi pull {self.source} asks it, and records what it answers"
            raise KpiError(f"the source {self.source} is no file to import", hint=hint)
        return source.file


def _pairs(words: list[str]) -> list[tuple[str, str]]:
    pairs = []
    for text in (pair for word in words for pair in _PAIR.split(word)):
        key, equals, name = text.partition("=")
        if not equals:
            message = f"--columns takes pairs, and '{safe(text[:40])}' is not one"
            raise KpiError(message, hint="as in --columns period=Month,orders=Ordre")
        pairs.append((key.strip(), name.strip()))
    return pairs


def _defined(definitions: Definitions, id: str) -> Source:
    source = definitions.sources.get(id)
    if source is None:
        known = ", ".join(definitions.sources)
        hint = f"known: {known}" if known else "kpi import FILE --explain writes one"
        closest = did_you_mean(id, definitions.sources)
        raise KpiError(f"no source is called '{safe(id[:40])}'", hint=closest or hint)
    return source
