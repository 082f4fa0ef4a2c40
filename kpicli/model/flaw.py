"""What is wrong with the log: a value that names one line of it, never an exception."""

from dataclasses import dataclass

from kpicli.model.word import Word


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
