"""Flags that several commands share, and the only reader of environment and clock."""

import os
import sys
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from functools import wraps
from inspect import Parameter, signature
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, cast, get_type_hints

import typer

from kpicli import plugs
from kpicli.errors import KpiError, NotationError
from kpicli.model.actual import MOST_BY, Clock
from kpicli.model.instant import stamp
from kpicli.model.period import Frequency, read_period
from kpicli.store.definitions import NAME, DefinitionsFile, find, ids_in, load
from kpicli.text import did_you_mean, safe

if TYPE_CHECKING:
    from kpicli.formats import Canvas, Drawing, Format
    from kpicli.views.blocks import View

_WHEN = ("auto", "always", "never")
_FileFlag = Annotated[
    str | None,
    typer.Option(
        "--file",
        "-f",
        metavar="FILE",
        help="Definitions; else $KPI_FILE, else the nearest kpis.toml.",
    ),
]
_ColorFlag = Annotated[
    str, typer.Option("--color", metavar="WHEN", help="auto, always or never.", show_default=False)
]
_AsciiFlag = Annotated[bool, typer.Option("--ascii", help="Words instead of marks, ASCII only.")]
_FormatFlag = Annotated[
    str | None,
    typer.Option("--format", metavar="NAME", help=f"{', '.join(plugs.names('formats'))}."),
]
_JsonFlag = Annotated[bool, typer.Option("--json", help="Short for --format json.")]
_OutputFlag = Annotated[
    str | None,
    typer.Option(
        "--output", "-o", metavar="FILE", help="Into a file; its ending tells the format."
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


class Look(NamedTuple):
    """How an answer is drawn, and where it goes."""

    format: _FormatFlag = None
    json: _JsonFlag = False
    output: _OutputFlag = None
    color: _ColorFlag = "auto"
    ascii: _AsciiFlag = False

    def drawing(self, view: "View") -> "Drawing":
        """How a view is drawn, and where it goes; raises `KpiError` for a format that can't."""
        from kpicli.formats import Canvas, Drawing

        chosen("--color", self.color, _WHEN)
        if self.json and self.format not in {None, "json"}:
            raise KpiError("--json and --format ask for two formats", hint="give one of the two")
        name = "json" if self.json else self.format or self._usual()
        format = cast("Format", plugs.load("formats", name))
        if not format.takes(view):
            raise KpiError(f"--format {name} does not draw this answer", hint="use --format json")
        if self.output is None:
            return Drawing(format, self.canvas)
        return Drawing(format, Canvas(encoding="ascii" if self.ascii else "utf-8"), self.output)

    def _usual(self) -> str:
        """What the file's ending says, else a drawing for a terminal and plain text for a pipe."""
        if self.output is None:
            return "terminal" if _is_terminal() else "plain"
        ending = os.path.splitext(self.output)[1].removeprefix(".").lower()
        if ending in plugs.names("formats"):
            return ending
        known = {
            known: name
            for name in plugs.names("formats")
            for known in cast("Format", plugs.load("formats", name)).ENDINGS
        }
        if ending not in known:
            endings = ", ".join(f".{one}" for one in known)
            raise KpiError(
                f"-o: no format is known by the ending '{safe(ending)}'",
                hint=f"end the name in {endings}, or give --format",
            )
        return known[ending]

    @property
    def canvas(self) -> "Canvas":
        """Width, colour and encoding of stdout."""
        from kpicli.formats import Canvas

        return Canvas(get_terminal_size().columns, self._has_color(), self._encoding())

    def _has_color(self) -> bool:
        """The flag, then NO_COLOR, then what forces colour, then whether it is a terminal."""
        if chosen("--color", self.color, _WHEN) != "auto":
            return self.color == "always"
        if os.environ.get("NO_COLOR"):
            return False
        if any(
            os.environ.get(name, "0") not in {"", "0"} for name in ("FORCE_COLOR", "CLICOLOR_FORCE")
        ):
            return True
        return _is_terminal() and os.environ.get("TERM") != "dumb"

    def _encoding(self) -> str:
        """What the reader of stdout can be trusted to show."""
        locale = os.environ.get("LC_ALL") or os.environ.get("LC_CTYPE") or ""
        is_told = os.environ.get("PYTHONIOENCODING") or os.environ.get("PYTHONUTF8")
        if self.ascii or (locale in {"C", "POSIX"} and not is_told):
            return "ascii"
        return (sys.stdout.encoding if sys.stdout else None) or "utf-8"


def _is_terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


class When(NamedTuple):
    """On which day it is judged."""

    as_of: _AsOfFlag = None

    @property
    def today(self) -> date:
        """That day, else today."""
        if self.as_of is None:
            return datetime.now().astimezone().date()
        try:
            period = read_period(self.as_of)
        except NotationError as error:
            raise KpiError(f"--as-of {error.message}", hint="as in --as-of 2026-11-05") from None
        if period.frequency is not Frequency.DAILY:
            raise KpiError("--as-of takes a day", hint="as in --as-of 2026-11-05")
        return period.start

    @property
    def clock(self) -> Clock:
        """That day, and the local day of an instant."""
        return Clock(self.today, local_day)

    @property
    def until(self) -> str:
        """The instant at which that day ends, or nothing where today is meant."""
        if self.as_of is None:
            return ""
        day = self.today + timedelta(days=1)
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


KpiIds = Annotated[
    list[str] | None,
    typer.Argument(metavar="[KPI]...", help="Only these ids.", autocompletion=known_ids),
]


def chosen(flag: str, word: str, words: Iterable[str]) -> str:
    """One of a flag's words; raises `KpiError` with what is close."""
    known = tuple(words)
    if word not in known:
        hint = did_you_mean(word, known) or f"one of: {', '.join(known)}"
        raise KpiError(f"{flag} does not know '{safe(word)}'", hint=hint)
    return word


_GROUPS = (Where, Look, When)


def command(function: Callable[..., int]) -> Callable[..., int]:
    """A command whose parameters of the kinds above are flags of their own on the command line."""
    hints = get_type_hints(function, include_extras=True)
    groups = {name: kind for name, kind in hints.items() if kind in _GROUPS}
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
