"""The rules: all of them in a list, or one explained."""

import re
from collections.abc import Iterable, Iterator

from kpicli.lint.documentation import Example, Explanation
from kpicli.plugins import words
from kpicli.text import comma_list
from kpicli.views.parts.view import (
    Block,
    Column,
    Field,
    Fields,
    Note,
    View,
    attribute_columns,
    table_of,
)

_SENTENCE_END = re.compile(r"(?<=[.?!]) ")


def _title(rule: Explanation) -> str:
    return f"{rule.code} {rule.name}"


_COLUMNS: tuple[Column[Explanation], ...] = (
    *attribute_columns("code", "name", "severity", "summary"),
    Column("", "Rule", _title, is_brief=True),
    Column("", "Severity", lambda rule: rule.severity, is_brief=True),
    Column("", "What it finds", lambda rule: rule.summary),
)


def rules_view(rules: Iterable[Explanation]) -> View:
    """Code, name, severity and first sentence of each, and the languages that they read."""
    return View("rules", "", (table_of("rules", _COLUMNS, rules, is_list=True),), _languages())


def _languages() -> str:
    languages = comma_list(sorted(words("language").values()))
    return f"Names and definitions are read in {languages}; in others rules go by numbers alone."


def rule_view(rule: Explanation) -> View:
    """What a rule finds, why that matters, and a definitions file before and after."""
    fields = Fields(
        (
            Field("code", rule.code),
            Field("name", rule.name),
            Field("", _title(rule), "Rule"),
            Field("severity", rule.severity, "Severity"),
            Field("summary", rule.summary),
            Field("why", rule.why),
            Field("as_of", rule.as_of or None),
            Field("bad", rule.bad.definitions),
            Field("bad_log", rule.bad.log or None),
            Field("good", rule.good.definitions),
            Field("good_log", rule.good.log or None),
        )
    )
    return View("rule", "", (fields, Note(""), *_notes(rule)))


def reference_view(rules: Iterable[Explanation]) -> View:
    """All of the documentation, a heading a rule."""
    blocks: list[Block] = [Note(_languages())]
    for rule in rules:
        blocks.append(Note(f"{_title(rule)} ({rule.severity})", is_heading=True))
        blocks += _notes(rule)
    return View("reference", "The rules of kpi check", tuple(blocks))


def _notes(rule: Explanation) -> Iterator[Note]:
    yield Note(rule.summary)
    yield from map(Note, _SENTENCE_END.split(rule.why))
    yield from _example("Bad", rule.bad, rule.as_of)
    yield from _example("Good", rule.good, rule.as_of)


def _example(word: str, example: Example, as_of: str) -> Iterator[Note]:
    yield Note("")
    yield Note(f"{word}:")
    yield Note(example.definitions.rstrip(), is_code=True)
    if example.log:
        yield Note("")
        yield Note(f"with this log, on {as_of}:" if as_of else "with this log:")
        yield Note(example.log.rstrip(), is_code=True)
