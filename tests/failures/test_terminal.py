"""Terminals that are wide, narrow, poor or colourless: what is said stays the same."""

import pytest
from rich.cells import cell_len

from tests.failures.board import DEFINITIONS, Board, bare, is_calm, starts
from tests.installed import Changes, Terminal


@pytest.mark.parametrize("columns", [200, 120, 80, 60, 50, 40])
def test_a_table_fits_the_terminal_and_breaks_no_word(
    board: Board, terminal: Terminal, columns: int
) -> None:
    board.define(DEFINITIONS.replace('"MRR"', '"Monthly recurring revenue"\nowner = "Ann Smith"'))
    lines = bare(terminal("status", "--as-of", "2026-03-05", columns=columns).sent).splitlines()
    assert max(map(cell_len, lines)) <= columns
    words = " ".join(lines).split()
    assert {"Monthly", "recurring", "revenue", "1,500", "1,300", "off", "target"} <= set(words)
    assert ("Owner" in words) is (columns >= 120)
    assert {"KPI", "Target", "Actual", "Status"} <= set(words)


@pytest.mark.usefixtures("board")
@pytest.mark.parametrize("columns", [12, 10, 2, 1])
def test_where_no_table_fits_a_line_a_cell_stands(terminal: Terminal, columns: int) -> None:
    screen = terminal("status", "--as-of", "2026-03-05", columns=columns)
    assert bare(screen.sent).splitlines() == [
        "Board · 2026-02",
        "MRR",
        "  Target: 1,500 kr",
        "  Actual: 1,300 kr",
        "  Status: 🔴 off target",
        "Churn",
        "  Target: <5%",
        "  Actual: 4.2%",
        "  Status: 🟢 on target",
        "2 KPIs: 1 on target, 1 off target",
    ]


@pytest.mark.parametrize(
    ("columns", "width"),
    [
        pytest.param("0", 80, id="zero means 80"),
        pytest.param("-3", 80, id="below zero"),
        pytest.param("many", 80, id="a word"),
        pytest.param("", 80, id="nothing"),
        pytest.param("1", 1, id="one"),
        pytest.param("999999999", 999_999_999, id="more than there are"),
    ],
)
def test_the_width_that_the_environment_names_is_used_with_care(
    board: Board, columns: str, width: int
) -> None:
    env = {"COLUMNS": columns}
    run = board.status("--format", "terminal", env=env)
    assert (run.code, run.err) == (0, "")
    assert ("  Actual: 1,300 kr" in run.out.splitlines()) is (width == 1)
    assert board.status(env=env).out == board.status().out


@pytest.mark.usefixtures("board")
def test_a_terminal_without_a_size_is_80_wide(terminal: Terminal) -> None:
    sized = terminal("status", "--as-of", "2026-03-05", columns=80)
    assert sized.code == 0
    assert terminal("status", "--as-of", "2026-03-05", columns=0, rows=0) == sized


POOR = [
    pytest.param({"PYTHONIOENCODING": "ascii"}, [], "ascii", id="ASCII asked for"),
    pytest.param({"PYTHONIOENCODING": "cp1252"}, [], "cp1252", id="a code page of Windows"),
    pytest.param({"PYTHONIOENCODING": "latin-1"}, [], "latin-1", id="Latin-1"),
    pytest.param({"PYTHONIOENCODING": "ascii:strict"}, [], "ascii", id="with a way to fail"),
    pytest.param({"LC_ALL": "C"}, [], "ascii", id="the locale of computers"),
    pytest.param({"LC_ALL": "POSIX"}, [], "ascii", id="its other name"),
    pytest.param({}, ["--ascii"], "ascii", id="the flag"),
]


