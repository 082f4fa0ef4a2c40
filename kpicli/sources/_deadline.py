"""A deadline that really ends what waits: the work is told to stop, and given up if it does not."""

from collections.abc import Callable
from threading import Thread
from typing import TypeVar

from kpicli.errors import KpiError

_T = TypeVar("_T")
_GRACE = 1.0
"""Seconds that work may take to stop once it is told to."""


def within(seconds: float, work: Callable[[], _T], stop: Callable[[], object]) -> _T:
    """What `work` returns or raises; past the deadline `stop` is called, and `KpiError` raised.

    Work that does not stop even then is left behind on a thread that ends with the program.
    """
    results: list[_T | BaseException] = []

    def run() -> None:
        try:
            results.append(work())
        except BaseException as error:  # noqa: BLE001 - raised again below, in the caller's thread
            results.append(error)

    thread = Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if thread.is_alive():
        stop()
        thread.join(_GRACE)
        raise timed_out(seconds)
    result = results[0]
    if isinstance(result, BaseException):
        raise result
    return result


def timed_out(seconds: float) -> KpiError:
    """The failure of what took too long."""
    hint = "make it faster, or give it longer: timeout = 300"
    return KpiError(f"no answer within {seconds:g} s", hint=hint)
