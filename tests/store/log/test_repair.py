"""Repairing a file of the log: what stays, what goes, and what is left where it fails."""

import errno
import os
import signal
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from kpicli.errors import Exit, KpiError, OutcomeUnknownError
from kpicli.model.log_issue import FileRepair
from kpicli.services.load import damages_of
from kpicli.store.disk import Disk
from kpicli.store.log import codec, lock
from kpicli.store.log.append import LogState, Write, append
from kpicli.store.log.repair import repair
from kpicli.store.log.replace import sweep
from tests.store.logs import FaultyDisk, line, read, record, warnings
from tests.tiers import examples

ONE, TWO, THREE = line(value=1), line(value=2), line("churn", "2026-W40", 3, note="å")
BAD = ONE.replace(b'"value":1', b'"value":9')
UNSEALED = b'{"kpi":"mrr","period":"2026-10","value":5,"at":"2026-11-02T08:15:30Z"}\n'
BOM = b"\xef\xbb\xbf"
STAMP = "20261102T081531Z"
LOG = "kpis.jsonl"
COPY = f"{LOG}.before-repair-{STAMP}"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / LOG


@pytest.fixture
def broken(path: Path) -> Path:
    """A log with something to do."""
    path.write_bytes(ONE + BAD + TWO)
    return path


def repaired(path: Path, disk: Disk | None = None, *, is_dry: bool = False) -> FileRepair:
    return repair(str(path), path.name, is_dry=is_dry, disk=disk or FaultyDisk())


def files(path: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in path.parent.iterdir()}


