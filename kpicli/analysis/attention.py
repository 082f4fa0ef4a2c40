"""What needs a person, most urgent first, and nothing else."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from kpicli.analysis.control_chart import ControlChart, Signal, control_chart
from kpicli.analysis.kpi_forecast import TargetOdds, kpi_forecast, target_odds
from kpicli.analysis.observations import Observations, observations
from kpicli.analysis.profile import Profile
from kpicli.evaluation.actual import Known
from kpicli.evaluation.evaluate import Evaluation
from kpicli.model.period import period_of
from kpicli.model.schema_types import Word
from kpicli.model.scorecard import Scorecard
from kpicli.model.status import Status

LIKELY = 0.505
"""From this chance on, which is shown as 51%, it is likely to be worse."""

_NEXT = 2
"""The period under way, and the one after it."""


class Concern(Word):
    """Why a KPI needs a person, the most urgent first."""

    OFF_TARGET = "off_target"
    SLIDING = "sliding"
    SIGNAL = "signal"
    OVERDUE = "overdue"
    DAMAGED = "damaged"

    @property
    def rank(self) -> int:
        """0 for the most urgent."""
        return list(Concern).index(self)


class Attention(NamedTuple):
    """One KPI that needs a person, and why: its concerns in order, the worst first.

    `sliding` are the odds that it is worse soon, where that is a concern; the signals are those
    that hold now and are no good news, and `is_trial` says that their limits are on trial.
    """

    evaluation: Evaluation
    concerns: tuple[Concern, ...]
    sliding: TargetOdds | None = None
    signals: tuple[Signal, ...] = ()
    is_trial: bool = False

    @property
    def chance(self) -> float:
        """How likely it is to be worse soon: not on target any more, or off it by far."""
        if self.sliding is None:
            return 0.0
        is_on_target = self.evaluation.status is Status.ON_TARGET
        return 1 - self.sliding.met if is_on_target else self.sliding.off


def attention(
    scorecard: Scorecard,
    evaluations: Iterable[Evaluation],
    profiles: Mapping[str, Profile] = MappingProxyType({}),
) -> tuple[Attention, ...]:
    """The KPIs of a view that need a person.

    Off target; on target or at risk now, and more likely than not to be worse in the period under
    way, in the next or at the end of its climb; a signal that is bad news, or is neither good nor
    bad where there is a target; overdue; hidden by damage. What is good, or cannot be told from
    noise, needs nobody. Those that are as urgent stand by how far off they are and how likely, else
    as they came. What `profiles` tell of a KPI, by its id, is not computed again.
    """
    known: Known = {}
    found = [_attention(scorecard, one, known, profiles.get(one.kpi.id)) for one in evaluations]
    return tuple(sorted((one for one in found if one.concerns), key=_order))


def _attention(
    scorecard: Scorecard, one: Evaluation, known: Known, found: Profile | None
) -> Attention:
    moments = found.observations if found else observations(scorecard, one.kpi, known)
    usual = found.chart if found else control_chart(one.kpi, moments)
    to_come = _odds(scorecard, one, moments, known, found)
    sliding, signals = _sliding(one, to_come), _signals(one, usual)
    is_so = {
        Concern.OFF_TARGET: one.status is Status.OFF_TARGET,
        Concern.SLIDING: sliding is not None,
        Concern.SIGNAL: bool(signals),
        Concern.OVERDUE: one.is_overdue,
        Concern.DAMAGED: one.is_damaged,
    }
    concerns = tuple(concern for concern in Concern if is_so[concern])
    return Attention(one, concerns, sliding, signals, usual.is_trial)


def _order(one: Attention) -> tuple[int, float]:
    """The worst concern, then how far off target it is, or how likely to get there."""
    worst = one.concerns[0]
    if worst is Concern.OFF_TARGET:
        return worst.rank, -_distance(one.evaluation)
    return worst.rank, -one.chance


def _distance(one: Evaluation) -> float:
    """How far it is from its target, in sizes of that."""
    target = one.due or one.target
    if one.variance is None or target is None:
        return 0.0
    size = abs(float(target.number)) or abs(float(target.high or 0)) or 1.0
    return abs(float(one.variance)) / size


def _sliding(one: Evaluation, to_come: Iterable[TargetOdds]) -> TargetOdds | None:
    """The first period, of the next two or at a deadline, in which it is likely to be worse."""
    if one.status not in {Status.ON_TARGET, Status.AT_RISK}:
        return None
    for chances in to_come:
        if Attention(one, (), chances).chance >= LIKELY:
            return chances
    return None


def _odds(
    scorecard: Scorecard,
    one: Evaluation,
    moments: Observations,
    known: Known,
    found: Profile | None,
) -> Iterator[TargetOdds]:
    """Those of the next two periods, and of the end of a climb; reckoned when asked for."""
    is_climb = one.end is not None
    if found is None:
        to_come = kpi_forecast(scorecard, one.kpi, known, moments)
        told = target_odds(scorecard, one.kpi, to_come, most=None if is_climb else _NEXT)
    else:
        told = found.odds
    last = period_of(scorecard.clock.today, one.kpi.frequency).shift(_NEXT - 1)
    for chances in told:
        if chances.period <= last or (is_climb and chances.period == one.kpi.by):
            yield chances


def _signals(one: Evaluation, known: ControlChart) -> tuple[Signal, ...]:
    """Those that hold at the latest period, but for good news and what nobody can judge."""
    return tuple(signal for signal in known.telling if _is_news(signal, one))


def _is_news(signal: Signal, one: Evaluation) -> bool:
    """Whether it is bad, or neither good nor bad where there is a target to hold it against."""
    if signal.is_favourable is None:
        return one.target is not None
    return not signal.is_favourable
