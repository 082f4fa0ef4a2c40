"""What git has to do with the log: whether it lies in a work tree, and how it is merged there."""

import os
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from subprocess import CompletedProcess

ATTRIBUTE = "merge=union -text"
"""What git is told of the log: keep the lines of both sides, byte for byte."""

_SECONDS = 30


def in_git(path: str) -> bool:
    """Whether a path lies in a git work tree."""
    folder = os.path.dirname(os.path.realpath(path))
    while not os.path.lexists(os.path.join(folder, ".git")):
        above = os.path.dirname(folder)
        if above == folder:
            return False
        folder = above
    return True


def pattern(name: str) -> str:
    """A file's name in git's attributes: what means something else there is a `?`."""
    return re.sub(r'[\s"*\[\]\\#!]', "?", name)


def ask(folder: str, *words: str) -> "CompletedProcess[bytes] | None":
    """What git says in a folder; nothing where there is no git or no such folder."""
    from subprocess import DEVNULL, TimeoutExpired, run

    command = ["git", *words]
    try:
        return run(  # noqa: S603 - no shell, and every word is ours or checked
            command,
            cwd=folder,
            stdin=DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, TimeoutExpired):
        return None


def conflicts(path: str) -> bool:
    """Whether git, asked and able to answer, would not keep the lines of both sides of a merge.

    What git ignores is never merged. The merge button of a git host keeps to no such attribute;
    only a log in a folder, with one file a writer, is merged by it without a conflict.
    """
    if not in_git(path):
        return False
    folder, name = os.path.split(os.path.realpath(path))
    answer = ask(folder, "check-attr", "-z", "merge", "--", name)
    if answer is None or answer.stdout.split(b"\0")[2:3] == [b"union"]:
        return False
    ignored = ask(folder, "check-ignore", "--quiet", "--", name)
    return ignored is not None and ignored.returncode == 1
