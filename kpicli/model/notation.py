"""A noun that is written in TOML as a text of its own, or as a bare number."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, ClassVar

EDGE = r"[\s\x1c-\x1f\x85]*"
"""What is stripped from both ends of a text."""


class Notation:
    """Whoever checks shapes takes `SHAPE`; an editor also holds a text against `PATTERN`.

    A pattern may let pass what the noun's reader refuses, and never the other way round. It is
    written in what the regular expressions of Python, Rust and ECMAScript have in common.
    """

    __slots__ = ()
    SHAPE: ClassVar[Any] = str | int | Decimal
    PATTERN: ClassVar[str] = ""

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, handler: Callable[[Any], Any]) -> Any:
        return handler(cls.SHAPE)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: Callable[[Any], Any]) -> Any:
        text = {"type": "string", "pattern": f"^(?:{cls.PATTERN})$"}
        if cls.SHAPE is str:
            return text
        return {"anyOf": [text, {"type": "number"}]} if cls.PATTERN else handler(schema)
