"""The seals of many lines at once: as much of each as is needed to pass it over, or on."""

import re
from array import array
from binascii import hexlify
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from functools import cache
from itertools import compress, count
from operator import ge
from typing import Any

from kpicli.errors import NotationError
from kpicli.model.calendar import PLAIN
from kpicli.model.period import recorded_period
from kpicli.noun import NamedTuple
from kpicli.store.log.codec import quick
from kpicli.store.log.seal import Hash

_Column = list[Any]


class Seals(NamedTuple):
    """What stands in each of many lines, column by column: `None` in one that is not as kpi writes.

    That one stands in `others`. The `texts` are what the ids were made of. Instants and writers are
    there if they were asked for; a writer is `None` too where nobody is named.
    """

    ids: _Column
    texts: _Column
    kpis: _Column
    periods: _Column
    others: _Column
    instants: _Column
    writers: _Column

    def raw(self, place: int) -> bytes:
        """The line itself."""
        id = self.ids[place]
        line: bytes = b'{"id":"%b",%b' % (id, self.texts[place]) if id else self.others[place]
        return line

    def distrust(self, place: int) -> None:
        """Believe nothing of a line."""
        raw = self.raw(place)
        for column in filter(None, self):
            column[place] = None
        self.others[place] = raw

    def lengths(self) -> list[int]:
        """The bytes of each line."""
        lines = zip(self.texts, self.others, strict=True)
        return [_IN_FRONT + len(text) if text else len(other) for text, other in lines]


_IN_FRONT = len('{"id":"0123456789abcdef",')
_DAY, _LAST_DAY = r"(?:19|2[0-9])[0-9]{2}-[0-9]{2}-[0-9]{2}", date.max.toordinal()
_STRIDE = 4  # numbers of 8 bytes in a hash, the first of which is the id


def seals(block: bytes, hashed: Hash, *, has_writes: bool = True) -> Seals:
    """What stands in each of many lines, which has been held against its id."""
    pieces, count = _every(has_writes)(block), 7 if has_writes else 5
    ids, texts, kpis, periods, *writes, others = (
        pieces[at :: count + 1] for at in range(1, count + 1)
    )
    every = Seals(ids, texts, kpis, periods, others, *(writes or ([], [])))
    if not _is_text(block) or not _are_right(every.ids, every.texts, hashed):
        for place, id in enumerate(every.ids):
            text = every.texts[place : place + 1]
            if id and not (_is_text(id + text[0]) and _are_right([id], text, hashed)):
                every.distrust(place)
    return every


@cache
def _every(has_writes: bool) -> Callable[[bytes], list[Any]]:  # noqa: FBT001 - it is what is cached
    """All columns in turn, one piece between two lines, in less time than a tuple a line takes."""
    pattern = quick("(" if has_writes else "(?:")
    return re.compile(rb"^(?:%b|(.*))$" % pattern.encode(), re.MULTILINE).split


def _is_text(content: bytes) -> bool:
    try:
        return content.isascii() or bool(content.decode())
    except UnicodeDecodeError:
        return False


def _are_right(ids: _Column, texts: _Column, hashed: Hash) -> bool:
    """Whether each id is what its text makes."""
    digests: list[bytes] = []
    another, add = hashed(b"{").copy, digests.append  # a copy takes less time than a new one
    for text in filter(None, texts):
        whole = another()
        whole.update(text)
        add(whole.digest())
    return hexlify(array("Q", b"".join(digests))[::_STRIDE]) == b"".join(filter(None, ids))


class _Starts(dict[bytes | None, int]):
    """The first day of each period by its label; of what is none the last there is."""

    def __missing__(self, label: bytes | None) -> int:
        text, start = (label or b"").decode(), date.max
        with suppress(NotationError, ValueError):
            # Of days there may be thousands, and none is kept as a period.
            is_day = re.fullmatch(_DAY, text)
            start = date.fromisoformat(text) if is_day else recorded_period(text, PLAIN).start
        self[label] = start.toordinal()
        return self[label]


class EarlyLines:
    """Tells the lines to pass over from the others, with the day on which each KPI begins.

    Days are numbers here: of each KPI the `first` that is wanted, of each period its first one.
    """

    def __init__(self, first: Mapping[str, date], hashed: Hash, *, has_writes: bool) -> None:
        self._hashed, self._has_writes = hashed, has_writes
        self._firsts: dict[bytes | None, int] = defaultdict(lambda: _LAST_DAY)
        self._firsts.update((kpi.encode(), day.toordinal()) for kpi, day in first.items())
        self._least = min(self._firsts.values(), default=_LAST_DAY)
        self._latest: dict[bytes | None, int] = defaultdict(int)
        self._starts = _Starts()

    def seals(self, block: bytes) -> Seals:
        """What stands in each of many lines."""
        return seals(block, self._hashed, has_writes=self._has_writes)

    def others(self, seals: Seals) -> dict[int, bytes]:
        """The lines that are not passed over, by their places; of what is not usual none is."""
        latest, kpis = self._latest, seals.kpis
        days = [*map(self._starts.__getitem__, seals.periods)]
        has_others = max(days) >= self._least
        wanted = map(ge, days, map(self._firsts.__getitem__, kpis)) if has_others else ()
        others = {place: seals.raw(place) for place in compress(count(), wanted)}
        for place in others:
            days[place] = 0
        for kpi, day in zip(kpis, days, strict=True):
            if day > latest[kpi]:  # noqa: PLR1730 - a call for each line takes much longer
                latest[kpi] = day
        return others

    @property
    def latest(self) -> Iterator[tuple[str, date]]:
        """Of each KPI the last day of those that were passed over."""
        days = ((kpi, day) for kpi, day in self._latest.items() if kpi and day)
        return ((kpi.decode(), date.fromordinal(day)) for kpi, day in days)
