"""Where the lines of a log stand: by KPI and first day of their period, and each last write."""

from array import array
from bisect import bisect_left
from collections.abc import Mapping
from datetime import date
from typing import TypeAlias

from kpicli.model.record import NOTE_ID
from kpicli.noun import NamedTuple

Numbers: TypeAlias = "array[int] | memoryview"
LARGEST = (1 << 32) - 1  # bytes of a log that is remembered, and its highest line
DAY = 32  # the bits of an entry that are the number of its line; those above are the day


class LastWrite(NamedTuple):
    """The last write of somebody: its instant, and the numbers of its lines."""

    at: str
    numbers: Numbers


class LineIndex(NamedTuple):
    """Where the lines stand in the first bytes of a log, and by which hash these are known.

    `bounds` are how many bytes stand in front of the first line, and up to the end of each, line
    ends not counted. An entry of `by_kpi` is the first day of a period, and the number of a line on
    it; they are in order. The `damaged` are the numbers of lines that have to be looked at whatever
    is wanted.
    """

    algorithm: str
    digest: bytes
    bounds: Numbers
    by_kpi: Mapping[str, Numbers]
    writes: Mapping[str, LastWrite]
    damaged: Numbers

    @property
    def size(self) -> int:
        """How many bytes of the log it knows; the last of them ends a line."""
        return self.bounds[-1] + self.last_line

    @property
    def last_line(self) -> int:
        """The number of the last line in them."""
        return len(self.bounds) - 1

    def span(self, number: int) -> tuple[int, int]:
        """Where a line begins and ends, its end not included."""
        return self.bounds[number - 1] + number - 1, self.bounds[number] + number - 1

    def within(self, first: Mapping[str, date]) -> tuple[list[int], dict[str, date]]:
        """The lines that begin on the `first` day of their KPI or later, and those damaged.

        Also the latest day of the others of each KPI that has any; see `Log.left_out`.
        """
        numbers, left_out = [*self.damaged], {}
        for kpi, entries in self.by_kpi.items():
            place = bisect_left(entries, first.get(kpi, date.max).toordinal() << DAY)
            if place and kpi != NOTE_ID:
                left_out[kpi] = date.fromordinal(entries[place - 1] >> DAY)
            numbers += [entry & LARGEST for entry in entries[place:]]
        return sorted(numbers), left_out

    def write_of(self, writer: str) -> list[int]:
        """The lines of the last write of somebody."""
        return sorted(self.writes[writer].numbers) if writer in self.writes else []


def empty_index(algorithm: str) -> LineIndex:
    """What is known of a log before it is read."""
    return LineIndex(algorithm, b"", array("I", [0]), {}, {}, array("I"))