def fails(number: int) -> Callable[..., NoReturn]:
    def fail(*_: object) -> NoReturn:
        raise OSError(number, os.strerror(number))

    return fail


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(ONE + TWO, id="good lines"),
        pytest.param(ONE + b"\n \t\n" + TWO + b"\r\n", id="empty lines"),
        pytest.param((ONE + TWO).replace(b"\n", b"\r\n"), id="line ends of Windows"),
        pytest.param(UNSEALED, id="an unsealed line"),
    ],
)
def test_where_nothing_is_to_be_done_nothing_is(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    before = path.stat()
    disk = FaultyDisk()
    done = repaired(path, disk)
    assert not done.is_changed
    assert (done.kept, done.copy) == (sum(b"kpi" in one for one in content.split(b"\n")), "")
    assert files(path) == {LOG: content}
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert disk.open_files == set()


def test_a_log_that_is_not_there_is_not_made(path: Path) -> None:
    assert repaired(path) == FileRepair(LOG)
    assert files(path) == {}


SIDES = b"<<<<<<< HEAD\n" + ONE + b"||||||| base\r\n" + THREE + b"=======\n" + TWO + b">>>>>>> x\n"


@pytest.mark.parametrize(
    ("content", "good", "done"),
    [
        pytest.param(ONE + BAD + TWO, ONE + TWO, FileRepair(LOG, 2, damaged=1), id="damage"),
        pytest.param(BAD, b"", FileRepair(LOG, damaged=1), id="damage and nothing else"),
        pytest.param(
            ONE + TWO[:-1] + b"\r\n" + ONE + TWO,
            ONE + TWO[:-1] + b"\r\n",
            FileRepair(LOG, 2, duplicates=2),
            id="duplicates, the first as it was",
        ),
        pytest.param(UNSEALED * 2, UNSEALED, FileRepair(LOG, 1, 1), id="unsealed duplicates"),
        pytest.param(SIDES, ONE + THREE + TWO, FileRepair(LOG, 3, markers=4), id="git's markers"),
        pytest.param(
            b"<<<<<<< HEAD\n" + ONE + b"=======\n" + ONE + b">>>>>>> x\n",
            ONE,
            FileRepair(LOG, 1, 1, 3),
            id="git's markers around the same record",
        ),
        pytest.param(
            ONE + b"<<<<<<<\n" + TWO + b"=" * 9 + b"\n" + b">" * 9 + b" x\n",
            ONE + TWO,
            FileRepair(LOG, 2, markers=3),
            id="bare and longer markers",
        ),
        pytest.param(
            ONE + b">>>>>>>", ONE, FileRepair(LOG, 1, markers=1), id="a marker without its end"
        ),
        pytest.param(ONE + TWO[:30], ONE, FileRepair(LOG, 1, torn=1), id="a torn last line"),
        pytest.param(
            ONE + b" ",
            ONE + b" \n",
            FileRepair(LOG, 1, is_ended=True),
            id="a space without its end",
        ),
        pytest.param(ONE + bytes(5000), ONE, FileRepair(LOG, 1, torn=1), id="zeros at the end"),
        pytest.param(ONE[:-1], ONE, FileRepair(LOG, 1, is_ended=True), id="no last line end"),
        pytest.param(
            ONE[:-1] + b"\r",
            ONE[:-1] + b"\r\n",
            FileRepair(LOG, 1, is_ended=True),
            id="half an end",
        ),
        pytest.param(ONE + ONE[:-1], ONE, FileRepair(LOG, 1, 1), id="a duplicate without its end"),
        pytest.param(BOM + ONE, ONE, FileRepair(LOG, 1, has_mark=True), id="a byte order mark"),
        pytest.param(BOM, b"", FileRepair(LOG, has_mark=True), id="a mark and nothing else"),
        pytest.param(
            BOM + BAD + ONE,
            ONE,
            FileRepair(LOG, 1, damaged=1, has_mark=True),
            id="damage behind it",
        ),
        pytest.param(
            ONE + b"[" * 200_000 + b"\n" + TWO,
            ONE + TWO,
            FileRepair(LOG, 2, damaged=1),
            id="a line too long",
        ),
        pytest.param(
            ONE + b"\n\r\n" + BAD + b"\n",
            ONE + b"\n\r\n\n",
            FileRepair(LOG, 1, damaged=1),
            id="gaps",
        ),
    ],
)
def test_good_lines_stay_as_they_are_and_the_original_is_kept(
    path: Path, content: bytes, good: bytes, done: FileRepair
) -> None:
    path.write_bytes(content)
    disk = FaultyDisk()
    assert repaired(path, disk) == done._replace(copy=COPY)
    assert files(path) == {LOG: good, COPY: content}
    assert disk.open_files == set()
    assert not repaired(path).is_changed
    assert files(path) == {LOG: good, COPY: content}


@pytest.mark.parametrize("size", [1, 7, 100, 1000], ids=lambda size: f"blocks of {size}")
def test_a_log_is_repaired_block_by_block(
    path: Path, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = b"[" * (70_000 if size > 99 else 7) + b"\n"
    content = BOM + BAD + ONE + b"\n" + SIDES + bad + TWO + UNSEALED[:-1]
    path.write_bytes(content)
    monkeypatch.setattr(codec, "_CHUNK", size)
    monkeypatch.setattr(lock, "_CHUNK", size)
    done = repaired(path)
    assert done == FileRepair(LOG, 4, 2, 4, 2, 0, has_mark=True, is_ended=True, copy=COPY)
    assert files(path) == {LOG: ONE + b"\n" + THREE + TWO + UNSEALED, COPY: content}


@pytest.mark.parametrize("is_dry", [False, True], ids=["done", "a dry run"])
def test_what_is_known_from_elsewhere_goes_and_what_stays_is_known(
    tmp_path: Path, *, is_dry: bool
) -> None:
    known: set[int] = set()
    wanted = {
        "ana.jsonl": (ONE + TWO, FileRepair("ana.jsonl", 2)),
        "bob.jsonl": (ONE + THREE + ONE, FileRepair("bob.jsonl", 1, 2)),
        "cyn.jsonl": (THREE + TWO[:-1], FileRepair("cyn.jsonl", 0, 2)),
    }
    for name, (content, done) in wanted.items():
        path = tmp_path / name
        path.write_bytes(content)
        found = repair(str(path), name, ids=known, is_dry=is_dry, disk=FaultyDisk())
        assert found._replace(copy="") == done
    if not is_dry:
        now = [(tmp_path / name).read_bytes() for name in wanted]
        assert now == [ONE + TWO, THREE, b""]


def test_a_dry_run_says_the_same_and_takes_no_lock(broken: Path) -> None:
    before, disk = files(broken), FaultyDisk()
    assert repaired(broken, disk, is_dry=True) == FileRepair(LOG, 2, damaged=1)
    assert files(broken) == before
    assert {"lock", "write", "rename"} & set(disk.calls) == set()
    assert disk.open_files == set()


def test_a_copy_never_replaces_another(broken: Path) -> None:
    content = broken.read_bytes()
    for name in (COPY, f"{COPY}-2"):
        (broken.parent / name).write_text("older")
    assert repaired(broken).copy == f"{COPY}-3"
    assert files(broken) == {
        LOG: ONE + TWO,
        COPY: b"older",
        f"{COPY}-2": b"older",
        f"{COPY}-3": content,
    }


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664], ids=oct)
def test_log_and_copy_have_the_mode_that_it_had(broken: Path, mode: int) -> None:
    broken.chmod(mode)
    copy = broken.parent / repaired(broken).copy
    assert [stat.S_IMODE(file.stat().st_mode) for file in (broken, copy)] == [mode, mode]


