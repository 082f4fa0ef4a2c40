"""Start a board: a definitions file, and the log's line in `.gitattributes`."""

import os

from kpicli.errors import KpiError
from kpicli.store.append import in_git
from kpicli.store.log import refused
from kpicli.text import shown

ATTRIBUTE = "merge=union -text"
"""What git is told of the log: keep the lines of both sides, byte for byte."""


def starter() -> str:
    """The commented definitions that a new board starts from."""
    with open(os.path.join(os.path.dirname(__file__), "starter.toml"), encoding="utf-8") as file:
        return file.read()


def create(path: str) -> list[str]:
    """Write the starter to a path where nothing is; returns the names of all that was written."""
    name = shown(path)
    log = f"{os.path.basename(path).removesuffix('.toml')}.jsonl"
    try:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
        with open(os.open(path, flags, 0o666), "w", encoding="utf-8") as file:
            file.write(starter())
    except FileExistsError:
        hint = "edit it, or start another one: kpi init -f other.toml"
        raise KpiError("is there already, and is left as it is", where=name, hint=hint) from None
    except OSError as error:
        raise refused(name, error, "not written: ") from None
    attributes = os.path.join(os.path.dirname(path), ".gitattributes")
    if in_git(path) and _add_line(attributes, f"{log} {ATTRIBUTE}", log):
        return [name, shown(attributes)]
    return [name]


def _add_line(path: str, line: str, log: str) -> bool:
    """Append a line where no line speaks of the log; says whether it did."""
    try:
        with open(path, "a+b") as file:
            file.seek(0)
            known = file.read()
            if any(old.split()[:1] == [log.encode()] for old in known.split(b"\n")):
                return False
            gap = b"" if known.endswith(b"\n") or not known else b"\n"
            file.write(gap + line.encode() + b"\n")
    except OSError as error:
        raise refused(shown(path), error, "not written: ") from None
    return True
