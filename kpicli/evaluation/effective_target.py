"""The target in force for a period: from one target, a schedule, a climb, or summed from those."""

from collections.abc import Callable, Collection, Iterable, Sequence
from fractions import Fraction
from itertools import repeat

from kpicli.evaluation.rollup import total, unfilled_reason
from kpicli.model.kpi import Kpi, Rollup
from kpicli.model.number import Number, decimal_places, exact
from kpicli.model.period import Period
from kpicli.model.target import Target
from kpicli.noun import NamedTuple


class EffectiveTarget(NamedTuple):
    """The target to judge a period by, or the reason why there is none.

    `written` is what the definitions say, in a schedule `since` a period; on a climb `end` is its
    last target, and `step` how many steps are done. A longer period has as its `parts` the targets
    of the own periods that count.
    """

    period: Period
    target: Target | None = None
    end: Target | None = None
    reason: str = ""
    written: Target | None = None
    since: Period | None = None
    step: int | None = None
    parts: "tuple[EffectiveTarget, ...]" = ()


def effective_target(kpi: Kpi, period: Period, skipped: Collection[Period] = ()) -> EffectiveTarget:
    """What is in force for a period as long as the KPI's own, or longer.

    In a longer one a summed KPI's targets are summed, any other keeps the one at its end. What is
    `skipped` of the own periods has no part in the sum.
    """
    if kpi.target is None and kpi.targets is None:
        return EffectiveTarget(period, reason="no target")
    if period.frequency.rank <= kpi.frequency.rank:
        return _own_target(kpi, period)
    if not kpi.fills(period):
        return EffectiveTarget(period, reason=unfilled_reason(kpi, period))
    parts = tuple(_own_target(kpi, own) for own in period.parts(kpi.frequency))
    if kpi.rollup is not Rollup.SUM:
        return parts[-1]._replace(period=period, parts=parts[-1:])
    parts = tuple(part for part in parts if part.period not in skipped) or parts
    targets = [part.target for part in parts if part.target]
    if len(targets) < len(parts):
        gap = next(part.period for part in parts if not part.target)
        return EffectiveTarget(period, reason=f"no target for {gap}", parts=parts)
    return EffectiveTarget(period, _summed(targets), parts[-1].end, parts=parts)


def own_targets(
    kpi: Kpi,
    periods: Sequence[Period],
    effective: Callable[[Kpi, Period], EffectiveTarget] = effective_target,
) -> Iterable[Target | None]:
    """The target of each of some own periods; one that holds for all is looked up once."""
    if kpi.targets is None and kpi.start is None:
        return repeat(kpi.target and _resolved(kpi.target, kpi), len(periods))
    return (effective(kpi, period).target for period in periods)


def _summed(targets: list[Target]) -> Target:
    low = total([target.number for target in targets])
    highs = [target.high for target in targets if target.high is not None]
    places = max(target.decimals for target in targets)
    high = total(highs) if highs else None
    return targets[-1]._replace(number=low, high=high, written_places=places)


def _own_target(kpi: Kpi, period: Period) -> EffectiveTarget:
    since, as_written = _entry_in_force(kpi, period)
    if as_written is None:
        reason = f"no target for {period}" if kpi.targets else "no target"
        return EffectiveTarget(period, reason=reason)
    target = _resolved(as_written, kpi)
    if kpi.start is None or kpi.by is None or kpi.baseline is None:
        return EffectiveTarget(period, target, written=as_written, since=since)
    own = period if period.frequency is kpi.frequency else kpi.period_of(period.start)
    step = own.since(kpi.start)
    if step < 0:
        return EffectiveTarget(period, reason=f"the climb starts in {kpi.start}")
    steps = kpi.by.since(kpi.start)
    due = target if step >= steps else _climbed(kpi.baseline.number, target, step, steps)
    return EffectiveTarget(period, due, target, "", as_written, since, min(step, steps))


def _entry_in_force(kpi: Kpi, period: Period) -> tuple[Period | None, Target | None]:
    """The one target, or the last entry of a schedule that starts by then, and when that is."""
    if kpi.targets is None:
        return None, kpi.target
    begun = [entry for entry in kpi.targets.entries if entry[0].start <= period.start]
    return begun[-1] if begun else (None, None)


def _climbed(baseline: Number, end: Target, step: int, steps: int) -> Target:
    """The target of so many steps of all on the way from the baseline to the end."""
    (low, per), (high, per_high) = baseline.as_integer_ratio(), end.number.as_integer_ratio()
    number = Fraction(low * per_high * (steps - step) + high * per * step, per * per_high * steps)
    places = max(end.decimals, decimal_places(baseline))
    return end._replace(number=number if step else baseline, written_places=places)


def _resolved(target: Target, kpi: Kpi) -> Target:
    """A relative target as the number that it stands for: a share of the baseline's size moved."""
    if not target.is_relative or kpi.baseline is None:
        return target
    baseline = exact(kpi.baseline.number)
    return target._replace(
        number=baseline + abs(baseline) * exact(target.number) / 100,
        unit=kpi.unit,
        is_relative=False,
        is_bare=True,
        written_places=decimal_places(kpi.baseline.number),
    )
