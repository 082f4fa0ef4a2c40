"""What needs a person, most urgent first, and nothing else; and good news for whoever asks."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from kpicli.analysis.analysis_ledger import AnalysisLedger
from kpicli.analysis.control_chart import Signal
from kpicli.analysis.kpi_forecast import TargetOdds
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

    `odds` are those of the period in which it is likely to miss its target, where it is at risk or
    slides; `in_a_row` are the periods up to now that were not on target, where it is at risk. The
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

    Off target; overdue, or hidden by damage; a top-level KPI at risk that is likelier than not to
    miss its target in the period under way, in the next or at its deadline, or was not on target
    for three periods in a row; on target, but likely to miss it, where a trend or a signal agrees;
    a signal that is bad news, or is neither good nor bad where there is a target. What is good, was
    told already or cannot be told from noise needs nobody.

    What supports another KPI and has no target is there only where it explains one that is, by
    formula, and then beneath it; or where somebody has to record it. Those that are as urgent stand
    by how far off they are or how likely, else as they came.
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
    chart = ledger.chart(evaluation.kpi)
    signals = tuple(signal for signal in chart.telling if _is_bad(signal, evaluation))
    in_a_row = _in_a_row(ledger, evaluation)
    odds = _odds(ledger, evaluation, signals)
    is_at_risk = evaluation.status is Status.AT_RISK
    holds = {
        Concern.OFF_TARGET: evaluation.status is Status.OFF_TARGET,
        Concern.OVERDUE: evaluation.is_overdue,
        Concern.DAMAGED: evaluation.is_damaged,
        Concern.AT_RISK: is_at_risk and (odds is not None or in_a_row >= IN_A_ROW),
        Concern.SLIDING: not is_at_risk and odds is not None,
        Concern.SIGNAL: any(signal.is_news for signal in signals),
    }
    concerns = tuple(concern for concern in Concern if holds[concern])
    return Attention(evaluation, concerns, odds, signals, chart.is_trial, in_a_row)


def _in_order(ledger: AnalysisLedger, needs: Sequence[Attention]) -> Iterator[Attention]:
    """Each with what explains it beneath."""
    top = [need for need in needs if not _only_supports(need.evaluation)]
    rest = {need.evaluation.kpi.id: need for need in needs if _only_supports(need.evaluation)}
    lines = {need.evaluation.kpi.id: list(_explaining(ledger, need, rest)) for need in top}
    alone = (need for need in rest.values() if need.concerns[0] is not Concern.SIGNAL)
    for need in sorted((*top, *alone), key=_order):
        yield need
        yield from lines.get(need.evaluation.kpi.id, ())


def _explaining(
    ledger: AnalysisLedger, need: Attention, rest: dict[str, Attention]
) -> Iterator[Attention]:
    """Those of the rest that the formula of a KPI takes; each stands beneath one alone."""
    kpi = need.evaluation.kpi
    for part in ledger.definitions.with_inputs(kpi):
        if part.id != kpi.id and part.id in rest:
            yield rest.pop(part.id)._replace(explains=kpi.id)


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


def _in_a_row(ledger: AnalysisLedger, evaluation: Evaluation) -> int:
    """Periods up to the one that is shown that were not on target, where it is top-level."""
    if evaluation.status is not Status.AT_RISK or evaluation.kpi.supports is not None:
        return 0
    past = (
        moment
        for moment in reversed(ledger.observations(evaluation.kpi))
        if moment.period < evaluation.period
    )
    return 1 + sum(1 for _ in takewhile(lambda moment: moment.status in _MISSED, past))


def _odds(
    ledger: AnalysisLedger, evaluation: Evaluation, signals: tuple[Signal, ...]
) -> TargetOdds | None:
    """The odds of a period soon to come, or of a deadline, where its target is likely to be missed.

    They are asked for where they are a concern alone, since a forecast takes time.
    """
    match evaluation.status:
        case Status.AT_RISK if evaluation.kpi.supports is None:
            pass
        case Status.ON_TARGET if signals or _is_worsening(ledger, evaluation):
            pass
        case _:
            return None
    odds = (each for each in _odds_to_come(ledger, evaluation) if 1 - each.met >= LIKELY)
    return next(odds, None)


def _is_worsening(ledger: AnalysisLedger, evaluation: Evaluation) -> bool:
    """Whether it goes the wrong way; on a climb it does where it stands still."""
    going = ledger.trend(evaluation.kpi, evaluation.period)
    if going.move is None:
        return False
    if evaluation.end is not None and evaluation.period < (evaluation.kpi.by or evaluation.period):
        return not going.is_favourable
    if going.move is TrendDirection.FLAT:
        return False
    return not going.is_favourable and evaluation.target is not None


def _odds_to_come(ledger: AnalysisLedger, evaluation: Evaluation) -> Iterator[TargetOdds]:
    """Those of the period under way, of the next, and of the end of a climb."""
    kpi = evaluation.kpi
    last = kpi.period_of(ledger.clock.today).shift(_NEXT - 1)
    for step in ledger.forecast(kpi).steps:
        is_deadline = evaluation.end is not None and step.period == kpi.by
        if (step.period <= last or is_deadline) and (odds := ledger.odds(kpi, step)):
            yield odds


def _is_bad(signal: Signal, evaluation: Evaluation) -> bool:
    """Whether it is bad, or neither good nor bad where there is a target to hold it against."""
    if signal.is_favourable is None:
        return evaluation.target is not None
    return not signal.is_favourable
