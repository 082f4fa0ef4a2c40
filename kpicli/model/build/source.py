"""One source of actuals out of its table; every complaint becomes a fault."""

from collections.abc import Iterator, Mapping
from typing import Any

from kpicli.errors import Fault
from kpicli.model.schema_types import DecimalMark
from kpicli.model.source import MOST_PLACES, MOST_TIMEOUT, Combination, DateReading, Layout, Source
from kpicli.text import comma_list

_PLACES = ("file", "url", "command", "prometheus")
_RANGES = {
    "skip": (0, 10_000),
    "round": (0, MOST_PLACES),
    "timeout": (1, MOST_TIMEOUT),
    "restate": (0, 1_000_000),
}
_EITHER_OR = ((DateReading.OWN, DateReading.DAYS), (DateReading.DAY_FIRST, DateReading.MONTH_FIRST))
_WORDS: Mapping[str, type] = {"layout": Layout, "decimal": DecimalMark}


def build_source(id: str, table: Mapping[str, Any], faults: list[Fault]) -> Source:
    """The source, without the keys that are at fault; shapes are taken as checked before."""
    complaints = list(_complaints(table))
    faults += [Fault(("sources", id, key), message, hint=hint) for key, message, hint in complaints]
    faulty = {key for key, _, _ in complaints}
    keys = {key: _frozen(key, value) for key, value in table.items() if key not in faulty}
    return Source(id=id, **keys)


def _frozen(key: str, value: Any) -> Any:
    if key in _WORDS:
        return _WORDS[key](value)
    return tuple(value) if isinstance(value, list) else value


def _complaints(table: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Key, message and hint of each fault."""
    written = [key for key in _PLACES if key in table]
    if len(written) > 1:
        yield written[1], f"cannot be combined with {written[0]}", "make two sources of it"
    for key, (least, most) in _RANGES.items():
        if not least <= table.get(key, least) <= most:
            yield key, f"must be a number from {least} to {most:,}", ""
    if len(table.get("delimiter", ",")) != 1 or table.get("delimiter", ",") in '"\r\n':
        yield "delimiter", "must be one character, and no quote", 'as in delimiter = ";"'
    yield from _date_complaints(table.get("dates", ""))
    if "url" not in table and table.get("rows", "sum") not in list(Combination):
        yield "rows", f"is one of {comma_list(list(Combination), 'or')}", ""


def _date_complaints(dates: str) -> Iterator[tuple[str, str, str]]:
    words = date_words(dates)
    if words - set(DateReading):
        hint = 'as in dates = "own", or dates = "days, month-first"'
        yield "dates", f"is {comma_list(list(DateReading), 'or')}", hint
    for pair in _EITHER_OR:
        if words.issuperset(pair):
            yield "dates", f"is {comma_list(pair, 'or')}, not both", ""


def date_words(dates: str) -> set[str]:
    """The words of `dates`."""
    return set(dates.replace(",", " ").split())
