"""`kpi status --frequency`: the same KPIs in longer periods, and what can't be shown so."""

from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.commands.shop import rows, shown, told
from tests.installed import Kpi, Terminal

TOML = """\
title = "Shop"
[kpis.visits]
frequency = "daily"
target = "10"
rollup = "sum"
[kpis.revenue]
name = "Revenue"
target = "300 kr"
rollup = "sum"
[kpis.nps]
name = "NPS"
target = "40"
[kpis.price]
name = "Price"
formula = "revenue / orders"
target = "10 kr"
[kpis.orders]
name = "Orders"
rollup = "sum"
[kpis.tickets]
name = "Tickets"
frequency = "weekly"
rollup = "sum"
target = "<9"
[kpis.margin]
name = "Margin"
frequency = "quarterly"
rollup = "mean"
target = "20..30%"
"""


@pytest.fixture(autouse=True)
def board(tmp_path: Path) -> Path:
    path = tmp_path / "kpis.toml"
    path.write_text(TOML)
    lines = [
        *((f"visits 2026-10-{day:02} 10", "2026-11-02") for day in range(1, 32)),
        *((f"revenue 2026-{month:02} {month * 30}", "2026-11-02") for month in range(7, 11)),
        *((f"orders 2026-{month:02} {month}", "2026-11-02") for month in range(7, 11)),
        ("nps 2026-10 41", "2026-11-02"),
        ("tickets 2026-W44 7", "2026-11-02"),
        ("margin 2026-Q3 25", "2026-11-02"),
    ]
    log = ""
    for words, day in lines:
        kpi, period, value = words.split()
        log += f'{{"kpi":"{kpi}","period":"{period}","value":{value},"at":"{day}T08:00:00Z"}}\n'
    path.with_suffix(".jsonl").write_text(log)
    return path


# Of the quarter October has ended: of revenue its 300 are due, and came. Of visits nobody recorded
# the first days of November, which have ended as well. Price: 300 / 10 = 30.
@pytest.mark.parametrize(
    ("args", "expected"),
    [
        pytest.param(
            ["--frequency", "daily"],
            [
                "visits 2026-10-31 on_target",
                "revenue 2026-10 on_target",
                "nps 2026-10 on_target",
                "price 2026-10 on_target",
                "orders 2026-10 no_target",
                "tickets 2026-W44 on_target",
                "margin 2026-Q3 on_target",
            ],
            id="days: longer ones stay as long as they are",
        ),
        pytest.param(
            ["--frequency", "weekly"],
            [
                "visits 2026-W43 on_target",
                "revenue 2026-10 on_target",
                "nps 2026-10 on_target",
                "price 2026-10 on_target",
                "orders 2026-10 no_target",
                "tickets 2026-W44 on_target",
                "margin 2026-Q3 on_target",
            ],
            id="weeks: of days alone, the latest whole one",
        ),
        pytest.param(
            ["--frequency", "monthly"],
            [
                "visits 2026-10 on_target",
                "revenue 2026-10 on_target",
                "nps 2026-10 on_target",
                "price 2026-10 on_target",
                "orders 2026-10 no_target",
                "tickets 2026-10 no_data",
                "margin 2026-Q3 on_target",
            ],
            id="months: of days",
        ),
        pytest.param(
            ["--frequency", "quarterly"],
            [
                "visits 2026-Q4 no_data",
                "revenue 2026-Q4 on_target",
                "nps 2026-Q4 no_data",
                "price 2026-Q4 on_target",
                "orders 2026-Q4 no_target",
                "tickets 2026-Q4 no_data",
                "margin 2026-Q3 on_target",
            ],
            id="quarters: to date, of months and days",
        ),
        pytest.param(
            ["--frequency", "quarterly", "--period", "last"],
            [
                "visits 2026-Q3 no_data",
                "revenue 2026-Q3 off_target",
                "nps 2026-Q3 no_data",
                "price 2026-Q3 on_target",
                "orders 2026-Q3 no_target",
                "tickets 2026-Q3 no_data",
                "margin 2026-Q3 on_target",
            ],
            id="the last closed quarter, which weeks do not fill",
        ),
        pytest.param(
            ["--frequency", "monthly", "--period", "last"],
            [
                "visits 2026-10 on_target",
                "revenue 2026-10 on_target",
                "nps 2026-10 on_target",
                "price 2026-10 on_target",
                "orders 2026-10 no_target",
                "tickets 2026-10 no_data",
                "margin 2026-Q4 no_data",
            ],
            id="the last closed month, and the quarter that contains it",
        ),
        pytest.param(
            ["--frequency", "quarterly", "--period", "current"],
            [
                "visits 2026-Q4 no_data",
                "revenue 2026-Q4 on_target",
                "nps 2026-Q4 no_data",
                "price 2026-Q4 on_target",
                "orders 2026-Q4 no_target",
                "tickets 2026-Q4 no_data",
                "margin 2026-Q4 no_data",
            ],
            id="the quarter under way",
        ),
        pytest.param(
            ["--frequency", "yearly"],
            [
                "visits 2026 no_data",
                "revenue 2026 no_data",
                "nps 2026 no_data",
                "price 2026 no_data",
                "orders 2026 no_data",
                "tickets 2026 no_data",
                "margin 2026 no_data",
            ],
            id="years: not where months are missing",
        ),
    ],
)
def test_periods_are_as_long_as_they_are_asked_for(
    kpi: Kpi, args: list[str], expected: list[str]
) -> None:
    assert told(kpi, *args) == expected


