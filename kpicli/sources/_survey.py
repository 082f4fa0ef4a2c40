"""All of a table looked at once: decimal marks, the order of its dates, what stands below it."""

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice

from kpicli.errors import NotationError
from kpicli.model.build.source import date_words
from kpicli.model.number import Mark
from kpicli.model.period import FISCAL
from kpicli.model.source import DateReading, Layout
from kpicli.noun import NamedTuple
from kpicli.sources._claims import require_actuals, require_no_multiplier, require_no_size
from kpicli.sources._footer import lines_around
from kpicli.sources._grid import ColumnMapping, GridLine, Typed
from kpicli.sources._header import Sight, kpi_of
from kpicli.sources._periods import (
    PeriodLabels,
    first_numbers,
    foreign_midnight,
    have_short_years,
    length_of_numbers,
    open_year,
    without_year,
)
from kpicli.text import safe

_MARKS: tuple[Mark, Mark] = (".", ",")
_OPEN = re.compile(r"(?<![0-9.,])[1-9][0-9]{0,2},[0-9]{3}(?![0-9.,])")
_SAY_MARK = "say which mark is the decimal one: --decimal . or --decimal ,"
_CHUNK = 4096
_LAST = 40  # lines at the end in which a total and notes are looked for
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])|(?i:(?<![^\W_])fy ?|')[0-9]{2}(?![0-9])")
_READINGS = (DateReading.DAY_FIRST, DateReading.MONTH_FIRST)


@cache
def _evidence(mark: Mark) -> re.Pattern[str]:
    """A number in which that can only be the decimal mark, since the other parts thousands."""
    decimal, group = (re.escape(each) for each in (mark, "," if mark == "." else "."))
    return re.compile(
        rf"\d{decimal}(?:\d\d?|\d{{4,}})(?![\d.,])"  # 12,5
        rf"|(?<![\d.,])(?:0|\d{{4,}}){decimal}\d{{3}}(?![\d.,])"  # 0,125
        rf"|{group}\d{{3}}{decimal}\d"  # 1.234,567
        rf"|(?<![\d.,])\d{{1,3}}{group}\d{{3}}{group}\d{{3}}(?![\d.,])"  # 1.234.567
        rf"|\d[ \u00a0\u202f\u2009'’]\d{{3}}{decimal}\d"  # noqa: RUF001 - 1 234,567
    )


class ColumnMarks:
    """What the numbers of one column say of its decimal mark, chunk by chunk.

    `open` is a number that settles nothing: a comma and three digits, `3,125`.
    """

    def __init__(self) -> None:
        self._examples: dict[Mark, str] = {}
        self.open = ""

    def look_at(self, cells: Iterable[str]) -> None:
        """Take in more cells."""
        text = "\n".join(cells)
        if "." not in text and "," not in text:
            return
        match = _OPEN.search(text) if not self.open else None
        self.open = match[0] if match else self.open
        for mark in _MARKS:
            if mark not in self._examples and (match := _evidence(mark).search(text)):
                start, end = text.rfind("\n", 0, match.start()), text.find("\n", match.end())
                self._examples[mark] = text[start + 1 : end if end >= 0 else None]

    @property
    def found(self) -> Mark | None:
        """The mark; nothing where no number says it, or more than one is said."""
        return next(iter(self._examples)) if len(self._examples) == 1 else None

    def require_one(self, name: str, where: str) -> None:
        """Raise `NotationError` where one number says a point, and another a comma."""
        if len(self._examples) > 1:
            point, comma = (safe(self._examples[mark].strip()[:40]) for mark in _MARKS)
            message = f"column '{safe(name)}' has both '{point}' and '{comma}'"
            raise NotationError(message, where=where, hint=_SAY_MARK)


class Survey(NamedTuple):
    """The mapping of a table, and what holds for all of its rows.

    `marks` are the decimal marks by the places of the columns that have one.
    """

    mapping: ColumnMapping
    marks: Mapping[int, Mark]
    labels: PeriodLabels
    around: tuple[GridLine, ...]
    rows: int

    def body(self) -> Iterator[GridLine]:
        """The rows beneath the header, without what stands around them."""
        ignored = {line.first for line in self.around}
        for line in self.mapping.grid.lines():
            if line.first > self.mapping.header.first and line.first not in ignored:
                yield line


def survey(mapping: ColumnMapping, sight: Sight) -> Survey:
    """What holds for all rows; raises `KpiError` where two readings are left."""
    places = list(mapping.places)
    columns = [ColumnMarks() for _ in places]
    periods: set[str] = set()
    last: deque[GridLine] = deque(maxlen=_LAST)
    count, filled, first, headers = 0, set[int](), None, list[GridLine]()
    cells = _column if mapping.grid.is_ragged else _typed_by_people
    for lines in _chunks(mapping):
        first = first or lines[0]
        count += len(lines)
        last.extend(lines)
        headers += (line for line in lines if line.cells == mapping.header.cells)
        for place, column in zip(places, columns, strict=True):
            column.look_at(cells(lines, place))
            if place not in filled and any(map(str.strip, _column(lines, place))):
                filled.add(place)
        for place in mapping.period:
            periods.update(map(str.strip, _column(lines, place)))
    if mapping.layout is Layout.ACROSS:
        periods = {mapping.name(place) for place in filled}
    labels = _settled_labels(periods, mapping, sight, first)
    marks = _marks(mapping, sight, columns)
    around = (*headers, *lines_around(mapping, (first, list(last)), labels, sight, marks))
    names = [mapping.name(place) for place in mapping.places if mapping.layout is not Layout.ACROSS]
    names += [label.name for label in mapping.row_labels.values()]
    own = [name for name in names if not kpi_of(name, sight.definitions)]
    header = GridLine(mapping.header.first, mapping.header.last, own)
    require_no_size((*mapping.above, header, *around), mapping, sight)
    require_no_multiplier(first, mapping)
    require_actuals(mapping, sight)
    return Survey(mapping, marks, labels, around, count)


def _chunks(mapping: ColumnMapping) -> Iterator[list[GridLine]]:
    lines = (line for line in mapping.grid.lines() if line.first > mapping.header.first)
    while chunk := list(islice(lines, _CHUNK)):
        yield chunk


def _column(lines: Sequence[GridLine], place: int) -> list[str]:
    return [line.cells[place] if place < len(line.cells) else "" for line in lines]


def _typed_by_people(lines: Sequence[GridLine], place: int) -> list[str]:
    """The cells of a column that no machine wrote."""
    return ["" if isinstance(cell, Typed) else cell for cell in _column(lines, place)]


def _marks(mapping: ColumnMapping, sight: Sight, columns: Sequence[ColumnMarks]) -> dict[int, Mark]:
    """The mark of each column: its own, else the only one that the others of its table have."""
    places = list(mapping.places)
    is_comma = mapping.grid.settings.get("delimiter", ",") == ","
    if mapping.is_own and is_comma and not sight.source.decimal:
        return dict.fromkeys(places, ".")
    if decimal := sight.source.decimal:
        return dict.fromkeys(places, decimal.value)
    for place, column in zip(places, columns, strict=True):
        column.require_one(mapping.name(place), mapping.grid.shown)
    known = {column.found for column in columns} - {None}
    common = known.pop() if len(known) == 1 else None
    marks = {place: each.found or common for place, each in zip(places, columns, strict=True)}
    is_open = mapping.grid.delimiter == ";" and not sight.definitions.reading_mark
    for place, column in zip(places, columns, strict=True):
        if is_open and column.open and not marks[place]:
            readings = f"{column.open.replace(',', '.')} or {column.open.replace(',', '')}"
            message = f"'{column.open}' between semicolons is {readings}"
            raise NotationError(message, where=mapping.grid.shown, hint=_SAY_MARK)
    return {place: mark for place, mark in marks.items() if mark}


def _settled_labels(
    texts: set[str], mapping: ColumnMapping, sight: Sight, row: GridLine | None
) -> PeriodLabels:
    """How the periods of a table are read; raises `NotationError` where two readings are left."""
    name = "" if mapping.has_halves or not mapping.period else mapping.name(mapping.period[0])
    labels = PeriodLabels(
        sight.labels.clock,
        _first(texts, mapping, sight),
        are_short_years=have_short_years(texts),
        calendar=sight.definitions.calendar,
        length=length_of_numbers(name, texts, mapping.grid.shown),
    )
    is_said = not date_words(sight.source.dates or "").isdisjoint(_READINGS)
    if not is_said and (text := open_year(texts, sight.labels.clock)):
        message = f"'{safe(text)}' is {labels[text]}, or begins with its year"
        hint = "say which: --dates day-first or month-first, or write years of four digits"
        raise NotationError(message, where=mapping.grid.shown, hint=hint)
    if text := foreign_midnight(texts, labels):
        message = f"'{safe(text)}' is {labels[text]} here, and {text[:10]} by its own clock"
        hint = "leave the times out, or say whose clock it is: TZ=UTC kpi import …"
        raise NotationError(message, where=mapping.grid.shown, hint=hint)
    _require_years(texts, labels, mapping, row)
    return labels


def _first(texts: set[str], mapping: ColumnMapping, sight: Sight) -> DateReading | None:
    """Whether `01/02/2026` begins with its day or its month."""
    words = date_words(sight.source.dates or "")
    for reading in _READINGS:
        if reading in words:
            return reading
    is_day, is_month, open_date = first_numbers(texts)
    if is_day != is_month or not open_date:
        return DateReading.DAY_FIRST if is_day else DateReading.MONTH_FIRST if is_month else None
    readings = [PeriodLabels(sight.labels.clock, reading)[open_date] for reading in _READINGS]
    message = f"'{safe(open_date)}' is {readings[0]} or {readings[1]}"
    hint = "say which: --dates day-first or --dates month-first"
    raise NotationError(message, where=mapping.grid.shown, hint=hint)


def _require_years(
    texts: set[str], labels: PeriodLabels, mapping: ColumnMapping, row: GridLine | None
) -> None:
    """Raise for months without a year where the table names another one than the latest."""
    bare = without_year(texts, labels)
    if not bare or mapping.has_halves:
        return
    title = " ".join(cell for line in mapping.above for cell in line.cells)
    places = () if mapping.layout is Layout.ACROSS else (*mapping.period, *mapping.places)
    names = " ".join(map(mapping.name, places))
    grid = mapping.grid
    said = set(_YEAR.findall(f"{title} {names} {grid.shown} {grid.sheet}"))
    used = {*mapping.period, *mapping.places}
    cells = [cell.strip() for at, cell in enumerate(row.cells if row else ()) if at not in used]
    said.update(filter(_YEAR.fullmatch, cells))
    dated = {labels[text] for text in texts.difference(bare) if labels.are_of(text)}
    said |= {label[:4] for label in dated if not label.startswith(FISCAL)}
    latest = {labels[text][:4] for text in bare}
    notes = " ".join(text for text in texts.difference(bare) if not labels.are_of(text))
    said.update(year for year in _YEAR.findall(notes) if year < min(latest))
    if (said and said != latest) or len(latest) > 1:
        years = sorted(said | latest)
        message = f"'{safe(bare[0])}' does not say its year: {' or '.join(years)}?"
        hint = f"write the year behind it, as in {safe(bare[0])} {max(latest)}"
        raise NotationError(message, where=mapping.grid.place(mapping.header), hint=hint)
