"""GitHub annotations: each finding beside its line in a pull request."""

from collections.abc import Iterator
from typing import Any

from kpicli.render.canvas import Canvas
from kpicli.text import safe
from kpicli.views.parts.cells import Cell, machine_value
from kpicli.views.parts.view import Column, View

ENDINGS = ()
IS_MACHINE = True
_NEEDED = {"file", "line", "message"}
_LEVELS = {"error": "error", "warning": "warning", "advice": "notice"}


def takes(view: View) -> bool:
    """A view with a table of places in files."""
    return any(_is_placed(table.columns) for table in view.tables())


def _is_placed(columns: tuple[Column[Any], ...]) -> bool:
    return {column.key for column in columns} >= _NEEDED


def render(view: View, _canvas: Canvas) -> Iterator[str]:
    """One workflow command a row (GitHub, «Workflow commands», setting an error message)."""
    for table in view.tables():
        if not _is_placed(table.columns):
            continue
        keys = [column.key for column in table.columns]
        for row in table.rows:
            yield _command(dict(zip(keys, row.cells, strict=True)))


def _command(cells: dict[str, Cell]) -> str:
    """`::warning file=kpis.toml,line=12,col=1,title=M01 no_target::Churn has no target`."""
    level = _LEVELS.get(str(cells.get("severity")), "error")
    title = " ".join(_text(cells.get(key)) for key in ("code", "name", "kind") if cells.get(key))
    keys = {"file": "file", "line": "line", "column": "col"}
    places = {name: _text(cells.get(key)) for key, name in keys.items() if cells.get(key)}
    properties = (places | ({"title": title} if title else {})).items()
    attributes = ",".join(f"{name}={_property(text)}" for name, text in properties)
    message = "\n".join(_text(cells[key]) for key in ("message", "hint", "page") if cells.get(key))
    return f"::{level} {attributes}::{_data(message)}\n"


def _text(cell: Cell) -> str:
    return safe(str(machine_value(cell) or ""))


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
