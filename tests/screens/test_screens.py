"""What four boards look like on four terminals, against `golden/`.

`REWRITE=1 pytest tests/screens` writes it anew. Each golden file was looked at: what stands in it
is what people are meant to see.
"""

import os
import re
from pathlib import Path

import pytest

from kpicli.screen import width
from tests.installed import Kpi
from tests.screens.boards import AS_OF, BOARDS, write_board

GOLDEN = Path(__file__).parent / "golden"
EXAMPLE = str(Path(__file__).parents[2] / "examples/webshop/kpis.toml")
WIDTHS = (50, 80, 120, 200)
DAYS = {"saas": "2025-11-05"}
VIEWS: dict[str, tuple[tuple[int, ...], tuple[str, ...]]] = {
    "status": (WIDTHS, ()),
    "compared": (WIDTHS[:2], ("--frequency", "quarterly", "--compare", "previous")),
}


def screens(kpi: Kpi, folder: Path, board: str, view: str) -> dict[int, str]:
    """`kpi status` by the columns of the terminal."""
    write_board(board, folder)
    day = DAYS.get(board, AS_OF)
    drawn = {}
    widths, args = VIEWS[view]
    for columns in widths:
        run = kpi(
            *("status", "--as-of", day, "--format", "terminal", *args),
            env={"COLUMNS": str(columns)},
        )
        assert run.code == 0
        drawn[columns] = run.out
    return drawn


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("board", BOARDS)
def test_a_board_looks_as_it_did_when_it_was_looked_at(
    kpi: Kpi, tmp_path: Path, board: str, view: str
) -> None:
    drawn = screens(kpi, tmp_path, board, view)
    text = "\n".join(f"{'=' * columns}\n{screen}" for columns, screen in drawn.items())
    file = GOLDEN / f"{board}-{view}.txt"
    if os.environ.get("REWRITE"):
        file.write_text(text, "utf-8")
    assert text == file.read_text("utf-8")


@pytest.mark.parametrize("board", BOARDS)
def test_on_every_screen_a_board_is_a_table_of_whole_names_and_marks(
    kpi: Kpi, tmp_path: Path, board: str
) -> None:
    rows = kpi_rows(kpi, tmp_path, board)
    golden = (GOLDEN / f"{board}-status.txt").read_text("utf-8")
    parts = re.split("^=+\n", golden, flags=re.MULTILINE)[1:]
    for columns, screen in zip(WIDTHS, parts, strict=True):
        words = set(screen.split())
        assert max(map(width, screen.splitlines())) <= columns
        assert len(re.findall("[🟢🟡🔴⚪] ", screen)) == len(rows)
        assert {"KPI", "Target", "Actual", "Status"} <= words
        for name, target, actual in rows:
            assert set(name.split()) <= words
            assert target in screen
            assert actual in screen


def kpi_rows(kpi: Kpi, folder: Path, board: str) -> list[tuple[str, str, str]]:
    """Name, target in force and actual of each KPI, as plain text says them."""
    write_board(board, folder)
    lines = kpi("status", "--as-of", DAYS.get(board, AS_OF), "--plain").out.splitlines()
    rows = []
    for line in lines:
        name, *cells = re.split(r"  +", line.strip())
        target, actual = (cells if len(cells) > 2 else ["", ""])[:2]
        rows.append((name, target.partition(",")[0], actual if actual != "-" else ""))
    return rows


def test_quarters_beside_those_before_are_a_table_on_a_narrow_screen(kpi: Kpi) -> None:
    view = ("--frequency", "quarterly", "--compare", "previous", "--format", "terminal")
    run = kpi(
        *("--file", EXAMPLE, "status", "--as-of", AS_OF, *view),
        env={"COLUMNS": str(WIDTHS[0])},
    )
    assert re.search(r"^ *Target +Actual +Status +Since$", run.out, re.MULTILINE)
    assert re.search(r"^500,000 +480,000 kr  🟡 at risk +\+42,195 kr$", run.out, re.MULTILINE)
    assert "\n  of 1,500,000 kr\n" in run.out
    assert max(map(width, run.out.splitlines())) <= WIDTHS[0]
