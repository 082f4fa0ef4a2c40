"""A log that may be no log of one's own is named once, and written to after a yes."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

import kpicli
from tests.installed import Kpi, Terminal
from tests.store.logs import line

TOML = "[kpis.mrr]\n"
RECORD = line(value=1)
OTHER_USER = 65_534
HINT = "hint: if that is right, add --trust-log\n"
BASH = b"# .bashrc\nalias ll='ls -l'\n"
WRITES = [
    pytest.param(["record", "mrr", "5", "--period", "2026-06"], id="record"),
    pytest.param(["import", "-"], id="import"),
    pytest.param(["undo", "--yes", "--by", ""], id="undo"),
    pytest.param(["retract", "mrr", "--period", "2026-10", "--yes"], id="retract"),
    pytest.param(["repair"], id="repair"),
]
CSV = 'kpi,period,value,note\nmrr,2026-06,5,"$(touch RUN)"\n'


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder in which a yes is remembered."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """The folder of a board, and beside it a log of somebody else's."""
    (tmp_path / "board").mkdir()
    (tmp_path / "other.jsonl").write_bytes(RECORD + RECORD)
    return tmp_path / "other.jsonl"


def above(outside: Path) -> None:
    (outside.parent / "board/kpis.toml").write_text(f'log = "../other.jsonl"\n{TOML}')


def absolute(outside: Path) -> None:
    (outside.parent / "board/kpis.toml").write_text(f'log = "{outside}"\n{TOML}')


def link(outside: Path) -> None:
    (outside.parent / "board/kpis.toml").write_text(TOML)
    (outside.parent / "board/kpis.jsonl").symlink_to("../other.jsonl")


def link_in_a_folder(outside: Path) -> None:
    (outside.parent / "board/kpis.toml").write_text(f'log = "kpis.log/"\n{TOML}')
    (outside.parent / "board/kpis.log").mkdir()
    (outside.parent / "board/kpis.log/x.jsonl").symlink_to("../../other.jsonl")


def linked_folder(outside: Path) -> None:
    (outside.parent / "board/kpis.toml").write_text(f'log = "kpis.log/"\n{TOML}')
    (outside.parent / "board/kpis.log").symlink_to("..")


@pytest.mark.parametrize("words", WRITES)
@pytest.mark.parametrize("make", [above, absolute, link, link_in_a_folder, linked_folder])
def test_what_leads_out_of_the_folder_needs_a_yes_once(
    kpi: Kpi, outside: Path, make: Callable[[Path], None], words: list[str]
) -> None:
    make(outside)
    board, before = outside.parent / "board", outside.read_bytes()
    run = kpi(*words, cwd=board, stdin=CSV)
    assert (run.code, run.out, outside.read_bytes()) == (2, "", before)
    assert f"it leads out of the folder of its definitions, to {outside.parent}" in run.err
    assert run.err.endswith(HINT)
    assert kpi(*words, "--trust-log", cwd=board, stdin=CSV).code == 0
    assert kpi("record", "mrr", "9", "--period", "2026-05", "--yes", cwd=board).code == 0


def test_a_yes_is_for_that_log_alone(kpi: Kpi, outside: Path) -> None:
    above(outside)
    board = outside.parent / "board"
    words = ["record", "mrr", "5", "--period", "2026-06", "--yes"]
    assert kpi(*words, "--trust-log", cwd=board).code == 0
    toml = board / "kpis.toml"
    toml.write_text(toml.read_text().replace("other", "another"))
    assert kpi(*words, cwd=board).code == 2
    assert not outside.with_name("another.jsonl").exists()


def test_reading_needs_no_yes(kpi: Kpi, outside: Path) -> None:
    above(outside)
    assert kpi("status", cwd=outside.parent / "board").code == 0
    assert kpi("repair", "--dry-run", cwd=outside.parent / "board").code == 0


def test_a_persons_yes_is_remembered(terminal: Terminal, outside: Path) -> None:
    above(outside)
    words = ["record", "mrr", "5", "--period", "2026-06"]
    board, before = outside.parent / "board", outside.read_bytes()
    screen = terminal(*words, cwd=board, typed=[("[y/N]", "n\n")])
    assert (screen.code, outside.read_bytes()) == (2, before)
    screen = terminal(*words, cwd=board, typed=[("[y/N]", "y\n")])
    assert screen.code == 0
    assert b"the log: it leads out of the folder" in screen.sent
    assert terminal(*words[:2], "5", "--period", "2026-05", cwd=board).code == 0


def test_a_shells_start_file_is_not_written_to_even_so(kpi: Kpi, outside: Path) -> None:
    outside.write_bytes(BASH)
    above(outside)
    run = kpi("import", "-", "--trust-log", cwd=outside.parent / "board", stdin=CSV)
    assert (run.code, outside.read_bytes()) == (2, BASH)


@pytest.mark.parametrize("name", ["data/kpis.jsonl", "./kpis.jsonl", "../board/kpis.jsonl"])
def test_a_log_in_the_folder_needs_none(kpi: Kpi, outside: Path, name: str) -> None:
    board = outside.parent / "board"
    (board / "data").mkdir()
    (board / "kpis.toml").write_text(f'log = "{name}"\n{TOML}')
    assert kpi("record", "mrr", "5", "--period", "2026-06", cwd=board).code == 0


needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root gives a file away")


@needs_root
@pytest.mark.parametrize("words", WRITES)
def test_definitions_of_somebody_else_need_a_yes(
    kpi: Kpi, tmp_path: Path, words: list[str]
) -> None:
    (tmp_path / "kpis.toml").write_text(TOML)
    (tmp_path / "kpis.jsonl").write_bytes(RECORD + RECORD)
    os.chown(tmp_path / "kpis.toml", OTHER_USER, OTHER_USER)
    run = kpi(*words, stdin=CSV)
    assert run.code == 2
    assert ": its definitions belong to user " in run.err
    assert kpi(*words, "--trust-log", stdin=CSV).code == 0


def test_a_program_is_asked_as_well(outside: Path) -> None:
    above(outside)
    board = kpicli.load(outside.parent / "board")
    with pytest.raises(kpicli.KpiError, match="it leads out of the folder"):
        board.record("mrr", 5, period="2026-06")
    board.record("mrr", 5, period="2026-06", trust_log=True)
    board.record("mrr", 5, period="2026-05")
