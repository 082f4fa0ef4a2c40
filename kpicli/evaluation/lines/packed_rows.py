"""Lines of a log as rows of bytes, with what many of them have in common kept once."""

from binascii import unhexlify
from struct import Struct

from kpicli.model.record import LogLine

_INSTANT, _ID = len("2026-11-02T08:15:30.123456Z"), 16
_ORDER = 18  # bytes of an instant and an id, of which each holds two digits
_LARGEST = (1 << 32) - 1

_ROW = Struct(f">{_ORDER}s3I")  # order, place of the value, what is shared, the line in its file
_N = ord("n")  # what `null` begins with, and no number
_FOLLOWED, _LENGTH = 0x80, 2  # the bit for a note behind a value; the bytes of its length
Shared = tuple[str, str, bool, str, str, str, bool]
"""What many lines have in common: KPI, by, is_sealed, file, source, unit and skip."""


class PackedRows:
    """The rows and texts of all KPIs, and what they have in common: known by its number."""

    def __init__(self) -> None:
        self.rows, self.texts = bytearray(), bytearray()
        self.labels: dict[str, int] = {}
        self.shared: dict[Shared, int] = {}
        self.all_labels: list[str] = []
        self.all_shared: list[Shared] = []
        self.odd: dict[int, LogLine] = {}

    def label(self, label: str) -> int:
        """The number of a label."""
        number = self.labels.get(label)
        if number is None:
            number = self.labels[label] = len(self.all_labels)
            self.all_labels.append(label)
        return number

    def share(self, shared: Shared) -> int:
        """The number of what lines have in common."""
        number = self.shared.get(shared)
        if number is None:
            number = self.shared[shared] = len(self.all_shared)
            self.all_shared.append(shared)
        return number

    def put(self, line: LogLine, place: int | None) -> int:
        """Keep a line in the row at a place, or in a new one; its place."""
        kpi, _, at, id, value, by, note, is_sealed, number, file, source, unit, skip, _, rest = line
        order, start = _order(at, id), len(self.texts)
        shared = self.share((kpi, by, is_sealed, file, source, unit, skip))
        row = _ROW.pack(order, start, shared, min(number, _LARGEST))
        self.texts += _text(value, note, rest) if note or rest else _text(value)
        if place is None:
            place = len(self.rows) // _ROW.size
            self.rows += row
        else:
            self.rows[place * _ROW.size : (place + 1) * _ROW.size] = row
            self.odd.pop(place, None)
        if not order or number > _LARGEST:
            self.odd[place] = line
        return place

    def line(self, place: int, label: str) -> LogLine:
        """The line in a row."""
        if place in self.odd:
            return self.odd[place]
        order, start, index, number = _ROW.unpack_from(self.rows, place * _ROW.size)
        kpi, by, is_sealed, file, source, unit, skip = self.all_shared[index]
        digits = order.hex()
        day, time = f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}", digits[8:14]
        at = f"{day}T{time[:2]}:{time[2:4]}:{time[4:]}.{digits[14:20]}Z"
        value, note, replaces = self._texts_at(start)
        return LogLine(
            kpi, label, at, digits[20:], value, by, note, is_sealed,
            number, file, source, unit, skip, "", replaces,
        )  # fmt: skip

    def is_said(self, place: int, *, has_skips: bool) -> bool:
        """Whether the line in a row has a value, or with `has_skips` says that it is skipped."""
        _, start, index, _ = _ROW.unpack_from(self.rows, place * _ROW.size)
        return self.texts[start + 1] != _N or (has_skips and self.all_shared[index][-1])

    def note(self, place: int) -> str:
        """The note of the line in a row."""
        _, start, _, _ = _ROW.unpack_from(self.rows, place * _ROW.size)
        return self._texts_at(start)[1] if self.texts[start] & _FOLLOWED else ""

    def unit(self, place: int) -> str:
        """The unit of the line in a row."""
        _, _, index, _ = _ROW.unpack_from(self.rows, place * _ROW.size)
        unit: str = self.all_shared[index][-2]
        return unit

    def _texts_at(self, start: int) -> tuple[str, str, str]:
        """Value, note and what it replaces."""
        texts, end = self.texts, start + 1 + (self.texts[start] & ~_FOLLOWED)
        value, others = texts[start + 1 : end].decode(), []
        if not texts[start] & _FOLLOWED:
            return value, "", ""
        for _ in range(2):
            begin = end + _LENGTH
            end = begin + int.from_bytes(texts[end:begin])
            others.append(texts[begin:end].decode(errors="surrogatepass"))
        return value, others[0], others[1]


def _text(value: str, *others: str) -> bytes:
    """A value behind its length, of which the first bit says that others follow."""
    digits = value.encode()
    if not others:
        return b"%c%b" % (len(digits), digits)
    pieces = [b"%c%b" % (len(digits) | _FOLLOWED, digits)]
    for other in others:
        text = other.encode(errors="surrogatepass")
        pieces += len(text).to_bytes(_LENGTH), text
    return b"".join(pieces)


def _order(at: str, id: str) -> bytes:
    """Instant and id as bytes in the same order; none of what no reading of a log makes."""
    if len(at) != _INSTANT or len(id) != _ID:
        return b""
    try:
        order = unhexlify(f"{at}{id}".encode().translate(None, b"-T:.Z"))
    except ValueError:
        return b""
    return order if len(order) == _ORDER else b""
