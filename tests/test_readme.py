"""Every console and Python block of the README is run, in order and in one folder, and compared.

The part on one's own board is written as if it were November 2026: there `2026-10` stands for the
last closed month, whichever that is today.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kpicli.model.frequency import Frequency
from kpicli.model.period import period_of
from tests.installed import SECONDS, environment
from tests.picture import picture

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PICTURE = ROOT / "examples" / "status.svg"
AS_IF = "2026-10"


def console_blocks() -> Iterator[tuple[int, str]]:
    """Line number and text of each block."""
    for found in re.finditer(r"^```console\n(.*?)^```", README, re.DOTALL | re.MULTILINE):
        yield README.count("\n", 0, found.start()) + 2, found[1]


def dialogues(block: str) -> Iterator[tuple[str, str]]:
    """Each command of a block, and what it prints."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, printed = part.partition("\n")
        yield command, printed


def is_dated(block: str) -> bool:
    """Whether a block says itself on which day it is."""
    return "--as-of" in block or "examples/" in block


def run(command: str, folder: Path) -> str:
    """What a shell prints for a command, both streams in order."""
    done = subprocess.run(
        ["/bin/sh", "-c", command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        cwd=folder,
        env=environment(folder),
        timeout=SECONDS,
    )
    return done.stdout.decode()


def printed_now(block: str, folder: Path, last: str) -> str:
    """The block as it comes out today."""
    told = ""
    for command, _ in dialogues(block):
        asked = command if is_dated(block) else command.replace(AS_IF, last)
        shown = run(asked, folder)
        told += f"$ {command}\n{shown if is_dated(block) else shown.replace(last, AS_IF)}"
    return told


@pytest.mark.installed
@pytest.mark.skipif(not shutil.which("jq"), reason="a README block needs jq")
def test_every_console_block_prints_what_the_readme_says(tmp_path: Path) -> None:
    shutil.copy(ROOT / "kpis.example.toml", tmp_path)
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    last = str(period_of(datetime.now(UTC).date(), Frequency.MONTHLY).shift(-1))
    now = README
    for line, block in console_blocks():
        told = printed_now(block, tmp_path, last)
        now = now.replace(block, told)
        assert told == block or os.environ.get("REWRITE"), f"README.md:{line}"
    if os.environ.get("REWRITE"):
        (ROOT / "README.md").write_text(now, encoding="utf-8")


@pytest.mark.installed
def test_every_python_block_answers_what_the_readme_says(tmp_path: Path) -> None:
    shutil.copy(ROOT / "kpis.example.toml", tmp_path)
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    blocks = re.findall(r"^```python\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
    (tmp_path / "blocks.txt").write_text("\n".join(blocks), encoding="utf-8")
    assert blocks
    assert run(f"{sys.executable} -m doctest blocks.txt", tmp_path) == ""


def test_the_tests_are_run_as_the_readme_says() -> None:
    command = "python -m pytest -q\n"
    assert f"&& .venv/bin/{command}" in README
    assert command in (ROOT / ".ci" / "check").read_text(encoding="utf-8")


def test_every_command_has_an_example_in_the_readme() -> None:
    asked = " ".join(command for _, block in console_blocks() for command, _ in dialogues(block))
    commands = [file.stem.rstrip("_") for file in (ROOT / "kpicli" / "commands").glob("[a-z]*.py")]
    missing = [name for name in commands if not re.search(rf"\bkpi\b[^|;&]* {name}\b", asked)]
    assert not missing


def test_every_key_of_a_definition_is_explained_in_the_readme() -> None:
    from kpicli.model.kpi import KPI_KEYS

    assert [key for key in KPI_KEYS if f"`{key}`" not in README] == []


def test_the_picture_is_what_kpi_draws() -> None:
    drawn = picture(ROOT)
    if os.environ.get("REWRITE"):
        PICTURE.write_text(drawn, encoding="utf-8")
    assert PICTURE.read_text(encoding="utf-8") == drawn
