"""What stands around the rows of a table: their sum, their units, notes behind a blank line."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from math import inf

from kpicli.errors import NotationError
from kpicli.model.notation.quantity import read_quantity
from kpicli.model.number import Mark
from kpicli.model.source import Layout
from kpicli.model.unit import size_exponents
from kpicli.sources._grid import EMPTY, ColumnMapping, GridLine, Typed
from kpicli.sources._header import TOTAL, Sight, role_of
from kpicli.sources._periods import PeriodLabels
from kpicli.text import safe

_SIZE = re.compile(
    r"(?P<sure>(?:(?<![^\W_])(?:in|i|en|kr|NOK|SEK|DKK|EUR|USD) ?[$€£]? ?1?[ .,]?|[$€£'(] ?)"
    r"000s?(?![0-9.,])"
    r"|[$€£(]1[ .,]?000(?:s(?![^\W_])| ?(?:\)|kr|[$€£]|[A-Z]{3}))"  # not `over $1,000`
    r"|(?<![^\W_])(?<!per )(?:cents?|øre|öre|pence|rappen|centimes|céntimos)(?![^\W_])"
    r"|\([kK]\)|\ben miles\b|(?<![^\W_])[TtKkM] ?(?:EUR|NOK|SEK|DKK|USD|GBP|CHF|kr|[€$£])(?![^\W_])"
    r"|(?:[$€£]|(?<![^\W_])(?:EUR|NOK|SEK|DKK|USD|GBP|CHF|kr)) ?(?:[kKmMB]|mn|bn)(?![^\W_]))"
    r"|(?:(?<=[(\[$€£])|(?<=[$€£] )|(?<=\b[IEie]n )|(?<=\b[Ii] )|(?<=\b[A-Z]{3} )|(?<=\bkr ))"
    r"[^\W\d_]{3,}"
    r"|(?<![^\W_])[^\W\d_]{3,}(?=\.? ?(?:(?:of|de|av|af) |d['’])?"  # noqa: RUF001
    r"(?:kr|[$€£]|[Ee]uro|NOK|SEK|DKK|EUR|USD|GBP|CHF))"
    r"|(?:^|(?<=[,:–-] ))[^\W\d_]{3,}(?=\W*$)"  # noqa: RUF001 - a dash
)
"""What says that numbers are in thousands, for sure or where the word is one of a language."""
_MULTIPLIER = re.compile(r"unit_?mult|power ?code", re.IGNORECASE)
_LONGEST_NAME = 40
_PLANNED_AND_ACTUAL = {"target", "value"}
_AMOUNT = re.compile(r"[^A-Za-z]*[1-9][^A-Za-z]*")


def lines_around(
    mapping: ColumnMapping,
    ends: tuple[GridLine | None, Sequence[GridLine]],
    labels: PeriodLabels,
    sight: Sight,
    marks: Mapping[int, Mark],
) -> tuple[GridLine, ...]:
    """The lines at the ends that are no rows: the first one, and those found from below."""
    first, last = ends

    def is_row(line: GridLine) -> bool:
        label = _label(mapping, line)
        return labels.are_of(label) or sight.definitions.kpi_named(label) is not None

    end = len(last)
    while end > 1 and (_is_apart(mapping, last, end - 1) or not is_row(last[end - 1])):
        if not _is_below(mapping, last, end - 1, marks):
            break
        end -= 1
    if first is None or is_row(first) or not end or not _is_head(mapping, first, sight, marks):
        return tuple(last[end:])
    return (first, *last[end:])


def _is_head(
    mapping: ColumnMapping, line: GridLine, sight: Sight, marks: Mapping[int, Mark]
) -> bool:
    """Whether the line beneath the header has the sum of all rows, or the unit of each KPI."""
    if _is_total(line):
        return True
    kpis = sight.definitions.kpis
    cells = {of: line.cells[place] for place, of in mapping.values if place < len(line.cells)}
    units = {of: cell.strip(" ()[]") for of, cell in cells.items() if cell.strip()}
    is_unit = bool(units) and all(of in kpis and kpis[of].unit == units[of] for of in units)
    return not _label(mapping, line) and (is_unit or _adds_up(mapping, line, marks, is_first=True))


def _is_total(line: GridLine) -> bool:
    """Whether its first cell says so."""
    return is_sum_of_others(next(filter(None, map(str.strip, line.cells)), ""))


def is_sum_of_others(text: str) -> bool:
    """Whether the name of a row says that it adds up others: `Total: Account`, `North Total`."""
    return role_of(text.partition(":")[0]) == TOTAL or text.endswith((" Total", " total"))


class RowKinds:
    """What the columns that nobody takes say of rows, some of which may be no actuals."""

    def __init__(self, places: Sequence[int], *, are_combined: bool) -> None:
        self.kinds: dict[int, set[str]] = {place: set() for place in places}
        self.are_combined = are_combined

    def check(self, cells: Sequence[str]) -> None:
        """Raise `NotationError` for sums of others that are combined, and for plans and actuals."""
        for place, kinds in self.kinds.items():
            text = cells[place].strip()[:_LONGEST_NAME]
            if text:
                kinds.add(TOTAL if is_sum_of_others(text) else role_of(text))
            if self.are_combined and TOTAL in kinds and len(kinds) > 1:
                message = f"'{safe(text)}' stands beside rows that add up others, or are added up"
                raise NotationError(message, hint="leave the sums out of the file")
            if kinds >= _PLANNED_AND_ACTUAL:
                message = f"'{safe(text)}' stands beside rows that are actual, or planned"
                raise NotationError(message, hint="leave those out that are no actuals")


def _is_apart(mapping: ColumnMapping, last: Sequence[GridLine], at: int) -> bool:
    """Whether a line has one cell where rows have several, and stands behind a blank line."""
    is_one = len(last[at].cells) == 1 < len(mapping.header.cells)
    return is_one and any(_is_gap(last, other) for other in range(at))


def _is_below(
    mapping: ColumnMapping, last: Sequence[GridLine], at: int, marks: Mapping[int, Mark]
) -> bool:
    line = last[at]
    filled = [cell.strip() for cell in line.cells if cell.strip()]
    is_no_row = mapping.grid.delimiter == "|" and len(line.cells) == 1
    if is_no_row or _is_total(line):
        return True
    if not _label(mapping, line):
        return _adds_up(mapping, line, marks)
    if len(filled) == 1 and mapping.layout is not Layout.LONG:
        return True
    before = max((other for other in range(at) if _is_gap(last, other)), default=-1)
    return before >= 0 and all(
        _is_note(mapping, other, marks) for other in last[before + 1 : at + 1]
    )


def _is_gap(last: Sequence[GridLine], at: int) -> bool:
    """Whether a blank line stands behind that one."""
    return at + 1 < len(last) and last[at + 1].first > last[at].last + 1


def _is_note(mapping: ColumnMapping, line: GridLine, marks: Mapping[int, Mark]) -> bool:
    """Whether a line is a sentence, also one with commas: where the first value is, words are."""
    is_one = sum(map(bool, map(str.strip, line.cells))) == 1
    cells = {place: cell.strip() for place, cell in enumerate(line.cells)}
    filled = [place for place in mapping.places if cells.get(place, "").casefold() not in EMPTY]
    return is_one or (filled != [] and _number(line, min(filled), marks) is None)


def _label(mapping: ColumnMapping, line: GridLine) -> str:
    """What says of a row which one it is."""
    is_kpi = mapping.layout is Layout.ACROSS and mapping.kpi >= 0
    place = mapping.kpi if is_kpi else mapping.period[0]
    return line.cells[place].strip() if place < len(line.cells) else ""


def _adds_up(
    mapping: ColumnMapping, line: GridLine, marks: Mapping[int, Mark], *, is_first: bool = False
) -> bool:
    """Whether each number of a row without a name is the sum of those above it, or below it."""
    sums: dict[int, Decimal] = {}
    start, end = (line.first, inf) if is_first else (mapping.header.first, line.first)
    for other in mapping.grid.lines():
        if start < other.first < end:
            for place in mapping.places:
                number = _number(other, place, marks)
                if number is not None:
                    sums[place] = sums.get(place, Decimal(0)) + number
    totals = {place: _number(line, place, marks) for place in mapping.places}
    wanted = {place: total for place, total in totals.items() if total is not None}
    return bool(wanted) and all(sums.get(place) == total for place, total in wanted.items())


def _number(line: GridLine, place: int, marks: Mapping[int, Mark]) -> Decimal | None:
    cell = line.cells[place] if place < len(line.cells) else ""
    mark: Mark = "." if isinstance(cell, Typed) else marks.get(place, ".")
    try:
        return read_quantity(str(cell), mark)[0]
    except NotationError:
        return None


def require_no_size(lines: Sequence[GridLine], mapping: ColumnMapping, sight: Sight) -> None:
    """Raise where a title or a note says `in thousands`: numbers are recorded as they stand."""
    units = " ".join(kpi.unit for kpi in sight.definitions.kpis.values())
    for line in lines:
        text = " ".join(cell.strip() for cell in line.cells if not _AMOUNT.fullmatch(cell))
        words = _SIZE.finditer(text)
        size = next((word[0] for word in words if word["sure"] or size_exponents(word[0])), "")
        if size and size not in units:
            first = mapping.header.first
            way = "rename the column" if line.first == first else "leave that line out"
            way = f"--skip {first - 1}" if line.first < first else way
            message = f"'{safe(text[:60])}' says that its numbers are in '{safe(size)}'"
            hint = f"write all their digits; if they are right as they stand, {way}"
            raise NotationError(message, where=mapping.grid.place(line), hint=hint)


def require_no_multiplier(first: GridLine | None, mapping: ColumnMapping) -> None:
    """Raise where a column that nobody takes says a size of each number, as of SDMX it does."""
    used = mapping.used
    for place, cell in enumerate(first.cells if first else ()):
        size, name = cell.strip(), mapping.name(place)
        is_power = _MULTIPLIER.search(name) and size not in {"", "0"}
        if place not in used and (is_power or (len(size) > 4 and size_exponents(size))):
            message = f"column '{safe(name)}' says '{safe(size)}' of the size of the numbers"
            hint = "write all their digits, and leave that column out"
            raise NotationError(message, where=mapping.grid.place(mapping.header), hint=hint)
