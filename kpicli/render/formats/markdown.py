"""Markdown: a heading and tables that a pull request or a wiki renders, all text inert."""

import re
from collections.abc import Iterator

from kpicli.render.canvas import Canvas, encodable_text, readable_text, spark_texts
from kpicli.render.formats._places import is_any
from kpicli.text import clipped, safe
from kpicli.views.parts.cells import Cell, Spark
from kpicli.views.parts.plot import Plot
from kpicli.views.parts.view import Block, Fields, Note, Table, View

ENDINGS = ("md", "markdown")
IS_MACHINE = False
takes = is_any
_SPECIAL = re.compile(r"[\\`*_\[\]<>#!|~&@]|:(?=//)|(?<=www)\.")
_START = re.compile(r"^([0-9]{0,9})([-+=.)])")


def render(view: View, canvas: Canvas) -> Iterator[str]:
    """Heading, blocks and footer, a blank line between each two."""
    parts = (
        [f"## {inert_text(encodable_text(safe(view.heading), canvas))}\n"] if view.heading else []
    )
    parts += [_block(block, canvas) for block in view.for_people()]
    parts += [_paragraph(view.footer, canvas)] if view.footer else []
    yield "\n".join(part for part in parts if part.strip())


def inert_text(text: str) -> str:
    """Safe text in which nothing is markup, a link, an image or a mention."""
    return _SPECIAL.sub(lambda match: f"\\{match[0]}", text)


def _inert(text: str, canvas: Canvas) -> str:
    return inert_text(encodable_text(clipped(text), canvas))


def _paragraph(text: str, canvas: Canvas) -> str:
    """Inert text that starts no list and underlines no heading either."""
    return _START.sub(r"\1\\\2", _inert(text, canvas)) + "\n"


def _block(block: Block, canvas: Canvas) -> str:
    if isinstance(block, Table):
        return _table(block, canvas)
    if isinstance(block, Fields):
        headed = [field for field in block.fields if field.heading]
        return "".join(
            f"- **{_inert(field.heading, canvas)}**: {_cell(field.cell, canvas)}".rstrip() + "\n"
            for field in headed
        )
    return "" if isinstance(block, Plot) else _note(block, canvas)


def _note(note: Note, canvas: Canvas) -> str:
    if note.is_heading:
        return f"### {_inert(note.text, canvas)}\n"
    if note.is_code:
        return _code(encodable_text(note.text, canvas))
    return _paragraph(note.text, canvas)


def _code(text: str) -> str:
    """A fence longer than any run of backticks inside."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}\n{text}\n{fence}\n"


def _table(table: Table, canvas: Canvas) -> str:
    columns = table.for_people()
    heads = [_inert(table.columns[at].heading, canvas) for at in columns]
    rules = ["---:" if table.columns[at].is_number else "---" for at in columns]
    lines = [heads, rules]
    for name, rows in table.sections():
        if name:
            lines.append([f"**{_inert(name, canvas)}**", *[""] * (len(columns) - 1)])
        for row in rows:
            texts = [_cell(row.cells[at], canvas) for at in columns]
            texts[0] = "&nbsp;&nbsp;" * row.depth + texts[0]
            lines.append(texts)
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _cell(cell: Cell, canvas: Canvas) -> str:
    if isinstance(cell, Spark):
        return " ".join(filter(None, spark_texts(cell, canvas)))
    return inert_text(readable_text(cell, canvas))
