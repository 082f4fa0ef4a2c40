"""README and the topics of help: their examples are true, and they leave nothing out."""

import os
import re
import shutil
import sys
from pathlib import Path

import pytest

from kpicli.cli.help_topics import topic_line, topics
from tests.pages import PAGES, README, ROOT, Page, copy_examples, run
from tests.picture import picture

PICTURE = ROOT / "examples" / "status.svg"


@pytest.mark.installed
@pytest.mark.parametrize("page", PAGES, ids=str)
def test_every_example_prints_what_the_page_says(tmp_path: Path, page: Page) -> None:
    if "| jq " in page.text and not shutil.which("jq"):
        pytest.skip("an example needs jq")
    copy_examples(tmp_path)
    now = page.rewritten(tmp_path)
    if os.environ.get("REWRITE"):
        page.file.write_text(now, encoding="utf-8")
    assert page.text == now


@pytest.mark.installed
@pytest.mark.parametrize("page", [page for page in PAGES if page.doctests()], ids=str)
def test_every_line_of_python_answers_what_the_page_says(tmp_path: Path, page: Page) -> None:
    copy_examples(tmp_path)
    (tmp_path / "lines.txt").write_text(page.doctests(), encoding="utf-8")
    assert run(f"{sys.executable} -m doctest lines.txt", tmp_path) == ""


def test_the_tests_are_run_as_the_readme_says() -> None:
    command = "python -m pytest -q\n"
    assert f"&& .venv/bin/{command}" in README.text
    assert command in (ROOT / ".ci" / "check").read_text(encoding="utf-8")


def test_the_readme_is_for_the_first_hour() -> None:
    assert len(README.text.splitlines()) <= 350


def test_the_readme_names_every_topic() -> None:
    rows = [f"| `{topic}` | {topic_line(topic)} |" for topic in topics()]
    assert [row for row in rows if row not in README.text] == []


def test_every_command_has_an_example_in_the_readme() -> None:
    asked = " ".join(README.commands())
    commands = [file.stem.rstrip("_") for file in (ROOT / "kpicli" / "commands").glob("[a-z]*.py")]
    missing = [name for name in commands if not re.search(rf"\bkpi\b[^|;&]* {name}\b", asked)]
    assert not missing


def test_every_test_that_a_page_names_is_there() -> None:
    names = {name for page in PAGES for name in re.findall(r"tests/[\w/]+\.py", page.text)}
    assert names
    assert [name for name in sorted(names) if not (ROOT / name).exists()] == []


def test_every_module_that_a_page_names_is_there() -> None:
    names = {name for page in PAGES for name in re.findall(r"kpicli/[\w/]+\.py", page.text)}
    assert [name for name in sorted(names) if not (ROOT / name).exists()] == []


def test_the_picture_is_what_kpi_draws() -> None:
    drawn = picture(ROOT)
    if os.environ.get("REWRITE"):
        PICTURE.write_text(drawn, encoding="utf-8")
    assert PICTURE.read_text(encoding="utf-8") == drawn
