"""What the benchmark of the tree measures: two boards of one size, on which all has an actual."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from kpicli.services.load import damages_of
from kpicli.store.definitions.read import load_definitions
from tests.benchmarks.tree import AS_OF, Size, write_plain, write_tree
from tests.installed import Kpi
from tests.store.logs import read

SIZE = Size(kpis=25, months=24, depth=6)


@pytest.fixture(scope="module")
def boards(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with both boards."""
    folder = tmp_path_factory.mktemp("boards")
    write_plain(folder / "plain", SIZE)
    write_tree(folder / "tree", SIZE)
    return folder


def rows(kpi: Kpi, folder: Path, *args: str) -> list[dict[str, Any]]:
    run = kpi("status", "--json", "--as-of", AS_OF, *args, cwd=folder)
    assert (run.code, run.err) == (0, "")
    found: list[dict[str, Any]] = json.loads(run.out)["kpis"]
    return found


def test_both_have_the_same_number_of_kpis_and_of_sound_records(kpi: Kpi, boards: Path) -> None:
    for board in ("plain", "tree"):
        found, reading = read(boards / board / "kpis.jsonl")
        assert (len(found), damages_of(reading)) == (SIZE.recorded * SIZE.months, [])
        assert len({(one.kpi, one.period) for one in found}) == len(found)
        assert len(rows(kpi, boards / board)) == SIZE.kpis


@pytest.mark.parametrize(
    ("board", "args"),
    [
        ("plain", ()),
        ("tree", ()),
        ("tree", ("--period", "2026-Q3")),
    ],
)
def test_every_kpi_has_an_actual(kpi: Kpi, boards: Path, board: str, args: tuple[str, ...]) -> None:
    found = Counter(row["actual"] is None for row in rows(kpi, boards / board, *args))
    assert found == {False: SIZE.kpis}


def test_formulas_stand_as_deep_as_is_said(boards: Path) -> None:
    kpis = load_definitions(str(boards / "tree" / "kpis.toml"), None).definitions.kpis

    def depth(id: str) -> int:
        formula = kpis[id].formula
        return 1 + max(depth(step.id) for step in formula.inputs) if formula else 0

    found = Counter(depth(id) for id in kpis)
    assert found == {0: SIZE.recorded} | dict.fromkeys(range(1, 7), SIZE.stacks)
