"""`kpi show`: all about one KPI, to read and for machines."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.installed import Kpi

TOML = """\
title = "Nordlys webshop"
[goals.growth]
name = "Grow the business"
[kpis.revenue]
name = "Monthly Revenue"
goal = "growth"
area = "sales"
owner = "Head of Sales"
definition = "Invoiced sales excluding VAT"
source = "accounting system, report 12"
levers = ["campaigns", "prices"]
target = "500,000 kr"
rollup = "sum"
grace = 5
[kpis.orders]
name = "Orders"
rollup = "sum"
direction = "higher"
unit = "orders"
supports = "revenue"
[kpis.order_value]
formula = "revenue / orders"
unit = "kr"
supports = "revenue"
[kpis.complaints]
baseline = "100"
start = "2026-06"
by = "2026-12"
target = "-30%"
formerly = ["grumbles"]
[kpis.churn]
targets = { "2026-01" = "<3%", "2026-09" = "<2%" }
tolerance = "0.5 pp"
until = "2026-09"
[kpis.stars]
target = "4..5"
[kpis.steady]
target = "40"
rebase = ["2026-01"]
"""
ACTUALS: dict[str, dict[int, float]] = {
    "revenue": {6: 470000, 7: 512000, 8: 455000, 10: 480000},
    "orders": {6: 600, 7: 640, 8: 590, 10: 640},
    "grumbles": {7: 96, 8: 91, 9: 88, 10: 81},
    "churn": {7: 2.1, 8: 2.4, 9: 2.2},
    "stars": {10: 4.4},
    "steady": dict.fromkeys(range(1, 11), 42),
}
AS_OF = ("--as-of", "2026-11-05")

REVENUE = """\
Status      🟡 at risk: 480,000 kr, 20,000 kr short of 500,000 kr
Overdue     nothing recorded for 2026-09: kpi record revenue VALUE --period 2026-09
Signals     too few months to tell what is usual: 4 of 6
Forecast    none: 4 of the 6 months that it takes
Definition  Invoiced sales excluding VAT
Source      accounting system, report 12
Target      500,000 kr; at risk within 10% of it
Measured    monthly; a longer period is the sum of its months; due 5 days after the month
Goal        Grow the business
Owner       Head of Sales
Area        sales
Levers      campaigns, prices
Beneath it  Orders (orders), order_value
Latest 5 months
2026-10  480,000 kr  500,000 kr  -20,000 kr  🟡 at risk                    free shipping
2026-09           -  500,000 kr           -  ⚪ no data: nothing recorded  -
2026-08  455,000 kr  500,000 kr  -45,000 kr  🟡 at risk                    -
2026-07  512,000 kr  500,000 kr  +12,000 kr  🟢 on target                  -
2026-06  470,000 kr  500,000 kr  -30,000 kr  🟡 at risk                    -
"""


@pytest.fixture(autouse=True)
def shop(tmp_path: Path) -> Path:
    lines = [
        json.dumps(
            {
                "kpi": kpi,
                "period": f"2026-{month:02}",
                "value": value,
                "at": f"2026-11-0{1 if month < 10 else 2}T08:00:00Z",
                "by": "ann",
                **({"note": "free shipping"} if (kpi, month) == ("revenue", 10) else {}),
            }
        )
        for kpi, actuals in ACTUALS.items()
        for month, value in actuals.items()
    ]
    (tmp_path / "kpis.toml").write_text(TOML)
    (tmp_path / "kpis.jsonl").write_text("".join(f"{line}\n" for line in lines))
    return tmp_path


def text(kpi: Kpi, *args: str) -> str:
    run = kpi("show", *args, *AS_OF)
    assert (run.code, run.err) == (0, "")
    return run.out


def answer(kpi: Kpi, *args: str) -> Any:
    return json.loads(text(kpi, *args, "--json"))


def said(kpi: Kpi, id: str, heading: str) -> str:
    """What stands beside a heading."""
    lines = [line for line in text(kpi, id).splitlines() if line.startswith(f"{heading}  ")]
    return "".join(line.removeprefix(heading).strip() for line in lines)


def test_a_pipe_gets_what_is_said_and_the_latest_periods(kpi: Kpi) -> None:
    assert text(kpi, "revenue") == REVENUE


def test_it_reads_well_aloud(kpi: Kpi) -> None:
    assert text(kpi, "revenue", "--plain") == REVENUE


@pytest.mark.parametrize(
    ("id", "heading", "words"),
    [
        ("orders", "Status", "⚪ no target: 640 orders"),
        ("orders", "Target", "none; higher is better"),
        ("orders", "Supports", "Monthly Revenue (revenue)"),
        ("order_value", "Formula", "revenue / orders"),
        ("order_value", "Status", "⚪ no target: 750 kr"),
        ("complaints", "Status", "🟡 at risk: 81, 1 over the 80 due in 2026-10 (70 by 2026-12)"),
        (
            "complaints",
            "Target",
            "-30% by 2026-12, in equal steps from 100 in 2026-06; at risk within 10% of it",
        ),
        ("complaints", "Formerly", "grumbles"),
        ("churn", "Status", "🟡 at risk: 2.2%, 0.2 pp over 2%"),
        ("churn", "Target", "<3% from 2026-01, <2% from 2026-09; at risk within 0.5 pp of it"),
        ("churn", "Measured", "monthly; until 2026-09"),
        ("stars", "Status", "🟢 on target: 4.4, within 4..5"),
        ("steady", "Trend", "flat: no more movement than usual"),
        (
            "steady",
            "Signals",
            "nothing unusual: within its usual range (provisional limits: 10 of 12 months)",
        ),
    ],
)
def test_it_says_what_the_definition_says_and_how_that_went(
    kpi: Kpi, id: str, heading: str, words: str
) -> None:
    assert said(kpi, id, heading) == words


def test_what_is_overdue_is_said_with_the_next_step(kpi: Kpi) -> None:
    run = kpi("show", "stars", "--as-of", "2026-12-05")
    assert (
        "Overdue   nothing recorded for 2026-11: kpi record stars VALUE --period 2026-11\n"
        in run.out
    )


def test_a_former_id_will_do_and_an_unknown_one_is_refused(kpi: Kpi) -> None:
    assert text(kpi, "grumbles") == text(kpi, "complaints")
    run = kpi("show", "revenu")
    assert (run.code, run.out) == (2, "")
    assert run.err == "kpi: error: unknown KPI 'revenu'\nhint: did you mean 'revenue'?\n"


def test_nothing_is_said_of_what_was_recorded_later(kpi: Kpi) -> None:
    run = kpi("show", "revenue", "--as-of", "2026-11-01")
    assert "2026-10" not in run.out
    assert "455,000 kr, 45,000 kr short of 500,000 kr" in run.out


def test_without_any_record_it_says_so(kpi: Kpi, shop: Path) -> None:
    (shop / "kpis.jsonl").unlink()
    run = kpi("show", "revenue", *AS_OF)
    assert run.code == 0
    assert "Status      ⚪ no data: nothing recorded for 2026-10\n" in run.out
    assert "Latest" not in run.out


@pytest.mark.parametrize(("count", "listed"), [("1", 1), ("3", 3), ("120", 5)])
def test_so_many_periods_are_listed_as_are_asked_for(kpi: Kpi, count: str, listed: int) -> None:
    lines = text(kpi, "revenue", "--periods", count).splitlines()
    assert sum(line.startswith("2026-") for line in lines) == listed
    assert len(answer(kpi, "revenue", "--periods", count)["periods"]) == listed
    assert lines[-listed - 1] == ("Latest month" if listed == 1 else f"Latest {listed} months")


@pytest.mark.parametrize("count", ["0", "1001", "many"])
def test_no_other_number_of_periods_is_taken(kpi: Kpi, count: str) -> None:
    run = kpi("show", "revenue", "--periods", count)
    assert (run.code, run.out) == (2, "")
    assert "--periods" in run.err


def test_damage_hides_a_period_and_is_told(kpi: Kpi, shop: Path) -> None:
    with (shop / "kpis.jsonl").open("a") as log:
        log.write('{"kpi":"stars","period":"2026-10","value":"x"}\n')
    run = kpi("show", "stars", *AS_OF)
    assert run.code == 3
    assert "Status    ⚪ no data: damaged: kpis.jsonl:" in run.out
    assert run.err.startswith("kpis.jsonl:")


def test_json_carries_the_definition_and_how_it_stands(kpi: Kpi) -> None:
    found = answer(kpi, "revenue")
    assert found["schema"] == "kpi.show/1"
    assert {
        key: found[key] for key in ("id", "name", "goal", "area", "levers", "supported_by")
    } == {
        "id": "revenue",
        "name": "Monthly Revenue",
        "goal": "growth",
        "area": "sales",
        "levers": ["campaigns", "prices"],
        "supported_by": ["orders", "order_value"],
    }
    assert found["targets"] == [{"since": None, "target": "500,000 kr"}]
    assert (found["tolerance"], found["grace"], found["rollup"]) == ("10%", 5, "sum")
    assert (found["status"], found["actual"], found["target"], found["variance"]) == (
        *("at_risk", 480000, 500000),
        -20000,
    )


def test_json_has_a_key_for_every_key_of_a_definition(kpi: Kpi) -> None:
    from kpicli.model.kpi import KPI_KEYS

    assert set(KPI_KEYS) <= set(answer(kpi, "revenue"))


def test_json_calls_things_as_the_table_of_all_kpis_does(kpi: Kpi) -> None:
    for id in ("revenue", "complaints", "stars", "steady", "order_value"):
        (row,) = json.loads(kpi("status", id, "--json", *AS_OF).out)["kpis"]
        found = answer(kpi, id)
        assert {key: found[key] for key in row} == row


def test_json_has_the_periods_newest_first_with_all_their_edges(kpi: Kpi) -> None:
    first, second, *_ = answer(kpi, "revenue")["periods"]
    assert first == {
        "period": "2026-10",
        "actual": 480000,
        "target": 500000,
        "target_low": None,
        "target_high": None,
        "at_risk_low": 450000,
        "at_risk_high": None,
        "limit_low": None,
        "mean": None,
        "limit_high": None,
        "due": None,
        "variance": -20000,
        "favourable": False,
        "status": "at_risk",
        "to_date": False,
        "reason": None,
        "signals": [],
        "by": "ann",
        "note": "free shipping",
    }
    assert (second["status"], second["reason"]) == ("no_data", "nothing recorded for 2026-09")


def test_of_parts_each_name_and_each_note_is_told_once(kpi: Kpi, shop: Path) -> None:
    parts = [("01", "ann", "fair"), ("02", "bob", "fair"), ("03", "ann", "rain"), ("04", "ann", "")]
    with (shop / "kpis.jsonl").open("a") as log:
        for day, by, note in parts:
            line = {"kpi": "orders", "period": f"2026-11-{day}", "value": 9}
            told = {"at": "2026-11-04T08:00:00Z", "by": by, "note": note}
            log.write(f"{json.dumps({**line, **told})}\n")
    first = answer(kpi, "orders")["periods"][0]
    assert (first["actual"], first["by"], first["note"]) == (36, "ann, bob", "fair; rain")


def test_json_has_limits_and_what_is_expected(kpi: Kpi) -> None:
    found = answer(kpi, "steady")
    (limits,) = found["limits"]
    first = {"since": "2026-01", "low": 42, "mean": 42, "high": 42, "trial": True}
    assert limits == {**first, "width": 1, "skewed": False, "autocorrelated": False}
    first = found["forecast"][0]
    assert (first["period"], first["point"], first["target"]) == ("2026-11", 42, 40)
    assert first["low_95"] <= first["low_80"] <= first["point"]
    assert first["point"] <= first["high_80"] <= first["high_95"]
    assert len(found["forecast"]) == 10
    assert found["rebase"] == ["2026-01"]


def test_json_names_each_signal_and_whether_it_still_holds(kpi: Kpi, shop: Path) -> None:
    record = {"kpi": "steady", "at": "2026-11-03T08:00:00Z"}
    with (shop / "kpis.jsonl").open("a") as log:
        for month in (8, 9, 10):
            line = {**record, "period": f"2026-{month:02}", "value": 52}
            log.write(f"{json.dumps(line)}\n")
    found = answer(kpi, "steady")
    signal = next(one for one in found["signals"] if one["side"] == "above")
    assert (signal["last"], signal["holds"], signal["favourable"]) == ("2026-10", True, True)
    assert signal["text"] in found["periods"][0]["signals"]
    assert signal["text"] in said(kpi, "steady", "Signals")


def test_csv_is_the_periods(kpi: Kpi) -> None:
    lines = text(kpi, "revenue", "--format", "csv").splitlines()
    assert lines[0].startswith("period,actual,target,target_low,target_high,at_risk_low,")
    assert lines[1].startswith("2026-10,480000,500000,,,450000,")
    assert lines[1].endswith(",ann,free shipping")
    assert len(lines) == 6


def test_a_note_may_be_anything(kpi: Kpi, shop: Path) -> None:
    note = "=1+1 \x1b[31mred\x1b[0m " + "long " * 300
    line = {"kpi": "stars", "period": "2026-09", "value": 4, "at": "2026-11-01T08:00:00Z"}
    with (shop / "kpis.jsonl").open("a") as log:
        log.write(f"{json.dumps({**line, 'note': note})}\n")
    assert "\x1b" not in text(kpi, "stars")
    assert answer(kpi, "stars")["periods"][1]["note"] == note
