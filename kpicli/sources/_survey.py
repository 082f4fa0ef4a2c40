"""All of a table looked at once: decimal marks, the order of its dates, what stands below it."""

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice

from kpicli.errors import NotationError
from kpicli.model.build.rare_tables import date_words
from kpicli.model.number import Mark
from kpicli.model.period import FISCAL
from kpicli.model.source import DateReading, Layout
from kpicli.model.unit import size_exponents
from kpicli.noun import NamedTuple
from kpicli.sources._footer import lines_around
from kpicli.sources._grid import ColumnMapping, GridLine, Typed
from kpicli.sources._header import Sight, kpi_of
from kpicli.sources._periods import PeriodLabels, first_numbers, have_short_years, without_year
from kpicli.text import safe

_MARKS: tuple[Mark, Mark] = (".", ",")
_CHUNK = 4096
_LAST = 40
"""Lines at the end in which a total and notes are looked for."""
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])|(?i:(?<![^\W_])fy ?|')[0-9]{2}(?![0-9])")
_SIZE = re.compile(
    r"(?P<sure>(?:(?<![^\W_])(?:in|i|en|kr|NOK|SEK|DKK|EUR|USD) ?[$€£]? ?1?[ .,]?|[$€£'(] ?)"
    r"000s?(?![0-9.,])"
    r"|[$€£(]1[ .,]?000(?:s(?![^\W_])| ?(?:\)|kr|[$€£]|[A-Z]{3}))"  # not `over $1,000`
    r"|\ben miles\b|(?<![^\W_])[TtKkM](?:EUR|NOK|SEK|DKK|USD|GBP|CHF|kr|[€$£])(?![^\W_]))"
    r"|(?:(?<=[(\[$€£])|(?<=[$€£] )|(?<=\b[IEie]n )|(?<=\b[Ii] )|(?<=\b[A-Z]{3} )|(?<=\bkr ))"
    r"[^\W\d_]{3,}"
    r"|(?<![^\W_])[^\W\d_]{3,}(?=\.? ?(?:(?:of|de|av|af) |d['’])?"  # noqa: RUF001
    r"(?:kr|[$€£]|[Ee]uro|NOK|SEK|DKK|EUR|USD|GBP|CHF))"
    r"|(?:^|(?<=[,:–-] ))[^\W\d_]{3,}(?=\W*$)"  # noqa: RUF001 - a dash
)
"""What says that numbers are in thousands, for sure or where the word is one of a language."""
_AMOUNT = re.compile(r"[^A-Za-z]*[1-9][^A-Za-z]*")
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
    """What the numbers of one column say of its decimal mark, chunk by chunk."""

    def __init__(self) -> None:
        self._examples: dict[Mark, str] = {}

    def look_at(self, cells: Iterable[str]) -> None:
        """Take in more cells."""
        text = "\n".join(cells)
        if "." not in text and "," not in text:
            return
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
            raise NotationError(
                f"column '{safe(name)}' has both '{point}' and '{comma}'",
                where=where,
                hint="say which mark is the decimal one: --decimal . or --decimal ,",
            )


def _settled_mark(columns: Sequence[ColumnMarks], index: int) -> Mark | None:
    """The mark of a column: its own, else the only one that the others of its table have."""
    marks = {column.found for column in columns} - {None}
    return columns[index].found or (marks.pop() if len(marks) == 1 else None)


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
    labels = _settled_labels(periods, mapping, sight)
    marks = _marks(mapping, sight, columns)
    around = (*headers, *lines_around(mapping, (first, list(last)), labels, sight, marks))
    names = [mapping.name(place) for place in mapping.places if mapping.layout is not Layout.ACROSS]
    own = [name for name in names if not kpi_of(name, sight.definitions)]
    header = GridLine(mapping.header.first, mapping.header.last, own)
    _require_no_size((*mapping.above, header, *around), mapping, sight)
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
    places = list(mapping.places)
    is_comma = mapping.grid.settings.get("delimiter", ",") == ","
    if mapping.is_own and is_comma and not sight.source.decimal:
        return dict.fromkeys(places, ".")
    if decimal := sight.source.decimal:
        return dict.fromkeys(places, decimal.value)
    for place, column in zip(places, columns, strict=True):
        column.require_one(mapping.name(place), mapping.grid.shown)
    marks = {place: _settled_mark(columns, index) for index, place in enumerate(places)}
    return {place: mark for place, mark in marks.items() if mark}


def _settled_labels(texts: set[str], mapping: ColumnMapping, sight: Sight) -> PeriodLabels:
    """How the periods of a table are read; raises `NotationError` where two readings are left."""
    first = _first(texts, mapping, sight)
    calendar, is_short = sight.definitions.calendar, have_short_years(texts)
    labels = PeriodLabels(sight.labels.clock, first, are_short_years=is_short, calendar=calendar)
    _require_years(texts, labels, mapping)
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
    raise NotationError(
        f"'{safe(open_date)}' is {readings[0]} or {readings[1]}",
        where=mapping.grid.shown,
        hint="say which: --dates day-first or --dates month-first",
    )


def _require_years(texts: set[str], labels: PeriodLabels, mapping: ColumnMapping) -> None:
    """Raise for months without a year where the table names another one than the latest."""
    bare = without_year(texts, labels)
    if not bare or mapping.has_halves:
        return
    title = " ".join(cell for line in mapping.above for cell in line.cells)
    places = () if mapping.layout is Layout.ACROSS else (*mapping.period, *mapping.places)
    names = " ".join(map(mapping.name, places))
    sheet = mapping.grid.settings.get("sheet", "")
    said = set(_YEAR.findall(f"{title} {names} {mapping.grid.shown} {sheet}"))
    dated = {labels[text] for text in texts.difference(bare) if labels.are_of(text)}
    said |= {label[:4] for label in dated if not label.startswith(FISCAL)}
    latest = {labels[text][:4] for text in bare}
    if (said and said != latest) or len(latest) > 1:
        years = sorted(said | latest)
        raise NotationError(
            f"'{safe(bare[0])}' does not say its year: {' or '.join(years)}?",
            where=mapping.grid.place(mapping.header),
            hint=f"write the year behind it, as in {safe(bare[0])} {max(latest)}",
        )


def _require_no_size(lines: Sequence[GridLine], mapping: ColumnMapping, sight: Sight) -> None:
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
            raise NotationError(
                f"'{safe(text[:60])}' says that its numbers are in '{safe(size)}'",
                where=mapping.grid.place(line),
                hint=f"write all their digits; if they are right as they stand, {way}",
            )
