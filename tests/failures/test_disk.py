"""Disks that are full or read-only, limits, and who may read what: nothing half is recorded."""

import os
import stat
from pathlib import Path

import pytest

from kpicli.store.definitions.read import find
from tests.failures.board import AS_OF, GOOD, Board, is_refused, sealed

WRITES = {
    "record": "record mrr 1400 --period 2026-03 --yes",
    "record with a note": f"record mrr 1400 --period 2026-03 --note {'x' * 1500}",
    "import": "import big.csv",
    "import a log": "import big.jsonl",
    "undo": "undo --yes",
    "retract": "retract mrr --period 2026-02 --yes",
}
"""Everything that appends to the log."""


@pytest.fixture
def full(board: Board) -> Board:
    """A board with files to import that are larger than what the tests leave room for."""
    days = [f"19{year:02}-{month:02}" for year in range(100) for month in range(1, 13)]
    rows = "".join(f"mrr,{day},1400\n" for day in days)
    (board.kpi.folder / "big.csv").write_text(f"kpi,period,value\n{rows}")
    copies = b"".join(sealed("mrr", day, "1400") for day in days)
    (board.kpi.folder / "big.jsonl").write_bytes(copies)
    board.append(sealed("mrr", "2026-01", "1250") * 5)
    return board


@pytest.mark.installed
@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_at_the_limit_of_a_file_nothing_is_recorded(full: Board, write: str) -> None:
    """`ulimit -f 1` leaves 1,024 bytes, of which the log has all but a few."""
    room = 1024 - full.log.stat().st_size
    assert 0 < room < 140
    before = full.files()
    run = full.shell(f"ulimit -f 1; kpi {write}", env={"XDG_CACHE_HOME": "/nonexistent"})
    assert is_refused(run)
    assert "kpis.jsonl: nothing recorded: File too large\nhint: " in run.err
    assert full.files() == before
    assert full.kpi(*write.split()).code == 0


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_where_the_log_may_not_be_written_nothing_is_recorded(full: Board, write: str) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    before = full.files()
    full.log.chmod(0o444)
    run = full.kpi(*write.split())
    assert is_refused(run)
    assert "kpis.jsonl: nothing recorded: Permission denied\nhint: " in run.err
    assert full.files() == before


def test_in_a_folder_that_is_read_only_no_log_is_made(board: Board) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    board.log.unlink()
    board.kpi.folder.chmod(0o500)
    run = board.kpi("record", "mrr", "1400", "--period", "2026-03")
    board.kpi.folder.chmod(0o700)
    assert is_refused(run)
    assert "kpis.jsonl: nothing recorded: Permission denied" in run.err
    assert not board.log.exists()


@pytest.mark.parametrize("write", [WRITES["record"], WRITES["import"]], ids=["record", "import"])
def test_where_the_folder_of_the_log_is_missing_it_is_named(full: Board, write: str) -> None:
    full.define('log = "data/kpis.jsonl"\n' + full.definitions.read_text())
    run = full.kpi(*write.split())
    assert is_refused(run)
    assert run.err.startswith("data/kpis.jsonl: nothing recorded: no such directory 'data/'\nhint")
    assert not (full.kpi.folder / "data").exists()
    full.log.unlink()
    assert full.status().err.startswith("no actuals: there is no folder ")


def test_definitions_that_a_broken_link_leads_to_are_not_looked_for_above(board: Board) -> None:
    folder = board.kpi.folder / "below"
    folder.mkdir()
    (folder / "kpis.toml").symlink_to("gone.toml")
    run = board.kpi("record", "mrr", "5", "--period", "2026-03", "-f", "below/kpis.toml")
    assert is_refused(run)
    assert run.err == (
        "below/kpis.toml: no such file\nhint: it is a link to gone.toml: remove it\n"
    )
    assert find(None, str(folder)) == "kpis.toml"


@pytest.mark.installed
@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
@pytest.mark.parametrize("stream", ["2>/dev/full", "2>&-", ">/dev/full", ">&- 2>&-"])
def test_what_is_on_disk_is_recorded_whatever_can_be_printed(
    full: Board, write: str, stream: str
) -> None:
    before = full.log.stat().st_size
    assert full.shell(f"kpi {write} {stream}").code == 0
    assert full.log.stat().st_size > before


@pytest.mark.installed
def test_out_of_descriptors_nothing_is_recorded(board: Board) -> None:
    before = board.files()
    refused = 0
    for most in range(3, 12):
        run = board.shell(f"ulimit -n {most}; kpi record mrr 1400 --period 2026-03 --yes -q")
        if run.code == 0:
            break
        assert not run.out
        assert board.files() == before
        refused += 1
    assert refused
    assert board.shell("kpi record mrr 1400 --period 2026-03 --yes").code == 0


@pytest.mark.installed
def test_a_report_that_does_not_fit_leaves_the_old_one(board: Board) -> None:
    old = board.kpi.folder / "r.csv"
    old.write_text("old\n")
    names = set(os.listdir(board.kpi.folder))
    for _ in range(20):
        board.append(sealed("mrr", "2026-01", "1250", "2026-03-01T08:00:00.000000Z"))
    run = board.shell("ulimit -f 0; kpi history --all -o r.csv")
    assert is_refused(run)
    assert run.err.startswith("r.csv: not written: File too large\nhint: ")
    assert old.read_text() == "old\n"
    assert set(os.listdir(board.kpi.folder)) - {"cache"} == names - {"cache"}


@pytest.mark.parametrize(
    ("in_git", "mask", "mode"),
    [(False, "022", 0o600), (False, "000", 0o600), (True, "022", 0o644), (True, "077", 0o600)],
)
def test_a_new_log_is_for_its_owner_alone_but_in_git_as_git_makes_files(
    board: Board, mask: str, mode: int, *, in_git: bool
) -> None:
    board.log.unlink()
    if in_git:
        board.shell("git init -q")
    before = os.umask(int(mask, 8))
    try:
        run = board.kpi("record", "mrr", "1400", "--period", "2026-03")
    finally:
        os.umask(before)
    assert run.code == 0
    assert stat.S_IMODE(board.log.stat().st_mode) == mode


def test_a_link_to_the_log_is_written_through(board: Board) -> None:
    target = board.kpi.folder / "elsewhere" / "real.jsonl"
    target.parent.mkdir()
    board.log.rename(target)
    board.log.symlink_to(target)
    assert board.kpi("record", "mrr", "1400", "--period", "2026-03").code == 0
    assert board.log.is_symlink()
    assert target.read_bytes().startswith(b"".join(GOOD))
    assert target.read_bytes().count(b"\n") == 4


@pytest.mark.parametrize("target", ["/dev/null", "/dev/full", "."])
def test_a_link_to_what_is_no_file_is_refused(board: Board, target: str) -> None:
    board.log.unlink()
    board.log.symlink_to(target)
    for command in ("status", "history", "record mrr 5 --period 2026-03", "undo"):
        run = board.kpi(*command.split())
        assert is_refused(run)
        assert "expected a file" in run.err or "Is a directory" in run.err


def test_no_lock_file_and_no_temporary_file_is_ever_left(full: Board) -> None:
    names = set(os.listdir(full.kpi.folder))
    for write in WRITES.values():
        full.kpi(*write.split())
    assert full.kpi("history", "--all", "-o", "out.csv", "--as-of", AS_OF).code == 0
    assert set(os.listdir(full.kpi.folder)) - names <= {"out.csv", "cache"}
    assert not list(Path(full.kpi.folder).rglob("*.lock"))
