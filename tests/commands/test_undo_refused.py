"""`kpi undo` of what it must not or need not take back: it is shown, and asked about."""

import re
from pathlib import Path

import pytest

from tests.commands.recording import TOML, lines, recorded, values
from tests.failures.board import bare
from tests.installed import Kpi, Run, Terminal

HEAD = "kpi,period,value\n"


@pytest.fixture(autouse=True)
def board(tmp_path: Path) -> Path:
    path = tmp_path / "kpis.toml"
    path.write_text(TOML)
    return path


def undone(kpi: Kpi, *args: str) -> Run:
    return kpi("undo", "--yes", *args)


def standing(kpi: Kpi) -> list[str]:
    """What stands, as `Churn 2020-10 4%`."""
    return [" ".join(line.split()[:-3]) for line in kpi("history").out.splitlines()]


def test_what_was_recorded_again_since_is_not_taken_back_and_so_nothing_is(
    kpi: Kpi, log: Path
) -> None:
    recorded(kpi, "churn=4", "revenue=480000")
    recorded(kpi, "churn", "3", "--by", "bob", "--yes")
    before = log.read_bytes()
    at = lines(log)[2]["at"]
    for args in ([], ["--dry-run"]):
        run = undone(kpi, *args)
        assert (run.code, run.out) == (2, "")
        assert run.err == (
            f"kpi: error: Churn 2020-10 was recorded again since: 3% by bob, at {at}\n"
            "hint: nothing recorded; kpi history --all shows what was recorded since\n"
        )
    assert log.read_bytes() == before


def test_a_kpi_that_no_definition_has_any_more(kpi: Kpi, board: Path, log: Path) -> None:
    recorded(kpi, "churn", "4")
    board.write_text("[kpis.revenue]\n")
    run = undone(kpi)
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith("kpi: error: no definition has churn any more\n")
    assert len(values(log)) == 1


DAMAGED = '{"kpi":"churn","period":"2020-10","value":"5","at":"2020-11-02T08:00:00Z"}\n'


def test_damage_elsewhere_is_said_and_stops_nothing(kpi: Kpi, log: Path) -> None:
    log.write_text(DAMAGED)
    recorded(kpi, "profit", "900")
    run = undone(kpi)
    assert (run.code, run.out) == (0, "")
    assert run.err.startswith("kpis.jsonl:1: value must be a plain decimal number\n")
    assert not standing(kpi)


@pytest.mark.parametrize("where", ["before", "after"])
def test_what_stood_and_is_damaged_is_never_guessed(kpi: Kpi, log: Path, where: str) -> None:
    recorded(kpi, "churn", "4", "--by", "ann")
    with log.open("a") as file:
        file.write(DAMAGED if where == "before" else "")
    recorded(kpi, "churn", "3", "--yes")
    with log.open("a") as file:
        file.write(DAMAGED if where == "after" else "")
    before = log.read_bytes()
    run = undone(kpi)
    assert (run.code, run.out) == (2, "")
    assert re.search(
        r"kpi: error: churn 2020-10: the earlier actual is damaged: kpis.jsonl:[23]: value must",
        run.err,
    )
    assert log.read_bytes() == before


def test_conflict_markers_are_never_added_to(kpi: Kpi, log: Path) -> None:
    recorded(kpi, "churn", "4")
    log.write_text(f"<<<<<<< ours\n{log.read_text()}=======\n>>>>>>> theirs\n")
    before = log.read_bytes()
    for command in (["undo"], ["retract", "churn", "--period", "2020-10"], ["import", "-"]):
        run = kpi(*command, "--yes", stdin=f"{HEAD}profit,2020-10,900\n")
        assert (run.code, run.out) == (2, "")
        assert "nothing recorded: git conflict markers in the log" in run.err
    assert log.read_bytes() == before


def test_without_a_terminal_it_shows_what_it_would_do_and_needs_yes(kpi: Kpi, log: Path) -> None:
    recorded(kpi, "churn", "4")
    run = kpi("undo")
    assert (run.code, run.out) == (2, "")
    assert run.err.splitlines()[1:] == [
        "  Churn 2020-10: 4% → nothing",
        "kpi: error: take 1 actual back?",
        "hint: nothing recorded; if that is right, add --yes",
    ]
    dry = kpi("undo", "--dry-run")
    assert (dry.code, dry.err.splitlines()) == (
        0,
        [*run.err.splitlines()[:2], "dry run: nothing recorded"],
    )
    assert len(values(log)) == 1


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        pytest.param("y\n", (0, 2), id="yes"),
        pytest.param("n\n", (2, 1), id="no"),
        pytest.param("\n", (2, 1), id="nothing is no"),
        pytest.param("\x03", (130, 1), id="Ctrl-C"),
        pytest.param("\x04", (2, 1), id="Ctrl-D"),
    ],
)
def test_on_a_terminal_somebody_agrees(
    kpi: Kpi, terminal: Terminal, log: Path, answer: str, expected: tuple[int, int]
) -> None:
    recorded(kpi, "churn", "4")
    typed = [("  Churn 2020-10: 4% → nothing", ""), ("take 1 actual back? [y/N] ", answer)]
    screen = terminal("undo", typed=typed)
    assert (screen.code, len(values(log))) == expected
    assert ("nothing recorded" in bare(screen.sent)) is (expected[0] != 0)
    assert "Traceback" not in bare(screen.sent)


def test_before_anything_was_recorded(kpi: Kpi, log: Path) -> None:
    run = undone(kpi)
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith("kpi: error: nothing in the log was recorded by tester\n")
    assert not log.exists()