@pytest.mark.parametrize(("env", "flags", "encoding"), POOR)
def test_what_an_encoding_can_not_carry_is_said_otherwise(
    board: Board, terminal: Terminal, env: Changes, flags: list[str], encoding: str
) -> None:
    board.define(
        DEFINITIONS.replace('"<5%"', '">=4.5%"').replace('"MRR"', '"売上 é €"').replace("kr", "€")
    )
    run = board.status(*flags, env=env)
    out = run.out.encode("utf-8", "surrogateescape").decode(encoding)
    assert (run.code, run.err) == (0, "")
    assert all(word in out for word in ("off target", "at risk", ">=4.5%"))
    assert r"\u58f2\u4e0a" in out
    assert "🔴" not in out
    assert "?" not in out
    assert len(set(starts(out, ["off target", "at risk"]))) == 1
    screen = terminal("status", "--as-of", "2026-03-05", *flags, env=env, columns=120)
    drawn = bare(screen.sent, encoding)
    assert screen.code == 0
    assert all(word in drawn for word in ("off target", ">=4.5%", "-----"))


def test_warnings_and_help_are_carried_as_well(board: Board) -> None:
    board.append(b"{")
    env = {"PYTHONIOENCODING": "ascii"}
    run = board.status(env=env)
    assert run.err.isascii()
    assert "incomplete last line ignored - a write was interrupted" in run.err
    told = board.kpi("record", "--help", env=env)
    assert (told.code, is_calm(told)) == (0, True)
    assert "Record what was measured" in told.out


COLOR = "\x1b[31m🔴 off target\x1b[0m"


@pytest.mark.parametrize(
    ("env", "flags", "is_colored"),
    [
        pytest.param({}, [], False, id="a pipe"),
        pytest.param({"FORCE_COLOR": "1"}, [], True, id="forced"),
        pytest.param({"FORCE_COLOR": "3"}, [], True, id="forced, by degree"),
        pytest.param({"FORCE_COLOR": "0"}, [], False, id="forced by nothing"),
        pytest.param({"FORCE_COLOR": ""}, [], False, id="forced by emptiness"),
        pytest.param({"CLICOLOR_FORCE": "1"}, [], True, id="forced by the other name"),
        pytest.param({"FORCE_COLOR": "1", "NO_COLOR": "1"}, [], False, id="forced and forbidden"),
        pytest.param({"FORCE_COLOR": "1", "NO_COLOR": ""}, [], True, id="forbidden by emptiness"),
        pytest.param({"FORCE_COLOR": "1", "TERM": "dumb"}, [], True, id="forced on a dumb one"),
        pytest.param({}, ["--color", "always"], True, id="the flag"),
        pytest.param({"NO_COLOR": "1"}, ["--color=always"], True, id="the flag is stronger"),
        pytest.param({"FORCE_COLOR": "1"}, ["--color", "never"], False, id="the flag against it"),
        pytest.param({"FORCE_COLOR": "1"}, ["--json"], False, id="machines get none"),
        pytest.param({}, ["--format", "csv", "--color", "always"], False, id="not even asked for"),
    ],
)
def test_a_pipe_has_colour_where_that_is_wanted(
    board: Board, env: Changes, flags: list[str], *, is_colored: bool
) -> None:
    out = board.status(*flags, env=env).out
    assert (COLOR in out) is is_colored
    assert ("\x1b" in out) is is_colored


@pytest.mark.usefixtures("board")
@pytest.mark.parametrize(
    ("env", "flags", "is_colored"),
    [
        pytest.param({}, [], True, id="as it is"),
        pytest.param({"NO_COLOR": "1"}, [], False, id="forbidden"),
        pytest.param({"NO_COLOR": ""}, [], True, id="forbidden by emptiness"),
        pytest.param({"TERM": "dumb"}, [], False, id="a dumb one"),
        pytest.param({}, ["--color", "never"], False, id="the flag"),
        pytest.param({"TERM": "dumb"}, ["--color", "always"], True, id="the flag is stronger"),
    ],
)
def test_a_terminal_has_colour_unless_that_is_unwanted(
    terminal: Terminal, env: Changes, flags: list[str], *, is_colored: bool
) -> None:
    sent = terminal("status", "--as-of", "2026-03-05", *flags, env=env).sent
    assert (b"\x1b[31m" in sent) is is_colored
    assert (b"\x1b" in sent) is is_colored
