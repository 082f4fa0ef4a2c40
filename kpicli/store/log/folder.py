"""A log in a folder: one file a writer, so that no two of them ever touch the same."""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from kpicli.errors import KpiError
from kpicli.model.record import Damage, LogLine
from kpicli.store.disk import DISK, Disk, give_back, refused
from kpicli.store.git import in_git
from kpicli.store.log.codec import sha256
from kpicli.store.log.read import Reading

_ENDING = ".jsonl"
_LONGEST_NAME = 40


class FolderReading:
    """One reading of every file of the folder, as of one log; complete once `lines` is used up.

    `identity` matches no file: what others write meanwhile is seen by reading again.
    """

    def __init__(self, path: str, shown: str, disk: Disk = DISK) -> None:
        self.path, self.shown, self.disk = path, shown, disk
        self.identity = (-1, -1, -1)
        self.readings: list[Reading] = []
        self.first: Mapping[str, date] | None = None

    @property
    def paths(self) -> tuple[str, ...]:
        """What is read, and never written over: all of the folder."""
        return (os.path.join(self.path, ""),)

    def lines(self, first: Mapping[str, date] | None = None) -> Iterator[LogLine]:
        """Every sound line, file by file; see `Reading.lines`."""
        self.first = first
        self.readings = [
            Reading(os.path.join(self.path, name), os.path.join(self.shown, name), self.disk)
            for name in self._files()
        ]
        for reading in self.readings:
            yield from reading.lines(first)

    def _files(self) -> Iterable[str]:
        """A name for each file; one that has several, by links, is read once."""
        named: dict[str, str] = {}
        for name in self._names():
            named.setdefault(os.path.realpath(os.path.join(self.path, name)), name)
        return named.values()

    def _names(self) -> list[str]:
        try:
            names = self.disk.names(self.path)
        except FileNotFoundError:
            return []
        except NotADirectoryError:
            hint = "leave the / at the end of log out, or name a folder"
            raise KpiError("is a file, expected a folder", where=self.shown, hint=hint) from None
        except OSError as error:
            raise refused(self.shown, error) from None
        return sorted(name for name in names if name.endswith(_ENDING))

    @property
    def left_out(self) -> dict[str, date]:
        """The KPIs of which lines were passed over in any file, each with its latest such day."""
        found: dict[str, date] = {}
        for reading in self.readings:
            for kpi, day in reading.left_out.items():
                found[kpi] = max(day, found.get(kpi, date.min))
        return found

    @property
    def damages(self) -> list[Damage]:
        """The lines that were left out, of all files."""
        return [damage for reading in self.readings for damage in reading.damages]

    @property
    def warnings(self) -> list[str]:
        """What was passed over, in all files."""
        return [warning for reading in self.readings for warning in reading.warnings]

    @property
    def has_conflict(self) -> bool:
        """Whether any file holds git's conflict markers."""
        return any(reading.has_conflict for reading in self.readings)

    @property
    def needs_repair(self) -> bool:
        """Whether any file holds what nobody can correct."""
        return any(reading.needs_repair for reading in self.readings)


def file_of(writer: str) -> str:
    """The name of a writer's file: `head-of-sales-3f0c.jsonl`, four digits of its hash behind."""
    plain = re.sub(r"[^a-z0-9]+", "-", writer.lower())[:_LONGEST_NAME].strip("-")
    return f"{plain or 'writer'}-{sha256(writer.encode()).hexdigest()[:4]}{_ENDING}"


def make_folder(path: str, shown: str, disk: Disk = DISK) -> None:
    """Make the folder where it is not there yet, its name durable; never the one around it."""
    bare = path.rstrip("/")
    above = os.path.dirname(os.path.abspath(bare))
    try:
        disk.make_folder(bare, 0o777 if in_git(bare) else 0o700)
        descriptor = disk.open(above, os.O_RDONLY | os.O_DIRECTORY)
    except FileExistsError:
        return
    except OSError as error:
        raise refused(shown, error, "nothing recorded: ") from None
    try:
        disk.sync(descriptor)
    except OSError as error:
        raise refused(shown, error, "nothing recorded: ") from None
    finally:
        give_back(descriptor, disk)
