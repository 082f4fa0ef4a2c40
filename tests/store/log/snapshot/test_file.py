"""What is remembered of a log is of it and of this version alone, and whole or not at all."""

from array import array
from pathlib import Path

import pytest

from kpicli.store.log.snapshot import index as snapshot
from kpicli.store.log.snapshot.index import LastWrite, LineIndex, SnapshotFile

INDEX = LineIndex(
    "sha256",
    b"digest",
    array("I", [3, 10, 20]),
    {"mrr": array("Q", [1 << 32 | 1, 2 << 32 | 2])},
    {"ana \udcff": LastWrite("2026", array("I", [2]))},
    array("I", [1]),
)


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


def test_where_it_cannot_be_written_it_is_left_out(home: Path) -> None:
    other = SnapshotFile("/dev/null", "kpis.jsonl")
    assert not other.is_writable()
    other.save(INDEX)
    assert other.load() is None
    assert not home.exists()
