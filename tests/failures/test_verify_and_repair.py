"""After a bad day: what `kpi verify` says of the log, and what `kpi repair` makes of it."""

import os
import subprocess
import sys
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kpicli.store.disk import Disk
from kpicli.store.log.lock import locked
from tests.failures.board import GOOD, Board, is_calm, is_refused, sealed, unsealed
from tests.installed import environment

NAME = "kpis.jsonl"
SEAL = GOOD[1][7:23].decode()
CHANGED = GOOD[1].replace(b"1300", b"1330")
VALUE = "value must be a plain decimal number"
AT = "at must be UTC, as in 2026-11-02T08:15:30.123456Z"
TORN = (
    "incomplete last line ignored — a write was interrupted, nothing acknowledged is missing; "
    "'kpi repair' sets it aside"
)
MARKERS = "git conflict markers — run 'kpi repair'"
KPI = Path(sys.executable).with_name("kpi")


def copies(board: Board) -> list[bytes]:
    return [content for name, content in board.files().items() if ".before-repair-" in name]


def require_repaired(board: Board, good: bytes) -> None:
    """The good lines and no others; the original beside them; and a second time nothing."""
    before = board.log.read_bytes()
    run = board.kpi("repair")
    assert run.code == 0, run.err
    assert board.log.read_bytes() == good
    assert copies(board) == [before]
    assert board.kpi("repair").err.endswith("nothing to repair\n")
    assert copies(board) == [before]
    assert board.kpi("verify").code in {0, 1}
    assert board.kpi("record", "mrr", "1400", "--period", "2026-03").code == 0


@pytest.mark.parametrize(
    "tail",
    [
        pytest.param(GOOD[1][:38], id="cut in a key"),
        pytest.param(bytes(4096), id="zeros instead of what was written"),
        pytest.param(GOOD[1][:30] + bytes(512), id="half written, half zeros"),
        pytest.param(GOOD[1][:-2], id="all but the closing brace and the line end"),
    ],
)
def test_a_torn_last_line_is_said_and_set_aside(board: Board, tail: bytes) -> None:
    board.append(tail)
    run = board.kpi("verify")
    assert (run.code, run.out, run.err) == (0, f"{NAME}:4: {TORN}\n", "")
    require_repaired(board, b"".join(GOOD))


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        pytest.param(
            CHANGED, f"record changed after it was written (id {SEAL} does not match)", id="changed"
        ),
        pytest.param(
            unsealed().replace(b'"value":3', b'"value":1,"value":2'),
            "duplicate key 'value'",
            id="key",
        ),
        pytest.param(b"[" * 65_537 + b"\n", "line longer than 65,536 bytes", id="too long"),
        pytest.param(b"[" * 60_000 + b"\n", "nested too deeply", id="deep"),
        pytest.param(unsealed(value="NaN"), VALUE, id="not a number"),
        pytest.param(unsealed(value="1e400"), VALUE, id="an exponent"),
        pytest.param(unsealed(value="Infinity"), VALUE, id="infinity"),
        pytest.param(unsealed(at="2026-03-03T08:00:00"), AT, id="no zone"),
        pytest.param(unsealed(at="2026-06-30T23:59:60Z"), AT, id="a leap second"),
        pytest.param(unsealed(at="2026-06-30T24:00:00Z"), AT, id="24:00"),
        pytest.param(bytes(100) + b"\n", "not a JSON object", id="a lost sector"),
    ],
)
def test_a_damaged_line_is_named_and_set_aside(board: Board, line: bytes, reason: str) -> None:
    board.append(line)
    run = board.kpi("verify")
    assert (run.code, run.out.splitlines()[0]) == (3, f"{NAME}:4: {reason}")
    assert is_calm(run)
    require_repaired(board, b"".join(GOOD))


def test_what_damage_hid_is_to_be_looked_at(board: Board) -> None:
    board.append(sealed("churn", "2026-02", "4.1", "2026-03-02T09:00:00.000000Z"))
    board.append(sealed("churn", "2026-02", "4.5", "2026-03-03T09:00:00.000000Z")[:-3] + b"?}\n")
    assert board.actual("churn") is None
    told = (
        "look at churn 2026-02: its record was damaged; what counts now is 4.1% from 2026-03-02\n"
    )
    assert board.kpi("repair").out.endswith(told)
    assert str(board.actual("churn")) == "4.1"


