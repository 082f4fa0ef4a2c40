"""A page, or a piece of one: no script, nothing from elsewhere, its one style by its hash."""

import os
from binascii import b2a_base64
from collections.abc import Iterator
from functools import cache

from kpicli.render.html.markup import tag, text
from kpicli.render.html.tables import TableContext, table_markup
from kpicli.store.log.seal import sha256
from kpicli.text import clipped, safe
from kpicli.views.parts.view import Table, View

_POLICY = "default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'"
"""W3C, «Content Security Policy Level 3»; a browser keeps even markup that got through inert."""


_STACKED_BELOW = {"stacked": "39.99rem", "early": "47.99rem", "soon": "63.99rem"}
"""Where there is too little room for tables of a kind; see `tables`."""


def page(title: str, content: str) -> str:
    """The whole page; `content` is markup."""
    style = _style()
    digest = b2a_base64(sha256(style.encode()).digest(), newline=False).decode()
    policy = _POLICY.format(hash=digest)
    parts = {"policy": policy, "title": text(title), "style": style, "content": content}
    return file_text("page.html") % parts


def _style() -> str:
    """What holds everywhere, then tables whose rows are stacked, the wider ones sooner."""
    stacked = file_text("stacked.css")
    sheets = (
        f"@media screen and (max-width: {width}) {{\n{stacked.replace('.stacked', f'.{kind}')}}}\n"
        for kind, width in _STACKED_BELOW.items()
    )
    return "".join([file_text("page.css"), *sheets])


@cache
def file_text(name: str) -> str:
    """What stands in a file of this folder."""
    with open(os.path.join(os.path.dirname(__file__), name), encoding="utf-8") as file:
        return file.read()


def embedded_table(view: View) -> str:
    """A view as a piece of somebody else's page: warnings, tables and footer, without colours."""
    style = tag("style", file_text("embedded.css"))
    return tag("div", style, "\n", *(f"{part}\n" for part in _parts(view)), class_="kpi-board")


def _parts(view: View) -> Iterator[str]:
    yield from (tag("p", text(clipped(warning))) for warning in view.warnings or ())
    context = TableContext(None, safe(view.heading) or view.name.capitalize(), 2, {})
    for block in view.for_people():
        if isinstance(block, Table) and block.rows:
            yield table_markup(block, context, is_folded=False)
    if view.footer:
        yield tag("p", text(clipped(view.footer)))
