"""What happened on a day or in a period, which may explain what moved then."""

from collections.abc import Iterator

from kpicli.model.period import Period
from kpicli.model.schema_types import Notation
from kpicli.noun import NamedTuple


class Event(NamedTuple):
    """Something that happened: when, and what."""

    period: Period
    text: str

    def touches(self, period: Period) -> bool:
        """Whether any day of it lies in a period."""
        return self.period.start < period.end and period.start < self.period.end


class _Events(NamedTuple):
    entries: tuple[Event, ...] = ()


class Events(Notation, _Events):
    """Events in the order of their days."""

    __slots__ = ()
    SHAPE = dict[Period, str]

    def within(self, period: Period) -> Iterator[Event]:
        """Those of which any day lies in a period."""
        return (event for event in self.entries if event.touches(period))


MOST_EVENT = 200  # characters of an event's text
