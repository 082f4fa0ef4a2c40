"""The man page: it is what the commands say, and every reader of man pages takes it."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from kpicli import plugins
from kpicli.cli.parser import GROUPS
from tests.man_page import ROOT, man_page

PAGE = ROOT / "examples" / "kpi.1"


def test_the_man_page_is_what_the_commands_say() -> None:
    """`REWRITE=1` writes it anew."""
    if os.environ.get("REWRITE"):
        PAGE.write_text(man_page(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == man_page()


def test_every_command_is_in_one_group_of_the_help() -> None:
    listed = [name for names in GROUPS.values() for name in names]
    assert sorted(listed) == sorted(plugins.names("commands"))


@pytest.mark.installed
@pytest.mark.parametrize(
    "reader",
    [
        pytest.param("mandoc -T lint -W warning", id="mandoc"),
        pytest.param("man --warnings -E UTF-8 -Tutf8 -l", id="man"),
    ],
)
def test_a_reader_of_man_pages_has_nothing_to_say_about_it(reader: str, tmp_path: Path) -> None:
    program, *options = reader.split()
    if not shutil.which(program):
        pytest.skip(f"{program} is not installed")
    done = subprocess.run(
        [program, *options, str(PAGE)], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    warnings = done.stdout if program == "mandoc" else done.stderr
    assert (done.returncode, warnings) == (0, "")
