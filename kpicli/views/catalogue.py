"""The catalogue: its terms by area, one of them explained, and those that serve a goal."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kpicli.catalogue.search import Why
from kpicli.catalogue.term import Entry
from kpicli.language.currency import CURRENCY
from kpicli.model.quantity import PERCENT
from kpicli.text import plural
from kpicli.views.parts.cells import Items, Prose
from kpicli.views.parts.view import Block, Column, Field, Fields, Note, Row, Table, View

_LISTED = (
    Column("id"),
    Column("term"),
    Column("name"),
    Column("area"),
    Column("unit"),
    Column("direction"),
    Column("goals"),
    Column("", "KPI", is_brief=True),
    Column("", "Serves"),
    Column("", "To add it", 1),
)
_SERVING = (
    Column("id"),
    Column("term"),
    Column("name"),
    Column("area"),
    Column("", "KPI", is_brief=True),
    Column("explains", "What it tells"),
    Column("why", "Why"),
    Column("", "To add it"),
)
_INPUTS = (Column("id"), Column("name"), Column("unit"), Column("definition"))
_SERVED = 2
"""Goals that the list shows of each."""

_SENTENCE_END = re.compile(r"(?<=[.?!]) ")
_MONEY = "your currency"
_EXAMPLES = {PERCENT: "…%", CURRENCY: "… kr"}
_SIGNS = {"lower": "<", "higher": ">="}


def catalog_view(entries: Sequence[Entry]) -> View:
    """A line a term, by area."""
    rows = tuple(_listed(entry) for entry in entries)
    areas = len({entry.area for entry in entries})
    count = f"{plural(len(entries), 'KPI')} in {plural(areas, 'area')}"
    footer = f"{count}; kpi catalog TERM explains one, kpi add TERM puts it into your definitions"
    return View("catalog", "", (Table("entries", _LISTED, rows),), footer)


def _listed(entry: Entry) -> Row:
    cells = (
        entry.id,
        entry.term,
        entry.name,
        entry.area,
        entry.keys.get("unit"),
        entry.keys.get("direction"),
        Items(entry.goals),
        full_name(entry),
        ", ".join(entry.goals[:_SERVED]),
        f"kpi add {entry.id}",
    )
    return Row(cells, section=area_heading(entry.area))


def area_heading(area: str) -> str:
    """An area as a heading."""
    return area[:1].upper() + area[1:]


def full_name(entry: Entry) -> str:
    """`Customer Acquisition Cost (CAC)`; a term that is the name itself stands once."""
    is_same = entry.term.casefold() in entry.name.casefold()
    return entry.name if is_same else f"{entry.name} ({entry.term})"


def answer_view(phrase: str, found: Iterable[tuple[Entry, Why]]) -> View:
    """The terms that serve a goal in a person's words, the best first, each with the reason."""
    rows = tuple(_serving(entry, why) for entry, why in found)
    head = Fields((Field("goal", phrase),))
    footer = "kpi catalog TERM explains one" if rows else ""
    return View(
        "catalog_answer", "", (head, Table("entries", _SERVING, rows, is_list=True)), footer
    )


def _serving(entry: Entry, why: Why) -> Row:
    first = first_sentence(entry)
    name = full_name(entry)
    cells = (
        *(entry.id, entry.term, entry.name, entry.area, name),
        Prose(first),
        Prose(_reason(entry, why)),
        f"→ {add_command(entry)}",
    )
    return Row(cells, line=f"{name}: {first} {add_command(entry)}")


def first_sentence(entry: Entry) -> str:
    """What it is, without what it is good for."""
    return _SENTENCE_END.split(entry.explains, maxsplit=1)[0]


def _reason(entry: Entry, why: Why) -> str:
    """`serves "fewer cancellations": you say lose, customers`."""
    said = f"you say {', '.join(why.words)}"
    if why.said in entry.goals:
        return f'serves "{why.said}": {said}'
    return f'is called "{why.said}": {said}' if why.said else f"is about that: {said}"


