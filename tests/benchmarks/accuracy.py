"""Accuracy: forecasts of real series, beside the methods that the M competitions measured.

    python tests/benchmarks/accuracy.py SERIES

SERIES is a JSON file, gzip or not: a list of {"period": "MONTHLY" | "QUARTERLY" | "YEARLY" |
"OTHER", "x": what was known, "xx": what came after}, such as the 1,001 of the M1 competition
(Makridakis et al., Journal of Forecasting 1, 1982). It is not part of this repository.

Scored as there: sMAPE in percent, averaged over all steps of all series, and MASE, the mean
absolute error over that of the seasonal naive forecast within the known values (Hyndman & Koehler
2006), averaged over series. Then how many of what came after the intervals hold, and whether the
chances of targets drawn around the forecasts come true, of all and of steady climbs: the Brier
score beside that of always saying the base rate and that of a random walk with normal steps, and
what happened in each tenth of chances, by period at most; then percentages that are made up, which
have moved to another level of late, and months and counts that are chance; what a forecast of 36
months costs, and at last how all do on the latest few values alone. The exit code is 1 where
something is missed, and where of the three sets that are known by their size intervals cost more
(MSIS) than they did.
"""

import argparse
import gzip
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from math import exp, inf, sqrt
from pathlib import Path
from random import Random
from statistics import NormalDist, fmean, stdev
from time import process_time
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[2]))

from kpicli.stats.forecast import predictive_distribution
from kpicli.stats.mann_kendall import climb_sign
from kpicli.stats.predictive_distribution import PredictiveDistribution
from tests.benchmarks.competitors import METHODS, forecasts, mean, naive, seasonal_naive

SEASONS = {"MONTHLY": 12, "QUARTERLY": 4, "YEARLY": 1, "OTHER": 1}
OURS = "kpi"
HELD = {80: (77, 84), 95: (92, 97)}
"""By level in percent, between what shares of outcomes the intervals have to hold."""

SHORT = (6, 9, 12, 18, 24, 36)
"""Values that are known of a short series."""

BESIDE = ("SES", "Theta")
"""Methods of the competitions that short series are held against, beside three simpler ones."""

FEW, BEHIND = 12, 1.02
"""Below so many values ours may be a little behind the best."""

OFF, MOST_MS, DRAWS = 7, 1.6, 5
"""Points by which a tenth of chances may differ from what happened; ms of one forecast; targets
that are drawn for each step."""


FEWEST_TOLD = 200
"""Chances in a tenth, of fewer of which nothing is said."""

MOST_MSIS: Mapping[int, Mapping[str, float]] = {
    1001: {"MONTHLY": 7.83, "QUARTERLY": 12.98, "YEARLY": 35.51},
    3003: {"MONTHLY": 5.94, "QUARTERLY": 8.94, "YEARLY": 21.68, "OTHER": 14.29},
    1311: {"MONTHLY": 10.45, "QUARTERLY": 11.90, "YEARLY": 22.11},
}
"""By how many series a set has (M1, M3, tourism), what the 95% intervals may cost at most."""

MOVES = ((92, 2, -8), (92, 2, -15), (60, 4, 12), (80, 3, 10), (97, 1, -6), (92, 2, 0))
"""Level, standard deviation there and step of percentages that are made up."""


UNSTEADY: Mapping[str, Sequence[float]] = {"values": (0.1, 0.2, 0.3), "counts": (3, 6, 12, 30)}
HELD_UNSTEADY = (75, 86)
"""Standard deviations of the logarithms, and means of counts, of months that are made up and never
move; and what shares their 80% intervals hold: chance has thinner tails than a business, and a year
of it looks like a season in part."""


