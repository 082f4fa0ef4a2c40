"""A folder may hold a repository whose settings name programs: no command of kpi runs one."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from time import monotonic

import pytest

from kpicli.errors import KpiError
from kpicli.services.record import writer
from kpicli.store import git as git_calls
from kpicli.store.git import GitHangsError, git_answer, read_blob
from tests.installed import Kpi
from tests.store.logs import line
from tests.tiers import sampled

BOARD = 'title = "Board"\n[kpis.mrr]\nname = "MRR"\nunit = "kr"\ntarget = "5 kr"\nrollup = "sum"\n'

COMMANDS = [
    ["status"],
    ["record", "mrr", "7", "--period", "2026-09"],
    ["import", "actuals.csv"],
    ["undo", "--yes", "--by", "x"],
    ["retract", "mrr", "--period", "2026-10", "--yes"],
    ["verify"],
    ["verify", "--since", "HEAD"],
    ["repair"],
    ["history"],
    ["check"],
    ["report"],
    ["show", "mrr"],
    ["explain", "mrr"],
    ["path"],
    ["status", "--as-of", "2026-10-31"],
    ["status", "--as-of", "2020-10-31"],
    ["status", "--attention", "--since", "last"],
    ["history", "--changed-since", "2026-10-31"],
    ["note", "mrr", "why"],
    ["add", "Coffee", "--target", "8", "--owner", "K", "--goal", "G", "--definition", "cups"],
    ["init", "-f", "other.toml"],
]


def git(folder: Path, *words: str) -> str:
    settings = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "core.fsmonitor=false")
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": "/dev/null"}
    command = ["git", *settings, *words]
    done = subprocess.run(
        command, cwd=folder, check=True, capture_output=True, text=True, env=environment
    )
    return done.stdout.strip()


@pytest.fixture
def board(tmp_path: Path) -> Path:
    """A board, and a program that leaves a file where it is run."""
    (tmp_path / "kpis.toml").write_text(BOARD)
    (tmp_path / "kpis.jsonl").write_bytes(line(value=1, by="x"))
    (tmp_path / "actuals.csv").write_text("kpi,period,value\nmrr,2026-08,3\n")
    program = tmp_path / "run.sh"
    program.write_text(f"#!/bin/sh\ntouch {tmp_path}/RUN\n")
    program.chmod(0o755)
    return tmp_path


def _settings(folder: Path, text: str) -> None:
    """Settings of a work tree with one commit, and then with some of its objects lost."""
    git(folder, "init", "-q")
    git(folder, "add", "kpis.toml", "kpis.jsonl")
    git(folder, "commit", "-qm", "one")
    with (folder / ".git/config").open("a") as file:
        file.write(text.replace("RUN", str(folder / "run.sh")))


def watched(folder: Path) -> None:
    _settings(folder, "[core]\nfsmonitor = RUN\nhooksPath = .\npager = RUN\naskPass = RUN\n")


def partial(folder: Path) -> None:
    _settings(
        folder,
        "[core]\nrepositoryformatversion = 1\nsshCommand = RUN\n[extensions]\npartialClone = o\n"
        '[remote "o"]\nurl = .\npromisor = true\nuploadpack = RUN\n',
    )
    for name in ("kpis.toml", "kpis.jsonl"):
        blob = git(folder, "rev-parse", f"HEAD:{name}")
        (folder / ".git/objects" / blob[:2] / blob[2:]).unlink()


def external(folder: Path) -> None:
    partial(folder)
    config = folder / ".git/config"
    config.write_text(
        config.read_text().replace("url = .", f"url = ext::{folder}/run.sh")
        + "[protocol]\nallow = always\n"
    )


def secure(folder: Path) -> None:
    partial(folder)
    config = folder / ".git/config"
    config.write_text(config.read_text().replace("url = .", "url = ssh://example.org/x"))


def embedded(folder: Path) -> None:
    for name in ("objects", "refs"):
        (folder / name).mkdir()
    (folder / "HEAD").write_text("ref: refs/heads/x\n")
    (folder / "config").write_text(
        "[core]\nrepositoryformatversion=0\nbare=false\nworktree=.\nfsmonitor=./run.sh\n"
    )
    git(folder.parent, "init", "-q")


FOLDERS = [watched, partial, external, secure, embedded]
CASES = {
    f"{make.__name__} {' '.join(words)}": (make, words) for words in COMMANDS for make in FOLDERS
}
ASKING = ["record ", "verify", "status --as-of 2020", "status --attention", "history --changed"]
"""How the commands begin that ask git the most: by default the others meet one folder each."""

SAMPLE = {id for id in CASES if id.partition(" ")[2].startswith(tuple(ASKING))} | {
    f"{FOLDERS[number % len(FOLDERS)].__name__} {' '.join(words)}"
    for number, words in enumerate(COMMANDS)
}


@sampled("make, words", CASES, SAMPLE)
def test_no_command_runs_a_program_of_the_folder(
    kpi: Kpi, board: Path, make: Callable[[Path], None], words: list[str]
) -> None:
    folder = board / "in" / "board"
    folder.mkdir(parents=True)
    for name in ("kpis.toml", "kpis.jsonl", "actuals.csv", "run.sh"):
        (board / name).rename(folder / name)
    make(folder)
    kpi(*words, cwd=folder, env={"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_TRACE2": "0"})
    assert not (board / "RUN").exists()


@pytest.fixture
def hanging(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A git that says nothing, and starts another program that does so too."""
    (tmp_path / "git").write_text("#!/bin/sh\nsleep 30 &\nsleep 30\n")
    (tmp_path / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setattr(git_calls, "SECONDS", 0.3)


@pytest.mark.usefixtures("hanging")
def test_a_git_that_hangs_is_ended_and_named(tmp_path: Path) -> None:
    start = monotonic()
    with pytest.raises(GitHangsError, match="git said nothing for"):
        git_answer(str(tmp_path), "status")
    with pytest.raises(GitHangsError):
        list(read_blob(str(tmp_path), "0" * 40))
    assert monotonic() - start < 5


@pytest.mark.usefixtures("hanging")
def test_who_records_is_to_be_named_where_git_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KPI_BY", raising=False)
    with pytest.raises(KpiError) as caught:
        writer(None)
    assert caught.value.message.startswith("who records? git said nothing for")
    assert caught.value.hint == "give one: --by NAME, or $KPI_BY"


@pytest.mark.usefixtures("hanging")
def test_the_log_is_verified_although_git_hangs(kpi: Kpi, board: Path) -> None:
    (board / ".git").mkdir()
    run = kpi("verify", env={"PATH": os.environ["PATH"]})
    assert run.code == 1
    assert "so it is not known how it merges the log" in run.out
