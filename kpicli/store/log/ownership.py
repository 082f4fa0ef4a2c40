"""Whether a file is a log of kpi: it holds records, and nothing is lost where it is written to."""

from kpicli.errors import KpiError, NotationError
from kpicli.store.disk import Disk
from kpicli.store.log.codec import LONGEST, read_line
from kpicli.store.log.damage import damage_of
from kpicli.store.log.restore import Restorer
from kpicli.store.log.torn import is_torn

_BOM = b"\xef\xbb\xbf"
_CHUNK = 1 << 16


def holds_records(path: str) -> bool:
    """Whether a sealed record stands at the beginning of a file."""
    try:
        with open(path, "rb") as file:
            content = file.read(LONGEST)
    except OSError:
        return False
    return any(_is_sealed(raw) for raw in content.removeprefix(_BOM).split(b"\n"))


def _is_sealed(raw: bytes) -> bool:
    try:
        return read_line(raw.removesuffix(b"\r")).is_sealed
    except NotationError:
        return False


def require_log(descriptor: int, size: int, name: str, prefix: str, disk: Disk) -> None:
    """Raise `KpiError` for a file that has content and not one record, nor what was one.

    What interrupted writes left of the very first records is no other content.
    """
    restorer = Restorer()
    rest, offset, is_torn_only = b"", 0, True
    while offset < size and (chunk := disk.read(descriptor, min(_CHUNK, size - offset), offset)):
        *raws, rest = ((rest + chunk) if offset else chunk.removeprefix(_BOM)).split(b"\n")
        rest = rest[: LONGEST + 1]
        offset += len(chunk)
        if any(_is_record(raw, restorer) for raw in raws):
            return
        is_torn_only = is_torn_only and all(is_torn(raw.strip()) for raw in raws)
    if _is_record(rest, restorer) or (is_torn_only and is_torn(rest.strip())):
        return
    raise KpiError(
        f"{prefix}holds no record, so it is not kpi's own",
        where=name,
        hint='see that one record stands on each line, or name another file: log = "…"',
    )


def _is_record(raw: bytes, restorer: Restorer) -> bool:
    """Whether a line is a record, or one that is damaged and still shows its KPI."""
    raw = raw.removesuffix(b"\r")
    try:
        read_line(raw)
    except NotationError as error:
        lost = damage_of("", 0, raw, error, restorer).lost
        return len(lost) == 1 and bool(lost[0].kpi)
    return True
