"""Items that are gone through more than once, and together take more memory than is worth it."""

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")


class Stream(Collection[T]):
    """So many items, made anew each time they are gone through, as together they take much."""

    def __init__(self, make: Callable[[], Iterable[T]], count: int) -> None:
        self._make, self._count = make, count

    def __len__(self) -> int:
        """How many there are."""
        return self._count

    def __iter__(self) -> Iterator[T]:
        """Each of them."""
        return iter(self._make())

    def __contains__(self, item: object) -> bool:
        """Whether one of them is equal."""
        return any(item == each for each in self)
