"""What surrounds a run: clock, days that flags name by it, who is here, where kpi may remember."""

import os
import re
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

from kpicli.errors import KpiError, NotationError
from kpicli.model.frequency import Frequency
from kpicli.model.period import recorded_period
from kpicli.model.scorecard import Clock
from kpicli.model.timestamp import stamp
from kpicli.noun import NamedTuple
from kpicli.text import safe


class Moment(NamedTuple):
    """The clock of a day, and the instant at which that day ends; empty where today is meant.

    What was recorded at that instant or later does not count.
    """

    clock: Clock
    until: str = ""


def moment(as_of: date | None) -> Moment:
    """A day, else today."""
    if as_of is None:
        return Moment(Clock(_local(_now()).date(), local_day))
    return Moment(Clock(as_of, local_day), start_of(as_of + timedelta(days=1)))


def day_given(flag: str, text: str) -> date:
    """The day that a flag names, `today` and `yesterday` too; raises `KpiError` for others."""
    with suppress(NotationError):  # to load what reads all others takes 4 ms
        if (period := recorded_period(text)).frequency is Frequency.DAILY:
            return period.start
    from kpicli.model.notation.period import written_period

    try:
        period = written_period(text, Frequency.DAILY, moment(None).clock.today, local_day)
    except NotationError as error:
        hint = error.hint if "ambiguous" in error.message else ""
        hint = hint or f"as in {flag} 2026-11-05, today or yesterday"
        raise KpiError(f"{flag} {error.message}", hint=hint) from None
    if period.frequency is not Frequency.DAILY:
        raise KpiError(f"{flag} takes a day", hint=f"as in {flag} 2026-11-05")
    return period.start


_DAYS = {"": 1, "d": 1, "day": 1, "days": 1, "w": 7, "week": 7, "weeks": 7}
_MOST_DAYS = 366


def days_given(flag: str, text: str) -> int:
    """The days of a length such as `7d` or `2w`; raises `KpiError` for others."""
    match = re.fullmatch(r"\s*([0-9]{1,3})\s*([a-z]*)\s*", text.lower())
    days = int(match[1]) * _DAYS[match[2]] if match and match[2] in _DAYS else None
    if days is None or days > _MOST_DAYS:
        message = f"{flag} cannot be '{safe(text[:40])}'"
        raise KpiError(message, hint=f"write days or weeks, as 7d or 2w, at most {_MOST_DAYS}d")
    return days


def start_of(day: date) -> str:
    """The instant at which a day begins where the reader lives, as the log writes it."""
    midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - where the reader lives
    return stamp(_local(midnight))


def local_day(at: str) -> date:
    """The day of an instant of the log where the reader lives."""
    return _local(datetime.fromisoformat(at)).date()


def now() -> str:
    """The instant at hand, as the log writes it."""
    return stamp(_now())


def _now() -> datetime:
    try:
        return datetime.now(UTC)
    except (OverflowError, ValueError, OSError):
        message = "the clock of this machine says a year that kpi can't reckon with"
        raise KpiError(message, hint="set the clock") from None


def _local(instant: datetime) -> datetime:
    """An instant where the reader lives; one without an offset is local already."""
    try:
        return instant.astimezone()
    except (OverflowError, ValueError, OSError):
        message = f"TZ={safe(os.environ.get('TZ', ''))} is no time zone that kpi can reckon with"
        raise KpiError(message, hint="as in TZ=Europe/Oslo, or leave TZ unset") from None


def time_zone() -> str:
    """Where the reader lives, as in `Europe/Oslo`; nothing where this machine does not say it."""
    from zoneinfo import ZoneInfo

    name = os.environ.get("TZ") or os.path.realpath("/etc/localtime").partition("zoneinfo/")[2]
    with suppress(LookupError, OSError, ValueError):
        return ZoneInfo(name.removeprefix(":")).key
    return ""


_POSIX_ZONE = r"(<[-+\w]+>|[A-Za-z]{3,})[-+]?[0-9]|(.*/)?(UTC|GMT|UCT|Zulu|Z)$"


def unknown_time_zone() -> str:
    """What $TZ names and this machine does not know, so that its days are those of UTC, if so."""
    name = os.environ.get("TZ", "").removeprefix(":")
    if not name or time.timezone or time.daylight or re.match(_POSIX_ZONE, name):
        return ""
    from zoneinfo import TZPATH

    folders = (os.environ.get("TZDIR", ""), *TZPATH)
    return "" if any(os.path.isfile(os.path.join(each, name)) for each in folders) else name


def named_file() -> str | None:
    """The definitions that $KPI_FILE names, if any."""
    return os.environ.get("KPI_FILE")


_OFF = {"off", "0", "no", "false", "never"}


def cache_folder() -> str | None:
    """Where kpi may remember what it can always find out again; nowhere with KPI_CACHE=off."""
    if os.environ.get("KPI_CACHE", "").lower() in _OFF:
        return None
    return _own_folder("XDG_CACHE_HOME", ".cache")


def state_folder() -> str | None:
    """Where kpi keeps what somebody agreed to."""
    return _own_folder("XDG_STATE_HOME", ".local/state")


_MACHINE_FILES = ("/etc/machine-id", "/var/lib/dbus/machine-id", "/etc/hostid")
"""Where Linux, and FreeBSD, say which machine it is."""


def machine_id() -> str:
    """What tells this machine from others, as its system says; nothing where that says nothing."""
    for path in _MACHINE_FILES:
        with suppress(OSError, UnicodeDecodeError), open(path, encoding="ascii") as file:
            if (id := file.read(80).strip()) and id != "uninitialized":
                return id
    return _hardware_id() if sys.platform == "darwin" else ""


def _hardware_id() -> str:
    """The UUID of a Mac."""
    from ctypes import CDLL, c_long, create_string_buffer

    uuid = create_string_buffer(16)
    is_known = CDLL(None).gethostuuid(uuid, (c_long * 2)(1, 0)) == 0
    return uuid.raw.hex() if is_known else ""


def _own_folder(variable: str, usual: str) -> str | None:
    """The folder of kpi's own; none in a home that is not there."""
    if base := os.environ.get(variable):
        return os.path.join(base, "kpi") if os.path.isabs(base) else None
    home = os.path.expanduser("~")
    is_there = os.path.isabs(home) and os.path.isdir(home)
    return os.path.join(home, usual, "kpi") if is_there else None


def variables() -> Mapping[str, str]:
    """All that the environment holds, for what a source's `${NAME}` stands for."""
    return os.environ


def install_command(packages: str) -> str:
    """What brings packages to where this kpi is, whoever installed it."""
    return f"pip --python {safe(sys.executable)} install {packages}"


def named_writer() -> str:
    """Who records, as $KPI_BY says."""
    return os.environ.get("KPI_BY", "")


def login_name() -> str:
    """The name by which the user is logged in, or nothing."""
    from getpass import getuser

    try:
        return getuser()
    except (OSError, KeyError):
        return ""