def test_a_byte_order_mark_is_said_and_goes(board: Board) -> None:
    board.log.write_bytes(b"\xef\xbb\xbf" + b"".join(GOOD))
    run = board.kpi("verify")
    assert (run.code, run.out) == (0, f"{NAME}:1: byte order mark ignored\n")
    require_repaired(board, b"".join(GOOD))


def test_line_ends_of_windows_are_no_fault_and_stay(board: Board) -> None:
    board.log.write_bytes(b"".join(GOOD).replace(b"\n", b"\r\n"))
    assert (board.kpi("verify").code, board.kpi("repair").code) == (0, 0)
    assert board.log.read_bytes().count(b"\r\n") == 3
    assert copies(board) == []


def test_both_sides_of_a_conflict_are_kept(board: Board) -> None:
    mine, theirs = sealed("mrr", "2026-03", "1400"), sealed("churn", "2026-03", "3")
    board.append(
        b"<<<<<<< HEAD\n" + mine + b"||||||| base\n=======\n" + theirs + mine + b">>>>>>> them\n"
    )
    run = board.kpi("verify")
    assert run.code == 3
    assert run.out.splitlines() == [
        f"{NAME}:4: {MARKERS}",
        f"{NAME}:6: {MARKERS}",
        f"{NAME}:7: {MARKERS}",
        f"{NAME}:9: same record as on line 5",
        f"{NAME}:10: {MARKERS}",
    ]
    assert is_refused(board.kpi("record", "mrr", "1", "--period", "2026-04", "--yes"))
    require_repaired(board, b"".join(GOOD) + mine + theirs)


@pytest.mark.parametrize("command", ["verify", "repair"])
def test_a_log_that_is_no_file_is_refused(board: Board, command: str) -> None:
    board.log.unlink()
    os.mkfifo(board.log)
    run = board.kpi(command)
    assert is_refused(run)
    assert run.err.splitlines()[0] == f"{NAME}: is a named pipe, expected a file"


@pytest.mark.skipif(os.getuid() == 0, reason="root may write everywhere")
def test_in_a_folder_that_is_read_only_nothing_is_repaired(board: Board) -> None:
    board.append(b"{}\n")
    before = board.files()
    board.kpi.folder.chmod(0o500)
    run = board.kpi("repair")
    board.kpi.folder.chmod(0o700)
    assert is_refused(run)
    assert "nothing repaired: Permission denied" in run.err
    assert board.files() == before


@pytest.mark.installed
def test_a_disk_that_is_full_leaves_the_log_as_it_was(board: Board) -> None:
    board.append(b"{}\n" + sealed("mrr", "2026-03", "1400") * 40)
    before = board.files()
    run = board.shell("ulimit -f 1; kpi repair")
    assert is_refused(run)
    assert "nothing repaired: " in run.err
    assert board.files() == before


@pytest.mark.installed
def test_the_next_day_after_a_disk_that_was_full_it_is_repaired(board: Board) -> None:
    board.append(b"{}\n")
    assert is_refused(board.shell("ulimit -f 0; kpi repair"))
    require_repaired(board, b"".join(GOOD))


def git(board: Board, attributes: str = "kpis.jsonl merge=union -text\n") -> None:
    (board.kpi.folder / ".gitattributes").write_text(attributes)
    made = board.shell(
        "git init -qb main && git config user.name x && git config user.email x@example.org"
        " && git add kpis.* .gitattributes && git commit -qm start"
    )
    assert made.code == 0, made.err


def test_a_log_that_was_emptied_has_lost_its_records(board: Board) -> None:
    git(board)
    board.log.write_bytes(b"")
    run = board.kpi("verify", "--since", "HEAD")
    assert run.code == 1
    counted = f"{NAME}: 3 records in HEAD are missing from the working copy"
    assert run.out.splitlines()[0] == counted
    assert len(run.out.splitlines()) == 4


def test_the_attribute_that_git_needs_is_said(board: Board) -> None:
    git(board, "")
    run = board.kpi("verify")
    told = "git would not keep both sides of a merge: put 'kpis.jsonl merge=union -text' into"
    assert (run.code, run.out) == (1, f"{NAME}: {told} .gitattributes\n")
    (board.kpi.folder / ".gitattributes").write_text("kpis.jsonl merge=union -text\n")
    assert board.kpi("verify").code == 0


def test_what_the_help_says_of_the_merge_button(board: Board) -> None:
    assert "merge button" in " ".join(board.kpi("verify", "--help").out.split())


