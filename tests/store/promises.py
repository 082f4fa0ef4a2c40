"""What must hold after an append, whatever went wrong: the log, and what was said about it."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import pytest

from kpicli.errors import Exit, KpiError
from kpicli.model.record import NOTE_ID, LogLine, Record
from kpicli.services.load import damages_of
from kpicli.store.disk import Disk
from kpicli.store.log import append as writing
from kpicli.store.log import read
from kpicli.store.log.append import LogState, Write, append
from kpicli.store.log.codec import write_line
from kpicli.store.log.read import LogFile
from tests.store.logs import NOW, line, record, warnings
from tests.store.simulated import LOG, Crash, Simulated

if TYPE_CHECKING:
    from kpicli.model.period import Period

EARLIER = "2026-10-02T08:15:30.123456Z"
OLD = line(value=1, at=EARLIER)
OLDER = line("churn", value=2, at=EARLIER, note="J*")
ONE = (record(value=7),)
SEVERAL = (record(value=7), record("churn", value=None), record("orders", value=3, note="é"))


class Outcome(StrEnum):
    """What the writer was told, if it lived to hear it."""

    RECORDED = "recorded"
    NOTHING = "nothing recorded"
    UNKNOWN = "outcome unknown"
    CRASHED = "crashed"


class Append(NamedTuple):
    """A log before an append, and what is appended; it is read again where it is not `fresh`."""

    content: bytes | None
    drafts: tuple[Record, ...] = ONE
    sealed: bytes = b""
    is_fresh: bool = True
    sector: int = 32
    is_much: bool = False

    @property
    def old(self) -> bytes:
        return self.content or b""

    @property
    def added(self) -> bytes:
        """The bytes that it adds, and no other."""
        lines = b"".join(write_line(draft._replace(at=NOW))[0] for draft in self.drafts)
        return b"\n" * (not self.old.endswith(b"\n") and self.old != b"") + self.sealed + lines

    def disk(self) -> Simulated:
        """A disk that holds the log, all of it durable."""
        return Simulated({} if self.content is None else {LOG: self.content}, self.sector)


APPENDS = {
    "to no log": Append(None),
    "to an empty log": Append(b""),
    "to a line": Append(OLD),
    "to a log that was read before it changed": Append(OLD + OLDER, is_fresh=False),
    "to a torn line": Append(OLD + OLDER[:40]),
    "to a torn line at the start": Append(OLD[:-20]),
    "to a line whose end is missing": Append(OLDER + OLD[:-1]),
    "to half of a line end": Append(OLD[:-1] + b"\r"),
    "to zeros": Append(OLD + b"\0" * 40),
    "to a damaged line": Append(OLD.replace(b"1,", b"2,") + OLDER),
    "of several to no log": Append(None, SEVERAL, sector=64),
    "of several to a line": Append(OLD, SEVERAL, sector=64),
    "of several to a torn line": Append(OLD + OLDER[:-9], SEVERAL, sector=64),
    "of sealed lines to no log": Append(None, (), OLDER + OLD),
    "of sealed lines and one to a line": Append(OLD, ONE, OLDER, sector=64),
    "of very many to no log": Append(None, SEVERAL, sector=64, is_much=True),
    "of very many to a torn line": Append(OLD + OLDER[:-9], SEVERAL, sector=64, is_much=True),
    "of sealed lines and one to a torn line": Append(OLD[:30], ONE, OLDER, sector=64),
}
"""Every kind of log that an append may meet, and every kind of append."""

FEW = {"to no log", "to a torn line"}
SAMPLE = FEW | {"of sealed lines and one to a torn line", "of very many to a torn line"}
"""Those that are tried by default, and fewer where each takes seconds."""


def attempt(disk: Disk, given: Append) -> Outcome:
    """Append; anything raised but the failures that are promised goes through.

    Where readings remember, what they do is that of a log as it was given.
    """
    if CACHES:
        shutil.rmtree(CACHES[-1])
        os.mkdir(CACHES[-1], 0o700)
        read_all(given.disk())
    known = LogState((0, 0, 0), {})
    if given.is_fresh:
        known = LogState(None, {}) if given.content is None else known_of(given.disk())
    write = Write(given.drafts, known, lambda: known_of(disk), is_final=True, sealed=given.sealed)
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(writing, "MANY", 0 if given.is_much else writing.MANY)
            append(LOG, "kpis.jsonl", write, disk)
    except Crash:
        return Outcome.CRASHED
    except KpiError as error:
        return {Exit.CHECK_LOG: Outcome.UNKNOWN, Exit.UNUSABLE: Outcome.NOTHING}[error.code]
    return Outcome.RECORDED


def known_of(disk: Disk) -> LogState:
    """What a reading of the log knows."""
    lines, reading = read_all(disk)
    newest: dict[tuple[str, Period], tuple[str, str]] = {}
    for one in lines:
        found = one.record(one.kpi)
        pair = found.kpi, found.period
        newest[pair] = max(found.order, newest.get(pair, ("", "")))
    return LogState(reading.identity, newest)


_KPIS = ("mrr", "churn", "costs", "leads", "more", "orders", "visits", NOTE_ID)
ALL_OF_IT = dict.fromkeys(_KPIS, date.min)
"""All that was ever recorded of any KPI of these tests, as a reading is asked that remembers."""

CACHES: list[str] = []
"""Where readings remember what stood where; where there is none, they do not."""


def read_all(disk: Disk) -> tuple[list[LogLine], LogFile]:
    """The log of a simulated disk."""
    if not CACHES:
        reading = LogFile(LOG, "kpis.jsonl", disk)
        return list(reading.lines()), reading
    reading = LogFile(LOG, "kpis.jsonl", disk, cache=CACHES[-1])
    return list(reading.lines(ALL_OF_IT)), reading


def require(disk: Simulated, given: Append, outcome: Outcome) -> None:
    """What was said is true, and the log is sound."""
    content = disk.files.get(LOG, b"")
    if outcome is Outcome.RECORDED:
        assert content == given.old + given.added
    elif outcome is Outcome.NOTHING:
        assert content == given.old
    require_sound(disk, given)


def require_after_crash(disk: Simulated, given: Append, outcome: Outcome) -> int:
    """Whatever the medium kept: what was recorded is there, the log is sound; how many states."""
    count = 0
    for survivor in disk.after_crash():
        count += 1
        if outcome is Outcome.RECORDED:
            assert survivor.files.get(LOG) == given.old + given.added
        _require_sound_and_one_more(frozenset(survivor.files.items()), given)
    return count


@cache
def _require_sound_and_one_more(files: frozenset[tuple[str, bytes]], given: Append) -> None:
    """Of what different crashes leave alike, once."""
    survivor = Simulated(dict(files), given.sector)
    require_sound(survivor, given)
    require_one_more(survivor)


def require_sound(disk: Simulated, given: Append) -> None:
    """No old line is lost, none that was never written is read, and what is not read is named."""
    content = disk.files.get(LOG, b"")
    assert content.startswith(given.old)
    assert content or not given.content
    _require_lines(content, given)


@cache
def _require_lines(content: bytes, given: Append) -> None:
    lines, reading = read_all(Simulated({LOG: content}))
    before, added = _lines_of(given)
    assert {what(one) for one in lines} <= {what(one) for one in before + added}
    ended = before if not content[len(given.old) :] or given.old.endswith(b"\n") else before[:-1]
    assert [what(one) for one in lines[: len(ended)]] == [what(one) for one in ended]
    pieces = [piece for piece in content.split(b"\n") if piece.strip(b"\r \t")]
    assert len(pieces) == len(lines) + len(damages_of(reading)) + len(warnings(reading))


@cache
def _lines_of(given: Append) -> tuple[list[LogLine], list[LogLine]]:
    """Those of the log before, and those that are added."""
    return read_all(given.disk())[0], read_all(Simulated({LOG: given.added}))[0]


def what(one: LogLine) -> tuple[str, ...]:
    """What a line says; not its id, which what an older file left there may have cut off."""
    return one.kpi, one.period, one.at, one.value, one.by, one.note


def require_one_more(disk: Simulated) -> None:
    """One more append works, and changes nothing of what is there.

    Where there is something and not one record it is refused.
    """
    content = disk.files.get(LOG, b"")
    before, _ = read_all(disk)
    more = Append(content, (record("more", value=9),), is_fresh=False)
    outcome = attempt(disk, more)
    if outcome is Outcome.NOTHING and content.strip():
        assert (before, disk.files[LOG]) == ([], content)
        return
    assert outcome is Outcome.RECORDED
    after, _ = read_all(disk)
    assert disk.files[LOG].startswith(content)
    assert [what(one) for one in after[:-1]] == [what(one) for one in before]
    assert (after[-1].kpi, after[-1].value) == ("more", "9")
    assert disk.opened == set()


@contextmanager
def remembering(home: str) -> Iterator[None]:
    """What stood where is remembered of every log, however short, and used by every reading."""
    checks = _require_sound_and_one_more, _require_lines, _lines_of
    CACHES.append(home)
    for check in checks:
        check.cache_clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(read, "LONG_LOG", 0)
        try:
            yield
        finally:
            CACHES.pop()
            for check in checks:
                check.cache_clear()
