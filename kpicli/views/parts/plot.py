"""A chart before any format draws it: lines and bands over periods, on a scale with ticks."""

from kpicli.model.schema_types import Word
from kpicli.noun import NamedTuple

Values = tuple[float | None, ...]  # one a place of a plot; `None` where there is nothing to draw


class Role(Word):
    """What a line or a band of a plot stands for."""

    ACTUAL = "actual"
    TARGET = "target"
    TOLERANCE = "tolerance"
    MEAN = "mean"
    LIMITS = "limits"
    FORECAST = "forecast"
    LIKELY = "likely"
    POSSIBLE = "possible"

    @property
    def word(self) -> str:
        """As a legend says it."""
        return _WORDS.get(self, self.value)


_WORDS = {
    Role.TOLERANCE: "still at risk",
    Role.MEAN: "average",
    Role.LIMITS: "natural limits",
    Role.LIKELY: "80% of outcomes",
    Role.POSSIBLE: "95% of outcomes",
}


class Line(NamedTuple):
    """A value a place; a stepped one holds its value for the whole of each period."""

    role: Role
    values: Values
    is_stepped: bool = False


class Band(NamedTuple):
    """What lies between two edges at each place, which has both or neither.

    A stepped one keeps its edges for the whole of each period.
    """

    role: Role
    lows: Values
    highs: Values
    is_stepped: bool = False


class Tick(NamedTuple):
    """A height on the scale, and how it is written there."""

    at: float
    text: str


class PlotEvent(NamedTuple):
    """What happened at a place of a plot, and on which day or in which period."""

    place: int
    when: str
    text: str


EVENT = "event"  # as a legend says it


class Plot(NamedTuple):
    """A chart: `labels` name its places, oldest first; whatever is drawn lies in low to high.

    The first `measured_count` places have been measured, those after it are expected; a forecast
    joins them where it is given the last actual as well. It shows nothing that a table of the view
    does not say too, so that formats may leave it out.
    """

    heading: str
    labels: tuple[str, ...]
    measured_count: int
    low: float
    high: float
    ticks: tuple[Tick, ...]
    lines: tuple[Line, ...] = ()
    bands: tuple[Band, ...] = ()
    events: tuple[PlotEvent, ...] = ()

    def in_drawing_order(self) -> list[Band | Line]:
        """The least important first, as what is drawn later lies on top."""
        return sorted((*self.bands, *self.lines), key=lambda part: _ORDER.index(part.role))


_ORDER = (
    *(Role.TOLERANCE, Role.POSSIBLE, Role.LIKELY, Role.LIMITS),
    *(Role.MEAN, Role.FORECAST, Role.TARGET, Role.ACTUAL),
)
