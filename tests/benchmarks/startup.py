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
import pty
import subprocess
import sys
import termios
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple

BIN = Path(sys.executable).parent
NOTHING = "does nothing, in Typer"
SMALLEST = """\
import typer

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)


@app.command()
def main() -> None:
    pass


app()
"""
BOARD = """\
title = "Nordlys webshop"

[defaults]
frequency = "monthly"
tolerance = "10%"
goal = "growth"
owner = "Head of Sales"

[goals.growth]
name = "Grow the business"

[kpis.monthly_revenue]
name = "Monthly Revenue"
definition = "Invoiced sales excluding VAT and returns"
target = "500,000 kr"
rollup = "sum"

[kpis.conversion_rate]
name = "Conversion Rate"
definition = "Orders as a share of visits"
target = "3%"

[kpis.avg_order_value]
name = "Avg Order Value"
definition = "Invoiced sales by number of orders"
target = "800 kr"

[kpis.cart_abandonment]
name = "Cart Abandonment"
definition = "Carts that are left, as a share of those filled"
target = "<60%"
"""
ACTUALS = (
    "monthly_revenue=480k",
    "conversion_rate=3.2%",
    "avg_order_value=750",
    "cart_abandonment=58%",
)
PEERS = {"watson": "td-watson", "sqlite-utils": "sqlite-utils", "jrnl": "jrnl"}
"""Programs of the same kind, and the distributions that they come in."""

JRNL_SETTINGS = """\
colors: {body: none, date: none, tags: none, title: none}
default_hour: 9
default_minute: 0
editor: ''
encrypt: false
highlight: true
indent_character: '|'
journals: {default: {journal: journal.txt}}
linewrap: 79
tagsymbols: '#@'
template: false
timeformat: '%F %r'
version: VERSION
"""


class Program(NamedTuple):
    """One row: what is run, what its answer must hold, and the most that it may cost."""

    name: str
    command: tuple[str, ...]
    """`{turn}` in it is the number of the turn."""
    answer: str = ""
    limit: float | None = None
    is_terminal: bool = False
    is_peer: bool = False
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
        programs = [*_ours(folder), *_peers(folder, _installed(folder) if given.peers else BIN)]
        costs = _costs(folder, programs, given.runs)
    return _report(programs, costs)


def _ours(folder: Path) -> list[Program]:
    """kpi on a board of its own, and what it is compared with."""
    (folder / "nothing.py").write_text(SMALLEST)
    (folder / "kpis.toml").write_text(BOARD)
    kpi = str(BIN / "kpi")
    _spent(folder, Program("", (kpi, "record", *ACTUALS)))
    completing = {"_KPI_COMPLETE": "complete_bash", "COMP_WORDS": "kpi record c", "COMP_CWORD": "2"}
    return [
        Program(NOTHING, (sys.executable, "nothing.py")),
        Program("python -c pass", (sys.executable, "-c", "pass")),
        Program("kpi --version", (kpi, "--version"), "kpi "),
        Program("kpi record, same value", (kpi, "record", ACTUALS[1]), "3.2%", 1.5),
        Program(
            "kpi record, new value",
            (kpi, "record", "monthly_revenue=48{turn:04}", "--yes"),
            "Monthly Revenue",
            1.5,
        ),
        Program("completion of an id", (kpi,), "cart_abandonment", 1.5, variables=completing),
        Program("kpi status, into a pipe", (kpi, "status"), "on target", 1.7),
        Program("kpi status, to a terminal", (kpi, "status"), "\x1b[", 2.3, is_terminal=True),
        Program("kpi check", (kpi, "check"), "nothing found"),
    ]


