"""Names that would act on a terminal, a page or a spreadsheet: there they are visible text."""

import csv
import io
import re

import pytest
from rich.cells import cell_len

from tests.failures.board import Board, bare, is_refused, starts
from tests.failures.names import NAMES, name
from tests.installed import Terminal


def without_isolates(text: str) -> str:
    """The text without the marks of no width that kpi puts around what reads right to left."""
    return re.sub("[\u2066-\u2069]", "", text)


@pytest.mark.parametrize(("text", "visible"), NAMES)
def test_a_name_is_visible_text_in_aligned_columns(
    board: Board, terminal: Terminal, text: str, visible: str
) -> None:
    name(board, text)
    run = board.status()
    plain = without_isolates(run.out)
    assert (run.code, run.err) == (0, "")
    assert len(plain.splitlines()) == 2
    assert plain.startswith(f"{visible} ")
    assert plain.count(visible) == 2
    assert len(set(starts(plain, ["🔴", "🟢"]))) == 1
    assert len({cell_len(line[: line.index("2026-02")]) for line in plain.splitlines()}) == 1
    screen = terminal("status", "--as-of", "2026-03-05", columns=600)
    drawn = without_isolates(bare(screen.sent))
    assert screen.code == 0
    assert "\x1b" not in drawn
    assert drawn.startswith(f"{visible} · 2026-02\n")
    assert len(drawn.splitlines()) == 6
    assert drawn.count(visible) == 3
    assert len(set(starts(drawn, ["🔴", "🟢"]))) == 1
    assert max(map(cell_len, drawn.splitlines())) == cell_len(drawn.splitlines()[2])


@pytest.mark.parametrize(("text", "visible"), NAMES)
def test_machines_get_the_whole_name_and_nothing_that_acts(
    board: Board, text: str, visible: str
) -> None:
    name(board, text)
    json = board.status("--json")
    assert board.rows()["mrr"]["name"] == text
    assert all(char.isprintable() for line in json.out.split("\n") for char in line)
    answer = board.status("--format", "csv").out
    row = next(csv.DictReader(io.StringIO(answer)))
    assert visible.removesuffix("…") in row["name"]
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202e\ufeff]", answer)
    assert len(answer.splitlines()) == 3


@pytest.mark.parametrize(
    ("name", "visible"),
    [
        pytest.param(r"a\u001b[31mb", r"a\x1b[31mb", id="a colour"),
        pytest.param(r"a\u202eb", r"a\u202eb", id="a turn of the writing direction"),
        pytest.param(r"a\nb", r"a\x0ab", id="a line end"),
        pytest.param(r"a\u0000b", r"a\x00b", id="a null"),
        pytest.param(r"a\u200bb", r"a\u200bb", id="a space of no width"),
        pytest.param(r"a\U000e0041b", r"a\U000e0041b", id="an invisible tag"),
    ],
)
def test_a_name_with_control_characters_is_visible_text_everywhere(
    board: Board, name: str, visible: str
) -> None:
    board.define(f'[kpis.mrr]\nname = "{name}"\nowner = "{name}"\ntarget = "1,500 kr"\n')
    raw = name.encode().decode("unicode_escape")
    for form in ("plain", "terminal", "markdown", "csv"):
        run = board.status("--format", form)
        assert run.code == 0
        assert raw not in run.out
        assert visible in run.out.replace("\\\\", "\\").replace("\\[", "[")
    assert raw not in board.status("--json").out
    for command in ("due", "drivers"):
        for form in ("plain", "terminal", "markdown", "csv", "html", "json"):
            run = board.kpi(command, "--as-of", "2026-03-05", "--format", form)
            assert run.code == 0
            assert raw not in run.out
    assert board.rows()["mrr"]["name"] == raw
    recorded = board.kpi("record", "mrr", "1400", "--period", "2026-03")
    assert raw not in recorded.err
    assert recorded.err.startswith(f"{visible} 2026-03: ")


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["{}"], id="a command"),
        pytest.param(["status", "{}"], id="an id"),
        pytest.param(["status", "--area", "{}"], id="a filter"),
        pytest.param(["status", "--sort", "{}"], id="a word of a flag"),
        pytest.param(["status", "--format", "{}"], id="a format"),
        pytest.param(["status", "--color", "{}"], id="a colour"),
        pytest.param(["status", "-f", "{}"], id="a file to read"),
        pytest.param(["status", "--{}"], id="a flag"),
        pytest.param(["record", "{}", "5"], id="an id to record"),
        pytest.param(["record", "mrr", "5{}"], id="a value"),
        pytest.param(["record", "mrr={}"], id="a value behind an equals sign"),
        pytest.param(["record", "mrr", "1400", "--period", "{}"], id="a period"),
        pytest.param(["check", "--select", "{}"], id="a rule"),
        pytest.param(["completion", "{}"], id="a shell"),
    ],
)
def test_an_error_repeats_what_was_typed_as_visible_text(board: Board, words: list[str]) -> None:
    before = board.files()
    run = board.kpi(*(word.format("\x1b]0;x\x07\u202e\n[/red]") for word in words))
    assert is_refused(run)
    assert r"\x1b]0;x\x07\u202e\x0a[/red]" in run.err
    assert len(run.err.splitlines()) <= 2
    assert board.files() == before


def test_an_owner_that_is_asked_for_is_suggested_as_visible_text(board: Board) -> None:
    name(board, "Ann\x1b[2J")
    run = board.status("--owner", "Anna")
    assert is_refused(run)
    assert "\x1b" not in run.err


def test_a_prompt_shows_a_hostile_name_as_text(board: Board, terminal: Terminal) -> None:
    name(board, "\x1b[2J\n")
    period = ("--period", "2026-03")
    screen = terminal("record", "mrr", *period, typed=[(r"\x1b[2J\x0a 2026-03", "1400\n")])
    assert (screen.code, board.recorded()) == (0, ["1400"])
    assert b"\x1b" not in screen.sent
