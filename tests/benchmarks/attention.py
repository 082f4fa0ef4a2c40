"""How much is read: lines of `kpi status --attention` on boards on which nothing happens.

    python tests/benchmarks/attention.py [--boards N] [--seed N]

Each board has ten KPIs with three years of independent normal months around 100, with standard
deviations of 3 to 20, and targets that lie up to two of these below. So many are missed by chance
alone: what is off target then is told, and of the rest nobody has to look. Counted are all lines,
of what is good as well; and by themselves the months in which a KPI has a signal or an arrow, on
the same series and on steady climbs that are wanted. The exit code is 1 where a month has a line or
more.
"""

import argparse
import sys
from collections import Counter
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[2]))

from kpicli.analysis.attention import Concern, attention, good_news
from kpicli.analysis.control_chart import control_chart
from kpicli.analysis.observations import Observation
from kpicli.analysis.trend import trend_direction
from kpicli.model.period import read_period
from tests.evaluation.board import board, defined

KPIS, MONTHS, MOST = 10, 36, 1.0
MEAN, SPREADS, BELOW = 100, (3, 20), (0, 2)
"""Of each KPI: the mean, standard deviations, and how many of these the target lies below."""

FIRST = read_period("2026-10").shift(1 - MONTHS)
CLIMBS = (0.1, 0.2, 0.3)
"""Standard deviations a month."""


class Lines(NamedTuple):
    """What so many boards have in one month: lines by their worst concern, and of good news."""

    boards: int
    concerns: Counter[Concern]
    good: int

    @property
    def a_month(self) -> float:
        """Lines of one board."""
        return (self.concerns.total() + self.good) / self.boards


def lines(boards: int, seed: int) -> Lines:
    """The lines of so many boards on which nothing happens."""
    random = Random(seed)  # noqa: S311 - what was found comes again
    concerns: Counter[Concern] = Counter()
    good = 0
    for _ in range(boards):
        ids = [f"kpi{at}" for at in range(KPIS)]
        spreads = {id: random.uniform(*SPREADS) for id in ids}
        targets = {id: MEAN - spreads[id] * random.uniform(*BELOW) for id in ids}
        toml = "".join(f'[kpis.{id}]\ntarget = "{targets[id]:.1f}"\n' for id in ids)
        records = [
            f"{id} {FIRST.shift(at)} {random.gauss(MEAN, spreads[id]):.2f}"
            for id in ids
            for at in range(MONTHS)
        ]
        ledger = board(toml, *records)
        evaluations = [ledger.latest(kpi) for kpi in ledger.definitions.kpis.values()]
        needs = attention(ledger, evaluations)
        concerns.update(need.concerns[0] for need in needs)
        good += bool(good_news(ledger, evaluations, needs))
    return Lines(boards, concerns, good)


class Months(NamedTuple):
    """Percentages of the months of a year in which a KPI has a signal, news or an arrow."""

    signal: float
    news: float
    arrow: float


def months(climb: float, series: int, seed: int) -> Months:
    """Those of series that climb by so many standard deviations a month, and should."""
    random = Random(f"{climb} {seed}")  # noqa: S311 - what was found comes again
    kpi = defined('[kpis.it]\ntarget = "0"').kpis["it"]
    signals = news = arrows = 0
    for _ in range(series):
        values = [Fraction(round(100 * (random.gauss(0, 1) + climb * at))) for at in range(MONTHS)]
        moments = tuple(
            Observation(FIRST.shift(at), value, kpi.target) for at, value in enumerate(values)
        )
        for count in range(MONTHS - 11, MONTHS + 1):
            telling = control_chart(kpi, moments[:count]).telling
            signals += bool(telling)
            news += any(signal.is_news for signal in telling)
            arrows += bool((move := trend_direction(values[:count], 12)) and move.sign)
    year = 12 * series / 100
    return Months(signals / year, news / year, arrows / year)


def main() -> int:
    """Draw, count and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--boards", type=int, default=10_000, metavar="N", help="10,000 by default")
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    given = parser.parse_args()
    found = lines(given.boards, given.seed)
    print(f"{given.boards:,} stable boards of {KPIS} KPIs: {found.a_month:.2f} lines a month\n")
    for concern in Concern:
        print(f"  {concern:14}{found.concerns[concern] / given.boards:8.3f}")
    print(f"  {'for the better':14}{found.good / given.boards:8.3f}\n")
    print(f"{'% of months with':30}{'a signal':>10}{'news':>10}{'an arrow':>10}")
    for climb in (0.0, *CLIMBS):
        name = f"a climb by {climb} a month" if climb else "nothing that happens"
        print(f"{name:30}{''.join(f'{each:10.1f}' for each in months(climb, 200, given.seed))}")
    return int(found.a_month >= MOST)


if __name__ == "__main__":
    sys.exit(main())
