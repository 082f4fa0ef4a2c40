"""A board to record on, and what stands in its log afterwards."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kpicli.model.frequency import Frequency
from kpicli.model.period import period_of
from tests.installed import Kpi, Run

TOML = """\
[kpis.revenue]
name = "Monthly Revenue"
target = "500,000 kr"
rollup = "sum"
[kpis.churn]
name = "Churn"
target = "<5%"
[kpis.profit]
target = "$1,000"
formerly = ["gain"]
[kpis.visits]
frequency = "weekly"
rollup = "sum"
[kpis.margin]
formula = "profit / revenue"
[kpis.pilot]
until = "2020-06"
"""


def recorded(kpi: Kpi, *args: str, period: str = "2020-10") -> Run:
    return kpi("record", "--period", period, *args)


def refusal(run: Run, log: Path) -> str:
    """What is said where nothing is imported."""
    assert (run.code, run.out, log.exists()) == (2, "", False)
    return run.err


def lines(log: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.read_text("utf-8").splitlines()]


def values(log: Path) -> list[str]:
    """Each line of the log as `revenue 2020-10 480000`."""
    if not log.exists():
        return []
    texts = (
        json.loads(line, parse_float=str, parse_int=str)
        for line in log.read_text("utf-8").splitlines()
    )
    return [f"{one['kpi']} {one['period']} {one['value']}" for one in texts]


def last_closed(frequency: Frequency = Frequency.MONTHLY) -> str:
    return str(period_of(datetime.now(UTC).date(), frequency).shift(-1))
