"""Workbooks, .xlsx .xlsm .xls .ods: the one sheet with a table, its cells typed as they are."""

from collections.abc import Iterator, Mapping
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING

from kpicli.environment import install_command
from kpicli.errors import KpiError, NotationError
from kpicli.model.source import Source
from kpicli.sources._cell_text import text_of_cell
from kpicli.sources._grid import Grid, GridLine
from kpicli.sources._header import Sight
from kpicli.sources._ods import Ods
from kpicli.sources._rows import SourceTable, source_table
from kpicli.sources._xls import Xls
from kpicli.sources._xlsx import MOST_CELLS, Formats, Xlsx
from kpicli.sources._zip import Archive
from kpicli.text import did_you_mean, plural, safe

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

ENDINGS = ("xlsx", "xlsm", "xls", "ods")
WITHOUT = ("delimiter", "encoding")
_ZIP = b"PK\x03\x04"
_AS_CSV = "save the sheet as CSV UTF-8"
_MOST_SHEETS = 50
_DIGITS = 15  # digits that a spreadsheet keeps, and shows of 0.30000000000000004
_text = partial(text_of_cell, digits=_DIGITS)


def looks_like(first: bytes) -> bool:
    """Never by its first line: it is known by its first bytes."""
    del first
    return False


def read(content: bytes, shown: str, sight: Sight) -> SourceTable:
    """The actuals of the sheet that has a table; raises `KpiError` where none has, or two."""
    try:
        grids = list(_grids(content, shown, sight.source))
    except NotationError as error:
        raise KpiError(error.message, where=shown, hint=error.hint) from None
    if not grids:
        raise KpiError("no rows", where=shown)
    return source_table(grids, sight)


def _grids(content: bytes, shown: str, source: Source) -> Iterator[Grid]:
    archive = Archive(content) if content.startswith(_ZIP) else None
    if archive:
        archive.bound()
        if tables := [part for part in archive.parts if part.endswith((".csv", ".tsv", ".jsonl"))]:
            hint = f"unpack it: unzip {safe(shown)}"
            raise NotationError(f"is an archive, with {safe(tables[0][:40])} in it", hint=hint)
    book = _opened(content)
    metadata = book.sheets_metadata
    xlsx = Xlsx(archive) if archive and "xl/workbook.xml" in archive.parts else None
    ods = Ods(archive) if archive and "content.xml" in archive.parts else None
    visible = [sheet.name for sheet in metadata if str(sheet.visible).endswith(".Visible")]
    for name in _wanted(source.sheet, [sheet.name for sheet in metadata], visible):
        if xlsx:
            xlsx.check(name)
        sheet = _sheet(book, name)
        formats: Formats = {}
        if xlsx:
            formats = xlsx.formats(name)
        elif ods or not archive:
            formats = (ods or Xls(content)).formats(book.sheet_names.index(name))
        is_open = len(visible) > 1 or source.sheet is not None
        remarks = [f"sheet «{safe(name)}»"] if is_open else []
        if xlsx and (count := xlsx.formulas_without_value(name)):
            remarks.append(f"{count:,} formulas that were never computed")
        if xlsx and (count := xlsx.hidden_rows(name)):
            remarks.append(f"{plural(count, 'hidden row')} with the others")
        settings: Mapping[str, str] = {"sheet": name} if is_open else {}
        if sheet.total_height:
            lines = _Lines(sheet, formats)
            yield Grid(shown, lines, settings, tuple(remarks), sheet=name)


def _opened(content: bytes) -> "CalamineWorkbook":
    try:
        from python_calamine import CalamineError, CalamineWorkbook, PasswordError
    except ImportError:
        hint = f"{install_command('python-calamine')}, or {_AS_CSV}"
        raise NotationError("is a workbook, and nothing here reads workbooks", hint=hint) from None
    try:
        return CalamineWorkbook.from_filelike(BytesIO(content))
    except PasswordError:
        raise NotationError("has a password", hint="save it without") from None
    except (CalamineError, ValueError, OSError):
        raise NotationError("is not a readable workbook", hint=_AS_CSV) from None


def _sheet(book: "CalamineWorkbook", name: str) -> "CalamineSheet":
    from python_calamine import CalamineError

    try:
        return book.get_sheet_by_name(name)
    except (CalamineError, ValueError) as error:
        message = f"sheet '{safe(name)}' can't be read ({safe(str(error)[:80])})"
        raise NotationError(message, hint=_AS_CSV) from None


def _wanted(sheet: str | int | None, names: list[str], visible: list[str]) -> list[str]:
    """The sheet that is named or numbered from 1, else all that are not hidden."""
    if sheet is None:
        return visible[:_MOST_SHEETS]
    wanted = str(sheet)
    if wanted in names:
        return [wanted]
    if wanted.isdecimal() and 0 < int(wanted) <= len(names):
        return [names[int(wanted) - 1]]
    hint = did_you_mean(wanted, names) or f"there are {', '.join(map(safe, names[:8]))}"
    raise NotationError(f"no sheet is called '{safe(wanted[:40])}'", hint=hint)


class _Lines:
    """The lines of a sheet, which begin anew each time; its cells become text once."""

    def __init__(self, sheet: "CalamineSheet", formats: Formats) -> None:
        self.sheet, self.formats = sheet, formats
        self.lines: list[GridLine] | None = None

    def __call__(self) -> Iterator[GridLine]:
        if self.lines is None:
            self.lines = list(self._read())
        return iter(self.lines)

    def _read(self) -> Iterator[GridLine]:
        left = (self.sheet.start or (0, 0))[1]
        above = _merged_down(self.sheet, self.sheet.total_height)
        texts: dict[tuple[int, int], str] = {}
        for row, values in enumerate(self.sheet.iter_rows()):
            kinds = self.formats.get(row)
            if kinds:
                shown = map(kinds.get, range(left, left + len(values)))
                cells = list(map(_text, values, shown))
            else:
                cells = [each if type(each) is str else _text(each) for each in values]
            for index in range(len(cells)) if above else ():
                place = row, left + index
                if place in above:
                    cells[index] = texts.get(above[place], "")
                texts[place] = cells[index]
            if cells and (cells[0].strip() or any(map(str.strip, cells))):
                yield GridLine(row + 1, row + 1, cells)


def _merged_down(sheet: "CalamineSheet", height: int) -> dict[tuple[int, int], tuple[int, int]]:
    """The cells that a cell above them was merged with, each with that cell."""
    above: dict[tuple[int, int], tuple[int, int]] = {}
    for (first, column), (last, _) in sheet.merged_cell_ranges or ():
        for row in range(first + 1, min(last + 1, height)):
            if len(above) < MOST_CELLS:
                above[row, column] = first, column
    return above
