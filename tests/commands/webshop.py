"""A webshop whose revenue is made of three inputs, and two months of them."""

from pathlib import Path

from tests.installed import Kpi, Run

TOML = """\
title = "Nordlys webshop"
[kpis.revenue]
name = "Monthly Revenue"
target = "500,000 kr"
formula = "visitors * conversion_rate * avg_order_value / 100"
rollup = "sum"
[kpis.visitors]
name = "Visitors"
rollup = "sum"
supports = "revenue"
[kpis.conversion_rate]
name = "Conversion Rate"
target = "3%"
supports = "revenue"
[kpis.avg_order_value]
name = "Avg Order Value"
target = "800 kr"
supports = "revenue"
[kpis.orders]
formula = "visitors * conversion_rate / 100"
[kpis.newsletter]
formula = "share * 100"
[kpis.share]
unit = "%"
[kpis.twice]
formula = "share * 2"
unit = "%"
direction = "lower"
"""
LOG = """\
{"kpi":"visitors","period":"2026-09","value":20500,"at":"2026-10-02T08:00:00Z","by":"ann"}
{"kpi":"conversion_rate","period":"2026-09","value":3.4,"at":"2026-10-02T08:00:00Z","by":"ann"}
{"kpi":"avg_order_value","period":"2026-09","value":760,"at":"2026-10-02T08:00:00Z","by":"ann"}
{"kpi":"visitors","period":"2026-10","value":19000,"at":"2026-11-01T08:00:00Z","by":"ann"}
{"kpi":"visitors","period":"2026-10","value":20000,"at":"2026-11-02T08:00:00Z","by":"bob",\
"note":"without bots"}
{"kpi":"conversion_rate","period":"2026-10","value":3.2,"at":"2026-11-02T08:00:00Z","by":"ann"}
{"kpi":"avg_order_value","period":"2026-10","value":750,"at":"2026-11-02T08:00:00Z","by":"ann"}
{"kpi":"share","period":"2026-09","value":1.5,"at":"2026-10-02T08:00:00Z","by":"ann"}
{"kpi":"share","period":"2026-10","value":2,"at":"2026-11-02T08:00:00Z","by":"ann"}
"""
AS_OF = ("--as-of", "2026-11-05")


def webshop(folder: Path, more: str = "", log: str = LOG) -> None:
    """Its two files."""
    (folder / "kpis.toml").write_text(TOML + more)
    (folder / "kpis.jsonl").write_text(log)


def asked(kpi: Kpi, *args: str) -> Run:
    """`kpi ARGS`, on the day on which October was recorded."""
    return kpi(*args, *AS_OF)
