"""A board with a KPI of every status, and `kpi status` of it on one day."""

import json
from typing import Any

from tests.installed import Kpi, Run

TOML = """\
title = "Shop"
[goals.growth]
name = "Grow the business"
[goals.website]
[kpis.revenue]
name = "Revenue"
goal = "growth"
area = "Sales"
owner = "Ann"
target = "500,000 kr"
rollup = "sum"
[kpis.orders]
name = "Orders"
area = "sales"
supports = "revenue"
rollup = "sum"
[kpis.conversion]
name = "Conversion"
goal = "website"
area = "marketing"
owner = "Bob"
target = "3%"
rollup = "mean"
[kpis.complaints]
name = "Complaints"
formerly = ["moans"]
frequency = "weekly"
target = "<10"
[kpis.margin]
name = "Margin"
frequency = "quarterly"
target = "20..30%"
"""


LOG = """\
{"kpi":"revenue","period":"2026-09","value":510000,"at":"2026-10-02T08:00:00Z"}
{"kpi":"revenue","period":"2026-10","value":480000,"at":"2026-11-02T08:00:00Z"}
{"kpi":"orders","period":"2026-10","value":640,"at":"2026-11-02T08:00:00Z"}
{"kpi":"conversion","period":"2026-09","value":3.20,"at":"2026-10-02T08:00:00Z"}
{"kpi":"complaints","period":"2026-W44","value":12,"at":"2026-11-02T08:00:00Z"}
"""


KEYS = [
    *("id", "name", "area", "goal", "owner", "supports", "frequency", "period", "unit"),
    *("direction", "target", "target_low", "target_high", "target_text", "due", "actual"),
    *("variance", "favourable", "status", "to_date", "overdue", "missing", "skipped"),
    *("reason", "trend", "trend_favourable", "age_days"),
]


def shown(kpi: Kpi, *args: str, as_of: str = "2026-11-05") -> Run:
    return kpi("status", "--as-of", as_of, *args)


def rows(run: Run) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run.out)["kpis"]
    return found


def told(kpi: Kpi, *args: str, as_of: str = "2026-11-05") -> list[str]:
    """Each row of the JSON as `revenue 2026-10 at_risk`."""
    run = shown(kpi, "--json", *args, as_of=as_of)
    return [f"{row['id']} {row['period']} {row['status']}" for row in rows(run)]


def ids(kpi: Kpi, *args: str) -> list[str]:
    return [row["id"] for row in rows(shown(kpi, "--json", *args))]
