"""Report: what `kpi report` costs beside `kpi status`, and how large its page is.

    python tests/benchmarks/report.py [--runs N] [--kpis N] [--months N]

It measures the `kpi` that is installed beside the Python that runs it, in CPU time (user and
system, of the child alone), the two in turn on one board, each report against the status of its
own turn. On the board one KPI in five stands at the top, with four beneath it; all have an owner, a
definition, a source and levers, and a target of one kind or another. The exit code is 1 where a
median is over its limit, or the page is too large.
"""

import argparse
import sys
from collections.abc import Iterator
from math import sin
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks.beside import Program, costs_of, report
from tests.benchmarks.programs import BIN, spent

AS_OF = "2026-11-05"
LAST_YEAR, LAST_MONTH = 2026, 10
MOST_BYTES = 600_000
TARGETS = (
    'target = "1,200 kr"',
    'target = "1,500 kr"\nbaseline = "1,000 kr"\nstart = "2024-01"\nby = "2026-12"',
    'targets = { "2024-01" = "1,000 kr", "2026-01" = "1,200 kr" }',
    'target = "<1,300 kr"',
    'target = "900..1,400 kr"',
)


PROGRAMS = (
    Program("status", "KPI number 0"),
    Program("report --format html", "KPI number 0", 3),
    Program("report --format markdown", "KPI number 0", 3),
    Program("report --review --format markdown", "KPIs:", 3),
)


def main() -> int:
    """Measure, print the table, and say by the exit code whether the limits hold."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--runs", type=int, default=15, metavar="N", help="turns; 15 by default")
    parser.add_argument("--kpis", type=int, default=50, metavar="N")
    parser.add_argument("--months", type=int, default=36, metavar="N")
    given = parser.parse_args()
    with TemporaryDirectory() as name:
        folder = Path(name)
        write(folder, given.kpis, given.months)
        costs = costs_of(PROGRAMS, folder, given.runs, AS_OF)
        size = len(_page(folder))
    print(f"{given.kpis} KPIs, {given.months} months; the page has {size:,} bytes\n")
    return max(report(costs), int(size > MOST_BYTES))


def write(folder: Path, kpis: int, months: int) -> None:
    """The definitions of a board, and the log of all its months."""
    tables = (_definition(number) for number in range(kpis))
    head = 'title = "Benchmark"\n\n[goals.growth]\nname = "Grow the business"\n'
    (folder / "kpis.toml").write_text("\n".join([head, *tables]))
    random = Random(1)  # noqa: S311 -- to be guessed is what it is for
    lines = (_lines(number, months, random) for number in range(kpis))
    (folder / "kpis.jsonl").write_text("".join(line for some in lines for line in some))


def _definition(number: int) -> str:
    above = f'supports = "kpi_{number - number % 5}"\n' if number % 5 else 'goal = "growth"\n'
    return (
        f'[kpis.kpi_{number}]\nname = "KPI number {number}"\nowner = "Head of {number % 7}"\n'
        f'area = "sales"\ndefinition = "What is counted of {number}, without what is not"\n'
        f'source = "accounting system, report {number}"\nlevers = ["prices", "campaigns"]\n'
        f'frequency = "monthly"\n{above}{TARGETS[number // 2 % len(TARGETS)]}\n'
    )


def _lines(number: int, months: int, random: Random) -> Iterator[str]:
    """Unsealed lines, as an editor writes them; one in twelve has a note."""
    for back in reversed(range(months)):
        month = LAST_YEAR * 12 + LAST_MONTH - 1 - back
        year, place = divmod(month, 12)
        value = 1000 + 5 * (months - back) + 60 * sin(place + number) + random.gauss(0, 30)
        note = ',"note":"a campaign, moved by a week"' if back % 12 == 3 else ""
        yield (
            f'{{"kpi":"kpi_{number}","period":"{year}-{place + 1:02}","value":{value:.0f},'
            f'"at":"{year + place // 11}-{(place + 1) % 12 + 1:02}-02T08:00:00.000000Z",'
            f'"by":"finance"{note}}}\n'
        )


def _page(folder: Path) -> bytes:
    page = folder / "report.html"
    spent((str(BIN / "kpi"), "report", "-o", str(page), "--as-of", AS_OF), folder)
    return page.read_bytes()


if __name__ == "__main__":
    sys.exit(main())
