"""Read the definitions file: find it, bound it, parse it, check it, build it."""

import os
import stat
import sys
from collections.abc import Iterable, Mapping
from typing import Any, cast

from kpicli.errors import Fault, KpiError, ManyErrors
from kpicli.model.kpi import Definitions
from kpicli.noun import NamedTuple
from kpicli.store.cache import Cache
from kpicli.store.disk import folder_above, refused
from kpicli.text import clipped

NAME = "kpis.toml"
LARGEST = 1_000_000  # bytes of the file
_MOST_FILES, _MOST_BYTES = 256, 64_000_000  # definitions that are remembered, and their bytes
_SHAPE_IS_RIGHT = b"shape"  # all that is remembered where the address of a source may hold a secret


class DefinitionsFile(NamedTuple):
    """The file as it was read once: where it is, how to name it, its text and what it says.

    `version` says which one it is, where that is not the file's own; `warnings`, why it is not the
    one of the day that was asked for.
    """

    path: str
    name: str
    text: str
    definitions: Definitions
    version: str = ""
    warnings: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        """The path for programs: whole, where the name for people is cut or has escapes in it."""
        is_whole = os.path.abspath(self.name) == self.path
        return self.name if is_whole else os.path.relpath(self.path)

    @property
    def log_path(self) -> str:
        """Where the log is."""
        return os.path.join(os.path.dirname(self.path), self._log)

    @property
    def log_name(self) -> str:
        """The log's path as it is named to people, a folder's with its `/`."""
        path = os.path.normpath(os.path.join(os.path.dirname(self.address), self._log))
        return clipped(os.path.join(path, "") if self.is_folder_log else path)

    @property
    def is_folder_log(self) -> bool:
        """Whether the log is a folder with one file a writer."""
        return self._log.endswith("/")

    @property
    def _log(self) -> str:
        name = os.path.basename(self.path)
        return self.definitions.log or f"{name.removesuffix('.toml')}.jsonl"


def find(path: str | None, start: str) -> str:
    """The definitions file: the path that is named, else the nearest from a folder upwards."""
    if path:
        return path
    try:
        folder = folder_above(os.path.abspath(start), NAME)
    except OSError as error:
        raise refused("the current folder", error) from None
    if folder is None:
        raise KpiError(f"no {NAME} here or in any folder above", hint="make one: kpi init")
    return os.path.relpath(os.path.join(folder, NAME), start)


def load_definitions(path: str, cache: str | None = None) -> DefinitionsFile:
    """The definitions of a file; raises `ManyErrors` with every fault and its line.

    `cache` is a folder in which to remember what is built from this very content.
    """
    return read(path, content_of(path), cache)


def read(path: str, content: bytes, cache: str | None = None) -> DefinitionsFile:
    """The definitions of a content that the file has, or is to have; see `load`."""
    name = clipped(path)
    _bound(len(content), name)
    text = toml_text(content, name)
    packed = _cache(cache).load(_about(content)) if cache else None
    definitions = _recalled(packed, text, name) if packed else None
    if definitions is None:
        definitions = _checked(_parsed(text, name), text, name)
        _remember(definitions, content, cache)
    file = DefinitionsFile(os.path.abspath(path), name, text, definitions)
    if os.path.realpath(file.log_path) == os.path.realpath(path):
        raise _located([Fault(("log",), "is this file itself", hint="name another")], text, name)
    return file


def _recalled(packed: memoryview, text: str, name: str) -> Definitions | None:
    """The definitions of a content that was without a fault before."""
    try:
        if packed == _SHAPE_IS_RIGHT:
            definitions, faults = _built(_parsed(text, name))
            return None if faults else definitions
        from kpicli.store.definitions.packed_nouns import unpack

        return cast("Definitions", unpack(packed))
    except Exception:  # noqa: BLE001 - whatever it is from, it is not what this version packs
        return None


def _remember(definitions: Definitions, content: bytes, cache: str | None) -> None:
    """Keep what was built; a cache that can't be written is ignored."""
    if cache:
        from kpicli.store.definitions.packed_nouns import pack

        has_addresses = definitions.sources or definitions.remote
        packed = _SHAPE_IS_RIGHT if has_addresses else pack(definitions)
        _cache(cache).save(_about(content), packed)


