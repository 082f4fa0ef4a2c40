"""A plot as lines of text: frame, scale, labels and legend around what is drawn of it."""

from collections.abc import Iterator, Sequence

from kpicli.render.chart.dots import ASCII, BRAILLE, ChartLine, DotGrid, TextRun
from kpicli.render.chart.strokes import PlotArea, paint
from kpicli.screen import pad
from kpicli.screen import width as columns_of
from kpicli.views.parts.plot import EVENT, Plot, Role

_STRIDES = (1, 2, 3, 4, 6, 12, 24, 48, 96)  # places between two names; months go into them
_GAP = 2  # columns between two names
CHART_CHARACTERS = "⣿●○·▒░│┤└─┬┊▲"  # what an encoding must have, or a chart is drawn in ASCII
_NARROWEST = 30  # columns with less of which there is no chart
_NARROWEST_GRID = 16  # columns that are left beside the scale, or there is no chart
_ENOUGH, _ENOUGH_FOR_A_PLACE = 24, 10  # columns for any chart, and for each of many places
_APART = "   "
MEASURED = "measured until here"


def label_positions(
    labels: Sequence[str], middles: Sequence[int], measured_count: int, margin: int, columns: int
) -> dict[int, int]:
    """The places that are named, and in which column each name starts.

    Names stand around the middles of their places, which are columns of the grid; `margin` is what
    stands to the left of that, and `columns` how wide it is. The first and the last place have a
    name before any other, then the last measured one.
    """
    starts: dict[int, int] = {}
    for place in _by_importance(labels, middles, measured_count):
        size = columns_of(labels[place])
        start = margin + middles[place] - size // 2
        start = min(max(start, 0), margin + columns - size)
        if start >= 0 and all(
            start >= taken + columns_of(labels[at]) + _GAP or taken >= start + size + _GAP
            for at, taken in starts.items()
        ):
            starts[place] = start
    return starts


def _by_importance(labels: Sequence[str], middles: Sequence[int], measured_count: int) -> list[int]:
    last = len(labels) - 1
    room = max(map(columns_of, labels)) + _GAP
    strides = [stride for stride in _STRIDES if stride * (middles[-1] + 1) >= room * len(labels)]
    stride = (strides or [last + 1])[0]
    return [0, last, min(max(measured_count - 1, 0), last), *range(0, last, stride)]


def chart_lines(
    plot: Plot, width: int, height: int, *, is_ascii: bool = False
) -> tuple[ChartLine, ...]:
    """The lines of a chart no wider than `width` columns, `height` of them for what is plotted.

    Texts of the plot are safe already. Nothing where there is too little room, or no place at all.
    """
    scale = max((columns_of(tick.text) for tick in plot.ticks), default=0)
    columns = min(width - scale - 2, max(_ENOUGH_FOR_A_PLACE * len(plot.labels), _ENOUGH))
    if width < _NARROWEST or columns < _NARROWEST_GRID or not plot.labels:
        return ()
    grid = DotGrid(columns, height, ASCII if is_ascii else BRAILLE)
    area = PlotArea(len(plot.labels), plot.low, plot.high, grid)
    paint(plot, area)
    return (
        *_frame_lines(plot, area, scale),
        *_label_lines(plot, area, scale),
        *_legend_lines(plot, grid, width),
    )


def _frame_lines(plot: Plot, area: PlotArea, scale: int) -> Iterator[ChartLine]:
    """The rows, each with what its height is called."""
    pen = area.grid.pen
    ticks = {
        area.height(tick.at) // pen.down: tick.text
        for tick in plot.ticks
        if plot.low <= tick.at <= plot.high
    }
    for row in range(area.grid.rows):
        side = pen.upright_tick if row in ticks else pen.upright
        yield (
            TextRun(f"{pad(ticks.get(row, ''), scale, right=True)} {side}"),
            *area.grid.line(row),
        )


def _label_lines(plot: Plot, area: PlotArea, scale: int) -> Iterator[ChartLine]:
    """The line beneath, and as many names of places as there is room for."""
    grid, pen = area.grid, area.grid.pen
    middles = [area.middle(place) // pen.across for place in range(area.places)]
    labels = label_positions(plot.labels, middles, plot.measured_count, scale + 2, grid.columns)
    ticks = {middles[place] for place in labels}
    events = {middles[event.place] for event in plot.events}
    axis = "".join(
        pen.event if column in events else pen.level_tick if column in ticks else pen.level
        for column in range(grid.columns)
    )
    yield (TextRun(f"{' ' * scale} {pen.corner}{axis}"),)
    text = ""
    for place, start in sorted(labels.items()):
        text = pad(text, start) + plot.labels[place]
    yield (TextRun(text),)


def _legend_lines(plot: Plot, grid: DotGrid, width: int) -> Iterator[ChartLine]:
    """What each role that is seen looks like, in words, in as many lines as that takes."""
    roles = grid.roles()
    entries = [
        (TextRun(grid.pen.samples[role], role), TextRun(f" {role.word}"))
        for role in Role
        if role in roles
    ]
    if 0 < plot.measured_count < len(plot.labels):
        entries.append((TextRun(grid.pen.rule), TextRun(f" {MEASURED}")))
    if plot.events:
        entries.append((TextRun(grid.pen.event), TextRun(f" {EVENT}")))
    line: ChartLine = ()
    for entry in entries:
        longer = (*line, TextRun(_APART), *entry) if line else entry
        if line and sum(columns_of(run.text) for run in longer) > width:
            yield line
            longer = entry
        line = longer
    if line:
        yield line
