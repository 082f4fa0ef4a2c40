"""Markup around text: the one place where a text becomes part of a page, and is made inert."""

from functools import cache, lru_cache
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
    pairs = [
        f'{_written(key)}="{text(value)}"' for key, value in attributes.items() if value is not None
    ]
    return f"<{' '.join([name, *pairs])}>{''.join(content)}</{name}>"


@cache
def _written(key: str) -> str:
    return key.removesuffix("_").replace("_", "-")
