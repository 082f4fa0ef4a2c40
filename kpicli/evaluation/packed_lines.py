"""The lines that count of a very long log, in a tenth of the memory that they take as objects."""

from array import array
from binascii import unhexlify
from collections.abc import Iterator, Mapping
from struct import Struct

from kpicli.model.record import LogLine

_INSTANT, _ID = len("2026-11-02T08:15:30.123456Z"), 16
_ORDER = 18
"""Bytes of an instant and an id, of which each holds two digits."""
_LARGEST = (1 << 32) - 1

_ROW = Struct(f">{_ORDER}s4I")
"""Order, then where the value stands, what is shared, the line in its file, and the label."""

_CHUNK, _WITHIN = 6, 63
"""Places are kept in chunks of 64, since periods that follow each other are met together."""

_N = ord("n")
"""What `null` begins with, and no number."""

_FOLLOWED, _LENGTH = 0x80, 2
"""The bit that says that note and what is replaced follow a value; the bytes of their length."""

Shared = tuple[str, str, bool, str, str, str, bool]
"""What many lines have in common: KPI, by, is_sealed, file, source, unit and skip."""


class PackedLines(Mapping[tuple[str, ...], LogLine]):
    """The lines of `newest_lines`; each is made anew when it is asked for.

    Notes are kept as they are.
    """

    def __init__(self, lines: Mapping[tuple[str, ...], LogLine]) -> None:
        self.by_kpi: dict[str, KpiLines] = {}
        self.notes: dict[tuple[str, ...], LogLine] = {}
        self._pool = _Pool()
        for key, line in lines.items():
            self[key] = line

    def __getitem__(self, key: tuple[str, ...]) -> LogLine:
        """The line that counts."""
        line = self.find(key)
        if line is None:
            raise KeyError(key)
        return line

    def find(self, key: tuple[str, ...]) -> LogLine | None:
        """The line that counts, if there is one."""
        if len(key) > 2:
            return self.notes.get(key)
        lines = self.by_kpi.get(key[0])
        return lines.find(key[1]) if lines else None

    def __setitem__(self, key: tuple[str, ...], line: LogLine) -> None:
        """Keep a line, in place of the one before."""
        if line.about:
            self.notes[key] = line
            return
        kpi, label = key
        lines = self.by_kpi.get(kpi)
        if lines is None:
            lines = self.by_kpi[kpi] = KpiLines(self._pool)
        lines.put(label, line)

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        """KPI by KPI, then the notes."""
        for kpi, lines in self.by_kpi.items():
            for label in lines:
                yield kpi, label
        yield from self.notes

    def __len__(self) -> int:
        """How many there are."""
        return sum(map(len, self.by_kpi.values())) + len(self.notes)

    def in_other_units(self, units: Mapping[str, str]) -> Iterator[tuple[str, LogLine]]:
        """The lines in another unit than their KPI has today, with that KPI."""
        for kpi, lines in self.by_kpi.items():
            if kpi in units:
                for label in lines.in_other_unit(units[kpi]):
                    yield kpi, lines[label]


class _Pool:
    """What the lines of many KPIs have in common, each once: it is known by its number."""

    def __init__(self) -> None:
        self.labels: dict[str, int] = {}
        self.shared: dict[Shared, int] = {}
        self.all_labels: list[str] = []
        self.all_shared: list[Shared] = []

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


