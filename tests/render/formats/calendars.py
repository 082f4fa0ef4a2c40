"""A strict reader of iCalendar (RFC 5545): a line that breaks the grammar is an error."""

import re
from dataclasses import dataclass, field

_PARAMETER = r";[A-Z0-9-]+=(?:[^\x00-\x1f\x7f\";:,]*|\"[^\x00-\x1f\x7f\"]*\")"
_LINE = re.compile(rf"([A-Z0-9-]+)((?:{_PARAMETER})*):([^\x00-\x08\x0a-\x1f\x7f]*)")
_TEXT = re.compile(r"(?:[^\\;,]|\\[\\;,nN])*")
_TEXTS = {"SUMMARY", "DESCRIPTION", "NAME", "X-WR-CALNAME", "UID", "PRODID"}
_TYPES = {
    "DTSTAMP": r"[0-9]{8}T[0-9]{6}Z",
    "DTSTART;VALUE=DATE": "[0-9]{8}",
    "DTEND;VALUE=DATE": "[0-9]{8}",
    "REFRESH-INTERVAL;VALUE=DURATION": "P[0-9]+D",
    "VERSION": "2[.]0",
    "TRANSP": "TRANSPARENT|OPAQUE",
}
_ONCE = {"VCALENDAR": {"PRODID", "VERSION"}, "VEVENT": {"UID", "DTSTAMP", "DTSTART;VALUE=DATE"}}
"""What a component must have; nothing is there twice in what kpi writes."""


@dataclass
class Component:
    """`VCALENDAR` or what is in it; values by name and parameters, texts without escapes."""

    name: str
    values: dict[str, str] = field(default_factory=dict)
    parts: list["Component"] = field(default_factory=list)

    @property
    def events(self) -> list[dict[str, str]]:
        return [part.values for part in self.parts if part.name == "VEVENT"]


def read_calendar(content: bytes) -> Component:
    """The one calendar that some bytes are."""
    *physical, rest = content.split(b"\r\n")
    assert rest == b"", "the last line ends as well"
    assert all(len(line) <= 75 and b"\n" not in line and b"\r" not in line for line in physical)
    lines = content.decode().replace("\r\n ", "").split("\r\n")[:-1]
    assert [line.decode() for line in physical], "no character is cut in two"
    stack = [Component("")]
    for line in lines:
        match = _LINE.fullmatch(line)
        assert match, line
        name, parameters, value = match.groups()
        if name == "BEGIN":
            stack.append(Component(value))
            stack[-2].parts.append(stack[-1])
        elif name == "END":
            done = stack.pop()
            assert done.name == value
            assert done.values.keys() >= _ONCE.get(value, set())
        else:
            key = name + parameters
            assert key not in stack[-1].values, key
            assert re.fullmatch(_TYPES.get(key, ".*"), value), line
            stack[-1].values[key] = _text(value) if name in _TEXTS else value
    (calendar,) = stack[-1].parts
    assert (len(stack), calendar.name) == (1, "VCALENDAR")
    assert calendar.parts, "a calendar holds something"
    return calendar


def _text(value: str) -> str:
    assert _TEXT.fullmatch(value), value
    return re.sub(r"\\(.)", lambda match: "\n" if match[1] in "nN" else match[1], value)
