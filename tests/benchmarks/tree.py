"""The tree: `kpi status` of formulas upon formulas, beside as many KPIs that are all recorded.

    python tests/benchmarks/tree.py [--turns N] [--kpis N] [--months N] [--depth N]

Two boards of equally many KPIs, in whose logs equally many records stand: on one all are recorded,
on the other most are formulas, as deep as is said, over the few that are. It measures the `kpi`
that is installed beside the Python that runs it, in CPU time (user and system) of the child alone,
in turn, A B A B …; a ratio is the median of those of each turn. The exit code is 1 where the tree
costs more than twice as much.
"""

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[2]))

from kpicli.model.period import Period, read_period
from tests.benchmarks.logs import Entry, log_line
from tests.benchmarks.programs import BIN, spent

LIMIT = 2.0
LAST = read_period("2026-10")
AS_OF = "2026-11-05"
VIEWS: Mapping[str, tuple[str, ...]] = {
    "kpi status": (),
    "… --frequency quarterly": ("--frequency", "quarterly"),
    "… --compare year": ("--compare", "year"),
}
FORMULAS = (
    "{inner} + {other}",
    "{inner} * {other} / 1000",
    "2 * {inner} - prev({other})",
    "({inner} + last_year({other})) / 2",
    "{inner} / {other} * 1000",
    "({inner} + prev({inner})) / 2 + {other}",
)
"""What stands on what, from the bottom of a stack to its top and round again."""


class Size(NamedTuple):
    """How large both boards are."""

    kpis: int
    months: int
    depth: int

    @property
    def stacks(self) -> int:
        """Each is two recorded KPIs and the formulas on them; the rest of the KPIs is recorded."""
        return self.kpis // (self.depth + 2)

    @property
    def recorded(self) -> int:
        """KPIs of the tree without a formula."""
        return self.kpis - self.stacks * self.depth


def main() -> int:
    """Measure, print the table, and say by the exit code whether the limit is held."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--turns", type=int, default=11, metavar="N", help="11 by default")
    parser.add_argument("--kpis", type=int, default=500, metavar="N", help="500 by default")
    parser.add_argument("--months", type=int, default=60, metavar="N", help="60 by default")
    parser.add_argument("--depth", type=int, default=6, metavar="N", help="6 by default")
    given = parser.parse_args()
    size = Size(given.kpis, given.months, given.depth)
    with TemporaryDirectory() as name:
        folder = Path(name)
        write_plain(folder / "plain", size)
        write_tree(folder / "tree", size)
        costs = {view: _costs(folder, words, given.turns) for view, words in VIEWS.items()}
    return _report(costs)


def write_plain(folder: Path, size: Size) -> None:
    """Every KPI recorded, each for as many months as make the tree's number of records."""
    ids = [f"kpi_{number:04}" for number in range(size.kpis)]
    records = size.recorded * size.months
    pairs = [
        (id, LAST.shift(-back))
        for back in range(-(-records // size.kpis) - 1, -1, -1)
        for id in ids
    ]
    _write(folder, dict.fromkeys(ids, 'rollup = "sum"'), pairs[-records:])


def write_tree(folder: Path, size: Size) -> None:
    """Stacks of formulas, each on the one below it, over KPIs that are recorded."""
    keys = {f"kpi_{number:04}": 'rollup = "sum"' for number in range(size.recorded)}
    leaves = [*keys]
    for stack in range(size.stacks):
        keys |= _stack(stack, leaves[2 * stack : 2 * stack + 2], size.depth)
    months = [LAST.shift(-back) for back in range(size.months - 1, -1, -1)]
    _write(folder, keys, [(id, month) for month in months for id in leaves])


def _stack(number: int, leaves: Sequence[str], depth: int) -> dict[str, str]:
    inner, found = leaves[0], {}
    for level in range(depth):
        formula = FORMULAS[level % len(FORMULAS)].format(inner=inner, other=leaves[1])
        inner = f"stack_{number:04}_{level}"
        rollup = '\nrollup = "sum"' if level % 2 else ""
        found[inner] = f'formula = "{formula}"{rollup}'
    return found


def _write(folder: Path, keys: Mapping[str, str], pairs: Sequence[tuple[str, Period]]) -> None:
    """Definitions and log."""
    tables = (f'\n[kpis.{id}]\ntarget = "1,000 kr"\n{own}\n' for id, own in keys.items())
    folder.mkdir(parents=True)
    (folder / "kpis.toml").write_text(f'[defaults]\nfrequency = "monthly"\n{"".join(tables)}')
    (folder / "kpis.jsonl").write_bytes(b"".join(map(log_line, _entries(pairs))))


def _entries(pairs: Sequence[tuple[str, Period]]) -> Iterator[Entry]:
    """One for each KPI and period, on the day after it."""
    random = Random(1)  # noqa: S311 - to be guessed is what it is for
    for number, (id, period) in enumerate(pairs):
        at = f"{period.end + timedelta(days=1)}T08:00:00.{number % 1_000_000:06}Z"
        yield Entry(id, str(period), f"{900 + 200 * random.random():.2f}", at, "finance")


def _costs(folder: Path, flags: Sequence[str], turns: int) -> list[tuple[float, float]]:
    """CPU seconds of the plain board and of the tree in every turn.

    A turn before the first is not counted: kpi sees its definitions for the first time.
    """
    command = (str(BIN / "kpi"), "status", "--as-of", AS_OF, *flags)
    found = []
    for turn in range(turns + 1):
        plain, tree = (
            spent(command, folder / board, {"HOME": str(folder)}, answer="kpi_0000").seconds
            for board in ("plain", "tree")
        )
        if turn:
            found.append((plain, tree))
    return found


def _report(costs: Mapping[str, Sequence[tuple[float, float]]]) -> int:
    """The table, and whether the limit is held."""
    is_held = True
    print(f"{'CPU ms':28}{'plain':>8}{'tree':>8}{'ratio':>8}{'limit':>8}")
    for view, turns in costs.items():
        plain, tree = (1000 * median(column) for column in zip(*turns, strict=True))
        ratio = median(two / one for one, two in turns)
        is_held &= ratio <= LIMIT
        verdict = "" if ratio <= LIMIT else "  NOT HELD"
        print(f"{view:28}{plain:8.1f}{tree:8.1f}{ratio:8.2f}{LIMIT:8.1f}{verdict}")
    return int(not is_held)


if __name__ == "__main__":
    sys.exit(main())
