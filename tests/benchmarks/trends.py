"""Trends: what they add to `kpi status` on fifty KPIs with three years of months.

    python tests/benchmarks/trends.py [--turns N] [--kpis N] [--months N]

Each program runs the `kpi` that is installed beside the Python that runs this, in CPU time (user
and system) of the child alone, in turn, A B C A B C …; a ratio is the median of those of each turn.
Without trends nobody asks for one, and the log is read no further back than for the latest actuals.
The exit code is 1 where trends cost more than half as much again.
"""

import argparse
import sys
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[2]))

from kpicli.model.period import read_period
from tests.benchmarks.logs import Entry, log_line
from tests.benchmarks.programs import BIN, Cost, spent

LIMIT = 1.5
LAST, AS_OF = read_period("2026-10"), "2026-11-05"
WITHOUT = """\
from kpicli.evaluation import period_query as span
span.trend_lookback = lambda length: 0
from kpicli.commands import status
status.trends = lambda scorecard, evaluations: {}
"""
RUN = "import sys; from kpicli.__main__ import main; sys.exit(main())"
PROGRAMS: Mapping[str, tuple[str, ...]] = {
    "kpi status without trends": ("-c", WITHOUT + RUN, "status"),
    "kpi status": ("-c", RUN, "status"),
}


def main() -> int:
    """Measure, print the table, and say by the exit code whether the limit is held."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--turns", type=int, default=15, metavar="N", help="15 by default")
    parser.add_argument("--kpis", type=int, default=50, metavar="N", help="50 by default")
    parser.add_argument("--months", type=int, default=36, metavar="N", help="36 by default")
    given = parser.parse_args()
    with TemporaryDirectory() as name:
        folder = Path(name)
        write(folder, given.kpis, given.months)
        costs = _costs(folder, given.turns)
    return _report(costs)


def write(folder: Path, kpis: int, months: int) -> None:
    """Definitions and log: each KPI wanders around its target, a third of them with a season."""
    random = Random(1)  # noqa: S311 - to be guessed is what it is for
    ids = [f"kpi_{number:04}" for number in range(kpis)]
    tables = (f'\n[kpis.{id}]\ntarget = "1,000 kr"\nrollup = "sum"\n' for id in ids)
    (folder / "kpis.toml").write_text("".join(tables))
    lines = []
    for back in range(months - 1, -1, -1):
        period = LAST.shift(-back)
        for number, id in enumerate(ids):
            season = 200 * (number % 3 == 0 and period.start.month in {11, 12})
            value = 950 + season + random.gauss(0, 60)
            at = f"{period.end + timedelta(days=1)}T08:00:00.{number:06}Z"
            lines.append(log_line(Entry(id, str(period), f"{value:.2f}", at, "finance")))
    (folder / "kpis.jsonl").write_bytes(b"".join(lines))


def _costs(folder: Path, turns: int) -> Mapping[str, Sequence[Cost]]:
    """What each costs in every turn; the one before the first, which compiles, is not counted."""
    found: dict[str, list[Cost]] = {name: [] for name in PROGRAMS}
    for turn in range(turns + 1):
        for name, words in PROGRAMS.items():
            command = (str(BIN / "python"), *words, "--as-of", AS_OF)
            cost = spent(command, folder, answer="kpi_")
            if turn:
                found[name].append(cost)
    return found


def _report(costs: Mapping[str, Sequence[Cost]]) -> int:
    """The table, and whether the limit is held."""
    base, *others = costs
    print(f"{'':28}{'CPU ms':>8}{'ratio':>8}{'limit':>8}")
    print(f"{base:28}{1000 * median(cost.seconds for cost in costs[base]):8.1f}")
    ratios = {}
    for name in others:
        pairs = zip(costs[name], costs[base], strict=True)
        ratios[name] = median(one.seconds / two.seconds for one, two in pairs)
        limit = f"{LIMIT:8.1f}" if name == "kpi status" else ""
        spent_ms = 1000 * median(cost.seconds for cost in costs[name])
        print(f"{name:28}{spent_ms:8.1f}{ratios[name]:8.2f}{limit}")
    return int(ratios["kpi status"] > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
