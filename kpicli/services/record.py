"""Record what was decided by what stands, again where another came first; and who the writer is."""

import os
import stat
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from kpicli.environment import login_name, machine_id, moment, named_writer, state_folder
from kpicli.errors import KpiError
from kpicli.evaluation.lookback import Lookback
from kpicli.model.record import EMPTY_SERIES, MOST_BY, MOST_NOTE, Record, check_text
from kpicli.model.timestamp import LONG_AGO
from kpicli.noun import NamedTuple
from kpicli.services.load import Loaded, load_board, log_of, reload
from kpicli.services.log_trust import Agree, require_trusted_log
from kpicli.store.definitions.read import DefinitionsFile
from kpicli.store.disk import DISK, Disk
from kpicli.store.git import GitHangsError, in_git, user_name
from kpicli.store.log.append import ChangedMeanwhileError, LogState, Write
from kpicli.text import clipped

if TYPE_CHECKING:
    from kpicli.model.period import Period
    from kpicli.store.log.merge import Copied

T = TypeVar("T")

_TRIES = 5
_MOST_RIVALS = 29  # that a record names which replaces them, besides the one that counted
Decide = Callable[[Loaded, bool], Sequence[Record]]
"""What is to be recorded by what stands, and whether it is asked again; raises what refuses it."""


class Stream(Collection[T]):
    """So many items, made anew each time they are gone through, as together they take much."""

    def __init__(self, make: Callable[[], Iterable[T]], count: int) -> None:
        self._make, self._count = make, count

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[T]:
        return iter(self._make())

    def __contains__(self, item: object) -> bool:
        return any(item == each for each in self)


class Recording(NamedTuple):
    """What was recorded, at which instant, and what stood before; no instant where nothing was."""

    loaded: Loaded
    records: Sequence[Record]
    at: str


def load_to_record(
    file: DefinitionsFile,
    lookback: Lookback | None,
    warn: Callable[[Iterable[str]], None] | None = None,
    agree: Agree | None = None,
) -> Loaded:
    """Load a board to record on it; `warn` is given a line for each issue of the log.

    Raises `KpiError` where the log is in the middle of a merge, or may be no log of kpi's and
    nobody agrees that it is.
    """
    loaded = load_board(file, moment(None), lookback=lookback, has_rivals=True)
    if warn:
        warn(loaded.warnings)
    _require_mergeable(loaded)
    require_trusted_log(file, loaded.log, agree)
    return loaded


def writer(name: str | None, flag: str = "--by") -> str:
    """Who records: what a flag says, $KPI_BY, git's user.name, the login name."""
    if name is not None and len(name) > MOST_BY:
        raise KpiError(f"{flag} is longer than {MOST_BY} characters", hint="shorten it")
    hint = f"give one: {flag} NAME"
    try:
        if name is None:
            name = named_writer() or user_name() or login_name()
        name.encode()
    except GitHangsError as error:
        raise KpiError(f"who records? {error.message}", hint=f"{hint}, or $KPI_BY") from None
    except UnicodeEncodeError:
        raise KpiError("the name of who records is not valid UTF-8", hint=hint) from None
    return name[:MOST_BY]


def checked_note(text: str) -> str:
    """The note as it is, if a record can hold it."""
    check_text("the note", text, MOST_NOTE)
    return text


def record(
    loaded: Loaded, decide: Decide, *, by: str, is_final: bool, is_dry: bool = False
) -> Recording:
    """Append what is decided, durably; nothing of it where that is nothing, or on a dry run.

    Where somebody recorded the same KPI and period meanwhile it is decided again, by what stands
    then, unless it `is_final`. Raises what `append_records` raises.
    """
    for tries_left in reversed(range(_TRIES)):
        records = decide(loaded, tries_left < _TRIES - 1)
        try:
            if not records or is_dry:
                break
            at = append_records(loaded, records, by=by, is_final=is_final)
            return Recording(loaded, [record._replace(at=at) for record in records], at)
        except ChangedMeanwhileError:
            if not tries_left:
                raise
            loaded = reload(loaded)
    return Recording(loaded, records, "")


