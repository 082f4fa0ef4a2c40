"""Several rows of one KPI and period: what they become, or why they are none."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from kpicli.errors import KpiError
from kpicli.model.number import to_decimal
from kpicli.model.period import Period
from kpicli.model.source import Combination


class CellEntry(NamedTuple):
    """One row as it was read: for which period, its number, where it stands, and who says why."""

    period: Period
    number: Decimal
    line: int
    note: str = ""
    by: str = ""


def combined(entries: Sequence[CellEntry], how: Combination) -> CellEntry:
    """One entry out of several of a period; the latest is that of the latest day, then line."""
    last = max(entries, key=lambda entry: (entry.period.start, entry.line))
    numbers = [entry.number for entry in entries]
    match how:
        case Combination.LAST:
            return last
        case Combination.COUNT:
            number = Decimal(len(numbers))
        case Combination.SUM:
            number = sum(numbers, Decimal(0))
        case Combination.MEAN:
            number = to_decimal(sum(map(Fraction, numbers), Fraction(0)) / len(numbers))
    notes = {entry.note for entry in entries}
    return last._replace(number=number, note=notes.pop() if len(notes) == 1 else "")


def contradiction(id: str, period: Period, first: CellEntry, other: CellEntry) -> KpiError | None:
    """Why two rows are not one and the same."""
    for what in ("number", "note", "by"):
        if getattr(first, what) != getattr(other, what):
            word = "value" if what == "number" else what
            message = f"{id} {period} also on line {first.line} with another {word}"
            return KpiError(message, hint=_HINTS[word])
    return None


_ONE_OUT = "leave one of the two out"
_HINTS = {
    "value": f"{_ONE_OUT}, or --rows sum, mean, last or count",
    "note": _ONE_OUT,
    "by": _ONE_OUT,
}
