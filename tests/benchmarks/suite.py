"""Suite: every limit of what kpi costs, as a ratio to a peer or to itself on less, in one run.

    python tests/benchmarks/suite.py [--quick] [--check] [--seconds] [--write] [--peers] [--runs N]

Both programs of a row run in turn, A B A B …, in one of three units, the best that there is:
instructions by `perf` where the processor counts them, instructions by `valgrind` with
`--instructions`, else, and with `--seconds`, CPU time (user and system, of the child alone). A
figure is the median of the ratios of each turn. With `--quick` long logs are a tenth as long; with
`--check` what is over its limit is measured once more, and the exit code is 1 where the lower
figure is over by more than a tolerance for noise, and `--write` puts the table into
kpicli/README.md. `--peers` installs DuckDB with pip, in an environment that is thrown
away, and sets cold reading beside it.
"""

import argparse
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks import logs, report
from tests.benchmarks.programs import BIN, Cost, installed, logs_of, spent
from tests.benchmarks.scale import FOLD
from tests.benchmarks.startup import ACTUALS, BOARD, SMALLEST

PAGE = Path(__file__).parents[2] / "kpicli" / "README.md"
HEADING = "## What it costs"
TOLERANCE = {"instructions": 1.03, "CPU time": 1.25}
"""How far a figure may be over its limit by noise alone."""

MEMORY_TOLERANCE = 1.25  # by what another Python takes more than 3.11

KPI = str(BIN / "kpi")
UNCACHED, LINES = {"KPI_CACHE": "off"}, ".cache/kpi/lines-1"
"""Nothing is remembered; or all but the lines of the log, which are remembered anew."""


class Program(NamedTuple):
    """What is run where, without the folder that it `forgets`; `{turn}` is that of the turn."""

    folder: Path
    words: Sequence[str]
    answer: str = ""
    is_terminal: bool = False
    variables: dict[str, str] = {}  # noqa: RUF012 - it is never changed
    forgets: str = ""


class Row(NamedTuple):
    """What is claimed: the most that a program costs, in units of another; without one, in MB."""

    name: str
    program: Program
    base: Program | None
    most: float


Count = Callable[[Program, int], Cost]


