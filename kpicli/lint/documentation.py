"""The documentation of a rule, read from its docstring."""

import re
from inspect import cleandoc
from itertools import count

from kpicli.model.finding import Severity
from kpicli.model.period import recorded_period
from kpicli.noun import NamedTuple

_PART = re.compile(r"^(Bad|Bad sample|Good|Log|As of):[ \t]*(.*)$", re.MULTILINE)
_MONTHS = re.compile(r"^(\w+) from (\d{4}-\d\d): (.*)$", re.MULTILINE)
_KPI = re.compile(r"^\[kpis\.(.*)\]$", re.MULTILINE)
_WITHOUT = "# without "
"""Begins a line of a change that takes out a key, or a whole table."""
_SAMPLE = """
[goals.growth]
name = "Grow the business"

[kpis.monthly_revenue]
name = "Monthly Revenue"
goal = "growth"
owner = "Head of Sales"
definition = "Invoiced sales excluding VAT and returns"
source = "accounting system"
levers = ["prices", "campaigns"]
frequency = "monthly"
target = "500,000 kr"
"""  # definitions in which no rule finds anything


class Example(NamedTuple):
    """A definitions file that a rule was written for, and the log beside it."""

    definitions: str = ""
    log: str = ""


class Explanation(NamedTuple):
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

    Its first line is the summary; then comes why, then `Bad:` with a definitions file, or `Bad
    sample:` with what is changed in the sample, then `Good:` with what is changed in that, all
    indented, its tables close together. Either may be followed by its `Log:`, in which `orders
    from 2026-09: 31 33` are two months; without one the log stays as it is. `As of: 2026-11-05`
    belongs to both.
    """
    opening, *parts = _PART.split(cleandoc(docstring))
    summary, _, why = opening.partition("\n")
    texts: dict[str, str] = {}
    example = ""
    for part, beside, body in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        example = part.split()[0] if part in {"Bad", "Bad sample", "Good"} else example
        key = f"{example} log" if part == "Log" else part
        texts[key] = beside or _MONTHS.sub(_records, cleandoc(body).strip()) + "\n"
    definitions = _changed("", texts.get("Bad", "")) or _changed_sample(texts["Bad sample"])
    bad = Example(definitions, texts.get("Bad log", ""))
    good = Example(_changed(bad.definitions, texts["Good"]), texts.get("Good log", bad.log))
    reason = " ".join(why.split())
    return Explanation(code, name, severity, summary, reason, bad, good, texts.get("As of", ""))


def _records(months: re.Match[str]) -> str:
    """A line of the log for each of the values, recorded on the day after its month."""
    kpi, label, values = months.groups()
    first = recorded_period(label)
    return "\n".join(
        f'{{"kpi":"{kpi}","period":"{period}","value":{value},"at":"{period.end}T08:00:00Z"}}'
        for period, value in zip(map(first.shift, count()), values.split(), strict=False)
    )


def _changed_sample(change: str) -> str:
    """The sample with what a change says of its KPI, under the id that it has there."""
    id = _KPI.findall(change)[:1]
    return _changed(_SAMPLE.replace("monthly_revenue", *id) if id else _SAMPLE, change)


def _changed(definitions: str, change: str) -> str:
    """A definitions file with the keys and tables of a change, and without what it names so."""
    tables = _tables(definitions)
    for heading, lines in _tables(change).items():
        table = tables.setdefault(heading, {})
        for key, line in lines.items():
            dropped = line.removeprefix(_WITHOUT)
            if dropped == line:
                table[key] = line
            elif dropped.startswith("["):
                del tables[dropped]
            else:
                del table[dropped]
    texts = (
        "\n".join(filter(None, [heading, *lines.values()])) for heading, lines in tables.items()
    )
    return "".join(f"{text}\n\n" for text in texts if text)[:-1]


def _tables(definitions: str) -> dict[str, dict[str, str]]:
    """The lines of each table by their keys, under its heading; a value takes one line."""
    tables: dict[str, dict[str, str]] = {}
    heading = ""
    for line in filter(None, definitions.splitlines()):
        heading = line if line.startswith("[") else heading
        table = tables.setdefault(heading, {})
        if line != heading:
            table[line.partition(" =")[0]] = line
    return tables
