"""The shape of a definitions file: types, words and known keys, as Pydantic checks them."""

from collections.abc import Mapping
from dataclasses import Field, fields, is_dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from types import NoneType
from typing import Any, Literal, get_args, get_origin

from pydantic_core import ErrorDetails, SchemaValidator, ValidationError

from kpicli.errors import Fault
from kpicli.model.finding import CheckSettings
from kpicli.model.kpi import Definitions, Goal, Kpi
from kpicli.model.source import Source
from kpicli.plugins import split, words
from kpicli.text import Suggestions, clipped, did_you_mean

Path = tuple[str, ...]
_TOP_KEYS = frozenset({"title", "log", "remote", "decimal", "year_starts"})
_STATUS_KEYS = frozenset({"red", "amber", "yellow", "green", "threshold", "thresholds", "warning"})
_STATUS_HINT = 'what is red or amber follows from target and tolerance: tolerance = "10%"'
_KINDS: Mapping[str, type] = {"goals": Goal, "kpis": Kpi, "sources": Source}
"""The tables that hold others by id."""
_TABLES: Mapping[str, type] = {**_KINDS, "check": CheckSettings}
"""All tables of the file but that of the defaults, by their keys."""

_EXPECTED = {
    "string_type": "text in quotes",
    "int_type": "a whole number",
    "list_type": "a list of texts",
    "dict_type": "a table",
}
_PLAIN: Mapping[Any, str] = {str: "str", int: "int", bool: "bool", Decimal: "decimal"}


def _shape(kind: Any) -> Any:
    """The shape of a type in TOML, as the core of Pydantic takes it.

    All of Pydantic would make the same of it in four times the time and memory.
    """
    own = getattr(kind, "__get_pydantic_core_schema__", None)
    return own(kind, _structure) if own else _structure(kind)


def _structure(kind: Any) -> dict[str, Any]:
    """The shape of a type that does not say its own: of a table, or of what is built in."""
    if is_dataclass(kind):
        keys = {
            field.name: {"type": "typed-dict-field", "schema": _shape(field.type)}
            for field in _fields_of(kind)
        }
        return {"type": "typed-dict", "fields": keys, "total": False, "extra_behavior": "forbid"}
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Literal:
        return {"type": "literal", "expected": [*parts]}
    shapes = [_shape(part) for part in parts if part not in {NoneType, ...}]
    if origin is tuple:
        return {"type": "list", "items_schema": shapes[0]}
    if origin in {dict, Mapping}:
        return {"type": "dict", "keys_schema": shapes[0], "values_schema": shapes[1]}
    return {"type": "union", "choices": shapes} if shapes else {"type": _PLAIN[kind]}


@cache
def _validator() -> SchemaValidator:
    """The check of a whole file, made once a run."""
    return SchemaValidator(_shape(Definitions))


def shape_faults(tables: Mapping[str, Any]) -> list[Fault]:
    """Every key that is unknown or has the wrong type; shapes only, no notation is read."""
    faults: dict[Path, Fault] = {}
    suggestions = {noun: Suggestions(_keys_of(noun)) for noun in (Definitions, *_TABLES.values())}
    try:
        _validator().validate_python(tables, strict=True)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            path = _path_in_file(detail["loc"], tables)
            if detail["type"] == "extra_forbidden":
                faults[path] = _unknown(path, _value(tables, path), suggestions)
            else:
                faults.setdefault(path, _fault(path, detail, tables))
    return list(faults.values())


def _value(tables: Mapping[str, Any], path: Path) -> Any:
    value: Any = tables
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _path_in_file(location: tuple[int | str, ...], tables: Mapping[str, Any]) -> Path:
    """The part of a location that is keys of the file; what follows names union members."""
    path: Path = ()
    value: Any = tables
    for key in location:
        if not isinstance(value, dict) or key not in value:
            break
        path, value = (*path, str(key)), value[key]
    return path


def _fault(path: Path, detail: ErrorDetails, tables: Mapping[str, Any]) -> Fault:
    kind, value = detail["type"], _value(tables, path)
    if kind == "literal_error":
        expected = f"one of {detail['ctx']['expected']}"
        words = detail["ctx"]["expected"].replace("'", "").replace(" or ", ", ").split(", ")
        hint = _meant(value, words) if isinstance(value, str) else ""
        return Fault(path, f"expected {expected}, got {_description(value)}", hint=hint)
    if isinstance(value, Decimal) and not value.is_finite():
        return Fault(path, "must be a finite number, with all its digits", hint="as in 500 kr")
    if isinstance(detail["loc"][-1], int):
        return Fault(path, "expected a list of texts")
    expected = _EXPECTED.get(kind, "another type")
    keys = path[1:] if path[0] == "defaults" else path[2:]
    if kind != "dict_type" and {"target", "targets", "baseline", "tolerance"} & set(keys):
        expected = 'text such as "500 kr", or a number'
    name = ".".join([*path, "ID"] if path[-1] in _KINDS and len(path) == 1 else path)
    hint = f"write [{clipped(name)}] and its keys beneath it" if expected == "a table" else ""
    return Fault(path, f"expected {expected}, got {_description(value)}", hint=hint)


def _meant(value: str, choices: list[str]) -> str:
    """The word that people mean by another one, else the nearest."""
    for synonyms in words("key_words").values():
        for word in choices:
            if value.casefold() in split(synonyms.get(word, "")):
                return f"did you mean '{word}'?"
    return did_you_mean(value, choices)


def _unknown(path: Path, value: object, suggestions: Mapping[type, Suggestions]) -> Fault:
    noun: type = Definitions if len(path) == 1 else _TABLES.get(path[0], Kpi)
    if noun is Kpi and path[-1].casefold() in _STATUS_KEYS:
        hint = _STATUS_HINT
    elif len(path) == 1 and isinstance(value, dict) and set(value) <= set(_keys_of(Kpi)):
        hint = f"a KPI is written [kpis.{clipped(path[0])}]"
    elif len(path) > 1 and path[-1] in _TOP_KEYS and not isinstance(value, dict):
        hint = "it stands at the top of the file, above the first [table]"
    else:
        hint = suggestions[noun].of(path[-1]) or f"known: {', '.join(_keys_of(noun))}"
    return Fault(path, f"unknown key '{clipped(path[-1])}'", hint=hint)


def _keys_of(noun: type) -> list[str]:
    return [field.name for field in _fields_of(noun)]


def _fields_of(noun: Any) -> list[Field[Any]]:
    """The fields that are keys of the file; others are the program's."""
    return [field for field in fields(noun) if "doc" in field.metadata]


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
            for field in _fields_of(noun)
        }
    return {"$schema": "http://json-schema.org/draft-07/schema#", "title": "kpis.toml", **schema}


def _documented(schema: dict[str, Any], metadata: Mapping[str, Any]) -> dict[str, Any]:
    """A key with its description and bounds; `null` and defaults have no place in TOML."""
    choices = [choice for choice in schema.get("anyOf", [schema]) if choice != {"type": "null"}]
    choice = choices[0] if len(choices) == 1 else {"anyOf": choices}
    bare = {key: value for key, value in choice.items() if key not in {"title", "default"}}
    return {"description": metadata["doc"], **bare, **metadata["bounds"]}
