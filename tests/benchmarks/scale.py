"""Scale: what kpi costs on logs of up to a million records, beside DuckDB, sqlite-utils and C.

    python tests/benchmarks/scale.py [--quick] [--only PART …] [--folder FOLDER]

It measures the `kpi` that is installed beside the Python that runs it: whole processes in turn,
A B C … A B C …, in CPU time (user and system) and peak memory, of the child alone; a record alone
is measured by the clock, since it waits for the disk. A ratio is the median of those of each turn
where both took the same turns. The exit code is 1 where a limit is not held.
"""

import argparse
import os
import resource
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Literal, NamedTuple

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks.logs import AS_OF
from tests.benchmarks.programs import BIN, Cost, installed, spent

PEERS = ("duckdb", "sqlite-utils")
TURNS = {10: 15, 10_000: 15, 100_000: 9, 1_000_000: 3}
"""How often each size is measured."""

RECORDS_ALONE = 1000
MANY_KPIS = 2000
COMPARED = {100_000}
"""Rows that sqlite-utils inserts too; a million take it a minute."""

FOLD = """\
import duckdb, sys
columns = {
    "given": "columns={kpi: 'VARCHAR', period: 'VARCHAR', value: 'VARCHAR', "
    "id: 'VARCHAR', \\"at\\": 'VARCHAR'}",
    "found": "auto_detect=true",
}[sys.argv[2]]
duckdb.execute("set threads=1")
print(*duckdb.execute(f'''
    select count(*), count(newest) from (
        select kpi, period, arg_max_null(value, row("at", id)) as newest
        from read_json('{sys.argv[1]}', format='newline_delimited', {columns})
        group by all
    )
''').fetchone())
"""
"""What counts in a log; the outer `count(newest)` keeps DuckDB from leaving the values out."""


class Limit(NamedTuple):
    """What is claimed: the most that one program costs, in units of the cheapest of others."""

    subject: str
    others: tuple[str, ...]
    """Without any, in MB."""
    most: float
    of: Literal["seconds", "memory"] = "seconds"


def _folds(size: str) -> tuple[str, str]:
    return f"DuckDB, {size}, columns given", f"DuckDB, {size}, columns found"


LIMITS = (
    Limit("kpi status, 10 k", ("kpi status, 10",), 1.6),
    Limit("kpi status, 100 k", _folds("100 k"), 2),
    Limit("kpi status, 100 k", _folds("100 k"), 0.5, "memory"),
    Limit("kpi status, 1 M", _folds("1 M"), 6),
    Limit("kpi status, 1 M", (), 150, "memory"),
    Limit("kpi status, 1 M", ("kpi status, 10 k",), 100),
    Limit("kpi import, 100 k", ("sqlite-utils insert, 100 k",), 1),
    Limit("one record, kpi", ("open, write, fsync, close in C",), 3),
    Limit("one record, kpi", ("open, write, fsync, close of dd",), 3),
)


class Program(NamedTuple):
    """One row: what is run where, what its answer must hold, and what is removed before."""

    name: str
    command: tuple[str, ...]
    folder: Path
    answer: str = ""
    makes: str = ""


Costs = dict[str, list[Cost]]


