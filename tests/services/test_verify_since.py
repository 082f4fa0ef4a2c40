"""What a log had at a revision of git and lacks today, wherever it was then."""

from pathlib import Path

import pytest

from kpicli.model.log_issue import IssueKind
from kpicli.services.verify import Verification
from tests.services.verifying import (
    BAD,
    BOARD,
    ONE,
    TWO,
    board,
    committed,
    named,
    verified,
    written,
)
from tests.store.logs import line

THREE = line("churn", value=3, by="ana")


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The log of a board, in the current folder; it is not there yet."""
    monkeypatch.chdir(tmp_path)
    return board(tmp_path)


@pytest.mark.parametrize(
    ("now", "missing"),
    [
        pytest.param(ONE + TWO + THREE, [], id="nothing was done"),
        pytest.param(THREE + ONE + line(value=7) + TWO, [], id="another order, and one more"),
        pytest.param((ONE + TWO + THREE).replace(b"\n", b"\r\n"), [], id="other line ends"),
        pytest.param(
            ONE + TWO,
            ["churn 2026-10, recorded on 2026-11-02 by 'ana', is missing"],
            id="one was deleted",
        ),
        pytest.param(
            TWO + THREE,
            ["mrr 2026-10, recorded on 2026-11-02, is missing"],
            id="one that stood there twice, named once",
        ),
        pytest.param(b"", [*["mrr"] * 2, "churn"], id="all of them"),
    ],
)
def test_what_a_revision_had_and_is_no_longer_there_is_missing(
    log: Path, now: bytes, missing: list[str]
) -> None:
    committed(log, ONE + TWO + THREE + ONE)
    log.write_bytes(now)
    found = verified("HEAD")
    assert len(found.issues) == len(missing)
    for flaw, wanted in zip(found.issues, missing, strict=True):
        assert (flaw.kind, flaw.line) == (IssueKind.MISSING, 0)
        assert flaw.message.startswith(wanted)
    assert found.records == len(set(now.split()))


def test_a_record_that_is_damaged_now_is_missing_too(log: Path) -> None:
    committed(log, ONE)
    log.write_bytes(BAD)
    assert [flaw.kind for flaw in verified("HEAD").issues] == [IssueKind.DAMAGED, IssueKind.MISSING]


def test_of_a_log_that_is_new_nothing_is_missing(log: Path) -> None:
    named(log, "new.jsonl")
    committed(log, b"")
    (log.parent / "new.jsonl").write_bytes(TWO)
    assert verified("HEAD") == Verification((), 1, is_new=True)


@pytest.mark.parametrize("then", ["", "old.jsonl", "old.log/"], ids=["usual", "a file", "a folder"])
@pytest.mark.parametrize(
    ("now", "content", "missing"),
    [
        pytest.param("kpis.log/", ONE + TWO + THREE, [], id="into a folder, whole"),
        pytest.param("kpis.log/", ONE + THREE, ["mrr 2026-10"], id="into a folder, one lost"),
        pytest.param("new.jsonl", TWO, ["mrr 2026-10", "churn 2026-10"], id="to a file, two lost"),
        pytest.param("new.jsonl", b"", ["mrr 2026-10"] * 2 + ["churn 2026-10"], id="all lost"),
    ],
)
def test_a_record_that_is_lost_when_the_log_moves_is_missing(
    log: Path, then: str, now: str, content: bytes, missing: list[str]
) -> None:
    named(log, then)
    at_first = written(log, then or log.name, ONE + TWO + THREE)
    committed(log)
    at_first.unlink()
    named(log, now)
    written(log, now, content)
    found = [flaw for flaw in verified("HEAD").issues if flaw.kind is IssueKind.MISSING]
    assert [f"{flaw.kpi} {flaw.period}" for flaw in found] == missing
    assert {flaw.file for flaw in found} <= {now}


@pytest.mark.parametrize(
    "then",
    [
        pytest.param(b'log = "kpis.log/"\nnonsense = 1\n[kpis.x]\nunit = 5\n', id="other keys"),
        pytest.param(b'\xef\xbb\xbflog = "kpis.log/"\r\n', id="an editor of Windows"),
    ],
)
def test_of_the_definitions_then_only_the_log_is_looked_at(log: Path, then: bytes) -> None:
    (log.parent / "kpis.toml").write_bytes(then)
    written(log, "kpis.log/", ONE)
    committed(log)
    (log.parent / "kpis.toml").write_text(BOARD)
    log.write_bytes(TWO)
    assert [flaw.kind for flaw in verified("HEAD").issues] == [IssueKind.MISSING]


@pytest.mark.parametrize(
    "then",
    [
        pytest.param(b"log = ", id="no TOML"),
        pytest.param(b"\xff", id="no text"),
        pytest.param(b"log = 5", id="no text as the log"),
        pytest.param(b'log = ""', id="an empty name"),
        pytest.param(b'log = "gone.jsonl"', id="a log that was not there"),
    ],
)
def test_where_the_definitions_then_say_nothing_it_is_the_log_of_today(
    log: Path, then: bytes
) -> None:
    (log.parent / "kpis.toml").write_bytes(then)
    committed(log, ONE)
    (log.parent / "kpis.toml").write_text(BOARD)
    log.write_bytes(TWO)
    assert [flaw.kind for flaw in verified("HEAD").issues] == [IssueKind.MISSING]


def test_without_definitions_then_it_is_the_log_of_today(log: Path) -> None:
    (log.parent / "kpis.toml").rename(log.parent / "aside.toml")
    committed(log, ONE)
    (log.parent / "aside.toml").rename(log.parent / "kpis.toml")
    log.write_bytes(TWO)
    assert [flaw.kind for flaw in verified("HEAD").issues] == [IssueKind.MISSING]
