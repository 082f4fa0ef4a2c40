"""The examples come out as they are documented, and are kept in step with the program."""

import json
import os
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.installed import Kpi

ROOT = Path(__file__).parent.parent
EXAMPLE = "kpis.example.toml"


@pytest.fixture(autouse=True)
def copies(tmp_path: Path) -> None:
    """Outside of git, whose settings and whose history are another matter."""
    shutil.copy(ROOT / EXAMPLE, tmp_path)
    shutil.copytree(ROOT / "examples", tmp_path / "examples")


REFERENCE = """\
| Monthly Revenue | 500,000 kr | 480,000 kr | 🟡 at risk |
| Conversion Rate | 3% | 3.2% | 🟢 on target |
| Avg Order Value | 800 kr | 750 kr | 🟡 at risk |
| Cart Abandonment | \\<60% | 58% | 🟢 on target |
"""


@pytest.mark.parametrize("row", REFERENCE.splitlines())
def test_the_reference_table_comes_out_digit_by_digit(kpi: Kpi, row: str) -> None:
    run = kpi("-f", EXAMPLE, "status", "--as-of", "2026-11-05", "--format", "markdown")
    assert row in run.out
    assert (run.code, run.err) == (0, "")


def test_the_example_passes_its_own_check(kpi: Kpi) -> None:
    run = kpi("-f", EXAMPLE, "check", "--as-of", "2026-11-05")
    assert (run.code, run.out) == (0, "")


def test_the_statuses_can_be_read_by_a_script(kpi: Kpi) -> None:
    run = kpi("-f", EXAMPLE, "status", "--as-of", "2026-11-05", "--json")
    statuses = [row["status"] for row in json.loads(run.out)["kpis"]]
    assert statuses == ["at_risk", "on_target", "at_risk", "on_target"]


def test_the_schema_in_the_examples_is_the_one_that_kpi_prints(kpi: Kpi) -> None:
    kept = (ROOT / "examples" / "kpis.schema.json").read_text(encoding="utf-8")
    assert kpi("schema").out == kept


BOARDS = ("webshop", "saas")
DAY = ("--as-of", "2026-11-05")


def board(name: str) -> tuple[str, str]:
    """The flag that names an example's definitions."""
    return "-f", f"examples/{name}/kpis.toml"


def told(kpi: Kpi, name: str, *args: str) -> dict[str, Any]:
    """The JSON of an answer about an example, as of the day in its comments."""
    run = kpi(*board(name), *args, *DAY, "--json")
    assert (run.code, run.err) == (0, "")
    found: dict[str, Any] = json.loads(run.out, parse_float=Decimal)
    return found


def by_id(kpi: Kpi, name: str, *args: str) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in told(kpi, name, "status", *args)["kpis"]}


@pytest.mark.parametrize("name", BOARDS)
def test_every_example_passes_its_own_check(kpi: Kpi, name: str) -> None:
    run = kpi(*board(name), "check", *DAY)
    assert (run.code, run.out) == (0, "")


@pytest.mark.parametrize("name", BOARDS)
def test_no_line_of_an_example_s_log_has_a_fault(kpi: Kpi, name: str) -> None:
    run = kpi(*board(name), "verify")
    assert (run.code, run.out) == (0, "")
    assert run.err.endswith(" records, 0 faults\n")


@pytest.mark.parametrize("name", BOARDS)
def test_git_keeps_both_sides_of_a_merge_of_an_example_s_log(name: str) -> None:
    kept = (ROOT / "examples" / name / ".gitattributes").read_text()
    assert kept == "kpis.jsonl merge=union -text\n"


@pytest.mark.parametrize("name", BOARDS)
@pytest.mark.parametrize(
    "args",
    [
        (),
        ("--frequency", "quarterly", "--period", "last"),
        ("--compare", "year"),
        ("--period", "2025-Q4", "--compare", "previous"),
        ("--group", "goal"),
    ],
    ids=" ".join,
)
def test_every_kpi_of_an_example_has_an_actual_in_every_view(
    kpi: Kpi, name: str, args: tuple[str, ...]
) -> None:
    found = by_id(kpi, name, *args)
    assert [id for id, row in found.items() if row["actual"] is None] == []
    if "--compare" in args:
        assert [id for id, row in found.items() if row["change"] is None] == []


