"""Logs for tests: sound lines, a disk that records and fails, and what a reading says."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

from kpicli.model.log_issue import IssueKind
from kpicli.model.period import read_period
from kpicli.model.record import LogLine, Record
from kpicli.store.disk import Disk
from kpicli.store.log import Log
from kpicli.store.log.codec import write_line
from kpicli.store.log.read import LogFile

AT = "2026-11-02T08:15:30.123456Z"
NOW = "2026-11-02T08:15:31.123456Z"
"""What the clock of a disk for tests says; `AT` is a second before."""
CLOCK = 1_793_607_331_123_456
"""The same in microseconds since 1970."""


def record(kpi: str = "mrr", period: str = "2026-10", value: int | None = 5, **more: Any) -> Record:
    """A record with what does not matter filled in."""
    number = None if value is None else Decimal(value)
    return Record(kpi, read_period(period), number, more.pop("at", AT), **more)


def line(*words: Any, **more: Any) -> bytes:
    """Its line, sealed, with its end."""
    return write_line(record(*words, **more))[0]


def read(path: Path, disk: Disk | None = None) -> tuple[list[LogLine], LogFile]:
    """What a log says, and the reading for its damages and warnings."""
    reading = LogFile(str(path), path.name, disk=disk or Disk())
    return list(reading.lines()), reading


def warnings(log: Log) -> list[str]:
    """What was ignored, and no fault."""
    return [str(issue) for issue in log.issues if issue.kind.is_warning]


def has_conflict(log: Log) -> bool:
    """Whether there are markers of git."""
    return any(issue.kind is IssueKind.CONFLICT for issue in log.issues)


class FaultyDisk(Disk):
    """The real disk, or the one `beneath`; it lists the calls, and each can be made to go wrong.

    `faults` maps a call's name to what is done instead of it: the n-th time if it is `name:n`, from
    then on for ever if it is `name:n+`. Time is what the test says it is.
    """

    def __init__(self, beneath: Disk | None = None, /, **faults: Callable[..., Any]) -> None:
        self.beneath = beneath or Disk()
        self.faults = {name.replace("__", ":"): fault for name, fault in faults.items()}
        self.calls: list[str] = []
        self.clock = 0.0
        self.open_files: set[int] = set()
        self.waiting: list[Callable[[], object]] = []

    def _do(self, name: str, *arguments: Any) -> Any:
        self.calls.append(name)
        if not any(key.partition(":")[0] == name for key in self.faults):
            return getattr(self.beneath, name)(*arguments)
        count = self.calls.count(name)
        keys = [f"{name}:{count}", *(f"{name}:{past}+" for past in range(1, count + 1)), name]
        faults = (self.faults[key] for key in keys if key in self.faults)
        return next(faults, getattr(self.beneath, name))(*arguments)

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

    def write(self, descriptor: int, lines: bytes | bytearray) -> int:
        """As the real one."""
        return int(self._do("write", descriptor, lines))

    def sync(self, descriptor: int) -> None:
        """As the real one."""
        self._do("sync", descriptor)

    def cut(self, descriptor: int, size: int) -> None:
        """As the real one."""
        self._do("cut", descriptor, size)

    def names(self, path: str) -> list[str]:
        """As the real one."""
        return list(self._do("names", path))

    def make_folder(self, path: str, mode: int) -> None:
        """As the real one."""
        self._do("make_folder", path, mode)

    def unlink(self, path: str) -> None:
        """As the real one."""
        self._do("unlink", path)

    def rename(self, old: str, new: str) -> None:
        """As the real one."""
        self._do("rename", old, new)

    def set_mode(self, descriptor: int, mode: int) -> None:
        """As the real one."""
        self._do("set_mode", descriptor, mode)

    def set_owner(self, descriptor: int, user: int, group: int) -> None:
        """As the real one."""
        self._do("set_owner", descriptor, user, group)

    def unlock(self, descriptor: int) -> None:
        """As the real one."""
        self._do("unlock", descriptor)

    def attributes(self, descriptor: int) -> dict[str, bytes]:
        """As the real one."""
        return dict(self._do("attributes", descriptor))

    def set_attribute(self, descriptor: int, name: str, value: bytes) -> None:
        """As the real one."""
        self._do("set_attribute", descriptor, name, value)

    def remove_attribute(self, descriptor: int, name: str) -> None:
        """As the real one."""
        self._do("remove_attribute", descriptor, name)

    def lock(self, descriptor: int) -> bool:
        """As the real one."""
        return bool(self._do("lock", descriptor))

    def microseconds(self) -> int:
        """What `NOW` says."""
        return CLOCK

    def elapsed(self) -> float:
        """What was waited for."""
        return self.clock

    def wait(self, seconds: float) -> None:
        """No time at all; what is `waiting` is done instead, one at a time."""
        self.clock += seconds
        if self.waiting:
            self.waiting.pop(0)()
