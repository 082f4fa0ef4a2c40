"""What stands more than once among very many lines, found in parts, as numbers of 8 bytes."""

from array import array
from bisect import bisect_left
from functools import cached_property
from itertools import pairwise

_PARTS = 256
_LARGEST = (1 << 64) - 1


class Repeats:
    """Takes numbers in; once all of them are there it tells those that came more than once.

    Where their last `bits` say from whom they come, it tells those that came from two.
    """

    def __init__(self, bits: int = 0) -> None:
        self._parts = [array("Q") for _ in range(_PARTS)]
        self._bits = bits

    def add(self, number: int) -> None:
        """Take a number in, or the hash of something else."""
        self._parts[(number >> self._bits) % _PARTS].append(number & _LARGEST)

    @cached_property
    def _in_order(self) -> "list[array[int]]":
        """The numbers part by part, so that little is copied at a time."""
        for place, part in enumerate(self._parts):
            self._parts[place] = array("Q", sorted(part))
        return self._parts

    @cached_property
    def _repeated(self) -> frozenset[int]:
        bits = self._bits
        pairs = (pair for part in self._in_order for pair in pairwise(part))
        return frozenset(
            number >> bits
            for number, following in pairs
            if number >> bits == following >> bits and (not bits or number != following)
        )

    def __bool__(self) -> bool:
        return bool(self._repeated)

    def is_repeated(self, number: int) -> bool:
        """Whether it came more than once, or from two."""
        return (number & _LARGEST) >> self._bits in self._repeated

    def __contains__(self, number: int) -> bool:
        part = self._in_order[(number >> self._bits) % _PARTS]
        place = bisect_left(part, number & _LARGEST)
        return place < len(part) and part[place] == number & _LARGEST

    @property
    def distinct(self) -> int:
        """How many different ones came."""
        return sum(len({*part}) for part in self._in_order)
