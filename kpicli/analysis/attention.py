"""What needs a person, most urgent first, and nothing else."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kpicli.analysis.analysis_ledger import AnalysisLedger
from kpicli.analysis.control_chart import ControlChart, Signal
from kpicli.analysis.kpi_forecast import TargetOdds
from kpicli.evaluation.evaluate import Evaluation
from kpicli.model.schema_types import Word
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


def attention(ledger: AnalysisLedger, evaluations: Iterable[Evaluation]) -> tuple[Attention, ...]:
    """The KPIs of a view that need a person.

    Off target; on target or at risk now, and more likely than not to be worse in the period under
    way, in the next or at the end of its climb; a signal that is bad news, or is neither good nor
    bad where there is a target; overdue; hidden by damage. What is good, or cannot be told from
    noise, needs nobody. Those that are as urgent stand by how far off they are and how likely, else
    as they came.
    """
    needs = (_attention(ledger, evaluation) for evaluation in evaluations)
    return tuple(sorted((need for need in needs if need.concerns), key=_order))


def _attention(ledger: AnalysisLedger, evaluation: Evaluation) -> Attention:
    chart = ledger.chart(evaluation.kpi)
    sliding, signals = _sliding(ledger, evaluation), _signals(evaluation, chart)
    holds = {
        Concern.OFF_TARGET: evaluation.status is Status.OFF_TARGET,
        Concern.SLIDING: sliding is not None,
        Concern.SIGNAL: bool(signals),
        Concern.OVERDUE: evaluation.is_overdue,
        Concern.DAMAGED: evaluation.is_damaged,
    }
    concerns = tuple(concern for concern in Concern if holds[concern])
    return Attention(evaluation, concerns, sliding, signals, chart.is_trial)


def _order(need: Attention) -> tuple[int, float]:
    """The worst concern, then how far off target it is, or how likely to get there."""
    worst = need.concerns[0]
    if worst is Concern.OFF_TARGET:
        return worst.rank, -_distance(need.evaluation)
    return worst.rank, -need.chance


def _distance(evaluation: Evaluation) -> float:
    """How far it is from its target, in sizes of that."""
    target = evaluation.due or evaluation.target
    if evaluation.variance is None or target is None:
        return 0.0
    size = abs(float(target.number)) or abs(float(target.high or 0)) or 1.0
    return abs(float(evaluation.variance)) / size


def _sliding(ledger: AnalysisLedger, evaluation: Evaluation) -> TargetOdds | None:
    """The first period, of the next two or at a deadline, in which it is likely to be worse."""
    if evaluation.status not in {Status.ON_TARGET, Status.AT_RISK}:
        return None
    for odds in _odds_to_come(ledger, evaluation):
        if Attention(evaluation, (), odds).chance >= LIKELY:
            return odds
    return None


def _odds_to_come(ledger: AnalysisLedger, evaluation: Evaluation) -> Iterator[TargetOdds]:
    """Those of the next two periods, and of the end of a climb."""
    kpi = evaluation.kpi
    last = kpi.period_of(ledger.clock.today).shift(_NEXT - 1)
    for step in ledger.forecast(kpi).steps:
        is_deadline = evaluation.end is not None and step.period == kpi.by
        if (step.period <= last or is_deadline) and (odds := ledger.odds(kpi, step.period)):
            yield odds


def _signals(evaluation: Evaluation, chart: ControlChart) -> tuple[Signal, ...]:
    """Those that hold at the latest period, but for good news and what nobody can judge."""
    return tuple(signal for signal in chart.telling if _is_news(signal, evaluation))


def _is_news(signal: Signal, evaluation: Evaluation) -> bool:
    """Whether it is bad, or neither good nor bad where there is a target to hold it against."""
    if signal.is_favourable is None:
        return evaluation.target is not None
    return not signal.is_favourable
