"""What kpi says on a narrow terminal: messages, hints and prompts are broken between words."""

from pathlib import Path

import pytest

from kpicli.screen import width
from tests.installed import Kpi, Terminal

MESSAGE = "kpi: error: --sort cannot be 'wurst'"


def lines(sent: bytes) -> list[str]:
    return sent.decode().replace("\r", "").rstrip("\n").split("\n")


@pytest.fixture(autouse=True)
def board(tmp_path: Path) -> None:
    (tmp_path / "kpis.toml").write_text('[kpis.churn]\ntarget = "<3%"\n')


@pytest.mark.parametrize("columns", [24, 50, 80])
def test_an_error_and_its_hint_are_broken_between_words(terminal: Terminal, columns: int) -> None:
    said = lines(terminal("status", "--sort", "wurst", columns=columns).sent)
    assert all(width(line) <= columns for line in said)
    assert " ".join(said) == f"{MESSAGE} hint: did you mean 'worst'?"


def test_in_a_pipe_each_is_one_line(kpi: Kpi) -> None:
    run = kpi("status", "--sort", "wurst", env={"COLUMNS": "24"})
    assert run.err == f"{MESSAGE}\nhint: did you mean 'worst'?\n"


def test_prompts_are_broken_between_words(terminal: Terminal) -> None:
    screen = terminal("add", "fewer customers cancel", columns=40, typed=[("[1]: ", "\x03")])
    assert all(width(line) <= 40 for line in lines(screen.sent))
