"""A table on a page: rows beneath their headings, or paragraphs where it is a list."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from kpicli.noun import NamedTuple
from kpicli.render.html.cells import are_texts, column_texts, css_class, markup
from kpicli.render.html.markup import tag, text
from kpicli.screen import width
from kpicli.text import plural
from kpicli.views.parts.cells import Cell, Change
from kpicli.views.parts.view import Row, Table

_ROOMS = {"stacked": 45, "early": 66, "soon": 97, "tight": 104}
"""Characters that stand beside each other on a phone, half a window, a tablet and a desk.

More are set one under the other, or at a desk broken.
"""
_GAP = 1.5
_WHOLE, _WHOLE_NUMBER = 16, 24  # characters of a column of words or numbers that is never broken
_NO_BREAK = "\u00a0"
_DEEPEST = 6  # steps that a row is set in, at most: a supporting KPI of a supporting KPI …


class TableContext(NamedTuple):
    """Where on the page: the id of a table, what stands above it, and the level of headings there.

    `links` lead from a text to the part of the page that it heads.
    """

    id: str | None
    caption: str
    level: int
    links: Mapping[str, str]


def table_markup(table: Table, context: TableContext, *, is_folded: bool) -> str:
    """All that people read of it; folded away it can still be searched and opened.

    Where there is too little room the rows are stacked; those that are folded, as there may be many
    of them, are moved sideways instead.
    """
    if table.is_list:
        content = _list(table, context)
    else:
        content = _Grid(table, context, is_folded=is_folded).markup()
    if not is_folded:
        return content
    name = table.name.replace("_", " ").capitalize()
    summary = tag("summary", f"{text(name)} · {plural(len(table.rows), 'row')}")
    if not table.is_list:
        label = f"{name}, {context.caption}"
        content = tag(
            "div", content, class_="scroll", role="region", tabindex="0", aria_label=label
        )
    return tag("details", summary, content)


class _Grid:
    """A table in columns: those that people read, with the texts of their cells."""

    def __init__(self, table: Table, context: TableContext, *, is_folded: bool) -> None:
        self.table, self.context, self.is_folded = table, context, is_folded
        positions = table.for_people()
        self.columns = [table.columns[at] for at in positions]
        self.cells = [[row.cells[at] for row in table.rows] for at in positions]
        self.texts = [*map(column_texts, self.cells)]

    def markup(self) -> str:
        """With all that the style sheet needs to stack the rows where they are too wide."""
        least, kinds = self._kinds()
        too_wide = [kind for kind, room in _ROOMS.items() if least > room and not self.is_folded]
        heads = (tag("th", text(column.heading), scope="col") for column in self.columns)
        return tag(
            "table",
            tag("caption", text(self.context.caption or self.table.name)),
            tag("thead", tag("tr", *heads)),
            "\n",
            *self._bodies(is_stacked=bool(too_wide)),
            id=self.context.id,
            class_=" ".join([*too_wide, *kinds]) or None,
        )

    def _kinds(self) -> tuple[float, list[str]]:
        """The room that it takes, and how each column is set: to the right, or never broken."""
        least, kinds = _GAP * len(self.columns), []
        for number, (column, texts) in enumerate(zip(self.columns, self.texts, strict=True), 1):
            distinct = {column.heading, *texts}
            widest = max(map(len if "".join(distinct).isascii() else width, distinct))
            is_whole = widest <= (_WHOLE_NUMBER if column.is_number else _WHOLE)
            if column.is_number and not is_whole:
                texts[:] = map(_joined, texts)
                distinct = {*texts}
            least += widest if is_whole else _longest_word(distinct)
            kinds += ([f"r{number}"] if column.is_number else []) + [f"w{number}"] * is_whole
        return least, kinds

    def _bodies(self, *, is_stacked: bool) -> Iterator[str]:
        """The rows of each section beneath its name."""
        if not self.table.rows:
            return
        columns = [self._heads(self.cells[0], self.texts[0])]
        others = zip(self.columns[1:], self.cells[1:], self.texts[1:], strict=True)
        for column, cells, texts in others:
            columns.append(self._cells(cells, texts, column.heading if is_stacked else None))
        lines = [f"<tr>{''.join(cells)}</tr>\n" for cells in zip(*columns, strict=True)]
        pairs = zip(self.table.rows, lines, strict=True)
        for name, rows in groupby(pairs, key=lambda pair: pair[0].section):
            span = str(len(self.columns))
            head = tag("th", text(name), scope="rowgroup", colspan=span, class_="section")
            first = tag("tr", head) + "\n" if name else ""
            yield f"<tbody>\n{first}{''.join([line for _, line in rows])}</tbody>\n"

    def _heads(self, cells: Sequence[Cell], texts: Sequence[str]) -> list[str]:
        """Those of all rows; in most tables they are texts alone, as are the cells of a column."""
        is_deep = any(row.depth for row in self.table.rows)
        if not is_deep and are_texts(cells) and self.context.links.keys().isdisjoint(texts):
            return [f'<th scope="row">{text(content)}</th>' for content in texts]
        return list(map(self._head, self.table.rows, cells, texts))

    def _head(self, row: Row, cell: Cell, content: str) -> str:
        target = self.context.links.get(content)
        inner = markup(cell, content)
        linked = tag("a", inner, href=f"#{target}") if target else inner
        set_in = f"d{min(row.depth, _DEEPEST)}" if row.depth else None
        return f'<th scope="row"{_class(set_in or css_class(cell))}>{linked}</th>'

    def _cells(self, cells: Sequence[Cell], texts: Sequence[str], label: str | None) -> list[str]:
        """Those of a column; in most there are texts alone."""
        if label is None and are_texts(cells):
            return [f"<td>{text(content)}</td>" for content in texts]
        return [self._cell(*pair, label) for pair in zip(cells, texts, strict=True)]

    def _cell(self, cell: Cell, content: str, label: str | None) -> str:
        """What it is called stands with it where rows are stacked, unless it is empty."""
        news = "" if self.is_folded else _news(cell)
        name = f' data-label="{text(label)}"' if label is not None and content else ""
        return f"<td{_class(css_class(cell))}{name}>{markup(cell, content)}{news}</td>"


def _joined(number: str) -> str:
    """A number that is kept with its unit, in a column that is broken for a few texts."""
    return number.replace(" ", _NO_BREAK) if width(number) <= _WHOLE else number


def _class(kind: str | None) -> str:
    """The attribute of one of the few kinds that cells are of."""
    return f' class="{kind}"' if kind else ""


def _news(cell: Cell) -> str:
    """Good or bad news in words, which else only colour and weight tell."""
    if not isinstance(cell, Change) or cell.is_favourable is None:
        return ""
    return _NEWS[cell.is_favourable]


_NEWS = [tag("span", word, class_="unseen") for word in (" unfavourable", " favourable")]


def _longest_word(texts: Iterable[str]) -> int:
    return max((width(word) for text in texts for word in text.split(" ")), default=0)


def _list(table: Table, context: TableContext) -> str:
    """Each row an article: its brief cells above, its sentences beneath."""
    columns = table.for_people()
    parts = []
    for name, rows in table.sections():
        level = context.level
        if name:
            parts.append(tag(f"h{level}", text(name)))
            level += 1
        parts += [_item(table, row, columns, f"h{level}") for row in rows]
    return tag("div", "\n", *(f"{part}\n" for part in parts), id=context.id, class_="list")


def _item(table: Table, row: Row, columns: list[int], heading: str) -> str:
    brief = [row.cells[at] for at in columns if table.columns[at].is_brief]
    rest = [row.cells[at] for at in columns if not table.columns[at].is_brief]
    head = " · ".join(filter(None, map(markup, brief)))
    body = (tag("p", markup(cell), class_=css_class(cell)) for cell in rest if cell is not None)
    return tag("article", tag(heading, head), *body)
