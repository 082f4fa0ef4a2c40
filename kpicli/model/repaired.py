"""What a repair did to one file of the log."""

from typing import NamedTuple


class Repaired(NamedTuple):
    """What became of one file of the log, or with a dry run would become of it.

    `kept` counts records; `duplicates`, `markers`, `damaged` and `torn` the lines that went. The
    last line got its end where `is_ended`; `copy` names the original, where one was made.
    """

    shown: str
    kept: int = 0
    duplicates: int = 0
    markers: int = 0
    damaged: int = 0
    torn: int = 0
    has_mark: bool = False
    is_ended: bool = False
    copy: str = ""

    @property
    def is_changed(self) -> bool:
        """Whether anything was to be done."""
        gone = self.duplicates + self.markers + self.damaged + self.torn
        return gone > 0 or self.has_mark or self.is_ended
