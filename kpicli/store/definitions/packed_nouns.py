"""Nouns of the definitions as bytes, and back: no code is in them, only the names of the nouns."""

import marshal
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import partial
from importlib import import_module
from types import NoneType
from typing import Any

from kpicli.model.schema_types import TomlTable

Maker = Callable[..., Any]
_AS_THEY_ARE = {str, int, bool, NoneType, frozenset}
"""What `marshal` writes itself; the only sets that a noun has are of texts."""
_OTHERS: Mapping[tuple[str, str], Maker] = {
    ("decimal", "Decimal"): Decimal,
    ("datetime", "date"): date.fromisoformat,
}
"""How to make what is no noun of the model."""


def pack(noun: object) -> bytes:
    """A noun and all that it is made of; raises `TypeError` or `ValueError` where that can't be."""
    kinds: dict[type, int] = {}
    content = _packed(noun, kinds)
    return marshal.dumps(([(kind.__module__, kind.__qualname__) for kind in kinds], content))


def _packed(noun: Any, kinds: dict[type, int]) -> Any:
    """Plain values as they are, and every other noun as a list: which kind it is of, its parts."""
    kind = type(noun)
    if kind in _AS_THEY_ARE:
        return noun
    if kind is dict:
        return {key: _packed(value, kinds) for key, value in noun.items()}
    if kind is tuple:
        return tuple(_packed(part, kinds) for part in noun)
    number = kinds.setdefault(kind, len(kinds))
    return [number, *(_packed(part, kinds) for part in _parts(noun))]


def _parts(noun: Any) -> Sequence[Any]:
    if isinstance(noun, tuple):
        return noun
    if isinstance(noun, TomlTable):
        return [getattr(noun, field.name) for field in fields(noun)]
    if isinstance(noun, Enum | Decimal | date):
        return [str(noun)]
    raise TypeError(type(noun).__name__)


def unpack(content: "bytes | memoryview") -> Any:
    """The noun that was packed; what fails says that it was not by this version."""
    kinds, packed = marshal.loads(content)  # noqa: S302 - no code comes of it
    return _unpacked(packed, [_maker(*kind) for kind in kinds])


def _unpacked(packed: Any, makers: Sequence[Maker]) -> Any:
    kind = type(packed)
    if kind is list:
        maker, *parts = packed
        return makers[maker](*(_unpacked(part, makers) for part in parts))
    if kind is tuple:
        return tuple(_unpacked(part, makers) for part in packed)
    if kind is dict:
        return {key: _unpacked(value, makers) for key, value in packed.items()}
    return packed


def _maker(module: str, name: str) -> Maker:
    """What makes a noun of its parts; of the model alone."""
    if (module, name) in _OTHERS:
        return _OTHERS[module, name]
    if not module.startswith("kpicli.model."):
        raise ValueError(module)
    kind: type = getattr(import_module(module), name)
    if issubclass(kind, TomlTable):
        return partial(_table, kind, [field.name for field in fields(kind)])
    return kind


def _table(kind: type, names: Sequence[str], *parts: Any) -> Any:
    noun: object = object.__new__(kind)
    for name, part in zip(names, parts, strict=True):
        object.__setattr__(noun, name, part)
    return noun
