"""A log in a folder: a file a writer and machine, which its replica id tells from all others."""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from kpicli.errors import KpiError
from kpicli.model.log_issue import LogIssue
from kpicli.model.record import LogLine
from kpicli.store.cache import OwnFolder, create_empty
from kpicli.store.disk import DISK, Disk, refused
from kpicli.store.git import in_git
from kpicli.store.log.read import TORN_OR_COPIED, LogFile
from kpicli.store.log.seal import sha256

if TYPE_CHECKING:
    from kpicli.store.log.append import Write

_ID = re.compile("[0-9a-f]{8}")
_REPLICAS = "replicas"  # the folder of ids, each the name of an empty file
_ENDING = ".jsonl"
COPIES = f"-copies{_ENDING}"  # the end of the name of a file with lines that were made elsewhere
_LONGEST_NAME = 40


class LogFolder:
    """Every file of a folder as one log, each made by `file_at` of its path and name; see `Log`.

    `identity` matches no file: what others write meanwhile is seen by reading again.
    """

    def __init__(
        self, path: str, name: str, disk: Disk, file_at: Callable[[str, str], LogFile]
    ) -> None:
        self.path, self.name, self.disk, self._file_at = path, name, disk, file_at
        self.identity: tuple[int, int, int] | None = (-1, -1, -1)
        self.files: Sequence[LogFile] = ()
        self.lookback: Mapping[str, date] | None = None

    @property
    def paths(self) -> tuple[str, ...]:
        """All of the folder."""
        return (os.path.join(self.path, ""),)

    @property
    def folder(self) -> str:
        """The folder itself."""
        return self.path

    def lines(
        self, lookback: Mapping[str, date] | None = None, writer: str | None = None
    ) -> Iterator[LogLine]:
        """Every sound line, file by file; see `Log.lines`."""
        self.lookback = lookback
        self.files = [self._file(name) for name in self._names_of_files()]
        for file in self.files:
            yield from file.lines(lookback, writer)

    def append(self, write: "Write", by: str, replica: Callable[[], str]) -> str:
        """Append to the file of the writer `by` on this machine; the folder is made if needed.

        Lines that were made elsewhere go to a file beside it.
        """
        make_folder(self.path, self.name, self.disk)
        name = file_of(by, replica(), has_copies=bool(write.sealed))
        return self._file(name).append(write, by, replica)

    def conflicts(self) -> bool:
        """Files of one writer and machine each never conflict."""
        return False

    def _file(self, name: str) -> LogFile:
        file = self._file_at(os.path.join(self.path, name), os.path.join(self.name, name))
        file.torn = TORN_OR_COPIED
        return file

    def _names_of_files(self) -> Iterable[str]:
        """A name for each file; one that has several, by links, is read once."""
        names: dict[str, str] = {}
        for name in self._names():
            names.setdefault(os.path.realpath(os.path.join(self.path, name)), name)
        return names.values()

    def _names(self) -> list[str]:
        try:
            names = self.disk.names(self.path)
        except FileNotFoundError:
            return []
        except NotADirectoryError:
            hint = "leave the / at the end of log out, or name a folder"
            raise KpiError("is a file, expected a folder", where=self.name, hint=hint) from None
        except OSError as error:
            raise refused(self.name, error) from None
        return sorted(name for name in names if name.endswith(_ENDING) and name[0] != ".")

    @property
    def left_out(self) -> dict[str, date]:
        """The KPIs of which lines were ignored in any file, each with its latest such day."""
        days: dict[str, date] = {}
        for file in self.files:
            for kpi, day in file.left_out.items():
                days[kpi] = max(day, days.get(kpi, date.min))
        return days

    @property
    def issues(self) -> Sequence[LogIssue]:
        """What was left out or ignored, in all files."""
        return [issue for file in self.files for issue in file.issues]

    @property
    def needs_repair(self) -> bool:
        """Whether any file holds what nobody can correct."""
        return any(file.needs_repair for file in self.files)


def file_of(writer: str, replica: str, *, has_copies: bool = False) -> str:
    """The name of a writer's file on one machine: `head-of-sales-3f0c-9b1e44d2.jsonl`.

    Behind the name are four digits of its hash, and the replica id of machine and user. What was
    copied from elsewhere is in a file of its own, so that in this one a later line is later.
    """
    plain = re.sub(r"[^a-z0-9]+", "-", writer.lower())[:_LONGEST_NAME].strip("-")
    digits = sha256(writer.encode()).hexdigest()[:4]
    return f"{plain or 'writer'}-{digits}-{replica}{COPIES if has_copies else _ENDING}"


def make_folder(path: str, name: str, disk: Disk = DISK) -> None:
    """Make the folder where it is not there yet, its name durable; never the one around it."""
    from kpicli.store.log.append import sync_folder

    folder = path.rstrip("/")
    try:
        disk.make_folder(folder, 0o777 if in_git(folder) else 0o700)
        sync_folder(folder, disk)
    except FileExistsError:
        return
    except OSError as error:
        raise refused(name, error, "nothing recorded: ") from None


def replica_id(home: str | None, machine: str) -> str:
    """Eight hex digits, made at random once a machine and user; kept in kpi's own folder `home`.

    A home that was copied, or that several machines share, gives each of them an id of its own.
    Where nothing can be kept the machine stands for it; and where that has no name either, it is a
    new one each time: then each write has a file of its own, but no two machines ever share one.
    """
    owner, replicas = _owner(machine), OwnFolder(home or "", _REPLICAS)
    if not kept_replica(home, machine):
        with suppress(OSError):
            if replicas.is_made():
                create_empty(os.path.join(replicas.folder, f"{owner}-{_random_id()}"))
    return kept_replica(home, machine) or (owner[:8] if machine else _random_id())


def kept_replica(home: str | None, machine: str) -> str:
    """The id that is kept for the machine and the user; nothing where there is none.

    Of those that two processes made at once it is the first by name, for everybody.
    """
    with suppress(OSError):
        replicas = OwnFolder(home or "", _REPLICAS)
        names = sorted(os.listdir(replicas.folder)) if replicas.is_own() else []
        pairs = [name.partition("-") for name in names]
        owner = _owner(machine)
        return next((id for of, _, id in pairs if of == owner and _ID.fullmatch(id)), "")
    return ""


def _owner(machine: str) -> str:
    """What stands for the machine and the user; a machine without a name has its host's."""
    place = f"{machine or os.uname().nodename}\0{os.geteuid()}"
    return str(sha256(place.encode()).hexdigest()[:16])


def _random_id() -> str:
    return os.urandom(4).hex()
