"""Four boards as people have them, with enough behind them for trends: what screens show."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from kpicli.model.period import read_period

AS_OF = "2026-11-05"
_EXAMPLES = Path(__file__).parents[2] / "examples"

SHOP = """\
title = "Nordlys webshop"
[goals.growth]
name = "Grow the business"
[goals.website]
name = "A website that sells"
[kpis.monthly_revenue]
name = "Monthly Revenue"
goal = "growth"
owner = "Head of Sales"
target = "500,000 kr"
rollup = "sum"
[kpis.orders]
name = "Orders"
owner = "Head of Sales"
supports = "monthly_revenue"
rollup = "sum"
[kpis.conversion_rate]
name = "Conversion Rate"
goal = "website"
owner = "Head of Marketing"
unit = "%"
target = 3
[kpis.avg_order_value]
name = "Avg Order Value"
goal = "growth"
owner = "Head of Sales"
target = "800 kr"
[kpis.cart_abandonment]
name = "Cart Abandonment"
goal = "website"
owner = "Head of Marketing"
target = "<60%"
"""

OPERATIONS = """\
title = "Operations"
[defaults]
owner = "Platform"
[kpis.p95_latency]
name = "p95 latency"
frequency = "daily"
target = "<300 ms"
[kpis.availability]
name = "Availability"
frequency = "daily"
target = ">=99.9%"
[kpis.tickets_opened]
name = "Tickets opened"
frequency = "weekly"
rollup = "sum"
target = "<120"
[kpis.first_response]
name = "First response time"
frequency = "weekly"
unit = "h"
baseline = 6
start = "2026-W01"
target = "<4"
by = "2026-W52"
[kpis.backlog]
name = "Backlog older than 30 days"
frequency = "weekly"
target = "<15 tickets"
supports = "first_response"
[kpis.cost_per_request]
name = "Cloud cost per million requests"
target = "<€4.20"
[kpis.incidents]
name = "Incidents with customers affected"
rollup = "sum"
target = "<=2"
"""

AUTHORITY = """\
title = "Kommune, tjenester og samfunn"
decimal = ","
[goals.permits]
name = "Building permits in time"
[goals.care]
name = "Care at home for those who need it"
[defaults]
owner = "Department of Planning and Building"
[kpis.permits_in_time]
name = "Share of building permits decided within the statutory twelve weeks"
goal = "permits"
unit = "%"
target = ">=95"
[kpis.permit_days]
name = "Median number of days from complete application to decision"
goal = "permits"
frequency = "quarterly"
target = "<60 days"
[kpis.school_attendance]
name = "Pupils in compulsory school absent for more than fifteen per cent of lessons"
target = "<4,5%"
baseline = "7,5%"
start = "2025-12"
by = "2026-12"
owner = "Department of Education"
[kpis.home_care_hours]
name = "Hours of home care given per recipient and week"
goal = "care"
owner = "Department of Health"
target = "6,5 hours"
[kpis.staff_sick_leave]
name = "Sick leave among employees in health and care services"
goal = "care"
owner = "Department of Health"
target = "<8%"
[kpis.consultation_answers]
name = "Öffentlichkeitsbeteiligung: answers to public consultations"
"""


class Board(NamedTuple):
    """The text of both files."""

    toml: str
    log: str


def _lines(id: str, first: str, values: list[str], note: str = "") -> Iterator[str]:
    """A value a period from the first on, each recorded a day after its end."""
    start = read_period(first)
    for step, value in enumerate(values):
        period = start.shift(step)
        at = f"{period.end.isoformat()}T08:00:00Z"
        last = f',"note":"{note}"' if note and step == len(values) - 1 else ""
        yield f'{{"kpi":"{id}","period":"{period}","value":{value},"at":"{at}"{last}}}\n'


def _wave(first: float, step: float, count: int, places: int = 0) -> list[str]:
    """Values that rise by a step, and stray a little by a fixed pattern."""
    return [
        f"{first + step * at + abs(step) * (0.9, -0.6, 0.3, -0.8, 0.5)[at % 5]:.{places}f}"
        for at in range(count)
    ]


def _shop() -> Iterator[str]:
    yield from _lines("monthly_revenue", "2025-11", [*_wave(430000, 4000, 11), "480000"])
    yield from _lines("orders", "2025-11", [*_wave(610, 2, 11), "640"])
    yield from _lines("conversion_rate", "2025-11", [*_wave(2.4, 0.06, 11, 1), "3.2"])
    yield from _lines(
        "avg_order_value", "2025-11", [*_wave(765, -1, 11), "750"], "free shipping from 500 kr"
    )
    yield from _lines("cart_abandonment", "2025-11", [*_wave(63, -0.4, 11), "58"])


def _operations() -> Iterator[str]:
    yield from _lines("p95_latency", "2026-10-22", _wave(250, 3, 14), "deploy of 4.11")
    yield from _lines("availability", "2026-10-22", _wave(99.99, -0.004, 14, 3))
    yield from _lines("tickets_opened", "2026-W33", _wave(96, 1.5, 12))
    yield from _lines("first_response", "2026-W33", _wave(5.1, -0.05, 12, 1))
    yield from _lines("backlog", "2026-W33", _wave(21, -0.2, 12))
    yield from _lines("cost_per_request", "2025-11", _wave(4.6, -0.03, 12, 2))
    yield from _lines("incidents", "2025-11", ["1", "3", "0", "2", "1", "4", "2", "1", "0", "2"])


def _authority() -> Iterator[str]:
    note = "two case workers on leave; three hundred applications moved to the region"
    yield from _lines("permits_in_time", "2025-11", _wave(93, -0.2, 12, 1), note)
    yield from _lines("permit_days", "2024-Q4", _wave(64, -0.5, 8))
    yield from _lines("school_attendance", "2025-12", _wave(7.4, -0.2, 11, 1))
    yield from _lines("home_care_hours", "2025-11", _wave(6.1, 0.05, 12, 1))
    yield from _lines("staff_sick_leave", "2025-11", _wave(8.9, 0.05, 12, 1))


def _saas(name: str) -> str:
    return (_EXAMPLES / "saas" / name).read_text()


BOARDS: dict[str, Callable[[], Board]] = {
    "shop": lambda: Board(SHOP, "".join(_shop())),
    "saas": lambda: Board(_saas("kpis.toml"), _saas("kpis.jsonl")),
    "operations": lambda: Board(OPERATIONS, "".join(_operations())),
    "authority": lambda: Board(AUTHORITY, "".join(_authority())),
}


def write_board(name: str, folder: Path) -> None:
    """The two files of a board."""
    board = BOARDS[name]()
    (folder / "kpis.toml").write_text(board.toml)
    (folder / "kpis.jsonl").write_text(board.log)
