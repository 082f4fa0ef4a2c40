"""The names that a program may rely on, and the types that a checker sees of them."""

import subprocess
import sys
from pathlib import Path

import pytest

import kpicli
from tests.commands.shop import LOG, TOML
from tests.installed import SECONDS, environment

ROOT = Path(kpicli.__file__).parent
PROGRAM = """\
from decimal import Decimal
from typing import assert_type

import kpicli
from kpicli import Board, KpiError, Rows, Status
from kpicli.api.rows import Expected, Recorded, Standing


def worst(board: Board) -> list[str]:
    rows = board.status("last", area="sales", as_of="2026-11-05")
    assert_type(rows, Rows[Standing])
    assert_type(rows[0].actual, Decimal | None)
    assert_type(rows[0].status, Status)
    assert_type(rows[:2], tuple[Standing, ...])
    return [row.name for row in rows if row.status is Status.OFF_TARGET]


def note(board: Board) -> Rows[Recorded]:
    try:
        assert_type(board.record("churn", "2.1%", yes=True), Rows[Standing])
    except KpiError as error:
        assert_type(error.where, str)
    assert_type(board.forecast("churn"), Rows[Expected])
    assert_type(kpicli.forecast([1, 2, 3, 4, 5, 6]), kpicli.Forecast)
    return board.history("churn", period=2026)


worst(kpicli.load())
"""
WRONG = {
    "board.record('churn', 2.1)": "arg-type",
    "board.status(as_of=20261105)": "arg-type",
    "board.status().sort()": "attr-defined",
    "board.status()[0].name.value": "attr-defined",
    "kpicli.unknown": "attr-defined",
}


def checked(folder: Path, program: str) -> tuple[int, str]:
    """What mypy, strict, says of a program in a folder of its own."""
    (folder / "program.py").write_text(program)
    asked = [sys.executable, "-m", "mypy", "--strict", "--config-file=", "program.py"]
    done = subprocess.run(
        asked, cwd=folder, capture_output=True, text=True, check=False, timeout=180
    )
    return done.returncode, done.stdout


def test_there_are_at_most_ten() -> None:
    assert len(kpicli.__all__) <= 10
    assert sorted(kpicli.__all__) == kpicli.__all__ == dir(kpicli)


def test_every_name_is_there() -> None:
    assert all(getattr(kpicli, name) is not None for name in kpicli.__all__)
    with pytest.raises(AttributeError, match="no attribute 'unknown'"):
        getattr(kpicli, "unknown")  # noqa: B009 - a checker knows that there is none


def test_no_public_name_is_missing() -> None:
    namespace: dict[str, object] = {}
    exec("from kpicli import *", namespace)  # noqa: S102 - it is what is shown
    assert {name for name in namespace if name != "__builtins__"} == set(kpicli.__all__)
    declared = (ROOT / "__init__.py").read_text("utf-8").partition("_HOMES = {")[2]
    homes = {line.split('"')[1] for line in declared.partition("}")[0].splitlines() if '"' in line}
    assert homes | {"__version__"} == set(kpicli.__all__)


def test_types_are_shipped() -> None:
    assert (ROOT / "py.typed").exists()


@pytest.mark.installed
def test_a_checker_sees_every_type(tmp_path: Path) -> None:
    wrong = "".join(f"{line}  # type: ignore[{code}]\n" for line, code in WRONG.items())
    program = f"{PROGRAM}\nboard = kpicli.load()\n{wrong}"
    assert checked(tmp_path, program) == (0, "Success: no issues found in 1 source file\n")


@pytest.mark.parametrize(
    ("code", "unused"),
    [
        pytest.param("", {"kpicli.api.board", "kpicli.errors", "decimal"}, id="the import alone"),
        pytest.param("kpicli.Status", {"kpicli.store", "kpicli.views"}, id="a status"),
        pytest.param(
            "kpicli.load()", {"kpicli.render.html", "kpicli.render.formats"}, id="a board"
        ),
        pytest.param(
            "kpicli.load().status()",
            {"kpicli.render.html", "kpicli.render.formats"},
            id="an answer",
        ),
    ],
)
def test_what_is_not_used_is_not_loaded(tmp_path: Path, code: str, unused: set[str]) -> None:
    (tmp_path / "kpis.toml").write_text(TOML)
    (tmp_path / "kpis.jsonl").write_text(LOG)
    program = (
        "import sys\nbefore = set(sys.modules)\nimport kpicli\n"
        f"{code}\nprint(*set(sys.modules) - before)"
    )
    for _ in range(2):  # the first time the shape of the definitions is checked
        done = subprocess.run(
            [sys.executable, "-c", program],
            cwd=tmp_path,
            env=environment(tmp_path),
            capture_output=True,
            text=True,
            check=True,
            timeout=SECONDS,
        )
    never = {"typer", "rich", "pydantic", "tomli_w", "kpicli.cli.options", "kpicli.cli.app"}
    assert set(done.stdout.split()) & (never | unused) == set()
