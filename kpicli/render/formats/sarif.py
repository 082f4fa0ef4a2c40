"""SARIF 2.1.0 (OASIS, 2020): findings as code hosts and editors read them."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from kpicli.render.canvas import Canvas
from kpicli.render.formats._places import is_placed, places
from kpicli.views.parts.view import View

ENDINGS = ("sarif",)
IS_MACHINE = True
IS_SPECIAL = True
takes = is_placed
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "advice": "note"}
_OTHER = "log"


def render(view: View, _canvas: Canvas) -> Iterator[str]:
    """One log with one run: the rules that found something, and what they found."""
    rows = list(places(view))
    rules = {row["code"]: row["name"] for row in rows if row.get("code")}
    driver = {
        "name": "kpi",
        "rules": [
            {"id": code, "name": name, "help": {"text": f"kpi rules {code}"}}
            for code, name in sorted(rules.items())
        ],
    }
    run = {"tool": {"driver": driver}, "results": [_result(row) for row in rows]}
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    yield f"{json.dumps(log, indent=2)}\n"


def _result(row: dict[str, str]) -> dict[str, Any]:
    keys = {"startLine": row["line"], "startColumn": row.get("column", "")}
    region = {name: int(text) for name, text in keys.items() if text.isdecimal() and text != "0"}
    physical = {"artifactLocation": {"uri": quote(row["path"])}, "region": region}
    text = "\n".join(filter(None, (row["message"], row.get("hint"))))
    return {
        "ruleId": row.get("code") or row.get("kind") or _OTHER,
        "level": _LEVELS.get(row.get("severity", ""), "error"),
        "message": {"text": text},
        "locations": [{"physicalLocation": physical}],
    }
