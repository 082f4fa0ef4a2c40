"""What is remembered of a log is a file of one's own, written whole, and believed only if sound."""

import os
from array import array
from collections.abc import Callable
from pathlib import Path

import pytest

from kpicli.store.log.snapshot import file as snapshot
from kpicli.store.log.snapshot.file import SnapshotFile
from kpicli.store.log.snapshot.index import LastWrite, LineIndex

INDEX = LineIndex(
    "sha256",
    b"digest",
    array("I", [3, 10, 20]),
    {"mrr": array("Q", [1 << 32 | 1, 2 << 32 | 2])},
    {"ana \udcff": LastWrite("2026", array("I", [2]))},
    array("I", [1]),
)
OTHER_USER = 65_534
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def place(home: Path) -> SnapshotFile:
    """An index on disk."""
    home.parent.mkdir(exist_ok=True)
    place = SnapshotFile(str(home), "kpis.jsonl")
    place.save(INDEX)
    return place


def says(index: LineIndex | None) -> object:
    """All that an index says."""
    if index is None:
        return None
    columns = {kpi: [*entries] for kpi, entries in index.by_kpi.items()}
    writes = {by: (write.at, [*write.numbers]) for by, write in index.writes.items()}
    return (*index[:2], [*index.bounds], columns, writes, [*index.damaged])


def test_what_is_saved_is_loaded(place: SnapshotFile, home: Path) -> None:
    assert says(place.load()) == says(INDEX)
    assert [path.stat().st_mode & 0o777 for path in (home, home / "lines-1")] == [0o700] * 2
    assert [path.stat().st_mode & 0o777 for path in (home / "lines-1").iterdir()] == [0o600]


def test_another_version_or_log_has_one_of_its_own(
    place: SnapshotFile, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert SnapshotFile(str(home), "other.jsonl").load() is None
    monkeypatch.setattr(snapshot, "__version__", "another")
    other = SnapshotFile(str(home), "kpis.jsonl")
    assert other.load() is None
    other.save(INDEX._replace(algorithm="blake2b"))
    assert says(place.load()) == says(INDEX)


def test_every_bit_counts(place: SnapshotFile) -> None:
    path = Path(place.path)
    content = path.read_bytes()
    for at in range(len(content)):
        path.write_bytes(content[:at] + bytes([content[at] ^ 1 << at % 8]) + content[at + 1 :])
        assert place.load() is None, at
    for size in (0, 31, 32, 40, len(content) - 1):
        path.write_bytes(content[:size])
        assert place.load() is None, size


def linked(path: Path) -> None:
    path.rename(path.with_name("real"))
    path.symlink_to("real")


def folder_linked(path: Path) -> None:
    path.parent.rename(path.parent.with_name("real"))
    path.parent.symlink_to("real")


def fifo(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(linked, id="a link"),
        pytest.param(folder_linked, id="a folder that is a link"),
        pytest.param(fifo, id="a pipe"),
        pytest.param(lambda path: path.chmod(0o620), id="others may write"),
        pytest.param(lambda path: path.parent.chmod(0o777), id="others may write in the folder"),
        pytest.param(lambda path: os.chown(path, OTHER_USER, -1), id="another's", marks=needs_root),
        pytest.param(lambda path: path.unlink(), id="gone"),
    ],
)
def test_what_is_odd_is_not_believed(place: SnapshotFile, change: Callable[[Path], None]) -> None:
    change(Path(place.path))
    assert place.load() is None


def test_one_that_is_too_large_is_neither_written_nor_read(
    place: SnapshotFile, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshot, "LARGEST_FILE", 100)
    assert place.load() is None
    SnapshotFile(str(home), "other.jsonl").save(INDEX)
    assert len(list((home / "lines-1").iterdir())) == 1


def test_the_oldest_go_and_nothing_else(
    place: SnapshotFile, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshot, "MOST_FILES", 3)
    folder = Path(place.path).parent
    kept = [folder / "kpis.jsonl", folder / "f.jsonl", folder / ("a" * 63)]
    half = folder / f"{'a' * 64}.{'b' * 8}"
    link = folder / ("c" * 64)
    link.symlink_to("kpis.jsonl")
    for path in (*kept, half, Path(place.path)):
        path.touch()
        os.utime(path, (0, 0))
    new = [SnapshotFile(str(home), f"{number}.jsonl") for number in range(4)]
    for age, each in enumerate(new):
        each.save(INDEX)
        os.utime(each.path, (age + 1, age + 1))
    left = {str(path) for path in folder.iterdir()}
    assert left == {str(link), *map(str, kept), *(each.path for each in new[1:])}


def test_where_it_cannot_be_written_it_is_left_out(place: SnapshotFile, home: Path) -> None:
    path = Path(place.path)
    path.unlink()
    path.mkdir()
    (path / "x").touch()
    place.save(INDEX)
    assert [each.name for each in path.parent.iterdir()] == [path.name]
    other = SnapshotFile("/dev/null", "kpis.jsonl")
    other.save(INDEX)
    assert other.load() is None
    assert home.is_dir()
