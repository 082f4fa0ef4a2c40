"""What is wrong with the log: a value that names one line of it, never an exception."""

from dataclasses import dataclass
from typing import NamedTuple

from kpicli.model.schema_types import Word


class Kind(Word):
    """What kind of flaw."""

    DAMAGED = "damaged"
    CONFLICT = "conflict"
    TORN = "torn"
    BYTE_ORDER_MARK = "byte_order_mark"
    DUPLICATE = "duplicate"
    UNSEALED = "unsealed"
    FUTURE = "future"
    LONG_AGO = "long_ago"
    UNKNOWN_KPI = "unknown_kpi"
    PERIOD = "period"
    NO_UNION_MERGE = "no_union_merge"
    UNREAD = "unread"
    MISSING = "missing"

    @property
    def is_warning(self) -> bool:
        """Whether the log is sound with it: a write may be under way, a mark is passed over."""
        return self in {Kind.TORN, Kind.BYTE_ORDER_MARK}


@dataclass(frozen=True, slots=True)
class Flaw:
    """One flaw: its line, 0 for the whole of a file, the record's KPI and period if they are known.

    `message` says what is wrong, `hint` what to do.
    """

    kind: Kind
    file: str
    line: int
    message: str
    hint: str = ""
    kpi: str = ""
    period: str = ""


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