def main() -> int:
    """Measure all rows, print them, and say whether every limit holds."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    for flag in ("--quick", "--check", "--write", "--peers", "--instructions", "--seconds"):
        parser.add_argument(flag, action="store_true")
    parser.add_argument("--runs", type=int, default=5, metavar="N", help="turns; 5 by default")
    given = parser.parse_args()
    with TemporaryDirectory() as name:
        folder = Path(name).resolve()
        unit, count = _counter(folder, given)
        long = 100_000 if given.quick else 1_000_000
        rows = [*_small_rows(folder), *_long_rows(folder, long, has_peers=given.peers)]
        figures = [_figure(row, count, given.runs) for row in rows]
        for at, row in enumerate(rows if given.check else ()):
            if figures[at] > row.most:
                figures[at] = min(figures[at], _figure(row, count, given.runs))
    table = _table(rows, figures, unit)
    print("\n".join(table))
    if given.write:
        _write(table)
    is_over = any(
        figure > row.most * (TOLERANCE[unit] if row.base else MEMORY_TOLERANCE)
        for row, figure in zip(rows, figures, strict=True)
    )
    return int(given.check and is_over)


def _small_rows(folder: Path) -> Iterator[Row]:
    """Small boards beside the smallest Typer program that does nothing."""
    small, many, months = (folder / name for name in ("small", "many", "months"))
    (small / "examples").mkdir(parents=True)  # in which the board has its log
    (small / "nothing.py").write_text(SMALLEST)
    (small / "kpis.toml").write_bytes(BOARD.read_bytes())
    spent([KPI, "record", *ACTUALS], small)
    logs_of(many, 10_000)
    months.mkdir()
    report.write(months, 50, 36)
    typer = Program(small, (sys.executable, "nothing.py"))
    value = ("record", "monthly_revenue=48{turn:04}", "--yes")
    day, end = ("status", "--as-of", str(logs.AS_OF)), ("--as-of", report.AS_OF)
    status = Program(months, (KPI, "status", *end), "KPI number 0")
    yield Row("record of 4 KPIs : bare Typer", Program(small, (KPI, *value)), typer, 1.5)
    shown = Program(small, (KPI, "status"), "on target")
    yield Row("status of 4 KPIs, pipe : bare Typer", shown, typer, 1.7)
    drawn = shown._replace(answer="\x1b[", is_terminal=True)
    yield Row("status of 4 KPIs, terminal : bare Typer", drawn, typer, 1.8)
    shown = Program(many, (KPI, *day), "revenue_0000")
    yield Row("status of 200 KPIs, pipe : bare Typer", shown, typer, 3)
    checked = Program(many, (KPI, "check", "--exit-zero", *day[1:]), "revenue_0000")
    yield Row("check of 200 KPIs : status", checked, shown, 3)
    drawn = shown._replace(answer="\x1b[", is_terminal=True)
    yield Row("status of 200 KPIs, terminal : bare Typer", drawn, typer, 4.5)
    page = Program(months, (KPI, "report", "--format", "html", *end), "KPI number 0")
    yield Row("report of 50 KPIs, 36 months : status", page, status, 2.5)


def _long_rows(folder: Path, records: int, *, has_peers: bool) -> Iterator[Row]:
    """A long log beside a short one of the same board, and beside DuckDB on the same log."""
    short, long = folder / "short", folder / "long"
    logs_of(short, 1_000)
    pairs = logs_of(long, records)
    size = f"{records:,} records"
    day = ("status", "--as-of", str(logs.AS_OF))
    value = ("record", "revenue_0000=5{turn:04}", "--period", "2026-11-01", "--yes")
    commands: dict[str, tuple[tuple[str, ...], float]] = {
        "status": (day, 3.5),
        "record": (value, 3.5),
        "undo": (("undo", "--yes"), 4),
    }
    for name, (words, most) in commands.items():
        both = [Program(each, (KPI, *words)) for each in (long, short)]
        yield Row(f"{name}, {size}, warm : 1,000", both[0], both[1], most)
    peer = None
    if has_peers:
        (folder / "fold.py").write_text(FOLD)
        python = str(installed(folder, ["duckdb"]) / "python")
        fold = (python, str(folder / "fold.py"), str(long / "kpis.jsonl"), "given")
        peer = Program(long, fold, f"{pairs} ")
    seen = Program(long, (KPI, *day), "revenue_0000")
    cold, fresh = seen._replace(variables=UNCACHED), seen._replace(forgets=LINES)
    for name, program, most, memory in (("cold", cold, 2.5, 40), ("new log", fresh, 4, 60)):
        if peer:
            yield Row(f"status, {size}, {name} : DuckDB, one thread", program, peer, most)
        yield Row(f"status, {size}, {name}: MB", program, None, memory)
    for name, words in {"check": day[1:], "report": day[1:], "verify": ()}.items():
        answer = Program(long, (KPI, name, "--format", "json", *words))
        yield Row(f"{name}, {size}: MB", answer, None, 120)


def _counter(folder: Path, given: argparse.Namespace) -> tuple[str, Count]:
    """The best unit that there is, and how a run is measured in it."""
    events = folder / "events"
    perf = Counter(
        ("perf", "stat", "-x,", "-e", "instructions:u", "-o", str(events), "--"),
        events,
        r"(?m)^([0-9]+),",
    )
    valgrind = Counter(
        (
            *("valgrind", "--tool=cachegrind", "--cache-sim=no", f"--log-file={events}"),
            "--cachegrind-out-file=/dev/null",
        ),
        events,
        r"I +refs: +([0-9,]+)",
    )
    for counter, is_wanted in ((perf, not given.seconds), (valgrind, given.instructions)):
        if is_wanted and counter.works():
            return "instructions", counter.cost
    return "CPU time", _spent


class Counter(NamedTuple):
    """A program that runs another one, and writes down how many instructions that took."""

    prefix: tuple[str, ...]
    events: Path
    pattern: str

    def works(self) -> bool:
        """Whether it is installed, and this machine lets it count."""
        if not shutil.which(self.prefix[0]):
            return False
        subprocess.run([*self.prefix, "true"], check=False, capture_output=True)
        return self.events.exists() and bool(re.search(self.pattern, self.events.read_text()))

    def cost(self, program: Program, turn: int) -> Cost:
        """What a run costs, with instructions in the place of seconds."""
        cost = _spent(program._replace(words=(*self.prefix, *program.words)), turn)
        match = re.search(self.pattern, self.events.read_text())
        assert match, self.events.read_text()
        return cost._replace(seconds=float(match[1].replace(",", "")))


def _spent(program: Program, turn: int) -> Cost:
    words = [word.format(turn=turn) for word in program.words]
    if program.forgets:
        shutil.rmtree(program.folder / program.forgets, ignore_errors=True)
    return spent(
        words,
        program.folder,
        program.variables,
        answer=program.answer,
        is_terminal=program.is_terminal,
        most=int("check" in program.words),  # which has findings
    )


def _figure(row: Row, count: Count, runs: int) -> float:
    """The ratio, or the peak in MB; a turn before the first warms up."""
    if row.base is None:
        return _spent(row.program, 0).memory
    ratios = []
    for turn in range(runs + 1):
        ours, theirs = (_seconds(each, count, turn) for each in (row.program, row.base))
        if turn:
            ratios.append(ours / theirs)
    return median(ratios)


def _seconds(program: Program, count: Count, turn: int) -> float:
    """One run; what it undoes is recorded before."""
    if "undo" in program.words:
        words = (KPI, "record", f"revenue_0000=6{turn:04}", "--period", "2026-11-01", "--yes")
        _spent(program._replace(words=words), turn)
    return count(program, turn).seconds


def _table(rows: Sequence[Row], figures: Sequence[float], unit: str) -> list[str]:
    lines = [f"| what ({unit}) | figure | at most |", "|---|---|---|"]
    for row, figure in zip(rows, figures, strict=True):
        shown = f"{figure:.2f}" if row.base else f"{figure:.0f} MB"
        over = " **over**" if figure > row.most else ""
        lines.append(f"| {row.name} | {shown}{over} | {row.most:g} |")
    return lines


def _write(table: Sequence[str]) -> None:
    """In the place of the table that stands under the heading."""
    head, found, rest = PAGE.read_text("utf-8").partition(f"{HEADING}\n")
    after = re.sub(r"\A\n*(?:\|.*\n)*", "", rest)
    section = "\n".join([HEADING, "", *table, ""])
    PAGE.write_text(f"{head}{section}{after}" if found else f"{head.rstrip()}\n\n{section}")


if __name__ == "__main__":
    sys.exit(main())
