"""How a table is laid out on a terminal: the form and the columns that there is room for."""

from collections.abc import Iterator, Sequence
from functools import cached_property

from kpicli.noun import NamedTuple
from kpicli.render.canvas import Canvas, encodable_text
from kpicli.render.terminal.cells import cell_lines, longest_word, visible_text
from kpicli.screen import width
from kpicli.views.parts.cells import Change, Prose, Remarked, Spark, Verdict, cell_and_remark
from kpicli.views.parts.view import Row, Table

GAP = 2  # columns between two columns
INDENT = 2  # columns by which a row stands further in than the one that it supports
_NAMES_WHOLE = 5  # columns of a higher rank go before names are broken
_LEGIBLE, _MOST_LINES, _NAME_LINES = 24, 3, 2
"""Columns in which sentences read well, and the lines that they, and names, are broken into."""
_LEGIBLE_NAME = 32


_UNBROKEN = {Change, Remarked, Spark, Verdict}  # cells that are never broken between words


class TableLayout(NamedTuple):
    """The columns that are drawn, each with its width.

    Where it `is_stacked`, the first cell of a row has a line of its own above the others. Where it
    `is_tight`, remarks stand beneath their row, and so do the cells of the columns `beneath`.
    """

    widths: dict[int, int]
    is_stacked: bool = False
    is_tight: bool = False
    beneath: tuple[int, ...] = ()


class _Choice(NamedTuple):
    """Columns to be drawn, and how; see `TableLayout`."""

    columns: Sequence[int]
    is_tight: bool = False
    beneath: tuple[int, ...] = ()
    has_broken_names: bool = False


def layout(table: Table, canvas: Canvas) -> TableLayout | None:
    """The first that fits without a word or a number broken; nothing where none does.

    Columns beside each other, less and less of them; then names broken between words, or on lines
    of their own, whichever takes fewer lines, or as few with more columns.
    """
    sizes = _Sizes(table, canvas)
    beside = sizes.layout_of(sizes.columns)
    if beside and sizes.has_whole_names(beside):
        return beside
    forms = (beside or sizes.broken_layout(sizes.columns), sizes.stacked_layout())
    return min(filter(None, forms), key=sizes.loss, default=None)


def indent_of(row: Row) -> int:
    """How far in it stands."""
    return INDENT * row.depth


