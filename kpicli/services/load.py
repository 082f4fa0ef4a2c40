"""Load definitions and log together, and append to the log what was decided by them."""

import os
import stat
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from kpicli.errors import KpiError
from kpicli.evaluation.series import newest_lines, series_by_kpi
from kpicli.model.record import Clock, Damage, Record
from kpicli.model.scorecard import Scorecard
from kpicli.model.timestamp import LONG_AGO
from kpicli.store.disk import DISK, Disk, require_own_link
from kpicli.store.git import in_git
from kpicli.store.log.read import Reading

if TYPE_CHECKING:
    from kpicli.evaluation.lookback import Lookback
    from kpicli.store.definitions.read import DefinitionsFile
    from kpicli.store.log.append import Known
    from kpicli.store.log.folder import FolderReading
    from kpicli.store.log.merge import Copied


class Loaded(NamedTuple):
    """A scorecard, the file it comes from, and what the log had to say for itself."""

    file: "DefinitionsFile"
    scorecard: Scorecard
    reading: "Reading | FolderReading"

    @property
    def warnings(self) -> tuple[str, ...]:
        """One line for everything in the log that was left out or passed over."""
        return faults_of(self.reading)

    @property
    def paths(self) -> tuple[str, ...]:
        """Definitions and log, which no answer is ever written over."""
        return self.file.path, *self.reading.paths

    @property
    def damages(self) -> Sequence[Damage]:
        """The lines of the log that were left out."""
        return self.reading.damages


def load(
    file: "DefinitionsFile",
    clock: Clock,
    until: str = "",
    first: "Lookback | None" = None,
    disk: Disk = DISK,
) -> Loaded:
    """The scorecard on a day; only what was recorded before the instant `until` counts.

    With `first` all of the log is checked, and of each KPI only what is in reach is kept.
    """
    reading = reading_of(file, disk)
    ids = file.definitions.ids
    best = newest_lines(reading.lines(first), ids, until)
    found = series_by_kpi(best, reading.damages, ids, until)
    return Loaded(file, Scorecard(file.definitions, found, clock), reading)


def reloaded(loaded: Loaded, disk: Disk = DISK) -> Loaded:
    """The same as it is now."""
    return load(loaded.file, loaded.scorecard.clock, first=loaded.reading.first, disk=disk)


def faults_of(reading: "Reading | FolderReading") -> tuple[str, ...]:
    """One line for everything that was left out or passed over."""
    return (*map(str, reading.damages), *reading.warnings)


def reading_of(file: "DefinitionsFile", disk: Disk = DISK) -> "Reading | FolderReading":
    """A reading of the log, of one file or of a folder; nothing is read yet."""
    if not file.is_folder_log:
        return Reading(file.log_path, file.log_shown, disk)
    from kpicli.store.log.folder import FolderReading

    return FolderReading(file.log_path, file.log_shown, disk)


def record(
    loaded: Loaded,
    drafts: Sequence[Record],
    *,
    by: str,
    is_final: bool,
    copies: Sequence["Copied"] = (),
    disk: Disk = DISK,
) -> str:
    """Append the drafts as one write, and return its instant; see `append`.

    The log must have no conflict markers. In a folder they go to the file of the writer `by`. The
    `copies` are lines of records that were made before, each appended if the log lacks it.
    """
    from kpicli.store.log.append import append

    def still_missing() -> bytes:
        from kpicli.store.log.merge import merge

        ids = loaded.file.definitions.ids
        return merge(reading_of(loaded.file, disk).lines(), copies, ids).content

    require_mergeable(loaded)
    path, shown = _file_to_append(loaded.file, by, disk)
    require_own_link(path, shown)
    return append(
        path,
        shown,
        drafts,
        known=_known(loaded),
        reread=lambda: _known_now(loaded, disk),
        is_final=is_final,
        sealed=b"".join(copy.content for copy in copies),
        resealed=still_missing if copies else None,
        disk=disk,
    )


def remarks(loaded: Loaded, at: str) -> Iterator[str]:
    """What is odd about a write that is done: the clock, or who may read a log that is new."""
    if at < LONG_AGO:
        yield f"recorded at {at}: is the clock of this machine right?"
    path = loaded.file.log_path.rstrip("/")
    if os.path.islink(path) and os.stat(os.path.dirname(path) or ".").st_mode & stat.S_IWOTH:
        yield f"{loaded.file.log_shown} is a link in a folder that everybody may write to"
    if loaded.reading.identity is None and in_git(path):
        mode = stat.S_IMODE(os.stat(path).st_mode)
        yield f"{loaded.file.log_shown} is new: as a file of a git work tree its mode is {mode:04o}"


def _file_to_append(file: "DefinitionsFile", writer: str, disk: Disk) -> tuple[str, str]:
    """The log, or in a folder the writer's own file, and how to name it."""
    if not file.is_folder_log:
        return file.log_path, file.log_shown
    from kpicli.store.log.folder import file_of, make_folder

    make_folder(file.log_path, file.log_shown, disk)
    name = file_of(writer)
    return os.path.join(file.log_path, name), os.path.join(file.log_shown, name)


def require_mergeable(loaded: Loaded) -> None:
    """Nothing is added to a log in the middle of a merge."""
    if loaded.reading.has_conflict:
        raise KpiError(
            "nothing recorded: git conflict markers in the log",
            where=loaded.file.log_shown,
            hint="run kpi repair, which keeps both sides",
        )


def _known_now(loaded: Loaded, disk: Disk) -> "Known":
    fresh = reloaded(loaded, disk)
    require_mergeable(fresh)
    return _known(fresh)


def _known(loaded: Loaded) -> "Known":
    from kpicli.store.log.append import Known

    pairs = {
        (kpi, period): record.order
        for kpi, known in loaded.scorecard.series.items()
        for period, record in known.records.items()
    }
    for kpi, known in loaded.scorecard.series.items():
        for period, damage in known.damaged.items():
            pairs[kpi, period] = max(pairs.get((kpi, period), ("", "")), (damage.at, ""))
    return Known(loaded.reading.identity, pairs)
