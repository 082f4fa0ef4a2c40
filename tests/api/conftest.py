"""The surroundings of a program: none of this machine's."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kpicli import Board
from tests.api.boards import shop


@pytest.fixture(autouse=True)
def surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """In the folder of the test, in UTC, as `tester`."""
    for name, value in {
        "HOME": str(tmp_path / "home"),
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
        "TZ": "UTC",
        "KPI_BY": "tester",
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("KPI_FILE", raising=False)
    monkeypatch.chdir(tmp_path)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def board(tmp_path: Path) -> Board:
    """A KPI of every status."""
    return shop(tmp_path)