def main() -> int:
    """Measure, print both tables, and say by the exit code whether every limit holds."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--quick", action="store_true", help="leave the million out")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=[*PARTS], metavar="PART")
    parser.add_argument("--folder", help="on the disk to measure; the temporary one by default")
    given = parser.parse_args()
    costs: Costs = {}
    with TemporaryDirectory(dir=given.folder) as name:
        folder = Path(name).resolve()
        peers = installed(folder, PEERS) if {"status", "import"} & {*given.only} else BIN
        for part, measured in PARTS.items():
            if part in given.only:
                costs |= measured(folder, peers, is_quick=given.quick)
    return _report(costs)


def status(folder: Path, peers: Path, *, is_quick: bool) -> Costs:
    """`kpi status` on every size of log, and DuckDB that makes the same fold of the large ones."""
    (folder / "fold.py").write_text(FOLD)
    small = [_status(folder, records)[0] for records in (10, 1_000, 10_000)]
    found = _costs(small, TURNS[10_000])
    for records in (100_000,) if is_quick else (100_000, 1_000_000):
        ours, pairs = _status(folder, records)
        log = str(ours.folder / "kpis.jsonl")
        python, fold = str(peers / "python"), str(folder / "fold.py")
        theirs = [
            Program(name, (python, fold, log, name.split()[-1]), folder, f"{pairs} ")
            for name in _folds(_size(records))
        ]
        found |= _costs([ours, *theirs], TURNS[records])
    return found


def definitions(folder: Path, _peers: Path, *, is_quick: bool) -> Costs:
    """`kpi status` of very many KPIs."""
    del is_quick
    return _costs([_status(folder, 10_000, MANY_KPIS)[0]], TURNS[10_000])


def imports(folder: Path, peers: Path, *, is_quick: bool) -> Costs:
    """`kpi import` of tables into an empty board, and `sqlite-utils insert` of the same."""
    found: Costs = {}
    for rows in (100_000,) if is_quick else (100_000, 1_000_000):
        board, size = folder / f"rows-{rows}", _size(rows)
        _written(board, rows, "--csv")
        insert = (str(peers / "sqlite-utils"), "insert", "kpis.db", "actuals", "kpis.csv", "--csv")
        programs = [
            Program(f"kpi import, {size}", _kpi("import kpis.csv --yes"), board, "", "kpis.jsonl"),
            Program(f"sqlite-utils insert, {size}", insert, board, "", "kpis.db"),
        ]
        found |= _costs(programs if rows in COMPARED else programs[:1], TURNS[rows])
        with (board / "kpis.jsonl").open("rb") as log:
            if (lines := sum(1 for _ in log)) != rows:
                sys.exit(f"kpi import made {lines} records of {rows} rows")
    return found


def durable(folder: Path, _peers: Path, *, is_quick: bool) -> Costs:
    """One record, without its process."""
    from tests.benchmarks.durable import appended

    return appended(folder, RECORDS_ALONE // 10 if is_quick else RECORDS_ALONE)


PARTS = {"status": status, "definitions": definitions, "import": imports, "durable": durable}
"""The last one loads kpi, and the memory of this process is the least that can be measured."""


def _status(folder: Path, records: int, kpis: int = 200) -> tuple[Program, str]:
    """The program on a log of that size, and how many periods were recorded in it."""
    board = folder / f"{kpis}-{records}"
    pairs = _written(board, records, "--kpis", str(kpis)).split()[3]
    name = f"kpi status, {_size(records)}" + (f", {kpis:,} KPIs" if kpis != 200 else "")
    return Program(name, _kpi(f"status --as-of {AS_OF}"), board, "revenue_0000"), pairs


def _written(board: Path, records: int, *flags: str) -> str:
    """A log from a process of its own, since what it takes would be measured in every child."""
    logs = Path(__file__).with_name("logs.py")
    words = [sys.executable, str(logs), str(board), "--records", str(records), *flags]
    done = subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout


def _kpi(words: str) -> tuple[str, ...]:
    return (str(BIN / "kpi"), *words.split())


def _size(records: int) -> str:
    for unit, name in ((1_000_000, " M"), (1_000, " k")):
        if records >= unit:
            return f"{records // unit}{name}"
    return str(records)


def _costs(programs: Sequence[Program], turns: int) -> Costs:
    """What every program costs in every turn; a turn before the first is not counted."""
    found: Costs = {program.name: [] for program in programs}
    for turn in range(turns + 1):
        for program in programs:
            if program.makes and (made := program.folder / program.makes).exists():
                os.unlink(made)
            cost = spent(program.command, program.folder, answer=program.answer)
            if turn:
                found[program.name].append(cost)
    return found


def _report(costs: Mapping[str, Sequence[Cost]]) -> int:
    """What was measured, what was claimed of it, and whether every limit holds."""
    print(f"{'':36}{'ms':>10}{'MB':>8}")
    for name, found in costs.items():
        memory = _median(found, "memory")
        peak = f"{memory:8.1f}" if memory else ""
        print(f"{name:36}{1000 * _median(found, 'seconds'):10.2f}{peak}")
    print(f"{'(this process, which no child is seen below)':46}{_own_memory():8.1f}\n")
    print(f"{'':78}{'figure':>8}{'limit':>7}")
    is_held = True
    for limit in LIMITS:
        if {limit.subject, *limit.others} <= {*costs}:
            against, figure = _figure(limit, costs)
            verdict = "" if figure <= limit.most else "  NOT HELD"
            print(f"{against:70}{limit.of:8}{figure:8.2f}{limit.most:7.1f}{verdict}")
            is_held &= not verdict
    return int(not is_held)


def _figure(limit: Limit, costs: Mapping[str, Sequence[Cost]]) -> tuple[str, float]:
    """What is held against what, and the ratio; or the peak, in MB."""
    ours = costs[limit.subject]
    if not limit.others:
        return limit.subject, _median(ours, limit.of)
    other = min(limit.others, key=lambda name: _median(costs[name], limit.of))
    theirs, against = costs[other], f"{limit.subject} : {other}"
    if len(ours) != len(theirs):
        return against, _median(ours, limit.of) / _median(theirs, limit.of)
    pairs = zip(ours, theirs, strict=True)
    ratios = (getattr(one, limit.of) / getattr(two, limit.of) for one, two in pairs)
    return against, float(median(ratios))


def _median(found: Iterable[Cost], of: str) -> float:
    return float(median(getattr(cost, of) for cost in found))


def _own_memory() -> float:
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


if __name__ == "__main__":
    sys.exit(main())
