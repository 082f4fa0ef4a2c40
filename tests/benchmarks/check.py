"""Check: what `kpi check` costs beside `kpi status` on the same definitions and the same log.

    python tests/benchmarks/check.py [--runs N] [--kpis N] [--records N]

It measures the `kpi` that is installed beside the Python that runs it, in CPU time (user and
system, of the child alone), the two in turn on one board, each check against the status of its own
turn. The board is that of `logs.py`: hardly a KPI of it is without a finding, so that all of them
are written out too. The exit code is 1 where a median is over its limit.
"""

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks.logs import AS_OF, write
from tests.benchmarks.programs import BIN, Cost, spent


class Program(NamedTuple):
    """One row: what kpi is asked, what its answer must hold, and the most that it may cost.

    The limit is a ratio to `kpi status`.
    """

    words: str
    answer: str
    limit: float | None = None


PROGRAMS = (
    Program("status", "revenue_0000"),
    Program("check --exit-zero", "revenue_0000", 3),
    Program("check --exit-zero --select E", "E04 red_and_silent"),
    Program("check --exit-zero --ignore E", "S03 no_definition"),
)


def main() -> int:
    """Measure, print the table, and say by the exit code whether the limit holds."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--runs", type=int, default=15, metavar="N", help="turns; 15 by default")
    parser.add_argument("--kpis", type=int, default=500, metavar="N")
    parser.add_argument("--records", type=int, default=30_000, metavar="N")
    given = parser.parse_args()
    with TemporaryDirectory() as name:
        folder = Path(name)
        periods = write(folder, given.records, given.kpis)
        costs = _costs(folder, given.runs)
    print(f"{given.kpis:,} KPIs, {given.records:,} records of {periods:,} periods\n")
    return _report(costs)


def _costs(folder: Path, turns: int) -> Mapping[Program, Sequence[Cost]]:
    """What each costs in every turn; the one before the first, which compiles, is not counted."""
    found: dict[Program, list[Cost]] = {program: [] for program in PROGRAMS}
    for turn in range(turns + 1):
        for program in PROGRAMS:
            command = (str(BIN / "kpi"), *program.words.split(), "--as-of", str(AS_OF))
            cost = spent(command, folder, answer=program.answer)
            if turn:
                found[program].append(cost)
    return found


def _report(costs: Mapping[Program, Sequence[Cost]]) -> int:
    """The table, and whether every limit holds."""
    is_over = False
    print(f"{'':32}{'CPU ms':>8}{'MB':>8}{'ratio':>8}{'min':>7}{'max':>7}{'limit':>8}")
    for program, found in costs.items():
        base = costs[PROGRAMS[0]]
        ratios = [one.seconds / two.seconds for one, two in zip(found, base, strict=True)]
        spent_ms = 1000 * median(cost.seconds for cost in found)
        memory = median(cost.memory for cost in found)
        figures = f"{median(ratios):8.2f}{min(ratios):7.2f}{max(ratios):7.2f}"
        limit = f"{program.limit:8.1f}" if program.limit else ""
        print(f"{f'kpi {program.words}':32}{spent_ms:8.1f}{memory:8.1f}{figures}{limit}")
        is_over |= program.limit is not None and median(ratios) > program.limit
    return int(is_over)


if __name__ == "__main__":
    sys.exit(main())
