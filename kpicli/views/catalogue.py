"""The catalogue: its terms by area, one of them explained, and those that serve a goal."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kpicli.catalogue.search import MatchReason
from kpicli.catalogue.term import Entry
from kpicli.language.currency import CURRENCY
from kpicli.model.formula import Input, Lag, with_inputs
from kpicli.model.unit import PERCENT
from kpicli.noun import NamedTuple
from kpicli.text import capitalized, plural
from kpicli.views.parts.cells import Items, Prose
from kpicli.views.parts.view import (
    Block,
    Column,
    Field,
    Fields,
    Note,
    Table,
    View,
    attribute_columns,
    fields_of,
    row_of,
    table_of,
)

_LISTED_GOALS = 2  # goals that the list shows of each term
_SENTENCE_END = re.compile(r"(?<=[.?!]) ")
_CURRENCY_TEXT = "your currency"
_EXAMPLES = {PERCENT: "…%", CURRENCY: "… kr"}
_SIGNS = {"lower": "<", "higher": ">="}


class _Answer(NamedTuple):
    """A term that serves a goal in a person's words, and why."""

    entry: Entry
    why: MatchReason

    def text(self) -> str:
        """It as one line of plain text."""
        sentence = first_sentence(self.entry)
        return f"{full_name(self.entry)}: {sentence} {add_command(self.entry)}"


def catalog_view(entries: Sequence[Entry]) -> View:
    """A line a term, by area."""
    rows = tuple(row_of(_TERMS, entry, section=capitalized(entry.area)) for entry in entries)
    areas = len({entry.area for entry in entries})
    count = f"{plural(len(entries), 'KPI')} in {plural(areas, 'area')}"
    footer = f"{count}; kpi catalog TERM explains one, kpi add TERM puts it into your definitions"
    return View("catalog", "", (Table("entries", _TERMS, rows),), footer)


def full_name(entry: Entry) -> str:
    """`Customer Acquisition Cost (CAC)`; a term that is the name itself stands once."""
    is_same = entry.term.casefold() in entry.name.casefold()
    return entry.name if is_same else f"{entry.name} ({entry.term})"


def answer_view(phrase: str, matches: Iterable[tuple[Entry, MatchReason]]) -> View:
    """The terms that serve a goal in a person's words, the best first, each with the reason."""
    answers = (_Answer(entry, why) for entry, why in matches)
    rows = tuple(row_of(_ANSWERS, answer, line=answer.text()) for answer in answers)
    head = Fields((Field("goal", phrase),))
    footer = "kpi catalog TERM explains one" if rows else ""
    table = Table("entries", _ANSWERS, rows, is_list=True)
    return View("catalog_answer", "", (head, table), footer)


def first_sentence(entry: Entry) -> str:
    """What it is, without what it is good for."""
    return _SENTENCE_END.split(entry.explains, maxsplit=1)[0]


def _reason(entry: Entry, why: MatchReason) -> str:
    """`serves "fewer cancellations": you say lose, customers`."""
    words = f"you say {', '.join(why.words)}"
    if why.phrase in entry.goals:
        return f'serves "{why.phrase}": {words}'
    return f'is called "{why.phrase}": {words}' if why.phrase else f"is about that: {words}"


def entry_view(entry: Entry, entries: Mapping[str, Entry]) -> View:
    """All that the catalogue says of one term, and the line to type."""
    inputs = [entries[id] for id in entry.inputs]
    blocks: tuple[Block, ...] = (
        *map(Note, _SENTENCE_END.split(entry.explains)),
        Note(""),
        Fields((*fields_of(_ENTRY, entry), *_for_people(entry, entries, inputs))),
        table_of("inputs", _INPUTS, inputs, is_aside=True),
        Note(""),
        Note(add_command(entry), is_code=True),
    )
    return View("catalog_entry", full_name(entry), blocks)