def _cache(home: str) -> Cache:
    return Cache(home, "definitions-3", _MOST_FILES, _MOST_BYTES)


def _about(content: bytes) -> bytes:
    from kpicli import __version__

    return f"kpi {__version__}, Python {sys.version}\n".encode() + content


def _parsed(text: str, name: str) -> dict[str, Any]:
    from kpicli.store.definitions.toml import parsed

    return parsed(text, name)


def _checked(tables: dict[str, Any], text: str, name: str) -> Definitions:
    if faults := _shape_faults(tables, name):
        tables = _without(tables, faults)
    definitions, more = _built(tables)
    if faults or more:
        raise _located([*faults, *more], text, name)
    return definitions


def _built(tables: Mapping[str, Any]) -> tuple[Definitions, list[Fault]]:
    from kpicli.model.build.definitions import build

    return build(tables)


def defaults_of(file: DefinitionsFile) -> Mapping[str, Any]:
    """The keys of `[defaults]` as they are written; each KPI has them already."""
    defaults: Mapping[str, Any] = _parsed(file.text, file.name).get("defaults", {})
    return defaults


def tables_in(path: str) -> dict[str, Any]:
    """The tables of a file as it stands, whatever they hold."""
    name = clipped(path)
    return _parsed(toml_text(content_of(path), name), name)


def content_of(path: str) -> bytes:
    """The bytes of the file; raises `KpiError` for more than `LARGEST`."""
    name = clipped(path)
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with open(descriptor, "rb") as file:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                raise KpiError("is not a regular file", where=name, hint="name a file with -f")
            content = file.read(LARGEST + 1)
    except FileNotFoundError:
        link = os.path.islink(path) and f"it is a link to {clipped(os.readlink(path))}: remove it"
        hint = link or "make one: kpi init, or name it: kpi -f FILE"
        raise KpiError("no such file", where=name, hint=hint) from None
    except (OSError, ValueError) as error:
        if isinstance(error, OSError):
            raise refused(name, error) from None
        raise KpiError("is not a valid path", where=name, hint="name a file: kpi -f FILE") from None
    _bound(max(status.st_size, len(content)), name)
    return content


def _bound(size: int, name: str) -> None:
    if size > LARGEST:
        message = f"file is {size / 1_000_000:.1f} MB; the limit is 1 MB"
        raise KpiError(message, where=name, hint="split it in two")


def toml_text(content: bytes, name: str) -> str:
    """What a content says, with plain line ends; raises `KpiError` where it is not UTF-8."""
    bare = content.removeprefix(b"\xef\xbb\xbf")
    try:
        return bare.decode().replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = bare.count(b"\n", 0, error.start) + 1
        hint = "save it as UTF-8 in your editor"
        raise KpiError("not UTF-8", where=f"{name}:{line}", hint=hint) from None


def _shape_faults(tables: dict[str, Any], name: str) -> list[Fault]:
    from kpicli.store.definitions.schema import shape_faults

    try:
        return shape_faults(tables)
    except RecursionError:
        from kpicli.store.definitions.toml import too_deep

        raise too_deep(name) from None


def _without(tables: dict[str, Any], faults: Iterable[Fault]) -> dict[str, Any]:
    """The tables without what has the wrong shape, so that the rest can be checked as well."""
    from copy import deepcopy

    rest = deepcopy(tables)
    for fault in faults:
        place: Any = rest
        for key in fault.path[:-1]:
            place = place.get(key) if isinstance(place, dict) else None
        if isinstance(place, dict):
            place.pop(fault.path[-1], None)
    return rest


def _located(faults: Iterable[Fault], text: str, name: str) -> ManyErrors:
    """One error a fault, by line, with «did you mean» in the line itself."""
    from kpicli.store.definitions.positions import Positions

    positions = Positions(text)
    errors: dict[tuple[int, int, str], KpiError] = {}
    for fault in faults:
        line, column = positions.of(fault.path)
        key = ".".join(clipped(part) for part in fault.path)
        advice = f" — {fault.hint}" if fault.hint else ""
        message = f"{key}: {fault.message}{advice}"
        errors.setdefault((line, column, message), KpiError(message, where=f"{name}:{line}"))
    hint = f"correct {name}, then run kpi check"
    return ManyErrors([errors[place] for place in sorted(errors)], hint=hint)
