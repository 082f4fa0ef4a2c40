"""The log of a shop with corrections, and what `kpi history` says of it."""

import json

from tests.commands.shop import LOG
from tests.installed import Kpi

CORRECTED = (
    LOG
    + """\
{"kpi":"revenue","period":"2026-10","value":485000.50,"at":"2026-11-03T08:00:00Z","by":"ann",\
"note":"=1+1\\nlate \\"returns\\", 'x"}
{"kpi":"moans","period":"2026-W43","value":11,"at":"2026-10-26T08:00:00Z","by":"bob"}
{"kpi":"orders","period":"2026-10","value":null,"at":"2026-11-04T08:00:00Z"}
{"kpi":"orders","period":"2026-11-02","value":3,"at":"2026-11-04T08:00:00Z"}
{"kpi":"orders","period":"2026-11-01","value":-2,"at":"2026-11-04T08:00:00Z"}
{"kpi":"gone","period":"2026-10","value":7,"at":"2026-11-04T08:00:00Z"}
"""
)


def told(kpi: Kpi, *args: str) -> list[str]:
    """Each row of the JSON as `revenue 2026-10 480000`."""
    run = kpi("history", "--json", *args)
    assert run.code == 0, run.err
    rows = json.loads(run.out, parse_float=str, parse_int=str)["records"]
    return [f"{row['kpi']} {row['period']} {row['value']}" for row in rows]


STANDING = [
    *("revenue 2026-09 510000", "revenue 2026-10 485000.50"),
    *("orders 2026-11-01 -2", "orders 2026-11-02 3"),
    "conversion 2026-09 3.20",
    *("complaints 2026-W43 11", "complaints 2026-W44 12"),
]
