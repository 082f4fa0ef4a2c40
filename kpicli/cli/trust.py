"""Whether what some definitions name is opened, as a remote is: somebody has to have agreed."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kpicli.cli.output import DeclinedError, is_agreed, is_conversation, say, say_all
from kpicli.environment import state_folder, variables
from kpicli.errors import KpiError
from kpicli.services.pull.secrets import Secrets
from kpicli.store.cache import Markers
from kpicli.store.definitions.read import DefinitionsFile
from kpicli.text import safe
from kpicli.views.words.transfers import sharing_line

if TYPE_CHECKING:
    from kpicli.services.sync.remote import Remote

_MOST = 1024


def require_trust(
    file: DefinitionsFile,
    content: str,
    lines: Iterable[str],
    *,
    would: str,
    question: str,
    undone: str,
    hint: str,
) -> None:
    """Ask once for each content of the definitions; off a terminal an unknown one is refused.

    The `lines` say what a yes is for; `would` is what the definitions would do, as in `run`, and
    `question` asks for it; `undone` says what was not done where the answer is no.
    """
    agreed = f"{os.path.realpath(file.path)}\0{content}".encode(errors="surrogateescape")
    markers = Markers(state_folder(), "trusted", _MOST)
    if agreed in markers:
        return
    if not is_conversation():
        message = f"{safe(file.name)} would {would} what nobody has agreed to on this machine"
        raise KpiError(message, hint=hint)
    say(f"{safe(file.name)} asks to {would}:")
    say_all(lines)
    if not is_agreed(f"{question}, now and whenever it is the same?"):
        raise DeclinedError(undone)
    if not markers.add(agreed):
        place = safe(markers.folder)
        say(f"warning: the yes is not kept: {place} can't be written, or others may write there")


@contextmanager
def opened(file: DefinitionsFile, *, is_trusted: bool) -> Iterator["Remote"]:
    """The remote that the definitions name; raises `KpiError` where there is none."""
    from kpicli.services.sync.remote import remote_at

    url = file.definitions.remote
    if url is None:
        hint = 'name a database in it: remote = "postgresql://kpi@db.example.com/team"'
        raise KpiError("names no remote", where=file.name, hint=hint)
    secrets = Secrets(variables())
    shown = secrets.hide(url)
    if not is_trusted:
        hint = "read its remote, then run kpi sync on a terminal or add --trust"
        require_trust(
            file,
            f"remote\0{url}",
            [sharing_line(shown)],
            would="share its log with",
            question="Share it",
            undone="nothing was shared",
            hint=hint,
        )
    board = os.path.basename(file.path).removesuffix(".toml")
    with remote_at(secrets.fill(url), board, secrets.hide) as remote:
        yield remote
