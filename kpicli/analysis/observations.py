"""The past of a KPI as a rule sees it: its closed own periods that have an actual, judged."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import dropwhile, islice, pairwise

from kpicli.evaluation.active import MAX_PERIODS
from kpicli.evaluation.effective_target import own_targets
from kpicli.evaluation.evaluate import DEFAULT_TOLERANCE, Evaluation, Zone, is_best, target_zone
from kpicli.evaluation.ledger import Ledger
from kpicli.evaluation.series import standing_notes
from kpicli.model.kpi import Kpi
from kpicli.model.number import exact
from kpicli.model.period import Period
from kpicli.model.record import Record
from kpicli.model.scorecard import Scorecard
from kpicli.model.status import Status
from kpicli.model.target import Target
from kpicli.noun import NamedTuple

ENOUGH_TO_MOVE, STILL = 6, 12  # six can have stood still; of more the latest twelve are looked at


class Observation(NamedTuple):
    """One closed own period that has an actual, and what that was held against at its time.

    It is judged only where somebody asks: of a long past most is never asked for.
    """

    period: Period
    number: Fraction
    target: Target | None = None
    zone: Zone | None = None

    @property
    def is_met(self) -> bool:
        """Whether there was a target, and it was met."""
        return self.zone is not None and self.zone.meets(self.number)

    @property
    def status(self) -> Status:
        """How it stood."""
        return self.zone.status(self.number) if self.zone else Status.NO_TARGET


Observations = tuple[Observation, ...]
"""Oldest first. A period without an actual, or with one that damage hides, is a gap in it."""


def observations(ledger: Ledger, kpi: Kpi, count: int = MAX_PERIODS) -> Observations:
    """Of so many latest closed own periods those that have an actual, recorded or computed.

    But not those of which a sum is only of the days from some day on.
    """
    latest = ledger.whole_periods(kpi, _closed_periods(ledger, kpi, count))
    return tuple(_observed(ledger, kpi, latest[::-1]))


def _closed_periods(ledger: Ledger, kpi: Kpi, count: int) -> list[Period]:
    """The latest known ones, newest first."""
    today, periods = ledger.clock.today, ledger.known_periods(kpi, kpi.frequency)
    return list(islice(dropwhile(lambda period: not period.is_closed(today), periods), count))


def _observed(ledger: Ledger, kpi: Kpi, periods: Sequence[Period]) -> Iterator[Observation]:
    last: Target | None = None
    zone: Zone | None = None
    numbers, targets = ledger.numbers(kpi, periods), own_targets(kpi, periods, ledger.target)
    for period, number, target in zip(periods, numbers, targets, strict=True):
        if number is not None:
            if target is not last:
                last, zone = target, kpi_zone(kpi, target) if target else None
            yield Observation(period, exact(number), target, zone)


def current_target(ledger: Ledger, kpi: Kpi) -> Target | None:
    """The target in force for the own period under way."""
    return ledger.target(kpi, kpi.period_of(ledger.clock.today)).target


def kpi_zone(kpi: Kpi, target: Target) -> Zone:
    """Where a target of a KPI is met, and how far around that it is still at risk."""
    return target_zone(target, kpi.tolerance or DEFAULT_TOLERANCE)


def tolerances_off(evaluation: Evaluation) -> Fraction | None:
    """The variance divided by the tolerance at the edge that is missed, where that is not 0."""
    if evaluation.zone is None or evaluation.variance is None or evaluation.actual is None:
        return None
    margin = evaluation.zone.margin(exact(evaluation.actual) - evaluation.variance)
    return abs(evaluation.variance) / margin if margin else None


def observed_numbers(moments: Sequence[Observation]) -> list[Fraction]:
    """The actuals, oldest first."""
    return [moment.number for moment in moments]


def never_moves(kpi: Kpi, moments: Observations) -> bool:
    """Whether the latest twelve, or all where there are fewer, are one number; six at least.

    Not where nothing better can be. What never moves need not be held against its target.
    """
    if len(moments) < ENOUGH_TO_MOVE:
        return False
    last = moments[-1]
    if any(moment.number != last.number for moment in moments[-STILL:]):
        return False
    return not is_best(kpi, last.target, last.number)


def are_consecutive(ledger: Ledger, kpi: Kpi, moments: Sequence[Observation]) -> bool:
    """Whether there is no gap between them but for what there is nothing to measure in."""
    return all(
        ledger.is_skipped(kpi, moment.period.shift(step))
        for moment, next_moment in pairwise(moments)
        for step in range(1, next_moment.period.since(moment.period))
    )


def has_note(scorecard: Scorecard, kpi: Kpi, period: Period) -> bool:
    """Whether a note or an event says something of a period, or of a part of it.

    The note may be one of its own, or that of a record that stands; for a formula also one on any
    of its inputs.
    """
    events = scorecard.definitions.events
    if events and any(events.within(period)):
        return True
    return any(
        standing_notes(scorecard, part, period)
        or any(
            _says(record) and period.contains(record.period)
            for record in scorecard.series_of(part).noted
        )
        for part in scorecard.definitions.with_inputs(kpi)
    )


def _says(record: Record) -> bool:
    return record.value is not None and bool(record.note.strip())
