"""A damaged line of the log, and what it may have been about."""

import re
from collections.abc import Iterator
from itertools import islice, product

from kpicli.errors import NotationError
from kpicli.model.kpi import ID
from kpicli.model.log_issue import IssueKind, LogIssue
from kpicli.model.period import Period, read_period
from kpicli.model.timestamp import STAMP, read_instant

_MOST_PAIRS = 1000
"""Pairs that are kept of a line which is no record at all."""

_KPI = rb'"kpi"\s*:\s*"(%s)"' % ID.pattern.encode()
_PERIOD = rb'"period"\s*:\s*"([0-9QW-]{4,10})"'
_AT = rb'"at"\s*:\s*"(%s)"' % STAMP.encode()


def damage_of(file: str, number: int, raw: bytes, message: str) -> LogIssue:
    """The issue of a damaged line, with the KPIs, periods and instant that it still shows."""
    pairs = tuple(_pairs(raw))
    again = "record its KPI and period again, then run kpi repair"
    hint = again if pairs else "kpi repair sets it aside"
    kpi, period = pairs[0] if len(pairs) == 1 else ("", "")
    at = _instant(raw)
    return LogIssue(IssueKind.DAMAGED, file, number, message, hint, kpi, str(period), pairs, at)


def _pairs(raw: bytes) -> Iterator[tuple[str, Period]]:
    kpis = dict.fromkeys(re.findall(_KPI, raw))
    labels = dict.fromkeys(re.findall(_PERIOD, raw))
    for kpi, label in islice(product(kpis, labels), _MOST_PAIRS):
        try:
            yield kpi.decode(), read_period(label.decode())
        except NotationError:
            continue


def _instant(raw: bytes) -> str:
    match = re.search(_AT, raw)
    try:
        return read_instant(match[1].decode(), STAMP) if match else ""
    except NotationError:
        return ""
