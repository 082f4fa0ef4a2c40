"""A board without a fault, the same with a faulty KPI, and `kpi check` of them on one day."""

import re

from tests.installed import Kpi, Run

SOUND = """\
[defaults]
frequency = "monthly"
[goals.growth]
[kpis.orders]
name = "Orders"
goal = "growth"
owner = "Ann"
definition = "Orders paid in the month, without those that were sent back"
source = "Shop database, table orders"
levers = ["Follow up on carts that were left"]
unit = "orders"
rollup = "sum"
target = 600
"""
FAULTY = (
    SOUND
    + """\
[kpis.quality]
name = "Quality"
target = 90
"""
)
"""Its second KPI begins on line 14."""

SOME = ("--select", "S01,M01,A01,R01,R02,T03")
"""What the faulty board is judged by where every finding is named."""

RECORD = '{"kpi":"orders","period":"2026-10","value":5,"at":"2026-11-02T08:00:00Z"}\n'


def checked(kpi: Kpi, *args: str) -> Run:
    return kpi("check", "--as-of", "2026-11-05", *args)


def found(run: Run) -> list[str]:
    """The code of each line."""
    return re.findall(r"^kpis\.toml:[0-9]+:[0-9]+: ([A-Z][0-9]+)", run.out, re.MULTILINE)
