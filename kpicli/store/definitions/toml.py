"""TOML text to tables: bounded before it is parsed, and every failure named with its place."""

import re
import tomllib
from decimal import Decimal
from typing import Any

from kpicli.errors import KpiError
from kpicli.text import clipped, safe

LONGEST_KEY = 80  # characters of a key with its dots
_NEXT = "correct the file, then run kpi check"
_POSITION = r"(?s)(.*) \(at (?:line ([0-9]+), column ([0-9]+)|end of document)\)"
_MAY_HOLD_A_LONG_KEY = (
    rf"(?m)^[ \t]*(?![ \t#])(?:[^=\n]{{{LONGEST_KEY},}}|[^=\n\"']*[\"'][^\n]{{{LONGEST_KEY},}})"
    rf"|(?<==)[^=\n]{{{LONGEST_KEY},}}="
)
"""So much in front of a `=`, or in a header, or in quotes, which may hold a `=` of a key."""


def parsed(text: str, name: str) -> dict[str, Any]:
    """The tables of a text, numbers digit by digit; `name` is how the file is shown."""
    _bound_keys(text, name)
    try:
        return tomllib.loads(text, parse_float=_exact)
    except tomllib.TOMLDecodeError as error:
        raise _syntax(str(error), text, name) from None
    except RecursionError:
        raise too_deep(name) from None
    except ValueError:  # Python reads no whole number of more than 4,300 digits
        digits = re.search(r"[0-9][0-9_]{4299}", text)
        line = text.count("\n", 0, digits.start() if digits else 0) + 1
        raise KpiError("number of too many digits", where=f"{name}:{line}", hint=_NEXT) from None


def _exact(digits: str) -> Decimal:
    """A bare number digit by digit; one with an exponent is none that kpi reads."""
    return Decimal("NaN" if "e" in digits.lower() else digits)


def too_deep(name: str) -> KpiError:
    """What no definitions need."""
    return KpiError("nested too deeply", where=name, hint="definitions need no deep nesting")


def _bound_keys(text: str, name: str) -> None:
    """Long dotted keys take the parser minutes; they are seen before it is called."""
    match = re.search(_MAY_HOLD_A_LONG_KEY, text)
    if not match:
        return
    from kpicli.store.definitions.positions import places

    # The first such line mostly holds one, and the rest need not be looked at then.
    head = text[: text.find("\n", match.end()) + 1]
    for part in (text,) if re.search("\"{3}|'{3}", head) else (head, text):
        for place in places(part):
            if place.length > LONGEST_KEY:
                message = f"key longer than {LONGEST_KEY} characters"
                raise KpiError(message, where=f"{name}:{place.line}", hint="shorten it")


def _syntax(message: str, text: str, name: str) -> KpiError:
    """The parser's message with its place in front; two definitions of one key name the first."""
    if text.startswith('{"'):
        hint = "name the definitions: kpi -f kpis.toml"
        return KpiError("JSON, as a log has it, and no definitions", where=f"{name}:1", hint=hint)
    match = re.fullmatch(_POSITION, message)
    reason = (match[1] if match else message).strip()
    line = int(match[2]) if match and match[2] else text.rstrip("\n").count("\n") + 1
    column = f":{match[3]}" if match and match[3] else ""
    is_twice = reason.startswith(("Cannot declare", "Cannot overwrite", "Cannot mutate"))
    if is_twice and (twice := _twice(text, line)):
        key, line, first = twice
        message = f"'{clipped(key)}' is defined twice (first on line {first})"
        return KpiError(message, where=f"{name}:{line}", hint="join the two, or rename one")
    reason = safe(reason[:1].lower() + reason[1:])
    is_open = reason == r"illegal character '\n'"
    message, hint = _mistake(text.split("\n")[:line], "unterminated string" if is_open else reason)
    return KpiError(message, where=f"{name}:{line}{column}", hint=hint)


def _mistake(lines: list[str], reason: str) -> tuple[str, str]:
    """What is wrong, and what to write for what people often write in the last of the lines."""
    last = lines[-1]
    if re.match(_CONFLICT, last):
        hint = (
            "keep what is right of both sides, and take out the lines <<<<<<<, ======= and >>>>>>>"
        )
        return "git conflict markers", hint
    if match := re.fullmatch(_OPEN_TABLE, last):
        header = next(
            (found for each in reversed(lines) if (found := re.match(_HEADER, each))), None
        )
        table = f"{header[1]}.{match[1]}" if header else match[1]
        hint = f'over several lines write [{table}] and a line for each, as in "2026-01" = "450 kr"'
        return f"{match[1]} = {{ … }} must stand on one line", hint
    if match := re.fullmatch(_OPEN_TEXT, last):
        return reason, f'close the quote: {match[1]} = "{safe(match[2].strip())}"'
    if match := re.fullmatch(_BARE_TEXT, last):
        return reason, f'put text in quotes: {match[1]} = "{safe(match[2].strip())}"'
    return reason, _NEXT


_CONFLICT = r"(<{7}|={7}|>{7}|\|{7})(?![^ \r])"
_HEADER = r"[ \t]*\[([^\[\]#]{1,200})\]"
_OPEN_TABLE = r"[ \t]*([A-Za-z0-9_-]{1,80})[ \t]*=[ \t]*\{[^{}]*"
_OPEN_TEXT = r"[ \t]*([A-Za-z0-9_-]{1,80})[ \t]*=[ \t]*\"([^\"#]{0,200})"
_BARE_TEXT = r"[ \t]*([A-Za-z0-9_-]{1,80})[ \t]*=[ \t]*([^ \t\"'#\[{=][^\"'#\[{=]{0,200})(?:#.*)?"
"""Lines that are no TOML, by what was meant."""


def _twice(text: str, line: int) -> tuple[str, int, int] | None:
    """The last key written by that line that stands earlier too, and both of its lines."""
    from kpicli.store.definitions.positions import places

    first: dict[tuple[str, ...], int] = {}
    implied: dict[tuple[str, ...], int] = {}
    place_twice = None
    for place in places(text):
        if place.line > line:
            break
        if place.path in first or (place.path in implied and place.line == line):
            place_twice = place.path[-1], place.line, (implied | first)[place.path]
        first.setdefault(place.path, place.line)
        for end in range(1, len(place.path)):
            implied.setdefault(place.path[:end], place.line)
    return place_twice
