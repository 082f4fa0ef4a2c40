"""The segment of a prompt, in every shell it is for."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.examples.boards import OFF_TARGET, ON_TARGET, write_board
from tests.installed import SECONDS, Changes, environment

pytestmark = pytest.mark.installed

PROMPT = Path(__file__).parents[2] / "examples" / "prompt.sh"
UNASKED = "_kpi_prompt_count() { :; }"
"""A shell that has no kpi to ask."""

SHELLS = {"bash": ("--noprofile", "--norc"), "zsh": ("-f",)}


@pytest.fixture(params=SHELLS)
def shell(request: pytest.FixtureRequest) -> list[str]:
    """A shell without anybody's settings."""
    name: str = request.param
    if not shutil.which(name):
        pytest.skip(f"{name} is not installed")
    return [name, *SHELLS[name]]


def shown(shell: list[str], folder: Path, before: str = "", env: Changes | None = None) -> str:
    """The segment of one prompt, once all that it began in the background has ended.

    Descriptor 9 is what the background holds open, so that the end of the output is its end too.
    """
    script = f"exec 9>&1; set -eu; . '{PROMPT}'; {before}\nkpi_prompt; printf %s \"$KPI_PROMPT\""
    done = subprocess.run(
        [*shell, "-c", script],
        capture_output=True,
        check=True,
        cwd=folder,
        env=environment(folder, env),
        timeout=SECONDS,
    )
    assert done.stderr == b""
    return done.stdout.decode()


def keep(board: Path, count: str, folder: Path | None = None) -> Path:
    """What was counted before, where a prompt run in that folder, else in the board's, keeps it."""
    cache = (folder or board.parent) / "cache" / "kpi" / "prompt" / str(board).replace("/", "%")
    cache.parent.mkdir(parents=True, exist_ok=True)
    cache.write_text(f"{count}\n")
    return cache


def test_the_second_prompt_shows_how_many_kpis_need_attention(
    shell: list[str], tmp_path: Path
) -> None:
    write_board(tmp_path, OFF_TARGET)
    assert [shown(shell, tmp_path) for _ in range(2)] == ["", "⚠ 2 "]


def test_it_is_silent_where_none_does(shell: list[str], tmp_path: Path) -> None:
    write_board(tmp_path, ON_TARGET)
    assert [shown(shell, tmp_path) for _ in range(2)] == ["", ""]


def test_a_new_actual_is_counted(shell: list[str], tmp_path: Path) -> None:
    write_board(tmp_path, OFF_TARGET)
    shown(shell, tmp_path)
    write_board(tmp_path, ON_TARGET)
    assert [shown(shell, tmp_path) for _ in range(2)] == ["⚠ 2 ", ""]


def test_the_nearest_board_upwards_is_meant(shell: list[str], tmp_path: Path) -> None:
    write_board(tmp_path, OFF_TARGET)
    deep = tmp_path / "a folder" / "and one in it"
    deep.mkdir(parents=True)
    assert [shown(shell, tmp_path, f"cd '{deep}'") for _ in range(2)] == ["", "⚠ 2 "]


@pytest.mark.parametrize("name", ["{}/else/kpis.toml", "else/kpis.toml"], ids=["whole", "relative"])
def test_a_board_that_is_named_goes_before(shell: list[str], name: str, tmp_path: Path) -> None:
    write_board(tmp_path, ON_TARGET)
    (tmp_path / "else").mkdir()
    cache = keep(write_board(tmp_path / "else", OFF_TARGET), "3", tmp_path)
    env = {"KPI_FILE": name.format(tmp_path)}
    assert shown(shell, tmp_path, env=env) == "⚠ 3 "
    assert cache.read_text() == "2\n"


def test_without_unicode_the_mark_is_ascii(shell: list[str], tmp_path: Path) -> None:
    write_board(tmp_path, OFF_TARGET)
    assert [shown(shell, tmp_path, env={"LC_ALL": "C"}) for _ in range(2)] == ["", "! 2 "]


@pytest.mark.parametrize(
    "breakage",
    [
        pytest.param("PATH=/nowhere", id="kpi is not installed"),
        pytest.param("cd /", id="there is no board"),
        pytest.param("KPI_FILE=/nowhere/kpis.toml", id="the board is gone"),
        pytest.param("unset HOME XDG_CACHE_HOME", id="there is no home"),
        pytest.param("XDG_CACHE_HOME=/dev/null", id="nothing can be kept"),
        pytest.param("printf '[kpis' > kpis.toml", id="the definitions are broken"),
    ],
)
def test_nothing_breaks_the_prompt(shell: list[str], breakage: str, tmp_path: Path) -> None:
    write_board(tmp_path, ON_TARGET)
    assert shown(shell, tmp_path, f"{breakage}; kpi_prompt") == ""


