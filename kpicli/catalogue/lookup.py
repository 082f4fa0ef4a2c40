"""Terms of the catalogue by what people call them: any case, order, spelling out or plural."""

import os
import re
import tomllib
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cache
from typing import NamedTuple

from kpicli import catalogue
from kpicli.catalogue.load import read_entry
from kpicli.catalogue.term import Entry
from kpicli.language.similar_names import name_key

_CLOSE = 0.8
"""How like another word a slip is; 1 is the same."""

Spelling = tuple[str, ...]


def spelling(name: str) -> Spelling:
    """What all ways to write a name share: `Avg. order value (AOV)`, `Average Order Value`."""
    return tuple(word for word in name_key(name) if word != "%")


def spellings(entry: Entry) -> set[Spelling]:
    """All that a term goes by."""
    return {spelling(name) for name in (entry.id.replace("_", " "), *entry.names)}


def find_term(name: str, entries: Iterable[Entry]) -> Entry | None:
    """The term that goes by that name."""
    wanted = spelling(name.replace("_", " "))
    return next((entry for entry in entries if wanted and wanted in spellings(entry)), None)


def closest_name(name: str, entries: Iterable[Entry]) -> str:
    """What a term is called of which a name is most likely a slip, or nothing."""
    known = {said.casefold(): said for entry in entries for said in (entry.id, *entry.names)}
    close = get_close_matches(name.casefold(), known, n=1, cutoff=_CLOSE)
    return known[close[0]] if close else ""


_TABLE = re.compile(r"^\[kpis\.", re.MULTILINE)
_NAMES = re.compile(r'^(?:term|name) = "(.*)"|^aliases = \[(.*)\]', re.MULTILINE)


class _Written(NamedTuple):
    """The text of one term, and the area that it stands in."""

    area: str
    text: str


def term(name: str) -> Entry | None:
    """The term that goes by a name, if any does."""
    written = _written().get(spelling(name))
    return _read(written) if written else None


@cache
def _read(written: _Written) -> Entry:
    tables = tomllib.loads(f"[kpis.{written.text}")["kpis"]
    return next(read_entry(id, written.area, keys) for id, keys in tables.items())


@cache
def _written() -> Mapping[Spelling, _Written]:
    """Every term by all that it goes by."""
    folder = os.path.dirname(catalogue.__file__)
    found: dict[Spelling, _Written] = {}
    for file in sorted(name for name in os.listdir(folder) if name.endswith(".toml")):
        with open(os.path.join(folder, file), encoding="utf-8") as source:
            head, *tables = _TABLE.split(source.read())
        area = tomllib.loads(head)["area"]
        for text in (one for one in tables if "\nterm = " in one):
            found |= dict.fromkeys(_spellings(text), _Written(area, text))
    return found


def _spellings(text: str) -> set[Spelling]:
    id = text.partition("]")[0]
    names = [id.replace("_", " ")]
    for one, several in _NAMES.findall(text):
        names += [one] if one else re.findall(r'"(.*?)"', several)
    return {spelling(name) for name in names}
