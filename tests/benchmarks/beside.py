"""What kpi costs, one command beside another on the same board, each held against the first."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from tests.benchmarks.programs import BIN, Cost, spent

_HEADS = f"{'CPU ms':>8}{'MB':>8}{'ratio':>8}{'min':>7}{'max':>7}{'limit':>8}"


class Program(NamedTuple):
    """One row: what kpi is asked, what its answer must hold, and the most that it may cost.

    The limit is a ratio to the first program.
    """

    words: str
    answer: str
    limit: float | None = None


def costs_of(
    programs: Sequence[Program], folder: Path, turns: int, as_of: str
) -> Mapping[Program, Sequence[Cost]]:
    """What each costs in every turn; the one before the first, which compiles, is not counted."""
    found: dict[Program, list[Cost]] = {program: [] for program in programs}
    for turn in range(turns + 1):
        for program in programs:
            command = (str(BIN / "kpi"), *program.words.split(), "--as-of", as_of)
            cost = spent(command, folder, answer=program.answer)
            if turn:
                found[program].append(cost)
    return found


def report(costs: Mapping[Program, Sequence[Cost]]) -> int:
    """Print the table, and say by 1 that a limit is not held."""
    base = next(iter(costs.values()))
    wide = max(len(program.words) for program in costs) + 6
    is_over = False
    print(f"{'':{wide}}{_HEADS}")
    for program, found in costs.items():
        ratios = [one.seconds / two.seconds for one, two in zip(found, base, strict=True)]
        spent_ms = 1000 * median(cost.seconds for cost in found)
        memory = median(cost.memory for cost in found)
        figures = f"{median(ratios):8.2f}{min(ratios):7.2f}{max(ratios):7.2f}"
        limit = f"{program.limit:8.1f}" if program.limit else ""
        print(f"{f'kpi {program.words}':{wide}}{spent_ms:8.1f}{memory:8.1f}{figures}{limit}")
        is_over |= program.limit is not None and median(ratios) > program.limit
    return int(is_over)
