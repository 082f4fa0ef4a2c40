"""The kinds of files on this board: which one a file is of."""

from typing import Protocol, cast

from kpicli import plugins
from kpicli.errors import KpiError
from kpicli.sources._header import Sight
from kpicli.sources._rows import SourceTable

KINDS = ("csv", "jsonl", "tsv", "workbook")  # members that read a file
_HEAD = 65_536
_FOREIGN = {
    b"PK\x03\x04": "",
    b"\xd0\xcf\x11\xe0": "",
    b"%PDF": "is a PDF, expected a table",
    b"<!DOCTYPE html": "is an HTML page, expected a table",
    b"<html": "is an HTML page, expected a table",
    b"<?xml": "is XML, expected a table",
    b"\x28\xb5\x2f\xfd": "is compressed with zstd",
    b"BZh": "is compressed with bzip2",
    b"\xfd7zXZ": "is compressed with xz",
    b"SQLite format 3": "is a SQLite database, expected a table",
    b"PAR1": "is a Parquet file, expected a table",
}
"""How files begin that are no text of cells; those without a complaint are workbooks."""


class FileKind(Protocol):
    """The shape of a member that reads files.

    `ENDINGS` are the file name endings that mean it, `WITHOUT` the keys of a source that it lacks.
    """

    @property
    def ENDINGS(self) -> tuple[str, ...]: ...  # noqa: N802 - a constant of a module
    @property
    def WITHOUT(self) -> tuple[str, ...]: ...  # noqa: N802 - a constant of a module

    def looks_like(self, first: bytes) -> bool:
        """Whether a first line is one of its; exactly one kind says so."""
        ...

    def read(self, content: bytes, shown: str, sight: Sight) -> SourceTable:
        """The actuals; `shown` names the file in a fault's place."""
        ...


def file_kind(name: str) -> FileKind:
    """A member of the board; raises `KpiError` for a name that is not there."""
    return cast("FileKind", plugins.load_member("sources", plugins.choice("--format", name, KINDS)))


def file_table(kind: str, content: bytes, shown: str, sight: Sight) -> SourceTable:
    """The actuals of a file; raises `KpiError` for a key of its source that its kind lacks."""
    member = file_kind(kind)
    if key := next((key for key in member.WITHOUT if key in sight.source.keys), ""):
        raise KpiError(f"a {kind} file has no {key}", where=shown, hint=f"leave {key} out")
    return member.read(content, shown, sight)


def kind_of(path: str, shown: str, content: bytes) -> str:
    """The name of the kind of a file: by how it begins, its ending, else by its first line."""
    head = content[:_HEAD].lstrip(b"\xef\xbb\xbf\xff\xfe\x00").lstrip()
    for start, complaint in _FOREIGN.items():
        if head[: len(start)].lower() == start.lower():
            if not complaint:
                return "workbook"
            hint = "open it where it comes from, and save it as CSV UTF-8"
            raise KpiError(complaint, where=shown, hint=hint)
    ending = path.rpartition(".")[2].lower()
    for name in KINDS:
        if ending in file_kind(name).ENDINGS and name != "workbook":
            return name
    first = head.splitlines()[0] if head else b""
    return next(name for name in KINDS if file_kind(name).looks_like(first))