@pytest.mark.parametrize(
    "care",
    [
        pytest.param("set -o noclobber; : > '{cache}'.$$", id="no file is written over"),
        pytest.param(
            '[ -n "${{ZSH_VERSION-}}" ] || shopt -s expand_aliases\n'
            "alias kpi=false mkdir=false grep=false mv=false\n. '{prompt}'",
            id="commands have other meanings",
        ),
    ],
)
def test_settings_of_a_shell_change_nothing(shell: list[str], care: str, tmp_path: Path) -> None:
    cache = keep(write_board(tmp_path, OFF_TARGET), "3")
    assert shown(shell, tmp_path, care.format(cache=cache, prompt=PROMPT)) == "⚠ 3 "
    assert cache.read_text() == "2\n"


@pytest.mark.parametrize("kept", ["", "many", "2; ls", "$(ls)", "%n", "0"])
def test_what_is_kept_is_shown_only_if_it_is_a_count(
    shell: list[str], kept: str, tmp_path: Path
) -> None:
    keep(write_board(tmp_path, ON_TARGET), kept)
    assert shown(shell, tmp_path, UNASKED) == ""


@pytest.mark.parametrize("kept", [None, "2"], ids=["nothing kept yet", "a count kept"])
@pytest.mark.parametrize(
    ("then", "times"),
    [
        pytest.param("SECONDS=$((SECONDS + 290))", 1, id="within five minutes"),
        pytest.param("SECONDS=$((SECONDS + 301))", 2, id="after five minutes"),
        pytest.param("cd else", 2, id="on another board"),
    ],
)
def test_kpi_is_asked_anew_only_when_it_has_to_be(
    shell: list[str], kept: str | None, then: str, times: int, tmp_path: Path
) -> None:
    (tmp_path / "else").mkdir()
    write_board(tmp_path / "else", ON_TARGET)
    board = write_board(tmp_path, OFF_TARGET)
    if kept:
        keep(board, kept)
    counted = tmp_path / "counted"
    asked = f"_kpi_prompt_count() {{ echo once >> '{counted}'; }}"
    shown(shell, tmp_path, f"{asked}; kpi_prompt; kpi_prompt; {then}")
    assert counted.read_text() == "once\n" * times


@pytest.mark.parametrize("name", ["kpis.toml", "kpis.jsonl"])
def test_kpi_is_asked_anew_when_its_files_have_changed(
    shell: list[str], name: str, tmp_path: Path
) -> None:
    cache = keep(write_board(tmp_path, OFF_TARGET), "2")
    counted = tmp_path / "counted"
    asked = f"_kpi_prompt_count() {{ echo once >> '{counted}'; }}"
    os.utime(tmp_path / name, (cache.stat().st_mtime + 1,) * 2)
    shown(shell, tmp_path, f"{asked}; kpi_prompt")
    assert counted.read_text() == "once\n" * 2


def test_the_exit_code_of_the_last_command_is_left_alone(shell: list[str], tmp_path: Path) -> None:
    keep(write_board(tmp_path, OFF_TARGET), "2")
    here = "set +e; (exit 7); kpi_prompt; echo $?"
    elsewhere = "cd /; (exit 8); kpi_prompt; echo $?"
    assert shown(shell, tmp_path, f"{UNASKED}; {here}; {elsewhere}").split() == ["7", "8"]


@pytest.mark.parametrize(
    ("rc", "before", "hooks"),
    [
        pytest.param(".bashrc", "PROMPT_COMMAND='seen=yes'", "kpi_prompt; seen=yes", id="bash"),
        pytest.param(
            ".zshrc", "setopt prompt_subst; precmd() { seen=yes }", "kpi_prompt", id="zsh"
        ),
    ],
)
def test_a_prompt_has_the_segment_beside_what_was_there(
    rc: str, before: str, hooks: str, tmp_path: Path
) -> None:
    """Read twice, as happens to files of settings."""
    name = rc[1:-2]
    if not shutil.which(name):
        pytest.skip(f"{name} is not installed")
    keep(write_board(tmp_path, OFF_TARGET), "2")
    (tmp_path / rc).write_text(
        f"{before}\n. '{PROMPT}'\n. '{PROMPT}'\n{UNASKED}\nPS1='$KPI_PROMPT$seen>'\n"
    )
    done = subprocess.run(
        [name, "-i"],
        input=b'echo "<${PROMPT_COMMAND-}${precmd_functions-}>"\n',
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        cwd=tmp_path,
        env=environment(tmp_path, {"HOME": str(tmp_path), "TERM": "dumb"}),
        timeout=SECONDS,
    )
    told = done.stdout.decode()
    assert "⚠ 2 yes>" in told
    assert f"<{hooks}>" in told
