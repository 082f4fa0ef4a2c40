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
    r"next|next_?(?:page|cursor|link|url|token|records_?url)(?:_?(?:token|url))?|has_?(?:more|next(?:_?page)?)"
    r"|@odata\.nextlink|(?:is_?)?(?:truncated|partial)|(?:incomplete|partial)_?results?",
    re.IGNORECASE,
)
_BROKEN = re.compile(r"errors|timed_?out", re.IGNORECASE)
_LAST = re.compile(r"(?:is_?)?last(?:_?page)?|done|(?:is_?)?complete", re.IGNORECASE)
_PAGES = re.compile(r"(?:total|num|number_of)_?pages|pages|page_?count", re.IGNORECASE)
_COUNT = re.compile(
    r"(?:total|@odata\.)_?(?:count|size|results?|records|rows|items|elements|hits)|row_?count|total",
    re.IGNORECASE,
)
"""What keys are called that say whether rows are left for another page, and how many there are."""
_PLACE = re.compile(
    r"page.*|per_?page|limit|offset|start(?:_?at)?|max_?results|count|skip", re.IGNORECASE
)
"""Beside which a `total` is one of rows."""


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
        around = list[Any]()
        for key in filter(None, path.split(".")):
            around.append(rows)
            rows = rows[int(key)] if isinstance(rows, list) else rows[key]
        for each in around:
            _require_last_page(each, len(rows) if isinstance(rows, list) else 0)
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


def _require_last_page(answer: Any, count: int) -> None:
    """Raise where keys beside the rows, or in an object beside them, say that these are not all."""
    beside = answer if isinstance(answer, dict) else {}
    for fields in (beside, *(each for each in beside.values() if isinstance(each, dict))):
        has_place = any(map(_PLACE.fullmatch, fields))
        for key, value in fields.items():
            if value and _BROKEN.fullmatch(key):
                hint = "a part of them may be missing: ask again, or for what it can answer"
                raise KpiError(f"answers rows with '{safe(key[:40])}' beside them", hint=hint)
            number = int(value) if isinstance(value, Digits) and value.isdecimal() else 0
            is_counted = number > count > 0 and (has_place or key.lower() != "total")
            patterns = (
                (bool(value), _MORE),
                (value is False, _LAST),
                (number > 1, _PAGES),
                (is_counted, _COUNT),
            )
            if any(holds and pattern.fullmatch(key) for holds, pattern in patterns):
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
