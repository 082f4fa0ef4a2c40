"""A cell on a page: its words, what they look like, and the small drawings among them."""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

from kpicli.render.canvas import Canvas, arrow, readable_text
from kpicli.render.html.markup import tag, text
from kpicli.render.html.paths import ScaledFrame, dots_path, line_path
from kpicli.text import clipped
from kpicli.views.parts.cells import Bar, Cell, Change, Claim, Excerpt, Spark, Verdict, cell_text

_PAGE = Canvas()  # a page carries every character, and what it shows does not depend on where
_SPARK_HEIGHT = 64  # units down, four of them a pixel
_DRAWING_WIDTH = 12
_MOST_AROUND = 200  # characters of a line of a file that are shown on each side of what is meant


def markup(cell: Cell, content: str | None = None) -> str:
    """What stands in an element of its own; `content` is its `plain_text` where that is known."""
    drawing = _DRAWINGS.get(type(cell))
    if drawing:
        return drawing(cell)
    return text(readable_words(cell) if content is None else content)


def readable_words(cell: Cell) -> str:
    """The words of it; a row of dots stands for a drawing, which is as wide."""
    return _WORDS.get(type(cell), cell_text)(cell)


def column_texts(cells: Iterable[Cell]) -> list[str]:
    """Those of many cells."""
    return ["" if cell is None else _WORDS.get(type(cell), cell_text)(cell) for cell in cells]


def css_class(cell: Cell) -> str | None:
    """The class of what it is: a status, good news or bad."""
    kind = _KINDS.get(type(cell))
    return kind(cell) if kind else None


def are_texts(cells: Iterable[Cell]) -> bool:
    """Whether there is nothing among them that is more than its words."""
    return _KINDS.keys().isdisjoint(map(type, cells)) and Excerpt not in map(type, cells)


@lru_cache
def _marked_words(cell: Verdict | Claim) -> str:
    """Most verdicts of a page are one of a few."""
    return readable_text(cell, _PAGE)


def _news_class(cell: Change | Bar | Spark) -> str | None:
    if cell.is_favourable is None:
        return None
    return "good" if cell.is_favourable else "bad"


def _spark(spark: Spark) -> str:
    """A line of the values, a dot at the last, and the word of the move."""
    points = spark.points
    values = [value for value in points if value is not None]
    low, high = min(values, default=0.0), max(values, default=0.0)
    frame = ScaledFrame(max(len(points), 1), low, high, _SPARK_HEIGHT)
    runs = frame.middles(points)
    drawing = tag(
        "svg",
        f'<path d="{line_path(runs)}"/>',
        f'<path class="dot" d="{dots_path([run[-1:] for run in runs[-1:]])}"/>',
        class_="spark",
        viewBox=f"0 0 {frame.width} {_SPARK_HEIGHT}",
        preserveAspectRatio="none",
        aria_hidden="true",
    )
    move = " ".join(filter(None, (cell_text(spark), arrow(spark.move))))
    return tag("span", drawing if values else "", f" {text(move)}" if move else "", class_="move")


def _bar(bar: Bar) -> str:
    """As long as its share, to the left of the middle where it is below nothing."""
    share = 50 * float(bar.share)
    rect = f'<rect x="{50 + min(share, 0):.1f}" width="{abs(share):.1f}" height="10"/>'
    return tag(
        "svg",
        rect,
        '<path d="M50 0V10"/>',
        class_="bar",
        viewBox="0 0 100 10",
        preserveAspectRatio="none",
        aria_hidden="true",
    )


def _excerpt(cell: Excerpt) -> str:
    """The line with what is meant marked in it, cut far away from that."""
    before, marked, after = (clipped(part.expandtabs(1)) for part in cell.parts(_MOST_AROUND - 1))
    return tag("code", text(before), tag("mark", text(marked)), text(after))


_DRAWINGS: Mapping[type, Callable[[Any], str]] = {Spark: _spark, Bar: _bar, Excerpt: _excerpt}
_WORDS: Mapping[type, Callable[[Any], str]] = {
    Verdict: _marked_words,
    Claim: _marked_words,
    str: clipped,
    Spark: lambda spark: f"{'.' * _DRAWING_WIDTH} {cell_text(spark)}",
    Bar: lambda _bar: "." * _DRAWING_WIDTH,
}
_KINDS: Mapping[type, Callable[[Any], str | None]] = {
    Verdict: lambda verdict: str(verdict.status),
    Claim: lambda claim: None if claim.is_silent else "good" if claim.is_met else "bad",
    **dict.fromkeys((Change, Bar, Spark), _news_class),
}
"""A cell of another type is a text; to look a type up takes a tenth of the time of `isinstance`."""
