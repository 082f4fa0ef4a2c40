"""The catalogue: its terms by area, one of them explained, and those that serve a goal."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from kpicli.catalogue.search import MatchReason
from kpicli.catalogue.term import Template
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
_CURRENCY_TEXT = "your currency"
_EXAMPLES = {PERCENT: "…%", CURRENCY: "… kr"}
_SIGNS = {"lower": "<", "higher": ">="}


class _Answer(NamedTuple):
    """A term that serves a goal in a person's words, and why."""

    template: Template
    why: MatchReason

    def text(self) -> str:
        """It as one line of plain text."""
        template = self.template
        return f"{template.full_name}: {template.first_sentence} {add_command(template)}"


def catalog_view(templates: Sequence[Template]) -> View:
    """A line a term, by area."""
    rows = tuple(
        row_of(_TERMS, template, section=capitalized(template.area)) for template in templates
    )
    areas = len({template.area for template in templates})
    count = f"{plural(len(templates), 'KPI')} in {plural(areas, 'area')}"
    footer = f"{count}; kpi catalog TERM explains one, kpi add TERM puts it into your definitions"
    return View("catalog", "", (Table("entries", _TERMS, rows),), footer)


def answer_view(phrase: str, matches: Iterable[tuple[Template, MatchReason]]) -> View:
    """The terms that serve a goal in a person's words, the best first, each with the reason."""
    answers = (_Answer(template, why) for template, why in matches)
    rows = tuple(row_of(_ANSWERS, answer, line=answer.text()) for answer in answers)
    head = Fields((Field("goal", phrase),))
    footer = "kpi catalog TERM explains one" if rows else ""
    table = Table("entries", _ANSWERS, rows, is_list=True)
    return View("catalog_answer", "", (head, table), footer)


def _reason(template: Template, why: MatchReason) -> str:
    """`serves "fewer cancellations": you say lose, customers`."""
    words = f"you say {', '.join(why.words)}"
    if why.phrase in template.goals:
        return f'serves "{why.phrase}": {words}'
    return f'is called "{why.phrase}": {words}' if why.phrase else f"is about that: {words}"


def template_view(template: Template, templates: Mapping[str, Template]) -> View:
    """All that the catalogue says of one term, and the line to type."""
    inputs = [templates[id] for id in template.inputs]
    blocks: tuple[Block, ...] = (
        *map(Note, template.sentences),
        Note(""),
        Fields((*fields_of(_TEMPLATE, template), *_for_people(template, templates, inputs))),
        table_of("inputs", _INPUTS, inputs, is_aside=True),
        Note(""),
        Note(add_command(template), is_code=True),
    )
    return View("catalog_entry", template.full_name, blocks)


def _for_people(
    template: Template, templates: Mapping[str, Template], inputs: Sequence[Template]
) -> Iterator[Field]:
    keys, typical = template.keys, template.typical
    related = (f"{templates[id].name} ({id})" for id in template.related if id in templates)
    texts = (
        ("Also called", ", ".join(template.aliases)),
        ("Definition", keys.get("definition")),
        ("Formula", formula_in_words(keys.get("formula", ""), templates)),
        ("Recorded", ", ".join(f"{part.name} ({_unit(part)})" for part in inputs)),
        ("Unit", _unit(template)),
        ("Better", keys.get("direction")),
        ("Measured", keys.get("frequency")),
        ("Serves", ", ".join(template.goals)),
        ("Pitfalls", template.pitfalls),
        ("Typical", f"{typical.band} ({typical.source})" if typical else ""),
        ("Levers", ", ".join(keys.get("levers", ()))),
        ("Related", ", ".join(related)),
        ("Source", template.reference),
    )
    for heading, text in texts:
        if text:
            yield Field("", Prose(text), heading)


def _unit(template: Template) -> str:
    unit = str(template.keys.get("unit", ""))
    return _CURRENCY_TEXT if unit == CURRENCY else unit


def formula_in_words(formula: str, templates: Mapping[str, Template]) -> str:
    """A formula with the names of what it is over: `100 · Orders / Website Visits`."""

    def name_of(part: Input) -> str:
        name = templates[part.id].name if part.id in templates else part.id
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


def add_command(template: Template) -> str:
    """The command that puts it into the definitions, its number left open."""
    return f'kpi add {template.id} --target "{target_hint(template, "…")}"'


def target_hint(template: Template, number: str) -> str:
    """A target of the kind that it takes: `<5%`, `>=500 orders`."""
    unit = str(template.keys.get("unit", ""))
    sign = _SIGNS.get(str(template.keys.get("direction")), "")
    return sign + _EXAMPLES.get(unit, f"… {unit}".rstrip()).replace("…", number)


def _key(name: str) -> Column[Template]:
    return Column(name, of=lambda template: template.keys.get(name))


_TERMS: tuple[Column[Template], ...] = (
    *attribute_columns("id", "term", "name", "area"),
    *map(_key, ("unit", "direction")),
    Column("goals", of=lambda template: Items(template.goals)),
    Column("", "KPI", lambda template: template.full_name, is_brief=True),
    Column("", "Serves", lambda template: ", ".join(template.goals[:_LISTED_GOALS])),
    Column("", "To add it", lambda template: f"kpi add {template.id}", rank=1),
)
_ANSWERS: tuple[Column[_Answer], ...] = (
    *attribute_columns("id", "term", "name", "area", of="template"),
    Column("", "KPI", lambda row: row.template.full_name, is_brief=True),
    Column("explains", "What it tells", lambda row: Prose(row.template.first_sentence)),
    Column("why", "Why", lambda row: Prose(_reason(row.template, row.why))),
    Column("", "To add it", lambda row: f"→ {add_command(row.template)}"),
)
_TEMPLATE: tuple[Column[Template], ...] = (
    *attribute_columns("id", "term"),
    Column("aliases", of=lambda template: Items(template.aliases)),
    *attribute_columns("name", "area", "explains"),
    *map(_key, ("definition", "formula", "unit", "direction", "frequency", "rollup")),
    Column("goals", of=lambda template: Items(template.goals)),
    *attribute_columns("pitfalls"),
    Column("typical", of=lambda template: template.typical.band if template.typical else None),
    Column(
        "typical_source", of=lambda template: template.typical.source if template.typical else None
    ),
    Column("levers", of=lambda template: Items(tuple(template.keys.get("levers", ())))),
    Column("related", of=lambda template: Items(template.related)),
    *attribute_columns("reference"),
)
_INPUTS: tuple[Column[Template], ...] = (
    *attribute_columns("id", "name"),
    *map(_key, ("unit", "definition")),
)
