"""A plot on a page: a drawing as wide as there is room for, its legend in words beneath."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from kpicli.render.chart.frame import MEASURED, label_positions
from kpicli.render.html.markup import tag, text
from kpicli.render.html.paths import PLACE, ScaledFrame, area_path, dots_path, line_path
from kpicli.screen import width
from kpicli.text import clipped
from kpicli.views.parts.plot import EVENT, Band, Line, Plot, Role, Tick

_HEIGHT, _FINE = 180, 2  # pixels down the scale, and units in one; beneath it names stand
_BENEATH = 26
_NARROW, _WIDE = 34, 66  # characters beneath the drawing on a phone, and where there is room
_LONGEST = 16  # characters of a tick; the style sheet has room for so many at its side
_WITH_POINTS = {Role.ACTUAL}  # lines of which the points are seen


def figure(plot: Plot, id: str, table: str | None) -> str:
    """The drawing, what it shows in words, and the way to the table that says the same."""
    if not plot.labels:
        return ""
    title, roles = text(clipped(plot.heading)), _roles(plot)
    gutter = max((width(_tick(tick.text)) for tick in plot.ticks), default=1)
    drawing = tag(
        "svg",
        tag("title", title, id=f"{id}t"),
        tag("desc", text(_description(plot, roles)), id=f"{id}d"),
        *_scale(plot),
        _stretchable(plot),
        _place_names(plot.labels, plot.measured_count),
        class_=f"chart g{min(gutter, _LONGEST)}",
        height=str(_HEIGHT + _BENEATH),
        role="img",
        aria_labelledby=f"{id}t",
        aria_describedby=f"{id}d",
        aria_details=table,
    )
    heading = tag("p", title, class_="above") if plot.heading else ""
    link = tag("li", tag("a", "These numbers as a table", href=f"#{table}")) if table else ""
    legend = tag("ul", *_legend(plot, roles), link, class_="legend")
    return tag("figure", heading, drawing, tag("figcaption", legend))


def _description(plot: Plot, roles: Sequence[Role]) -> str:
    """Which places, which of them are expected, and what is shown of each."""
    expected, count = "", plot.measured_count
    if 0 < count < len(plot.labels):
        expected = f"; what comes after {clipped(plot.labels[count - 1])} is expected"
    span = f"{clipped(plot.labels[0])} to {clipped(plot.labels[-1])}"
    shown = f"{span}{expected}. Shown: {', '.join(role.word for role in roles)}."
    events = "; ".join(clipped(f"{event.when} {event.text}") for event in plot.events)
    return f"{shown} Events: {events}." if events else shown


def _roles(plot: Plot) -> list[Role]:
    """What has a value somewhere."""
    values = [(line.role, line.values) for line in plot.lines]
    values += [(band.role, band.lows) for band in plot.bands]
    roles = {role for role, numbers in values if any(number is not None for number in numbers)}
    return [role for role in Role if role in roles]


def _tick(label: str) -> str:
    safe_label = clipped(label)
    return safe_label if len(safe_label) <= _LONGEST else f"{safe_label[: _LONGEST - 1]}…"


def _frame(plot: Plot) -> ScaledFrame:
    return ScaledFrame(len(plot.labels), plot.low, plot.high, _FINE * _HEIGHT)


def _scale(plot: Plot) -> Iterator[str]:
    """What the height of each tick is called, beside it."""
    for tick in _ticks(plot):
        y = f"{_frame(plot).y(tick.at) / _FINE:.0f}"
        yield tag("text", text(_tick(tick.text)), class_="tick", y=y)


def _ticks(plot: Plot) -> list[Tick]:
    return [tick for tick in plot.ticks if plot.low <= tick.at <= plot.high]


def _stretchable(plot: Plot) -> str:
    """All that is drawn over the places: across it is stretched, downwards it is not."""
    frame = _frame(plot)
    return tag(
        "svg",
        *_paths(plot, frame),
        viewBox=f"0 0 {frame.width} {frame.height}",
        preserveAspectRatio="none",
        width="100%",
        height=str(_HEIGHT),
    )


def _paths(plot: Plot, frame: ScaledFrame) -> Iterator[str]:
    heights = (f"{frame.y(tick.at):.0f}" for tick in _ticks(plot))
    yield _path("rule", "".join(f"M0 {y}H{frame.width}" for y in heights))
    for part in plot.in_drawing_order():
        yield from _line(part, frame) if isinstance(part, Line) else [_band(part, frame)]
    if 0 < plot.measured_count < frame.places:
        yield _path("now", f"M{plot.measured_count * PLACE} 0V{frame.height}")
    for event in plot.events:
        middle = event.place * PLACE + PLACE // 2
        title = tag("title", text(clipped(f"{event.when} {event.text}")))
        yield tag("path", title, class_=EVENT, d=f"M{middle} 0V{frame.height}")


def _line(line: Line, frame: ScaledFrame) -> Iterator[str]:
    runs = frame.levels(line.values) if line.is_stepped else frame.middles(line.values)
    yield _path(line.role.value, line_path(runs))
    if line.role in _WITH_POINTS:
        yield _path(f"{line.role.value} dot", dots_path(runs))


def _band(band: Band, frame: ScaledFrame) -> str:
    runs = frame.levels if band.is_stepped else frame.middles
    return _path(f"{band.role.value} area", area_path(runs(band.lows), runs(band.highs)))


def _path(kind: str, data: str) -> str:
    return f'<path class="{kind}" d="{data}"/>' if data else ""


@lru_cache
def _place_names(labels: tuple[str, ...], measured_count: int) -> str:
    """The names of as many places as there is room for; most charts of a page have the same."""
    return "".join(_places([clipped(label) for label in labels], measured_count))


def _places(labels: Sequence[str], measured_count: int) -> Iterator[str]:
    """Fewer of them on a phone."""
    few, many = (_label_places(labels, measured_count, columns) for columns in (_NARROW, _WIDE))
    for place in sorted(few | many):
        kind = "place" + ("" if place in few else " wide") + ("" if place in many else " narrow")
        middle = (place + 0.5) / len(labels)
        half = width(labels[place]) / 2 / _NARROW
        anchor = "start" if middle < half else "end" if middle > 1 - half else None
        x = {None: f"{middle:.2%}", "start": "0", "end": "100%"}[anchor]
        name = text(labels[place])
        yield tag("text", name, class_=kind, x=x, y=str(_HEIGHT + 19), text_anchor=anchor)


def _label_places(labels: Sequence[str], measured_count: int, columns: int) -> set[int]:
    """The places that are named where so many characters stand beside each other."""
    places = len(labels)
    middles = [(2 * place + 1) * columns // (2 * places) for place in range(places)]
    return set(label_positions(labels, middles, measured_count, 0, columns))


def _legend(plot: Plot, roles: Sequence[Role]) -> Iterator[str]:
    """What is seen, in words; the style sheet draws before each word what it looks like."""
    yield from (tag("li", role.word, class_=role.value) for role in roles)
    if 0 < plot.measured_count < len(plot.labels):
        yield tag("li", MEASURED, class_="now")
    if plot.events:
        yield tag("li", EVENT, class_=EVENT)
