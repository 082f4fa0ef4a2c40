"""False alarms: how often stable series show a signal, and how soon one that shifts does.

    python tests/benchmarks/false_alarms.py [--series N] [--seed N]

On the same random series of 24 stable values each: kpi's rules, those of Wheeler («Understanding
Variation», 2nd ed. 2000; the same three, on limits from which no range is screened out) and those
of the NHS («Making data count», as its package NHSRplotthedots 0.2.2 has them: ranges screened;
outside the limits; seven on one side of the mean; seven that rise or fall; two of three in the
outer third of the limits, all three on one side), and the arrows of `kpi status`. Kpi's limits are
wider where values are plainly skewed or lean on each other. The same is then counted in one month,
at the last of 36 values. Then each series of normal values goes on 1.5 standard deviations higher,
and all limits are reckoned anew with every value: the delay are the values from there to the first
that is in a signal upwards.
"""

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from math import exp
from pathlib import Path
from random import Random
from statistics import mean, median
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[2]))

from kpicli.analysis.control_chart import process_limits
from kpicli.analysis.trend import TrendDirection, trend_direction
from kpicli.stats.signal_runs import SignalRule, signal_runs

LENGTH, LATEST, SHIFT, LONGEST = 24, 36, 1.5, 24
_SCALE = 10_000
"""Values are rounded to that part of a standard deviation, so that all rules see the same."""

Series = Sequence[int]


class Alarm(NamedTuple):
    """A signal of some rule: where it holds last, and on which side."""

    rule: str
    last: int
    is_above: bool


Rules = Callable[[Series], Iterable[Alarm]]


def by_kpi(values: Series) -> Iterator[Alarm]:
    """The signals of kpi itself."""
    exact = [Fraction(value) for value in values]
    for spell in signal_runs(exact, *process_limits(exact)):
        yield Alarm(spell.rule, spell.last, spell.is_above)


def by_wheeler(values: Series) -> Iterator[Alarm]:
    """Outside the limits, eight in a row on one side, three of four nearer a limit."""
    for sign, off, half in _sides(values, is_screened=False):
        for at in range(len(off)):
            four, eight = off[max(at - 3, 0) : at + 1], off[max(at - 7, 0) : at + 1]
            if off[at] > half:
                yield Alarm("outside", at, sign > 0)
            if sum(2 * each > half for each in four) >= 3:
                yield Alarm("near", at, sign > 0)
            if len(eight) == 8 and min(eight) > 0:
                yield Alarm("run", at, sign > 0)


def by_nhs(values: Series) -> Iterator[Alarm]:
    """Outside the limits, seven on one side, seven that rise or fall, two of three far out."""
    for sign, off, half in _sides(values, is_screened=True):
        for at in range(len(off)):
            three, seven = off[max(at - 2, 0) : at + 1], off[max(at - 6, 0) : at + 1]
            if off[at] > half:
                yield Alarm("outside", at, sign > 0)
            far_out = sum(half >= each > half * 2 / 3 for each in three)
            if len(three) == 3 and min(three) > 0 and far_out >= 2:
                yield Alarm("near", at, sign > 0)
            if len(seven) == 7 and min(seven) > 0:
                yield Alarm("run", at, sign > 0)
            if len(seven) == 7 and all(one < other for one, other in pairwise(seven)):
                yield Alarm("trend", at, sign > 0)


def _sides(values: Series, *, is_screened: bool) -> Iterator[tuple[int, list[float], float]]:
    """How far each lies from the mean on either side, and the half width of the limits."""
    middle = mean(values)
    moves = [abs(later - earlier) for earlier, later in pairwise(values)]
    most = 3.267 * mean(moves)
    kept = [move for move in moves if move < most] if is_screened else moves
    half = 2.66 * mean(kept) if kept else 0.0
    for sign in (1, -1):
        yield sign, [sign * (value - middle) for value in values], half


SETS: Mapping[str, Rules] = {"kpi": by_kpi, "Wheeler": by_wheeler, "NHS": by_nhs}


def normal(random: Random, count: int) -> list[float]:
    """Independent normal values."""
    return [random.gauss(0, 1) for _ in range(count)]


def skewed(random: Random, count: int) -> list[float]:
    """Independent exponential values."""
    return [random.expovariate(1) for _ in range(count)]


def counts(random: Random, count: int) -> list[float]:
    """How many there were of what happens four times a period (Poisson)."""
    return [_poisson(random, 4) for _ in range(count)]


