"""Markup around text: the one place where a text becomes part of a page, and is made inert."""

from functools import cache, lru_cache

from kpicli.text import safe

_REFERENCES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#x27;"))
"""As `html.escape` has them, which takes 2 ms to load."""


@lru_cache(maxsize=4096)
def text(value: str) -> str:
    """The text as a browser shows it, in an element or an attribute; none of it acts."""
    inert = safe(value)
    for character, reference in _REFERENCES:
        inert = inert.replace(character, reference)
    return inert


def tag(name: str, *content: str, **attributes: str | None) -> str:
    """An element around markup; `class_` is written class, `aria_label` aria-label.

    An attribute without a value is left out.
    """
    start = name
    for key, value in attributes.items():
        if value is not None:
            start += f' {_written(key)}="{text(value)}"'
    return f"<{start}>{''.join(content)}</{name}>"


@cache
def _written(key: str) -> str:
    return key.removesuffix("_").replace("_", "-")
