"""Terms of the catalogue by what people call them: any case, order, spelling out or plural."""

import os
import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cache

from kpicli import catalogue
from kpicli.catalogue.load import read_template
from kpicli.catalogue.term import Template
from kpicli.language.similar_names import name_key

_CLOSE = 0.8  # how like another word a slip is; 1 is the same
_ABBREVIATION = 4  # letters of an alias that is one: aov, mttr
_TABLE = re.compile(r"^\[kpis\.", re.MULTILINE)
_AREA = re.compile(r'^area = "(.*)"', re.MULTILINE)
_NAMES = re.compile(r'^(?:term|name) = "(.*)"|^aliases = \[(.*)\]', re.MULTILINE)

Spelling = tuple[str, ...]


def spelling(name: str) -> Spelling:
    """What all ways to write a name share: `Avg. order value (AOV)`, `Average Order Value`."""
    return tuple(word for word in name_key(name) if word != "%")


def spellings(template: Template) -> set[Spelling]:
    """All that a term goes by."""
    return {spelling(name) for name in (template.id.replace("_", " "), *template.names)}


def find_term(name: str, templates: Iterable[Template]) -> Template | None:
    """The term that goes by that name."""
    key = spelling(name.replace("_", " "))
    return next((template for template in templates if key and key in spellings(template)), None)


def is_name_of(template: Template, name: str) -> bool:
    """Whether a term is called so itself: by its id, name, term or an abbreviation of these.

    What only some call it may as well be the name of a KPI of somebody's own.
    """
    names = [template.id.replace("_", " "), template.name, template.term]
    names += [alias for alias in template.aliases if len(alias) <= _ABBREVIATION]
    return spelling(name.replace("_", " ")) in map(spelling, names)


def closest_name(name: str, templates: Iterable[Template]) -> str:
    """The name of a term of which this one is most likely a slip, or nothing."""
    names = {
        word.casefold(): word for template in templates for word in (template.id, *template.names)
    }
    close = get_close_matches(name.casefold(), names, n=1, cutoff=_CLOSE)
    return names[close[0]] if close else ""


def term(name: str) -> Template | None:
    """The term that goes by a name; the others are not read."""
    found = _texts().get(spelling(name))
    return _read(*found) if found else None


@cache
def _read(area: str, text: str) -> Template:
    import tomllib

    tables = tomllib.loads(f"[kpis.{text}")["kpis"]
    return next(read_template(id, area, keys) for id, keys in tables.items())


@cache
def _texts() -> Mapping[Spelling, tuple[str, str]]:
    """The area and the text of every term by all that it goes by."""
    folder = os.path.dirname(catalogue.__file__)
    texts: dict[Spelling, tuple[str, str]] = {}
    for file in sorted(name for name in os.listdir(folder) if name.endswith(".toml")):
        with open(os.path.join(folder, file), encoding="utf-8") as source:
            head, *tables = _TABLE.split(source.read())
        area = _AREA.findall(head)[0]
        for table in tables:
            if "\nterm = " in table:
                texts |= dict.fromkeys(_spellings(table), (area, table))
    return texts


def _spellings(table: str) -> set[Spelling]:
    id = table.partition("]")[0]
    names = [id.replace("_", " ")]
    for name, aliases in _NAMES.findall(table):
        names += [name] if name else re.findall(r'"(.*?)"', aliases)
    return {spelling(name) for name in names}
