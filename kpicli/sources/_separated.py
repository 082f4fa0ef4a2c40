"""Cells between delimiters (RFC 4180), cut in each way that a text may mean."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from io import StringIO
from itertools import pairwise

from kpicli.errors import KpiError, NotationError
from kpicli.model.source import Source
from kpicli.sources._encoding import USUAL, decoded
from kpicli.sources._grid import MOST_COLUMNS, Grid, GridLine
from kpicli.text import safe

BAR, ALIGNED = "|", "  "
NAMES = {",": "commas", ";": "semicolons", "\t": "tabs", BAR: "bars"}
"""What usually stands between two cells."""
_KEPT = re.compile(r'\A="(.*)"\Z', re.DOTALL)
_DRAWN = str.maketrans("│┃║─━═", "|||---") | dict.fromkeys(
    map(ord, "┌┬┐├┼┤└┴┘╭╮╰╯╞╪╡┏┳┓┡╇┩╔╦╗╠╬╣╚╩╝"), "+"
)
_IS_DRAWN = re.compile("^ *[─━═│┃║┌╭├┏╔]", re.MULTILINE)  # a line around cells, not one in a note
_RULE = frozenset("-+=: ")
_APART, _RULED = re.compile(r"\S {2,}\S"), re.compile(" *[-=]{2,}(?: +[-=]{2,})+")
_MOST_ALIGNED = 4 * 2**20  # characters, of a table that a person can see the columns of
_HEAD = 65_536
_PART = 1 << 20
_LONGEST_ROW = 4 * 2**20  # characters, more than all columns of a spreadsheet hold


def grids(content: bytes, shown: str, usual: str, source: Source) -> list[Grid]:
    """The table by the delimiter that is named, else by each that stands in its first lines."""
    text, encoding = decoded(content, shown, source.encoding)
    settings = {} if encoding == USUAL else {"encoding": encoding}
    if _IS_DRAWN.search(text[:_HEAD]):
        text = text.translate(_DRAWN)
    if delimiter := source.delimiter:
        return [_grid(text, shown, delimiter, settings | {"delimiter": delimiter})]
    head = text[:_HEAD]
    order = [usual, *(mark for mark in NAMES if mark != usual)]
    marks = [mark for mark in order if mark in head] or [usual]
    cut = [
        _grid(text, shown, mark, settings | ({"delimiter": mark} if mark != usual else {}))
        for mark in marks
    ]
    lines = partial(aligned_lines, text, shown)
    is_aligned = _APART.search(head) and len(text) <= _MOST_ALIGNED
    remarks = ("columns of spaces",)
    return [*cut, Grid(shown, lines, settings, remarks, ALIGNED)] if is_aligned else cut


def aligned_lines(text: str, shown: str) -> Iterator[GridLine]:
    """The rows of columns that stand apart by two spaces in all of them, or beneath a rule."""
    rows = [(number, line.expandtabs().rstrip()) for number, line in enumerate(text.split("\n"), 1)]
    drawn = {number: line for number, line in rows if _APART.search(line)}
    first, shapes = min(drawn, default=0), drawn.values()
    rule = next((line for _, line in rows if _RULED.fullmatch(line)), "")
    width = max(map(len, shapes), default=0)
    filled = {at for line in shapes for at, sign in enumerate(line) if not sign.isspace()}
    shape = rule or "".join("x" if at in filled else " " for at in range(width))
    starts = [match.end() for match in re.finditer("^ *| +" if rule else "^ *|  +", shape)]
    for number, line in rows:
        ends = pairwise([*starts, max(len(line), width)])
        cells = [line[start:end].strip() for start, end in ends]
        cuts = [start for start in starts if line[max(start - 1, 0) : start].strip()]
        if number > first and any(line[start : start + 1].isdigit() for start in cuts):
            hint = "save it as CSV, with a comma or a tab between cells"
            message = f"'{safe(line.strip()[:40])}' keeps to no columns"
            raise NotationError(message, where=f"{shown}:{number}", hint=hint)
        cells = [line.strip()] if cuts else cells  # a title, say
        if any(cells) and not _is_rule(cells, ALIGNED):
            yield GridLine(number, number, cells)


def _grid(text: str, shown: str, delimiter: str, settings: dict[str, str]) -> Grid:
    encoding = settings.get("encoding", "")
    remarks = [
        NAMES.get(delimiter, f"'{delimiter}' between cells") if "delimiter" in settings else "",
        encoding.title() if encoding.startswith("windows") else encoding.upper(),
    ]
    return Grid(
        shown,
        lambda: read_lines(text, shown, delimiter),
        settings,
        tuple(filter(None, remarks)),
        delimiter,
    )


def read_lines(text: str, shown: str, delimiter: str) -> Iterator[GridLine]:
    r"""The rows that are not blank; `\n`, `\r\n` and `\r` end a line, and nothing else does.

    Raises `NotationError` with the place, after which nothing can be read.
    """
    size = _RowSize()
    lines = _lines(text)
    if '"' in text or len(text) > _LONGEST_ROW:
        lines = size.counted(lines, shown)
    apart = rf'(?m){re.escape(delimiter)} "[^"]*"[ \r]*(?:{re.escape(delimiter)}|$)'  # `"a", "b"`
    is_apart = re.search(apart, text[:_HEAD]) is not None
    reader = csv.reader(lines, delimiter=delimiter, strict=True, skipinitialspace=is_apart)
    is_kept = '="' in text  # as text, by a spreadsheet: `="480"`
    before = 0
    try:
        for cells in reader:
            size.characters = 0
            first, before = before + 1, reader.line_num
            if is_kept:
                cells[:] = (_KEPT.sub(r"\1", cell) for cell in cells)
            if any(map(str.strip, cells)) and not _is_rule(cells, delimiter):
                if len(cells) > MOST_COLUMNS:
                    raise _too_wide(f"{shown}:{first}")
                yield GridLine(first, before, cells)
    except csv.Error as error:
        raise _broken(error, shown, before + 1, reader.line_num) from None


def _is_rule(cells: Sequence[str], delimiter: str) -> bool:
    """Whether it is the line beneath the names, as Markdown and databases draw it."""
    if not _RULE.issuperset(cells[0]):
        return False
    is_drawn = delimiter == BAR or (len(cells) > 1 and min(map(len, cells)) > 2)
    return is_drawn and set().union(*cells) <= _RULE


def _lines(text: str) -> Iterator[str]:
    """The lines with their ends, of so much text at a time that its copy takes no memory."""
    start = 0
    while start < len(text):
        end = text.find("\n", start + _PART) + 1 or len(text)
        yield from StringIO(text[start:end], newline="")
        start = end


class _RowSize:
    """How much of a row has been read, so that none fills the memory."""

    def __init__(self) -> None:
        self.characters = 0

    def counted(self, lines: Iterable[str], shown: str) -> Iterator[str]:
        for number, line in enumerate(lines, 1):
            self.characters += len(line)
            if self.characters > _LONGEST_ROW:
                message = f"a row is longer than {_LONGEST_ROW:,} characters"
                hint = "is it a table, with a quote that is closed?"
                raise NotationError(message, where=f"{shown}:{number}", hint=hint)
            yield line


def _too_wide(where: str) -> KpiError:
    message = f"more than {MOST_COLUMNS:,} columns"
    return NotationError(message, where=where, hint="no spreadsheet has as many")


def _broken(error: csv.Error, shown: str, first: int, last: int) -> NotationError:
    """What is wrong with a row; one that goes over several lines has a quote too few."""
    where, hint = f"{shown}:{first}", 'a quote inside a quoted cell is written ""'
    message = str(error)
    if last > first or message == "unexpected end of data":
        return NotationError("quote never closed", where=where, hint=hint)
    if "larger" in message:
        most = f"{csv.field_size_limit():,}"
        return NotationError(f"a cell is longer than {most} characters", where=where)
    return NotationError("text after a closing quote", where=where, hint=hint)