def entry_view(entry: Entry, known: Mapping[str, Entry]) -> View:
    """All that the catalogue says of one term, and the line to type."""
    used = [known[id] for id in entry.inputs]
    table = Table("inputs", _INPUTS, tuple(_input(one) for one in used), is_aside=True)
    fields = (*_for_machines(entry), *_for_people(entry, known, used))
    blocks: tuple[Block, ...] = (
        *map(Note, _SENTENCE_END.split(entry.explains)),
        Note(""),
        Fields(tuple(fields)),
        table,
        Note(""),
        Note(add_command(entry), is_code=True),
    )
    return View("catalog_entry", full_name(entry), blocks)


def _input(entry: Entry) -> Row:
    return Row((entry.id, entry.name, entry.keys.get("unit"), entry.keys.get("definition")))


def _for_machines(entry: Entry) -> Iterator[Field]:
    keys, typical = entry.keys, entry.typical
    yield Field("id", entry.id)
    yield Field("term", entry.term)
    yield Field("aliases", Items(entry.aliases))
    yield Field("name", entry.name)
    yield Field("area", entry.area)
    yield Field("explains", entry.explains)
    yield Field("definition", keys.get("definition"))
    yield Field("formula", keys.get("formula"))
    yield Field("unit", keys.get("unit"))
    yield Field("direction", keys.get("direction"))
    yield Field("frequency", keys.get("frequency"))
    yield Field("rollup", keys.get("rollup"))
    yield Field("goals", Items(entry.goals))
    yield Field("pitfalls", entry.pitfalls)
    yield Field("typical", typical.band if typical else None)
    yield Field("typical_source", typical.source if typical else None)
    yield Field("levers", Items(tuple(keys.get("levers", ()))))
    yield Field("related", Items(entry.related))
    yield Field("reference", entry.reference)


def _for_people(entry: Entry, known: Mapping[str, Entry], used: Sequence[Entry]) -> Iterator[Field]:
    keys, typical = entry.keys, entry.typical
    related = (f"{known[id].name} ({id})" for id in entry.related if id in known)
    said = (
        ("Also called", ", ".join(entry.aliases)),
        ("Definition", keys.get("definition")),
        ("Formula", formula_in_words(keys.get("formula", ""), known)),
        ("Recorded", ", ".join(f"{one.name} ({_unit(one)})" for one in used)),
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
    for heading, text in said:
        if text:
            yield Field("", Prose(text), heading)


def _unit(entry: Entry) -> str:
    unit = str(entry.keys.get("unit", ""))
    return _MONEY if unit == CURRENCY else unit


def formula_in_words(formula: str, known: Mapping[str, Entry]) -> str:
    """A formula with the names of what it is over: `100 · Orders / Website Visits`."""

    def spoken(found: re.Match[str]) -> str:
        lag, id = found.groups()
        name = known[id].name if id in known else id
        return f"{name} {_LAGS[lag]}" if lag else name

    named = re.sub(r"(?:(prev|last_year)\( *)?\b([a-z][a-z0-9_]*)\b(?(1) *\))", spoken, formula)
    return named.replace("*", "·").replace(" - ", " − ")


_LAGS = {"prev": "of the period before", "last_year": "of a year before"}


def add_command(entry: Entry) -> str:
    """The command that puts it into the definitions, its number left open."""
    return f'kpi add {entry.id} --target "{target_hint(entry, "…")}"'


def target_hint(entry: Entry, number: str) -> str:
    """A target of the kind that it takes: `<5%`, `>=500 orders`."""
    unit = str(entry.keys.get("unit", ""))
    sign = _SIGNS.get(str(entry.keys.get("direction")), "")
    shown = _EXAMPLES.get(unit, f"… {unit}".rstrip())
    return sign + shown.replace("…", number)
