"""GitHub annotations: each finding beside its line in a pull request."""

from collections.abc import Iterator

from kpicli.render.canvas import Canvas
from kpicli.render.formats._places import is_placed, places
from kpicli.views.parts.view import View

ENDINGS = ()
IS_MACHINE = True
IS_SPECIAL = True
takes = is_placed
_LEVELS = {"error": "error", "warning": "warning", "advice": "notice"}


def render(view: View, _canvas: Canvas) -> Iterator[str]:
    """One workflow command a row (GitHub, «Workflow commands», setting an error message)."""
    yield from map(_command, places(view))


def _command(row: dict[str, str]) -> str:
    """`::warning file=kpis.toml,line=12,col=1,title=M01 no_target::Churn has no target`."""
    level = _LEVELS.get(row.get("severity", ""), "error")
    title = " ".join(row[key] for key in ("code", "name", "kind") if row.get(key))
    keys = {"file": "file", "line": "line", "column": "col"}
    spots = {name: row[key] for key, name in keys.items() if row.get(key)}
    properties = (spots | ({"title": title} if title else {})).items()
    signs = str.maketrans({":": "%3A", ",": "%2C"})
    attributes = ",".join(f"{name}={_data(text).translate(signs)}" for name, text in properties)
    message = "\n".join(row[key] for key in ("message", "hint", "page") if row.get(key))
    return f"::{level} {attributes}::{_data(message)}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
