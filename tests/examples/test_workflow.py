"""The workflow that reports: its steps are run as GitHub runs them, beside a git host."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

from tests.examples.boards import OFF_TARGET, ON_TARGET, write_board
from tests.installed import SECONDS, environment

EXAMPLES = Path(__file__).parents[2] / "examples"
WORKFLOW = (EXAMPLES / "report.yml").read_text(encoding="utf-8")
STEP = re.compile(
    r"^ {6}- (?:name: (.+)\n(?: {8}.*\n)*? {8})?run: (?:\|\n((?: {10}.*\n)+)|(.+)\n)", re.MULTILINE
)
COMMENT = "Comment on the pull request, or renew the comment"
GATE = "kpi status --fail-on off_target --fail-on overdue"
THREAD = "repos/us/board/issues/7/comments"
MARK = "<!-- kpi report -->\n"
OF_A_PERSON = {"url": "1", "user": {"login": "ann"}, "body": f"{MARK}not yours"}

needs_jq = pytest.mark.skipif(not shutil.which("jq"), reason="jq is not installed")


def scripts() -> dict[str, str]:
    """What each step runs, by the step's name or by itself."""
    found = STEP.findall(WORKFLOW)
    return {name or line: dedent(block) or line for name, block, line in found}


def run(folder: Path, *steps: str) -> list[int]:
    """The exit code of each step, in a checkout."""
    gh = folder / "bin" / "gh"
    if not gh.exists():
        gh.parent.mkdir()
        gh.write_text(f"#!{sys.executable}\n{Path(__file__).with_name('gh.py').read_text()}")
        gh.chmod(0o755)
    variables = {
        "PATH": f"{gh.parent}:{environment(folder)['PATH']}",
        "KPI_FILE": "kpis.toml",
        "GITHUB_STEP_SUMMARY": str(folder / "summary.md"),
        "COMMENTS": THREAD,
        "RUN": "https://git.example/us/board/actions/runs/1",
        "STORE": str(folder / "comments.json"),
    }
    return [
        subprocess.run(
            ["/bin/bash", "-e", "-c", scripts()[step]],
            check=False,
            cwd=folder,
            env=environment(folder, variables),
            timeout=SECONDS,
        ).returncode
        for step in steps
    ]


def comments(folder: Path) -> list[str]:
    """The bodies of the thread."""
    return [one["body"] for one in json.loads((folder / "comments.json").read_text())]


@pytest.mark.installed
@pytest.mark.parametrize("name", ["check.yml", "report.yml"])
def test_github_takes_it_for_a_workflow(name: str) -> None:
    program = shutil.which("check-jsonschema", path=environment(EXAMPLES)["PATH"])
    if not program:
        pytest.skip("check-jsonschema is not installed")
    words = [program, "--builtin-schema", "vendor.github-workflows", str(EXAMPLES / name)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_every_step_is_found() -> None:
    assert list(scripts()) == ['pip install "git+$ADDRESS"', "Write the report", COMMENT, GATE]
    assert WORKFLOW.count("run:") == 5


def test_no_step_has_a_text_of_the_event_in_its_script() -> None:
    """What somebody named a branch would else be run: texts come through the environment."""
    assert [step for step, script in scripts().items() if "${{" in script] == []


@pytest.mark.installed
def test_the_page_the_report_and_the_summary_are_written(tmp_path: Path) -> None:
    write_board(tmp_path, ON_TARGET)
    assert run(tmp_path, "Write the report") == [0]
    assert "<title>" in (tmp_path / "page" / "index.html").read_text()
    assert (tmp_path / "summary.md").read_text() == (tmp_path / "report.md").read_text()


@pytest.mark.installed
@needs_jq
def test_a_comment_is_made_once_and_then_renewed(tmp_path: Path) -> None:
    (tmp_path / "comments.json").write_text(json.dumps([OF_A_PERSON]))
    write_board(tmp_path, OFF_TARGET)
    assert run(tmp_path, "Write the report", COMMENT) == [0, 0]
    theirs, first = comments(tmp_path)
    write_board(tmp_path, ON_TARGET)
    assert run(tmp_path, "Write the report", COMMENT) == [0, 0]
    assert comments(tmp_path) == [theirs, *comments(tmp_path)[1:]]
    assert theirs == OF_A_PERSON["body"]
    (second,) = comments(tmp_path)[1:]
    assert [body.startswith(MARK) for body in (first, second)] == [True, True]
    assert ("2 off target" in first, "2 on target" in second) == (True, True)


@pytest.mark.installed
@needs_jq
def test_a_comment_holds_what_needs_attention_and_the_board_alone(tmp_path: Path) -> None:
    (tmp_path / "comments.json").write_text("[]")
    write_board(tmp_path, OFF_TARGET)
    run(tmp_path, "Write the report", COMMENT)
    (body,) = comments(tmp_path)
    assert re.findall(r"^### (.*)$", body, re.MULTILINE) == [
        *("Needs attention", "Where it sticks", "The board"),
    ]
    assert body.endswith("\n[The whole report](https://git.example/us/board/actions/runs/1)\n")


@pytest.mark.installed
@needs_jq
def test_a_board_of_hundreds_still_fits_into_a_comment(tmp_path: Path) -> None:
    (tmp_path / "comments.json").write_text("[]")
    row = "| a name of sixty characters, so that the rows are long, ä 🟢 |\n"
    (tmp_path / "report.md").write_text(f"### Needs attention\n\n### The board\n\n{row * 2000}")
    assert run(tmp_path, COMMENT) == [0]
    (body,) = comments(tmp_path)
    assert 50_000 < len(body) < 65_536
    assert body.count(row) == body.count("| a name")


@pytest.mark.installed
@pytest.mark.parametrize(
    ("actuals", "code"),
    [(ON_TARGET, 0), (OFF_TARGET, 1)],
    ids=["all on target", "one is off target"],
)
def test_the_gate_is_shut_where_a_kpi_is_off_target(
    actuals: dict[str, str], code: int, tmp_path: Path
) -> None:
    write_board(tmp_path, actuals)
    assert run(tmp_path, GATE) == [code]
