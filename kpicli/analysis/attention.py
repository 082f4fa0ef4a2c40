"""What needs a person, most urgent first, and nothing else; and good news for whoever asks."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from math import inf

from kpicli.analysis.analysis_ledger import AnalysisLedger
from kpicli.analysis.control_chart import Signal
from kpicli.analysis.kpi_forecast import TargetOdds
from kpicli.analysis.observations import tolerances_off
from kpicli.analysis.trend import TrendDirection
from kpicli.evaluation.evaluate import Evaluation
from kpicli.model.schema_types import Word
from kpicli.model.status import Status
from kpicli.noun import NamedTuple

LIKELY = 0.505  # from this chance on, which is shown as 51%, a target is likely to be missed
IN_A_ROW = 3  # so many periods that are not on target are no bad month any more
_NEXT = 2  # the period under way, and the one after it
_MISSED = {Status.AT_RISK, Status.OFF_TARGET}


class Concern(Word):
    """Why a KPI needs a person, the most urgent first."""

    OFF_TARGET = "off_target"
    OVERDUE = "overdue"
    DAMAGED = "damaged"
    AT_RISK = "at_risk"
    SLIDING = "sliding"
    SIGNAL = "signal"

    @property
    def rank(self) -> int:
        """0 for the most urgent."""
        return list(Concern).index(self)


class Attention(NamedTuple):
    """One KPI that needs a person, and why: its concerns in order, the worst first.

    `odds` are those of the period in which it is likely to miss its target; `in_a_row` are the
    periods up to now that were not on target, and `move` is the trend, where it is a bad one. The
    signals are those that hold now and are no good news; they are a concern while they are news.
    `is_trial` says that their limits are on trial, and `explains` is the id of the KPI above it
    whose formula takes it, where it stands beneath that.
    """

    evaluation: Evaluation
    concerns: tuple[Concern, ...]
    odds: TargetOdds | None = None
    signals: tuple[Signal, ...] = ()
    is_trial: bool = False
    in_a_row: int = 0
    move: TrendDirection | None = None
    explains: str | None = None

    @property
    def chance(self) -> float:
        """How likely it is to miss its target soon."""
        return 1 - self.odds.met if self.odds else 0.0


class GoodNews(NamedTuple):
    """One KPI with signals that are news, and good ones."""

    evaluation: Evaluation
    signals: tuple[Signal, ...]


def attention(ledger: AnalysisLedger, evaluations: Iterable[Evaluation]) -> tuple[Attention, ...]:
    """The KPIs of a view that need a person, the most urgent first.

    Off target; overdue, or hidden by damage; at risk, where a trend or a signal is as bad, or of a
    top-level KPI where it is likelier than not to miss its target in the period under way, in the
    next or at its deadline, or was not on target for three periods in a row; on target, but likely
    to miss it, where a trend or a signal agrees; a signal that is bad news, or is neither good nor
    bad where there is a target. What is good, was told already or cannot be told from noise needs
    nobody, nor what is behind the pace of a period under way and likely to meet its target in it.

    What supports another KPI and has no target is there only where it explains one that is, by
    formula, and then beneath it. Those that are as urgent stand by how many tolerances they are off
    or how likely, else as they came.
    """
    needs = [_attention(ledger, evaluation) for evaluation in evaluations]
    return tuple(_in_order(ledger, sorted((need for need in needs if need.concerns), key=_order)))


def good_news(
    ledger: AnalysisLedger, evaluations: Iterable[Evaluation], needs: Iterable[Attention] = ()
) -> tuple[GoodNews, ...]:
    """The KPIs of a view with a signal that is news and good.

    Not those that only support, nor those that need a person for something else.
    """
    needy = {need.evaluation.kpi.id for need in needs}
    found = (
        GoodNews(
            evaluation,
            tuple(
                signal
                for signal in ledger.chart(evaluation.kpi).telling
                if signal.is_favourable and signal.is_news
            ),
        )
        for evaluation in evaluations
        if evaluation.kpi.id not in needy and not _only_supports(evaluation)
    )
    return tuple(news for news in found if news.signals)


def _only_supports(evaluation: Evaluation) -> bool:
    """Whether it stands under another KPI, and is held against nothing itself."""
    return evaluation.kpi.supports is not None and evaluation.target is None


def _attention(ledger: AnalysisLedger, evaluation: Evaluation) -> Attention:
    kpi, chart, status = evaluation.kpi, ledger.chart(evaluation.kpi), evaluation.status
    signals = tuple(signal for signal in chart.telling if _is_bad(signal, evaluation))
    odds = _odds_under_way(ledger, evaluation)
    if odds and 1 - odds.met < LIKELY:
        status, odds = Status.ON_TARGET, None
    is_at_risk, is_top = status is Status.AT_RISK, kpi.supports is None
    is_near = is_at_risk or status is Status.ON_TARGET
    move = _worsening(ledger, evaluation) if is_near else None
    is_worse = bool(signals) or move is not None
    if is_near and (is_worse or (is_at_risk and is_top)):
        odds = _likely_miss(ledger, evaluation)
    in_a_row = _in_a_row(ledger, evaluation) if status in _MISSED else 0
    lasts = is_top and (odds is not None or in_a_row >= IN_A_ROW)
    holds = {
        Concern.OFF_TARGET: status is Status.OFF_TARGET,
        Concern.OVERDUE: evaluation.is_overdue,
        Concern.DAMAGED: evaluation.is_damaged,
        Concern.AT_RISK: is_at_risk and (is_worse or lasts),
        Concern.SLIDING: status is Status.ON_TARGET and odds is not None,
        Concern.SIGNAL: any(signal.is_news for signal in signals),
    }
    concerns = tuple(concern for concern in Concern if holds[concern])
    return Attention(evaluation, concerns, odds, signals, chart.is_trial, in_a_row, move)


def _in_order(ledger: AnalysisLedger, needs: Sequence[Attention]) -> Iterator[Attention]:
    """Each with what explains it beneath."""
    rest = {need.evaluation.kpi.id: need for need in needs if _only_supports(need.evaluation)}
    for need in needs:
        if not _only_supports(need.evaluation):
            yield need
            yield from _explaining(ledger, need, rest)


def _explaining(
    ledger: AnalysisLedger, need: Attention, rest: dict[str, Attention]
) -> Iterator[Attention]:
    """Those of the rest that the formula of a KPI takes; each stands beneath one alone."""
    kpi = need.evaluation.kpi
    for part in ledger.definitions.with_inputs(kpi):
        if part.id != kpi.id and part.id in rest:
            yield rest.pop(part.id)._replace(explains=kpi.id)


def _order(need: Attention) -> tuple[int, float]:
    """The worst concern, then how many tolerances it is off target, or how likely to get there."""
    worst = need.concerns[0]
    if worst is Concern.OFF_TARGET:
        return worst.rank, -float(tolerances_off(need.evaluation) or inf)
    return worst.rank, -need.chance


def _in_a_row(ledger: AnalysisLedger, evaluation: Evaluation) -> int:
    """Periods up to the one that is shown that were not on target."""
    past = (
        moment
        for moment in reversed(ledger.observations(evaluation.kpi))
        if moment.period < evaluation.period
    )
    return 1 + sum(1 for _ in takewhile(lambda moment: moment.status in _MISSED, past))


def _worsening(ledger: AnalysisLedger, evaluation: Evaluation) -> TrendDirection | None:
    """Which way it goes, where that is the wrong one; on a climb standing still is too."""
    going = ledger.trend(evaluation.kpi, evaluation.period)
    is_climb = evaluation.end is not None and evaluation.period < (
        evaluation.kpi.by or evaluation.period
    )
    is_still = going.move is TrendDirection.FLAT and not is_climb
    return None if is_still or going.is_favourable else going.move


def _odds_under_way(ledger: AnalysisLedger, evaluation: Evaluation) -> TargetOdds | None:
    """Those of a period under way that is behind its pace."""
    if evaluation.status not in _MISSED or not evaluation.is_to_date:
        return None
    steps = ledger.forecast(evaluation.kpi).steps
    odds = (ledger.odds(evaluation.kpi, step) for step in steps if step.period == evaluation.period)
    return next(odds, None)


def _likely_miss(ledger: AnalysisLedger, evaluation: Evaluation) -> TargetOdds | None:
    """The odds of the period under way, the next or the end of a climb, if a miss is likely."""
    kpi = evaluation.kpi
    last = kpi.period_of(ledger.clock.today).shift(_NEXT - 1)
    for step in ledger.forecast(kpi).steps:
        is_deadline = evaluation.end is not None and step.period == kpi.by
        odds = ledger.odds(kpi, step) if step.period <= last or is_deadline else None
        if odds and 1 - odds.met >= LIKELY:
            return odds
    return None


def _is_bad(signal: Signal, evaluation: Evaluation) -> bool:
    """Whether it is bad, or neither good nor bad where there is a target to hold it against."""
    if signal.is_favourable is None:
        return evaluation.target is not None
    return not signal.is_favourable
