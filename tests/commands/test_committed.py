"""A past `--as-of` in a git work tree: judged by the definitions as they were committed then."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

import kpicli
from kpicli.store import git as git_calls
from tests.installed import Kpi, Terminal

TOML = """\
title = "Shop"
[kpis.revenue]
name = "Revenue"
target = "500 kr"
[kpis.churn]
name = "Churn"
target = "<5%"
"""
LOG = """\
{"kpi":"revenue","period":"2026-08","value":520,"at":"2026-09-02T08:00:00Z"}
{"kpi":"revenue","period":"2026-09","value":440,"at":"2026-10-02T08:00:00Z"}
{"kpi":"churn","period":"2026-09","value":4,"at":"2026-10-02T08:00:00Z"}
"""
MOVED = TOML.replace("500 kr", "400 kr")
VIEWS = (
    ["status"],
    ["status", "--json"],
    ["status", "--attention"],
    ["show", "revenue"],
    ["explain", "revenue"],
    ["report", "--format", "html"],
    ["history", "--format", "csv"],
    ["check"],
    ["due"],
)
Commit = Callable[[str, str], None]


def git(folder: Path, *words: str, day: str = "2026-10-01") -> None:
    settings = ("-c", "user.name=x", "-c", "user.email=x@example.org")
    when = f"{day}T12:00:00Z"
    environment = {
        "GIT_CONFIG_GLOBAL": "/dev/null",
        "GIT_COMMITTER_DATE": when,
        "GIT_AUTHOR_DATE": when,
        "PATH": "/usr/local/bin:/usr/bin:/bin",
    }
    command = ["git", *settings, *words]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, env=environment)


@pytest.fixture
def commit(tmp_path: Path) -> Commit:
    """Put a text in the definitions, and commit it on a day."""
    (tmp_path / "kpis.jsonl").write_text(LOG)
    git(tmp_path, "init", "-q")

    def committed(text: str, day: str) -> None:
        (tmp_path / "kpis.toml").write_text(text)
        git(tmp_path, "add", ".", day=day)
        git(tmp_path, "commit", "-q", "-m", "x", day=day)

    return committed


@pytest.mark.parametrize("words", VIEWS, ids=" ".join)
def test_a_target_that_moved_leaves_what_was_shown_byte_for_byte(
    kpi: Kpi, commit: Commit, words: list[str]
) -> None:
    commit(TOML, "2026-09-20")
    before = kpi(*words, "--as-of", "2026-10-05")
    assert before.err == ""
    commit(MOVED, "2026-10-20")
    after = kpi(*words, "--as-of", "2026-10-05")
    assert (after.code, after.out) == (before.code, before.out)
    assert after.err.startswith("judged by kpis.toml as committed on 2026-09-20 (")


def status_of(kpi: Kpi, as_of: str) -> tuple[str, str]:
    run = kpi("status", "revenue", "--as-of", as_of, "--json")
    return json.loads(run.out)["kpis"][0]["status"], run.err


@pytest.mark.parametrize(
    ("as_of", "status", "said"),
    [
        pytest.param("2026-10-19", "off_target", "judged by", id="the day before it moved"),
        pytest.param("2026-10-20", "on_target", "", id="the day on which it moved"),
        pytest.param("2026-10-21", "on_target", "", id="the day after"),
        pytest.param("2026-09-19", "on_target", "", id="before it was first committed"),
    ],
)
def test_it_is_the_newest_commit_before_the_end_of_the_day(
    kpi: Kpi, commit: Commit, as_of: str, status: str, said: str
) -> None:
    commit(TOML, "2026-09-20")
    commit(MOVED, "2026-10-20")
    found, error = status_of(kpi, as_of)
    assert (found, error[:9]) == (status, said)


def test_the_log_is_the_one_of_today(kpi: Kpi, commit: Commit, tmp_path: Path) -> None:
    commit(TOML, "2026-09-20")
    (tmp_path / "kpis.jsonl").rename(tmp_path / "log.jsonl")
    commit(f'log = "log.jsonl"\n{MOVED}', "2026-10-20")
    assert status_of(kpi, "2026-10-05")[0] == "off_target"


def test_without_git_and_for_today_nothing_is_asked(
    kpi: Kpi, commit: Commit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(TOML, "2026-09-20")
    monkeypatch.setattr(git_calls, "_run", None)
    assert kpi("status", "--as-of", "today").code == 0
    (tmp_path / ".git").rename(tmp_path / "git")
    run = kpi("status", "--as-of", "2026-10-05")
    assert (run.code, run.err) == (0, "")


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        pytest.param('title = "Shop\n', "kpis.toml:1", id="no TOML"),
        pytest.param(f"{TOML}colour = 1\n", "unknown key 'colour'", id="another version's key"),
    ],
)
def test_a_version_that_does_not_load_is_named(
    kpi: Kpi, commit: Commit, broken: str, reason: str
) -> None:
    commit(broken, "2026-09-20")
    commit(MOVED, "2026-10-20")
    run = kpi("status", "--as-of", "2026-10-05", "--json")
    assert run.code == 0
    [warning] = json.loads(run.out)["warnings"]
    assert warning.startswith("kpis.toml as committed on 2026-09-20 (")
    assert reason in warning
    assert warning.endswith(": judged by the definitions as they are now")
    assert run.err == f"{warning}\n"


def test_a_shallow_clone_says_that_it_does_not_know(
    kpi: Kpi, commit: Commit, tmp_path: Path
) -> None:
    commit(TOML, "2026-09-20")
    commit(MOVED, "2026-10-20")
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{tmp_path}", "shallow")
    run = kpi("status", "--as-of", "2026-10-05", cwd=tmp_path / "shallow")
    assert "since this is a shallow clone: judged by the definitions as they are now" in run.err
    assert kpi("status", "--as-of", "2026-10-25", cwd=tmp_path / "shallow").err == ""
    words = ("status", "--attention", "--as-of", "2026-10-05", "--since", "last")
    assert kpi(*words, cwd=tmp_path / "shallow").err.count("a shallow clone") == 1


def test_a_work_tree_without_a_commit_or_the_file_is_as_it_is(
    kpi: Kpi, commit: Commit, tmp_path: Path
) -> None:
    (tmp_path / "kpis.toml").write_text(TOML)
    assert status_of(kpi, "2026-10-05") == ("off_target", "")
    (tmp_path / "kpis.toml").rename(tmp_path / "other.toml")
    commit(TOML, "2026-09-20")
    (tmp_path / "own.toml").write_text(f'log = "kpis.jsonl"\n{MOVED}')
    run = kpi("-f", "own.toml", "status", "--as-of", "2026-10-05")
    assert (run.code, run.err) == (0, "")


def test_the_history_lists_targets_that_moved(kpi: Kpi, commit: Commit) -> None:
    commit(TOML, "2026-09-20")
    commit(MOVED.replace('"<5%"', '"<5%"\ntolerance = "1 pp"'), "2026-10-20")
    run = kpi("history", "--changed-since", "2026-10-10")
    assert run.out.splitlines() == [
        "Targets that moved",
        "Revenue  500 kr                         400 kr",
        "Churn    <5%; at risk within 10% of it  <5%; at risk within 1 pp of it",
    ]
    told = json.loads(kpi("history", "--changed-since", "2026-10-10", "--json").out)
    assert told["targets"][0] == {"kpi": "revenue", "previous": "500 kr", "target": "400 kr"}
    assert kpi("history", "--changed-since", "2026-10-25").out == ""
    assert kpi("history", "churn", "--changed-since", "2026-10-25").err.startswith(
        "nothing changed"
    )


def test_where_no_target_moved_no_table_of_them_is_drawn(terminal: Terminal) -> None:
    (terminal.folder / "kpis.toml").write_text(TOML)
    (terminal.folder / "kpis.jsonl").write_text(LOG)
    assert b"Target" not in terminal("history", "--changed-since", "2026-10-10").sent


def test_what_was_told_once_was_told_by_the_targets_of_its_day(kpi: Kpi, commit: Commit) -> None:
    commit(TOML, "2026-09-20")
    commit(MOVED, "2026-10-20")
    run = kpi("status", "--attention", "--as-of", "2026-10-20", "--since", "last")
    assert run.out == (
        "over  Revenue  🟢 on target  no longer off target; 440 kr, 40 kr above 400 kr in 2026-09\n"
    )
    assert run.err.startswith("2026-10-19 judged by kpis.toml as committed on 2026-09-20 (")


def test_a_program_gets_the_same(commit: Commit, tmp_path: Path) -> None:
    commit(TOML, "2026-09-20")
    commit(MOVED, "2026-10-20")
    rows = kpicli.load(tmp_path).status(kpis="revenue", as_of="2026-10-05")
    assert rows[0].status == "off_target"
