"""How much of a KPI's change each input of its formula made."""

from collections.abc import Sequence
from fractions import Fraction

from kpicli.analysis.counterfactual import Counterfactual, PeriodPair, Read, Side
from kpicli.errors import KpiError
from kpicli.evaluation.compare import Against, ledger_at_same_point
from kpicli.evaluation.evaluate import Evaluation, is_favourable
from kpicli.evaluation.ledger import Ledger
from kpicli.model.formula import Input
from kpicli.model.kpi import Definitions, Kpi, Rollup
from kpicli.model.number import Number
from kpicli.model.period import Period
from kpicli.model.record import Missing
from kpicli.noun import NamedTuple
from kpicli.stats.shapley import shapley

MOST_INPUTS = 12  # inputs that are told apart: every further one doubles the work


class Driver(NamedTuple):
    """One input: how it moved, what that does to the KPI, and whether that is good news.

    `remaining` is what then still lies between the KPI and its own target, where asked for.
    """

    kpi: Kpi
    start: Number | None
    end: Number | None
    contribution: Fraction
    is_favourable: bool | None = None
    remaining: Fraction | None = None


class Drivers(NamedTuple):
    """A KPI's change since `earlier`, or without that the way to its target, and what drives it.

    The largest contribution comes first; `bare` are inputs that have no target. Without drivers
    the reason says why.
    """

    evaluation: Evaluation
    earlier: Period | None
    start: Number | None = None
    end: Number | None = None
    drivers: tuple[Driver, ...] = ()
    bare: tuple[Kpi, ...] = ()
    reason: str = ""

    @property
    def change(self) -> Fraction | None:
        """From the start to the end."""
        if self.start is None or self.end is None:
            return None
        return Fraction(self.end) - Fraction(self.start)

    @property
    def bottleneck(self) -> Driver | None:
        """What made it worse most; on the way to a target, what would make it better most."""
        is_helpful = self.earlier is None
        drivers = (driver for driver in self.drivers if driver.is_favourable is is_helpful)
        return next(drivers, None)


def formula_inputs(definitions: Definitions, kpi: Kpi, depth: int | None) -> list[Kpi]:
    """The inputs of a formula tree, `depth` formulas down or at its leaves, as first written.

    An input that is reached in several ways, or with several lags, is one. Raises `KpiError` for
    too many.
    """
    inputs = _inputs(definitions, kpi, depth)
    if len(inputs) <= MOST_INPUTS:
        return inputs
    message = f"{kpi.id} is made of {len(inputs)} inputs; at most {MOST_INPUTS} can be analysed"
    raise KpiError(message, hint=_less_deep(definitions, kpi))


def _less_deep(definitions: Definitions, kpi: Kpi) -> str:
    """The deepest look that is possible."""
    depth = 0
    while len(_inputs(definitions, kpi, depth + 1)) <= MOST_INPUTS:
        depth += 1
    if depth == 0:
        return "make sums of some of them KPIs of their own, and look at those with --depth 1"
    count = len(_inputs(definitions, kpi, depth))
    return f"--depth {depth} looks at the {count} that they make up"


def _inputs(definitions: Definitions, kpi: Kpi, depth: int | None) -> list[Kpi]:
    level = {kpi.id}
    while depth is None or depth > 0:
        below = {id for one in level for id in _steps(definitions, one) or [one]}
        if below == level:
            break
        level, depth = below, None if depth is None else depth - 1
    inputs: dict[str, Kpi] = {}
    waiting = [kpi.id]
    while waiting:
        id = waiting.pop()
        if id in level:
            inputs[id] = definitions.kpis[id]
        else:
            waiting += reversed(_steps(definitions, id))
    return list(inputs.values())


def _steps(definitions: Definitions, id: str) -> list[str]:
    formula = definitions.kpis[id].formula
    return [step.id for step in formula.inputs] if formula else []


def period_to_explain(ledger: Ledger, kpi: Kpi, against: Against | None) -> Period:
    """The latest period that has an actual and can be held against a whole one, or an equal part.

    Without `against` that is the target.
    """
    for period in ledger.known_periods(kpi, kpi.frequency):
        is_known = ledger.has(kpi, period)
        if is_known and reason_not_comparable(ledger, kpi, period, against) is None:
            return period
    return ledger.latest(kpi).period


