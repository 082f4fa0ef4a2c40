"""An instant of the log: UTC as text, so that order as text is order in time."""

import re
from datetime import UTC, datetime

from kpicli.errors import NotationError

_YEAR, _TIME = r"(?:19|2[0-9])[0-9][0-9]", r"T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
_DAY_AND_TIME = rf"{_YEAR}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01]){_TIME}"
STAMP = rf"{_DAY_AND_TIME}\.[0-9]{{6}}Z"  # how kpi itself writes one

_DAY = (
    r"(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)"
    r"|(?:0[13578]|1[02])-31"
)
LONG_AGO = "2000"  # what is stamped before that was stamped by a clock that was never set
SURE_STAMP = rf"{_YEAR}-(?:{_DAY}){_TIME}\.{'[0-9]' * 6}Z"
"""One that needs no calendar to be believed, any but a leap day; spelled out it is found faster."""
_ANY = rf"(?i:{_DAY_AND_TIME}(?:\.[0-9]+)?(?:Z|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9]))"


def stamp(instant: datetime) -> str:
    """UTC, always six decimals and `Z`: `2026-11-02T08:15:30.123456Z`."""
    utc = instant.astimezone(UTC).replace(tzinfo=None)
    return f"{utc.isoformat(timespec='microseconds')}Z"


def read_instant(text: object, form: str = _ANY) -> str:
    """The stamp of an RFC 3339 time with its offset; more than six decimals are cut off.

    Raises `NotationError` for anything else, a leap second and 24:00 included.
    """
    if type(text) is not str or not re.fullmatch(form, text):
        raise NotationError("at must be UTC, as in 2026-11-02T08:15:30.123456Z")
    try:
        return stamp(datetime.fromisoformat(text.upper()))
    except (ValueError, OverflowError):
        raise NotationError(f"at is not an instant: {text}") from None
