"""A run in the process of the tests is what a run of the installed script is, byte for byte."""

import os
import re
import signal
import sys
import time
from pathlib import Path

import pytest

from kpicli import plugins
from tests.installed import Kpi, Run, Screen, Terminal

TOML = """\
[kpis.churn]
target = "<3%"
owner = "Head of Customer Success"
definition = "Customers lost, as a share of those at the start"
"""
LOG = """\
{"kpi":"churn","period":"2026-09","value":4,"at":"2026-10-02T08:00:00Z","by":"tester"}
"""
AS_OF = ("--as-of", "2026-10-05")
AUGUST = ("churn", "--period", "2026-08")
COMPLETED = {"_KPI_COMPLETE": "complete_bash", "COMP_WORDS": "kpi st", "COMP_CWORD": "1"}
ARGUMENTS = {
    "add": ("add", "Things made", "--target", "9", "--owner", "Ann", "--goal", "growth"),
    "catalog": ("catalog", "we lose customers"),
    "check": ("check", *AS_OF),
    "completion": ("completion", "bash"),
    "drivers": ("drivers", "churn", *AS_OF),
    "explain": ("explain", "churn", *AS_OF),
    "history": ("history", "--all"),
    "import": ("import", "-"),
    "init": ("init", "-f", "other.toml"),
    "record": ("record", "churn", "5", "--period", "2026-08"),
    "report": ("report", *AS_OF),
    "retract": ("retract", "churn", "--period", "2026-09", "--yes"),
    "show": ("show", "churn", *AS_OF),
    "status": ("status", *AS_OF),
    "undo": ("undo", "--yes"),
}
"""Of commands that need some; the others are called by their names."""


def made(folder: Path) -> Path:
    """A folder with a board in it."""
    folder.mkdir()
    (folder / "kpis.toml").write_text(TOML)
    (folder / "kpis.jsonl").write_text(LOG)
    return folder


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Kpi, Kpi]:
    """In process and installed, each in a folder of its own of the same name."""
    (tmp_path / "here").mkdir()
    (tmp_path / "there").mkdir()
    return (
        Kpi(made(tmp_path / "here" / "board")),
        Kpi(made(tmp_path / "there" / "board"), is_installed=True),
    )


@pytest.mark.parametrize("name", plugins.names("commands"))
def test_each_command_is_the_same_installed(pair: tuple[Kpi, Kpi], name: str) -> None:
    args = ARGUMENTS.get(name, (name,))
    here, there = (plain(kpi(*args, stdin=kpi_rows(name)), kpi.folder) for kpi in pair)
    assert here == there
    assert here.code in {0, 1, 2}
    assert here.out or here.err


def kpi_rows(name: str) -> str | None:
    return "kpi,period,value\nchurn,2026-07,2\n" if name == "import" else None


def plain(run: Run, folder: Path) -> Run:
    """Without the folder that it was in, and that of its package."""
    texts = (re.sub("from .*/kpicli ", "", text) for text in (run.out, run.err))
    return Run(run.code, *(text.replace(str(folder), "") for text in texts))


@pytest.mark.installed
@pytest.mark.parametrize(
    ("args", "env", "stdin"),
    [
        pytest.param((), {}, None, id="nothing asked"),
        pytest.param(("--version",), {}, None, id="the version"),
        pytest.param(("record", "--help"), {}, None, id="help"),
        pytest.param(("status", "--no-such"), {}, None, id="no such flag"),
        pytest.param(("status", *AS_OF), {"LC_ALL": "C"}, None, id="the locale of computers"),
        pytest.param(("status", *AS_OF), {"PYTHONIOENCODING": "cp1252"}, None, id="an encoding"),
        pytest.param(("status", *AS_OF, "--json"), {"TZ": "Asia/Tokyo"}, None, id="a time zone"),
        pytest.param(("history", "--all"), {"TZ": "America/Lima"}, None, id="an old time zone"),
        pytest.param(("record", "churn", "no\udcff"), {}, None, id="an argument that is no text"),
        pytest.param(("record", "churn", "5"), {"KPI_BY": "\udcff"}, None, id="no name"),
        pytest.param(("import", "-"), {}, b"kpi,period,value\nchurn,2026-07,\xff\n", id="no text"),
        pytest.param(("import", "-"), {}, b"", id="nothing to read"),
        pytest.param(("path",), {"KPI_FILE": "gone.toml"}, None, id="a file that is gone"),
        pytest.param(
            (), {"_KPI_COMPLETE": "complete_bash", "COMP_WORDS": "kpi st"}, None, id="tab"
        ),
    ],
)
def test_so_is_every_kind_of_call(
    pair: tuple[Kpi, Kpi], args: tuple[str, ...], env: dict[str, str], stdin: bytes | None
) -> None:
    here, there = (plain(kpi(*args, env=env, stdin=stdin), kpi.folder) for kpi in pair)
    assert here == there


@pytest.mark.installed
@pytest.mark.parametrize(
    ("args", "typed"),
    [
        pytest.param(("status", *AS_OF), [], id="a table"),
        pytest.param(("check", *AS_OF), [], id="findings"),
        pytest.param(("import", "-"), [], id="nothing is piped in"),
        pytest.param(
            ("record", "churn", "--period", "2026-08"), [("2026-08", "5\n")], id="a value"
        ),
        pytest.param(("undo",), [("[y/N]", "n\n")], id="no"),
        pytest.param(("undo",), [("[y/N]", "\x03")], id="Ctrl-C"),
        pytest.param(("undo",), [("[y/N]", "\x04")], id="Ctrl-D"),
    ],
)
def test_so_is_what_a_terminal_is_sent(
    pair: tuple[Kpi, Kpi], args: tuple[str, ...], typed: list[tuple[str, str]]
) -> None:
    screens: list[Screen] = [
        Terminal(kpi.folder, kpi.is_installed)(*args, typed=typed) for kpi in pair
    ]
    assert screens[0] == screens[1]


def test_a_run_leaves_the_process_as_it_was(pair: tuple[Kpi, Kpi]) -> None:
    def state() -> list[object]:
        numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGALRM)
        streams = [sys.stdin, sys.stdout, sys.stderr, sys.__stdin__, sys.__stdout__, sys.argv]
        handlers = [signal.getsignal(number) for number in numbers]
        files = [os.fstat(number).st_ino for number in range(3)]
        return [dict(os.environ), os.getcwd(), time.tzname, *streams, *handlers, *files]

    before = state()
    assert pair[0]("status", env={"TZ": "Asia/Tokyo", "LC_ALL": "C"}).code == 0
    assert state() == before