def merged(board: Board, ours: bytes, theirs: bytes) -> None:
    """The log after a merge of two branches that each changed it."""
    script = "git checkout -q {0} && cat {1} > kpis.jsonl && git commit -qam {1}"
    for name, content in (("ours", ours), ("theirs", theirs)):
        (board.kpi.folder / name).write_bytes(content)
    board.shell("git branch other")
    assert board.shell(script.format("main", "ours")).code == 0
    assert board.shell(script.format("other", "theirs")).code == 0
    assert board.shell("git checkout -q main && git merge -q other -m merged").code == 0


def test_a_line_that_one_side_deletes_comes_back(board: Board) -> None:
    git(board)
    more = sealed("churn", "2026-03", "3")
    merged(board, b"".join(GOOD[:2]), b"".join(GOOD) + more)
    assert set(board.log.read_bytes().splitlines(keepends=True)) == {*GOOD, more}
    assert board.kpi("verify", "--since", "other").code == 0


def test_a_side_with_line_ends_of_windows_doubles_every_record(board: Board) -> None:
    git(board)
    windows = b"".join(GOOD).replace(b"\n", b"\r\n")
    merged(board, windows, b"".join(GOOD) + sealed("churn", "2026-03", "3"))
    before = board.status().out
    run = board.kpi("verify")
    assert run.code == 1
    assert [line.partition(": ")[2] for line in run.out.splitlines()] == [
        f"same record as on line {number}" for number in (1, 2, 3)
    ]
    assert board.kpi("repair").code == 0
    assert board.status().out == before
    assert board.log.read_bytes().count(b"\n") == 4


def ahead(**more: int) -> str:
    at = datetime.now(UTC).replace(tzinfo=None) + timedelta(**more)
    return f"{at.isoformat(timespec='microseconds')}Z"


def test_a_record_of_a_clock_that_is_ahead_is_named(board: Board) -> None:
    board.append(sealed("churn", "2026-02", "40", ahead(days=2)))
    run = board.kpi("verify")
    told = f"{NAME}:4: recorded 2 days in the future by 'tester'\n"
    assert (run.code, run.out) == (1, told)


def test_a_correction_wins_over_a_clock_that_is_ahead(board: Board) -> None:
    board.append(sealed("churn", "2026-02", "40", ahead(hours=1)))
    assert board.kpi("record", "churn", "4", "--period", "2026-02", "--yes").code == 0
    assert board.actual("churn") == 4
    run = board.kpi("verify")
    assert run.code == 1
    assert [line.partition(": ")[2] for line in run.out.splitlines()] == [
        "recorded 1 hour in the future by 'tester'"
    ] * 2


def test_a_clock_of_1970_is_named(board: Board) -> None:
    board.append(sealed("churn", "2026-02", "4", "1970-01-01T00:00:09.000000Z"))
    run = board.kpi("verify")
    told = f"{NAME}:4: recorded in 1970 by 'tester': by a machine whose clock was not set\n"
    assert (run.code, run.out) == (1, told)


def test_what_a_killed_process_left_is_swept_after_an_hour(board: Board) -> None:
    old, young = (board.kpi.folder / f".kpi-{name}.tmp" for name in ("old", "young"))
    for file in (old, young):
        file.touch()
    os.utime(old, (0, 0))
    assert board.kpi("repair").code == 0
    assert (old.exists(), young.exists()) == (False, True)


def _ended(runs: Iterable["subprocess.Popen[bytes]"]) -> list[int]:
    return [run.wait(timeout=120) for run in runs]


def damage(log: Path) -> None:
    """One more bad line, by a writer that waits for its turn."""
    descriptor, _ = locked(str(log), log.name, Disk())
    os.write(descriptor, b"{}\n")
    os.close(descriptor)


@pytest.mark.installed
def test_no_record_is_lost_while_a_repair_replaces_the_log(board: Board) -> None:
    variables = environment(board.kpi.folder)
    record = ("record", "mrr", "--period", "2026-03", "--yes", "--quiet")
    runs = []
    for number in range(16):
        damage(board.log)
        runs += [
            subprocess.Popen(
                [KPI, *words],
                cwd=board.kpi.folder,
                env=variables,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            for words in ((*record, str(number + 1)), ("repair",))
        ]
    assert _ended(runs) == [0] * 32
    board.kpi("repair")
    assert sorted(map(int, board.recorded())) == list(range(1, 17))
