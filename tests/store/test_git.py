"""What git says of the log: how it merges, and what stood in it at a revision."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from kpicli.errors import Exit, KpiError
from kpicli.store.git import conflicts, in_git, pattern
from kpicli.store.log.revision import lines_at
from tests.store.logs import line

ONE, TWO, THREE = line(value=1), line(value=2), line("churn", value=3)
BAD = ONE.replace(b'"value":1', b'"value":9')
Git = Callable[..., None]


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    """A work tree in the folder of the test; `git("add", "x")` runs there."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))

    def run(*words: str) -> None:
        settings = ("-c", "user.name=x", "-c", "user.email=x@example.org")
        subprocess.run(["git", *settings, *words], cwd=tmp_path, check=True, capture_output=True)  # noqa: S607

    run("init", "-q")
    return run


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "kpis.jsonl"
    path.write_bytes(ONE + TWO)
    return path


def values(path: Path, revision: str = "HEAD") -> list[str] | None:
    found = lines_at(str(path), path.name, revision)
    return None if found is None else [one.value for one in found]


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        pytest.param("kpis.jsonl", "kpis.jsonl", id="a plain name"),
        pytest.param('my "kpis" [1]*.jsonl', "my??kpis???1??.jsonl", id="what git reads as more"),
    ],
)
def test_a_name_is_a_pattern_of_git(name: str, wanted: str) -> None:
    assert pattern(name) == wanted


@pytest.mark.parametrize(
    ("attributes", "is_found"),
    [
        pytest.param(None, True, id="nothing is said"),
        pytest.param("kpis.jsonl merge=union -text\n", False, id="union"),
        pytest.param("*.jsonl merge=union\n", False, id="union for all of that ending"),
        pytest.param("*.jsonl merge=union\nkpis.jsonl -merge\n", True, id="taken back"),
        pytest.param("kpis.jsonl merge=ours\n", True, id="another way"),
        pytest.param("other.jsonl merge=union\n", True, id="of another file"),
    ],
)
@pytest.mark.usefixtures("git")
def test_how_a_log_is_merged_is_asked_of_git(
    log: Path, attributes: str | None, *, is_found: bool
) -> None:
    if attributes:
        (log.parent / ".gitattributes").write_text(attributes)
    assert conflicts(str(log)) is is_found


def test_outside_of_git_nothing_is_merged(log: Path) -> None:
    assert not in_git(str(log))
    assert not conflicts(str(log))


@pytest.mark.usefixtures("git")
def test_what_git_ignores_is_not_merged(log: Path) -> None:
    (log.parent / ".gitignore").write_text("*.jsonl\n")
    assert not conflicts(str(log))


@pytest.mark.usefixtures("git")
def test_without_git_nobody_can_tell(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(log.parent))
    assert in_git(str(log))
    assert not conflicts(str(log))


@pytest.mark.usefixtures("git")
def test_where_git_can_not_answer_nobody_can_tell(log: Path) -> None:
    (log.parent / ".git" / "config").write_text("[core\n")
    assert not conflicts(str(log))


def test_the_attributes_beside_the_target_of_a_link_count(log: Path, git: Git) -> None:
    (log.parent / ".gitattributes").write_text("kpis.jsonl merge=union\n")
    link = log.parent / "link.jsonl"
    link.symlink_to(log.name)
    git("status")
    assert not conflicts(str(link))


@pytest.mark.parametrize(
    ("then", "wanted"),
    [
        pytest.param(ONE + TWO, ["1", "2"], id="good lines"),
        pytest.param(ONE + BAD + TWO[:40], ["1"], id="what was damaged was no record"),
        pytest.param(b"\xef\xbb\xbf" + ONE[:-1] + b"\r\n", ["1"], id="from Windows"),
        pytest.param(ONE + TWO[:-1], ["1", "2"], id="without the last line end"),
        pytest.param(b"", [], id="an empty log"),
    ],
)
def test_the_log_as_it_was(log: Path, git: Git, then: bytes, wanted: list[str]) -> None:
    log.write_bytes(then)
    git("add", ".")
    git("commit", "-qm", "then")
    log.unlink()
    assert values(log) == wanted


def test_of_a_folder_every_file_as_it_was(tmp_path: Path, git: Git) -> None:
    folder = tmp_path / "data" / "kpis.log"
    folder.mkdir(parents=True)
    (folder / "ana.jsonl").write_bytes(ONE)
    (folder / "bob.jsonl").write_bytes(TWO)
    (folder / "notes.txt").write_bytes(THREE)
    git("add", ".")
    git("commit", "-qm", "then")
    for file in folder.iterdir():
        file.unlink()
    folder.rmdir()
    folder.parent.rmdir()
    assert values(folder) == ["1", "2"]


def test_a_log_that_was_not_there_yet(log: Path, git: Git) -> None:
    git("commit", "--allow-empty", "-qm", "then")
    assert values(log) is None


@pytest.mark.parametrize("revision", ["nope", "--help", "--all", "HEAD:kpis.jsonl", ""])
def test_an_unknown_revision_is_refused(log: Path, git: Git, revision: str) -> None:
    git("add", ".")
    git("commit", "-qm", "then")
    with pytest.raises(KpiError, match=f"--since: git knows no revision '{revision}'") as caught:
        values(log, revision)
    assert caught.value.code is Exit.UNUSABLE


def test_outside_of_git_there_is_no_revision(log: Path) -> None:
    with pytest.raises(KpiError, match="is in no git work tree"):
        values(log)


@pytest.mark.usefixtures("git")
def test_without_git_there_is_no_revision(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(log.parent))
    with pytest.raises(KpiError, match="asks git, which can't be run"):
        values(log)


@pytest.mark.usefixtures("git")
def test_what_git_has_against_the_work_tree_is_said(log: Path) -> None:
    (log.parent / ".git" / "config").write_text("[core\n")
    with pytest.raises(KpiError, match="--since: git says fatal: bad config line 1"):
        values(log)


def test_a_blob_that_git_has_lost_is_said(log: Path, git: Git) -> None:
    git("add", ".")
    git("commit", "-qm", "then")
    found = lines_at(str(log), log.name, "HEAD")
    assert found is not None
    for file in (log.parent / ".git" / "objects").glob("??/*"):
        file.unlink()
    with pytest.raises(KpiError, match="git could not read the log there"):
        list(found)
