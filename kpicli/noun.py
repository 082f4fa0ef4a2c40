"""Nouns with named parts: `NamedTuple` as in `typing`, at a sixth of what it costs to define."""

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING or sys.version_info >= (3, 14):  # which keeps annotations elsewhere
    from typing import NamedTuple as NamedTuple  # noqa: PLC0414 - so that it is exported
else:
    from _collections import _tuplegetter
    from functools import cache
    from types import CodeType, FunctionType
    from typing import Any

    _PARTS = tuple(_tuplegetter(place, "") for place in range(64))

    @cache
    def _code(count: int) -> CodeType:
        """How a noun is made of so many parts."""
        names = "".join(f"_{place}, " for place in range(count))
        return eval(f"lambda _cls, {names}: _new(_cls, ({names}))").__code__  # noqa: S307

    class _Noun(tuple):
        __slots__ = _fields = ()
        _make = classmethod(tuple.__new__)

        def _replace(self, **changes: Any) -> Any:
            noun = tuple.__new__(type(self), map(changes.pop, self._fields, self))
            if changes:
                raise ValueError(f"Got unexpected field names: {list(changes)!r}")
            return noun

        def _asdict(self) -> dict[str, Any]:
            return dict(zip(self._fields, self, strict=True))

        def __getnewargs__(self) -> tuple[Any, ...]:
            return tuple(self)

        def __repr__(self) -> str:
            parts = ", ".join(f"{name}={part!r}" for name, part in self._asdict().items())
            return f"{type(self).__name__}({parts})"

    class _Definition(type):
        def __new__(cls, name: str, bases: Any, content: dict[str, Any]) -> Any:
            """A class like any other; what its nouns can do is not made anew."""
            names = tuple(content.get("__annotations__", ()))
            defaults = {part: content[part] for part in names if part in content}
            new = {"co_name": "__new__", "co_qualname": f"{name}.__new__"}
            code = _code(len(names)).replace(co_varnames=("_cls", *names), **new)
            make = FunctionType(code, {"_new": tuple.__new__}, None, tuple(defaults.values()))
            content.update(zip(names, _PARTS, strict=False))
            content |= {"__slots__": (), "__match_args__": names, "__new__": make}
            content |= {"_fields": names, "_field_defaults": defaults}
            return type(name, tuple(_Noun if b is NamedTuple else b for b in bases), content)

    NamedTuple = type.__new__(_Definition, "NamedTuple", (), {})
