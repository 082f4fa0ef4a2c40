"""iCalendar: an all-day event for each number that somebody has to record, to subscribe to."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import partial
from hashlib import sha256

from kpicli.render.canvas import Canvas
from kpicli.render.formats._places import has_one_table
from kpicli.text import safe
from kpicli.views.parts.cells import Cell, machine_value
from kpicli.views.parts.view import Fields, View

ENDINGS = ("ics",)
IS_MACHINE = True
IS_SPECIAL = True
takes = partial(has_one_table, keys={"id", "period", "last_day", "text", "advice", "source"})
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
_OCTETS = 75  # of a line without its end, at most (RFC 5545, section 3.1)
_HEAD = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//kpicli//kpi due//EN", "CALSCALE:GREGORIAN")
_FRESH = ("REFRESH-INTERVAL;VALUE=DURATION:P1D", "X-PUBLISHED-TTL:P1D")
_UTC = (
    *("BEGIN:VTIMEZONE", "TZID:UTC", "BEGIN:STANDARD", "DTSTART:19700101T000000"),
    *("TZOFFSETFROM:+0000", "TZOFFSETTO:+0000", "END:STANDARD", "END:VTIMEZONE"),
)
"""What an empty calendar holds, since it has to hold something (section 3.6)."""


def render(view: View, _canvas: Canvas) -> Iterator[str]:
    """Lines of at most 75 octets that end in CRLF (RFC 5545); a subscriber asks once a day."""
    table = next(view.tables())
    head = {
        field.key: field.cell
        for block in view.blocks
        if isinstance(block, Fields)
        for field in block.fields
    }
    name = _text(head.get("title")) or "kpi"
    as_of = date.fromisoformat(str(head["as_of"]))
    yield from map(_line, (*_HEAD, f"NAME:{name}", f"X-WR-CALNAME:{name}", *_FRESH))
    for row in table.rows:
        yield from map(_line, _event(dict(table.keyed_cells(row)), name, as_of))
    yield from map(_line, () if table.rows else _UTC)
    yield _line("END:VCALENDAR")


def _event(cells: Mapping[str, Cell], board: str, as_of: date) -> Iterator[str]:
    """On the last day in time; what is past that moves with today, where it is seen.

    The identifier stays that of the KPI and its period, so that a moved event is no new one.
    """
    day = max(date.fromisoformat(str(cells["last_day"])), as_of)
    digest = sha256(f"{board}\n{cells['id']}\n{cells['period']}".encode()).hexdigest()[:16]
    details = "\\n".join(_text(cells[key]) for key in ("advice", "source") if cells[key])
    yield "BEGIN:VEVENT"
    yield f"UID:{cells['id']}-{cells['period']}-{digest}@kpi"
    yield f"DTSTAMP:{as_of:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_text(cells['text'])}"
    yield f"DESCRIPTION:{details}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _text(cell: Cell) -> str:
    """A value of the type TEXT (section 3.3.11)."""
    return safe(str(machine_value(cell) or "")).translate(_ESCAPES)


def _line(text: str) -> str:
    """Cut between characters; what continues a line begins with a space."""
    pieces = [""]
    for char in text:
        if len(pieces[-1].encode()) + len(char.encode()) > _OCTETS:
            pieces.append(" ")
        pieces[-1] += char
    return "".join(f"{piece}\r\n" for piece in pieces)
