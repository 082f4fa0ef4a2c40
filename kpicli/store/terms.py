"""The term of the catalogue that a name means; no more of the files is parsed than is asked for."""

import os
import re
import tomllib
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from kpicli import catalogue
from kpicli.analysis.terms import Spelling, spelling
from kpicli.model.entry import Entry
from kpicli.store.catalogue import entry_of

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
    return next(entry_of(id, written.area, keys) for id, keys in tables.items())


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
