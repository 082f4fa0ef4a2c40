"""What was measured: records and lines of the log, the series of a KPI, the actual of a period."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from kpicli.errors import NotationError
from kpicli.model.calendar import PLAIN, Calendar
from kpicli.model.damaged_periods import DamagedPeriods
from kpicli.model.number import Number
from kpicli.model.period import Period, period_list, recorded_period
from kpicli.noun import NamedTuple
from kpicli.text import is_whole, safe

if TYPE_CHECKING:
    from kpicli.model.log_issue import LogIssue

MOST_BY, MOST_NOTE, MOST_SOURCE = 64, 2000, 64  # characters of `by`, `note` and `source`
_MOST_GAPS = 6  # periods and runs of periods that are named where they have no actual
REPLACES = "[0-9a-f ]{16,512}|none|unknown"
"""What a record says that it replaces: ids of those that stood, `none`, or `unknown`."""
NOTE_ID = "kpi_note"  # the KPI of a note, which no definition has: older readers pass it over


def check_text(name: str, text: str, most: int) -> None:
    """Raise `NotationError` for a text that no record can hold."""
    if len(text) > most:
        raise NotationError(f"{name} is longer than {most:,} characters", hint="shorten it")
    if not is_whole(text):
        message = f"{name} holds half a character: '{safe(text[:40])}'"
        raise NotationError(message, hint="correct it")


class Record(NamedTuple):
    """One line of the log. A value of `None` takes the period's actual back.

    With `skip` it says that there is nothing to measure in the period. A note is one whose KPI is
    `NOTE_ID`, and `about` the KPI that it is on; an empty one takes back what its writer noted.

    `at` is UTC as text, six decimals and `Z`, so that order as text is order in time. `unit` is the
    KPI's when it was recorded, or nothing where nobody knows. `exact` is a value that was converted
    into it, where no decimal of 12 places is that.
    """

    kpi: str
    period: Period
    value: Decimal | None
    at: str
    id: str = ""
    by: str = ""
    note: str = ""
    source: str = ""  # what `kpi pull` took it from; empty where a person recorded it
    unit: str = ""
    exact: Fraction | None = None
    skip: bool = False
    about: str = ""
    replaces: str = ""

    @property
    def is_standing(self) -> bool:
        """Whether it says something of its period, and does not only take back what was said."""
        return self.value is not None or self.skip

    def says_as(self, other: "Record") -> bool:
        """Whether another record says the same of its period."""
        return (self.value, self.skip) == (other.value, other.skip)

    @property
    def number(self) -> Number | None:
        """Its value, exactly."""
        return self.value if self.exact is None else self.exact

    @property
    def order(self) -> tuple[str, str]:
        """Of the records for one KPI and period the greatest counts."""
        return self.at, self.id


class LogLine(NamedTuple):
    """What a sound line of the log says, before a noun is made of it; many are read, few kept.

    `value` is its digits or `null`, `number` counts the lines of `file` from 1.
    """

    kpi: str
    period: str
    at: str
    id: str
    value: str
    by: str = ""
    note: str = ""
    is_sealed: bool = True
    number: int = 0
    file: str = ""
    source: str = ""
    unit: str = ""
    skip: bool = False
    about: str = ""
    replaces: str = ""

    @property
    def order(self) -> tuple[str, str]:
        """As that of its record."""
        return self.at, self.id

    @property
    def subject(self) -> str:
        """The KPI that it says something of."""
        return self.about or self.kpi

    def record(self, kpi: str, calendar: Calendar = PLAIN) -> Record:
        """The record that it stands for, under the id that the KPI has today."""
        return Record(
            NOTE_ID if self.about else kpi,
            recorded_period(self.period, calendar),
            self.decimal,
            *(self.at, self.id, self.by, self.note, self.source, self.unit),
            skip=self.skip,
            about=kpi if self.about else "",
            replaces=self.replaces,
        )

    @property
    def decimal(self) -> Decimal | None:
        """Its value; of a zero the sign says nothing."""
        return decimal_of(self.value)


def decimal_of(value: str) -> Decimal | None:
    """The value of a line by its digits."""
    if value == "null":
        return None
    return Decimal(value) or Decimal(value.removeprefix("-"))


class Series(NamedTuple):
    """What the log holds of one KPI: the record that counts for each period, and what is damaged.

    What is in a unit that is none of its KPI's any more counts as damaged too. A record whose value
    is `None` says that nothing stands. The `notes` are the newest of each writer and period, those
    that say nothing any more included.
    """

    records: Mapping[Period, Record]
    damaged: Mapping[Period, "LogIssue"]
    notes: tuple[Record, ...] = ()
    rivals: Mapping[Period, tuple[Record, ...]] = {}
    """What others recorded, where neither had seen the other's and nobody has since."""

    @property
    def standing(self) -> Iterator[Record]:
        """The records that have a value."""
        return (record for record in self.records.values() if record.value is not None)

    @property
    def standing_periods(self) -> Iterator[Period]:
        """The periods of which something is said, skips included."""
        return (record.period for record in self.records.values() if record.is_standing)

    @property
    def valued_periods(self) -> Iterator[Period]:
        """The periods that have a value."""
        return (record.period for record in self.standing)

    @property
    def noted(self) -> Iterator[Record]:
        """The records with a note."""
        return (record for record in self.records.values() if record.note)

    def is_damaged(self, period: Period) -> bool:
        """Whether damage hides what stands; a record in another unit can be told."""
        return period in self.damaged and self.damaged[period].kind.is_damage

    def numbers(self, periods: Iterable[Period]) -> list[Number | None]:
        """The numbers that stand for some periods, `None` where none does."""
        return [record and record.number for record in map(self.records.get, periods)]

    def with_records(self, records: Mapping[Period, Record]) -> "Series":
        """The series as it is once these newest records stand."""
        damaged: Mapping[Period, LogIssue] = {
            period: damage for period, damage in self.damaged.items() if period not in records
        }
        if isinstance(self.damaged, DamagedPeriods):
            sound = self.damaged.sound | records.keys()
            damaged = DamagedPeriods(damaged, self.damaged.everywhere, sound)
        rivals = {period: each for period, each in self.rivals.items() if period not in records}
        return Series({**self.records, **records}, damaged, self.notes, rivals)


