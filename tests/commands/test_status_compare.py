"""`kpi status --compare`: what has changed since, in equal parts, or why that can't be said."""

import csv
import json
from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.commands.shop import KEYS, rows, shown
from tests.installed import Kpi, Terminal

TOML = """\
title = "Shop"
[defaults]
grace = 400
[kpis.revenue]
name = "Revenue"
target = "300 kr"
rollup = "sum"
[kpis.orders]
name = "Orders"
rollup = "sum"
supports = "revenue"
[kpis.price]
name = "Price"
formula = "revenue / orders"
target = "10 kr"
[kpis.churn]
name = "Churn"
target = "<5%"
[kpis.margin]
name = "Margin"
frequency = "quarterly"
target = "20..30%"
[kpis.tickets]
name = "Tickets"
frequency = "weekly"
target = "<9"
"""
RECORDS = """\
revenue 2025-11-15 120
revenue 2026-09 290
revenue 2026-10-10 100
revenue 2026-10-31 190
revenue 2026-11-15 160
orders 2025-11-15 10
orders 2026-09 29
orders 2026-10 30
orders 2026-11-15 16
churn 2025-10 4.5
churn 2026-09 4.0
churn 2026-10 3.2
margin 2026-Q3 25
tickets 2026-W45 8
tickets 2026-W46 7
"""
KEYS_COMPARED = [
    *("compared_period", "compared_actual", "change", "change_favourable", "compared_reason")
]
AS_OF = "2026-11-16"


@pytest.fixture(autouse=True)
def board(tmp_path: Path) -> Path:
    path = tmp_path / "kpis.toml"
    path.write_text(TOML)
    log = ""
    for words in RECORDS.splitlines():
        kpi, period, value = words.split()
        log += f'{{"kpi":"{kpi}","period":"{period}","value":{value},"at":"{AS_OF}T08:00:00Z"}}\n'
    path.with_suffix(".jsonl").write_text(log)
    return path


def told(kpi: Kpi, *args: str) -> list[str]:
    """`revenue 2026-11 2026-10: 60 good`, or the reason why not."""
    found = []
    for row in rows(shown(kpi, "--json", *args, as_of=AS_OF)):
        good = {True: " good", False: " bad", None: ""}[row["change_favourable"]]
        why = row["compared_reason"]
        change = f"{row['change']}{good}" if why is None else f"none, {why}"
        found.append(f"{row['id']} {row['period']} {row['compared_period']}: {change}")
    return found


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        pytest.param(
            ["--compare", "previous"],
            [
                "revenue 2026-11 2026-10: 60 good",
                (
                    "orders 2026-11 2026-10: none, orders is recorded for the whole of 2026-10, "
                    "not for parts of it"
                ),
                (
                    "price 2026-11 2026-10: none, orders is recorded for the whole of 2026-10, "
                    "not for parts of it"
                ),
                "churn 2026-10 2026-09: -0.8 good",
                "margin 2026-Q3 2026-Q2: none, nothing recorded for 2026-Q2",
                "tickets 2026-W46 2026-W45: -1 good",
            ],
            id="previous: an open month by its first 15 days, others whole",
        ),
        pytest.param(
            ["--compare", "year"],
            [
                "revenue 2026-11 2025-11: 40 good",
                "orders 2026-11 2025-11: 6",
                "price 2026-11 2025-11: -2 bad",
                "churn 2026-10 2025-10: -1.3 good",
                "margin 2026-Q3 2025-Q3: none, nothing recorded for 2025-Q3",
                "tickets 2026-W46 2025-W46: none, nothing recorded for 2025-W46",
            ],
            id="a year ago: 160 / 16 against 120 / 10",
        ),
        pytest.param(
            ["revenue", "--compare", "previous", "--period", "2026-10"],
            ["revenue 2026-10 2026-09: 0"],
            id="a closed month against a closed one, no change being neither",
        ),
        pytest.param(
            ["revenue", "price", "--compare", "previous", "--period", "last"],
            ["revenue 2026-10 2026-09: 0", "price 2026-10 2026-09: -0.333333333333 bad"],
            id="290 / 30 against 290 / 29",
        ),
        pytest.param(
            ["revenue", "churn", "--compare", "previous", "--frequency", "quarterly"],
            [
                "revenue 2026-Q4 2026-Q3: none, nothing recorded for 2026-07",
                "churn 2026-Q4 2026-Q3: none, no rollup says how a quarter is made of monthly ones",
            ],
            id="quarters",
        ),
    ],
)
def test_what_has_changed(kpi: Kpi, args: list[str], expected: list[str]) -> None:
    assert told(kpi, *args) == expected


@pytest.mark.parametrize("frequency", ["daily", "weekly", "monthly", "quarterly", "yearly"])
@pytest.mark.parametrize("against", ["previous", "year"])
def test_every_length_can_be_asked_for(kpi: Kpi, frequency: str, against: str) -> None:
    run = shown(kpi, "--json", "--frequency", frequency, "--compare", against, as_of=AS_OF)
    assert (run.code, run.err) == (0, "")
    for row in rows(run):
        assert (row["change"] is None) is (row["compared_reason"] is not None)
        assert (row["compared_actual"] is None) is (row["change"] is None)


