"""What each command must not load, seen in a clean interpreter; how long it takes: benchmarks."""

import pty
import subprocess
import sys
from collections.abc import Mapping
from os import close
from pathlib import Path
from shutil import copytree

import pytest

from tests.installed import environment

BOARD = """\
[kpis.churn]
target = "<3%"
owner = "Head of Customer Success"
definition = "Customers lost, as a share of those at the start"
"""
KPI = """\
import atexit, sys
file = sys.argv.pop(1)
atexit.register(lambda: open(file, "w").write(" ".join(sys.modules)))
from kpicli.__main__ import main
sys.exit(main())
"""
NEVER = {
    "pydantic",
    "pydantic_core",
    "rich",
    "tomli_w",
    "kpicli.store.definitions.schema",
    "kpicli.catalogue",
    "kpicli.sources",
    "kpicli.model.source",
    "kpicli.model.log_issue",
    "kpicli.model.finding",
    "kpicli.model.event",
    "kpicli.model.build.source",
    "kpicli.model.notation.advice",
    "kpicli.store.log.damage",
    "kpicli.store.log.restore",
    "kpicli.store.log.snapshot",
    "kpicli.store.log.json_line",
    "kpicli.store.new_file",
    "kpicli.evaluation.compare",
    "kpicli.evaluation.due",
    "kpicli.views.words.next_steps",
}
"""A command that has seen its definitions and writes no table to a terminal uses none of these."""
CHECK = {
    "kpicli.model.log_issue",
    "kpicli.model.finding",
    "kpicli.views.words.next_steps",
}
"""What a check has to do with alone."""


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with definitions that kpi has seen, and an actual."""
    folder = tmp_path_factory.mktemp("recorded")
    (folder / "kpis.toml").write_text(BOARD)
    loaded_by(folder, "record", "churn=2%")
    return folder


@pytest.fixture
def board(tmp_path: Path, recorded: Path) -> Path:
    """A copy of such a folder."""
    return copytree(recorded, tmp_path, dirs_exist_ok=True)


def loaded_by(
    folder: Path, *args: str, out: int = subprocess.DEVNULL, env: Mapping[str, str] | None = None
) -> set[str]:
    """The names of all modules that a run of kpi has loaded when it ends."""
    done = subprocess.run(
        [sys.executable, "-c", KPI, "modules.txt", *args],
        cwd=folder,
        env=environment(folder, env),
        stdin=subprocess.DEVNULL,
        stdout=out,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    assert done.returncode in {0, 1}, done.stderr
    return set((folder / "modules.txt").read_text().split())


def formats_in(loaded: set[str]) -> set[str]:
    formats = {name for name in loaded if name.startswith("kpicli.render.formats.")}
    return {name for name in formats if "._" not in name}


@pytest.mark.parametrize(
    ("args", "unused"),
    [
        pytest.param(
            "record churn=2.1% --yes",
            {
                "json",
                "kpicli.render.formats",
                "kpicli.lint.engine",
                "kpicli.views.parts.view",
                "kpicli.model.notation.period",
                "kpicli.views.words.taking_back",
                "kpicli.recording.undo",
            },
            id="record draws nothing",
        ),
        pytest.param(
            "init -f new.toml",
            {
                "json",
                "kpicli.analysis",
                "kpicli.render.formats",
                "kpicli.lint.engine",
                "kpicli.views",
            },
            id="init writes two texts",
        ),
        pytest.param(
            "completion bash",
            {
                "json",
                "kpicli.analysis",
                "kpicli.render.formats",
                "kpicli.lint.engine",
                "kpicli.views",
            },
            id="completion prints a text",
        ),
        pytest.param(
            "path",
            {"json", "kpicli.analysis", "kpicli.render.formats.terminal", "kpicli.lint.engine"},
            id="path judges nothing",
        ),
        pytest.param(
            "status",
            {
                "json",
                "kpicli.lint.engine",
                "kpicli.store.git",
                "kpicli.store.log.append",
                "kpicli.model.notation.period",
                "kpicli.views.parts.plot",
                "kpicli.views.words.status_sentence",
            },
            id="status reads",
        ),
        pytest.param("check", {"json", "kpicli.store.log.append"}, id="check reads"),
        pytest.param(
            "catalog cac",
            {"json", "kpicli.lint.engine", "kpicli.cli.prompts", "kpicli.services.load"},
            id="the catalogue is read alone",
        ),
        pytest.param(
            "--version",
            {"json", "tomllib", "kpicli.commands", "kpicli.model", "kpicli.cli.options"},
            id="a version is of no command",
        ),
    ],
)
def test_a_command_loads_only_what_it_uses(board: Path, args: str, unused: set[str]) -> None:
    used = {"kpicli.catalogue"} if args.startswith(("check", "catalog")) else set()
    used |= CHECK if args == "check" else set()
    assert loaded_by(board, *args.split()) & ((NEVER | unused) - used) == set()


def test_completing_an_id_draws_and_judges_nothing(board: Path) -> None:
    asked = {"_KPI_COMPLETE": "complete_bash", "COMP_WORDS": "kpi record c", "COMP_CWORD": "2"}
    unused = {"json", "kpicli.render", "kpicli.lint", "kpicli.views", "kpicli.evaluation"}
    unused |= {"kpicli.services", "kpicli.recording"}
    loaded = loaded_by(board, env=asked)
    assert loaded & (NEVER | unused) == set()
    assert "tomllib" in loaded


@pytest.mark.parametrize(
    ("args", "format"),
    [
        pytest.param("status", "plain", id="a pipe"),
        pytest.param("status --json", "json", id="one that was asked for"),
        pytest.param("status --format html", "html", id="a page"),
        pytest.param("check", "plain", id="findings"),
    ],
)
def test_no_format_but_the_one_that_draws_is_loaded(board: Path, args: str, format: str) -> None:
    assert formats_in(loaded_by(board, *args.split())) == {f"kpicli.render.formats.{format}"}


def test_a_terminal_is_drawn_without_a_package_of_others(board: Path) -> None:
    screen, stdout = pty.openpty()
    try:
        loaded = loaded_by(board, "status", out=stdout, env={"TERM": "xterm", "COLUMNS": "80"})
    finally:
        close(stdout)
        close(screen)
    assert formats_in(loaded) == {"kpicli.render.formats.terminal"}
    assert loaded & NEVER == set()


def test_rules_are_loaded_by_check(board: Path) -> None:
    assert "kpicli.lint.engine" in loaded_by(board, "check")


def test_pydantic_sees_a_definitions_file_once(tmp_path: Path) -> None:
    (tmp_path / "kpis.toml").write_text(BOARD)
    assert {"pydantic", "pydantic_core"} & loaded_by(tmp_path, "status") == {"pydantic_core"}
    assert "pydantic_core" not in loaded_by(tmp_path, "status")
    (tmp_path / "kpis.toml").write_text(BOARD.replace("<3%", "<4%"))
    assert "pydantic_core" in loaded_by(tmp_path, "status")


def test_importing_kpicli_loads_no_package_of_others() -> None:
    code = "import sys; before = set(sys.modules); import kpicli; print(*set(sys.modules) - before)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=20
    )
    assert set(done.stdout.split()) & {"typer", "rich", "pydantic", "tomli_w"} == set()


def test_pull_loads_only_what_its_sources_need(tmp_path: Path) -> None:
    query = 'source = "shop"\nquery = "select 5 where :start < :end"'
    text = f'[sources.shop]\nurl = "sqlite:shop.db"\n[kpis.orders]\n{query}\n'
    (tmp_path / "kpis.toml").write_text(text)
    (tmp_path / "shop.db").touch()
    loaded_by(tmp_path, "pull", "--trust")
    loaded = loaded_by(tmp_path, "pull", "--trust", "--since", "2026-01")
    assert "kpicli.sources.sqlite" in loaded
    others = {"sqlalchemy", "rich", "pydantic", "urllib.request", "ssl", "logging"}
    assert loaded & others == set()
