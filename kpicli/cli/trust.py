"""Whether what some definitions name is opened: somebody has to have agreed, on this machine."""

import os
from collections.abc import Iterable

from kpicli.cli.output import DeclinedError, is_agreed, is_conversation, say, say_all
from kpicli.environment import state_folder
from kpicli.errors import KpiError
from kpicli.store.cache import Markers
from kpicli.store.definitions.read import DefinitionsFile
from kpicli.text import safe

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
