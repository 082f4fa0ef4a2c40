"""What each end of a shared log lacks, and how it gets it: push, pull, or a look at both."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress

from kpicli.errors import KpiError
from kpicli.model.log_issue import IssueKind, LogIssue
from kpicli.model.record import NOTE_ID
from kpicli.noun import NamedTuple
from kpicli.services.load import Loaded, log_of
from kpicli.services.record import append_records
from kpicli.services.sync.remote import NAME, Head, Remote
from kpicli.store.cache import Markers
from kpicli.store.definitions.read import DefinitionsFile
from kpicli.store.disk import DISK, Disk
from kpicli.store.log import Log
from kpicli.store.log.merge import Copied
from kpicli.store.log.sealed_lines import SealedLine, sealed_lines, sound_lines
from kpicli.text import safe

_BATCH = 2_000
_BATCH_BYTES = 4_000_000

Progress = Callable[[int, int], None]  # is told how many lines of how many went their way


class Divergence(NamedTuple):
    """What each end lacks: ids that the remote does, and `seq` of lines that the log does.

    `shared` are lines that both have; `unsealed` are those that stay here, since nobody can tell
    whether they are what was written.
    """

    log: Log
    missing_there: tuple[str, ...]
    missing_here: tuple[int, ...]
    shared: int
    unsealed: int

    @property
    def are_equal(self) -> bool:
        """Whether both have all that is sealed."""
        return not (self.missing_there or self.missing_here)


def strangers(
    file: DefinitionsFile, divergence: Divergence, remote: Remote
) -> tuple[list[str], list[str]]:
    """KPIs of a remote with no record of this log: undefined here, or recorded here apart.

    As where two boards have one name; an empty log takes in all where one of them is known here.
    """
    if divergence.shared or not divergence.missing_here:
        return [], []
    [lines] = remote.lines([divergence.missing_here[:_BATCH]])
    copies = [copy for copy in _copies(lines) if isinstance(copy, Copied) and copy.kpi != NOTE_ID]
    there, kpis = {(copy.kpi, copy.period) for copy in copies}, {copy.kpi for copy in copies}
    unknown = sorted(kpis - file.definitions.ids.keys())
    is_open = divergence.missing_there or len(unknown) == len(kpis)
    apart = {line.kpi for line in divergence.log.lines() if (line.kpi, line.period) in there}
    return unknown if is_open else [], sorted(apart)


class Exchanged(NamedTuple):
    """How many lines went each way, and those that were refused."""

    pushed: int
    pulled: int
    faults: tuple[KpiError, ...]


def exchange(
    loaded: Loaded,
    divergence: Divergence,
    remote: Remote,
    *,
    by: str,
    is_push: bool,
    is_pull: bool,
    progress: Progress,
    disk: Disk = DISK,
) -> Exchanged:
    """Push, then pull; what is pulled is appended as one durable write of `by`."""
    faults: list[KpiError] = []
    pushed = 0
    if is_push and divergence.missing_there:
        remote.make_table()
        refused = list(push(divergence, remote, progress))
        pushed = len(divergence.missing_there) - len(refused)
        faults += refused
    copies: list[Copied] = []
    for copy in _lines(remote, divergence.missing_here, progress) if is_pull else ():
        if isinstance(copy, KpiError):
            faults.append(copy)
        else:
            copies.append(copy)
    if copies:
        append_records(loaded, (), by=by, is_final=True, copies=copies, disk=disk)
    return Exchanged(pushed, len(copies), tuple(faults))


def divergence_of(file: DefinitionsFile, remote: Remote, disk: Disk = DISK) -> Divergence:
    """Look at both ends; what is damaged here is missing here."""
    there = remote.ids()
    log, here, unsealed = log_of(file, disk), dict[str, None](), 0
    for line in log.lines():
        if line.is_sealed:
            here[line.id] = None
        else:
            unsealed += 1
    missing_there = tuple(id for id in here if id not in there)
    missing_here = tuple(seq for id, seq in there.items() if id not in here)
    return Divergence(log, missing_there, missing_here, len(here) - len(missing_there), unsealed)


def push(divergence: Divergence, remote: Remote, progress: Progress) -> Iterator[KpiError]:
    """Add what the remote lacks, in batches that are each durable; yields what was refused."""
    count, total = 0, len(divergence.missing_there)
    for batch in _batches(sealed_lines(divergence.log, divergence.missing_there)):
        sound = []
        for line, copy in zip(batch, sound_lines(batch), strict=True):
            if isinstance(copy, str):
                yield KpiError(f"{safe(line.id)} is not pushed: {copy}", where=divergence.log.name)
            else:
                sound.append(line.raw)
        if sound:
            remote.push(sound)
        count += len(batch)
        progress(count, total)


def _batches(lines: Iterable[tuple[str, bytes]]) -> Iterator[list[SealedLine]]:
    """As many at a time as a transaction is short for."""
    batch: list[SealedLine] = []
    size = 0
    for id, raw in lines:
        batch.append(SealedLine(id, raw, len(batch)))
        size += len(raw)
        if len(batch) == _BATCH or size > _BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _lines(remote: Remote, seqs: Sequence[int], progress: Progress) -> Iterator[Copied | KpiError]:
    batches = [seqs[start : start + _BATCH] for start in range(0, len(seqs), _BATCH)]
    count = 0
    for batch, lines in zip(batches, remote.lines(batches), strict=True):
        yield from _copies(lines)
        count += len(batch)
        progress(count, len(seqs))


def _copies(lines: Sequence[SealedLine]) -> Iterator[Copied | KpiError]:
    for line, copy in zip(lines, sound_lines(lines), strict=True):
        if isinstance(copy, str):
            message = f"line {line.number}, {safe(line.id)}, is not taken in: {copy}"
            yield KpiError(message, where=f"{NAME} kpi_log")
        else:
            yield copy


def differences(file: DefinitionsFile, remote: Remote) -> Iterator[LogIssue]:
    """Every line that one end lacks, and every one of the remote that is not as it was sealed."""
    divergence = divergence_of(file, remote)
    lacking = set(divergence.missing_there)
    for line in divergence.log.lines() if lacking else ():
        if line.id in lacking:
            yield _lacks(line.kpi, line.period, line.at, "the remote", line.file, line.number)
    here = set(divergence.missing_here)
    for result in _lines(remote, list(remote.ids().values()), lambda *_: None):
        if isinstance(result, KpiError):
            yield LogIssue(IssueKind.REMOTE, result.where, 0, result.message)
        elif result.line in here:
            yield _lacks(result.kpi, result.period, result.at, "this log", NAME, 0)


def _lacks(kpi: str, period: str, at: str, who: str, file: str, number: int) -> LogIssue:  # noqa: PLR0917 - what it is, and where
    message = f"{who} lacks {safe(kpi)} {period}, recorded on {at[:10]}"
    hint = "kpi sync gives each end what it lacks"
    return LogIssue(IssueKind.REMOTE, file, number, message, hint, kpi, period)


class Agreement:
    """Remembers that both ends had all, so that a next look is a short one.

    It holds for the files of the log as they were, and for the remote as far as it was.
    """

    def __init__(self, file: DefinitionsFile, remote: Remote, markers: Markers) -> None:
        path, url = file.log_path, file.definitions.remote
        files = "".join(f"{each}\0{_identity(each)}\0" for each in _paths(path))
        self._markers = markers
        self._what = f"{os.path.realpath(path)}\0{files}{url}\0{remote.board}\0"

    def holds(self, head: Head) -> bool:
        """Whether nothing has changed at either end since."""
        return self._content(head) in self._markers

    def keep(self, head: Head) -> None:
        """Both ends have all."""
        self._markers.add(self._content(head))

    def _content(self, head: Head) -> bytes:
        return f"{self._what}{head.seq}\0{head.records}".encode(errors="surrogateescape")


def _paths(log: str) -> list[str]:
    with suppress(OSError):
        return [os.path.join(log, name) for name in sorted(os.listdir(log))]
    return [log]


def _identity(path: str) -> str:
    try:
        status = os.stat(path)
    except OSError:
        return ""
    return f"{status.st_dev} {status.st_ino} {status.st_size} {status.st_mtime_ns}"
