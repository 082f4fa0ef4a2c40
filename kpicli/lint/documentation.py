"""A rule's documentation, as it reads itself from the docstring."""

import re
from dataclasses import dataclass
from inspect import cleandoc

from kpicli.model.finding import Severity

_PART = re.compile(r"^(Bad|Good|Log|As of):[ \t]*(.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Example:
    """A definitions file that a rule was written for, and the log beside it."""

    definitions: str = ""
    log: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a rule finds, why that matters, and how it looks before and after.

    `as_of` is the day on which both examples are judged, empty where any day will do.
    """

    code: str
    name: str
    severity: Severity
    summary: str
    why: str
    bad: Example
    good: Example
    as_of: str = ""


def read_explanation(code: str, name: str, severity: Severity, docstring: str) -> Explanation:
    """The parts of a rule's docstring.

    Its first line is the summary; then comes why, and then `Bad:` and `Good:` with a definitions
    file each, indented. `Log:` belongs to the example before it, `As of: 2026-11-05` to both.
    """
    said, *parts = _PART.split(cleandoc(docstring))
    summary, _, why = said.partition("\n")
    found: dict[str, str] = {}
    example = ""
    for part, beside, body in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        example = part if part in {"Bad", "Good"} else example
        key = f"{example} log" if part == "Log" else part
        found[key] = beside or cleandoc(body).strip() + "\n"
    bad, good = (
        Example(found.get(part, ""), found.get(f"{part} log", "")) for part in ("Bad", "Good")
    )
    reason = " ".join(why.split())
    return Explanation(code, name, severity, summary, reason, bad, good, found.get("As of", ""))
