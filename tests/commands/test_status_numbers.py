"""How `kpi status` shows what was computed, and what it says of what it does not show."""

from itertools import pairwise
from pathlib import Path

import pytest

from tests.installed import Kpi

BOARD = """
[kpis.relative]
baseline = "2.55 kr"
target = "+20%"
[kpis.summed]
target = "10.25 kr"
rollup = "sum"
[kpis.climb]
baseline = "1.5 h"
start = "2020-01"
by = "2020-12"
target = "2.5 h"
[kpis.counted]
rollup = "sum"
[kpis.gone]
target = "5"
until = "2020-09"
"""


@pytest.fixture
def board(tmp_path: Path, kpi: Kpi) -> Kpi:
    (tmp_path / "kpis.toml").write_text(BOARD)
    for month in ("07", "08", "09"):
        words = ("relative=3.05", "summed=10.3", "climb=2.1", "counted=7", "gone=4")
        assert kpi("record", *words, "--period", f"2020-{month}").code == 0
    return kpi


def columns(line: str) -> list[str]:
    return [text.strip() for text in line.split("  ") if text.strip()]


@pytest.mark.parametrize(
    ("id", "period", "shown"),
    [
        pytest.param("relative", "2020-09", ["3.06 kr", "3.05 kr"], id="2.55 kr and a fifth more"),
        pytest.param("summed", "2020-Q3", ["30.75 kr", "30.90 kr"], id="three times 10.25 kr"),
        pytest.param("climb", "2020-09", ["due 2.2 h, 2.5 h by 2020-12", "2.1 h"], id="a step"),
        pytest.param("climb", "2020-12", ["2.5 h", "-"], id="the end of a climb is said once"),
        pytest.param("counted", "2020-Q3", ["-", "21"], id="whole parts make a whole sum"),
    ],
)
def test_what_is_computed_has_the_decimals_it_is_made_of(
    board: Kpi, id: str, period: str, shown: list[str]
) -> None:
    run = board("status", id, "--period", period, "--as-of", "2099-01-01")
    assert columns(run.out)[1:3] == shown


def test_a_retired_kpi_that_is_asked_for_says_where_it_is(board: Kpi) -> None:
    run = board("status", "gone")
    assert (run.code, run.out) == (0, "")
    assert run.err == "gone was kept until 2020-09: --period 2020-09 shows it\n"


def test_a_file_without_a_command_is_told_so(board: Kpi) -> None:
    run = board("--file", "kpis.toml")
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith("kpi: error: missing command\nhint: one of: ")


def test_two_formats_at_once_are_refused(board: Kpi) -> None:
    run = board("status", "--json", "--format", "csv")
    assert (run.code, run.out) == (2, "")


def test_shared_inputs_are_reckoned_once(kpi: Kpi, tmp_path: Path) -> None:
    levels = [[f"l{level}_{at}" for at in range(12)] for level in range(10)]
    text = "".join(f"[kpis.{id}]\n" for id in levels[0])
    for below, level in pairwise(levels):
        text += "".join(f'[kpis.{id}]\nformula = "{" + ".join(below)}"\n' for id in level)
    (tmp_path / "kpis.toml").write_text(text)
    assert kpi("record", *(f"{id}=1" for id in levels[0]), "--period", "2020-09").code == 0
    run = kpi("status", levels[-1][0], "--json", "--period", "2020-09")
    assert f'"actual": {12**9}' in run.out