class Foreign(FaultyDisk):
    """A disk on which new files belong to a group, and can't be given to that of the log."""

    def __init__(self) -> None:
        super().__init__(set_owner=fails(errno.EPERM))
        self.made: set[int] = set()
        self.modes: list[int] = []

    def open(self, path: str, flags: int, mode: int = 0o600) -> int:
        descriptor = super().open(path, flags, mode)
        self.made |= {descriptor} if flags & os.O_EXCL else set()
        return descriptor

    def status(self, descriptor: int) -> Any:
        found = super().status(descriptor)
        other = os.stat_result((*found[:4], found.st_uid + 1, found.st_gid + 1, *found[6:]))
        return other if descriptor in self.made else found

    def set_mode(self, descriptor: int, mode: int) -> None:
        self.modes.append(mode)
        super().set_mode(descriptor, mode)


def test_another_group_is_given_no_rights(broken: Path) -> None:
    broken.chmod(0o664)
    disk = Foreign()
    repaired(broken, disk)
    assert disk.modes == [0o604, 0o604]


def test_of_a_link_the_target_is_repaired(broken: Path, tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    link = folder / LOG
    link.symlink_to(broken)
    done = repaired(link)
    assert done.copy == str(tmp_path / COPY)
    assert link.is_symlink()
    assert (broken.read_bytes(), len(list(folder.iterdir()))) == (ONE + TWO, 1)


def test_everything_is_durable_before_it_is_relied_upon(broken: Path) -> None:
    disk = FaultyDisk()
    repaired(broken, disk)
    calls = [name for name in disk.calls if name in {"lock", "write", "sync", "rename"}]
    copied, written = ["write", "sync"], ["write", "sync"]
    assert calls == ["lock", *copied, *written, "lock", "sync", "rename", "sync"]


def test_a_short_write_goes_on_where_it_stopped(broken: Path) -> None:
    content = broken.read_bytes()
    disk = FaultyDisk(write=lambda descriptor, given: os.write(descriptor, given[:7]))
    repaired(broken, disk)
    assert files(broken) == {LOG: ONE + TWO, COPY: content}


def test_a_short_read_goes_on_where_it_stopped(broken: Path) -> None:
    content = broken.read_bytes()
    disk = FaultyDisk(read=lambda descriptor, _, offset: os.pread(descriptor, 7, offset))
    repaired(broken, disk)
    assert files(broken) == {LOG: ONE + TWO, COPY: content}


@pytest.mark.parametrize(
    "call",
    [
        *("open:1", "open:2", "open:3", "open:4", "open:5", "status:1", "status:4", "status_of"),
        *("read", "lock:1", "lock:2", "write:1", "write:2", "sync:1", "sync:2", "sync:3"),
        *("set_mode:1", "set_mode:2", "open:3+", "sync:3+", "write:2+"),
    ],
)
def test_where_a_call_fails_the_log_is_what_it_was(broken: Path, call: str) -> None:
    before = files(broken)
    disk = FaultyDisk(**{call.replace(":", "__"): fails(errno.EIO)})
    with pytest.raises(KpiError) as caught:
        repaired(broken, disk)
    assert caught.value.code is Exit.UNUSABLE
    assert "Input/output error" in caught.value.message
    assert files(broken) == before
    assert disk.open_files == set()


def test_nothing_written_is_no_endless_loop(broken: Path) -> None:
    before = files(broken)
    with pytest.raises(KpiError, match="nothing repaired: No space left on device"):
        repaired(broken, FaultyDisk(write=lambda *_: 0))
    assert files(broken) == before


def test_where_the_change_of_names_fails_the_copy_is_left(broken: Path) -> None:
    content = broken.read_bytes()
    disk = FaultyDisk(rename=fails(errno.EIO))
    with pytest.raises(KpiError, match="nothing repaired: Input/output error"):
        repaired(broken, disk)
    assert files(broken) == {LOG: content, COPY: content}
    assert disk.open_files == set()


def test_a_change_that_is_not_durable_is_taken_back(broken: Path) -> None:
    before = files(broken)
    disk = FaultyDisk(sync__4=fails(errno.EIO))
    with pytest.raises(KpiError, match="nothing repaired: Input/output error") as caught:
        repaired(broken, disk)
    assert caught.value.code is Exit.UNUSABLE
    assert files(broken) == before
    assert disk.open_files == set()


def test_what_can_neither_be_kept_nor_taken_back_is_said(broken: Path) -> None:
    content = broken.read_bytes()
    disk = FaultyDisk(sync__4=fails(errno.EIO), rename__2=fails(errno.EIO))
    with pytest.raises(OutcomeUnknownError, match="outcome unknown") as caught:
        repaired(broken, disk)
    assert COPY in caught.value.hint
    assert files(broken) == {LOG: ONE + TWO, COPY: content}
    assert disk.open_files == set()


def test_what_an_editor_saves_meanwhile_is_not_replaced(broken: Path) -> None:
    def edited(descriptor: int) -> None:
        os.fsync(descriptor)
        broken.write_bytes(THREE)

    with pytest.raises(KpiError, match="another program changed the log in the meantime"):
        repaired(broken, FaultyDisk(sync__1=edited))
    assert files(broken) == {LOG: THREE}


NEW = LogState(None, {})


def test_a_writer_that_waited_appends_to_the_repaired_log(broken: Path) -> None:
    def late(descriptor: int) -> bool:
        repaired(broken)
        return Disk().lock(descriptor)

    append(
        str(broken),
        LOG,
        Write([record("more", value=7)], NEW, lambda: NEW, is_final=True),
        FaultyDisk(lock__1=late),
    )
    lines, reading = read(broken)
    assert [found.value for found in lines] == ["1", "2", "7"]
    assert damages_of(reading) == []


def test_a_writer_waits_until_the_change_is_durable(broken: Path) -> None:
    taken = []

    def tried(descriptor: int) -> None:
        other = os.open(broken, os.O_RDWR)
        taken.append(Disk().lock(other))
        os.close(other)
        os.fsync(descriptor)

    repaired(broken, FaultyDisk(sync__4=tried))
    assert taken == [False]


def test_a_signal_waits_until_the_change_is_durable(broken: Path) -> None:
    content = broken.read_bytes()

    def signalled(old: str, new: str) -> None:
        os.rename(old, new)
        signal.raise_signal(signal.SIGINT)

    disk = FaultyDisk(rename=signalled)
    with pytest.raises(KeyboardInterrupt):
        repaired(broken, disk)
    assert disk.calls.count("sync") == 4
    assert files(broken) == {LOG: ONE + TWO, COPY: content}
    assert disk.open_files == set()


def test_a_busy_log_is_not_repaired(broken: Path) -> None:
    before = files(broken)
    with pytest.raises(KpiError, match="busy: another kpi is writing; nothing repaired"):
        repaired(broken, FaultyDisk(lock=lambda _: False))
    assert files(broken) == before


OLD, YOUNG = 1_793_607_331 - 3601, 1_793_607_331 - 3599


@pytest.mark.parametrize(
    ("name", "at", "is_swept"),
    [
        pytest.param(".kpi-0a1b.tmp", OLD, True, id="left an hour ago"),
        pytest.param(".kpi-0a1b.tmp", YOUNG, False, id="perhaps still being written"),
        pytest.param(".kpi-0a1b", OLD, False, id="another ending"),
        pytest.param("kpi-0a1b.tmp", OLD, False, id="somebody else's"),
    ],
)
def test_what_a_killed_process_left_is_swept(
    tmp_path: Path, name: str, at: int, *, is_swept: bool
) -> None:
    (tmp_path / name).touch()
    os.utime(tmp_path / name, (at, at))
    wanted = (name,) if is_swept else ()
    assert sweep(str(tmp_path), is_dry=True, disk=FaultyDisk()) == wanted
    assert (tmp_path / name).exists()
    assert sweep(str(tmp_path), disk=FaultyDisk()) == wanted
    assert (tmp_path / name).exists() is not is_swept


def test_a_folder_is_never_swept(tmp_path: Path) -> None:
    (tmp_path / ".kpi-x.tmp").mkdir()
    os.utime(tmp_path / ".kpi-x.tmp", (OLD, OLD))
    assert sweep(str(tmp_path), is_dry=True, disk=FaultyDisk()) == ()
    assert sweep(str(tmp_path), disk=FaultyDisk()) == ()


@pytest.mark.parametrize("call", ["names", "status_of", "unlink"])
def test_what_can_not_be_swept_is_left(tmp_path: Path, call: str) -> None:
    (tmp_path / ".kpi-x.tmp").touch()
    os.utime(tmp_path / ".kpi-x.tmp", (OLD, OLD))
    assert sweep(str(tmp_path), disk=FaultyDisk(**{call: fails(errno.EACCES)})) == ()
    assert (tmp_path / ".kpi-x.tmp").exists()


PIECES = [
    ONE,
    TWO,
    THREE,
    BAD,
    UNSEALED,
    BOM,
    b"=======\n",
    b"<<<<<<< a\r\n",
    b"\n",
    b"\r",
    b" ",
    b"{",
]


def contents() -> Iterator[st.SearchStrategy[bytes]]:
    yield st.binary(max_size=80)
    yield st.lists(st.sampled_from(PIECES)).map(b"".join)


def ids(path: Path) -> tuple[set[str], Any]:
    lines, reading = read(path)
    return {found.id for found in lines}, reading


@examples(150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(*contents()))
def test_whatever_stands_in_it_every_record_stays_and_no_fault_does(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / LOG
    path.write_bytes(content)
    before, _ = ids(path)
    try:
        done = repaired(path)
    except KpiError:  # where there is no record it is not kpi's own
        assert (before, path.read_bytes()) == (set(), content)
        return
    after, reading = ids(path)
    assert after == before
    assert (done.kept, damages_of(reading), warnings(reading)) == (len(before), [], [])
    good = path.read_bytes()
    assert not repaired(path).is_changed
    assert path.read_bytes() == good
    if done.copy:
        (tmp_path / done.copy).unlink()
