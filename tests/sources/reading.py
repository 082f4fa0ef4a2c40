"""What a kind of file makes of bytes: its rows, and its faults as a person reads them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from kpicli.errors import KpiError, ManyErrors
from kpicli.model.build.definitions import build
from kpicli.model.scorecard import Clock
from kpicli.model.source import DateReading, Source, SourceRow
from kpicli.sources._board import file_kind
from kpicli.sources._header import Sight
from kpicli.sources._periods import PeriodLabels

CLOCK = Clock(date(2026, 11, 29), lambda at: date.fromisoformat(at[:10]))
BOARD, _ = build(
    {
        "kpis": {
            "mrr": {"name": "MRR", "unit": "kr"},
            "nps": {},
            "revenue": {"name": "Monthly Revenue", "unit": "kr", "rollup": "sum"},
            "churn": {"name": "Churn Rate", "unit": "%"},
            "orders": {"name": "Orders", "rollup": "sum"},
        }
    }
)


def sight(**keys: Any) -> Sight:
    return Sight(
        BOARD,
        Source(id="table", **keys),
        PeriodLabels(CLOCK, DateReading.DAY_FIRST, are_short_years=True),
    )


def found(name: str, content: str | bytes, **keys: Any) -> list[SourceRow | KpiError]:
    raw = content.encode() if isinstance(content, str) else content
    try:
        return list(file_kind(name).read(raw, "stdin", sight(**keys)))
    except ManyErrors as errors:
        return list(errors.errors)
    except KpiError as error:
        return [error]


def rows(name: str, content: str | bytes, **keys: Any) -> list[SourceRow]:
    both = found(name, content, **keys)
    assert said(both) == []
    return [one for one in both if isinstance(one, SourceRow)]


def faults(name: str, content: str | bytes, **keys: Any) -> list[str]:
    return said(found(name, content, **keys))


def said(both: Iterable[SourceRow | KpiError]) -> list[str]:
    return ManyErrors([one for one in both if isinstance(one, KpiError)]).lines()
