"""The shape of a definitions file: types, words and known keys, by the fields of the nouns."""

from collections import abc
from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from kpicli.errors import Fault
from kpicli.model.check_settings import CheckSettings
from kpicli.model.kpi import Definitions, Goal, Kpi
from kpicli.model.schema_types import Notation, ShapeElsewhere, TomlTable, Word
from kpicli.model.source import Source
from kpicli.text import Suggestions, clipped, comma_list, did_you_mean

Path = tuple[str, ...]
_SYNONYMS = {
    "higher": "up more high increase increasing rise max maximise maximize ascending",
    "lower": "down less low decrease decreasing fall min minimise minimize descending",
    "sum": "total add added sums addition cumulative",
    "mean": "average avg averaged",
    "last": "latest end final newest closing",
    "min": "minimum smallest lowest",
    "max": "maximum largest highest peak",
    "daily": "day days dayly",
    "weekly": "week weeks",
    "monthly": "month months",
    "quarterly": "quarter quarters",
    "yearly": "year years annual annually",
}
"""What people write for a word of the definitions."""

_STATUS_KEYS = frozenset({"red", "amber", "yellow", "green", "threshold", "thresholds", "warning"})
_STATUS_HINT = 'what is red or amber follows from target and tolerance: tolerance = "10%"'
_KINDS: Mapping[str, type] = {"goals": Goal, "kpis": Kpi, "sources": Source}
"""The tables that hold others by id."""

_TABLES: Mapping[str, type] = {**_KINDS, "check": CheckSettings}
"""All tables of the file but that of the defaults, by their keys."""

_EXPECTED: Mapping[Any, str] = {
    str: "text in quotes",
    int: "a whole number",
    bool: "true or false",
    tuple: "a list of texts",
    dict: "a table",
}


def shape_faults(tables: Mapping[str, Any]) -> list[Fault]:
    """Every key that is unknown or has the wrong type; shapes only, no notation is read."""
    suggestions = {noun: Suggestions(_keys_of(noun)) for noun in (Definitions, *_TABLES.values())}
    return [
        _unknown(path, value, suggestions) if shape is None else _fault(path, value, shape)
        for path, value, shape in _misfits((), tables, Definitions)
    ]


def _misfits(path: Path, value: Any, shape: Any) -> Iterator[tuple[Path, Any, Any]]:
    """Every place with what stands there and the shape that it should have; `None` of a slip."""
    bare = None if shape is None else _bare(shape)
    if bare is None or not _is_of(value, bare):
        yield path, value, bare
    elif _kind(bare) is dict:
        of_keys = _shapes_in(bare) if isinstance(bare, type) else None
        for key, inner in value.items():
            inner_shape = get_args(bare)[1] if of_keys is None else of_keys.get(key)
            yield from _misfits((*path, key), inner, inner_shape)


def _bare(shape: Any) -> Any:
    """A shape by its types alone, and without the `None` of what is left out."""
    if isinstance(shape, type) and issubclass(shape, Word):
        return Literal[tuple(word.value for word in shape)]
    if isinstance(shape, type) and issubclass(shape, Notation):
        return _bare(shape.SHAPE)
    if isinstance(shape, type) and issubclass(shape, ShapeElsewhere):
        return _bare(shape.noun())
    choices = [choice for choice in get_args(shape) if choice is not NoneType]
    return _bare(choices[0]) if _kind(shape) is Union and len(choices) == 1 else shape


def _kind(shape: Any) -> Any:
    """What a bare shape is: a table or a mapping `dict`, and any other its own type or form."""
    origin = get_origin(shape) or shape
    if isinstance(origin, type) and issubclass(origin, TomlTable | abc.Mapping):
        return dict
    return Union if origin is UnionType else origin


def _is_of(value: object, shape: Any) -> bool:
    """Whether a value is of a bare shape, whatever stands in it where that is a table."""
    kind, inner = _kind(shape), get_args(shape)
    if kind is Union:
        return any(_is_of(value, choice) for choice in inner)
    if kind is Literal:
        return isinstance(value, str) and value in inner
    if kind is tuple:
        return isinstance(value, list) and all(_is_of(each, _bare(inner[0])) for each in value)
    return type(value) is kind and not _is_endless(value)


