"""What a damaged line of the log still shows of what it was about."""

import re
from itertools import islice, product

from kpicli.errors import NotationError
from kpicli.model.instant import STAMP, read_instant
from kpicli.model.kpi import ID

_MOST_SHOWN = 1000
"""Pairs that are kept of a line which is no record at all."""
_KPI_SHOWN = rb'"kpi"\s*:\s*"(%s)"' % ID.pattern.encode()
_PERIOD_SHOWN = rb'"period"\s*:\s*"([0-9QW-]{4,10})"'
_AT_SHOWN = rb'"at"\s*:\s*"(%s)"' % STAMP.encode()


def still_shown(raw: bytes) -> tuple[list[tuple[str, str]], str]:
    """The KPIs and periods that a damaged line may have been about, and its instant if any."""
    kpis = dict.fromkeys(re.findall(_KPI_SHOWN, raw))
    periods = dict.fromkeys(re.findall(_PERIOD_SHOWN, raw))
    pairs = islice(product(kpis, periods), _MOST_SHOWN)
    return [(kpi.decode(), period.decode()) for kpi, period in pairs], _at_shown(raw)


def _at_shown(raw: bytes) -> str:
    found = re.search(_AT_SHOWN, raw)
    try:
        return read_instant(found[1].decode(), STAMP) if found else ""
    except NotationError:
        return ""
