"""Shapes of what stands in the TOML: a closed set of words, a notation, a table of keys."""

from collections.abc import Callable
from dataclasses import MISSING, Field, dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import partial
from importlib import import_module
from typing import Any, ClassVar, Literal, NoReturn, TypeVar, dataclass_transform

T = TypeVar("T")


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


_SHAPE = {"extra": "forbid", "strict": True}  # no other keys, and no type bent into another


class TomlTable:
    """A dataclass whose shape in TOML is a table."""

    __slots__ = ()
    __pydantic_config__: ClassVar = _SHAPE
    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    def __init__(self, **values: Any) -> None:
        for name, own in self.__dataclass_fields__.items():
            default = own.default
            if name not in values and own.default_factory is not MISSING:
                default = own.default_factory()
            object.__setattr__(self, name, values.pop(name, default))
        if values:
            raise TypeError(f"{type(self).__name__} has no {', '.join(values)}")

    def __repr__(self) -> str:
        values = (f"{name}={value!r}" for name, value in self._values().items())
        return f"{type(self).__name__}({', '.join(values)})"

    def __reduce__(self) -> tuple[Callable[[], Any], tuple[()]]:
        return partial(type(self), **self._values()), ()

    def _values(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}

    def __setattr__(self, name: str, _value: object) -> NoReturn:
        raise AttributeError(f"{name} is never changed")

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Callable[[Any], Any]) -> Any:
        schema = handler(source)
        schema["strict"] = False  # a table will do, it need not be an instance
        return schema


@dataclass_transform(frozen_default=True, kw_only_default=True)
def noun(*, eq: bool = False, slots: bool = True) -> Callable[[type[T]], type[T]]:
    """A table that is made by the constructor of all, as a frozen dataclass would be.

    No code is generated for it, which takes a command that needs one a twentieth of its time.
    """
    return dataclass(init=False, repr=False, eq=eq, slots=slots)


def shape_in(module: str, noun: str) -> type:
    """The shape of a noun of the model, whose module is loaded where somebody checks shapes."""

    def schema(_source: Any, handler: Any) -> Any:
        own = getattr(import_module(f"kpicli.model.{module}"), noun)
        return own.__get_pydantic_core_schema__(own, handler)

    return type(noun, (), {"__get_pydantic_core_schema__": staticmethod(schema)})


def key(doc: str, default: Any = None, **bounds: Any) -> Any:
    """A field that is a key of the TOML: the words that explain it, and what else editors hold.

    The bounds are JSON Schema's; as in `Notation`, they never refuse what `build` takes.
    """
    metadata = {"doc": doc, "bounds": bounds}
    if isinstance(default, type):
        return field(default_factory=default, metadata=metadata)
    return field(default=default, metadata=metadata)
