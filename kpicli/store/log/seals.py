"""The seals of many lines at once: as much of each as is needed to pass it over, or on."""

import re
from array import array
from binascii import hexlify
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache

from kpicli.errors import NotationError
from kpicli.model.calendar import PLAIN
from kpicli.model.period import recorded_period
from kpicli.store.log.codec import QUICK
from kpicli.store.log.seal import Hash

Seal = tuple[bytes, bytes, bytes, bytes, bytes, bytes, bytes]
"""What stands in a sound usual line: id, what that was made of, KPI, period, at and by.

Of any other line these are empty, and it stands behind them itself.
"""

UNUSUAL: Seal = (b"",) * 7
_IN_FRONT = len('{"id":"0123456789abcdef",')
_STRIDE = 4
"""Numbers of 8 bytes in a hash, the first of which is the id."""


def seals(block: bytes, hashed: Hash) -> list[Seal]:
    """The seal of each of many lines, which has been held against its id."""
    every = _every()(block)
    if _is_text(block) and _are_right(every, hashed):
        return every
    return [
        seal if _is_text(raw_of(seal)) and _are_right([seal], hashed) else unusual(seal)
        for seal in every
    ]


def unusual(seal: Seal) -> Seal:
    """The seal of a line of which nothing is to be believed."""
    return *UNUSUAL[:-1], raw_of(seal)


def raw_of(seal: Seal) -> bytes:
    """The line itself."""
    return b'{"id":"%b",%b' % seal[:2] if seal[0] else seal[-1]


def lengths(seals: Iterable[Seal]) -> list[int]:
    """The bytes of each line."""
    return [_IN_FRONT + len(seal[1]) if seal[0] else len(seal[-1]) for seal in seals]


@cache
def _every() -> Callable[[bytes], list[Seal]]:
    return re.compile(rb"^(?:%b|(.*))$" % QUICK.encode(), re.MULTILINE).findall


def _is_text(content: bytes) -> bool:
    try:
        return content.isascii() or bool(content.decode())
    except UnicodeDecodeError:
        return False


def _are_right(every: Sequence[Seal], hashed: Hash) -> bool:
    """Whether each usual line is what its id was made of."""
    begun, digests = hashed(b"{"), []
    for seal in every:
        if seal[0]:
            whole = begun.copy()  # which takes less time than another one
            whole.update(seal[1])
            digests.append(whole.digest())
    ids = b"".join([seal[0] for seal in every])
    return hexlify(array("Q", b"".join(digests))[::_STRIDE]) == ids


class EarlyLines:
    """Tells the lines to pass over from the others, with the day on which each KPI begins.

    Days are numbers here: of each KPI the `first` that is wanted, of each period its first one.
    """

    def __init__(self, first: Mapping[str, date], hashed: Hash) -> None:
        self._first, self._hashed = first, hashed
        self._firsts: dict[bytes, int] = {}
        self._starts: dict[bytes, int] = {}
        self._latest: dict[bytes, int] = {}

    def seals(self, block: bytes) -> list[Seal]:
        """The seal of each of many lines."""
        return seals(block, self._hashed)

    def others(self, seals: Iterable[Seal]) -> dict[int, bytes]:
        """The lines that are not passed over, by their places; of what is not usual none is."""
        firsts, starts, latest, others = self._firsts, self._starts, self._latest, {}
        for place, seal in enumerate(seals):
            _, _, kpi, label, _, _, _ = seal
            day = starts.get(label) or self._start(label)
            if day >= (firsts.get(kpi) or self._first_of(kpi)):
                others[place] = raw_of(seal)
            elif day > latest.get(kpi, 0):
                latest[kpi] = day
        return others

    def _first_of(self, kpi: bytes) -> int:
        first = self._first.get(kpi.decode(), date.max)
        return self._firsts.setdefault(kpi, first.toordinal())

    def _start(self, label: bytes) -> int:
        """The first day of a period; of what is none the last there is."""
        try:
            start = recorded_period(label.decode(), PLAIN).start
        except NotationError:
            start = date.max
        return self._starts.setdefault(label, start.toordinal())

    @property
    def latest(self) -> Iterator[tuple[str, date]]:
        """Of each KPI the last day of those that were passed over."""
        return ((kpi.decode(), date.fromordinal(day)) for kpi, day in self._latest.items())
