"""A board to start from: goals, and the terms of the catalogue that serve them."""

from collections.abc import Mapping
from typing import Any, NamedTuple


class StarterBoard(NamedTuple):
    """What a kind of business mostly watches.

    `kpis` are ids of the catalogue with what this board says of them; `recorded` among that means
    the number itself, not what it is computed from.
    """

    name: str
    title: str
    explains: str
    goals: Mapping[str, Mapping[str, str]] = {}
    kpis: Mapping[str, Mapping[str, Any]] = {}

    @property
    def top_level(self) -> list[str]:
        """The ids of those that stand under no other."""
        return [id for id, keys in self.kpis.items() if "supports" not in keys]
