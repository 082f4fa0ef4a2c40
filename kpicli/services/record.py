"""Record what was decided by what stands, and decide again where another writer came first."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from kpicli.model.record import Record
from kpicli.services.load import Loaded, record, reloaded
from kpicli.store.log.append import ChangedMeanwhileError

_TRIES = 5

Decide = Callable[[Loaded, bool], Sequence[Record]]
"""What is to be recorded by what stands, and whether it is asked again; raises what refuses it."""


class Written(NamedTuple):
    """What was recorded, at which instant, and what stood before; no instant where nothing was."""

    loaded: Loaded
    records: Sequence[Record]
    at: str


def written(
    loaded: Loaded, decide: Decide, *, by: str, is_final: bool, is_dry: bool = False
) -> Written:
    """Append what is decided, durably; nothing of it where that is nothing, or on a dry run.

    Where somebody recorded the same KPI and period meanwhile it is decided again, by what stands
    then, unless it `is_final`. Raises what `record` raises.
    """
    for tries_left in reversed(range(_TRIES)):
        news = decide(loaded, tries_left < _TRIES - 1)
        try:
            if not news or is_dry:
                break
            at = record(loaded, news, by=by, is_final=is_final)
            return Written(loaded, [one._replace(at=at) for one in news], at)
        except ChangedMeanwhileError:
            if not tries_left:
                raise
            loaded = reloaded(loaded)
    return Written(loaded, news, "")
