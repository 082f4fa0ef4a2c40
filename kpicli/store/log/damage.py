"""A damaged line of the log, what it may have been about, and what an interrupted write leaves."""

import re
from collections.abc import Iterator

from kpicli.errors import NotationError, or_none
from kpicli.model.kpi import ID
from kpicli.model.log_issue import IssueKind, LogIssue, LostRecord
from kpicli.model.period import recorded_period
from kpicli.model.timestamp import STAMP, read_instant
from kpicli.model.unit import LONGEST_UNIT
from kpicli.store.disk import Disk
from kpicli.store.log.codec import LONGEST, read_line
from kpicli.store.log.json_line import MARKERS
from kpicli.store.log.restore import Restorer
from kpicli.store.log.seal import SealError

CONFLICT = "git conflict markers — run 'kpi repair'"
_MAX_ENDS = 64  # places in a line at which a record is looked for the end of
_MAX_JUNK = 3  # bytes around a record that are not taken for the rest of another one
_CHUNK = 1 << 18
_BLANK = b" \t\r\v\f\0"
_KPI = re.compile(rb'"kpi"\s*:\s*"(%s)"' % ID.pattern.encode())
_PERIOD = re.compile(rb'"period"\s*:\s*"([0-9A-Z-]{4,12})"')
_TRACE = re.compile(rb'kpi|\\u|"period"|"at"|[0-9A-Fa-f]{5}')
"""What any record has that is not damaged beyond all telling: a key, or most of its id."""
_AT = re.compile(rb'"at"\s*:\s*"(%s)"' % STAMP.encode())


def issue_of(
    file: str, number: int, raw: bytes, error: NotationError, restorer: Restorer
) -> LogIssue:
    """The issue of a line that is no record: it is damaged, or a marker of git."""
    if raw.startswith(MARKERS):
        return LogIssue(IssueKind.CONFLICT, file, number, CONFLICT)
    return damage_of(file, number, raw, error, restorer)


def damage_of(
    file: str, number: int, raw: bytes, error: NotationError, restorer: Restorer
) -> LogIssue:
    """The issue of a damaged line, with every record that it may be made of."""
    has_trace = len(raw) < LONGEST and _TRACE.search(raw)
    lost = tuple(_lost_records(raw, restorer)) if has_trace else ()
    lost = lost or (LostRecord(),)
    hint, kpi, period = "kpi repair sets it aside", "", ""
    if len(lost) == 1 and lost[0].kpi and lost[0].period:
        hint = "record its KPI and period again, then run kpi repair"
        kpi, period = lost[0].kpi, str(lost[0].period)
    return LogIssue(IssueKind.DAMAGED, file, number, error.message, hint, kpi, period, lost)


def _lost_records(raw: bytes, restorer: Restorer) -> Iterator[LostRecord]:
    """One for every record, since lines that are joined are several."""
    rest = raw.strip(_BLANK)
    while len(rest) > _MAX_JUNK:
        start = rest.find(b"{")
        if start != 0 and (record := _restored_record(rest, restorer)):
            yield record
            return
        if not 0 <= start <= _MAX_JUNK:
            yield LostRecord()
        if start < 0:
            return
        record, rest = _first_record(rest[start:], restorer)
        yield record
        rest = rest.strip(_BLANK)


def _first_record(raw: bytes, restorer: Restorer) -> tuple[LostRecord, bytes]:
    """The record that a text begins with, whole or restored, and the rest of the text."""
    ends = [match.end() for match in re.finditer(b"}", raw)][:_MAX_ENDS]
    for end in ends:
        if record := _whole_record(raw[:end]):
            return record, raw[end:]
    for end in dict.fromkeys((*ends[:1], *ends[-1:], len(raw))):
        if record := _restored_record(raw[:end], restorer):
            return record, raw[end:]
    return _shown_record(raw, restorer), b""


def _restored_record(raw: bytes, restorer: Restorer) -> LostRecord | None:
    line = restorer.restored(raw)
    return _whole_record(line) if line else None


