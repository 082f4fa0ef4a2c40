"""Shapes of what stands in the TOML: a closed set of words, a notation, a table of keys."""

from collections.abc import Callable
from dataclasses import field
from decimal import Decimal
from enum import StrEnum
from importlib import import_module
from typing import Any, ClassVar, Literal


class Word(StrEnum):
    """A `StrEnum` whose shape in TOML is one of its values."""

    __hash__ = str.__hash__  # that of Enum is Python, and periods are hashed all the time

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, handler: Callable[[Any], Any]) -> Any:
        return handler(Literal[tuple(member.value for member in cls)])


class Notation:
    r"""Whoever checks shapes takes `SHAPE`; an editor also holds a text against `PATTERN`.

    A pattern may let pass what the noun's reader refuses, and never the other way round. It is
    written in what the regular expressions of Python, Rust and ECMAScript have in common, so
    without `\s`, which is another set of characters in each.
    """

    __slots__ = ()
    SHAPE: ClassVar[Any] = str | int | Decimal
    PATTERN: ClassVar[str] = ""

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, handler: Callable[[Any], Any]) -> Any:
        return handler(cls.SHAPE)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: Callable[[Any], Any]) -> Any:
        if not cls.PATTERN:
            return handler(schema)
        return {
            "type": "string" if cls.SHAPE is str else ["string", "number"],
            "pattern": cls.PATTERN,
        }


class DecimalMark(Word):
    """The decimal mark; the other one separates thousands."""

    POINT = "."
    COMMA = ","


FirstMonth = Literal["01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12"]
"""The month in which years begin."""


_SHAPE = {"extra": "forbid", "strict": True}
"""For whoever checks shapes: no other keys, and no type bent into another."""


class TomlTable:
    """A dataclass whose shape in TOML is a table."""

    __slots__ = ()
    __pydantic_config__: ClassVar = _SHAPE

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Callable[[Any], Any]) -> Any:
        schema = handler(source)
        schema["strict"] = False  # a table will do, it need not be an instance
        return schema


def shape_in(module: str, noun: str) -> type:
    """The shape of a noun of the model, whose module is loaded where somebody checks shapes."""

    def schema(_source: Any, handler: Any) -> Any:
        return handler.generate_schema(getattr(import_module(f"kpicli.model.{module}"), noun))

    return type(noun, (), {"__get_pydantic_core_schema__": staticmethod(schema)})


def key(doc: str, default: Any = None, **bounds: Any) -> Any:
    """A field that is a key of the TOML: the words that explain it, and what else editors hold.

    The bounds are JSON Schema's; as in `Notation`, they never refuse what `build` takes.
    """
    metadata = {"doc": doc, "bounds": bounds}
    if isinstance(default, type):
        return field(default_factory=default, metadata=metadata)
    return field(default=default, metadata=metadata)