def _installed(folder: Path) -> Path:
    """The programs of other people, in a virtual environment that is thrown away."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder / "venv"], check=True)
    python = folder / "venv" / "bin" / "python"
    pip = ["pip", "--python", python]
    subprocess.run([*pip, "install", "--quiet", *PEERS.values()], check=True)
    listed = subprocess.run([*pip, "list", "--format=json"], check=True, capture_output=True)
    for one in json.loads(listed.stdout):
        if one["name"] in PEERS.values():
            print(one["name"], one["version"])
    print()
    return python.parent


def _peers(folder: Path, programs: Path) -> Iterator[Program]:
    """Those that are installed, each with ten small entries of its own."""
    watson, sqlite, jrnl = (str(programs / name) for name in PEERS)
    if os.path.exists(watson):
        for day in range(10):
            times = f"--from 2026-10-{day + 10} 09:00|--to 2026-10-{day + 10} 10:00".split("|")
            flags = [word for part in times for word in part.split(" ", 1)]
            _spent(folder, Program("", (watson, "add", *flags, "sales")))
        log = (watson, "log", "--from", "2026-10-01", "--no-pager")
        yield Program("watson log", log, "sales", is_peer=True)
    if os.path.exists(sqlite):
        rows = [{"kpi": "churn", "value": number} for number in range(10)]
        (folder / "rows.json").write_text(json.dumps(rows))
        _spent(folder, Program("", (sqlite, "insert", "kpis.db", "actuals", "rows.json")))
        query = (sqlite, "query", "kpis.db", "select * from actuals")
        yield Program("sqlite-utils query", query, "churn", is_peer=True)
    if os.path.exists(jrnl):
        version = subprocess.run([jrnl, "--version"], check=True, capture_output=True, text=True)
        said = version.stdout.split()
        (folder / "jrnl.yaml").write_text(JRNL_SETTINGS.replace("VERSION", said[1].lstrip("v")))
        entries = (f"[2026-10-{day + 10} 09:00:00 AM] Sold.\nTen.\n\n" for day in range(10))
        (folder / "journal.txt").write_text("".join(entries))
        command = (jrnl, "--config-file", "jrnl.yaml", "-10")
        yield Program("jrnl -10", command, "Sold.", is_peer=True)


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
    """CPU seconds of one run, whose answer goes into a pipe or to a terminal, and is checked."""
    reading, writing = pty.openpty() if program.is_terminal else os.pipe()
    if program.is_terminal:
        termios.tcsetwinsize(writing, (24, 80))
    child = subprocess.Popen(
        [word.format(turn=turn) for word in program.command],
        cwd=folder,
        env=_environment(folder) | program.variables,
        stdin=subprocess.DEVNULL,
        stdout=writing,
        stderr=writing,
    )
    os.close(writing)
    answer = b""
    with suppress(OSError):  # Linux says so, instead of an empty read, at a terminal's end
        while chunk := os.read(reading, 65536):
            answer += chunk
    os.close(reading)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode or program.answer not in answer.decode():
        sys.exit(f"{program.command} ended with {child.returncode}:\n{answer.decode()}")
    return used.ru_utime + used.ru_stime


def _environment(folder: Path) -> dict[str, str]:
    """Nothing of this machine's, such as a variable that forbids Python to keep what it compiles."""
    return {
        "PATH": f"{BIN}:/usr/local/bin:/usr/bin:/bin",
        "HOME": str(folder),
        "WATSON_DIR": str(folder / "watson"),
        "LC_ALL": "C.UTF-8",
        "TERM": "xterm-256color",
        "TZ": "UTC",
        "KPI_BY": "Ada",
    }


def _report(programs: Sequence[Program], costs: Sequence[Sequence[float]]) -> int:
    """The table, and whether every limit holds and every peer is slower."""
    ratios = [[one / base for one, base in zip(each, costs[0], strict=True)] for each in costs]
    print(f"{'':28}{'CPU ms':>8}{'ratio':>8}{'min':>7}{'max':>7}{'limit':>8}")
    for program, seconds, found in zip(programs, costs, ratios, strict=True):
        figures = f"{median(found):8.2f}{min(found):7.2f}{max(found):7.2f}"
        limit = f"{program.limit:8.1f}" if program.limit else ""
        print(f"{program.name:28}{1000 * median(seconds):8.1f}{figures}{limit}")
    known = [(program, median(found)) for program, found in zip(programs, ratios, strict=True)]
    fastest = min((ratio for program, ratio in known if program.is_peer), default=float("inf"))
    limited = [(min(program.limit, fastest), ratio) for program, ratio in known if program.limit]
    return int(any(ratio > limit for limit, ratio in limited))


if __name__ == "__main__":
    sys.exit(main())
