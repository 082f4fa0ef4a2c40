"""The other clock: `--as-of` a day shows what was known by its end, judged on that day."""

import json
import re
from pathlib import Path

import pytest

from tests.installed import Kpi

TOML = """\
title = "Shop"
[goals.growth]
[kpis.revenue]
goal = "growth"
formula = "visitors * order_value / 100"
rollup = "sum"
targets = { "2026-07" = "400 kr", "2026-10" = "500 kr" }
[kpis.visitors]
supports = "revenue"
rollup = "sum"
[kpis.order_value]
supports = "revenue"
unit = "kr"
[kpis.churn]
target = "<3%"
baseline = "9%"
start = "2026-07"
by = "2026-12"
"""
RECORDS = """\
visitors 2026-07 100 2026-08-02
order_value 2026-07 400 2026-08-02
churn 2026-07 9 2026-08-03
visitors 2026-08 110 2026-09-02
order_value 2026-08 390 2026-09-02
churn 2026-08 8 2026-09-03
visitors 2026-09 120 2026-10-02
visitors 2026-08 115 2026-10-03
order_value 2026-09 410 2026-10-05
churn 2026-09 7 2026-10-05
churn 2026-08 null 2026-10-20
visitors 2026-10-10 60 2026-10-11
visitors 2026-10 130 2026-11-02
order_value 2026-10 405 2026-11-02
churn 2026-09 6.5 2026-11-03
"""
DAYS = ["2026-07-31", "2026-08-02", "2026-09-30", "2026-10-03", "2026-10-12", "2026-11-02"]
VIEWS = [
    ["status"],
    ["status", "--period", "last"],
    ["status", "--period", "current"],
    ["status", "--frequency", "quarterly"],
    ["status", "--compare", "previous"],
    ["status", "--group", "goal", "--sort", "worst"],
    ["history"],
    ["history", "--all"],
    ["drivers"],
    ["drivers", "revenue"],
    ["drivers", "revenue", "--against", "target"],
    ["explain", "revenue"],
    ["explain", "churn", "--period", "2026-09"],
    ["check"],
    ["due", "--within", "30d"],
]


def lines() -> list[tuple[str, str]]:
    """Each day with its line of the log."""
    found = []
    for words in RECORDS.splitlines():
        kpi, period, value, day = words.split()
        at = f"{day}T23:59:59.999999Z"
        text = f'{{"kpi":"{kpi}","period":"{period}","value":{value},"at":"{at}","by":"ann"}}\n'
        found.append((day, text))
    return found


def define(folder: Path, until: str = "9999") -> None:
    (folder / "kpis.toml").write_text(TOML)
    log = "".join(text for day, text in lines() if day <= until)
    (folder / "kpis.jsonl").write_text(log)


@pytest.mark.parametrize("view", VIEWS, ids=" ".join)
def test_a_later_record_changes_no_earlier_day(kpi: Kpi, tmp_path: Path, view: list[str]) -> None:
    define(tmp_path)
    found = [kpi(*view, "--json", "--as-of", day) for day in DAYS]
    for day, run in zip(DAYS, found, strict=True):
        define(tmp_path, until=day)
        then = kpi(*view, "--json", "--as-of", day)
        assert (then.code, then.out) == (run.code, run.out)
        assert then.err == run.err or "made after" in run.err, "what came later is counted"
    assert len({run.out for run in found}) > 1, "what is seen depends on the day"


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param("2026-08-01", ["2026-07 None no_data"], id="before anything was known"),
        pytest.param("2026-08-02", ["2026-07 400 on_target"], id="100 · 400 / 100 against 400"),
        pytest.param("2026-09-30", ["2026-08 429 on_target"], id="110 · 390 / 100"),
        pytest.param("2026-10-03", ["2026-08 448.5 on_target"], id="restated: 115 · 390 / 100"),
        pytest.param("2026-10-12", ["2026-09 492 on_target"], id="120 · 410 / 100, of September"),
        pytest.param("2026-11-02", ["2026-10 526.5 on_target"], id="130 · 405 / 100"),
    ],
)
def test_the_status_of_a_day_is_what_it_was(
    kpi: Kpi, tmp_path: Path, day: str, expected: list[str]
) -> None:
    define(tmp_path)
    rows = json.loads(kpi("status", "revenue", "--json", "--as-of", day).out)["kpis"]
    assert [f"{row['period']} {row['actual']} {row['status']}" for row in rows] == expected


@pytest.mark.parametrize(
    ("args", "shown"),
    [
        pytest.param(
            ["churn", "--period", "2026-09"],
            "churn  due <6.6%, <3% by 2026-12  6.5%  🟢 on target  -0.1 pp  2026-09\n",
            id="the step due now and the end: 9 - 6 · 2 / 5 = 6.6",
        ),
        pytest.param(
            ["churn", "--period", "2026-07"],
            "churn  due <9%, <3% by 2026-12  9%  🟡 at risk  0 pp  2026-07\n",
            id="the past keeps the step that was due",
        ),
        pytest.param(
            ["revenue", "--period", "2026-09"],
            "revenue  400 kr  492 kr  🟢 on target  +92 kr  2026-09\n",
            id="the past keeps the target that was in force",
        ),
        pytest.param(
            ["revenue", "--period", "2026-10"],
            "revenue  500 kr  527 kr  🟢 on target  +27 kr  2026-10\n",
            id="and October has its own",
        ),
    ],
)
def test_the_past_keeps_its_target(kpi: Kpi, tmp_path: Path, args: list[str], shown: str) -> None:
    define(tmp_path)
    run = kpi("status", *args, "--as-of", "2026-11-04")
    assert re.sub(", [^,]* missing", "", run.out) == shown


def test_an_end_by_a_month_reads_as_people_say_it(kpi: Kpi, tmp_path: Path) -> None:
    (tmp_path / "kpis.toml").write_text(
        '[kpis.revenue]\ntarget = "500,000 kr"\nbaseline = "404,000 kr"\n'
        'start = "2026-08"\nby = "2026-12"\n'
    )
    (tmp_path / "kpis.jsonl").write_text(
        '{"kpi":"revenue","period":"2026-10","value":450000,"at":"2026-11-02T08:00:00Z"}\n'
    )
    # 404,000 + 96,000 · 2 / 4 = 452,000
    assert kpi("status", "--as-of", "2026-11-05").out == (
        "revenue  due 452,000 kr, 500,000 kr by 2026-12  450,000 kr  🟡 at risk  -2,000 kr"
        "  2026-10\n"
    )
    (row,) = json.loads(kpi("status", "--json", "--as-of", "2026-11-05").out)["kpis"]
    assert (row["target"], row["target_text"]) == (452000, "due 452,000 kr, 500,000 kr by 2026-12")


def test_on_the_last_microsecond_of_a_day_it_is_still_that_day(kpi: Kpi, tmp_path: Path) -> None:
    define(tmp_path)
    found = [
        json.loads(kpi("history", "--json", "--all", "--as-of", day).out)["records"]
        for day in ("2026-08-01", "2026-08-02")
    ]
    assert [len(records) for records in found] == [0, 2]
