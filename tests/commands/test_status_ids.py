"""`kpi status --ids`, and the unit of a target that was typed without."""

from pathlib import Path

from tests.commands.shop import shown
from tests.installed import Kpi

TOML = """\
[kpis.churn]
name = "Churn"
unit = "%"
target = "<=3"
[kpis.reply]
name = "Reply"
unit = "h"
targets = { "2026-01" = "<6", "2026-10" = "<4" }
[kpis.orders]
name = "Orders"
unit = "orders"
baseline = "100 orders"
target = "+20%"
"""


def test_the_id_stands_beside_the_name_and_targets_have_the_unit(kpi: Kpi, tmp_path: Path) -> None:
    (tmp_path / "kpis.toml").write_text(TOML)
    lines = (line.split("  ") for line in shown(kpi, "--ids").out.splitlines())
    assert [[cell.strip() for cell in line if cell][:3] for line in lines] == [
        ["Churn", "churn", "≤3%"],
        ["Reply", "reply", "<4 h"],
        ["Orders", "orders", "120 orders"],
    ]
    assert shown(kpi, "--ids", "--json").out == shown(kpi, "--json").out
