"""The log as it was at a revision of git: every sound line that it had there."""

import os
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from kpicli.errors import KpiError, or_none
from kpicli.model.record import LogLine
from kpicli.store.git import git_answer, in_git, read_blob
from kpicli.store.log.codec import read_line
from kpicli.store.log.read import BOM
from kpicli.text import safe

if TYPE_CHECKING:
    from kpicli.store.definitions.read import DefinitionsFile

_ENDING = b".jsonl"


def as_at(file: "DefinitionsFile", revision: str) -> "DefinitionsFile":
    """The definitions with the log that they named at a revision of git.

    Nothing else in them is looked at; where they were not there or can't be read, nothing changes.
    """
    from kpicli.store.definitions.toml import parsed

    folder, name = os.path.split(os.path.realpath(file.path))
    answer = git_answer(folder, "cat-file", "blob", f"{revision}:./{name}")
    if answer is None or answer.code:
        return file
    try:
        log = parsed(answer.output.decode("utf-8-sig"), file.name).get("log")
    except (KpiError, UnicodeDecodeError):
        return file
    is_path = isinstance(log, str) and log.strip() and "\0" not in log
    return file._replace(definitions=replace(file.definitions, log=log if is_path else None))


def lines_at(path: str, name: str, revision: str) -> Iterator[LogLine] | None:
    """The lines of a log, of all files of one in a folder; nothing where it was not there yet.

    Raises `KpiError` where there is no git, no work tree around the log or no such revision.
    """
    real = os.path.realpath(path)
    folder, base = os.path.split(real)
    while not os.path.isdir(folder):
        folder, parent = os.path.split(folder)
        base = os.path.join(parent, base)
    commit = _commit(real, folder, name, revision)
    answer = git_answer(folder, "rev-parse", "--verify", "--quiet", f"{commit}:./{base}")
    if answer is None or answer.code:
        return None
    return _lines(folder, _blobs(folder, answer.line))


def _commit(path: str, folder: str, name: str, revision: str) -> str:
    if not in_git(path):
        message = "is in no git work tree, so --since has nothing to look at"
        raise KpiError(message, where=name, hint="leave --since out")
    tree = git_answer(folder, "rev-parse", "--show-toplevel")
    if tree is None:
        raise KpiError("--since asks git, which can't be run", hint="install git")
    if tree.code:
        reason = tree.errors.decode("utf-8", "replace").strip().partition("\n")[0]
        raise KpiError(f"--since: git says {safe(reason[:200])}", hint="see that git status works")
    words = ("--verify", "--quiet", f"{revision}^{{commit}}")
    answer = git_answer(folder, "rev-parse", *words)
    if answer is None or answer.code:
        message = f"--since: git knows no revision '{safe(revision[:80])}'"
        raise KpiError(message, hint="as in --since HEAD, or see git log --oneline")
    return answer.line


def _blobs(folder: str, object: str) -> list[str]:  # noqa: A002 - git's own word
    """The file itself, or those of a folder that are read."""
    answer = git_answer(folder, "ls-tree", "-z", object)
    if answer is None or answer.code:
        return [object]
    entries = [entry.partition(b"\t") for entry in answer.output.split(b"\0")]
    return [head.split()[2].decode() for head, _, name in entries if name.endswith(_ENDING)]


def _lines(folder: str, blobs: list[str]) -> Iterator[LogLine]:
    """What is damaged there was no record there either."""
    for blob in blobs:
        yield from filter(None, (or_none(read_line, raw) for raw in _raw(folder, blob)))


def _raw(folder: str, blob: str) -> Iterator[bytes]:
    """Each line without its end; git's output is read as it comes."""
    start, rest = BOM, b""
    for piece in read_blob(folder, blob):
        *raws, rest = (rest + piece).split(b"\n")
        for raw in raws:
            yield raw.removeprefix(start).removesuffix(b"\r")
            start = b""
    if rest:
        yield rest.removeprefix(start).removesuffix(b"\r")
