"""The month under way: how often it comes out as expected, on each fifth of it.

    python tests/benchmarks/nowcasts.py [BOARDS]

Days of so many KPIs a kind are made up (weekdays that differ, growth, lumps, bills at the end of a
month, levels that drift, rare events, averages, percentages), two years of them, and one day in
each fifth of the month that follows is taken for today. The intervals have to hold as many of a
hundred months as they say, and the chances of targets drawn around what is expected to come true;
the exit code is 1 where they do not.
"""

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from math import exp
from pathlib import Path
from random import Random
from statistics import fmean
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[2]))

from kpicli.analysis.analysis_ledger import AnalysisLedger
from kpicli.model.frequency import Frequency
from kpicli.model.period import Period, period_of
from kpicli.model.record import Record, Series
from kpicli.model.scorecard import Clock
from tests.evaluation.board import day_of, defined

HELD: Mapping[int, tuple[int, int]] = {80: (77, 84), 95: (92, 97)}
"""By level in percent, between what shares of months the intervals have to hold."""

OFF = 7
"""Points by which a tenth of chances may differ from what happened."""

FIFTHS, MONTHS = 5, 25
FIRST = date(2024, 1, 1)
_SAME = 1e-6
_WEEK = (1.2, 1.1, 1.0, 1.0, 1.2, 0.5, 0.3)


class Told(NamedTuple):
    """What was expected of a month on a day of that fifth, and what came."""

    fifth: int
    is_held: Mapping[int, bool]
    error: float
    chance: float
    is_true: bool


Day = Callable[[Random, date, int], float]
"""What one day brings, in the month of that number."""


def _week(random: Random, day: date, _month: int) -> float:
    return 1000 * _WEEK[day.weekday()] * exp(random.gauss(0, 0.25))


def _growth(random: Random, day: date, month: int) -> float:
    return _week(random, day, month) * 1.03**month


def _lumps(random: Random, _day: date, _month: int) -> float:
    return random.expovariate(1) * 1000 if random.random() < 0.15 else 0


def _bills(random: Random, day: date, _month: int) -> float:
    is_last = (day + timedelta(days=1)).day == 1
    return 100 * exp(random.gauss(0, 0.3)) + is_last * 2000 * exp(random.gauss(0, 0.2))


def _rare(random: Random, _day: date, _month: int) -> float:
    return float(sum(random.random() < 0.04 for _ in range(10)))


def _share(random: Random, day: date, _month: int) -> float:
    return min(100.0, 92 + 2 * _WEEK[day.weekday()] + random.gauss(0, 2))


class Kind(NamedTuple):
    """How such a KPI is rolled up, what a day brings, and how far a month's level drifts."""

    rollup: str
    day: Day
    drift: float = 0.0
    unit: str = ""


KINDS: Mapping[str, Kind] = {
    "weekdays": Kind("sum", _week, 0.05),
    "growth": Kind("sum", _growth, 0.03),
    "drifting": Kind("sum", _week, 0.15),
    "lumps": Kind("sum", _lumps),
    "bills": Kind("sum", _bills, 0.05),
    "rare": Kind("sum", _rare, 0.1),
    "average": Kind("mean", _week, 0.05),
    "percentage": Kind("mean", _share, 0.0, "%"),
}


