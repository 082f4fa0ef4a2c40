"""What python-calamine does not tell of an .xls: which cells are shown as percentages or months."""

import struct
from collections.abc import Iterator

from kpicli.sources._cell_text import BUILT_IN, Shown, shown
from kpicli.sources._xlsx import Formats

_ENTRY = 128
_END_OF_CHAIN = 0xFFFFFFFC
_FORMAT, _XF, _BOUNDSHEET, _EOF = 0x041E, 0x00E0, 0x0085, 0x000A
_MULRK = 0x00BD
_CELLS = frozenset({0x0203, 0x027E, 0x0006})
"""A number, a short number and a formula: row, column and style come first."""


class Xls:
    """The styles of a workbook (BIFF8 in a compound file); a damaged one has none."""

    def __init__(self, content: bytes) -> None:
        try:
            self.stream = _workbook(content)
            self.styles, self.offsets = _globals(self.stream)
        except (struct.error, IndexError, ValueError):
            self.stream, self.styles, self.offsets = b"", {}, []

    def formats(self, index: int) -> Formats:
        """The cells of a sheet that are shown as a percentage, a month or a year."""
        if index >= len(self.offsets) or not self.styles:
            return {}
        formats: dict[int, dict[int, Shown | str]] = {}
        for row, column, style in _cells(self.stream, self.offsets[index]):
            if style in self.styles:
                formats.setdefault(row, {})[column] = self.styles[style]
        return formats


def _workbook(content: bytes) -> bytes:
    """The stream of the workbook, sector by sector."""
    size = 1 << struct.unpack_from("<H", content, 30)[0]

    def sector(number: int) -> bytes:
        return content[(number + 1) * size : (number + 2) * size]

    fat_sectors = [
        each for each in struct.unpack_from("<109I", content, 76) if each < _END_OF_CHAIN
    ]
    table = b"".join(map(sector, fat_sectors))
    fat = struct.unpack(f"<{len(table) // 4}I", table)

    def chain(start: int) -> bytes:
        sectors: list[bytes] = []
        while start < len(fat) and len(sectors) < len(fat):
            sectors.append(sector(start))
            start = fat[start]
        return b"".join(sectors)

    directory = chain(struct.unpack_from("<I", content, 48)[0])
    for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        length = struct.unpack_from("<H", directory, at + 64)[0]
        name = directory[at : at + max(length - 2, 0)].decode("utf-16-le", "replace")
        if name in {"Workbook", "Book"}:
            start, count = struct.unpack_from("<II", directory, at + 116)
            return chain(start)[:count]
    raise ValueError("no stream of a workbook")


def _records(stream: bytes, at: int = 0) -> Iterator[tuple[int, bytes]]:
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        if kind == _EOF:
            return
        at += 4 + length


def _globals(stream: bytes) -> tuple[dict[int, Shown | str], list[int]]:
    """The styles that show a number as more than a number, and where each sheet begins."""
    codes, styles, offsets = dict(BUILT_IN), list[int](), list[int]()
    for kind, record in _records(stream):
        if kind == _FORMAT:
            number, length, flags = struct.unpack_from("<HHB", record)
            text = record[5 : 5 + length * (1 + (flags & 1))]
            codes[number] = text.decode("utf-16-le" if flags & 1 else "latin-1")
        elif kind == _XF:
            styles.append(struct.unpack_from("<H", record, 2)[0])
        elif kind == _BOUNDSHEET:
            offsets.append(struct.unpack_from("<I", record)[0])
    kinds = {style: shown(codes.get(number, "")) for style, number in enumerate(styles)}
    return {style: kind for style, kind in kinds.items() if kind}, offsets


def _cells(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Row, column and style of each number of a sheet."""
    for kind, record in _records(stream, at):
        if kind in _CELLS and len(record) >= 6:
            yield struct.unpack_from("<HHH", record)
        elif kind == _MULRK and len(record) >= 6:
            row, first = struct.unpack_from("<HH", record)
            for index in range((len(record) - 6) // 6):
                yield row, first + index, struct.unpack_from("<H", record, 4 + index * 6)[0]
