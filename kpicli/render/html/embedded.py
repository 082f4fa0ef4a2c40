"""A view as a piece of somebody else's page, such as a notebook: no script, no colours."""

from collections.abc import Iterator

from kpicli.render.html.markup import tag, text
from kpicli.render.html.sheet import file_text
from kpicli.render.html.tables import TableContext, table_markup
from kpicli.text import clipped, safe
from kpicli.views.parts.view import Table, View


def embedded_table(view: View) -> str:
    """What a reader must know, the tables that people read, and the footer, all text inert."""
    style = tag("style", file_text("embedded.css"))
    return tag("div", style, "\n", *(f"{part}\n" for part in _parts(view)), class_="kpi-board")


def _parts(view: View) -> Iterator[str]:
    for warning in view.warnings or ():
        yield tag("p", text(clipped(warning)))
    place = TableContext(None, safe(view.heading) or view.name.capitalize(), 2, {})
    for block in view.for_people():
        if isinstance(block, Table) and block.rows:
            yield table_markup(block, place, is_folded=False)
    if view.footer:
        yield tag("p", text(clipped(view.footer)))
