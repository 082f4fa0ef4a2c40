"""The decimal mark of a column, where a number of it leaves only one."""

import re
from collections.abc import Iterable, Sequence
from functools import cache

from kpicli.errors import NotationError
from kpicli.model.number import Mark
from kpicli.text import safe

MARKS: tuple[Mark, Mark] = (".", ",")


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
        for mark in MARKS:
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
            point, comma = (safe(self._examples[mark].strip()[:40]) for mark in MARKS)
            raise NotationError(
                f"column '{safe(name)}' has both '{point}' and '{comma}'",
                where=where,
                hint="say which mark is the decimal one: --decimal . or --decimal ,",
            )


def settled(columns: Sequence[ColumnMarks], index: int) -> Mark | None:
    """The mark of a column: its own, else the only one that the others of its table have."""
    marks = {column.found for column in columns} - {None}
    return columns[index].found or (marks.pop() if len(marks) == 1 else None)
