"""`kpi edit`: the editor is started without a shell, and what it left behind is checked."""

import os
import stat
from pathlib import Path

import pytest

from kpicli.cli.editor import edit
from kpicli.errors import KpiError
from tests.installed import Kpi, Terminal

BOARD = '[goals.g]\nname = "G"\n[kpis.a]\nowner = "Ann"\ngoal = "g"\ntarget = "5 cups"\n'
BETTER = BOARD.replace("5 cups", "6 cups") + 'source = "x"\n'


@pytest.fixture
def file(terminal: Terminal) -> Path:
    path = terminal.folder / "kpis.toml"
    path.write_text(BOARD)
    return path


def editor(folder: Path, *contents: str) -> str:
    """A program that writes one content after the other into the file, and shows its words."""
    program = folder / "my editor"
    for number, content in enumerate(contents):
        (folder / f"content-{number}").write_text(content)
    program.write_text(
        '#!/bin/sh\nprintf "%s\\n" "$@" >> words\n'
        "n=$(($(cat count 2>/dev/null || echo -1) + 1)); echo $n > count\n"
        'for file; do :; done; [ ! -f "content-$n" ] || cp "content-$n" "$file"\n'
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return f"'{program}' --wait"


def test_what_kpi_check_finds_is_said_with_its_line(terminal: Terminal, file: Path) -> None:
    text = editor(terminal.folder, BETTER.replace('owner = "Ann"\n', ""))
    screen = terminal("edit", env={"VISUAL": text, "EDITOR": "false"}, columns=200)
    assert screen.code == 0
    assert b"kpis.toml:3: A01 " in screen.sent
    assert (terminal.folder / "words").read_text() == f"--wait\n{file}\n"


def test_what_would_not_load_is_said_and_mended(terminal: Terminal, file: Path) -> None:
    text = editor(terminal.folder, "[kpis.a]\ntagret = 5\n", BETTER)
    typed = [("kpis.toml:2: kpis.a.tagret: ", ""), ("Edit it again? [yes] ", "\n")]
    screen = terminal("edit", env={"EDITOR": text}, typed=typed)
    assert (screen.code, file.read_text()) == (0, BETTER)


def test_whoever_does_not_mend_it_is_told_by_the_exit_code(terminal: Terminal, file: Path) -> None:
    text = editor(terminal.folder, "[kpis.a\n")
    screen = terminal("edit", env={"EDITOR": text}, typed=[("again? [yes] ", "n\n")])
    assert (screen.code, file.read_text()) == (2, "[kpis.a\n")


@pytest.mark.usefixtures("file")
@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        pytest.param("true", 0, "kpis.toml: nothing changed", id="nothing changed"),
        pytest.param("false", 2, "the editor false ended with 1", id="one that fails"),
        pytest.param("no-such-editor", 2, "can't be started: No such file", id="none"),
        pytest.param("vi 'x", 2, "$EDITOR has a quote without its end", id="half a quote"),
        pytest.param("true; touch owned", 2, "can't be started", id="no shell reads it"),
        pytest.param("true $(touch owned)", 0, "nothing changed", id="nor puts anything in"),
    ],
)
def test_an_editor_is_started_without_a_shell(
    terminal: Terminal, text: str, code: int, said: str
) -> None:
    screen = terminal("edit", env={"EDITOR": text}, columns=200)
    assert (screen.code, said in screen.sent.decode()) == (code, True), screen.sent
    assert not (terminal.folder / "owned").exists()


def test_the_name_of_the_file_is_one_word_whatever_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    name = "-c 'touch owned'; $(touch owned).toml"
    monkeypatch.setenv("VISUAL", editor(tmp_path))
    edit(name)
    assert (tmp_path / "words").read_text() == f"--wait\n{tmp_path / name}\n"
    assert not (tmp_path / "owned").exists()


def test_without_an_editor_the_variable_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", os.devnull)
    with pytest.raises(KpiError, match="no editor is named"):
        edit("kpis.toml")


@pytest.mark.usefixtures("file")
def test_without_a_terminal_one_line_says_what_to_do(kpi: Kpi) -> None:
    run = kpi("edit", env={"EDITOR": "touch owned"})
    assert run.err == (
        "kpi: error: kpi edit needs a terminal\n"
        "hint: change kpis.toml with any program, then kpi check\n"
    )
    assert (run.code, (kpi.folder / "owned").exists()) == (2, False)
