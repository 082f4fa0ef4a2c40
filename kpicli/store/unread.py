"""Records in the log that a board usually has, where its definitions name another one."""

import os
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from kpicli.errors import KpiError
from kpicli.store.disk import DISK, Disk
from kpicli.store.log import Reading
from kpicli.store.scorecard import reading_of
from kpicli.text import plural

if TYPE_CHECKING:
    from kpicli.store.definitions import DefinitionsFile


class Unread(NamedTuple):
    """The file that nothing reads, and what is wrong with it."""

    shown: str
    message: str


def unread(file: "DefinitionsFile", disk: Disk = DISK) -> Unread | None:
    """The usual log beside another one, where it holds records that this one lacks."""
    usual = file._replace(definitions=replace(file.definitions, log=None))
    if os.path.realpath(usual.log_path) == os.path.realpath(file.log_path):
        return None
    ids: set[str] = set()
    with suppress(KpiError):  # what is no file, or can't be read, is not what is looked for
        ids.update(line.id for line in Reading(usual.log_path, usual.log_shown, disk).lines())
    if ids:
        ids.difference_update(line.id for line in reading_of(file, disk).lines())
    if not ids:
        return None
    message = f"holds {plural(len(ids), 'record')} that nothing reads: {_advice(file, usual)}"
    return Unread(usual.log_shown, message)


def _advice(file: "DefinitionsFile", usual: "DefinitionsFile") -> str:
    """To move it, where nothing would be written over."""
    target = file.log_path
    if file.is_folder_log:
        target = os.path.join(target, os.path.basename(usual.log_path))
    if os.path.lexists(target):
        return f"kpi import {usual.log_shown} takes them in"
    return f"move it to {file.log_shown}"
