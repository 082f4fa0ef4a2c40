"""Whether the log that some definitions name is to be written to, or who has to agree first."""

import os
from collections.abc import Callable, Sequence

from kpicli.environment import state_folder
from kpicli.errors import KpiError
from kpicli.store.cache import Markers
from kpicli.store.definitions.read import DefinitionsFile
from kpicli.store.disk import refused
from kpicli.store.log import Log
from kpicli.text import clipped

Agree = Callable[[Sequence[str]], bool]  # whether somebody says yes to what speaks against it
_MOST = 1000


def require_trusted_log(
    file: DefinitionsFile, log: Log, agree: Agree | None, what: str = "nothing recorded"
) -> None:
    """Raise `KpiError` where something speaks against it, and nobody has agreed now or before.

    A yes is remembered for these definitions, this log and whose they are.
    """
    try:
        owner = os.stat(file.path).st_uid
    except OSError as error:
        raise refused(clipped(file.path), error, f"{what}: ") from None
    outside = _outside(file, log)
    doubts = []
    if outside:
        doubts.append(f"it leads out of the folder of its definitions, to {clipped(outside[0])}")
    if owner not in {0, os.geteuid()}:
        doubts.append(f"its definitions belong to {_user(owner)}")
    if not doubts:
        return
    agreed = "\0".join([os.path.realpath(file.path), str(owner), *outside])
    content = agreed.encode(errors="surrogateescape")
    markers = Markers(state_folder(), "logs-1", _MOST)
    if content in markers:
        return
    if agree is None or not agree(doubts):
        message = f"{what}: {'; '.join(doubts)}"
        raise KpiError(message, where=file.log_name, hint="if that is right, add --trust-log")
    markers.add(content)


def _outside(file: DefinitionsFile, log: Log) -> list[str]:
    """Where the log, or a link in its folder, leads to out of the folder of the definitions."""
    folder, path = os.path.realpath(os.path.dirname(file.path)), os.path.realpath(log.path)
    links = [os.path.realpath(each.path) for each in log.files]
    outside = {link for link in links if not _is_inside(path, link)} | {path}
    return sorted(each for each in outside if not _is_inside(folder, each))


def _is_inside(folder: str, path: str) -> bool:
    return os.path.commonpath([folder, path]) == folder


def _user(number: int) -> str:
    from pwd import getpwuid

    try:
        return f"user {getpwuid(number).pw_name}"
    except KeyError:
        return f"user {number}"
