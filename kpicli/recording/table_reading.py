"""How a table was read, as far as a person would ask."""

from collections.abc import Mapping

from kpicli.model.number import Mark
from kpicli.model.period import Period
from kpicli.model.source import Layout
from kpicli.noun import NamedTuple


class TableReading(NamedTuple):
    """What was seen of a table: its columns by what they are, and what of it is no actual.

    `above` and `below` are lines around the table, `passed_over` are columns, `label` is a date and
    the own period that it and all others stand for.
    """

    name: str
    layout: Layout
    rows: int
    header: int
    remarks: tuple[str, ...]
    columns: Mapping[str, str]
    periods: tuple[str, ...]
    marks: tuple[Mark, ...]
    above: tuple[str, ...]
    below: tuple[str, ...]
    passed_over: tuple[str, ...]
    empty: int
    label: tuple[Period, Period] | None = None
