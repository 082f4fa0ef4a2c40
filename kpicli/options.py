"""Flags that several commands share, and the only reader of the clock."""

import os
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from functools import wraps
from inspect import Parameter, signature
from typing import Annotated, Any, NamedTuple, get_type_hints

import typer

from kpicli.errors import KpiError, NotationError
from kpicli.model.actual import MOST_BY, MOST_NOTE, Clock
from kpicli.model.instant import stamp
from kpicli.model.kpi import Definitions, Kpi
from kpicli.model.period import Frequency, read_period
from kpicli.store.definitions import NAME, DefinitionsFile, find, ids_in, load

_FileFlag = Annotated[
    str | None,
    typer.Option(
        "--file",
        "-f",
        metavar="FILE",
        help="Definitions; else $KPI_FILE, else the nearest kpis.toml.",
    ),
]
_AsOfFlag = Annotated[
    str | None,
    typer.Option(
        "--as-of", metavar="DATE", help="Judge as on that day, by what had been recorded then."
    ),
]


class Where(NamedTuple):
    """Which definitions."""

    file: _FileFlag = None

    @property
    def path(self) -> str:
        """The definitions file that is meant."""
        return find(self._named, os.curdir)

    @property
    def new_path(self) -> str:
        """The definitions file that is meant where there is none yet."""
        return self._named or NAME

    @property
    def _named(self) -> str | None:
        return self.file or os.environ.get("KPI_FILE")

    def definitions(self) -> DefinitionsFile:
        """That file, read and checked."""
        return load(self.path, cache_folder())


def cache_folder() -> str | None:
    """Where kpi may remember what it can always find out again."""
    home = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return os.path.join(home, "kpi") if os.path.isabs(home) else None


class When(NamedTuple):
    """On which day it is judged."""

    as_of: _AsOfFlag = None

    @property
    def today(self) -> date:
        """That day, else today."""
        if self.as_of is None:
            return datetime.now().astimezone().date()
        return day_given("--as-of", self.as_of)

    @property
    def clock(self) -> Clock:
        """That day, and the local day of an instant."""
        return Clock(self.today, local_day)

    @property
    def until(self) -> str:
        """The instant at which that day ends, or nothing where today is meant."""
        if self.as_of is None:
            return ""
        return start_of(self.today + timedelta(days=1))


def day_given(flag: str, text: str) -> date:
    """The day that a flag names; raises `KpiError` for anything longer."""
    try:
        period = read_period(text)
    except NotationError as error:
        raise KpiError(f"{flag} {error.message}", hint=f"as in {flag} 2026-11-05") from None
    if period.frequency is not Frequency.DAILY:
        raise KpiError(f"{flag} takes a day", hint=f"as in {flag} 2026-11-05")
    return period.start


def start_of(day: date) -> str:
    """The instant at which a day begins where the reader lives, as the log writes it."""
    return stamp(datetime(day.year, day.month, day.day).astimezone(UTC))


def local_day(at: str) -> date:
    """The day of an instant of the log where the reader lives."""
    return datetime.fromisoformat(at).astimezone().date()


def now() -> str:
    """The instant at hand, as the log writes it."""
    return stamp(datetime.now(UTC))


def known_ids() -> list[str]:
    """The ids of the definitions at hand, for a shell that completes; none where none is found."""
    try:
        return ids_in(Where(_file_typed()).path)
    except KpiError:
        return []


def _file_typed() -> str | None:
    """The --file of a command line that is still being typed."""
    words = (os.environ.get("COMP_WORDS") or os.environ.get("_TYPER_COMPLETE_ARGS") or "").split()
    flags = [at for at, word in enumerate(words[:-1]) if word in {"-f", "--file"}]
    return words[flags[-1] + 1] if flags else None


def checked_note(given: str) -> str:
    """The note as it is, if a record can hold it."""
    if len(given) > MOST_NOTE:
        raise KpiError(f"the note is longer than {MOST_NOTE:,} characters", hint="shorten it")
    return given


def writer(given: str | None) -> str:
    """Who records: the flag, $KPI_BY, git's user.name, the login name."""
    if given is not None and len(given) > MOST_BY:
        raise KpiError(f"--by is longer than {MOST_BY} characters", hint="shorten it")
    name = given if given is not None else os.environ.get("KPI_BY") or _git_name() or _login_name()
    try:
        name.encode()
    except UnicodeEncodeError:
        hint = "give one: --by NAME"
        raise KpiError("the name of who records is not valid UTF-8", hint=hint) from None
    return name[:MOST_BY]


def _git_name() -> str:
    from subprocess import DEVNULL, PIPE, TimeoutExpired, run

    try:
        asked = ["git", "config", "user.name"]
        done = run(asked, stdin=DEVNULL, stdout=PIPE, stderr=DEVNULL, timeout=2, check=False)  # noqa: S603
        return done.stdout.decode().strip()
    except (OSError, UnicodeDecodeError, TimeoutExpired):
        return ""


def _login_name() -> str:
    from getpass import getuser

    try:
        return getuser()
    except (OSError, KeyError):
        return ""


By = Annotated[
    str | None,
    typer.Option(
        metavar="NAME", help="Who records; else $KPI_BY, git's user.name, the login name."
    ),
]
Yes = Annotated[
    bool, typer.Option("--yes", "-y", help="Change what stands, and keep what looks odd.")
]
Note = Annotated[str, typer.Option(metavar="TEXT", help="Why it is what it is.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would be recorded.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No confirmation.")]
KpiIds = Annotated[
    list[str] | None,
    typer.Argument(metavar="[KPI]...", help="Only these ids.", autocompletion=known_ids),
]


class Only(NamedTuple):
    """Which KPIs, by what their definitions say."""

    area: Annotated[str | None, typer.Option(metavar="AREA", help="Only that area.")] = None
    owner: Annotated[str | None, typer.Option(metavar="OWNER", help="Only that owner's.")] = None
    goal: Annotated[str | None, typer.Option(metavar="GOAL", help="Only that goal's.")] = None

    def of(self, definitions: Definitions, ids: Iterable[str] | None) -> list[Kpi]:
        """Those of the KPIs that were named, or of all; raises `KpiError` where there is none."""
        from kpicli.analysis.choose import wanted

        return wanted(definitions, ids or (), **self._asdict())


def command(function: Callable[..., int]) -> Callable[..., int]:
    """A command whose parameters that are named tuples are flags of their own on the command line.

    As `Where` and `When` are above: each field is a flag with its annotation and its default.
    """
    hints = get_type_hints(function, include_extras=True)
    groups = {name: kind for name, kind in hints.items() if _is_group(kind)}
    own = [
        parameter.replace(annotation=hints[name])
        for name, parameter in signature(function).parameters.items()
        if name not in groups
    ]
    flags = [
        Parameter(
            name,
            Parameter.KEYWORD_ONLY,
            default=kind._field_defaults[name],
            annotation=kind.__annotations__[name],
        )
        for kind in groups.values()
        for name in kind._fields
    ]

    @wraps(function)
    def parsed(**values: Any) -> int:
        made = {
            group: kind(**{name: values.pop(name) for name in kind._fields})
            for group, kind in groups.items()
        }
        return function(**values, **made)

    parameters = [one.replace(kind=Parameter.KEYWORD_ONLY) for one in own] + flags
    parsed.__signature__ = signature(function).replace(parameters=parameters)  # type: ignore[attr-defined]
    parsed.__annotations__ = {one.name: one.annotation for one in parameters}
    return parsed


def _is_group(kind: Any) -> bool:
    return isinstance(kind, type) and hasattr(kind, "_field_defaults")
