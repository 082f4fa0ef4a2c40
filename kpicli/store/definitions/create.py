"""Start a board: a definitions file, and the log's line in `.gitattributes`."""

import os
import re
import stat
from collections.abc import Callable
from contextlib import suppress

from kpicli.errors import KpiError
from kpicli.model.number import Mark
from kpicli.store.disk import refused
from kpicli.store.git import ATTRIBUTE, in_git, pattern
from kpicli.text import clipped

USUAL_TARGET = "500,000 kr"  # the target of the first KPI of the starter


def starter(mark: Mark = ".", *, title: str = "", owner: str = "", target: str = "") -> str:
    """The commented definitions that a new board starts from, with that decimal mark.

    `title`, `owner` and the `target` of its first KPI stand there where they are given.
    """
    with open(os.path.join(os.path.dirname(__file__), "starter.toml"), encoding="utf-8") as file:
        text = file.read()
    usual = USUAL_TARGET
    if mark != ".":
        text = text.replace('decimal = "."', 'decimal = ","').replace('"," where', '"." where')
        text = text.replace("480.000,50", "480,000.50")
        text = text.replace("revenue 480,000", "revenue 480.000")
        usual = USUAL_TARGET.replace(",", ".")
        text = text.replace(f'"{USUAL_TARGET}"', f'"{usual}"')
    for key, line, value in (
        ("title", '".*"', title),
        ("owner", '".*"', owner),
        ("target", f'"{usual}"', target),
    ):
        text = re.sub(f"(?m)^{key} = {line}", _entry(key, value), text) if value else text
    return text


def _entry(key: str, value: str) -> Callable[[object], str]:
    """What puts a line in another's place."""
    from kpicli.store.definitions.write import toml_value

    return lambda _: f"{key} = {toml_value(value)}"


def require_free(path: str) -> None:
    """Raise `KpiError` where something is there already."""
    if os.path.lexists(path):
        raise _occupied(clipped(path))


def _occupied(name: str) -> KpiError:
    hint = "edit it, add to it with kpi add, or start another one: kpi init -f other.toml"
    return KpiError("already exists, and was not changed", where=name, hint=hint)


def with_log(text: str, log: str) -> str:
    """A text that starts a board, with the log that it names after its decimal mark."""
    import tomli_w

    line = tomli_w.dumps({"log": log})
    return re.sub(r"(?m)^decimal = .*\n", lambda match: match[0] + line, text, count=1)


def create(path: str, text: str | None = None, log: str = "") -> list[str]:
    """Write a text, else the starter, to a path where nothing is; returns what was written.

    Git is told how to merge the `log` that it names, else the usual one beside it.
    """
    name = clipped(path)
    attributes = os.path.join(os.path.dirname(path), ".gitattributes")
    try:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
        descriptor = os.open(path, flags, 0o666)
    except FileExistsError:
        raise _occupied(name) from None
    except OSError as error:
        raise refused(name, error, "not written: ") from None
    try:
        with open(descriptor, "w", encoding="utf-8") as file:
            file.write(starter() if text is None else text)
        is_merged = in_git(path) and _add_line(attributes, _log(path, log))
    except BaseException as error:
        with suppress(OSError):
            os.unlink(path)
        if isinstance(error, OSError):
            raise refused(name, error, "not written: ") from None
        raise
    return [name, clipped(attributes)] if is_merged else [name]


def _log(path: str, log: str) -> str:
    """The log that it names, all files of a folder; else that beside it, in git's words."""
    if log.endswith("/"):
        return f"{pattern(log)}*.jsonl"
    return pattern(log or f"{os.path.basename(path).removesuffix('.toml')}.jsonl")


def _add_line(path: str, pattern: str) -> bool:
    """Append a line where no line speaks of the log; says whether it did.

    A link that leads out of the folder is not followed, and a pipe is not waited for.
    """
    name, folder = os.fsencode(pattern), os.path.realpath(os.path.dirname(path))
    is_outside = os.path.dirname(os.path.realpath(path)) != folder
    if is_outside or (os.path.exists(path) and stat.S_ISFIFO(os.stat(path).st_mode)):
        return False
    try:
        with open(path, "a+b") as file:
            file.seek(0)
            content = file.read()
            if any(line.split()[:1] == [name] for line in content.split(b"\n")):
                return False
            gap = b"" if content.endswith(b"\n") or not content else b"\n"
            file.write(b"%s%s %s\n" % (gap, name, ATTRIBUTE.encode()))
    except OSError as error:
        raise refused(clipped(path), error, "not written: ") from None
    return True
