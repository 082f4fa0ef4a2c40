"""A damaged line of the log, and what it may have been about."""

import re
from collections.abc import Iterator

from kpicli.errors import NotationError
from kpicli.model.kpi import ID
from kpicli.model.log_issue import IssueKind, LogIssue, LostRecord
from kpicli.model.period import Period, recorded_period
from kpicli.model.timestamp import STAMP, read_instant
from kpicli.store.log.codec import LONGEST, read_line
from kpicli.store.log.json_object import MARKERS
from kpicli.store.log.restore import Restorer
from kpicli.store.log.seal import SealError

CONFLICT = "git conflict markers — run 'kpi repair'"
_MAX_ENDS = 64
"""Places in a line at which a record is looked for the end of."""

_MAX_JUNK = 3
"""Bytes around a record that are not taken for the rest of another one."""

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
    try:
        line = read_line(raw)
    except NotationError:
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
    period = _period(labels.pop()) if len(labels) == 1 else None
    if period and _is_sound_but_for_its_id(raw):
        period = None
    match = _AT.search(raw)
    return LostRecord(kpi, period, _instant(match[1].decode()) if match else "")


def _is_sound_but_for_its_id(raw: bytes) -> bool:
    try:
        read_line(raw)
    except NotationError as error:
        return isinstance(error, SealError)
    return True


def _period(label: str) -> Period | None:
    try:
        return recorded_period(label)
    except NotationError:
        return None


def _instant(text: str) -> str:
    try:
        return read_instant(text, STAMP)
    except NotationError:
        return ""
