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
what happened in each tenth of chances; then what a forecast of 36 months costs, and at last how all
do on the latest few values alone. The exit code is 1 where something is missed.
"""

import argparse
import gzip
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from math import exp, sqrt
from pathlib import Path
from random import Random
from statistics import NormalDist, fmean, stdev
from time import process_time
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[2]))

from kpicli.stats.forecast import predictive_distribution
from kpicli.stats.predictive_distribution import PredictiveDistribution
from kpicli.stats.steady_climb import climb_sign
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
    held = [_short_held(series, count) for count in SHORT]
    for name in columns[0]:
        print(f"{name:18}" + "".join(f"{one[name][0]:9.2f}{one[name][1]:6.2f}" for one in columns))
    shares = [{level: 100 * fmean(one[0, level]) for level in HELD} for one in held]
    print(f"{'within 80%, 95%':18}" + "".join(f"{one[80]:8.1f}%{one[95]:5.1f}" for one in shares))
    return all(_is_as_said(each) for one in held for each in one.items()) and all(
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


def _short_held(series: Sequence[Series], count: int) -> dict[tuple[object, int], list[bool]]:
    held: dict[tuple[object, int], list[bool]] = {(0, level): [] for level in HELD}
    for one in series:
        if len(one.known) >= count:
            short = one._replace(known=one.known[-count:])
            found = _outlook(short)
            for level in HELD:
                held[0, level] += _inside(short, found, level)
    return held


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
    return all(map(_is_as_said, inside.items()))


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
        (each, climb_sign(one.known))
        for one, found in zip(series, outlooks, strict=True)
        for each in _told(one, found, random)
    ]
    climbs = [each.turned() if sign < 0 else each for each, sign in told if sign]
    is_so = _come_true("all series", [each for each, _ in told])
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
    for tenth in range(10):
        those = [each for each in told if min(int(10 * each.chance), 9) == tenth]
        if not those:
            continue
        said, happened = (
            100 * fmean([each.chance for each in those]),
            100 * fmean([each.is_true for each in those]),
        )
        is_so &= abs(said - happened) <= OFF
        print(f"{said:15.1f}%{happened:9.1f}%{len(those):8}")
    return is_so


def _told(one: Series, found: PredictiveDistribution, random: Random) -> Iterator[Told]:
    """Some targets for every step, as far from the forecast as that is unsure."""
    steps = [later - before for before, later in zip(one.known, one.known[1:], strict=False)]
    size = sqrt(fmean(step * step for step in steps)) or 1.0
    for (step, outcome), _ in product(enumerate(one.after), range(DRAWS)):
        middle, spread = found.middles[step], found.spreads[step]
        off = random.gauss(0, 1) * spread
        target = middle * exp(off) if found.is_log else middle + off
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
