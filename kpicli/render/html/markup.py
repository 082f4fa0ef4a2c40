"""Markup around text: the one place where a text becomes part of a page, and is made inert."""

from functools import lru_cache
from html import escape

from kpicli.text import safe


@lru_cache(maxsize=4096)
def text(value: str) -> str:
    """The text as a browser shows it, in an element or an attribute; none of it acts."""
    return escape(safe(value))


def tag(name: str, *content: str, **attributes: str | None) -> str:
    """An element around markup; `class_` is written class, `aria_label` aria-label.

    An attribute without a value is left out.
    """
    if not attributes:
        return f"<{name}>{''.join(content)}</{name}>"
    pairs = "".join(
        f' {key.removesuffix("_").replace("_", "-")}="{text(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{pairs}>{''.join(content)}</{name}>"
