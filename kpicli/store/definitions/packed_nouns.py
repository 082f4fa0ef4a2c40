"""Nouns of the definitions as bytes, and back: no code is in them, only the names of the nouns."""

import marshal
from collections.abc import Callable, Iterable, Mapping, Sequence
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
_AS_THEY_ARE = {str, int, bool, NoneType, frozenset}  # what `marshal` writes itself
_OTHERS: Mapping[tuple[str, str], Maker] = {
    ("decimal", "Decimal"): Decimal,
    ("datetime", "date"): date.fromisoformat,
    ("builtins", "tuple"): lambda *parts: parts,
    ("builtins", "dict"): lambda keys, *values: dict(zip(keys, values, strict=True)),
}
"""How to make what is no noun of the model."""
_WITHOUT_REFERENCES = 2  # the version of `marshal` by which equal nouns are equal bytes


def pack(noun: object) -> bytes:
    """A noun and all that it is made of; raises `TypeError` or `ValueError` where that can't be."""
    packing = _Packing()
    packing.add(noun)
    kinds = [(kind.__module__, kind.__qualname__) for kind in packing.kinds]
    return marshal.dumps((kinds, packing.nouns))


class _Packing:
    """Nouns one after the other, each behind those that it is made of, and equal ones once.

    Each is the number of its kind, its parts, and which of these are nouns: their places, with the
    numbers of these nouns.
    """

    def __init__(self) -> None:
        self.kinds: dict[type, int] = {}
        self.nouns: list[tuple[int, tuple[Any, ...], dict[int, int]]] = []
        self._numbers: dict[bytes, int] = {}

    def add(self, noun: Any) -> int:
        """The number of a noun."""
        parts = tuple(_parts(noun))
        odd = {at: part for at, part in enumerate(parts) if type(part) not in _AS_THEY_ARE}
        nouns = {at: self.add(part) for at, part in odd.items()}
        plain = tuple(None if at in odd else part for at, part in enumerate(parts))
        packed = self.kinds.setdefault(type(noun), len(self.kinds)), plain, nouns
        content = marshal.dumps(packed, _WITHOUT_REFERENCES)
        if content not in self._numbers:
            self._numbers[content] = len(self.nouns)
            self.nouns.append(packed)
        return self._numbers[content]


def _parts(noun: Any) -> Iterable[Any]:
    if type(noun) is dict:
        return tuple(noun), *noun.values()
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
    makers = [_maker(*kind) for kind in kinds]
    nouns: list[Any] = []
    for kind, plain, places in packed:
        parts = [*plain]
        for at, number in places.items():
            parts[at] = nouns[number]
        nouns.append(makers[kind](*parts))
    return nouns[-1]


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
