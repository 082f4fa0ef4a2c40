"""Where the lines of a log stand is remembered where that pays, and read again only if it must."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from kpicli.model.record import LogLine
from kpicli.store.disk import DISK, Disk
from kpicli.store.log import log_at, read
from kpicli.store.log.read import LONG_LOG, LogFile
from kpicli.store.log.snapshot import recall
from tests.installed import Kpi
from tests.store.logs import line

MONTHS = [f"{year}-{month:02}" for year in range(2018, 2026) for month in range(1, 13)]
LINES = [
    line(kpi, period, number) for number, period in enumerate(MONTHS) for kpi in ("mrr", "churn")
]
FIRST = {"mrr": date(2025, 11, 1)}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "cache"
    home.mkdir(mode=0o700)
    return home


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A log of which it pays to remember where its lines stand."""
    monkeypatch.setattr(read, "LONG_LOG", 1000)
    path = tmp_path / "kpis.jsonl"
    path.write_bytes(b"".join(LINES))
    return path


def reading(path: Path, home: Path, disk: Disk = DISK) -> tuple[list[LogLine], LogFile]:
    log = LogFile(str(path), path.name, disk, cache=str(home))
    return list(log.lines(FIRST)), log


def known(path: Path, home: Path) -> int:
    """How many lines of a log are known before it is read."""
    _, log = reading(path, home)
    return log.index.base.last_line if log.index else 0


def test_what_is_known_is_not_read_again(path: Path, home: Path) -> None:
    first, _ = reading(path, home)
    again, log = reading(path, home)
    assert again == first
    assert [(one.period, one.value) for one in again] == [("2025-11", "94"), ("2025-12", "95")]
    assert log.left_out == {"mrr": date(2025, 10, 1), "churn": date(2025, 12, 1)}
    assert known(path, home) == len(LINES)


def test_what_is_new_is_read_and_once_it_is_much_known_too(path: Path, home: Path) -> None:
    reading(path, home)
    for count in range(1, 9):
        with path.open("ab") as file:
            file.write(line("mrr", "2025-12", 100 + count))
        lines, _ = reading(path, home)
        assert [one.number for one in lines][-1] == len(LINES) + count
        assert len(lines) == 2 + count
    assert len(LINES) < known(path, home) < len(LINES) + 8


def test_any_other_bytes_are_read_whole_and_known_afterwards(path: Path, home: Path) -> None:
    reading(path, home)
    path.write_bytes(b"".join(reversed(LINES)))
    assert known(path, home) == 0
    assert known(path, home) == len(LINES)


def test_where_all_is_wanted_what_is_known_is_taken_too(path: Path, home: Path) -> None:
    reading(path, home)
    log = LogFile(str(path), path.name, cache=str(home))
    assert len(list(log.lines({"mrr": date.min, "churn": date.min}))) == len(LINES)
    assert log.index is not None
    assert log.index.base.last_line == len(LINES)


def test_of_more_than_is_worth_its_memory_every_line_is_read(
    path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading(path, home)
    monkeypatch.setattr(recall, "_MOST_HELD", 0)
    log = LogFile(str(path), path.name, cache=str(home))
    assert len(list(log.lines({"mrr": date.min, "churn": date.min}))) == len(LINES)
    assert log.index is None


def test_a_line_that_is_too_long_is_read_as_ever(path: Path, home: Path) -> None:
    path.write_bytes(path.read_bytes() + b"x" * 70_000 + b"\n")
    reading(path, home)
    assert known(path, home) == 0


@pytest.mark.parametrize("name", ["blake2b", "sha256"])
@pytest.mark.parametrize("is_much", [True, False])
def test_the_quicker_hash_is_taken_for_much(
    path: Path, home: Path, name: str, monkeypatch: pytest.MonkeyPatch, *, is_much: bool
) -> None:
    monkeypatch.setattr(recall, "MUCH", 0 if is_much else 1 << 20)

    class Clock(Disk):
        """On which one of the two takes no time."""

        ticks = -1

        def elapsed(self) -> float:
            self.ticks += 1
            began, is_end = self.ticks // 2 % 2, self.ticks % 2
            return float(is_end and ("blake2b", "sha256")[began] != name)

    reading(path, home, Clock())
    _, log = reading(path, home)
    assert log.index is not None
    assert log.index.base.algorithm == (name if is_much else "blake2b")


def test_of_each_file_of_a_folder_it_is_remembered(path: Path, home: Path) -> None:
    folder = path.parent / "kpis.log"
    folder.mkdir()
    for name in ("a.jsonl", "b.jsonl"):
        shutil.copy(path, folder / name)
    for _ in range(2):
        log = log_at(f"{folder}/", "kpis.log/", cache=str(home))
        assert len(list(log.lines(FIRST))) == 4
    assert [file.index and file.index.base.last_line for file in log.files] == [len(LINES)] * 2


BOARD = 'log = "kpis.jsonl"\n[kpis.mrr]\n[kpis.churn]\n'


def remembered(kpi: Kpi) -> list[Path]:
    return [*(kpi.folder / "cache/kpi").glob("lines-1/*")]


@pytest.fixture
def board(kpi: Kpi, path: Path) -> Kpi:
    """A board with that log, of which nothing is known yet."""
    (kpi.folder / "kpis.toml").write_text(BOARD)
    (kpi.folder / "other").mkdir()
    (kpi.folder / "other/kpis.toml").write_text(BOARD.replace("kpis.j", "../kpis.j"))
    assert path.parent == kpi.folder
    if kpi.is_installed:  # where that is by its size alone
        path.write_bytes(path.read_bytes() * (LONG_LOG // path.stat().st_size + 1))
    return kpi


def test_boards_with_one_log_share_what_is_known(board: Kpi) -> None:
    assert board("status").code == 0
    assert board("status", cwd=board.folder / "other").code == 0
    assert len(remembered(board)) == 1


@pytest.mark.parametrize(
    ("command", "env"),
    [
        pytest.param("verify", {}, id="verify"),
        pytest.param("repair --dry-run", {}, id="repair"),
        pytest.param("status", {"KPI_CACHE": "off"}, id="switched off"),
        pytest.param("status", {"XDG_CACHE_HOME": "/dev/null"}, id="no folder"),
    ],
)
def test_nothing_is_remembered(board: Kpi, command: str, env: dict[str, str]) -> None:
    assert board(*command.split(), env=env).code in {0, 1}
    assert remembered(board) == []


def test_a_short_log_is_not_remembered(board: Kpi, path: Path) -> None:
    path.write_bytes(LINES[0])
    assert board("status").code == 0
    assert remembered(board) == []


def test_record_and_undo_take_what_is_known(board: Kpi) -> None:
    board("status")
    assert board("record", "mrr", "7", "--period", "2025-12", "--yes").code == 0
    assert board("undo", "--yes").code == 0
    rows = board("history", "mrr", "--period", "2025-12", "--all", "--format", "csv").out
    assert [row.split(",")[2] for row in rows.splitlines()] == ["value", "95", "7", "95"]
