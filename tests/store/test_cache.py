"""The files in which kpi remembers things: believed only where nothing about them is odd."""

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from kpicli.store.cache import Cache

OTHER_USER = 65_534


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "kpi"


def cache(home: Path, most_files: int = 3, most_bytes: int = 1000) -> Cache:
    return Cache(str(home), "things", most_files, most_bytes)


def loaded(home: Path, about: bytes = b"a") -> bytes | None:
    content = cache(home).load(about)
    return None if content is None else bytes(content)


def test_what_was_saved_is_loaded_by_what_it_is_about(home: Path) -> None:
    assert loaded(home) is None
    for content in (b"first", b"second"):
        cache(home).save(b"a", content)
        assert (loaded(home), loaded(home, b"b")) == (content, None)
    (file,) = (home / "things").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_file_with_any_bit_changed_cut_or_added_is_not_believed(home: Path) -> None:
    cache(home).save(b"a", b"content")
    (file,) = (home / "things").iterdir()
    sound = file.read_bytes()
    flipped = [
        sound[:at] + bytes([sound[at] ^ 1 << bit]) + sound[at + 1 :]
        for at in range(len(sound))
        for bit in range(8)
    ]
    for content in (*flipped, *(sound[:size] for size in range(len(sound))), sound + b"x"):
        file.write_bytes(content)
        assert loaded(home) is None
    file.write_bytes(sound)
    assert loaded(home) == b"content"


def _link(file: Path) -> None:
    file.rename(file.with_name("other"))
    file.symlink_to("other")


def _pipe(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


def _of_another_kind(file: Path) -> None:
    Cache(str(file.parents[1]), "others", 3, 1000).save(b"a", b"content")
    (file.parents[1] / "others" / file.name).replace(file)


def _of_another(file: Path) -> None:
    os.chown(file, OTHER_USER, OTHER_USER)


needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root gives a file away")


@pytest.mark.parametrize(
    "change",
    [
        lambda file: file.chmod(0o620),
        lambda file: file.parent.chmod(0o770),
        _link,
        _pipe,
        _of_another_kind,
        pytest.param(_of_another, marks=needs_root),
    ],
)
def test_a_file_that_is_not_what_was_written_there_is_not_believed(
    home: Path, change: Callable[[Path], object]
) -> None:
    cache(home).save(b"a", b"content")
    (file,) = (home / "things").iterdir()
    change(file)
    assert loaded(home) is None


def test_the_oldest_files_go_and_nothing_else(home: Path) -> None:
    names: list[str] = []
    cache(home).save(b"0", b"content")
    (home / "things" / "kpis.toml").touch()
    for number in range(6):
        cache(home).save(b"%d" % number, b"content")
        names += {path.name for path in (home / "things").iterdir()} - {*names, "kpis.toml"}
        os.utime(home / "things" / names[-1], (number, number))
    assert [loaded(home, b"%d" % number) for number in range(6)] == [None] * 3 + [b"content"] * 3
    cache(home, most_bytes=90).save(b"6", b"content")
    assert [loaded(home, b"%d" % number) for number in (4, 5, 6)] == [None, b"content", b"content"]
    cache(home).save(b"7", bytes(1000))
    assert loaded(home, b"7") is None
    assert (home / "things" / "kpis.toml").exists()