class Series(NamedTuple):
    """One series: what was known, and what came after."""

    period: str
    known: list[float]
    after: list[float]

    @property
    def season(self) -> int:
        """How many values make a year."""
        return SEASONS[self.period]

    def smape(self, points: Sequence[float]) -> list[float]:
        """The symmetric error of each step, in percent."""
        pairs = zip(points, self.after, strict=True)
        return [200 * abs(one - two) / (abs(one) + abs(two) or 1) for one, two in pairs]

    def mase(self, points: Sequence[float]) -> float | None:
        """The scaled error; nothing where no two seasons differ."""
        error = fmean(abs(one - two) for one, two in zip(points, self.after, strict=True))
        return error / self.unit if self.unit else None

    @property
    def unit(self) -> float:
        """The mean absolute error of the seasonal naive forecast within what was known."""
        steps = zip(self.known, self.known[self.season :], strict=False)
        return fmean([abs(later - before) for before, later in steps] or [0])


class Told(NamedTuple):
    """A chance that was told, what a random walk would have told, and whether it came true."""

    chance: float
    walk: float
    is_true: bool

    def turned(self) -> "Told":
        """That of the opposite."""
        return Told(1 - self.chance, 1 - self.walk, not self.is_true)


def main() -> int:
    """Measure, print the tables, and say by the exit code whether all is held."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("series", type=Path, metavar="SERIES")
    given = parser.parse_args()
    found = list(read(given.series))
    outlooks = [_outlook(one) for one in found]
    held = [
        is_accurate(found, outlooks),
        is_held(found, outlooks),
        come_true(found, outlooks),
        are_percentages_held(),
        are_unsteady_held(),
        _cost(),
    ]
    return int(not all([*held, *map(is_short_accurate, _by_period(found))]))


def read(path: Path) -> Iterator[Series]:
    """The series of a file."""
    content = path.read_bytes()
    content = gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content
    for one in json.loads(content):
        yield Series(one["period"], [*map(float, one["x"])], [*map(float, one["xx"])])


def _outlook(one: Series) -> PredictiveDistribution:
    found = predictive_distribution(one.known, one.season, len(one.after))
    if found is None:
        sys.exit(f"a series of {len(one.known)} values is too short")
    return found


def is_accurate(series: Sequence[Series], outlooks: Sequence[PredictiveDistribution]) -> bool:
    """A line a method; ours must be at or below the best of the others everywhere."""
    smape: dict[tuple[str, str], list[float]] = {}
    mase: dict[tuple[str, str], list[float]] = {}
    for one, found in zip(series, outlooks, strict=True):
        others = forecasts(one.known, one.season, len(one.after))
        for name, points in {**others, OURS: found.points}.items():
            smape.setdefault((name, one.period), []).extend(one.smape(points))
            scaled = one.mase(points)
            mase.setdefault((name, one.period), []).extend([] if scaled is None else [scaled])
    periods = [period for period in SEASONS if (OURS, period) in smape]
    print(f"{'sMAPE, MASE':16}" + "".join(f"{period.lower():>20}" for period in periods))
    for name in (*METHODS, OURS):
        pairs = [(fmean(smape[name, period]), fmean(mase[name, period])) for period in periods]
        print(f"{name:16}" + "".join(f"{one:12.2f}{two:8.3f}" for one, two in pairs))
    return all(_is_best(scores, period) for scores in (smape, mase) for period in periods)


def _is_best(scores: Mapping[tuple[str, str], Sequence[float]], period: str) -> bool:
    best = min(fmean(scores[name, period]) for name in METHODS)
    return fmean(scores[OURS, period]) <= best


def _by_period(series: Sequence[Series]) -> Iterator[list[Series]]:
    for period in SEASONS:
        if those := [one for one in series if one.period == period]:
            yield those


def is_short_accurate(series: Sequence[Series]) -> bool:
    """What all do with the latest few values, scaled by all that are known.

    Ours must be ahead of the others, or near the best of them where next to nothing is known.
    """
    print(f"\n{f'{series[0].period.lower()}, known':18}" + "".join(f"{n:>15}" for n in SHORT))
    columns = [_short_scores(series, count) for count in SHORT]
    held, off = zip(*[_short_held(series, count) for count in SHORT], strict=True)
    for name in columns[0]:
        print(f"{name:18}" + "".join(f"{one[name][0]:9.2f}{one[name][1]:6.2f}" for one in columns))
    shares = [{level: 100 * fmean(one[0, level]) for level in HELD} for one in held]
    print(f"{'within 80%, 95%':18}" + "".join(f"{one[80]:8.1f}%{one[95]:5.1f}" for one in shares))
    print(f"{'odds off by':18}" + "".join(f"{one:15.1f}" for one in off))
    is_so = max(off) <= OFF and all(_is_as_said(each) for one in held for each in one.items())
    return is_so and all(
        column[OURS][score] <= (BEHIND if count < FEW else 1) * min(best) + 1e-9
        for count, column in zip(SHORT, columns, strict=True)
        for score in (0, 1)
        if (best := [scores[score] for name, scores in column.items() if name != OURS])
    )


def _short_scores(series: Sequence[Series], count: int) -> dict[str, tuple[float, float]]:
    """By method sMAPE and MASE of those that are as long."""
    smape: dict[str, list[float]] = {}
    mase: dict[str, list[float]] = {}
    for one in series:
        if len(one.known) < count:
            continue
        for name, points in _short_points(one._replace(known=one.known[-count:])).items():
            smape.setdefault(name, []).extend(one.smape(points))
            scaled = one.mase(points)
            mase.setdefault(name, []).extend([] if scaled is None else [scaled])
    return {name: (fmean(smape[name]), fmean(mase[name] or [0])) for name in smape}


def _short_held(
    series: Sequence[Series], count: int
) -> tuple[dict[tuple[object, int], list[bool]], float]:
    """What the intervals hold, and by how many points a tenth of chances is off at most."""
    held: dict[tuple[object, int], list[bool]] = {(0, level): [] for level in HELD}
    told: list[Told] = []
    random = Random(1)  # noqa: S311 - as below
    for one in series:
        if len(one.known) >= count:
            short = one._replace(known=one.known[-count:])
            found = _outlook(short)
            told += _told(short, found, random)
            for level in HELD:
                held[0, level] += _inside(short, found, level)
    return held, _most_off(told)


def _short_points(one: Series) -> dict[str, Sequence[float]]:
    known, ahead = one.known, len(one.after)
    others = forecasts(known, one.season, ahead)
    return {
        "naive": naive(known, ahead),
        "seasonal naive": seasonal_naive(known, one.season, ahead),
        "mean": mean(known, ahead),
        **{name: others[name] for name in BESIDE},
        OURS: _outlook(one).points,
    }


def is_held(series: Sequence[Series], outlooks: Sequence[PredictiveDistribution]) -> bool:
    """How many of a hundred outcomes lie within the intervals, by period, and MSIS.

    Beside each share stands its standard error, since the outcomes of one series fall together.
    MSIS is the mean scaled interval score of the M4 competition: how wide the 95% interval is, and
    40 times how far outside of it the outcomes lie, over the scale of MASE.
    """
    inside: dict[tuple[str, int], list[float]] = {}
    scores: dict[str, list[float]] = {}
    for one, found in zip(series, outlooks, strict=True):
        for level in HELD:
            share = fmean(_inside(one, found, level))
            inside.setdefault((one.period, level), []).append(share)
        score = _interval_score(one, found)
        scores.setdefault(one.period, []).extend([] if score is None else [score])
    periods = [period for period in SEASONS if period in scores]
    print("\n" + f"{'outcomes within':16}" + "".join(f"{name.lower():>12}" for name in periods))
    for level in HELD:
        columns = [inside[period, level] for period in periods]
        cells = [f"{100 * fmean(one):.1f} ±{100 * _standard_error(one):.1f}%" for one in columns]
        print(f"{f'{level}% intervals':16}" + "".join(f"{cell:>12}" for cell in cells))
    print(f"{'MSIS':16}" + "".join(f"{fmean(scores[period]):12.2f}" for period in periods))
    most = MOST_MSIS.get(len(series), {})
    is_cheap = all(round(fmean(scores[period]), 2) <= most.get(period, inf) for period in periods)
    return all(map(_is_as_said, inside.items())) and is_cheap


def are_percentages_held(series: int = 100) -> bool:
    """Of made-up months of percentages that moved to another level four to twelve months ago.

    They stray as shares of so many do, and each leans on the one before.
    """
    random, is_so = Random(1), True  # noqa: S311 - as below
    print(f"\n{'percentages, known':22}{'80%':>8}{'95%':>8}{'odds off by':>14}")
    for count in SHORT[3:]:
        held: dict[int, list[bool]] = {level: [] for level in HELD}
        told: list[Told] = []
        for move, _ in product(MOVES, range(series)):
            one = _percentages(random, *move, count)
            found = predictive_distribution(one.known, 12, len(one.after), low=0, high=100)
            if found is not None:
                for level in HELD:
                    held[level] += _inside(one, found, level)
                told += _told(one, found, random)
        shares = {level: 100 * fmean(inside) for level, inside in held.items()}
        off = _most_off(told)
        print(f"{count:<22}{shares[80]:7.1f}%{shares[95]:7.1f}%{off:14.1f}")
        is_so &= off <= OFF and all(map(_is_as_said, [((0, each), held[each]) for each in HELD]))
    return is_so


def are_unsteady_held(series: int = 60) -> bool:
    """Of made-up months that are chance around a level, in the unit and counted, half a year ahead.

    Small shops have such numbers: 8, 11, 5, 14.
    """
    random, is_so = Random(1), True  # noqa: S311 - as below
    print(f"\n{'unsteady, known':22}{'80%':>8}{'95%':>8}{'odds off by':>14}")
    for count, (name, kinds) in product(SHORT, UNSTEADY.items()):
        held: dict[int, list[bool]] = {level: [] for level in HELD}
        told: list[Told] = []
        for kind, _ in product(kinds, range(series)):
            values = [_unsteady(random, kind) for _ in range(count + 6)]
            one = Series("MONTHLY", values[:count], values[count:])
            found = predictive_distribution(one.known, 12, len(one.after), low=0)
            if found is not None:
                for level in HELD:
                    held[level] += _inside(one, found, level)
                told += _told(one, found, random)
        shares, off = {level: 100 * fmean(held[level]) for level in HELD}, _most_off(told)
        print(f"{f'{count} {name}':22}{shares[80]:7.1f}%{shares[95]:7.1f}%{off:14.1f}")
        is_so &= off <= OFF and HELD_UNSTEADY[0] <= shares[80] <= HELD_UNSTEADY[1]
        is_so &= shares[95] >= HELD[95][0]
    return is_so


def _unsteady(random: Random, kind: float) -> float:
    """A value whose logarithm strays so far, or how many of 300 come where so many are expected."""
    if kind < 1:
        return round(100 * exp(random.gauss(0, kind)), 1)
    return float(sum(random.random() < kind / 300 for _ in range(300)))


def _percentages(random: Random, level: float, size: float, move: float, count: int) -> Series:
    ago, leaning, values = random.randint(4, 12), 0.0, []
    for at in range(count + 12):
        leaning = 0.3 * leaning + random.gauss(0, sqrt(1 - 0.3**2))
        middle = level + move * (at >= count - ago)
        strays = size * sqrt(middle * (100 - middle) / level / (100 - level))
        values.append(round(max(0.0, min(100.0, middle + strays * leaning)), 1))
    return Series("MONTHLY", values[:count], values[count:])


def _inside(one: Series, found: PredictiveDistribution, level: int) -> list[bool]:
    edges = [found.interval(step, level) for step in range(len(one.after))]
    return [low <= came <= high for (low, high), came in zip(edges, one.after, strict=True)]


def _standard_error(shares: Sequence[float]) -> float:
    return stdev(shares) / sqrt(len(shares)) if len(shares) > 1 else 0.0


def _is_as_said(held: tuple[tuple[object, int], Sequence[float]]) -> bool:
    (_, level), inside = held
    least, most = HELD[level]
    return least <= 100 * fmean(inside) <= most


def _interval_score(one: Series, found: PredictiveDistribution) -> float | None:
    edges = [found.interval(step, 95) for step in range(len(one.after))]
    scores = [
        high - low + 40 * (max(low - came, 0) + max(came - high, 0))
        for (low, high), came in zip(edges, one.after, strict=True)
    ]
    unit = one.unit
    return fmean(scores) / unit if unit else None


def come_true(series: Sequence[Series], outlooks: Sequence[PredictiveDistribution]) -> bool:
    """Whether chances come true, and where there is a steady climb or fall those that it goes on.

    Some real ones go on and others stop; none that is made up tells how many.
    """
    random = Random(1)  # noqa: S311 - to be guessed is what it is for
    told = [
        (each, climb_sign(one.known), one.period)
        for one, found in zip(series, outlooks, strict=True)
        for each in _told(one, found, random)
    ]
    climbs = [each.turned() if sign < 0 else each for each, sign, _ in told if sign]
    is_so = _come_true("all series", [each for each, *_ in told])
    for name in dict.fromkeys(one.period for one in series):
        off = _most_off([each for each, _, period in told if period == name])
        print(f"{name.lower() + ', off by at most':22}{off:6.1f} points")
        is_so &= off <= OFF
    return is_so & (not climbs or _come_true("steady climbs", climbs))


def _come_true(name: str, told: Sequence[Told]) -> bool:
    """The Brier scores, and by tenths of the chance that was told what happened."""
    base = fmean(each.is_true for each in told)
    scores = {
        OURS: _brier((each.chance, each.is_true) for each in told),
        "base rate": _brier((base, each.is_true) for each in told),
        "random walk": _brier((each.walk, each.is_true) for each in told),
    }
    print(f"\n{name + ', Brier':22}", *(f"{one} {score:.4f}  " for one, score in scores.items()))
    print(f"{'chance told':16}{'happened':>10}{'of':>8}")
    is_so = scores[OURS] < min(scores["base rate"], scores["random walk"])
    for said, happened, count in _tenths(told):
        is_so &= abs(said - happened) <= OFF
        print(f"{said:15.1f}%{happened:9.1f}%{count:8}")
    return is_so


def _tenths(told: Sequence[Told]) -> Iterator[tuple[float, float, int]]:
    """By tenth of chances, in percent, what was told and what happened, and how many they are."""
    for tenth in range(10):
        those = [each for each in told if min(int(10 * each.chance), 9) == tenth]
        if those:
            chances, truths = ([each.chance for each in those], [each.is_true for each in those])
            yield 100 * fmean(chances), 100 * fmean(truths), len(those)


def _most_off(told: Sequence[Told]) -> float:
    """By how many points the tenth differs most from what happened, of those that have many."""
    tenths = [(said, happened) for said, happened, count in _tenths(told) if count >= FEWEST_TOLD]
    return max([abs(said - happened) for said, happened in tenths], default=0.0)


def _told(one: Series, found: PredictiveDistribution, random: Random) -> Iterator[Told]:
    """Some targets for every step, as far from the forecast as that is unsure."""
    steps = [later - before for before, later in zip(one.known, one.known[1:], strict=False)]
    size = sqrt(fmean(step * step for step in steps)) or 1.0
    for (step, outcome), _ in product(enumerate(one.after), range(DRAWS)):
        middle, spread = found.middles[step], found.spreads[step]
        off = random.gauss(0, 1) * spread
        target = middle * exp(off) if found.is_log else middle + off
        target = found.shares.value(target) if found.shares else target
        if spread:
            walk = NormalDist(one.known[-1], size * sqrt(step + 1)).cdf(target)
            yield Told(found.chance_above(step, target), 1 - walk, outcome > target)


def _brier(pairs: Iterable[tuple[float, bool]]) -> float:
    return fmean((chance - is_true) ** 2 for chance, is_true in pairs)


def _cost() -> bool:
    """CPU time of one forecast of 36 months, the least of many."""
    random = Random(1)  # noqa: S311 - as above
    months = [100 + month + 20 * (month % 12 == 11) + random.gauss(0, 8) for month in range(36)]
    spent = []
    for _ in range(50):
        begun = process_time()
        predictive_distribution(months, 12, 12)
        spent.append(1000 * (process_time() - begun))
    print(f"\n36 months, 12 ahead: {min(spent):.2f} ms")
    return min(spent) < MOST_MS


if __name__ == "__main__":
    sys.exit(main())
