"""What the catalogue is made of: templates, each a KPI, and boards to start from."""

import re
from collections.abc import Mapping
from typing import Any

from kpicli.noun import NamedTuple


class Typical(NamedTuple):
    """What is usual for a KPI, and who says so."""

    band: str
    source: str


class Template(NamedTuple):
    """A term with what explains it, or an input of one, which has no term.

    `keys` are those of a KPI's table in the definitions, in their order; a `unit` of `currency`
    stands for the money of whoever uses it. `inputs` are the ids that its formula names.
    """

    id: str
    area: str
    name: str
    keys: Mapping[str, Any]
    inputs: tuple[str, ...] = ()
    term: str = ""
    aliases: tuple[str, ...] = ()
    explains: str = ""
    pitfalls: str = ""
    goals: tuple[str, ...] = ()
    typical: Typical | None = None
    related: tuple[str, ...] = ()
    reference: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """All that people call it, the term first; each in one spelling."""
        names = {name.casefold(): name for name in (*self.aliases, self.name, self.term)}
        return tuple(reversed(names.values()))

    @property
    def full_name(self) -> str:
        """`Customer Acquisition Cost (CAC)`; a term that is the name itself stands once."""
        is_same = self.term.casefold() in self.name.casefold()
        return self.name if is_same else f"{self.name} ({self.term})"

    @property
    def sentences(self) -> list[str]:
        """What explains it: the first says what it is, the others what it is good for."""
        return re.split(r"(?<=[.?!]) ", self.explains)

    @property
    def first_sentence(self) -> str:
        """What it is, without what it is good for."""
        return self.sentences[0]


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
