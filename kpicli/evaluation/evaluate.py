"""Judge an actual by its target: the zone of each status, and which way is better."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from kpicli.evaluation.effective_target import EffectiveTarget
from kpicli.model.kpi import Kpi, Rollup
from kpicli.model.number import Number, exact, to_decimal
from kpicli.model.period import Period
from kpicli.model.record import Actual, Missing
from kpicli.model.status import Status
from kpicli.model.target import Comparison, Direction, Target, Tolerance
from kpicli.model.unit import PERCENT
from kpicli.noun import NamedTuple

if TYPE_CHECKING:
    from kpicli.evaluation.due import Due, Elapsed

DEFAULT_TOLERANCE = Tolerance(Decimal(10), is_relative=True)
EARLIEST_JUDGED_SHARE = Fraction(1, 5)  # of an open period, before which it is not judged
_WHOLE = 100  # percent, all of a share


class Evaluation(NamedTuple):
    """One KPI in one period, judged.

    `due` is what is due of the target in an open period of a summed KPI, after the `elapsed` days
    of its own periods; `end` the end of a climb; `variance` is actual − target (or due) in the
    unit; `is_favourable` is `None` at zero; `missing` are own periods that are overdue;
    `is_damaged` says that damage hides the actual, `is_skip` that there is nothing to measure;
    `skipped` are the periods that an actual passes over for that. The status is that of the
    `zone`, unless it `is_certain` whatever is still to come. `places` are the decimals that the
    actual has, or that a computed one is shown with at least.
    """

    kpi: Kpi
    period: Period
    status: Status
    actual: Number | None = None
    target: Target | None = None
    end: Target | None = None
    due: Target | None = None
    variance: Fraction | None = None
    is_favourable: bool | None = None
    is_to_date: bool = False
    missing: tuple[Period, ...] = ()
    is_damaged: bool = False
    reason: str = ""
    zone: "Zone | None" = None
    elapsed: "tuple[Elapsed, ...]" = ()
    is_certain: bool = False
    places: int = 0
    is_skip: bool = False
    skipped: tuple[Period, ...] = ()

    @property
    def is_overdue(self) -> bool:
        """Whether any own period is missing."""
        return bool(self.missing)

    def age(self, today: date) -> int:
        """Days since the end of the period; 0 while it is open."""
        return max((today - self.period.end).days, 0)


class _Zone(NamedTuple):
    low: Fraction | None
    high: Fraction | None
    is_strict: bool
    tolerance: Tolerance
    scale: Fraction = Fraction(1)


class Zone(_Zone):
    """Where an actual is on target, and how far around that it is still at risk."""

    @cached_property
    def at_risk_low(self) -> Fraction | None:
        """Where what is at risk ends below the target."""
        return None if self.low is None else self.low - self.margin(self.low)

    @cached_property
    def at_risk_high(self) -> Fraction | None:
        """Where it ends above the target."""
        return None if self.high is None else self.high + self.margin(self.high)

    @cached_property
    def edges(self) -> tuple[float | None, ...]:
        """Where it is on target, and on each side how far beyond that it is still at risk."""
        edges = (self.low, self.high, self.at_risk_low, self.at_risk_high)
        return tuple([None if edge is None else float(edge) for edge in edges])

    def margin(self, edge: Fraction) -> Fraction:
        """How far beyond an edge is still at risk."""
        size = exact(self.tolerance.number)
        return abs(edge) * size / 100 if self.tolerance.is_relative else size * self.scale

    def meets(self, number: Fraction) -> bool:
        """Whether a number is on target."""
        if self.is_strict and (number == self.low or number == self.high):  # noqa: PLR1714 - no hash of a fraction
            return False
        return not self.is_below(number) and not self.is_above(number)

    def is_below(self, number: Fraction, *, beyond: bool = False) -> bool:
        """Whether it is under the lower edge, or under what is at risk there."""
        low = self.at_risk_low if beyond else self.low
        return low is not None and number < low

    def is_above(self, number: Fraction, *, beyond: bool = False) -> bool:
        """Whether it is over the upper edge, or over what is at risk there."""
        high = self.at_risk_high if beyond else self.high
        return high is not None and number > high

    def status(self, number: Fraction) -> Status:
        """Met, within the tolerance or beyond it."""
        return Status.ON_TARGET if self.meets(number) else self.missed(number)

    def missed(self, number: Fraction) -> Status:
        """That of a number that is not on target."""
        if self.is_below(number, beyond=True) or self.is_above(number, beyond=True):
            return Status.OFF_TARGET
        return Status.AT_RISK

    def variance(self, number: Fraction) -> Fraction:
        """To the edge; for a range to the nearer one, and 0 inside."""
        if self.low is not None and self.high is not None:
            if self.low <= number <= self.high:
                return Fraction(0)
            return number - (self.low if number < self.low else self.high)
        edge = self.low if self.low is not None else self.high
        return number - (edge or 0)

    def is_favourable(self, variance: Fraction) -> bool:
        """Whether a variance is on the better side; outside a range there is none."""
        if self.low is not None and self.high is not None:
            return False
        return variance.numerator > 0 if self.high is None else variance.numerator < 0


def evaluate(  # noqa: PLR0917 - all that a status follows from
    kpi: Kpi,
    period: Period,
    actual: Actual | Missing,
    effective: EffectiveTarget,
    today: date,
    missing: tuple[Period, ...] = (),
) -> Evaluation:
    """The status of a KPI in a period, on unrounded numbers; a tie goes to the better side."""
    if isinstance(actual, Missing):
        unknown = Evaluation(kpi, period, Status.NO_DATA, None, effective.target, effective.end)
        return unknown._replace(
            missing=missing,
            is_damaged=actual.is_damage,
            reason=actual.reason,
            is_skip=actual.is_skip,
            skipped=actual.gaps if actual.is_skip else (),
        )
    is_open = not kpi.is_closed(period, today)
    is_view = period.frequency is not kpi.frequency
    is_to_date = is_open and (is_view or kpi.rollup is Rollup.SUM)
    evaluation = Evaluation(
        kpi,
        period,
        Status.NO_TARGET,
        actual.number,
        effective.target,
        effective.end,
        is_to_date=is_to_date,
        missing=missing,
        places=_places(actual),
        skipped=actual.skipped,
    )
    if effective.target is None:
        return evaluation._replace(reason=effective.reason)
    if is_open and kpi.rollup is Rollup.SUM:
        from kpicli.evaluation.due import due_of

        due = due_of(effective.target, effective, actual.measured_to, today)
        return _judge_part(evaluation, exact(actual.number), effective.target, due)
    zone = target_zone(effective.target, kpi.tolerance or DEFAULT_TOLERANCE)
    return _judge(evaluation, exact(actual.number), zone)


def _places(actual: Actual) -> int:
    """As many as were typed in its unit, or more where it has more."""
    if actual.decimals == actual.most_decimals:
        return actual.decimals
    fewer = range(actual.decimals, actual.most_decimals)
    enough = (places for places in fewer if to_decimal(actual.number, places) == actual.number)
    return next(enough, actual.most_decimals)


def _judge_part(evaluation: Evaluation, number: Fraction, target: Target, due: "Due") -> Evaluation:
    """By what is due of the target, but for what is certain at once."""
    tolerance = evaluation.kpi.tolerance or DEFAULT_TOLERANCE
    zone = target_zone(due.target, tolerance, due.share)
    evaluation = _judge(evaluation._replace(due=due.target, elapsed=due.parts), number, zone)
    certain = status_at_once(number, target_zone(target, tolerance))
    if certain:
        return evaluation._replace(status=certain, is_certain=True)
    if due.elapsed_share < EARLIEST_JUDGED_SHARE:
        return evaluation._replace(status=Status.TOO_EARLY, variance=None, is_favourable=None)
    return evaluation


def _judge(evaluation: Evaluation, number: Fraction, zone: Zone) -> Evaluation:
    variance = zone.variance(number)
    is_good = zone.is_favourable(variance) if variance else None
    is_met = not zone.is_strict if is_good is None else is_good
    status = Status.ON_TARGET if is_met else zone.missed(number)
    return evaluation._replace(status=status, variance=variance, is_favourable=is_good, zone=zone)


@lru_cache(maxsize=1024)
def target_zone(target: Target, tolerance: Tolerance, scale: Fraction = Fraction(1)) -> Zone:
    """Where a target is met; `scale` is the part of an absolute tolerance that is due."""
    number = exact(target.number)
    high = None if target.high is None else exact(target.high)
    is_strict = target.comparison in {Comparison.ABOVE, Comparison.BELOW}
    low, high = (None, number) if target.direction is Direction.LOWER else (number, high)
    return Zone(low, high, is_strict, tolerance, scale)


def status_at_once(number: Fraction, whole: Zone) -> Status | None:
    """A whole target met, or a whole limit broken, is judged whatever has elapsed.

    Only a sum that moves away from zero can be known to have met or broken the whole.
    """
    if whole.high is None and whole.low is not None and whole.low > 0 and whole.meets(number):
        return Status.ON_TARGET
    if whole.high is not None and whole.high >= 0 and whole.is_above(number, beyond=True):
        return Status.OFF_TARGET
    return None


def is_favourable(kpi: Kpi, target: Target | None, change: Fraction | int) -> bool | None:
    """Whether a change is good news; neither at zero, nor where no way is the better one."""
    direction = target.direction if target else kpi.direction
    return change * direction.sign > 0 if change and direction else None


def is_best(kpi: Kpi, target: Target | None, number: Fraction) -> bool:
    """Whether nothing better can be: none of what should be few, all of a share."""
    direction = target.direction if target else kpi.direction
    if direction is Direction.LOWER:
        return number == 0
    return direction is Direction.HIGHER and kpi.unit == PERCENT and number == _WHOLE
