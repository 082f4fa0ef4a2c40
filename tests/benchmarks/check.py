"""Check: what `kpi check` costs beside `kpi status` on the same definitions and the same log.

    python tests/benchmarks/check.py [--runs N] [--kpis N] [--records N]

It measures the `kpi` that is installed beside the Python that runs it, in CPU time (user and
system, of the child alone), the two in turn on one board, each check against the status of its own
turn. The board is that of `logs.py`: hardly a KPI of it is without a finding, so that all of them
are written out too. The exit code is 1 where a median is over its limit.
"""

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks.beside import Program, costs_of, report
from tests.benchmarks.logs import AS_OF, write

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
        costs = costs_of(PROGRAMS, folder, given.runs, str(AS_OF))
    print(f"{given.kpis:,} KPIs, {given.records:,} records of {periods:,} periods\n")
    return report(costs)


if __name__ == "__main__":
    sys.exit(main())
