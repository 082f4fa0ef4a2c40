"""The log: one file, or a folder with a file a writer and machine; read, append, merge, repair."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from kpicli.model.log_issue import LogIssue
    from kpicli.model.record import LogLine
    from kpicli.store.disk import Disk
    from kpicli.store.log.append import Write
    from kpicli.store.log.read import LogFile


class Log(Protocol):
    """A log, and what its latest reading found; complete once `lines` has been used up.

    `issues` are what was left out or ignored. `left_out` are the KPIs of which sound lines were
    ignored, since they begin before their day in the `lookback`, with the first day of the latest
    period among these. It `needs_repair` where nobody can correct what was left out: git's markers,
    and what a torn write left behind.

    `identity` is device, inode and size of what was read, so that a writer sees whether it is still
    that; `None` where there was no file. `paths` are never written over.
    """

    path: str
    name: str
    lookback: Mapping[str, date] | None

    @property
    def issues(self) -> Sequence["LogIssue"]: ...  # noqa: D102
    @property
    def identity(self) -> tuple[int, int, int] | None: ...  # noqa: D102
    @property
    def left_out(self) -> Mapping[str, date]: ...  # noqa: D102
    @property
    def needs_repair(self) -> bool: ...  # noqa: D102
    @property
    def paths(self) -> tuple[str, ...]: ...  # noqa: D102

    @property
    def files(self) -> Sequence["LogFile"]:
        """The files that were read."""
        ...

    @property
    def folder(self) -> str:
        """The folder in which its files really lie."""
        ...

    def lines(
        self, lookback: Mapping[str, date] | None = None, writer: str | None = None
    ) -> Iterator["LogLine"]:
        """Every sound line, in order; of a KPI only what begins on its day of the `lookback` on.

        Without one it is all of every KPI. With a `writer` instead it may be no more than what
        holds the last write of that one, and no issue is looked for.
        """
        ...

    def append(self, write: "Write", by: str, replica: Callable[[], str]) -> str:
        """Append what the writer `by` writes as one; see `append.append`.

        The `replica` id is asked for where each machine has files of its own.
        """
        ...

    def conflicts(self) -> bool:
        """Whether git would not keep the lines of both sides of a merge."""
        ...


def log_at(
    path: str,
    name: str,
    disk: "Disk | None" = None,
    kpis: Collection[str] = (),
    cache: str | None = None,
) -> Log:
    """The log of a path, a folder where that ends in `/`; nothing is read yet.

    The `kpis` are the ids that records may have; `cache` is a folder in which to remember where
    the lines of a long log stand.
    """
    from kpicli.store.disk import DISK
    from kpicli.store.log.read import LogFile

    def file_at(path: str, name: str) -> LogFile:
        return LogFile(path, name, disk or DISK, kpis, cache)

    if not path.endswith("/"):
        return file_at(path, name)
    from kpicli.store.log.folder import LogFolder

    return LogFolder(path, name, disk or DISK, file_at)
