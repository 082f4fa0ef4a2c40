"""Entries of the catalogue as definitions: what a person adds, and nothing else."""

from collections.abc import Mapping
from typing import Any

import tomli_w

from kpicli.catalogue.load import template_with_inputs
from kpicli.catalogue.term import Template

UNITS = {"currency": "kr"}
SOURCE = "the report of the accounting system"


def written(template: Template) -> str:
    """The definitions of a template and its inputs; target, owner, goal and source are given."""
    made = template_with_inputs(template.id)
    kpis = {one.id: _table(one, template) for one in made}
    goals = {"growth": {"name": "Twice as many customers by 2027"}}
    return tomli_w.dumps({"goals": goals, "kpis": kpis})


def _table(one: Template, top: Template) -> Mapping[str, Any]:
    unit = UNITS.get(one.keys["unit"], one.keys["unit"])
    table = {**one.keys, "unit": unit, "owner": "Head of Sales", "goal": "growth", "area": one.area}
    if one.id == top.id:
        sign = "<=" if one.keys["direction"] == "lower" else ">="
        target = f"{sign}40{unit}" if unit == "%" else f"{sign}40 {unit}"
        table = {**table, "target": target}
        table.pop("direction")
    else:
        table = {**table, "supports": top.id}
    return table if "formula" in table else {**table, "source": SOURCE}