def test_machines_get_five_more_keys(kpi: Kpi) -> None:
    found = rows(shown(kpi, "--json", "--compare", "previous", as_of=AS_OF))
    assert [list(row) for row in found] == [KEYS + KEYS_COMPARED] * 6
    assert [found[0][key] for key in KEYS_COMPARED] == ["2026-10", 100, 60, True, None]
    lines = shown(kpi, "--format", "csv", "--compare", "previous", as_of=AS_OF).out.splitlines()
    assert next(iter(csv.DictReader(lines)))["change"] == "60"


def test_without_it_there_are_none(kpi: Kpi) -> None:
    assert [list(row) for row in rows(shown(kpi, "--json", as_of=AS_OF))] == [KEYS] * 6


def test_into_a_pipe_it_is_a_last_column(kpi: Kpi) -> None:
    run = shown(kpi, "revenue", "orders", "churn", "--compare", "previous", as_of=AS_OF)
    assert run.out.splitlines() == [
        "Revenue   150 of 300 kr  160 kr  🟢 on target, to date   +10 kr  2026-11  +60 kr",
        (
            "  Orders              -      16  ⚪ no target, to date        -  2026-11  none: "
            "orders is recorded for the whole of 2026-10, not for parts of it"
        ),
        "Churn               <5%    3.2%  🟢 on target           -1.8 pp  2026-10  -0.8 pp",
    ]


@pytest.mark.parametrize(
    ("against", "heading"), [("previous", "Since previous"), ("year", "Since last year")]
)
def test_markdown_says_since_when(kpi: Kpi, against: str, heading: str) -> None:
    run = shown(kpi, "churn", "--format", "markdown", "--compare", against, as_of=AS_OF)
    assert run.out.splitlines()[2] == f"| KPI | Target | Actual | Status | Variance | {heading} |"


def screen(terminal: Terminal, columns: int, *args: str) -> str:
    sent = terminal("status", "--as-of", AS_OF, "--compare", *args, columns=columns).sent
    return sent.decode().replace("\r", "")


@pytest.mark.parametrize("columns", [50, 80, 200])
def test_on_a_screen_it_is_never_left_out(terminal: Terminal, columns: int) -> None:
    lines = screen(terminal, columns, "previous", "revenue", "churn", "--color", "never")
    assert "+60 kr" in lines
    assert max(map(cell_len, lines.splitlines())) <= columns


def test_a_long_reason_stands_beneath_its_row(terminal: Terminal) -> None:
    assert (
        screen(terminal, 80, "previous", "orders", "--color", "never")
        == """\
Shop · 2026-11 to date
KPI     Target  Actual  Status        Variance  Since previous
──────────────────────────────────────────────────────────────
Orders              16  ⚪ no target            none
  orders is recorded for the whole of 2026-10, not for parts of it
1 KPI: 1 no target
"""
    )


def test_good_news_is_green_and_bad_news_red(terminal: Terminal) -> None:
    assert "\x1b[32m+60 kr" in screen(terminal, 80, "previous")
    assert "\x1b[31m-2 kr" in screen(terminal, 80, "year", "price")


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("yaer", "did you mean 'year'?"),
        ("target", "one of: previous, year"),
    ],
)
def test_with_what_else_can_not_be_compared(kpi: Kpi, word: str, hint: str) -> None:
    run = shown(kpi, "--compare", word)
    assert (run.code, run.out) == (2, "")
    assert run.err == f"kpi: error: --compare cannot be '{word}'\nhint: {hint}\n"


def test_no_data_says_why_once(kpi: Kpi) -> None:
    args = ("margin", "--period", "current", "--compare", "previous")
    assert shown(kpi, *args, as_of=AS_OF).out == (
        "Margin  20..30%  -  ⚪ no data: nothing recorded for 2026-Q4  -  2026-Q4  -\n"
    )
    (row,) = rows(shown(kpi, *args, "--json", as_of=AS_OF))
    assert row["compared_reason"] == row["reason"]


def test_as_of_a_day_only_what_was_known_then_is_compared(kpi: Kpi, board: Path) -> None:
    log = board.with_suffix(".jsonl")
    late = '{"kpi":"churn","period":"2026-09","value":9,"at":"2026-11-20T08:00:00Z"}\n'
    log.write_text(log.read_text() + late)
    assert told(kpi, "churn", "--compare", "previous") == ["churn 2026-10 2026-09: -0.8 good"]
    later = shown(kpi, "churn", "--json", "--compare", "previous", as_of="2026-11-20")
    assert rows(later)[0]["change"] == -5.8


def test_damage_then_is_told(kpi: Kpi, board: Path) -> None:
    log = board.with_suffix(".jsonl")
    bad = '{"kpi":"churn","period":"2026-09","value":NaN,"at":"2026-11-16T09:00:00Z"}\n'
    log.write_text(log.read_text() + bad)
    run = shown(kpi, "churn", "--json", "--compare", "previous", as_of=AS_OF)
    assert run.code == 3
    assert rows(run)[0]["compared_reason"] == "damaged: kpis.jsonl:16"
    assert json.loads(run.out)["warnings"]
