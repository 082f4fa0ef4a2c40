"""What git has to do with the log: every call of git is made here, and runs nothing but git."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from kpicli.errors import KpiError
from kpicli.noun import NamedTuple
from kpicli.store.disk import folder_above

if TYPE_CHECKING:
    from subprocess import Popen

ATTRIBUTE = "merge=union -text"  # for git: keep the lines of both sides, byte for byte
SECONDS = 5  # how long git may say nothing
_CHUNK = 1 << 18
_SETTINGS = (
    *("--no-pager", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"),
    *("-c", "safe.bareRepository=explicit", "-c", "core.askPass=", "-c", "core.pager=cat"),
)
"""A folder may hold a repository whose settings name programs: none of them is run."""

_ENVIRONMENT = {
    "GIT_NO_LAZY_FETCH": "1",  # a partial clone is not completed
    "GIT_ALLOW_PROTOCOL": "none",  # by nothing that its settings name
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
}


class GitHangsError(KpiError):
    """Git was called, and said nothing for too long."""


class GitAnswer(NamedTuple):
    """What git says, and its exit code."""

    output: bytes
    errors: bytes
    code: int

    @property
    def line(self) -> str:
        """Its output as one line."""
        return self.output.decode("utf-8", "replace").strip()


def git_answer(folder: str, *words: str) -> GitAnswer | None:
    """What git says in a folder; nothing where there is no git or no such folder.

    Raises `GitHangsError` where it says nothing for `SECONDS`.
    """
    from subprocess import PIPE, TimeoutExpired

    try:
        with _run(folder, words, PIPE) as git:
            output, errors = git.communicate(timeout=SECONDS)
            return GitAnswer(output, errors, git.returncode)
    except TimeoutExpired:
        raise _hangs() from None
    except OSError:
        return None


def read_blob(folder: str, blob: str) -> Iterator[bytes]:
    """The content of a blob, piece by piece; raises `KpiError` where git can't read it."""
    from select import select
    from subprocess import DEVNULL

    with _run(folder, ("cat-file", "blob", blob), DEVNULL) as git:
        descriptor = git.stdout.fileno() if git.stdout else -1
        while select([descriptor], [], [], SECONDS)[0]:
            piece = os.read(descriptor, _CHUNK)
            if not piece:
                break
            yield piece
        else:
            raise _hangs()
        if git.wait(SECONDS):
            hint = "see that git fsck is fine"
            raise KpiError("--since: git could not read the log there", hint=hint)


@contextmanager
def _run(folder: str, words: tuple[str, ...], stderr: int) -> Iterator["Popen[bytes]"]:
    """Git in a session of its own, which is ended with all that it started."""
    from signal import SIGKILL
    from subprocess import DEVNULL, PIPE, Popen

    git = Popen(  # noqa: S603 - no shell, and every word is ours or checked
        ["git", *_SETTINGS, *words],  # noqa: S607 - the git that people use
        cwd=folder,
        env={**os.environ, **_ENVIRONMENT},
        stdin=DEVNULL,
        stdout=PIPE,
        stderr=stderr,
        start_new_session=True,
    )
    try:
        yield git
    finally:
        if git.poll() is None:
            with suppress(OSError):
                os.killpg(git.pid, SIGKILL)
            git.wait()
        for pipe in filter(None, (git.stdout, git.stderr)):
            pipe.close()


def _hangs() -> GitHangsError:
    hint = "see that git status answers in this folder"
    return GitHangsError(f"git said nothing for {SECONDS} seconds", hint=hint)


def user_name() -> str:
    """Git's user.name in the current folder, or nothing."""
    answer = git_answer(os.curdir, "config", "user.name")
    with suppress(UnicodeDecodeError):
        return answer.output.decode().strip() if answer else ""
    return ""


def in_git(path: str) -> bool:
    """Whether a path lies in a git work tree."""
    return folder_above(os.path.dirname(os.path.realpath(path)), ".git") is not None


def pattern(name: str) -> str:
    """A file's name in git's attributes: what means something else there is a `?`."""
    return re.sub(r'[\s"*\[\]\\#!]', "?", name)


def conflicts(path: str) -> bool:
    """Whether git, asked and able to answer, would not keep the lines of both sides of a merge.

    What git ignores is never merged. The merge button of a git host keeps to no such attribute;
    only a log in a folder, with one file a writer, is merged by it without a conflict.
    """
    if not in_git(path):
        return False
    folder, name = os.path.split(os.path.realpath(path))
    answer = git_answer(folder, "check-attr", "-z", "merge", "--", name)
    if answer is None or answer.output.split(b"\0")[2:3] == [b"union"]:
        return False
    ignored = git_answer(folder, "check-ignore", "--quiet", "--", name)
    return ignored is not None and ignored.code == 1
