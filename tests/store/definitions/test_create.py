"""Starting a board: what is written, and what is left alone."""

import os
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from kpicli.errors import KpiError
from kpicli.store.definitions.create import create, starter
from kpicli.store.definitions.read import load_definitions

GIT = shutil.which("git") or "git"
LINE = b"kpis.jsonl merge=union -text\n"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """The top of a git work tree."""
    subprocess.run([GIT, "init", "-q", str(tmp_path)], check=True)
    return tmp_path


def test_the_starter_is_sound(tmp_path: Path) -> None:
    path = str(tmp_path / "kpis.toml")
    assert create(path) == [path]
    file = load_definitions(path)
    assert file.text == starter()
    assert list(file.definitions.kpis) == list(tomllib.loads(starter())["kpis"])


def test_numbers_of_the_starter_are_in_the_mark_of_the_board() -> None:
    assert "kpi record monthly_revenue 480.000\n" in starter(",")


def test_outside_git_nothing_else_is_written(tmp_path: Path) -> None:
    create(str(tmp_path / "kpis.toml"))
    assert os.listdir(tmp_path) == ["kpis.toml"]


def test_git_is_told_how_to_merge_the_log(tree: Path) -> None:
    assert create(str(tree / "kpis.toml")) == [
        str(tree / "kpis.toml"),
        str(tree / ".gitattributes"),
    ]
    assert (tree / ".gitattributes").read_bytes() == LINE
    assert _attributes(tree, "kpis.jsonl") == {"merge": "union", "text": "unset"}


def test_a_folder_within_a_work_tree_has_attributes_of_its_own(tree: Path) -> None:
    (tree / "sales").mkdir()
    create(str(tree / "sales/kpis.toml"))
    assert _attributes(tree, "sales/kpis.jsonl")["merge"] == "union"


@pytest.mark.parametrize(
    "name",
    ["a b.toml", "[x]*.toml", "#1.toml", "!no.toml", 'say "x".toml', "a\\b.toml", "mål.toml"],
)
def test_git_is_told_of_a_log_of_any_name(tree: Path, name: str) -> None:
    create(str(tree / name))
    log = f"{name.removesuffix('.toml')}.jsonl"
    assert _attributes(tree, log) == {"merge": "union", "text": "unset"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"", LINE),
        (b"*.png binary\n", b"*.png binary\n" + LINE),
        (b"*.png binary", b"*.png binary\n" + LINE),
        (b"#kpis.jsonl\n", b"#kpis.jsonl\n" + LINE),
        (b"x\r\n", b"x\r\n" + LINE),
        (LINE, LINE),
        (
            b"kpis.jsonl\tmerge=union\r\n*.png binary\n",
            b"kpis.jsonl\tmerge=union\r\n*.png binary\n",
        ),
        (b" kpis.jsonl -merge", b" kpis.jsonl -merge"),
    ],
)
def test_the_attributes_get_one_line_once(tree: Path, before: bytes, after: bytes) -> None:
    (tree / ".gitattributes").write_bytes(before)
    created = create(str(tree / "kpis.toml"))
    assert (tree / ".gitattributes").read_bytes() == after
    assert (str(tree / ".gitattributes") in created) is (before != after)
    (tree / "kpis.toml").unlink()
    create(str(tree / "kpis.toml"))
    assert (tree / ".gitattributes").read_bytes() == after


@pytest.mark.parametrize("kind", ["file", "folder", "link to nowhere"])
def test_what_is_there_is_left_as_it_is(tree: Path, kind: str) -> None:
    path = tree / "kpis.toml"
    if kind == "file":
        path.write_text("# mine")
    elif kind == "folder":
        path.mkdir()
    else:
        path.symlink_to("nowhere")
    with pytest.raises(KpiError) as caught:
        create(str(path))
    assert caught.value.lines() == [f"{path}: already exists, and was not changed"]
    assert kind != "file" or path.read_text() == "# mine"
    assert not (tree / ".gitattributes").exists()
    assert not (tree / "nowhere").exists()


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(KpiError, match="not written: No such file or directory"):
        create(str(tmp_path / "none/kpis.toml"))


def test_where_git_cannot_be_told_nothing_is_left_behind(tree: Path) -> None:
    (tree / ".gitattributes").mkdir()
    with pytest.raises(KpiError, match="not written: Is a directory"):
        create(str(tree / "kpis.toml"))
    assert not (tree / "kpis.toml").exists()


def _attributes(tree: Path, log: str) -> dict[str, str]:
    asked = [GIT, "-C", str(tree), "check-attr", "-z", "merge", "text", "--", log]
    done = subprocess.run(asked, capture_output=True, text=True, check=True)
    words = done.stdout.split("\0")
    return dict(zip(words[1::3], words[2::3], strict=False))


@pytest.mark.parametrize("is_there", [True, False])
def test_attributes_that_are_a_link_out_of_the_folder_are_left(
    tmp_path: Path, *, is_there: bool
) -> None:
    other = tmp_path / "other"
    other.write_text("alias x=y\n" if is_there else "")
    if not is_there:
        other.unlink()
    board = tmp_path / "board"
    (board / ".git").mkdir(parents=True)
    (board / ".gitattributes").symlink_to(other)
    create(str(board / "kpis.toml"))
    assert other.exists() is is_there
    assert not is_there or other.read_text() == "alias x=y\n"


def test_attributes_that_are_no_file_are_left(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    os.mkfifo(tmp_path / ".gitattributes")
    assert len(create(str(tmp_path / "kpis.toml"))) == 1
