"""Start-up: what a run of kpi costs, as a ratio to the smallest Typer program that does nothing.

    python tests/benchmarks/startup.py [--runs N] [--peers]

It measures the `kpi` that is installed beside the Python that runs it, in CPU time (user and
system, of the child alone), which another program on the machine disturbs less than a clock. The
programs take turns, A B C … A B C …, and each is compared with the Typer program of its own turn.
The exit code is 1 where a median is over its limit.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks.programs import BIN, installed, spent

BOARD = Path(__file__).parents[2] / "kpis.example.toml"
SMALLEST = """\
import typer

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)


@app.command()
def main() -> None:
    pass


app()
"""
ACTUALS = (
    "monthly_revenue=480k",
    "conversion_rate=3.2%",
    "avg_order_value=750",
    "cart_abandonment=58%",
)
PEERS = {"watson": "td-watson", "sqlite-utils": "sqlite-utils", "jrnl": "jrnl"}
"""Programs of the same kind, and the distributions that they come in."""


class Program(NamedTuple):
    """One row: what is run, what its answer must hold, and the most that it may cost."""

    name: str
    command: tuple[str, ...]
    """`{turn}` in it is the number of the turn."""
    answer: str = ""
    limit: float | None = None
    is_terminal: bool = False
    variables: Mapping[str, str] = {}


def main() -> int:
    """Measure, print the table, and say by the exit code whether every limit holds."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--runs", type=int, default=31, metavar="N", help="turns; 31 by default")
    parser.add_argument(
        "--peers", action="store_true", help="install other programs with pip, and measure them too"
    )
    given = parser.parse_args()
    with TemporaryDirectory() as name:
        folder = Path(name)
        programs = [
            *_ours(folder),
            *_peers(folder, installed(folder, [*PEERS.values()]) if given.peers else BIN),
        ]
        costs = _costs(folder, programs, given.runs)
    return _report(programs, costs)


def _ours(folder: Path) -> list[Program]:
    """What kpi does on the example's board with a log of its own, and what it is compared with."""
    (folder / "nothing.py").write_text(SMALLEST)
    (folder / "kpis.toml").write_bytes(BOARD.read_bytes())
    (folder / "examples").mkdir()  # in which the board has its log
    kpi = str(BIN / "kpi")
    _spent(folder, Program("", (kpi, "record", *ACTUALS)))
    completing = {"_KPI_COMPLETE": "complete_bash", "COMP_WORDS": "kpi record c", "COMP_CWORD": "2"}
    return [
        Program("does nothing, in Typer", (sys.executable, "nothing.py")),
        Program("python -c pass", (sys.executable, "-c", "pass")),
        Program("kpi --version", (kpi, "--version"), "kpi "),
        Program("kpi record, same value", (kpi, "record", ACTUALS[1]), "3.2%", 1.5),
        Program(
            "kpi record, new value",
            (kpi, "record", "monthly_revenue=48{turn:04}", "--yes"),
            "Monthly Revenue",
            1.5,
        ),
        Program("completion of an id", (kpi,), "cart_abandonment", 1.4, variables=completing),
        Program("kpi status, into a pipe", (kpi, "status"), "on target", 1.6),
        Program("kpi status, to a terminal", (kpi, "status"), "\x1b[", 1.8, is_terminal=True),
        Program("kpi check", (kpi, "check"), "nothing found"),
    ]


def _peers(folder: Path, programs: Path) -> Iterator[Program]:
    """Those that are installed, each with ten small entries of its own."""
    watson, sqlite, jrnl = (str(programs / name) for name in PEERS)
    if os.path.exists(watson):
        day = datetime.now(UTC).date() - timedelta(days=1)  # it shows the last week
        for hour in range(10):
            times = ("--from", f"{day} {hour:02}:00", "--to", f"{day} {hour:02}:30")
            _spent(folder, Program("", (watson, "add", *times, "sales")))
        yield Program("watson log", (watson, "log"), "sales")
    if os.path.exists(sqlite):
        rows = [{"kpi": "churn", "value": number} for number in range(10)]
        (folder / "rows.json").write_text(json.dumps(rows))
        _spent(folder, Program("", (sqlite, "insert", "kpis.db", "actuals", "rows.json")))
        query = (sqlite, "query", "kpis.db", "select * from actuals")
        yield Program("sqlite-utils query", query, "churn")
    if os.path.exists(jrnl):
        settings = 'version: ""\njournals: {default: {journal: journal.txt}}\n'
        (folder / "jrnl.yaml").write_text(settings)  # its first run writes the rest
        entries = (f"[2026-10-{day + 10} 09:00:00 AM] Sold.\nTen.\n\n" for day in range(10))
        (folder / "journal.txt").write_text("".join(entries))
        command = (jrnl, "--config-file", "jrnl.yaml", "-10")
        yield Program("jrnl -10", command, "Sold.")


def _costs(folder: Path, programs: Sequence[Program], turns: int) -> list[list[float]]:
    """CPU seconds of every program in every turn.

    A turn before the first is not counted: Python compiles in it what each program imports, and
    kpi sees its definitions for the first time.
    """
    found: list[list[float]] = [[] for _ in programs]
    for turn in range(turns + 1):
        for program, costs in zip(programs, found, strict=True):
            seconds = _spent(folder, program, turn)
            if turn:
                costs.append(seconds)
    return found


def _spent(folder: Path, program: Program, turn: int = 0) -> float:
    """CPU seconds of one run, whose answer is checked."""
    return spent(
        [word.format(turn=turn) for word in program.command],
        folder,
        program.variables,
        answer=program.answer,
        is_terminal=program.is_terminal,
    ).seconds


def _report(programs: Sequence[Program], costs: Sequence[Sequence[float]]) -> int:
    """The table, and whether every limit holds."""
    is_over = False
    print(f"{'':28}{'CPU ms':>8}{'ratio':>8}{'min':>7}{'max':>7}{'limit':>8}")
    for program, seconds in zip(programs, costs, strict=True):
        ratios = [one / base for one, base in zip(seconds, costs[0], strict=True)]
        figures = f"{median(ratios):8.2f}{min(ratios):7.2f}{max(ratios):7.2f}"
        limit = f"{program.limit:8.1f}" if program.limit else ""
        print(f"{program.name:28}{1000 * median(seconds):8.1f}{figures}{limit}")
        is_over |= program.limit is not None and median(ratios) > program.limit
    return int(is_over)


if __name__ == "__main__":
    sys.exit(main())
