"""The log that a board usually has, with records in it, where the definitions name another one."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from kpicli.model.log_issue import IssueKind, LogIssue
from kpicli.services.verify import Verification
from tests.services.verifying import BAD, ONE, TWO, board, named, verified, written


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The log of a board, in the current folder; it is not there yet."""
    monkeypatch.chdir(tmp_path)
    return board(tmp_path)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        pytest.param(
            "kpis.log/", None, "2 records that nothing reads: move it to kpis.log/", id="no folder"
        ),
        pytest.param(
            "kpis.log/", b"", "2 records that nothing reads: move it to kpis.log/", id="a folder"
        ),
        pytest.param(
            "data.jsonl", None, "2 records that nothing reads: move it to data.jsonl", id="no file"
        ),
        pytest.param(
            "data.jsonl",
            TWO,
            "1 record that nothing reads: kpi import kpis.jsonl takes them in",
            id="a file that has one",
        ),
        pytest.param(
            "kpis.log/",
            BAD,
            "2 records that nothing reads: move it to kpis.log/",
            id="a damaged log",
        ),
    ],
)
def test_the_usual_log_beside_another_one_is_named(
    log: Path, name: str, content: bytes | None, said: str
) -> None:
    log.write_bytes(ONE + TWO + BAD + TWO + b"{")
    named(log, name)
    if content is not None:
        written(log, name, content)
    first, *others = verified().issues
    assert first == LogIssue(IssueKind.UNREAD, log.name, 0, f"holds {said}")
    assert [flaw.kind for flaw in others] == [IssueKind.DAMAGED] * (content == BAD)
    assert verified().is_found


def test_nothing_is_ever_moved_over_a_file(log: Path) -> None:
    log.write_bytes(ONE)
    named(log, "kpis.log/")
    (log.parent / "kpis.log").mkdir()
    (log.parent / "kpis.log" / log.name).write_bytes(TWO)
    [flaw] = verified().issues
    assert flaw.message.endswith("kpi import kpis.jsonl takes them in")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("kpis.log/", ONE + TWO, id="a copy of what is read"),
        pytest.param("./kpis.jsonl", None, id="the log by another name"),
    ],
)
def test_a_usual_log_that_is_read_is_no_fault(log: Path, name: str, content: bytes | None) -> None:
    log.write_bytes(ONE + TWO)
    named(log, name)
    if content is not None:
        written(log, name, content)
    assert verified() == Verification((), 2)


@pytest.mark.parametrize(
    "make", [Path.mkdir, os.mkfifo, Path.touch], ids=["folder", "pipe", "empty"]
)
def test_what_is_no_log_beside_one_is_no_fault(log: Path, make: Callable[[Path], None]) -> None:
    make(log)
    named(log, "kpis.log/")
    assert verified() == Verification((), 0)
