"""The target in force for a period: from one target, a schedule, a climb, or summed from those."""

from fractions import Fraction
from typing import NamedTuple

from kpicli.evaluation.rollup import total
from kpicli.model.kpi import Kpi, Rollup
from kpicli.model.number import decimal_places
from kpicli.model.period import Period, period_of
from kpicli.model.target import Target


class EffectiveTarget(NamedTuple):
    """The target to judge by, or why there is none; on a climb also the end of it."""

    target: Target | None = None
    end: Target | None = None
    reason: str = ""


def effective_target(kpi: Kpi, period: Period) -> EffectiveTarget:
    """What is in force for a period as long as the KPI's own, or longer.

    In a longer one a summed KPI's targets are summed, any other keeps the one at its end.
    """
    if not kpi.all_targets:
        return EffectiveTarget(reason="no target")
    if period.frequency is kpi.frequency or not kpi.frequency.fits_into(period.frequency):
        return _own(kpi, period)
    owns = list(period.parts(kpi.frequency))
    if kpi.rollup is not Rollup.SUM:
        return _own(kpi, owns[-1])
    posts = [_own(kpi, own) for own in owns]
    targets = [post.target for post in posts if post.target]
    if len(targets) < len(posts):
        gap = next(own for own, post in zip(owns, posts, strict=True) if not post.target)
        return EffectiveTarget(reason=f"no target for {gap}")
    return EffectiveTarget(_summed(targets), posts[-1].end)


def _summed(targets: list[Target]) -> Target:
    low = total([target.number for target in targets])
    highs = [target.high for target in targets if target.high is not None]
    places = max(target.decimals for target in targets)
    high = total(highs) if highs else None
    return targets[-1]._replace(number=low, high=high, written_places=places)


def _own(kpi: Kpi, period: Period) -> EffectiveTarget:
    written = kpi.targets.at(period) if kpi.targets else kpi.target
    if written is None:
        return EffectiveTarget(reason=f"no target for {period}" if kpi.targets else "no target")
    resolved = _resolved(written, kpi)
    if kpi.start is None or kpi.by is None or kpi.baseline is None:
        return EffectiveTarget(resolved)
    steps, done = kpi.by.since(kpi.start), period_of(period.start, kpi.frequency).since(kpi.start)
    if done < 0:
        return EffectiveTarget(reason=f"the climb starts in {kpi.start}")
    if done >= steps:
        return EffectiveTarget(resolved, resolved)
    base, end = Fraction(kpi.baseline.number), Fraction(resolved.number)
    step = base + (end - base) * Fraction(done, steps)
    places = max(resolved.decimals, decimal_places(kpi.baseline.number))
    number = step if done else kpi.baseline.number
    return EffectiveTarget(resolved._replace(number=number, written_places=places), resolved)


def _resolved(target: Target, kpi: Kpi) -> Target:
    """A relative target as the number that it stands for: a share of the baseline's size moved."""
    if not target.is_relative or kpi.baseline is None:
        return target
    base = Fraction(kpi.baseline.number)
    moved = base + abs(base) * Fraction(target.number) / 100
    return target._replace(
        number=moved,
        unit=kpi.unit,
        is_relative=False,
        is_bare=True,
        written_places=decimal_places(kpi.baseline.number),
    )