@pytest.mark.parametrize("row", REFERENCE.splitlines())
def test_the_webshop_has_the_reference_table_as_one_of_its_months(kpi: Kpi, row: str) -> None:
    run = kpi(*board("webshop"), "status", *DAY, "--period", "2026-10", "--format", "markdown")
    assert row in run.out.replace("&nbsp;", "")


def test_the_webshop_s_revenue_is_made_of_what_the_reference_table_leaves_out(kpi: Kpi) -> None:
    """20,000 visits x 3.2% x 750 kr = 480,000 kr."""
    found = by_id(kpi, "webshop", "--period", "2026-10")
    assert [found[id]["actual"] for id in ("visitors", "monthly_revenue")] == [20000, 480000]


def test_the_webshop_s_quarter_is_the_sum_of_its_months(kpi: Kpi) -> None:
    """And a cost per order is the quarter's spend by the quarter's orders."""
    months = [by_id(kpi, "webshop", "--period", f"2026-0{month}") for month in (7, 8, 9)]
    quarter = by_id(kpi, "webshop", "--period", "2026-Q3")
    for id in ("monthly_revenue", "orders", "ad_spend"):
        assert quarter[id]["actual"] == sum(month[id]["actual"] for month in months)
    spend, orders = quarter["ad_spend"]["actual"], quarter["orders"]["actual"]
    assert abs(quarter["cost_per_order"]["actual"] - spend / orders) < Decimal("1e-11")


def test_the_webshop_says_why_its_revenue_fell(kpi: Kpi) -> None:
    """20,800 x 3.0% x 830 kr = 517,920 kr in September, and conversion rose in October."""
    found = told(kpi, "webshop", "drivers", "monthly_revenue", "--period", "2026-10")
    assert (found["from"], found["to"], found["change"]) == (517920, 480000, -37920)
    assert found["bottleneck"] == "avg_order_value"
    good = {row["id"]: row["favourable"] for row in found["drivers"]}
    assert good == {"avg_order_value": False, "conversion_rate": True, "visitors": False}
    assert abs(sum(row["contribution"] for row in found["drivers"]) + 37920) < Decimal("1e-9")


RESTATED = {
    "webshop": ["avg_order_value 2026-09 838 → 830", "items_returned 2026-09 85 → 94"],
    "saas": ["mrr 2026-03 104984 → 101024"],
}


@pytest.mark.parametrize(("name", "since"), [("webshop", "2026-11-01"), ("saas", "2026-04-10")])
def test_what_was_corrected_in_an_example_is_found(kpi: Kpi, name: str, since: str) -> None:
    rows = told(kpi, name, "history", "--changed-since", since)["records"]
    assert [
        f"{row['kpi']} {row['period']} {row['previous']} → {row['value']}" for row in rows
    ] == RESTATED[name]


def test_the_saas_example_has_two_years_of_months_by_several_writers(kpi: Kpi) -> None:
    rows = told(kpi, "saas", "history", "--all")["records"]
    months = {row["period"] for row in rows if row["kpi"] == "mrr"}
    assert (len(months), min(months), max(months)) == (25, "2024-10", "2026-10")
    assert {row["by"] for row in rows} == {"finance", "sales", "success", "product", "platform"}
    assert [row["period"] for row in rows if row["value"] is None] == ["2026-02"]


def test_the_saas_example_s_figures_hang_together(kpi: Kpi) -> None:
    """A month's customers are those of the month before, with the new and without the lost."""
    for month in range(1, 11):
        now = by_id(kpi, "saas", "--period", f"2026-{month:02}")
        before = now["customer_months"]["actual"]
        moved = now["new_customers"]["actual"] - now["churned_customers"]["actual"]
        assert now["customers"]["actual"] == before + moved
        assert now["arr"]["actual"] == 12 * now["mrr"]["actual"]


def test_the_saas_example_s_bad_quarter_stands_out(kpi: Kpi) -> None:
    found = by_id(kpi, "saas", "--period", "2025-Q3")
    top = {id: row["status"] for id, row in found.items() if row["supports"] is None}
    assert set(top.values()) == {"off_target"}


def test_the_reference_of_the_rules_in_the_examples_is_the_one_that_kpi_prints(kpi: Kpi) -> None:
    """`REWRITE=1 pytest tests/test_examples.py` after judging."""
    kept = ROOT / "examples" / "rules.md"
    printed = kpi("rules", "--markdown").out
    if os.environ.get("REWRITE"):
        kept.write_text(printed, encoding="utf-8")
    assert kept.read_text(encoding="utf-8") == printed