def leaning(random: Random, count: int) -> list[float]:
    """Normal values, each leaning on the one before: autocorrelation 0.3."""
    value, found = random.gauss(0, 1), []
    for _ in range(count):
        found.append(value)
        value = 0.3 * value + random.gauss(0, (1 - 0.3**2) ** 0.5)
    return found


def _poisson(random: Random, rate: float) -> int:
    """By the product of uniform values (Knuth)."""
    product, count = random.random(), 0
    while product > exp(-rate):
        product *= random.random()
        count += 1
    return count


KINDS = {"normal": normal, "skewed": skewed, "counts": counts, "leaning": leaning}


def drawn(kind: str, series: int, seed: int, count: int = LENGTH) -> list[Series]:
    """Random series, in whole parts of a standard deviation."""
    random = Random(f"{kind} {seed}")  # noqa: S311 - what was found comes again
    return [[round(value * _SCALE) for value in KINDS[kind](random, count)] for _ in range(series)]


def share(found: Iterable[bool]) -> float:
    """How many of them hold, in percent."""
    return 100 * mean(found)


def delay(rules: Rules, values: Series) -> int:
    """Values from the shift to the first in a signal upwards; one more than all where none is."""
    for last in range(LENGTH, len(values)):
        if any(one.is_above and one.last == last for one in rules(values[: last + 1])):
            return last - LENGTH + 1
    return len(values) - LENGTH + 1


def main() -> int:
    """Draw, judge and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--series", type=int, default=10_000, metavar="N", help="of each kind")
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    given = parser.parse_args()
    print(f"{given.series:,} stable series of {LENGTH} values of each kind; % that show a signal\n")
    print(f"{'':30}{''.join(f'{kind:>10}' for kind in KINDS)}")
    for name, figures in alarms(given.series, given.seed).items():
        print(f"{name:30}{''.join(f'{figure:10.1f}' for figure in figures)}")
    print(f"\n% that show one at the last of {LATEST} values, so in a month\n")
    for name, figures in monthly(given.series // 5, given.seed).items():
        print(f"{name:30}{''.join(f'{figure:10.1f}' for figure in figures)}")
    print(f"\nvalues until a shift by {SHIFT} standard deviations is seen (median; % within 12)\n")
    for name, delays in delayed(given.series // 5, given.seed).items():
        print(f"{name:30}{median(delays):10.0f}{share(each <= 12 for each in delays):10.1f}")
    return 0


def alarms(series: int, seed: int) -> dict[str, list[float]]:
    """By rule set, kpi's also rule by rule, the share of series of each kind with an alarm."""
    found: dict[str, list[float]] = {}
    for kind in KINDS:
        every = drawn(kind, series, seed)
        for name, rules in SETS.items():
            kinds = [{alarm.rule for alarm in rules(values)} for values in every]
            found.setdefault(name, []).append(share(map(bool, kinds)))
            for rule in SignalRule if rules is by_kpi else ():
                found.setdefault(f"  {rule}", []).append(share(rule in one for one in kinds))
        found.setdefault("arrow in kpi status", []).append(share(map(_has_arrow, every)))
    return found


def monthly(series: int, seed: int) -> dict[str, list[float]]:
    """By rule set, the share of series of each kind with an alarm that holds at the last value."""
    found: dict[str, list[float]] = {}
    for kind in KINDS:
        every = drawn(kind, series, seed, LATEST)
        for name, rules in SETS.items():
            holds = [any(alarm.last == LATEST - 1 for alarm in rules(values)) for values in every]
            found.setdefault(name, []).append(share(holds))
        found.setdefault("arrow in kpi status", []).append(share(map(_has_arrow, every)))
    return found


def _has_arrow(values: Series) -> bool:
    return trend_direction([Fraction(value) for value in values], 12) is not TrendDirection.FLAT


def delayed(series: int, seed: int) -> dict[str, list[int]]:
    """By rule set, how long it takes to see a shift in each series."""
    every = drawn("normal", series, seed, LENGTH + LONGEST)
    step = round(SHIFT * _SCALE)
    shifted = [[*one[:LENGTH], *(value + step for value in one[LENGTH:])] for one in every]
    return {name: [delay(rules, one) for one in shifted] for name, rules in SETS.items()}


if __name__ == "__main__":
    sys.exit(main())
