"""The periods of a KPI that damage hides: those that are known, or all that are not sound."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

from kpicli.model.period import Period

if TYPE_CHECKING:
    from kpicli.model.log_issue import LogIssue


class DamagedPeriods(Mapping[Period, "LogIssue"]):
    """The periods that damage hides where it may hide any: all but those that are `sound`.

    Only those of which something is known: listed.
    """

    def __init__(
        self, known: Mapping[Period, "LogIssue"], everywhere: "LogIssue", sound: AbstractSet[Period]
    ) -> None:
        self.known, self.everywhere, self.sound = known, everywhere, sound

    def __getitem__(self, period: Period) -> "LogIssue":
        if period in self.sound:
            raise KeyError(period)
        return self.known.get(period, self.everywhere)

    def __iter__(self) -> Iterator[Period]:
        return iter(self.known)

    def __len__(self) -> int:
        return len(self.known)

    def __bool__(self) -> bool:
        """There is always one."""
        return True
