"""Where other actuals come from, one kind a file: bytes in, rows of text and faults out."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol, cast

from kpicli import plugins
from kpicli.errors import KpiError, ManyErrors, NotationError
from kpicli.model.number import Mark
from kpicli.model.period import read_period
from kpicli.model.record import MOST_BY, MOST_NOTE
from kpicli.sources._csv_reader import Line, first_line, read_sheet
from kpicli.text import did_you_mean, safe, unescaped, unguarded

COLUMNS = ("kpi", "period", "value", "note", "by", "at")
"""What an actual is given in, the first three always."""
_BY = COLUMNS.index("by")
NEEDED = COLUMNS[:3]

OWN = frozenset({"id", "name", "replaced_by", "replaces", "unit"})
"""Columns of kpi's own exports that say nothing new."""
_NAMED = f"the first line names the columns: {','.join(NEEDED)} or period and KPIs"


class Row(NamedTuple):
    """One actual as it was given; `line` counts from 1, a value of `None` takes the actual back.

    `mark` is the decimal mark where the source fixes it. `raw` is a line of JSON as it stands,
    without its end, and `is_sealed` says that it begins with an id, as a line of a log does.
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
    head: int = 0
    """The line of the header, where that names the KPI."""


class Source(Protocol):
    """The shape of a member of this board; `ENDINGS` are the file name endings that mean it."""

    @property
    def ENDINGS(self) -> tuple[str, ...]: ...  # noqa: D102, N802 - a constant of a module

    def looks_like(self, first: bytes) -> bool:
        """Whether a first line is one of its; exactly one source says so."""
        ...

    def read(
        self, content: bytes, shown: str, delimiter: str | None = None
    ) -> Iterator[Row | KpiError]:
        """Rows and faults as they come; `shown` names the file in a fault's place."""
        ...


def source(name: str) -> Source:
    """A member of the board; raises `KpiError` for a name that is not there."""
    return cast("Source", plugins.load_member("sources", name))


def chosen(path: str, content: bytes) -> str:
    """The name of the source for a file, by its ending, else by its first line."""
    names = plugins.names("sources")
    ending = path.rpartition(".")[2].lower()
    for name in names:
        if ending in source(name).ENDINGS:
            return name
    first = first_line(content)
    return next(name for name in names if source(name).looks_like(first))


def no_rows(shown: str) -> KpiError:
    """The fault of a file with nothing in it."""
    return KpiError("no rows", where=shown)


def check_length(note: str, by: str) -> None:
    """Raise `NotationError` for a note or a name longer than a record may have."""
    if len(note) > MOST_NOTE:
        raise NotationError(f"note is longer than {MOST_NOTE:,} characters", hint="shorten it")
    if len(by) > MOST_BY:
        raise NotationError(f"by is longer than {MOST_BY} characters", hint="shorten it")


def placed(error: KpiError, shown: str, line: int) -> KpiError:
    """The same fault with its place."""
    return KpiError(error.message, where=f"{shown}:{line}", hint=error.hint)


def separated(
    content: bytes, shown: str, usual: str, given: str | None
) -> Iterator[Row | KpiError]:
    """Rows of cells under a header, as spreadsheets write them, in long or in wide form.

    Long has one actual a row; wide has `period` and a column for each KPI, and nothing measured
    where a cell is empty. The delimiter is the usual one unless one is given.
    """
    has_rows = False
    try:
        sheet = read_sheet(content, shown, usual, given)
        if first := next(sheet, None):
            header = _header(first, shown, given or usual)
            for line in sheet:
                try:
                    for row in _actuals(line, header):
                        has_rows = True
                        yield row
                except NotationError as error:
                    has_rows = True
                    yield placed(error, shown, line.first)
        if not has_rows:
            yield no_rows(shown)
    except ManyErrors as faults:
        yield from faults.errors
    except NotationError as error:
        yield error


