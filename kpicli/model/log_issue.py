"""What is wrong with the log: a value that names one line of it, never an exception."""

from kpicli.model.period import Period
from kpicli.model.schema_types import Word
from kpicli.noun import NamedTuple


class IssueKind(Word):
    """What kind of issue."""

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
    UNIT = "unit"
    SHARED_FILE = "shared_file"
    DISAGREEMENT = "disagreement"
    REMOTE = "remote"

    @property
    def is_damage(self) -> bool:
        """Whether the line was left out, and nobody knows what it said."""
        return self in {IssueKind.DAMAGED, IssueKind.CONFLICT}

    @property
    def is_warning(self) -> bool:
        """Whether the log is sound with it: a write may be under way, a mark is ignored."""
        return self in {IssueKind.TORN, IssueKind.BYTE_ORDER_MARK}


class LostRecord(NamedTuple):
    """What a damaged line may have been about; without a KPI, or a period, that may be any.

    `id` is there where all of it is proven; else `at` is no more than what the line still shows.
    """

    kpi: str = ""
    period: Period | None = None
    at: str = ""
    id: str = ""


class LogIssue(NamedTuple):
    """One issue of the log: its line, 0 for the whole of a file, and what to do about it.

    `kpi` and `period` are those of the record where it is one; `lost` are the records that a
    damaged line was.
    """

    kind: IssueKind
    file: str
    line: int
    message: str
    hint: str = ""
    kpi: str = ""
    period: str = ""
    lost: tuple[LostRecord, ...] = ()

    @property
    def place(self) -> str:
        """`kpis.jsonl:17`, or the file alone."""
        return f"{self.file}:{self.line}" if self.line else self.file

    @property
    def reason(self) -> str:
        """Why no record counts where it is: its message of a unit, or `damaged: kpis.jsonl:17`."""
        return self.message if self.kind is IssueKind.UNIT else f"damaged: {self.place}"

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


class FileRepair(NamedTuple):
    """What became of one file of the log, or with a dry run would become of it.

    `kept` counts records; `duplicates`, `markers`, `damaged` and `torn` the lines that went. The
    last line got its end where `is_ended`; `copy` names the original, where one was made.
    """

    name: str
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
        removed = self.duplicates + self.markers + self.damaged + self.torn
        return removed > 0 or self.has_mark or self.is_ended