class _Sizes:
    """How wide the columns of a table are at most, and at least."""

    def __init__(self, table: Table, canvas: Canvas) -> None:
        self.table, self.canvas = table, canvas
        self.columns = table.for_people(has_extras=True)
        self.first = self.columns[0]
        self.texts = {at: list(self._texts(at)) for at in self.columns}
        self.full = {at: max(map(_columns_of, texts)) for at, texts in self.texts.items()}

    @cached_property
    def tight(self) -> dict[int, int]:
        """With the remarks beneath."""
        return {at: max(map(_columns_of, self.tight_texts[at])) for at in self.columns}

    @cached_property
    def tight_texts(self) -> dict[int, list[tuple[int, str]]]:
        """Each cell of a column with its indent and without its remark, the heading first."""
        return {at: list(self._tight_texts(at)) for at in self.columns}

    @cached_property
    def cells(self) -> dict[int, set[type]]:
        return {at: {type(row.cells[at]) for row in self.table.rows} for at in self.columns}

    def _texts(self, at: int) -> Iterator[tuple[int, str]]:
        yield 0, encodable_text(self.table.columns[at].heading, self.canvas)
        for row in self.table.rows:
            yield (
                indent_of(row) if at == self.first else 0,
                visible_text(row.cells[at], self.canvas),
            )

    def _tight_texts(self, at: int) -> Iterator[tuple[int, str]]:
        heading, *texts = self.texts[at]
        yield heading
        for row, (indent, text) in zip(self.table.rows, texts, strict=True):
            cell, _ = cell_and_remark(row.cells[at])
            yield indent, text if cell is row.cells[at] else visible_text(cell, self.canvas)

    def most(self, at: int, choice: _Choice) -> int:
        """The width in which nothing is broken."""
        return (self.tight if choice.is_tight else self.full)[at]

    def least(self, at: int, choice: _Choice) -> int:
        """The width in which it still reads well."""
        most = self.most(at, choice)
        if Spark in self.cells[at]:
            return min(most, width(self.table.columns[at].heading))
        if Prose in self.cells[at]:
            return min(most, max(self._word(at), _LEGIBLE, -(-most // _MOST_LINES)))
        if choice.has_broken_names and at == self.first and self._is_text(at):
            return self._name_width
        return self._unbroken(at) if choice.is_tight else most

    def _unbroken(self, at: int) -> int:
        """The width of its cells; a heading may be broken between words."""
        (_, heading), *texts = self.tight_texts[at]
        return max([longest_word(heading), *map(_columns_of, texts)])

    @cached_property
    def _name_width(self) -> int:
        """The least in which no name takes more than two lines."""
        least = min(self.tight[self.first], max(self._word(self.first), _LEGIBLE_NAME))
        while any(
            len(cell_lines(text, least - indent)) > _NAME_LINES
            for indent, text in self.tight_texts[self.first]
        ):
            least += 1
        return least

    def _is_text(self, at: int) -> bool:
        is_whole = self.table.columns[at].is_number or self.cells[at] & _UNBROKEN
        return not is_whole

    def _word(self, at: int) -> int:
        """The columns of the longest word, with its indent."""
        return max(indent + longest_word(text) for indent, text in self.tight_texts[at])

    def layout_of(self, columns: Sequence[int]) -> TableLayout | None:
        """These columns beside each other, without those for which there is no room."""
        for choice in self._choices(columns) if columns else ():
            least = {at: self.least(at, choice) for at in choice.columns}
            if (spare := self.canvas.width - total(least)) >= 0:
                for at in sorted(choice.columns, key=lambda at: Spark not in self.cells[at]):
                    more = min(spare, self.most(at, choice) - least[at])
                    least[at] += more
                    spare -= more
                return TableLayout(least, is_tight=choice.is_tight, beneath=choice.beneath)
        return None

    def stacked_layout(self) -> TableLayout | None:
        """The first column above the others; beneath them, at last, all that may stand there."""
        rest = self.columns[1:]
        kept = tuple(at for at in rest if self.table.columns[at].is_kept)
        if beside := self.layout_of(rest):
            return beside._replace(is_stacked=True)
        fewer = [at for at in rest if at not in kept]
        form = self.layout_of(fewer) or self.broken_layout(fewer)
        return form and form._replace(is_stacked=True, beneath=kept)

    def _choices(self, columns: Sequence[int]) -> Iterator[_Choice]:
        """With all there is, then tighter and with less, by rank."""
        choice = _Choice(columns)
        yield choice
        choice = choice._replace(is_tight=True)
        yield choice
        ranks = {at: self.table.columns[at].rank for at in columns if self.table.columns[at].rank}
        for at in sorted(ranks, key=lambda at: -ranks[at]):
            if ranks[at] < _NAMES_WHOLE and not choice.has_broken_names:
                choice = choice._replace(has_broken_names=True)
                yield choice
            choice = self._without(choice, at)
            yield choice
        yield choice._replace(has_broken_names=True)

    def _without(self, choice: _Choice, at: int) -> _Choice:
        is_kept = self.table.columns[at].is_kept
        return choice._replace(
            columns=[column for column in choice.columns if column != at],
            beneath=(*choice.beneath, at) if is_kept else choice.beneath,
        )

    def broken_layout(self, columns: Sequence[int]) -> TableLayout | None:
        """Those that never go, their texts broken between words, the widest first."""
        if not columns:
            return None
        *_, choice = self._choices(columns)
        widths = {at: self.most(at, choice) for at in choice.columns}
        words = {at: self._word(at) if self._is_text(at) else self._unbroken(at) for at in widths}
        for _ in range(total(widths) - self.canvas.width):
            wide = [at for at in widths if widths[at] > words[at]]
            if not wide:
                return None
            widths[max(wide, key=lambda at: widths[at])] -= 1
        return TableLayout(widths, is_tight=True, beneath=choice.beneath)

    def has_whole_names(self, form: TableLayout) -> bool:
        """Whether each stands on one line."""
        return form.widths[self.first] >= self.tight[self.first]

    def loss(self, form: TableLayout) -> tuple[int, int]:
        """What is lost by it: lines, and where that is equal columns that go after names break."""
        ranks = [self.table.columns[at].rank for at in {self.first, *form.widths}]
        return self._extra_lines(form), -sum(rank < _NAMES_WHOLE for rank in ranks)

    def _extra_lines(self, form: TableLayout) -> int:
        """Lines that names and other broken texts take beyond one a row."""
        if form.is_stacked:
            rows = range(1, len(self.table.rows) + 1)
            return sum(self._name_lines(number, form) for number in rows)
        columns = [
            [len(cell_lines(text, room - indent)) for indent, text in self.tight_texts[at]][1:]
            for at, room in form.widths.items()
        ]
        return sum(max(lines) - 1 for lines in zip(*columns, strict=True))

    def _name_lines(self, number: int, form: TableLayout) -> int:
        """Lines above the cells of a row; none where the first of these leave room for the name."""
        indent, name = self.tight_texts[self.first][number]
        free = 0
        for at, room in form.widths.items():
            _, text = self.tight_texts[at][number]
            if text.strip():
                free += (room - width(text)) * self.table.columns[at].is_number
                break
            free += room + GAP
        lines = cell_lines(name, self.canvas.width - indent)
        return len(lines) - (indent + width(lines[-1]) + GAP <= free)


def _columns_of(text: tuple[int, str]) -> int:
    return text[0] + width(text[1])


def total(widths: dict[int, int]) -> int:
    """All columns with the gaps between them."""
    return sum(widths.values()) + GAP * (len(widths) - 1)