class _Header(NamedTuple):
    """What the columns are: those of `COLUMNS`, KPIs of the wide form, and without a name.

    Each is a place in a row; -1, an empty cell put behind the row, is for one that is not there.
    """

    least: int
    """Cells up to the last that has a name."""
    most: int
    places: list[int]
    ids: list[tuple[str, int]]
    unnamed: list[int]
    delimiter: str
    line: int
    is_own: bool
    """Whether kpi itself has written it: no other table says the unit in a column of its own."""

    @property
    def mark(self) -> Mark | None:
        """The decimal mark, where it is known."""
        return "." if self.is_own else None

    @property
    def has_by(self) -> bool:
        """Whether a column says who recorded it."""
        return self.places[_BY] >= 0


def _header(line: Line, shown: str, delimiter: str) -> _Header:
    """Raises `ManyErrors` with everything that is wrong with it."""
    names = [cell.strip().lower() for cell in line.cells]
    others = [(name, at) for at, name in enumerate(names) if name and name not in COLUMNS]
    is_wide = bool(others) and "period" in names and not {"kpi", "value"} & set(names)
    if faults := list(_header_faults([name for name in names if name], is_wide=is_wide)):
        raise ManyErrors([placed(fault, shown, line.first) for fault in faults])
    return _Header(
        max(at for at, name in enumerate(names) if name) + 1,
        len(names),
        [names.index(name) if name in names else -1 for name in COLUMNS],
        others if is_wide else [],
        [at for at, name in enumerate(names) if not name],
        delimiter,
        line.first,
        "unit" in names,
    )


def _header_faults(names: list[str], *, is_wide: bool) -> Iterator[KpiError]:
    if not set(names) & set(COLUMNS):
        yield KpiError("no header", hint=_NAMED)
        return
    for name in dict.fromkeys(names):
        if names.count(name) > 1:
            yield KpiError(f"column '{safe(name[:40])}' stands twice", hint="leave one out")
    if is_wide:
        return
    for name in names:
        if name not in COLUMNS and name not in OWN:
            hint = did_you_mean(name, COLUMNS) or f"one of: {', '.join(COLUMNS)}"
            yield KpiError(f"unknown column '{safe(name[:40])}'", hint=hint)
    for name in NEEDED:
        if name not in names:
            yield KpiError(f"no column '{name}'", hint=_NAMED)


def _check_cells(line: Line, header: _Header) -> None:
    """Raise `NotationError` for a row that is short or long, or that has swallowed others."""
    first, last, cells = line
    count = len(cells)
    if not header.least <= count <= header.most:
        many = f"a cell with a '{safe(header.delimiter)}' in it is written in quotes"
        hint = "leave a cell empty, not out" if count < header.least else many
        raise NotationError(f"{count} cells under a header of {header.least}", hint=hint)
    for at in header.unnamed:
        if at < count and (text := cells[at].strip()):
            raise NotationError(f"'{safe(text[:40])}' stands in a column without a name")
    if last > first and (row := _swallowed(cells, header)):
        raise NotationError(
            f"a quoted cell holds what may be a row: '{safe(row[:40])}'",
            hint="close the quote, or write the cell on one line",
        )


def _swallowed(cells: list[str], header: _Header) -> str:
    """A line inside a cell that has as many cells as a row, and a period where a row has it."""
    period = header.places[1]
    for cell in cells:
        for text in cell.splitlines():
            parts = text.split(header.delimiter)
            if header.least <= len(parts) <= header.most and _is_period(parts[period].strip()):
                return text
    return ""


def _is_period(text: str) -> bool:
    try:
        read_period(text)
    except NotationError:
        return False
    return True


def _actuals(line: Line, header: _Header) -> Sequence[Row]:
    first, last, cells = line
    if last > first or header.unnamed or len(cells) != header.most:
        _check_cells(line, header)
    cells.append("")
    kpi, period, value, note, by, at = [cells[place] for place in header.places]
    if note or by:
        if header.is_own:
            note, by = _typed(note), _typed(by)
        check_length(note, by)
    who, mark = by if header.has_by else None, header.mark
    period, at = period.strip(), at.strip()
    if not header.ids:
        return (Row(first, kpi.strip(), period, value.strip() or None, note, who, at, mark),)
    values = ((id, cells[place].strip()) for id, place in header.ids)
    return [
        Row(first, id, period, value, note, who, at, mark, head=header.line)
        for id, value in values
        if value
    ]


def _typed(cell: str) -> str:
    """What was typed, where kpi's own export made it safe for a spreadsheet."""
    return unguarded(unescaped(cell))
