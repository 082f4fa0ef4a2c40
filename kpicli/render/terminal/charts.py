"""A plot on a terminal: its chart in the characters that it has, a colour a role."""

from collections.abc import Iterator

from kpicli.render.canvas import Canvas, encodable_text
from kpicli.render.chart.frame import CHART_CHARACTERS, chart_lines
from kpicli.render.terminal.ink import Line, Run, paragraph
from kpicli.text import clipped
from kpicli.views.parts.plot import Plot, Role

_LOWEST, _HIGHEST = 8, 14
_SLOPE = 6  # columns a row: a chart is drawn higher where it is drawn wider
_STYLES = {
    Role.ACTUAL: "bold",
    **dict.fromkeys((Role.TARGET, Role.TOLERANCE), "magenta"),
    **dict.fromkeys((Role.MEAN, Role.LIMITS), "dim"),
    **dict.fromkeys((Role.FORECAST, Role.LIKELY, Role.POSSIBLE), "bright_blue"),
}
"""Legible on black and on white alike, as terminals have them where nobody chose others."""


def chart_ink(plot: Plot, canvas: Canvas, room: int) -> Iterator[Line]:
    """Its heading and the lines of its chart; nothing where there is too little room for one."""
    height = min(max(canvas.width // _SLOPE, _LOWEST), _HIGHEST)
    is_ascii = not canvas.carries(CHART_CHARACTERS)
    lines = chart_lines(_carried(plot, canvas), canvas.width, height, is_ascii=is_ascii)
    if lines and plot.heading:
        yield from paragraph(encodable_text(clipped(plot.heading), canvas), "bold", room)
    for line in lines:
        yield [Run(text, _STYLES[role] if role else "") for text, role in line]


def _carried(plot: Plot, canvas: Canvas) -> Plot:
    """The plot with its texts in what the encoding can carry."""
    return plot._replace(
        labels=tuple(encodable_text(clipped(label), canvas) for label in plot.labels),
        ticks=tuple(
            tick._replace(text=encodable_text(clipped(tick.text), canvas)) for tick in plot.ticks
        ),
    )
