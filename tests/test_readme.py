"""README and the topics of help: their examples are true, and they leave nothing out."""

import os
import re
import shutil
import sys
from pathlib import Path

import pytest

from tests.pages import README, ROOT, TOPICS, Page, run
from tests.picture import picture

PICTURE = ROOT / "examples" / "status.svg"


@pytest.mark.installed
@pytest.mark.parametrize("page", [README, *TOPICS], ids=str)
def test_every_example_prints_what_the_page_says(tmp_path: Path, page: Page) -> None:
    if "| jq " in page.text and not shutil.which("jq"):
        pytest.skip("an example needs jq")
    now = page.rewritten(tmp_path)
    if os.environ.get("REWRITE"):
        page.file.write_text(now, encoding="utf-8")
    assert page.text == now


@pytest.mark.installed
def test_every_python_block_answers_what_the_readme_says(tmp_path: Path) -> None:
    shutil.copy(ROOT / "kpis.example.toml", tmp_path)
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    blocks = re.findall(r"^```python\n(.*?)^```", README.text, re.DOTALL | re.MULTILINE)
    (tmp_path / "blocks.txt").write_text("\n".join(blocks), encoding="utf-8")
    assert blocks
    assert run(f"{sys.executable} -m doctest blocks.txt", tmp_path) == ""


def test_the_tests_are_run_as_the_readme_says() -> None:
    command = "python -m pytest -q\n"
    assert f"&& .venv/bin/{command}" in README.text
    assert command in (ROOT / ".ci" / "check").read_text(encoding="utf-8")


def test_every_command_has_an_example_in_the_readme() -> None:
    asked = " ".join(README.commands())
    commands = [file.stem.rstrip("_") for file in (ROOT / "kpicli" / "commands").glob("[a-z]*.py")]
    missing = [name for name in commands if not re.search(rf"\bkpi\b[^|;&]* {name}\b", asked)]
    assert not missing


def test_every_key_of_a_definition_is_explained_in_the_readme() -> None:
    from kpicli.model.kpi import KPI_KEYS

    assert [key for key in KPI_KEYS if f"`{key}`" not in README.text] == []


def test_the_picture_is_what_kpi_draws() -> None:
    drawn = picture(ROOT)
    if os.environ.get("REWRITE"):
        PICTURE.write_text(drawn, encoding="utf-8")
    assert PICTURE.read_text(encoding="utf-8") == drawn
