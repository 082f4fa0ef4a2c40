"""The six things that can be said of an actual beside its target."""

from enum import StrEnum


class Status(StrEnum):
    """A status: its machine name, and the mark and word that people see."""

    ON_TARGET = "on_target"
    AT_RISK = "at_risk"
    OFF_TARGET = "off_target"
    TOO_EARLY = "too_early"
    NO_TARGET = "no_target"
    NO_DATA = "no_data"

    __hash__ = str.__hash__  # that of Enum is written in Python, and takes longer

    @property
    def mark(self) -> str:
        """🟢 🟡 🔴, and ⚪ where nothing is judged."""
        return _MARKS.get(self, "⚪")

    @property
    def word(self) -> str:
        """What people read, `on target`."""
        return self.replace("_", " ")

    @property
    def urgency(self) -> int:
        """0 for the worst, so that it sorts first."""
        return _WORST_FIRST.index(self)


_MARKS = {Status.ON_TARGET: "🟢", Status.AT_RISK: "🟡", Status.OFF_TARGET: "🔴"}
_WORST_FIRST = (
    *(Status.OFF_TARGET, Status.AT_RISK),
    *(Status.NO_DATA, Status.NO_TARGET, Status.TOO_EARLY),
    Status.ON_TARGET,
)