def append_records(
    loaded: Loaded,
    drafts: Collection[Record],
    *,
    by: str,
    is_final: bool,
    copies: Sequence["Copied"] = (),
    disk: Disk = DISK,
) -> str:
    """Append the drafts of the writer `by` as one write, and return its instant; see `Log.append`.

    The `copies` are lines of records that were made before, each appended if the log lacks it.
    """

    def missing_copies() -> bytes:
        from kpicli.store.log.merge import merge

        return merge(log_of(loaded.file, disk).lines(), copies, loaded.file.definitions.ids).content

    def reread() -> LogState:
        fresh = reload(loaded, disk)
        _require_mergeable(fresh)
        return _state(fresh, drafts)

    _require_mergeable(loaded)
    with_unit = partial(_with_unit, loaded)
    drafts = Stream(partial(map, with_unit, drafts), len(drafts))
    content = b"".join(copy.content for copy in copies)
    resealed = missing_copies if copies else None
    write = Write(drafts, _state(loaded, drafts), reread, is_final, content, resealed)
    return log_of(loaded.file, disk).append(write, by, this_replica)


def this_replica() -> str:
    """The replica id of this machine and user."""
    from kpicli.store.log.folder import replica_id

    return replica_id(state_folder(), machine_id())


def _with_unit(loaded: Loaded, draft: Record) -> Record:
    """The draft in the unit of its KPI, where it is not in another one already."""
    kpi = loaded.file.definitions.kpis.get(draft.kpi)
    if kpi is None or draft.unit or not kpi.unit or draft.value is None:
        return draft
    return draft._replace(unit=kpi.unit)


def remarks(loaded: Loaded, at: str, records: Iterable[Record] = ()) -> Iterator[str]:
    """What is odd about a write that is done: the clock, or who may read a log that is new.

    The clock is odd where a KPI of the `records` has one that was made a day later than this write.
    """
    known = (loaded.scorecard.series.get(id) for id in {record.kpi for record in records})
    stamps = (record.at for series in known if series for record in series.records.values())
    newest = max(stamps, default=at)
    is_behind = datetime.fromisoformat(newest) - datetime.fromisoformat(at) > timedelta(days=1)
    if is_behind or at < LONG_AGO:
        after = f", where the log has one of {newest}" if is_behind else ""
        yield f"recorded at {at}{after}: is the clock of this machine right?"
    path = loaded.file.log_path.rstrip("/")
    if os.path.islink(path) and os.stat(os.path.dirname(path) or ".").st_mode & stat.S_IWOTH:
        yield f"{loaded.file.log_name} is a link in a folder that everybody may write to"
    if loaded.log.identity is None and in_git(path):
        mode = stat.S_IMODE(os.stat(path).st_mode)
        yield f"{loaded.file.log_name} is new: as a file of a git work tree its mode is {mode:04o}"
    if loaded.file.is_folder_log:
        yield from _replica_remarks()


def _replica_remarks() -> Iterator[str]:
    """What it means where the id of this machine can't be kept."""
    from kpicli.store.log.folder import kept_replica

    machine = machine_id()
    if kept_replica(state_folder(), machine):
        return
    how = "is named by the machine" if machine else "is new at each write"
    place = clipped(state_folder() or "a folder for its state")
    yield f"{place} can't be written by kpi: the file of this machine {how}"


def _require_mergeable(loaded: Loaded) -> None:
    """Nothing is added to a log in the middle of a merge."""
    if not loaded.log.issues:
        return
    from kpicli.model.log_issue import IssueKind

    if any(issue.kind is IssueKind.CONFLICT for issue in loaded.log.issues):
        message = "nothing recorded: git conflict markers in the log"
        hint = "run kpi repair, which keeps both sides"
        raise KpiError(message, where=loaded.file.log_name, hint=hint)


def _state(loaded: Loaded, drafts: Iterable[Record]) -> LogState:
    """The newest record of each pair that is drafted, or the damage that hides it; or note."""
    newest: dict[tuple[str, Period], tuple[str, str]] = {}
    standing: dict[tuple[str, Period], str] = {}
    for draft in drafts if loaded.scorecard.series else ():
        series = loaded.scorecard.series.get(draft.about or draft.kpi, EMPTY_SERIES)
        if draft.about:
            orders = [note.order for note in series.notes if note.period == draft.period]
        else:
            record, damage = series.records.get(draft.period), series.damaged.get(draft.period)
            orders = [record.order] if record else []
            orders += [(lost.at, "") for lost in damage.lost] if damage else []
            rivals = series.rivals.get(draft.period, ())[:_MOST_RIVALS]
            if ids := [each.id for each in (record, *rivals) if each]:
                standing[draft.kpi, draft.period] = " ".join(ids)
        if orders:
            newest[draft.kpi, draft.period] = max(orders)
    return LogState(loaded.log.identity, newest, standing)
