"""Rows of one JSON text: a list of objects, each cell under its key, and keys of other pages."""

import json
import re
from collections.abc import Callable
from typing import Any

from kpicli.errors import KpiError, NotationError
from kpicli.sources._grid import Grid, Typed, grid_of
from kpicli.store.log.json_line import STRICT, Digits
from kpicli.text import safe

_MORE = re.compile(
    r"next|next_?(?:page|cursor|link|url|token|records_?url)(?:_?(?:token|url))?|has_?more"
    r"|@odata\.nextlink",
    re.IGNORECASE,
)
"""What a key is called that says whether rows are left for another page."""


def json_grid(
    content: bytes, shown: str, path: str = "", number: Callable[[str], str] = Typed
) -> Grid | None:
    """The rows of one JSON text, found by keys such as `data.items`; nothing for what is none.

    An object without lists of rows is one. Raises `KpiError` for no rows, or a page of several.
    """
    try:
        try:
            rows: Any = json.loads(content, **STRICT | {"parse_constant": str})
        except (ValueError, RecursionError):
            return None
        for key in filter(None, path.split(".")):
            _require_last_page(rows)
            rows = rows[int(key)] if isinstance(rows, list) else rows[key]
        cells = rows.values() if isinstance(rows, dict) else [[]]  # lists of words are cells too
        if not any(isinstance(each, list) and isinstance([*each, {}][0], dict) for each in cells):
            rows = [rows]
        objects = [flat(row) for row in rows]
    except NotationError as error:
        error.where = shown
        raise
    except (AttributeError, KeyError, IndexError, TypeError, ValueError):
        top = {} if path or not isinstance(rows, dict) else rows
        lists = (key for key, each in top.items() if isinstance(each, list))
        key = safe(next(lists, "data.items")[:40])
        hint = f"say where its rows are: rows = \"{key}\" of a source, or jq '.{key}'"
        raise KpiError("is JSON without a list of rows there", where=shown, hint=hint) from None
    names = list(dict.fromkeys(name for each in objects for name in each))
    lines = ([json_cell(each.get(name), number) for name in names] for each in objects)
    return grid_of([names, *lines], shown)


def _require_last_page(answer: Any) -> None:
    """Raise where keys beside the rows, or in an object beside them, say that more are left."""
    beside = answer if isinstance(answer, dict) else {}
    for fields in (beside, *(each for each in beside.values() if isinstance(each, dict))):
        for key, value in fields.items():
            if value and _MORE.fullmatch(key):
                raise one_page(key)


def flat(fields: dict[str, Any]) -> dict[str, object]:
    """The members, those of an object in it as `total.orders`; raises `NotationError` for two."""
    members, waiting = dict[str, object](), [*reversed(fields.items())]
    while waiting:
        key, value = waiting.pop()
        if isinstance(value, dict):
            waiting += [(f"{key}.{name}", inner) for name, inner in reversed(value.items())]
        elif key in members:
            raise NotationError(f"duplicate key '{safe(key[:40])}'")
        else:
            members[key] = value
    return members


def json_cell(value: object, number: Callable[[str], str] = Typed) -> str:
    """A value as it would be typed; of a number what is made of its digits."""
    if isinstance(value, Digits):
        return number(value)
    if value is None:
        return ""
    return value if isinstance(value, str) else str(value).lower()


def one_page(name: str) -> KpiError:
    """That more rows are left, by what names the next page."""
    hint = "ask for all rows at once, as by limit or per_page in the address"
    return KpiError(f"is one page of several, by its '{safe(name)}'", hint=hint)
