"""Logs as years of use, merges, editors and disks leave them, one change after another."""

import os
from collections.abc import Callable
from pathlib import Path
from random import Random

from kpicli.model.record import NOTE_ID
from tests.store.logs import line

KPIS = ("mrr", "churn", "orders", "turnover", "gone")
"""One of them had another id before, and one is not defined any more."""

BOARD = """\
{log}[kpis.mrr]
target = "500 kr"
rollup = "sum"
[kpis.churn]
target = "<3%"
[kpis.orders]
formerly = ["turnover"]
frequency = "daily"
rollup = "sum"
[kpis.per_order]
formula = "mrr / orders"
"""
_PERIODS = (
    *(f"2026-{month:02}" for month in range(1, 11)),
    *(f"2026-{month:02}-{day:02}" for month in (8, 9, 10) for day in range(1, 28, 5)),
    *("2025-12", "2026-W40", "2026-Q3", "1900-01-01"),
)
_WRITERS = ("ana", "bo", "ã \\ ", "")


class History:
    """A log that changes; every change is what people, programs or a disk do to one."""

    def __init__(self, path: Path, seed: int) -> None:
        self.path = path
        self.random = Random(seed)  # noqa: S311 - what failed comes again

    def change(self) -> str:
        """Change the log in one way; says in which."""
        usual = self.random.random() < 0.6
        changes = _USUAL if usual or not self.path.exists() else _CHANGES
        change = self.random.choice(changes)
        change(self)
        return change.__name__

    @property
    def content(self) -> bytes:
        """What is in the log."""
        return self.path.read_bytes() if self.path.exists() else b""

    def record(self) -> None:
        """Some lines, at any time."""
        self._append(b"".join(self._line() for _ in range(self.random.randint(1, 9))))

    def write_many(self) -> None:
        """Many lines of one write."""
        at, by = self._at(), self.random.choice(_WRITERS)
        count = self.random.randint(10, 60)
        self._append(b"".join(self._line(at=at, by=by) for _ in range(count)))

    def double(self) -> None:
        """Lines that are there already, as a merge leaves them."""
        raws = self.content.splitlines(keepends=True)
        self._append(b"".join(self.random.choices(raws, k=min(len(raws), 5))))

    def edit(self) -> None:
        """Another byte somewhere, so that size and time stay as they were."""
        content = bytearray(self.content)
        if content:
            content[self.random.randrange(len(content))] ^= 1 << self.random.randrange(8)
        self._rewrite(content)

    def swap(self) -> None:
        """Two lines in each other's place, each still sound."""
        raws = self.content.splitlines(keepends=True)
        if len(raws) > 1:
            at = self.random.randrange(len(raws) - 1)
            raws[at : at + 2] = reversed(raws[at : at + 2])
        self._rewrite(b"".join(raws))

    def damage(self) -> None:
        """A line that is none, of any kind."""
        odd = (
            b"<<<<<<< x\n",
            b"{}\n",
            b"\n",
            b"\r\n",
            b"[" * 70_000 + b"\n",
            self._line()[:-9] + b"\n",
        )
        self._append(self.random.choice(odd) + self._line())

    def type_in(self) -> None:
        """A line from an editor: unsealed, or with an end of another system."""
        kpi, period = self.random.choice(KPIS), self.random.choice(_PERIODS)
        words = '{"kpi": "%s", "period": "%s", "value": %d, "at": "2026-10-02T08:15:30+02:00"}'
        typed = (words % (kpi, period, self.random.randint(1, 9))).encode()
        self._append(self.random.choice((typed + b"\n", self._line()[:-1] + b"\r\n")))

    def tear(self) -> None:
        """What an interrupted write leaves, or an editor without the last line end."""
        torn = (self._line()[:-30], b"\0" * 9, self._line()[:-1], b"x")
        self._append(self.random.choice(torn))

    def cut(self) -> None:
        """The end is missing."""
        content = self.content
        self._rewrite(content[: self.random.randint(0, len(content))])

    def replace(self) -> None:
        """Another file in its place, of the same length or not."""
        raws = self.content.splitlines(keepends=True)
        self.random.shuffle(raws)
        new = self.path.with_name("new")
        new.write_bytes(b"".join(raws[self.random.randint(0, 1) :]))
        new.rename(self.path)

    def mark(self) -> None:
        """A byte order mark in front, or none any more."""
        mark, content = b"\xef\xbb\xbf", self.content
        self._rewrite(content[3:] if content.startswith(mark) else mark + content)

    def _append(self, content: bytes) -> None:
        with self.path.open("ab") as file:
            file.write(content)

    def _rewrite(self, content: bytes | bytearray) -> None:
        """In the very file, which shows no new time."""
        self.path.touch()
        status = self.path.stat()
        with self.path.open("r+b") as file:
            file.write(content)
            file.truncate(len(content))
        os.utime(self.path, ns=(status.st_atime_ns, status.st_mtime_ns))

    def _line(self, **more: str) -> bytes:
        random = self.random
        kpi, period = random.choice(KPIS), random.choice(_PERIODS)
        value = random.choice((None, random.randint(1, 999), random.randint(1, 999)))
        words = {"at": self._at(), "by": random.choice(_WRITERS), **more}
        words["note"] = random.choice(("", "", "a", 'é "b" \u2028'))
        if random.random() < 0.1:
            return line(NOTE_ID, period, None, about=kpi, **words)
        words["unit"] = random.choice(("", "", "kr", "h"))
        return line(kpi, period, value, skip=value is None and random.random() < 0.2, **words)

    def _at(self) -> str:
        """Clocks jump, and some stand still."""
        day, hour = self.random.randint(1, 28), self.random.randint(0, 3)
        return f"2026-10-{day:02}T0{hour}:00:00.000000Z"


_USUAL: tuple[Callable[[History], None], ...] = (History.record, History.record, History.write_many)
_CHANGES = (
    *(History.double, History.edit, History.swap, History.damage, History.type_in),
    *(History.tear, History.cut, History.replace, History.mark),
)
