"""Definitions out of a TOML text, without a file."""

import tomllib
from decimal import Decimal

from kpicli.errors import Fault
from kpicli.model.build.definitions import build
from kpicli.model.kpi import Definitions, Kpi


def definitions(text: str) -> tuple[Definitions, list[Fault]]:
    """What `build` makes of a definitions file."""
    return build(tomllib.loads(text, parse_float=Decimal))


def sound(text: str) -> Definitions:
    """The definitions of a file in which nothing is wrong."""
    found, faults = definitions(text)
    assert [(fault.path, fault.message) for fault in faults] == []
    return found


def kpi(lines: str) -> Kpi:
    """The one KPI of a sound file, from the lines of its table."""
    return sound(f"[kpis.it]\n{lines}").kpis["it"]


def complaints(text: str) -> list[str]:
    """Each fault as `kpis.it.target: what is wrong`."""
    return [f"{'.'.join(fault.path)}: {fault.message}" for fault in definitions(text)[1]]
