"""A signal in the middle of a write waits until the write is whole and durable, or taken back."""

import errno
import os
import signal
import stat
from pathlib import Path
from threading import Thread

import pytest

from kpicli.errors import KpiError
from kpicli.store.disk import Disk
from kpicli.store.log.append import LogState, Write, append
from tests.store.logs import read, record


class Interrupted(Disk):
    """Ctrl-C comes as soon as the line is written."""

    def write(self, descriptor: int, lines: bytes | bytearray) -> int:
        written = super().write(descriptor, lines)
        os.kill(os.getpid(), signal.SIGINT)
        return written


class InterruptedAndBroken(Interrupted):
    """And then the disk does not take the line; the folder of the new log it did."""

    def sync(self, descriptor: int) -> None:
        if stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EIO, os.strerror(errno.EIO))


def append_to(path: Path, disk: Disk) -> None:
    path.write_bytes(b"")
    found = path.stat()
    known = LogState((found.st_dev, found.st_ino, 0), {})
    append(
        str(path), path.name, Write([record(value=7)], known, lambda: known, is_final=True), disk
    )


def test_a_line_that_was_written_is_synced_first(tmp_path: Path) -> None:
    path = tmp_path / "kpis.jsonl"
    with pytest.raises(KeyboardInterrupt):
        append_to(path, Interrupted())
    assert [found.value for found in read(path)[0]] == ["7"]


def test_a_line_that_failed_is_taken_back_first(tmp_path: Path) -> None:
    path = tmp_path / "kpis.jsonl"
    with pytest.raises((KeyboardInterrupt, KpiError)):
        append_to(path, InterruptedAndBroken())
    assert path.read_bytes() == b""


def test_signals_come_through_again_afterwards(tmp_path: Path) -> None:
    before = signal.getsignal(signal.SIGINT)
    append_to(tmp_path / "kpis.jsonl", Disk())
    assert signal.getsignal(signal.SIGINT) is before


def test_another_thread_appends_as_well(tmp_path: Path) -> None:
    path = tmp_path / "kpis.jsonl"
    thread = Thread(target=append_to, args=(path, Disk()))
    thread.start()
    thread.join()
    assert [found.value for found in read(path)[0]] == ["7"]