EMPTY_SERIES = Series({}, {})  # the series of a KPI that was never recorded


class Actual(NamedTuple):
    """What stands for one KPI and period.

    `measured_to` is the first day that it does not cover: the end of its last part, or the day
    after a whole-period record was made. `decimals` are those of the most precise typed number in
    its unit that it is made of, `most_decimals` those of any, with one more for a quotient.
    `skipped` are the periods that it passes over, since there is nothing to measure in them.
    """

    number: Number
    period: Period
    measured_to: date
    decimals: int = 0
    most_decimals: int = 0
    skipped: tuple[Period, ...] = ()

    @property
    def last_day(self) -> date:
        """The last day that it covers."""
        return self.measured_to - timedelta(days=1)

    @property
    def share_of_period(self) -> Fraction:
        """The share of the period's days that it covers, from 0 to 1."""
        days = (self.measured_to - self.period.start).days
        return Fraction(min(max(days, 0), self.period.days), self.period.days)


class Missing(NamedTuple):
    """No actual, and why; a fault, such as damage, is not mended by the next record to come.

    `gaps` are the periods that are named, where the reason is that nothing is recorded for them,
    or with `is_skip` that there is nothing to measure in them.
    """

    reason: str
    is_fault: bool = False
    is_damage: bool = False
    gaps: tuple[Period, ...] = ()
    is_skip: bool = False


def nothing_recorded(*periods: Period) -> Missing:
    """Nothing is recorded for some periods, in order."""
    return Missing(f"nothing recorded for {period_list(periods, _MOST_GAPS)}", gaps=periods)


def not_applicable(*periods: Period) -> Missing:
    """There is nothing to measure in some periods, in order."""
    are = "is" if len(periods) == 1 else "are"
    reason = f"{period_list(periods, _MOST_GAPS)} {are} not applicable"
    return Missing(reason, gaps=periods, is_skip=True)
