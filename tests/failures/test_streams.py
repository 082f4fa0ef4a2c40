"""Streams that are closed, full or read by nobody, and those that are no terminal."""

import pytest

from tests.failures.board import Board, bare, is_refused
from tests.installed import Terminal


@pytest.mark.installed
@pytest.mark.parametrize(
    "command",
    ["status", "status --json", "check", "schema", "path", "--help", "record --help", "--version"],
)
def test_an_answer_that_can_not_be_given_is_an_error(board: Board, command: str) -> None:
    closed = board.shell(f"kpi {command} >&-")
    assert is_refused(closed)
    assert closed.err.startswith("kpi: error: stdout is closed\nhint: ")
    full = board.shell(f"kpi {command} >/dev/full")
    assert is_refused(full)
    assert full.err.startswith("kpi: error: stdout: No space left on device\nhint: ")


@pytest.mark.installed
@pytest.mark.parametrize("command", ["status", "status --json", "schema", "--help", "status -h"])
def test_a_reader_that_leaves_is_no_error(board: Board, command: str) -> None:
    board.define("".join(f"[kpis.k{at}]\ntarget = 5\n" for at in range(500)))
    for reader in ("head -1", "true"):
        run = board.shell(f"kpi {command} | {reader}; exit ${{PIPESTATUS[0]}}")
        assert run.code in {0, 141}
        assert not [line for line in run.err.splitlines() if "no actuals yet" not in line]


@pytest.mark.installed
@pytest.mark.parametrize(
    "streams", [">/dev/full", "2>/dev/full", ">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"]
)
def test_a_record_is_made_whatever_can_be_printed(board: Board, streams: str) -> None:
    assert board.shell(f"kpi record mrr 1400 --period 2026-03 {streams}").code == 0
    assert board.recorded() == ["1400"]
    assert board.log.read_bytes().count(b"\n") == 4


@pytest.mark.installed
@pytest.mark.parametrize("streams", ["2>/dev/full", "2>&-", ">&- 2>&-"])
def test_an_error_that_can_not_be_printed_keeps_its_code(board: Board, streams: str) -> None:
    before = board.files()
    assert board.shell(f"kpi record mrr nan {streams}").code == 2
    assert board.files() == before


def test_a_pipe_is_the_same_at_any_width(board: Board, terminal: Terminal) -> None:
    plain = board.status().out
    for columns in (200, 50, 1):
        wide = board.status(env={"COLUMNS": str(columns), "LINES": "1"})
        assert wide.out == plain
    screen = terminal("status", "--as-of", "2026-03-05", "--format", "plain", columns=10)
    assert bare(screen.sent) == plain
    assert terminal("status", "--as-of", "2026-03-05", "--json", columns=10).code == 0


def test_json_is_the_same_with_and_without_a_terminal(board: Board, terminal: Terminal) -> None:
    for flags in (["--json"], ["--format", "csv"]):
        screen = terminal("status", "--as-of", "2026-03-05", *flags, columns=10)
        assert bare(screen.sent) == board.status(*flags).out
