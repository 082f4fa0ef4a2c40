"""A deadline that really ends what waits: the work is told to stop, and given up if it does not."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread
from typing import Generic, TypeVar

from kpicli.errors import KpiError

_T = TypeVar("_T")
_GRACE = 1.0  # seconds that work may take to stop once it is told to
_stops: set[Callable[[], None]] = set()  # how to stop each work that is under way


class TimedOutError(KpiError):
    """What took too long."""


class Started(Generic[_T]):
    """Work under way on a thread of its own, which ends with the program; `stop` tells it to."""

    def __init__(self, work: Callable[[], _T], stop: Callable[[], object]) -> None:
        self._work, self._stop = work, stop
        self._results: list[_T | BaseException] = []
        self._end = Event()
        Thread(target=self._run, daemon=True).start()

    def result(self, seconds: float) -> _T:
        """What it returns or raises; past the deadline it is stopped, and `KpiError` raised.

        Work that does not stop even then is left behind.
        """
        with stoppable(self._give_up):
            is_done = self._end.wait(seconds)
        if not is_done:
            _in_background(self._stop)
            self._end.wait(_GRACE)
            raise timed_out(seconds)
        if not self._results:
            raise KpiError("stopped", hint="run it again")
        result = self._results[0]
        if isinstance(result, BaseException):
            raise result
        return result

    def _run(self) -> None:
        try:
            self._results.append(self._work())
        except BaseException as error:  # noqa: BLE001 - raised in the thread that waits for it
            self._results.append(error)
        self._end.set()

    def _give_up(self) -> None:
        _in_background(self._stop)
        self._end.set()


def within(seconds: float, work: Callable[[], _T], stop: Callable[[], object]) -> _T:
    """What `work` returns or raises; past the deadline `stop` is called, and `KpiError` raised."""
    return Started(work, stop).result(seconds)


@contextmanager
def stoppable(stop: Callable[[], None]) -> Iterator[None]:
    """While it lasts, `stop_all` calls `stop`."""
    _stops.add(stop)
    try:
        yield
    finally:
        _stops.discard(stop)


def stop_all() -> None:
    """Stop all that is under way, since nobody waits for it any more."""
    for stop in tuple(_stops):
        with suppress(Exception):
            stop()


def _in_background(stop: Callable[[], object]) -> None:
    """So that what can't be stopped holds up nobody."""

    def run() -> None:
        with suppress(Exception):
            stop()

    Thread(target=run, daemon=True).start()


def timed_out(seconds: float) -> TimedOutError:
    """The failure of what took too long."""
    hint = "make it faster, or give it longer: timeout = 300"
    return TimedOutError(f"no answer within {seconds:g} s", hint=hint)
