"""What python-calamine does not tell of an .ods: percentages, months, and how far it reaches."""

import re

from kpicli.errors import NotationError
from kpicli.noun import NamedTuple
from kpicli.sources._cell_text import Shown
from kpicli.sources._xlsx import MOST_CELLS, Formats
from kpicli.sources._zip import Archive

_TAG = re.compile(
    rb"<(/?)table:(table(?:-row|-cell|-column)?|covered-table-cell)(?=[\s/>])([^>]*)>"
)
_TIMES = re.compile(rb'table:number-(?:rows|columns)-repeated="([0-9]+)"')
_VALUE = re.compile(rb'office:value-type="([a-z]+)"')
_CURRENCY = re.compile(rb'office:currency="([A-Za-z]{3})"')
_OWN_STYLE = re.compile(rb'table:style-name="([^"]*)"')
_COLUMN_STYLE = re.compile(rb'table:default-cell-style-name="([^"]*)"')
_DATE_STYLE = re.compile(rb"<number:date-style\s([^>]*)>(.*?)</number:date-style>", re.DOTALL)
_CELL_STYLE = re.compile(rb"<style:style\s([^>]*)>")
_NAME, _DATA = (re.compile(rb'style:%sname="([^"]*)"' % kind) for kind in (b"", b"data-style-"))
_SMALLER = re.compile(rb"<number:(?:day|hours|minutes|seconds)\b")
_MOST_COLUMNS = 16_384
_MOST_FORMATS = 1_000_000


class _Cursor(NamedTuple):
    row: int = 0
    column: int = 0
    times: int = 1


class Ods:
    """The cells of each sheet by what they are."""

    def __init__(self, archive: Archive) -> None:
        self.sheets: list[dict[int, dict[int, Shown | str]]] = []
        self.marked = 0
        cells, at = 0, _Cursor()
        dates, columns = _date_styles(archive), list[bytes]()
        for match in _TAG.finditer(archive.read("content.xml")):
            is_end, tag, attributes = match.groups()
            times = int(found[1]) if (found := _TIMES.search(attributes)) else 1
            if tag == b"table" and not is_end:
                self.sheets.append({})
                at, columns = _Cursor(), []
            elif tag == b"table-column":
                style = _COLUMN_STYLE.search(attributes)
                columns += [style[1] if style else b""] * min(times, _MOST_COLUMNS - len(columns))
            elif tag == b"table-row":
                is_closed = is_end or attributes.endswith(b"/")
                row = at.row + at.times if is_end else at.row + (times if is_closed else 0)
                at = _Cursor(row, 0, 1 if is_closed else times)
            elif not is_end:
                value = _VALUE.search(attributes)
                cells += times * at.times if value else 0
                if cells > MOST_CELLS:
                    raise NotationError(f"has more than {MOST_CELLS:,} cells")
                if value and value[1] == b"percentage":
                    self._mark(at, times, Shown.PERCENT)
                elif value and (code := _CURRENCY.search(attributes)):
                    self._mark(at, times, code[1].decode())
                elif value and value[1] == b"date":
                    style = _OWN_STYLE.search(attributes)
                    name = style[1] if style else b"".join(columns[at.column : at.column + 1])
                    self._mark(at, times, dates.get(name))
                at = at._replace(column=at.column + times)

    def _mark(self, at: _Cursor, times: int, kind: Shown | str | None) -> None:
        """Note how a cell is shown, and those that it is repeated as."""
        if not kind or not self.sheets:
            return
        sheet = self.sheets[-1]
        for row in range(at.row, at.row + at.times):
            for column in range(at.column, at.column + times):
                self.marked += 1
                if self.marked < _MOST_FORMATS:
                    sheet.setdefault(row, {})[column] = kind

    def formats(self, index: int) -> Formats:
        """The cells of a sheet that are percentages, months or years."""
        return self.sheets[index] if index < len(self.sheets) else {}


def _date_styles(archive: Archive) -> dict[bytes, Shown]:
    """The styles of cells that show of a day its month or its year alone."""
    shown: dict[bytes, Shown] = {}
    content = archive.read("styles.xml") + archive.read("content.xml")
    for attributes, parts in _DATE_STYLE.findall(content):
        name = _NAME.search(attributes)
        if name and b"<number:year" in parts and not _SMALLER.search(parts):
            shown[name[1]] = Shown.MONTH if b"<number:month" in parts else Shown.YEAR
    styles: dict[bytes, Shown] = {}
    for attributes in _CELL_STYLE.findall(content):
        name, of = _NAME.search(attributes), _DATA.search(attributes)
        if name and of and of[1] in shown:
            styles[name[1]] = shown[of[1]]
    return styles