def _is_endless(value: object) -> bool:
    return isinstance(value, Decimal) and not value.is_finite()


def _fault(path: Path, value: object, shape: Any) -> Fault:
    kind, inner = _kind(shape), get_args(shape)
    if kind is Literal:
        expected = f"one of {comma_list([repr(word) for word in inner], 'or')}"
        hint = _meant(value, list(inner)) if isinstance(value, str) else ""
        return Fault(path, f"expected {expected}, got {_description(value)}", hint=hint)
    if _is_endless(value):
        return Fault(path, "must be a finite number, with all its digits", hint="as in 500 kr")
    if kind is tuple and isinstance(value, list):
        return Fault(path, "expected a list of texts")
    expected = _EXPECTED[inner[0] if kind is Union else kind]
    if shape == Notation.SHAPE:
        expected = 'text such as "500 kr", or a number'
    name = ".".join([*path, "ID"] if path[-1] in _KINDS and len(path) == 1 else path)
    hint = f"write [{clipped(name)}] and its keys beneath it" if kind is dict else ""
    return Fault(path, f"expected {expected}, got {_description(value)}", hint=hint)


def _meant(value: str, words: list[str]) -> str:
    """The word that people mean by another one, else the nearest."""
    synonyms = {other: word for word in words for other in _SYNONYMS.get(word, "").split()}
    word = synonyms.get(value.casefold())
    return f"did you mean '{word}'?" if word else did_you_mean(value, words)


def _unknown(path: Path, value: object, suggestions: Mapping[type, Suggestions]) -> Fault:
    noun: type = Definitions if len(path) == 1 else _TABLES.get(path[0], Kpi)
    if noun is Kpi and path[-1].casefold() in _STATUS_KEYS:
        hint = _STATUS_HINT
    elif len(path) == 1 and isinstance(value, dict) and set(value) <= set(_keys_of(Kpi)):
        hint = f"a KPI is written [kpis.{clipped(path[0])}]"
    else:
        hint = suggestions[noun].of(path[-1]) or f"known: {', '.join(_keys_of(noun))}"
    return Fault(path, f"unknown key '{clipped(path[-1])}'", hint=hint)


def _keys_of(noun: type) -> list[str]:
    return [*_shapes_in(noun)]


@cache
def _shapes_in(noun: Any) -> Mapping[str, Any]:
    """The shapes of a table's keys; its other fields are the program's."""
    return {field.name: field.type for field in fields(noun) if "doc" in field.metadata}


def _description(value: object) -> str:
    """A TOML value as a reader of the file would call it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int) and abs(value) >= 10**18:
        return "a very large number"
    if isinstance(value, int | Decimal):
        return f"the number {value}"
    if isinstance(value, str):
        return f"'{clipped(value)}'"
    if isinstance(value, dict | list | tuple):
        return "a table" if isinstance(value, dict) else "a list"
    return "a date or time" if isinstance(value, date | datetime | time) else "nothing"


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a definitions file, for editors."""
    from pydantic import TypeAdapter

    schema = TypeAdapter(Definitions).json_schema()
    definitions = schema["$defs"]
    nouns = _TABLES.values()
    tables = ((Definitions, schema), *((noun, definitions[noun.__name__]) for noun in nouns))
    for noun, table in tables:
        for title in ("title", "description", "required"):
            table.pop(title, None)
        table["properties"] = {
            field.name: _documented(table["properties"][field.name], field.metadata)
            for field in fields(noun)
            if "doc" in field.metadata
        }
    return {"$schema": "http://json-schema.org/draft-07/schema#", "title": "kpis.toml", **schema}


def _documented(schema: dict[str, Any], metadata: Mapping[str, Any]) -> dict[str, Any]:
    """A key with its description and bounds; `null` and defaults have no place in TOML."""
    choices = [choice for choice in schema.get("anyOf", [schema]) if choice != {"type": "null"}]
    choice = choices[0] if len(choices) == 1 else {"anyOf": choices}
    bare = {key: value for key, value in choice.items() if key not in {"title", "default"}}
    return {"description": metadata["doc"], **bare, **metadata["bounds"]}
