"""What somebody hands over, whole and bounded: a file, a gzipped one, or what is piped in."""

import gzip
import os
import sys
import zlib
from glob import glob
from io import BytesIO
from typing import BinaryIO

from kpicli.errors import KpiError
from kpicli.noun import NamedTuple
from kpicli.store.disk import refused
from kpicli.text import safe

STDIN = "-"
MOST_BYTES = 256 * 2**20  # of a file, and of what a gzipped one holds
_GZIP = b"\x1f\x8b"


class SourceInput(NamedTuple):
    """The content, the path that says its kind, and how it is named where it is at fault."""

    path: str
    shown: str
    content: bytes


def read_inputs(file: str | None, pattern: str | None, folder: str) -> list[SourceInput]:
    """The file that is named, else those that a source means; `pattern` begins in `folder`."""
    if file is not None:
        return [read_input(file)]
    if pattern is None:
        raise KpiError("missing argument 'FILE'", hint="name a file, or - for what is piped in")
    paths = sorted(glob(os.path.join(folder, pattern)))
    if odd := next((path for path in paths if not os.path.isfile(path)), None):
        hint = "narrow file down to those that are"
        raise KpiError("is no regular file", where=safe(os.path.relpath(odd)), hint=hint)
    if not paths:
        hint = "it is looked for beside kpis.toml"
        raise KpiError("no such file", where=safe(pattern), hint=hint)
    return [read_input(os.path.relpath(path)) for path in paths]


def read_input(path: str) -> SourceInput:
    """The content behind a path; `-` is stdin, but never a terminal."""
    if path == STDIN:
        return unzipped(SourceInput(path, "stdin", _piped()))
    name = safe(path)
    try:
        with open(path, "rb") as file:
            return unzipped(SourceInput(path, name, _bounded(file, name)))
    except FileNotFoundError:
        hint = "name one that is there, or - for what is piped in"
        raise KpiError("no such file", where=name, hint=hint) from None
    except IsADirectoryError:
        hint = f"import its files: cat {name.rstrip('/')}/*.jsonl | kpi import -"
        raise KpiError("is a folder, expected a file", where=name, hint=hint) from None
    except OSError as error:
        raise refused(name, error) from None
    except ValueError:
        raise KpiError("is not a valid path", where=name, hint="name another file") from None


def _piped() -> bytes:
    if sys.stdin is None or sys.stdin.isatty():
        state = "closed" if sys.stdin is None else "a terminal"
        hint = "name a file: kpi import actuals.csv"
        raise KpiError(f"nothing is piped in: stdin is {state}", hint=hint)
    try:
        return _bounded(sys.stdin.buffer, "stdin")
    except OSError as error:
        raise refused("stdin", error) from None


def _bounded(file: BinaryIO, name: str) -> bytes:
    """All of it; a file that says itself that it is too large is not read."""
    try:
        size = os.fstat(file.fileno()).st_size
    except (OSError, AttributeError):
        size = 0
    content = b"" if size > MOST_BYTES else file.read(MOST_BYTES + 1)
    if max(size, len(content)) > MOST_BYTES:
        raise _too_large(name)
    return content


def unzipped(packed: SourceInput) -> SourceInput:
    """What a gzipped one holds; any other as it is."""
    if not packed.content.startswith(_GZIP):
        return packed
    try:
        with gzip.open(BytesIO(packed.content)) as file:
            content = file.read(MOST_BYTES + 1)
    except (OSError, EOFError, zlib.error):
        hint = "fetch it again, and try gzip -t"
        raise KpiError("gzipped, and damaged", where=packed.shown, hint=hint) from None
    if len(content) > MOST_BYTES:
        raise _too_large(packed.shown)
    path = packed.path.removesuffix(".gz").removesuffix(".GZ")
    return packed._replace(path=path, content=content)


def _too_large(name: str) -> KpiError:
    message = f"larger than the {MOST_BYTES // 2**20} MB that kpi reads at once"
    return KpiError(message, where=name, hint="import it in parts, or leave out what is no KPI")
