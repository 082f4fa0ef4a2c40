"""A page around what stands on it: no script, nothing from elsewhere, its one style by its hash."""

import os
from base64 import b64encode
from functools import cache
from hashlib import sha256
from string import Template

from kpicli.render.html.markup import text

_POLICY = "default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'"
"""W3C, «Content Security Policy Level 3»; a browser keeps even markup that got through inert."""


def page(title: str, content: str) -> str:
    """The whole page; `content` is markup."""
    style = _style()
    digest = b64encode(sha256(style.encode()).digest()).decode()
    return Template(file_text("page.html")).substitute(
        policy=_POLICY.format(hash=digest), title=text(title), style=style, content=content
    )


def _style() -> str:
    """What holds everywhere, then tables whose rows are stacked, the wider ones sooner."""
    stacked = file_text("stacked.css")
    soon = stacked.replace(".stacked", ".soon")
    return (
        f"{file_text('page.css')}"
        f"@media screen and (max-width: 39.99rem) {{\n{stacked}}}\n"
        f"@media screen and (max-width: 63.99rem) {{\n{soon}}}\n"
    )


@cache
def file_text(name: str) -> str:
    """What stands in a file of this folder."""
    with open(os.path.join(os.path.dirname(__file__), name), encoding="utf-8") as file:
        return file.read()
