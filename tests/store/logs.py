"""Logs for tests: sound lines, a disk that records and fails, and what a reading says."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

from kpicli.model.actual import Line, Record
from kpicli.model.period import read_period
from kpicli.store.disk import Disk
from kpicli.store.line import write_line
from kpicli.store.log import Reading

AT = "2026-11-02T08:15:30.123456Z"


def record(kpi: str = "mrr", period: str = "2026-10", value: int | None = 5, **more: Any) -> Record:
    """A record with what does not matter filled in."""
    number = None if value is None else Decimal(value)
    return Record(kpi, read_period(period), number, more.pop("at", AT), **more)


def line(*words: Any, **more: Any) -> bytes:
    """Its line, sealed, with its end."""
    return write_line(record(*words, **more))[0]


def read(path: Path, disk: Disk | None = None) -> tuple[list[Line], Reading]:
    """What a log says, and the reading for its damages and warnings."""
    reading = Reading(str(path), path.name, disk=disk or Disk())
    return list(reading.lines()), reading


class FaultyDisk(Disk):
    """The real disk; it keeps a list of the calls, and each call can be made to go wrong.

    `faults` maps a call's name to what is done instead of it, the n-th time if it is `name:n`.
    Time is what the test says it is.
    """

    def __init__(self, **faults: Callable[..., Any]) -> None:
        self.faults = {name.replace("__", ":"): fault for name, fault in faults.items()}
        self.calls: list[str] = []
        self.clock = 0.0
        self.open_files: set[int] = set()
        self.waiting: list[Callable[[], object]] = []

    def _do(self, name: str, *arguments: Any) -> Any:
        self.calls.append(name)
        numbered = f"{name}:{self.calls.count(name)}"
        fault = self.faults.get(numbered) or self.faults.get(name)
        return (fault or getattr(super(), name))(*arguments)

    def open(self, path: str, flags: int, mode: int = 0o600) -> int:
        """As the real one, and known to be open."""
        descriptor = int(self._do("open", path, flags, mode))
        self.open_files.add(descriptor)
        return descriptor

    def close(self, descriptor: int) -> None:
        """As the real one; the descriptor is given back whatever it says."""
        self.open_files.discard(descriptor)
        self._do("close", descriptor)

    def status(self, descriptor: int) -> Any:
        """As the real one."""
        return self._do("status", descriptor)

    def status_of(self, path: str) -> Any:
        """As the real one."""
        return self._do("status_of", path)

    def read(self, descriptor: int, size: int, offset: int) -> bytes:
        """As the real one."""
        return bytes(self._do("read", descriptor, size, offset))

    def write(self, descriptor: int, line: bytes) -> int:
        """As the real one."""
        return int(self._do("write", descriptor, line))

    def sync(self, descriptor: int) -> None:
        """As the real one."""
        self._do("sync", descriptor)

    def cut(self, descriptor: int, size: int) -> None:
        """As the real one."""
        self._do("cut", descriptor, size)

    def lock(self, descriptor: int) -> bool:
        """As the real one."""
        return bool(self._do("lock", descriptor))

    def microseconds(self) -> int:
        """A second past `AT`."""
        return 1_793_607_331_123_456

    def elapsed(self) -> float:
        """What was waited for."""
        return self.clock

    def wait(self, seconds: float) -> None:
        """No time at all; what is `waiting` is done instead, one at a time."""
        self.clock += seconds
        if self.waiting:
            self.waiting.pop(0)()