def test_what_a_longer_period_lacks_is_named(kpi: Kpi) -> None:
    found = {row["id"]: row["reason"] for row in rows(shown(kpi, "--json", "--frequency=yearly"))}
    assert found == {
        "visits": "nothing recorded for 2026-01-01",
        "revenue": "nothing recorded for 2026-01",
        "nps": "no rollup says how a year is made of monthly ones",
        "price": "revenue: nothing recorded for 2026-01",
        "orders": "nothing recorded for 2026-01",
        "tickets": "nothing recorded for 2026-W01",
        "margin": "nothing recorded for 2026-Q1",
    }


def test_a_ratio_is_computed_anew_and_a_target_summed(kpi: Kpi) -> None:
    args = ("revenue", "price", "--json", "--frequency", "quarterly", "--period", "last")
    revenue, price = rows(shown(kpi, *args))
    # 210 + 240 + 270 = 720 against 3 · 300; and 720 / (7 + 8 + 9) against the same 10.
    assert (revenue["actual"], revenue["target"], revenue["variance"]) == (720, 900, -180)
    assert (price["actual"], price["target"], price["variance"]) == (30, 10, 20)


def test_it_reads_like_any_other_table(kpi: Kpi) -> None:
    run = shown(kpi, "revenue", "price", "orders", "--frequency", "quarterly")
    assert run.out == (
        "Revenue  300 of 900 kr  300 kr  🟢 on target, to date    0 kr  2026-Q4\n"
        "Price            10 kr   30 kr  🟢 on target, to date  +20 kr  2026-Q4\n"
        "Orders               -      10  ⚪ no target, to date       -  2026-Q4\n"
    )


@pytest.mark.parametrize("columns", [50, 80, 200])
def test_on_a_screen_no_line_is_wider_than_it(terminal: Terminal, columns: int) -> None:
    args = ("status", "--as-of", "2026-11-05", "--frequency", "quarterly", "--color", "never")
    lines = terminal(*args, columns=columns).sent.decode().replace("\r", "").splitlines()
    assert "of 900 kr" in " ".join(lines)
    assert max(map(cell_len, lines)) <= columns


@pytest.mark.parametrize(
    ("args", "message"),
    [
        pytest.param(
            ["--frequency", "quarterly", "--period", "2026-10"],
            "kpi: error: --period 2026-10 and --frequency quarterly ask for two lengths\n"
            "hint: give one of the two; --period current and last go with any --frequency\n",
            id="a month in quarters",
        ),
        pytest.param(
            ["--frequency", "quarterly", "--period", "today"],
            "kpi: error: --period today and --frequency quarterly ask for two lengths\n"
            "hint: give one of the two; --period current and last go with any --frequency\n",
            id="a day in quarters",
        ),
        pytest.param(
            ["--frequency", "quaterly"],
            "kpi: error: --frequency cannot be 'quaterly'\nhint: did you mean 'quarterly'?\n",
            id="a slip",
        ),
        pytest.param(
            ["--frequency", "hourly"],
            "kpi: error: --frequency cannot be 'hourly'\n"
            "hint: one of: daily, weekly, monthly, quarterly, yearly\n",
            id="a length that no period has",
        ),
        pytest.param(
            ["--frequency", "monthly", "--period", "2026-13"],
            "kpi: error: '2026-13': months run from 01 to 12\n"
            "hint: write 2026-11-22, 2026-W47, 2026-11, 2026-Q4 or 2026\n",
            id="no period at all",
        ),
    ],
)
def test_what_can_not_be_shown_is_refused(kpi: Kpi, args: list[str], message: str) -> None:
    run = shown(kpi, *args)
    assert (run.code, run.out, run.err) == (2, "", message)


def test_a_period_of_that_very_length_is_not(kpi: Kpi) -> None:
    both = told(kpi, "--frequency", "quarterly", "--period", "2026-Q3")
    alone = told(kpi, "--period", "2026-Q3")
    assert {*both} ^ {*alone} == {"tickets 2026-Q3 no_data", "tickets 2026-W39 no_data"}


def test_options_stand_before_the_command_or_after_it(kpi: Kpi) -> None:
    before = kpi("--frequency", "quarterly", "--as-of=2026-11-05", "status", "--json")
    assert before == shown(kpi, "--json", "--frequency", "quarterly")