class KpiLines(Mapping[str, LogLine]):
    """The lines of one KPI by the labels of their periods, a row of bytes each."""

    def __init__(self, pool: _Pool) -> None:
        self._pool = pool
        self._places: dict[int, array[int]] = {}
        self._rows, self._texts = bytearray(), bytearray()
        self._odd: dict[int, LogLine] = {}

    def put(self, label: str, line: LogLine) -> None:
        """Keep a line, in place of the one before."""
        kpi, _, at, id, value, by, note, is_sealed, number, file, source, unit, skip, _, rest = line
        pool, texts = self._pool, self._texts
        index, shared = (
            pool.label(label),
            pool.share((kpi, by, is_sealed, file, source, unit, skip)),
        )
        order = _order(at, id)
        row = _ROW.pack(order, len(texts), shared, min(number, _LARGEST), index)
        texts += (
            _text(value, note, rest) if note or rest else b"%c%b" % (len(value), value.encode())
        )
        chunk = self._places.get(index >> _CHUNK)
        if chunk is None:
            chunk = self._places[index >> _CHUNK] = array("I", bytes(4 << _CHUNK))
        place = chunk[index & _WITHIN] - 1
        if place < 0:
            place = len(self._rows) // _ROW.size
            self._rows += row
            chunk[index & _WITHIN] = place + 1
        else:
            self._rows[place * _ROW.size : (place + 1) * _ROW.size] = row
            self._odd.pop(place, None)
        if not order or number > _LARGEST:
            self._odd[place] = line

    def _place(self, label: object) -> int:
        """Where the line of a label stands; below 0 where there is none."""
        index = self._pool.labels.get(label, -1)  # type: ignore[call-overload]
        chunk = self._places.get(index >> _CHUNK)
        return chunk[index & _WITHIN] - 1 if chunk else -1

    def __getitem__(self, label: str) -> LogLine:
        """The line that counts for the period of a label."""
        line = self.find(label)
        if line is None:
            raise KeyError(label)
        return line

    def find(self, label: str) -> LogLine | None:
        """The line that counts for the period of a label, if there is one."""
        place = self._place(label)
        if place < 0:
            return None
        if place in self._odd:
            return self._odd[place]
        order, start, index, number, _ = _ROW.unpack_from(self._rows, place * _ROW.size)
        kpi, by, is_sealed, file, source, unit, skip = self._pool.all_shared[index]
        digits = order.hex()
        day, time = f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}", digits[8:14]
        at = f"{day}T{time[:2]}:{time[2:4]}:{time[4:]}.{digits[14:20]}Z"
        value, note, replaces = self._texts_at(start)
        return LogLine(
            kpi, label, at, digits[20:], value, by, note, is_sealed,
            number, file, source, unit, skip, "", replaces,
        )  # fmt: skip

    def _texts_at(self, start: int) -> tuple[str, str, str]:
        """Value, note and what it replaces."""
        texts, end = self._texts, start + 1 + (self._texts[start] & ~_FOLLOWED)
        value, others = texts[start + 1 : end].decode(), []
        if not texts[start] & _FOLLOWED:
            return value, "", ""
        for _ in range(2):
            begin = end + _LENGTH
            end = begin + int.from_bytes(texts[end:begin])
            others.append(texts[begin:end].decode(errors="surrogatepass"))
        return value, others[0], others[1]

    def __contains__(self, label: object) -> bool:
        """Whether there is one."""
        return self._place(label) >= 0

    def __iter__(self) -> Iterator[str]:
        """The labels, in the order in which they were first met."""
        labels = self._pool.all_labels
        return (labels[row[-1]] for row in _ROW.iter_unpack(self._rows))

    def __len__(self) -> int:
        """How many periods there are."""
        return len(self._rows) // _ROW.size

    def said(self, *, has_skips: bool) -> Iterator[str]:
        """The labels of those that have a value; with `has_skips` also of what is skipped."""
        labels, shared, texts = self._pool.all_labels, self._pool.all_shared, self._texts
        for _, start, index, _, label in _ROW.iter_unpack(self._rows):
            is_null = texts[start + 1] == _N
            if not is_null or (has_skips and shared[index][-1]):
                yield labels[label]

    @property
    def noted(self) -> Iterator[str]:
        """The labels of those with a note."""
        for _, start, _, _, label in _ROW.iter_unpack(self._rows):
            if self._texts[start] & _FOLLOWED and self._texts_at(start)[1]:
                yield self._pool.all_labels[label]

    def in_other_unit(self, unit: str) -> list[str]:
        """The labels of those in another unit."""
        shared, own = self._pool.all_shared, {"", unit}
        others = {number for number, each in enumerate(shared) if each[-2] not in own}
        rows = _ROW.iter_unpack(self._rows) if others else ()
        return [self._pool.all_labels[label] for _, _, index, _, label in rows if index in others]


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
