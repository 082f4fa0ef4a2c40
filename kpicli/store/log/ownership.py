"""Whether a file is a log of kpi: it holds records, and nothing is lost where it is written to."""

from kpicli.errors import KpiError, NotationError, or_none
from kpicli.model.record import LogLine
from kpicli.store.disk import Disk
from kpicli.store.log.codec import LONGEST, read_line

_BOM = b"\xef\xbb\xbf"
_CHUNK = 1 << 16


def holds_records(path: str) -> bool:
    """Whether a sealed record stands at the beginning of a file."""
    try:
        with open(path, "rb") as file:
            content = file.read(LONGEST)
    except OSError:
        return False
    lines = map(_record, content.removeprefix(_BOM).split(b"\n"))
    return any(line is not None and line.is_sealed for line in lines)


def require_log(descriptor: int, size: int, name: str, prefix: str, disk: Disk) -> None:
    """Raise `KpiError` for a file that has content and not one record, nor what was one.

    What interrupted writes left of the very first records is no other content.
    """
    rest, offset, remains = b"", 0, None
    while offset < size and (chunk := disk.read(descriptor, min(_CHUNK, size - offset), offset)):
        *raws, rest = ((rest + chunk) if offset else chunk.removeprefix(_BOM)).split(b"\n")
        rest = rest[: LONGEST + 1]
        offset += len(chunk)
        if any(map(_record, raws)):
            return
        remains = remains or _Remains()
        if any(map(remains.are_of_record, raws)):
            return
    if _record(rest):
        return
    remains = remains or _Remains()
    if remains.are_of_record(rest) or remains.are_torn:
        return
    message = f"{prefix}holds no record, so it is not kpi's own"
    hint = 'see that one record stands on each line, or name another file: log = "…"'
    raise KpiError(message, where=name, hint=hint)


def _record(raw: bytes) -> LogLine | None:
    return or_none(read_line, raw.removesuffix(b"\r"))


class _Remains:
    """What may be left of records, line by line; they `are_torn` while each was interrupted."""

    def __init__(self) -> None:
        from kpicli.store.log.restore import Restorer

        self.restorer = Restorer()
        self.are_torn = True

    def are_of_record(self, raw: bytes) -> bool:
        """Whether a line that is damaged still shows its KPI."""
        from kpicli.store.log.damage import damage_of, is_torn

        self.are_torn = self.are_torn and is_torn(raw.strip())
        lost = damage_of("", 0, raw.removesuffix(b"\r"), NotationError(""), self.restorer).lost
        return len(lost) == 1 and bool(lost[0].kpi)
