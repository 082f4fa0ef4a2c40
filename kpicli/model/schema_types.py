"""A closed set of words, in TOML written as plain text."""

from collections.abc import Callable
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar, Literal


class Word(StrEnum):
    """A `StrEnum` whose shape in TOML is one of its values."""

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
