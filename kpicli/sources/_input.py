"""Read what somebody hands over, whole: a file of any kind, or what is piped in."""

import sys

from kpicli.errors import KpiError
from kpicli.store.disk import refused
from kpicli.text import safe

STDIN = "-"


def handed(path: str) -> tuple[str, bytes]:
    """The name by which faults are placed, and the content; `-` is stdin, but never a terminal."""
    if path == STDIN:
        return "stdin", _piped()
    name = safe(path)
    try:
        with open(path, "rb") as file:
            return name, file.read()
    except FileNotFoundError:
        hint = "name one that is there, or - for what is piped in"
        raise KpiError("no such file", where=name, hint=hint) from None
    except IsADirectoryError:
        hint = f"import its files: cat {name.rstrip('/')}/*.jsonl | kpi import -"
        raise KpiError("is a folder, expected a file", where=name, hint=hint) from None
    except OSError as error:
        raise refused(name, error) from None
    except ValueError:
        raise KpiError("is no path", where=name) from None


def _piped() -> bytes:
    if sys.stdin is None or sys.stdin.isatty():
        state = "closed" if sys.stdin is None else "a terminal"
        hint = "name a file: kpi import actuals.csv"
        raise KpiError(f"nothing is piped in: stdin is {state}", hint=hint)
    try:
        return sys.stdin.buffer.read()
    except OSError as error:
        raise refused("stdin", error) from None
