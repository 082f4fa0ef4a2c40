"""The hook for pre-commit and the workflow for GitHub name what there is, and it runs."""

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.commands.judged import FAULTY, SOUND
from tests.installed import Kpi, environment

ROOT = Path(__file__).parent.parent
HOOK = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
WORKFLOW = (ROOT / "examples" / "check.yml").read_text(encoding="utf-8")
GIT = shutil.which("git") or "git"
BASE = "${{ github.base_ref }}"


def commands(text: str) -> list[list[str]]:
    """The words of each command of ours."""
    found = re.findall(r"^ *(?:- )?(?:run|entry): (kpi .*)$", text, re.MULTILINE)
    return [shlex.split(command.replace(BASE, "main"))[1:] for command in found]


COMMANDS = commands(HOOK) + commands(WORKFLOW)


def keys(text: str) -> dict[str, str]:
    """The keys of a hook and what they say."""
    return dict(re.findall(r"^[- ] ([a-z_]+): (.*)$", text, re.MULTILINE))


@pytest.mark.parametrize("text", [HOOK, WORKFLOW], ids=["hook", "workflow"])
def test_every_line_is_plain_yaml(text: str) -> None:
    """A comment, or a key with its value if any, indented by twos."""
    for line in text.splitlines():
        assert re.fullmatch(
            r"#.*|(?:  )*(?:- )?[A-Za-z][a-z_A-Z-]*:(?: [^\t:]*(?::[^ \t]*)*)?", line
        ), line


def test_the_hook_has_what_pre_commit_wants() -> None:
    found = keys(HOOK)
    assert {"id", "name", "entry", "language"} <= found.keys()
    assert (found["language"], found["pass_filenames"]) == ("python", "false")


@pytest.mark.parametrize(
    ("path", "is_meant"),
    [
        ("kpis.toml", True),
        ("kpis.jsonl", True),
        ("team/kpis.toml", True),
        ("mykpis.toml", False),
        ("kpis.toml.orig", False),
        ("pyproject.toml", False),
    ],
)
def test_the_hook_runs_when_definitions_or_log_change(path: str, *, is_meant: bool) -> None:
    assert bool(re.search(keys(HOOK)["files"], path)) is is_meant


def test_what_they_run_is_found() -> None:
    assert [words[0] for words in COMMANDS] == ["check", "check", "verify"]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_flag_is_one_that_the_command_has(words: list[str], kpi: Kpi) -> None:
    run = kpi(words[0], "--help")
    assert run.code == 0
    for flag in words[1:]:
        assert not flag.startswith("-") or re.search(rf"(?<![-\w]){flag}\b", run.out)


@pytest.mark.parametrize(("text", "code"), [(SOUND, 0), (FAULTY, 1)], ids=["sound", "faulty"])
def test_they_pass_and_fail_with_the_definitions(text: str, code: int, kpi: Kpi) -> None:
    """In a repository whose base branch is known, as on GitHub."""
    (kpi.folder / "kpis.toml").write_text(text)
    (kpi.folder / "kpis.jsonl").write_text("")
    (kpi.folder / ".gitattributes").write_text("kpis.jsonl merge=union -text\n")
    who = ("-c", "user.name=x", "-c", "user.email=x@x")
    for args in (
        ("init", "-q"),
        ("add", "kpis.toml", "kpis.jsonl", ".gitattributes"),
        (*who, "commit", "-q", "-m", "x"),
        ("update-ref", "refs/remotes/origin/main", "HEAD"),
    ):
        subprocess.run([GIT, *args], check=True, cwd=kpi.folder, env=environment(kpi.folder, None))
    runs = [kpi(*words) for words in COMMANDS]
    assert [run.code for run in runs] == [code, code, 0], runs
    assert ("::warning file=kpis.toml,line=" in runs[1].out) is (code == 1)
