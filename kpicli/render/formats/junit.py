"""JUnit XML, as build servers read it: a test case a finding, advice is skipped."""

from collections.abc import Iterator
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from kpicli.render.canvas import Canvas
from kpicli.render.formats._places import is_placed, places
from kpicli.views.parts.view import View

ENDINGS = ("xml",)
IS_MACHINE = True
IS_SPECIAL = True
takes = is_placed
_ADVICE = "advice"


def render(view: View, _canvas: Canvas) -> Iterator[str]:
    """A suite a file; where nothing is found one case passes, so that a server has something."""
    rows = list(places(view))
    failures, skipped = _counts(rows)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<testsuites tests="{max(len(rows), 1)}" failures="{failures}" skipped="{skipped}">\n'
    for file, group in groupby(rows, key=lambda row: row["file"]):
        yield from _suite(file, list(group))
    if not rows:
        yield '  <testsuite name="kpi" tests="1" failures="0" skipped="0">\n'
        yield '    <testcase classname="kpi" name="nothing found"/>\n  </testsuite>\n'
    yield "</testsuites>\n"


def _suite(file: str, rows: list[dict[str, str]]) -> Iterator[str]:
    failures, skipped = _counts(rows)
    counts = f'tests="{len(rows)}" failures="{failures}" skipped="{skipped}"'
    yield f"  <testsuite name={quoteattr(file)} {counts}>\n"
    for row in rows:
        rule = " ".join(filter(None, (row.get("code"), row.get("name"), row.get("kind"))))
        name = quoteattr(f"{row['line']}: {rule}")
        yield f"    <testcase classname={quoteattr(file)} name={name} file={quoteattr(file)}"
        yield f' line="{row["line"]}">\n'
        message = quoteattr(row["message"])
        if row.get("severity") == _ADVICE:
            yield f"      <skipped message={message}/>\n"
        else:
            kind = quoteattr(row.get("severity") or "error")
            hint = escape(row.get("hint", ""))
            yield f"      <failure type={kind} message={message}>{hint}</failure>\n"
        yield "    </testcase>\n"
    yield "  </testsuite>\n"


def _counts(rows: list[dict[str, str]]) -> tuple[int, int]:
    skipped = sum(row.get("severity") == _ADVICE for row in rows)
    return len(rows) - skipped, skipped