def main() -> int:
    """Measure, print a line a kind and fifth, and say by the exit code whether all is held."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("boards", type=int, nargs="?", default=100, metavar="BOARDS")
    given = parser.parse_args()
    by_kind = {name: list(tell(name, given.boards)) for name in KINDS}
    heading = "".join(f"{f'fifth {fifth + 1}':>22}" for fifth in range(FIFTHS))
    print(f"{'80%, 95%, error':16}{heading}")
    for name, told in by_kind.items():
        print(f"{name:16}" + "".join(map(_summary, _fifths(told))))
    everything = [each for told in by_kind.values() for each in told]
    print(f"{'all':16}" + "".join(map(_summary, _fifths(everything))))
    return int(not (are_held(everything) & come_true(everything)))


def tell(name: str, boards: int) -> Iterator[Told]:
    """One month of each of so many KPIs, on a day of each fifth of it."""
    kind = KINDS[name]
    unit = f'\nunit = "{kind.unit}"' if kind.unit else ""
    definitions = defined(f'[kpis.it]\nrollup = "{kind.rollup}"{unit}')
    for board in range(boards):
        random = Random(f"{name} {board}")  # noqa: S311 - to be guessed is what it is for
        days = dict(_days(kind, random))
        month = period_of(max(days), Frequency.MONTHLY)
        inside = [value for day, value in days.items() if month.contains(_period(day))]
        came = sum(inside) / (len(inside) if kind.rollup == "mean" else 1)
        for fifth in range(FIFTHS):
            passed = 1 + int((fifth + random.random()) / FIFTHS * (len(inside) - 1))
            today = month.start + timedelta(days=passed)
            records = {
                _period(day): Record("it", _period(day), Decimal(str(value)), "")
                for day, value in days.items()
                if day < today
            }
            ledger = AnalysisLedger(definitions, {"it": Series(records, {})}, Clock(today, day_of))
            yield _told(ledger, fifth, came, random)


def _told(ledger: AnalysisLedger, fifth: int, came: float, random: Random) -> Told:
    step = ledger.forecast(ledger.definitions.kpis["it"]).steps[0]
    prediction = step.prediction
    if prediction is None:
        sys.exit(f"nothing is expected of {step.period}")
    intervals = {80: (step.low_80, step.high_80), 95: (step.low_95, step.high_95)}
    held = {level: low - _SAME <= came <= high + _SAME for level, (low, high) in intervals.items()}
    target = step.point + random.gauss(0, 1) * (step.high_80 - step.low_80) / 2.56
    error = abs(step.point - came) / came
    return Told(fifth, held, error, prediction.above(target), came > target)


def _days(kind: Kind, random: Random) -> Iterator[tuple[date, float]]:
    level, day = 1.0, FIRST
    for month in range(MONTHS):
        level *= exp(random.gauss(0, kind.drift))
        number = day.month
        while day.month == number:
            yield day, round(level * kind.day(random, day, month), 2)
            day += timedelta(days=1)


def _period(day: date) -> Period:
    return Period(day, Frequency.DAILY)


def _fifths(told: Sequence[Told]) -> list[list[Told]]:
    return [[each for each in told if each.fifth == fifth] for fifth in range(FIFTHS)]


def _share_held(told: Sequence[Told], level: int) -> float:
    return 100 * fmean(each.is_held[level] for each in told)


def _summary(told: Sequence[Told]) -> str:
    held = (f"{_share_held(told, level):.0f}%" for level in HELD)
    return f"{' '.join(held):>14}{100 * fmean(each.error for each in told):7.1f}%"


def are_held(told: Sequence[Told]) -> bool:
    """Whether on each fifth the intervals hold as many as they say."""
    return all(
        least <= _share_held(those, level) <= most
        for those in _fifths(told)
        for level, (least, most) in HELD.items()
    )


def come_true(told: Sequence[Told]) -> bool:
    """Whether what was told comes true in each tenth of chances, and Brier's score by fifth."""
    is_so = True
    brier = (fmean((each.chance - each.is_true) ** 2 for each in those) for those in _fifths(told))
    print(f"\n{'Brier score':16}" + "".join(f"{score:22.4f}" for score in brier))
    print(f"{'chance told':16}{'happened':>10}{'of':>8}")
    for tenth in range(10):
        those = [each for each in told if min(int(10 * each.chance), 9) == tenth]
        said = 100 * fmean([each.chance for each in those] or [0])
        happened = 100 * fmean([each.is_true for each in those] or [0])
        is_so &= abs(said - happened) <= OFF
        print(f"{said:15.1f}%{happened:9.1f}%{len(those):8}")
    return is_so


if __name__ == "__main__":
    sys.exit(main())