def _for_people(
    entry: Entry, entries: Mapping[str, Entry], inputs: Sequence[Entry]
) -> Iterator[Field]:
    keys, typical = entry.keys, entry.typical
    related = (f"{entries[id].name} ({id})" for id in entry.related if id in entries)
    texts = (
        ("Also called", ", ".join(entry.aliases)),
        ("Definition", keys.get("definition")),
        ("Formula", formula_in_words(keys.get("formula", ""), entries)),
        ("Recorded", ", ".join(f"{part.name} ({_unit(part)})" for part in inputs)),
        ("Unit", _unit(entry)),
        ("Better", keys.get("direction")),
        ("Measured", keys.get("frequency")),
        ("Serves", ", ".join(entry.goals)),
        ("Pitfalls", entry.pitfalls),
        ("Typical", f"{typical.band} ({typical.source})" if typical else ""),
        ("Levers", ", ".join(keys.get("levers", ()))),
        ("Related", ", ".join(related)),
        ("Source", entry.reference),
    )
    for heading, text in texts:
        if text:
            yield Field("", Prose(text), heading)


def _unit(entry: Entry) -> str:
    unit = str(entry.keys.get("unit", ""))
    return _CURRENCY_TEXT if unit == CURRENCY else unit


def formula_in_words(formula: str, entries: Mapping[str, Entry]) -> str:
    """A formula with the names of what it is over: `100 · Orders / Website Visits`."""

    def name_of(part: Input) -> str:
        name = entries[part.id].name if part.id in entries else part.id
        is_far = part.lag is Lag.PREVIOUS and part.periods > 1
        words = "{name} of {count} periods before" if is_far else _LAGS[part.lag]
        return words.format(name=name, count=part.periods)

    return with_inputs(formula, name_of).replace("*", "·").replace(" - ", " − ")


_LAGS: Mapping[Lag, str] = {
    Lag.NONE: "{name}",
    Lag.PREVIOUS: "{name} of the period before",
    Lag.LAST_YEAR: "{name} of a year before",
    Lag.SUM: "sum of {name} over {count} periods",
    Lag.MEAN: "mean of {name} over {count} periods",
}


def add_command(entry: Entry) -> str:
    """The command that puts it into the definitions, its number left open."""
    return f'kpi add {entry.id} --target "{target_hint(entry, "…")}"'


def target_hint(entry: Entry, number: str) -> str:
    """A target of the kind that it takes: `<5%`, `>=500 orders`."""
    unit = str(entry.keys.get("unit", ""))
    sign = _SIGNS.get(str(entry.keys.get("direction")), "")
    return sign + _EXAMPLES.get(unit, f"… {unit}".rstrip()).replace("…", number)


def _key(name: str) -> Column[Entry]:
    return Column(name, of=lambda entry: entry.keys.get(name))


_TERMS: tuple[Column[Entry], ...] = (
    *attribute_columns("id", "term", "name", "area"),
    *map(_key, ("unit", "direction")),
    Column("goals", of=lambda entry: Items(entry.goals)),
    Column("", "KPI", full_name, is_brief=True),
    Column("", "Serves", lambda entry: ", ".join(entry.goals[:_LISTED_GOALS])),
    Column("", "To add it", lambda entry: f"kpi add {entry.id}", rank=1),
)
_ANSWERS: tuple[Column[_Answer], ...] = (
    *attribute_columns("id", "term", "name", "area", of="entry"),
    Column("", "KPI", lambda row: full_name(row.entry), is_brief=True),
    Column("explains", "What it tells", lambda row: Prose(first_sentence(row.entry))),
    Column("why", "Why", lambda row: Prose(_reason(row.entry, row.why))),
    Column("", "To add it", lambda row: f"→ {add_command(row.entry)}"),
)
_ENTRY: tuple[Column[Entry], ...] = (
    *attribute_columns("id", "term"),
    Column("aliases", of=lambda entry: Items(entry.aliases)),
    *attribute_columns("name", "area", "explains"),
    *map(_key, ("definition", "formula", "unit", "direction", "frequency", "rollup")),
    Column("goals", of=lambda entry: Items(entry.goals)),
    *attribute_columns("pitfalls"),
    Column("typical", of=lambda entry: entry.typical.band if entry.typical else None),
    Column("typical_source", of=lambda entry: entry.typical.source if entry.typical else None),
    Column("levers", of=lambda entry: Items(tuple(entry.keys.get("levers", ())))),
    Column("related", of=lambda entry: Items(entry.related)),
    *attribute_columns("reference"),
)
_INPUTS: tuple[Column[Entry], ...] = (
    *attribute_columns("id", "name"),
    *map(_key, ("unit", "definition")),
)
