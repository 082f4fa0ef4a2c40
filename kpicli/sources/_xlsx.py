"""What python-calamine does not tell of an .xlsx: its reach, formats, formulas without a value."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from xml.etree import ElementTree as ET

from kpicli.errors import NotationError
from kpicli.sources._cell_text import BUILT_IN, Shown, shown
from kpicli.sources._zip import Archive

MOST_CELLS = 5_000_000  # between the first cell of a sheet and its last, filled or not
Formats = Mapping[int, Mapping[int, Shown | str]]  # by row and then by column, from 0
_MOST_PART = 16 * 2**20
_ROWS = re.compile(rb' r="[A-Z]+([0-9]{1,7})"')
_COLUMNS = re.compile(rb' r="([A-Z]{1,3})[0-9]')
"""References of cells; they begin with plain characters, which is what makes them fast."""
_REFERENCE = re.compile(rb'<(?:\w+:)?c [^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"')
_HIDDEN = re.compile(rb'<(?:\w+:)?row [^>]*\bhidden="(?:1|true)"[^>]*(?<!/)>')
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_UNCOMPUTED = (b"</f></c>", b"</f><v/></c>", b"</f><v></v></c>", b"</f><v /></c>")


class Xlsx:
    """The parts of a workbook that say more than its cells."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.sheets = dict(_sheets(archive))
        self.styles = dict(_styles(archive))

    def check(self, name: str) -> None:
        """Raise `NotationError` for a sheet that reaches further than memory does."""
        xml = self._xml(name)
        rows = max(map(int, set(_ROWS.findall(xml))), default=0)
        columns = max(map(_column, set(_COLUMNS.findall(xml))), default=0) + 1
        if rows * columns > MOST_CELLS:
            message = f"sheet '{name}' reaches over {rows:,} rows and {columns:,} columns"
            raise NotationError(message, hint="clear what is far from the table")

    def formulas_without_value(self, name: str) -> int:
        """How many formulas have no value, since no spreadsheet has computed them yet."""
        return sum(map(self._xml(name).count, _UNCOMPUTED))

    def hidden_rows(self, name: str) -> int:
        """How many rows with cells nobody sees, as where a filter hides them."""
        return len(_HIDDEN.findall(self._xml(name)))

    def formats(self, name: str) -> Formats:
        """The cells that are shown as a percentage, a month or a year."""
        if not self.styles:
            return {}
        xml, formats = self._xml(name), dict[int, dict[int, Shown | str]]()
        styles = b"|".join(b"%d" % style for style in self.styles)
        for match in re.finditer(rb' s="(' + styles + rb')"', xml):
            start = xml.rfind(b"<", 0, match.start())
            if cell := _REFERENCE.match(xml, start, xml.find(b">", start)):
                kind = self.styles[int(match[1])]
                formats.setdefault(int(cell[2]) - 1, {})[_column(cell[1])] = kind
        return formats

    def _xml(self, name: str) -> bytes:
        xml = self.archive.read(self.sheets.get(name, ""))
        return xml if b' r="' in xml else xml.replace(b"'", b'"')


@cache
def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _sheets(archive: Archive) -> Iterator[tuple[str, str]]:
    """Each sheet and the part that holds its cells."""
    targets = {
        each.get("Id"): each.get("Target", "")
        for each in _elements(archive, "xl/_rels/workbook.xml.rels", "Relationship")
    }
    for sheet in _elements(archive, "xl/workbook.xml", "sheet"):
        target = targets.get(sheet.get(_RELATION), "")
        yield sheet.get("name", ""), target[1:] if target[:1] == "/" else f"xl/{target}"


def _styles(archive: Archive) -> Iterator[tuple[int, Shown | str]]:
    """The styles of cells that show a number as more than a number."""
    part = "xl/styles.xml"
    codes = {
        **BUILT_IN,
        **{
            int(each.get("numFmtId", "0")): each.get("formatCode", "")
            for each in _elements(archive, part, "numFmt")
        },
    }
    for group in _elements(archive, part, "cellXfs"):
        for style, each in enumerate(group):
            if kind := shown(codes.get(int(each.get("numFmtId", "0")), "")):
                yield style, kind


def _elements(archive: Archive, part: str, tag: str) -> Iterator[ET.Element]:
    """The elements of a name, whichever namespace they are in."""
    content = archive.read(part)
    if len(content) > _MOST_PART or b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise NotationError(f"is not a readable workbook ({part})")
    try:
        root = ET.fromstring(content) if content else None  # noqa: S314 - no entities
        for element in root.iter() if root is not None else ():
            if element.tag.rpartition("}")[2] == tag:
                yield element
    except (ET.ParseError, ValueError):
        raise NotationError(f"is not a readable workbook ({part})") from None
