"""`kpi check --format github`: workflow commands that a pull request shows beside the lines."""

import re
import tomllib
from pathlib import Path

import pytest

from kpicli.text import safe
from tests.commands.judged import FAULTY, SOME, SOUND, checked
from tests.installed import Kpi

ANNOTATED = """\
::warning file=kpis.toml,line=14,col=1,title=A01 no_owner::\
Quality has no owner, so nobody is asked when it is off target%0A\
name one person or role: owner = "Ann"%0A\
kpi rules A01
"""
COMMAND = re.compile(r"::(error|warning|notice) ((?:[^:,\n]+)(?:,[^:,\n]+)*)::([^\r\n]*)")
HOSTILE = (
    "\\n::error::stop",
    "\\r\\n::set-output name=x::y",
    "::add-mask::x",
    "\\u0085::error::x",
    "\\u2028::error::x",
    "%0A::error::x",
    "##[error]x",
    ",line=1,file=other::x",
    "\\u001b[31m\\u202e",
)


@pytest.fixture
def board(tmp_path: Path) -> Path:
    return tmp_path / "kpis.toml"


def read(line: str) -> tuple[str, dict[str, str], str]:
    """Level, properties and message, as GitHub's runner reads them."""
    found = COMMAND.fullmatch(line)
    assert found, line
    pairs = (pair.partition("=") for pair in found[2].split(","))
    return found[1], {key: unescaped(text) for key, _, text in pairs}, unescaped(found[3])


def unescaped(text: str) -> str:
    for escape, char in {"%2C": ",", "%3A": ":", "%0A": "\n", "%0D": "\r", "%25": "%"}.items():
        text = text.replace(escape, char)
    return text


def test_a_finding_is_an_annotation_at_its_line(kpi: Kpi, board: Path) -> None:
    board.write_text(FAULTY)
    run = checked(kpi, "--format", "github", "--select", "A01")
    assert (run.code, run.out, run.err) == (1, ANNOTATED, "")


def test_the_level_is_that_of_the_finding(kpi: Kpi, board: Path) -> None:
    board.write_text(FAULTY.replace("target = 90\n", ""))
    run = checked(kpi, "--format", "github", "--select", "M01,A01,M08")
    levels = {props["title"][:3]: level for level, props, _ in map(read, run.out.splitlines())}
    assert levels == {"M01": "error", "A01": "warning", "M08": "notice"}


def test_nothing_found_is_no_annotation(kpi: Kpi, board: Path) -> None:
    board.write_text(SOUND)
    run = checked(kpi, "--format", "github")
    assert (run.code, run.out) == (0, "")


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_name_starts_no_other_command(text: str, kpi: Kpi, board: Path) -> None:
    board.write_text(FAULTY.replace('"Quality"', f'"{text}"'))
    shown = safe(tomllib.loads(f'name = "{text}"')["name"])
    run = checked(kpi, "--format", "github", *SOME)
    lines = run.out.splitlines()
    assert len(lines) >= 2
    for level, properties, message in map(read, lines):
        assert level == "warning"
        assert message.startswith(shown)
        assert list(properties) == ["file", "line", "col", "title"]
        assert properties["file"] == "kpis.toml"


@pytest.mark.parametrize("name", ["a,b.toml", "a:b.toml", "100%.toml", "a::b,line=1.toml"])
def test_the_file_is_the_one_that_it_is(name: str, kpi: Kpi, tmp_path: Path) -> None:
    (tmp_path / name).write_text(FAULTY)
    run = kpi("-f", name, "check", "--as-of", "2026-11-05", "--format", "github", *SOME)
    files = {properties["file"] for _, properties, _ in map(read, run.out.splitlines())}
    assert files == {name}


def test_it_is_the_same_whatever_the_locale(kpi: Kpi, board: Path) -> None:
    board.write_text(FAULTY.replace('"Quality"', '"Qualität → 東京"'))
    args = ("check", "--as-of", "2026-11-05", "--format", "github")
    assert kpi(*args, env={"LC_ALL": "C"}).out == kpi(*args).out
    assert "東京" in kpi(*args).out