def reason_not_comparable(
    ledger: Ledger, kpi: Kpi, period: Period, against: Against | None
) -> Missing | None:
    """Why an open period can't be held against what was asked for."""
    if kpi.is_closed(period, ledger.clock.today):
        return None
    if against:
        then = ledger_at_same_point(ledger, kpi, period, against.of(period))
        return then if isinstance(then, Missing) else None
    if any(part.rollup is Rollup.SUM for part in ledger.definitions.with_inputs(kpi)):
        return Missing(f"{period} is open: a part of it is not held against a whole target")
    return None


def drivers_of_change(
    ledger: Ledger, kpi: Kpi, period: Period, against: Against, depth: int | None = None
) -> Drivers:
    """The change since an earlier period, shared out over the inputs by their Shapley value.

    The worth of some inputs is the formula with these as they are, and the others as they were;
    all lags and windows of an input move together, and a sum is shared out for each own period.
    """
    players = formula_inputs(ledger.definitions, kpi, depth)
    earlier = against.of(period)
    answer = Drivers(ledger.evaluate(kpi, period), earlier)
    end = ledger.actual(kpi, period)
    if isinstance(end, Missing):
        return answer._replace(reason=end.reason)
    answer = answer._replace(end=end.number)
    then = ledger_at_same_point(ledger, kpi, period, earlier)
    if isinstance(then, Missing):
        return answer._replace(reason=with_closed_period(ledger, period, then.reason))
    start = then.actual(kpi, earlier)
    if isinstance(start, Missing):
        return answer._replace(reason=with_closed_period(ledger, period, start.reason))
    mixture = Counterfactual(ledger, then, players, _moved(ledger, then))
    shares = _shares(mixture, kpi, PeriodPair(period, earlier), players)
    if isinstance(shares, Missing):
        return answer._replace(start=start.number, reason=shares.reason)
    drivers = [
        Driver(player, *input_move(mixture, player, PeriodPair(period, earlier)), share)
        for player, share in zip(players, shares, strict=True)
    ]
    return answer._replace(start=start.number, drivers=largest_first(answer.evaluation, drivers))


def with_closed_period(ledger: Ledger, period: Period, reason: str) -> str:
    """The reason, and for an open period the closed one to ask for instead."""
    if period.is_closed(ledger.clock.today):
        return reason
    return f"{reason}; {period.shift(-1)} is the last closed one"


def _moved(now: Ledger, then: Ledger) -> Read:
    """From what an input was to what it is."""

    def read(kpi: Kpi, pair: PeriodPair) -> tuple[Side, Side]:
        start, end = then.actual(kpi, pair.start), now.actual(kpi, pair.end)
        return (
            start if isinstance(start, Missing) else start.number,
            end if isinstance(end, Missing) else end.number,
        )

    return read


def _shares(
    mixture: Counterfactual, kpi: Kpi, pair: PeriodPair, players: Sequence[Kpi]
) -> list[Fraction] | Missing:
    """Each input's share; one that has not moved has none, and is left out of the game."""
    worth = mixture.of(kpi, pair)
    if isinstance(worth, Missing):
        return worth
    movers = [one for one in players if any(a != b for a, b in mixture.moves[one.id].values())]
    worths: list[Fraction] = []
    for coalition in range(1 << len(movers)):
        moved = [one.id for at, one in enumerate(movers) if coalition >> at & 1]
        number = worth(sum(mixture.bits[id] for id in moved))
        if number is None:
            rest = [one.id for one in movers if one.id not in moved]
            return Missing(
                f"division by zero with {' and '.join(moved)} of {pair.end}, "
                f"but {' and '.join(rest)} still of {pair.start}"
            )
        worths.append(number)
    shares = dict(zip((one.id for one in movers), shapley(worths), strict=True))
    return [shares.get(one.id, Fraction(0)) for one in players]


def input_move(
    mixture: Counterfactual, kpi: Kpi, pair: PeriodPair
) -> tuple[Number | None, Number | None]:
    """Where an input stood and stands: in the two periods, else with its only lag or window."""
    moves = mixture.moves[kpi.id]
    move = moves.get((pair, Input(kpi.id)))
    if move or len(moves) == 1:
        return move or next(iter(moves.values()))
    start, end = mixture.read(kpi, pair)
    if isinstance(start, Missing) or isinstance(end, Missing):
        return None, None
    return start, end


def largest_first(evaluation: Evaluation, drivers: Sequence[Driver]) -> tuple[Driver, ...]:
    """Judged, and the largest first."""
    rated = [
        driver._replace(
            is_favourable=is_favourable(evaluation.kpi, evaluation.target, driver.contribution)
        )
        for driver in drivers
    ]
    return tuple(sorted(rated, key=lambda driver: -abs(driver.contribution)))
