"""A closed set of words, in TOML written as plain text."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, Literal


class Word(StrEnum):
    """A `StrEnum` whose shape in TOML is one of its values."""

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, handler: Callable[[Any], Any]) -> Any:
        return handler(Literal[tuple(member.value for member in cls)])
