"""What python-calamine does not tell of an .ods: its percentages, and how far it reaches."""

import re
from typing import NamedTuple

from kpicli.errors import NotationError
from kpicli.sources._number_formats import Shown
from kpicli.sources._xlsx import MOST_CELLS, Formats
from kpicli.sources._zip import Archive

_TAG = re.compile(rb"<(/?)table:(table(?:-row|-cell)?|covered-table-cell)(?=[\s/>])([^>]*)>")
_TIMES = re.compile(rb'table:number-(?:rows|columns)-repeated="([0-9]+)"')
_VALUE = re.compile(rb'office:value-type="([a-z]+)"')
_MOST_FORMATS = 1_000_000


class _Cursor(NamedTuple):
    row: int = 0
    column: int = 0
    times: int = 1


class Ods:
    """The cells of each sheet by what they are."""

    def __init__(self, archive: Archive) -> None:
        self.sheets: list[dict[int, dict[int, Shown]]] = []
        self.marked = 0
        cells, at = 0, _Cursor()
        for match in _TAG.finditer(archive.read("content.xml")):
            is_end, tag, attributes = match.groups()
            times = int(found[1]) if (found := _TIMES.search(attributes)) else 1
            if tag == b"table" and not is_end:
                self.sheets.append({})
                at = _Cursor()
            elif tag == b"table-row":
                is_closed = is_end or attributes.endswith(b"/")
                row = at.row + at.times if is_end else at.row + (times if is_closed else 0)
                at = _Cursor(row, 0, 1 if is_closed else times)
            elif not is_end:
                value = _VALUE.search(attributes)
                cells += times * at.times if value else 0
                if cells > MOST_CELLS:
                    raise NotationError(f"has more than {MOST_CELLS:,} cells")
                if value and value[1] == b"percentage" and self.sheets:
                    self._mark(at, times)
                at = at._replace(column=at.column + times)

    def _mark(self, at: _Cursor, times: int) -> None:
        """Note a percentage, and those that it is repeated as."""
        sheet = self.sheets[-1]
        for row in range(at.row, at.row + at.times):
            for column in range(at.column, at.column + times):
                self.marked += 1
                if self.marked < _MOST_FORMATS:
                    sheet.setdefault(row, {})[column] = Shown.PERCENT

    def formats(self, index: int) -> Formats:
        """The cells of a sheet that are percentages."""
        return self.sheets[index] if index < len(self.sheets) else {}
