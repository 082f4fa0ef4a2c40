"""What is asked of a source for a KPI, which answers may be recorded, and what failed."""

from decimal import Decimal
from enum import StrEnum

from kpicli.errors import KpiError
from kpicli.model.kpi import Definitions, Kpi
from kpicli.model.period import Period
from kpicli.model.record import EMPTY_SERIES, Record
from kpicli.model.scorecard import Scorecard
from kpicli.model.source import Source
from kpicli.noun import NamedTuple
from kpicli.recording.plausibility import Concerns


def is_pulled(definitions: Definitions, kpi: Kpi) -> bool:
    """Whether `kpi pull` can ask for it: by its own query or command, or in a table of a source."""
    if kpi.formula:
        return False
    source = definitions.sources.get(kpi.source or "")
    return bool(kpi.command) or (source is not None and bool(kpi.query or source.has_table))


class Window(NamedTuple):
    """Which own periods are asked for; without any of these, those since the last actual."""

    since: str | None = None
    only: str | None = None
    has_current: bool = False


class Outcome(StrEnum):
    """What becomes of a value that a source gave."""

    NEW = "new"
    SAME = "same"
    RESTATED = "restated"
    PERSON = "a person recorded it"
    OUT_OF_REACH = "restate does not reach it"

    @property
    def is_kept(self) -> bool:
        """Whether another value stays as it is."""
        return self in {Outcome.PERSON, Outcome.OUT_OF_REACH}


USUAL_TIMEOUT, USUAL_TIMEOUT_OF_ADDRESS = 60, 30  # seconds for each question


class Question(NamedTuple):
    """What is asked for one KPI, and for which of its own periods."""

    kpi: Kpi
    source: Source | None
    periods: tuple[Period, ...]

    @property
    def is_table(self) -> bool:
        """Whether its source is read once, for all of its KPIs."""
        return not self.kpi.command and not self.kpi.query

    @property
    def name(self) -> str:
        """What the records say that they are from: the source, else the program."""
        return self.source.id if self.source and not self.kpi.command else self.kpi.command[0]

    @property
    def restate(self) -> int:
        """How many of the latest closed periods may change what was pulled before."""
        if self.kpi.restate is not None:
            return self.kpi.restate
        return (self.source.restate or 0) if self.source else 0

    @property
    def seconds(self) -> int:
        """How long an answer may take."""
        source = self.source
        if source and source.timeout:
            return source.timeout
        is_address = source and (source.is_address or source.prometheus)
        return USUAL_TIMEOUT_OF_ADDRESS if is_address else USUAL_TIMEOUT

    def covers(self, period: Period) -> bool:
        """Whether a period is one of those that are asked for, or a part of one."""
        periods = self.periods
        return bool(periods) and periods[0].start <= period.start and period.end <= periods[-1].end


class Pulled(NamedTuple):
    """What came of one question: records to be, those kept out and why, and what failed.

    `concerns` are records that look odd: where there are any, none of the KPI's is recorded.
    `empty` are the periods in which nothing was measured.
    """

    question: Question
    records: tuple[Record, ...] = ()
    kept: tuple[tuple[Record, Outcome], ...] = ()
    unchanged: int = 0
    empty: tuple[Period, ...] = ()
    concerns: tuple[tuple[Record, Concerns], ...] = ()
    failures: tuple[KpiError, ...] = ()

    @property
    def is_answered(self) -> bool:
        """Whether something came that is recorded, or stands already."""
        return bool(self.records or self.kept or self.unchanged)

    @property
    def is_failed(self) -> bool:
        """Whether something that was asked for did not come."""
        return bool(self.concerns or self.failures)


def periods_to_ask(
    scorecard: Scorecard, kpi: Kpi, restate: int, since: Period | None, *, has_current: bool
) -> tuple[Period, ...]:
    """The own periods to ask for, in order of time and without a gap.

    All closed ones from `since`, else those after the last actual, the latest `restate` ones, and
    one that was pulled before it had ended; the last closed one where nothing was ever recorded.
    """
    current = kpi.period_of(scorecard.clock.today)
    last = current.shift(-1)
    first = since or _first_to_ask(scorecard, kpi, last, restate)
    if kpi.until and last > kpi.until:
        last = kpi.until
    elif has_current:
        last = current
    count = last.since(first) + 1
    return tuple(first.shift(step) for step in range(max(count, 0)))


def _first_to_ask(scorecard: Scorecard, kpi: Kpi, last: Period, restate: int) -> Period:
    series = scorecard.series.get(kpi.id, EMPTY_SERIES)
    recorded: dict[Period, str] = {}
    for at, record in series.records.items():
        if kpi.has_calendar_of(at):
            own = kpi.period_with(at)
            recorded[own] = max(recorded.get(own, ""), record.at if record.source else "")
    closed = [period for period in recorded if period <= last]
    first = max(closed).shift(1) if closed else last
    early = [own for own in closed if _is_early(scorecard, recorded[own], own)]
    return min([first, last.shift(1 - restate), *early])


def _is_early(scorecard: Scorecard, at: str, period: Period) -> bool:
    """Whether a pull, if there was one, was before the period's end: more may have come since."""
    return bool(at) and scorecard.clock.day_of(at) < period.end


_FLOAT_DIGITS, _SURE_DIGITS, _MOST_DIGITS = 15, 13, 11


def round_sum(number: Decimal) -> Decimal | None:
    """What a sum of binary fractions was meant to be: 90931990.03 for 90931990.02999967.

    Nothing for a number that is what it is, such as a third.
    """
    if len(number.as_tuple().digits) < _FLOAT_DIGITS:
        return None
    meant = Decimal(f"{float(number):.{_SURE_DIGITS}g}").normalize()
    is_short = len(meant.as_tuple().digits) <= _MOST_DIGITS
    return meant if is_short and meant != number else None


def outcome(scorecard: Scorecard, kpi: Kpi, record: Record, restate: int) -> Outcome:
    """What becomes of a record to be, by what stands and who recorded that."""
    series = scorecard.series.get(kpi.id, EMPTY_SERIES)
    standing = series.records.get(record.period)
    if standing is None or record.period in series.damaged:
        return Outcome.NEW
    if standing.says_as(record):
        return Outcome.SAME
    if not standing.source:
        return Outcome.PERSON
    own, current = kpi.period_with(record.period), kpi.period_of(scorecard.clock.today)
    if _is_early(scorecard, standing.at, own) or current.since(own) <= restate:
        return Outcome.RESTATED
    return Outcome.OUT_OF_REACH
