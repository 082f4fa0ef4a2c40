"""The rules: all of them in a list, or one explained."""

import re
from collections.abc import Iterable, Iterator

from kpicli.lint.documentation import Example, Explanation
from kpicli.views.parts.view import Block, Column, Field, Fields, Note, Row, Table, View

_COLUMNS = (
    Column("code"),
    Column("name"),
    Column("severity"),
    Column("summary"),
    Column("", "Rule", is_brief=True),
    Column("", "Severity", is_brief=True),
    Column("", "What it finds"),
)
_SENTENCE_END = re.compile(r"(?<=[.?!]) ")


def rules_view(explanations: Iterable[Explanation]) -> View:
    """Code, name, severity and first sentence of each."""
    rows = tuple(
        Row((one.code, one.name, one.severity, one.summary, _title(one), one.severity, one.summary))
        for one in explanations
    )
    return View("rules", "", (Table("rules", _COLUMNS, rows, is_list=True),))


def rule_view(one: Explanation) -> View:
    """What a rule finds, why that matters, and a definitions file before and after."""
    machine = Fields(
        (
            Field("code", one.code),
            Field("name", one.name),
            Field("", _title(one), "Rule"),
            Field("severity", one.severity, "Severity"),
            Field("summary", one.summary),
            Field("why", one.why),
            Field("as_of", one.as_of or None),
            Field("bad", one.bad.definitions),
            Field("bad_log", one.bad.log or None),
            Field("good", one.good.definitions),
            Field("good_log", one.good.log or None),
        )
    )
    reasons = (Note(sentence) for sentence in _SENTENCE_END.split(one.why))
    examples = (*_example("Bad", one.bad, one.as_of), *_example("Good", one.good, one.as_of))
    return View("rule", "", (machine, Note(""), Note(one.summary), *reasons, *examples))


def reference_view(explanations: Iterable[Explanation]) -> View:
    """All of the documentation, a heading a rule."""
    blocks: list[Block] = []
    for one in explanations:
        reasons = (Note(sentence) for sentence in _SENTENCE_END.split(one.why))
        examples = (*_example("Bad", one.bad, one.as_of), *_example("Good", one.good, one.as_of))
        title = Note(f"{_title(one)} ({one.severity})", is_heading=True)
        blocks += [title, Note(one.summary), *reasons, *examples]
    return View("reference", "The rules of kpi check", tuple(blocks))


def _title(one: Explanation) -> str:
    return f"{one.code} {one.name}"


def _example(word: str, example: Example, as_of: str) -> Iterator[Note]:
    yield Note("")
    yield Note(f"{word}:")
    yield Note(example.definitions.rstrip(), is_code=True)
    if example.log:
        yield Note("")
        yield Note(f"with this log, on {as_of}:" if as_of else "with this log:")
        yield Note(example.log.rstrip(), is_code=True)