def _whole_record(raw: bytes) -> LostRecord | None:
    line = or_none(read_line, raw)
    if line is None:
        return None
    id = line.id if line.is_sealed else ""
    return LostRecord(line.kpi, recorded_period(line.period), line.at, id)


def _shown_record(raw: bytes, restorer: Restorer) -> LostRecord:
    """What a text shows that nothing proves: of KPI and period what the rest of it bears out.

    A KPI is one of few words, and a known one is believed. Of a period any digit may have been
    another; it is believed where the fault is seen elsewhere.
    """
    ids = {id.decode() for id in _KPI.findall(raw)}
    labels = {label.decode() for label in _PERIOD.findall(raw)}
    kpi = ids.pop() if len(ids) == 1 else ""
    if restorer.kpis and kpi not in restorer.kpis:
        kpi = ""
    period = or_none(recorded_period, labels.pop()) if len(labels) == 1 else None
    if period and _is_sound_but_for_its_id(raw):
        period = None
    match = _AT.search(raw)
    at = or_none(read_instant, match[1].decode(), STAMP) if match else None
    return LostRecord(kpi, period, at or "")


def _is_sound_but_for_its_id(raw: bytes) -> bool:
    try:
        read_line(raw)
    except NotationError as error:
        return isinstance(error, SealError)
    return True


_MEMBERS = r'(?:,"[a-z_]+":(?:"(?:[^"\\\x00-\x1f]|\\.)*"|true|null|[0-9.-]+))*'
_MEMBER_BEGUN = r'(?:,(?:"(?:[a-z_]+(?:"(?::(?:"(?:[^"\\\x00-\x1f]|\\.)*\\?|[a-z0-9.-]*)?)?)?)?)?)?'


def _begun(*pieces: str | tuple[str, int, int], then: str) -> str:
    """A pattern for every start of a text: of words, and of characters so many at least and most.

    What may follow the whole of the text is what `then` matches.
    """
    pattern = then
    for piece in reversed(pieces):
        if isinstance(piece, str):
            for char in reversed(piece):
                pattern = f"(?:{re.escape(char)}{pattern})?"
        else:
            chars, least, most = piece
            pattern = f"(?:{chars}{{{least},{most}}}{pattern}|{chars}{{0,{least}}})"
    return pattern


_INSTANT = _begun(',"at":"', ("[0-9TZ:.-]", 27, 27), '"', then=_MEMBERS + _MEMBER_BEGUN)
_LETTER = r'(?:[^"\\\x00-\x1f]|\\.|\\$)'
_UNIT = _begun(',"unit":"', (_LETTER, 0, 6 * LONGEST_UNIT), '"', then=_INSTANT)
_SKIP = _begun(',"skip":true', then=f"(?:{_UNIT}|{_INSTANT})")

_BEGUN_LINE = _begun(
    '{"id":"',
    ("[0-9a-f]", 16, 16),
    '","kpi":"',
    ("[a-z0-9_]", 1, 64),
    '","period":"',
    ("[0-9A-Z-]", 4, 12),
    '","value":',
    ("[a-z0-9.-]", 1, 32),
    then=f"(?:{_SKIP}|{_UNIT}|{_INSTANT})",
)


def is_torn(raw: bytes) -> bool:
    """Whether it is a start of a line of kpi without its closing brace, or zeros, or both."""
    return re.fullmatch(_BEGUN_LINE.encode(), raw.rstrip(b"\0")) is not None


def is_torn_end(disk: Disk, descriptor: int, raw: bytes) -> bool:
    """Whether what a log ends with is what an interrupted write leaves; zeros may be very many."""
    if len(raw) < LONGEST:
        return is_torn(raw)
    end = disk.status(descriptor).st_size
    while end:
        start = max(end - _CHUNK, 0)
        text = disk.read(descriptor, end - start, start).rstrip(b"\0")
        if text:
            return text.endswith(b"\n")
        end = start
    return True
