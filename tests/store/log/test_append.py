"""Appending: the order of the calls, and what is left of the log when one of them fails.

The disk is the place at which the calls of the operating system can be watched and made to fail;
everything else is the real thing.
"""

import errno
import fcntl
import os
import signal
import stat
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

import pytest

from kpicli.errors import Exit, KpiError, NotationError, OutcomeUnknownError
from kpicli.model.frequency import Frequency
from kpicli.model.period import Period, read_period
from kpicli.model.record import Record
from kpicli.store.disk import Disk
from kpicli.store.log import append as writing
from kpicli.store.log.append import ChangedMeanwhileError, LogState, Write, append
from kpicli.store.log.lock import LOCK_SECONDS
from tests.store.logs import AT, NOW, FaultyDisk, line, read, record

PAIR = "mrr", read_period("2026-10")
NEW = LogState(None, {})
OLD = line(value=1, at="2026-10-02T08:15:30.123456Z")

Pairs = Mapping[tuple[str, Period], tuple[str, str]]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A log with one line in it."""
    path = tmp_path / "kpis.jsonl"
    path.write_bytes(OLD)
    return path


def known(path: Path, newest: Pairs | None = None) -> LogState:
    found = path.stat()
    return LogState((found.st_dev, found.st_ino, found.st_size), newest or {})


def never() -> NoReturn:
    raise AssertionError("read again, although nothing had changed")


def write(
    path: Path,
    drafts: Sequence[Record] = (record(value=7),),
    *,
    disk: Disk | None = None,
    before: LogState | None = None,
    reread: Callable[[], LogState] = never,
    is_final: bool = False,
) -> str:
    if before is None:
        before = known(path) if path.exists() else NEW
    batch = Write(drafts, before, reread, is_final)
    return append(str(path), path.name, batch, disk or FaultyDisk())


def fails(number: int) -> Callable[..., NoReturn]:
    def fail(*_: object) -> NoReturn:
        raise OSError(number, os.strerror(number))

    return fail


def values(path: Path) -> list[str]:
    return [found.value for found in read(path)[0]]


def test_a_record_is_appended_sealed_and_with_its_end(path: Path) -> None:
    assert write(path, [record(value=7, note="é")]) == NOW
    assert path.read_bytes() == OLD + line(value=7, note="é", at=NOW)


def test_the_calls_come_in_the_order_of_the_protocol(path: Path) -> None:
    disk = FaultyDisk()
    write(path, disk=disk)
    assert disk.calls == [
        "open",
        "status",
        "lock",
        "status",
        "status_of",
        "read",
        "read",
        "write",
        "sync",
        "unlock",
        "close",
    ]


def test_the_name_of_a_new_log_is_synced_before_anything_stands_in_it(tmp_path: Path) -> None:
    disk = FaultyDisk()
    write(tmp_path / "kpis.jsonl", disk=disk)
    assert disk.calls[-7:] == ["open", "sync", "close", "write", "sync", "unlock", "close"]
    assert "read" not in disk.calls


def test_the_folder_that_is_synced_is_the_one_that_holds_the_file(tmp_path: Path) -> None:
    opened: list[str] = []

    def watched(path: str, flags: int, mode: int) -> int:
        opened.append(path)
        return os.open(path, flags, mode)

    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "kpis.jsonl").symlink_to("elsewhere/log.jsonl")
    write(tmp_path / "kpis.jsonl", disk=FaultyDisk(open=watched))
    assert opened == [str(tmp_path / "kpis.jsonl"), str(tmp_path / "elsewhere")]
    assert values(tmp_path / "elsewhere/log.jsonl") == ["7"]


def test_an_empty_log_has_its_name_synced_too(path: Path) -> None:
    path.write_bytes(b"")
    disk = FaultyDisk()
    write(path, disk=disk)
    assert disk.calls.count("sync") == 2


def test_several_records_are_one_write_at_one_instant(path: Path) -> None:
    disk = FaultyDisk()
    write(path, [record(value=7), record("churn", value=None)], disk=disk)
    assert {one.at for one in read(path)[0][1:]} == {NOW}
    assert (disk.calls.count("write"), disk.calls.count("sync")) == (1, 1)
    assert values(path) == ["1", "7", "null"]


@pytest.mark.parametrize(
    "torn", [OLD[:-1], OLD[:30], OLD + b"\0" * 10, OLD + b"\r", b"\xef\xbb\xbf"]
)
def test_a_line_without_its_end_gets_one_first(path: Path, torn: bytes) -> None:
    path.write_bytes(torn)
    before = values(path)
    write(path)
    assert path.read_bytes() == torn + b"\n" + line(value=7, at=NOW)
    assert values(path) == [*before, "7"]


def test_a_new_log_is_for_its_owner_alone(tmp_path: Path) -> None:
    write(tmp_path / "kpis.jsonl")
    assert stat.S_IMODE((tmp_path / "kpis.jsonl").stat().st_mode) == 0o600


def test_a_new_log_in_a_git_work_tree_is_as_git_would_make_it(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "sub").mkdir()
    umask = os.umask(0o022)
    try:
        write(tmp_path / "sub/kpis.jsonl")
    finally:
        os.umask(umask)
    assert stat.S_IMODE((tmp_path / "sub/kpis.jsonl").stat().st_mode) == 0o644


def test_what_cannot_be_encoded_is_refused_before_anything_is_opened(path: Path) -> None:
    disk = FaultyDisk()
    with pytest.raises(NotationError, match="longer than"):
        write(path, [record(), record(note="x" * 70_000)], disk=disk)
    assert disk.calls == []


FAILURES = {
    "open": errno.EROFS,
    "status": errno.EIO,
    "status_of": errno.ELOOP,
    "lock": errno.ENOLCK,
    "read": errno.EIO,
    "write": errno.ENOSPC,
    "sync": errno.EDQUOT,
}
"""One of each call on the real disk; `test_enumerated_faults` goes through them all."""


@pytest.mark.parametrize(("name", "number"), FAILURES.items(), ids=FAILURES)
def test_a_call_that_fails_leaves_the_log_as_it_was(path: Path, name: str, number: int) -> None:
    disk = FaultyDisk(**{name: fails(number)})
    with pytest.raises(KpiError) as caught:
        write(path, disk=disk)
    assert caught.value.lines() == [f"kpis.jsonl: nothing recorded: {os.strerror(number)}"]
    assert caught.value.code is Exit.UNUSABLE
    assert path.read_bytes() == OLD
    assert disk.open_files == set()


def test_an_error_of_closing_says_nothing_about_what_was_synced(path: Path) -> None:
    def closed(descriptor: int) -> NoReturn:
        os.close(descriptor)
        raise OSError(errno.EIO, "EIO")

    write(path, disk=FaultyDisk(close=closed))
    assert values(path) == ["1", "7"]


def _part(size: int) -> Callable[[int, bytes], int]:
    return lambda descriptor, content: os.write(descriptor, content[:size])


def test_a_short_write_is_taken_back(path: Path) -> None:
    disk = FaultyDisk(write=_part(9))
    with pytest.raises(KpiError, match="nothing recorded: No space left on device"):
        write(path, disk=disk)
    assert path.read_bytes() == OLD
    assert (disk.calls.count("write"), disk.calls.count("cut")) == (1, 1)


def test_a_short_write_at_the_limit_of_a_file_says_so(path: Path) -> None:
    class Limited(FaultyDisk):
        def largest(self) -> float:
            return len(OLD) + 5

    with pytest.raises(KpiError, match="nothing recorded: File too large"):
        write(path, disk=Limited(write=_part(5)))


def test_the_limit_of_a_file_is_asked_of_the_system() -> None:
    assert Disk().largest() > 0


def _written_and_failed(descriptor: int, content: bytes) -> NoReturn:
    os.write(descriptor, content)
    raise OSError(errno.EIO, "EIO")


@pytest.mark.parametrize(
    "faults",
    [{"sync": fails(errno.EIO)}, {"write": _written_and_failed}, {"write": _part(9)}],
    ids=["a sync that failed", "a write that failed", "a short write"],
)
def test_where_cutting_back_fails_the_outcome_is_unknown(
    path: Path, faults: dict[str, Callable[..., Any]]
) -> None:
    disk = FaultyDisk(cut=fails(errno.EROFS), **faults)
    with pytest.raises(OutcomeUnknownError) as caught:
        write(path, disk=disk)
    assert caught.value.lines() == [
        "kpis.jsonl: outcome unknown: neither written nor taken back (Read-only file system)"
    ]
    assert (caught.value.hint, caught.value.code) == ("run kpi verify", Exit.CHECK_LOG)
    assert path.read_bytes().startswith(OLD)
    assert disk.open_files == set()
    write(path)
    assert values(path)[-1] == "7"


def test_an_interrupted_write_is_taken_back(path: Path) -> None:
    def interrupted(descriptor: int, content: bytes) -> NoReturn:
        os.write(descriptor, content)
        raise KeyboardInterrupt

    disk = FaultyDisk(write=interrupted)
    with pytest.raises(KeyboardInterrupt):
        write(path, disk=disk)
    assert path.read_bytes() == OLD
    assert disk.open_files == set()


def test_an_interrupt_while_waiting_for_the_lock_records_nothing(path: Path) -> None:
    def interrupted(_descriptor: int) -> NoReturn:
        raise KeyboardInterrupt

    disk = FaultyDisk(lock=interrupted)
    with pytest.raises(KeyboardInterrupt):
        write(path, disk=disk)
    assert (path.read_bytes(), disk.open_files) == (OLD, set())


def test_a_new_log_that_nothing_fits_into_is_not_left_behind(tmp_path: Path) -> None:
    path = tmp_path / "kpis.jsonl"
    with pytest.raises(KpiError, match="No space left"):
        write(path, disk=FaultyDisk(write=fails(errno.ENOSPC)))
    assert not path.exists()
    path.touch()
    with pytest.raises(KpiError, match="No space left"):
        write(path, disk=FaultyDisk(write=fails(errno.ENOSPC)))
    assert path.read_bytes() == b""


@pytest.mark.parametrize(
    ("draft", "microseconds"),
    [
        pytest.param(record(), 40_000_000_000_000_000, id="in the year 3237"),
        pytest.param(record(), -9_000_000_000_000_000, id="in the year 1684"),
        pytest.param(
            record()._replace(period=Period(date(3000, 1, 1), Frequency.MONTHLY)), 0, id="a period"
        ),
        pytest.param(record()._replace(value=Decimal(10) ** 20), 0, id="a number"),
        pytest.param(record()._replace(kpi="MRR"), 0, id="a KPI"),
        pytest.param(record(by="x" * 65), 0, id="a name"),
    ],
)
def test_what_could_not_be_read_is_not_written(
    path: Path, draft: Record, microseconds: int
) -> None:
    disk = FaultyDisk()
    if microseconds:
        disk.microseconds = lambda: microseconds  # type: ignore[method-assign]
    with pytest.raises(KpiError, match="nothing recorded: it could not be read again") as caught:
        write(path, [draft], disk=disk)
    assert caught.value.hint
    assert path.read_bytes() == OLD


def test_a_child_that_was_forked_meanwhile_holds_no_lock(path: Path) -> None:
    children: list[int] = []

    def forked(descriptor: int, lines: bytes) -> int:
        child = os.fork()
        if not child:
            time.sleep(30)
            os._exit(0)
        children.append(child)
        return os.write(descriptor, lines)

    try:
        write(path, disk=FaultyDisk(write=forked))
        with path.open("ab") as other:
            fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
    finally:
        os.kill(children[0], signal.SIGKILL)
        os.waitpid(children[0], 0)


def test_a_writer_waits_for_as_long_as_others_write(path: Path) -> None:
    disk = FaultyDisk(lock=lambda _: False)
    disk.waiting += [lambda: _grow(path)] * 1000
    with pytest.raises(KpiError, match="busy"):
        write(path, disk=disk)
    assert 50 + LOCK_SECONDS - 1 < disk.clock < 50 + LOCK_SECONDS + 1


def _grow(path: Path) -> None:
    with path.open("ab") as file:
        file.write(OLD)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(KpiError) as caught:
        append(
            str(tmp_path / "data/kpis.jsonl"),
            "data/kpis.jsonl",
            Write([record()], NEW, never, is_final=True),
        )
    assert caught.value.lines() == ["data/kpis.jsonl: nothing recorded: no such directory 'data/'"]
    assert caught.value.hint == "mkdir -p data"


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (Path.mkdir, "nothing recorded: is a directory, expected a file"),
        (os.mkfifo, "is a named pipe, expected a file"),
        (lambda path: path.symlink_to("/dev/null"), "is a device, expected a file"),
        (lambda path: path.symlink_to(path), "nothing recorded: Too many levels"),
    ],
    ids=["a folder", "a pipe", "a device", "a loop"],
)
def test_what_is_no_file_is_refused(tmp_path: Path, make: Any, said: str) -> None:
    make(tmp_path / "log")
    disk = FaultyDisk()
    with pytest.raises(KpiError, match=said):
        write(tmp_path / "log", before=NEW, disk=disk)
    assert disk.open_files == set()


def test_a_lock_that_others_hold_is_waited_for(path: Path) -> None:
    tries = iter([False] * 9 + [True])
    disk = FaultyDisk(lock=lambda _descriptor: next(tries))
    write(path, disk=disk)
    assert disk.calls.count("lock") == 10
    assert values(path) == ["1", "7"]


def test_a_lock_that_is_never_given_is_waited_for_until_the_deadline(path: Path) -> None:
    disk = FaultyDisk(lock=lambda _descriptor: False)
    with pytest.raises(KpiError) as caught:
        write(path, disk=disk)
    assert caught.value.lines() == ["kpis.jsonl: busy: another kpi is writing; nothing recorded"]
    assert LOCK_SECONDS == 10
    assert LOCK_SECONDS <= disk.clock < LOCK_SECONDS + 1
    assert (path.read_bytes(), disk.open_files) == (OLD, set())


def test_a_clock_that_jumps_past_the_deadline_ends_the_waiting(path: Path) -> None:
    disk = FaultyDisk(lock=lambda _descriptor: False)
    disk.waiting.append(lambda: setattr(disk, "clock", LOCK_SECONDS))
    with pytest.raises(KpiError, match="busy"):
        write(path, disk=disk)
    assert disk.calls.count("lock") == 2


def test_the_lock_is_held_until_the_record_is_on_disk(path: Path) -> None:
    other = Disk()

    def watched(descriptor: int) -> None:
        rival = os.open(path, os.O_RDWR)
        assert not other.lock(rival)
        os.close(rival)
        os.fsync(descriptor)

    write(path, disk=FaultyDisk(sync=watched))
    free = os.open(path, os.O_RDWR)
    assert other.lock(free)
    os.close(free)


def test_reading_meanwhile_does_not_give_the_lock_away(path: Path) -> None:
    rival = os.open(path, os.O_RDWR)

    def reread() -> LogState:
        read(path)
        assert not Disk().lock(rival)
        return known(path)

    write(path, before=NEW._replace(identity=(0, 0, 0)), reread=reread)
    os.close(rival)


def test_a_file_that_was_replaced_while_waiting_is_not_written_to(path: Path) -> None:
    replaced = path.with_name("old.jsonl")

    def replace() -> None:
        path.rename(replaced)
        path.write_bytes(OLD + line(value=2))

    tries = iter([False, True, True])
    disk = FaultyDisk(lock=lambda _descriptor: next(tries))
    disk.waiting.append(replace)
    write(path, disk=disk, reread=lambda: known(path))
    assert replaced.read_bytes() == OLD
    assert values(path) == ["1", "2", "7"]
    assert disk.calls.count("open") == 2
    assert disk.open_files == set()


def test_a_file_that_was_removed_while_waiting_is_made_again(path: Path) -> None:
    tries = iter([False, True, True])
    disk = FaultyDisk(lock=lambda _descriptor: next(tries))
    disk.waiting.append(path.unlink)
    write(path, disk=disk, reread=lambda: NEW)
    assert values(path) == ["7"]


def test_a_file_that_is_replaced_for_ever_ends_at_the_deadline(path: Path) -> None:
    disk = FaultyDisk(status_of=fails(errno.ENOENT))
    with pytest.raises(KpiError, match="busy"):
        write(path, disk=disk)
    assert (path.read_bytes(), disk.open_files) == (OLD, set())


def test_the_instant_is_now(path: Path) -> None:
    older = {PAIR: ("2026-10-02T08:15:30.123456Z", "0" * 16)}
    assert write(path, before=known(path, older)) == NOW


@pytest.mark.parametrize(
    ("newest", "at"),
    [
        (NOW, "2026-11-02T08:15:31.123457Z"),
        ("2026-11-02T23:59:59.999999Z", "2026-11-03T00:00:00.000000Z"),
        ("2062-01-01T00:00:00.000000Z", "2062-01-01T00:00:00.000001Z"),
    ],
)
def test_the_instant_is_past_the_newest_record_that_is_touched(
    path: Path, newest: str, at: str
) -> None:
    pairs = {PAIR: (newest, "f" * 16), ("mrr", read_period("2026-09")): ("2099" + AT[4:], "")}
    assert write(path, [record(), record("churn")], before=known(path, pairs)) == at
    assert {one.at for one in read(path)[0][1:]} == {at}


def test_nothing_can_be_past_the_end_of_time(path: Path) -> None:
    pairs = {PAIR: ("9999-12-31T23:59:59.999999Z", "")}
    with pytest.raises(KpiError, match="nothing recorded"):
        write(path, before=known(path, pairs))
    assert path.read_bytes() == OLD


STOOD = {PAIR: (AT, "0" * 16)}
STANDS = {PAIR: ("2026-11-03T00:00:00.000000Z", "1" * 16)}


def test_what_was_recorded_meanwhile_for_the_same_pair_stops_the_write(path: Path) -> None:
    before = known(path, STOOD)
    path.write_bytes(OLD + line(value=2))
    disk = FaultyDisk()
    with pytest.raises(ChangedMeanwhileError, match="nothing recorded") as caught:
        write(path, disk=disk, before=before, reread=lambda: known(path, STANDS))
    assert caught.value.hint
    assert values(path) == ["1", "2"]
    assert disk.open_files == set()


def test_a_final_write_goes_past_what_was_recorded_meanwhile(path: Path) -> None:
    before = known(path, STOOD)
    path.write_bytes(OLD + line(value=2))
    at = write(path, before=before, reread=lambda: known(path, STANDS), is_final=True)
    assert at == "2026-11-03T00:00:00.000001Z"
    assert values(path) == ["1", "2", "7"]


def test_what_was_recorded_meanwhile_for_other_pairs_stops_nothing(path: Path) -> None:
    before = known(path, STOOD)
    path.write_bytes(OLD + line("churn"))
    after = known(path, {**STOOD, ("churn", PAIR[1]): ("2099" + AT[4:], "")})
    assert write(path, before=before, reread=lambda: after) == NOW


def test_a_log_that_was_not_there_and_is_now_is_read_again(path: Path) -> None:
    read_again: list[bool] = []

    def reread() -> LogState:
        read_again.append(True)
        return known(path)

    write(path, before=NEW, reread=reread)
    assert read_again == [True]


def test_a_failure_of_reading_again_records_nothing(path: Path) -> None:
    def reread() -> NoReturn:
        raise KpiError("git conflict markers")

    disk = FaultyDisk()
    with pytest.raises(KpiError, match="conflict"):
        write(path, disk=disk, before=NEW, reread=reread)
    assert (path.read_bytes(), disk.open_files) == (OLD, set())


def test_very_much_is_put_behind_the_log_by_one_rename(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "MANY", 0)
    log = path.parent / "real" / "other.jsonl"
    log.parent.mkdir()
    path.rename(log)
    path.symlink_to(log)
    log.chmod(0o640)
    before, state = log.stat(), known(path)
    append(str(path), path.name, Write([record(value=2)], state, never, is_final=True))
    assert [each.value for each in read(path)[0]] == ["1", "2"]
    assert path.is_symlink()
    assert log.stat().st_ino != before.st_ino
    assert log.stat().st_mode == before.st_mode
    assert os.listdir(log.parent) == ["other.jsonl"]


def test_without_a_temporary_folder_nothing_of_very_much_is_recorded(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "MANY", 0)
    monkeypatch.setattr(tempfile, "tempdir", str(path.parent / "none"))
    with pytest.raises(KpiError, match="nothing recorded: No such file"):
        append(str(path), path.name, Write([record()], known(path), never, is_final=True))
    assert path.read_bytes() == OLD
