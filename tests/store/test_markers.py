"""The folder in which kpi remembers: its own marks are kept tidy, and nothing else is touched."""

import os
from pathlib import Path

import pytest

from kpicli.environment import cache_folder, state_folder
from kpicli.errors import ManyErrors
from kpicli.store.cache import Markers
from kpicli.store.definitions.read import load_definitions
from kpicli.store.log.seal import sha256

OTHER_USER = 65_534


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "kpi"


def marks(home: Path, most: int = 3) -> Markers:
    return Markers(str(home), "marks", most)


def test_what_was_marked_is_known(home: Path) -> None:
    home.parent.mkdir()
    assert b"a" not in marks(home)
    marks(home).add(b"a")
    assert (b"a" in marks(home), b"b" in marks(home)) == (True, False)
    assert (home / "marks").stat().st_mode & 0o777 == 0o700


def test_its_folders_are_for_the_user_alone_whatever_the_umask(home: Path) -> None:
    umask = os.umask(0)
    try:
        assert marks(home).add(b"a")
    finally:
        os.umask(umask)
    assert home.stat().st_mode & 0o777 == 0o700


def test_only_ones_own_marks_are_removed(home: Path) -> None:
    folder = home / "marks"
    home.parent.mkdir()
    marks(home).add(b"before")
    name = sha256(b"full").hexdigest()
    os.utime(folder / sha256(b"before").hexdigest(), (0, 0))
    kept = ["kpis.toml", "kpis.jsonl", name, "f" * 63, *(f"f{number}" for number in range(260))]
    for file in kept:
        (folder / file).write_text("x" if file == name else "")
        os.utime(folder / file, (0, 0))
    for number in range(5000):
        (folder / f"folder-{number}").mkdir()
    link = folder / sha256(b"link").hexdigest()
    link.symlink_to(folder / "kpis.toml")
    for number in range(9):
        marks(home).add(b"%d" % number)
    left = {path.name for path in folder.iterdir() if not path.is_dir()}
    assert left == {*kept, link.name, *(sha256(b"%d" % number).hexdigest() for number in (6, 7, 8))}


def _link(folder: Path) -> None:
    other = folder.parent / "other"
    other.mkdir(parents=True)
    folder.symlink_to(other)


def _of_another(folder: Path) -> None:
    folder.mkdir(parents=True)
    os.chown(folder, OTHER_USER, OTHER_USER)


needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root gives a folder away")


@pytest.mark.parametrize("make", [_link, pytest.param(_of_another, marks=needs_root)])
@pytest.mark.parametrize("is_home", [True, False])
def test_a_folder_that_is_not_ones_own_is_neither_believed_nor_changed(
    home: Path, make: object, *, is_home: bool
) -> None:
    folder = home if is_home else home / "marks"
    folder.parent.mkdir(parents=True)
    assert callable(make)
    make(folder)
    real = (home / "marks").resolve()
    real.mkdir(exist_ok=True)
    (real / sha256(b"a").hexdigest()).touch()
    marks(home, most=1).add(b"b")
    assert b"a" not in marks(home)
    assert [path.name for path in real.iterdir()] == [sha256(b"a").hexdigest()]


@needs_root
def test_a_mark_of_another_user_is_not_believed(home: Path) -> None:
    home.parent.mkdir()
    marks(home).add(b"a")
    os.chown(home / "marks" / sha256(b"a").hexdigest(), OTHER_USER, OTHER_USER)
    assert b"a" not in marks(home)


def test_a_folder_in_which_others_may_write_is_not_believed(home: Path) -> None:
    marks(home).add(b"a")
    (home / "marks").chmod(0o770)
    assert b"a" not in marks(home)


def test_a_home_that_is_not_there_is_not_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "none"))
    for name in ("XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    assert (cache_folder(), state_folder()) == (None, None)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert cache_folder() == str(tmp_path / ".cache/kpi")
    assert state_folder() == str(tmp_path / ".local/state/kpi")


def test_a_mark_for_what_does_not_build_is_checked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Markers, "__contains__", lambda *_: True)
    (tmp_path / "kpis.toml").write_text("[kpis]\na = 1\n")
    with pytest.raises(ManyErrors, match="expected a table, got the number 1"):
        load_definitions(str(tmp_path / "kpis.toml"), str(tmp_path))
