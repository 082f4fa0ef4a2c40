"""`kpi status --attention --since`: what needs a person now and did not then, and what is over."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.installed import Kpi, Terminal

TOML = """\
title = "Shop"
[kpis.revenue]
name = "Revenue"
area = "sales"
formerly = ["sales"]
target = "500 kr"
[kpis.churn]
name = "Churn"
target = "<5%"
[kpis.orders]
name = "Orders"
target = "10"
until = "2026-10"
grace = 3
"""
RECORDS = """\
sales 2026-08 520 2026-09-02
churn 2026-08 4 2026-09-02
orders 2026-08 12 2026-09-02
revenue 2026-09 400 2026-10-02
churn 2026-09 6 2026-10-03
orders 2026-09 2 2026-10-03
revenue 2026-09 505 2026-10-05
churn 2026-09 null 2026-10-06
churn 2026-09 4.5 2026-10-08
revenue 2026-10 300 2026-11-03
churn 2026-10 9 2026-11-05
"""
DAYS = [date(2026, 9, 28) + timedelta(days=count) for count in range(42)]


@pytest.fixture(autouse=True)
def board(tmp_path: Path) -> Path:
    path = tmp_path / "kpis.toml"
    path.write_text(TOML)
    rows = (line.split() for line in RECORDS.splitlines())
    log = "".join(
        f'{{"kpi":"{kpi}","period":"{period}","value":{value},"at":"{day}T08:00:00Z"}}\n'
        for kpi, period, value, day in rows
    )
    path.with_suffix(".jsonl").write_text(log)
    return path


def attention(kpi: Kpi, *args: str) -> list[dict[str, Any]]:
    run = kpi("status", "--attention", "--json", *args)
    rows: list[dict[str, Any]] = json.loads(run.out)["attention"]
    return rows


def news(kpi: Kpi, as_of: str, since: str, *args: str) -> list[str]:
    """Each row as `new revenue off_target`."""
    rows = attention(kpi, "--as-of", as_of, "--since", since, *args)
    return [f"{row['change']} {row['id']} {' '.join(row['concerns'])}" for row in rows]


@pytest.mark.parametrize(
    ("as_of", "since", "wanted"),
    [
        pytest.param("2026-09-30", "last", [], id="nothing has changed"),
        pytest.param(
            "2026-10-01", "last", ["new revenue overdue", "new churn overdue"], id="a month ended"
        ),
        pytest.param(
            "2026-10-02",
            "last",
            ["new revenue off_target", "over revenue overdue"],
            id="what was overdue is recorded, and bad",
        ),
        pytest.param("2026-10-05", "previous", ["over revenue off_target"], id="corrected"),
        pytest.param(
            "2026-10-06", "last", ["new churn overdue", "over churn off_target"], id="taken back"
        ),
        pytest.param("2026-10-02", "2026-09-30", ["new revenue off_target"], id="over two days"),
        pytest.param("2026-11-01", "last", ["over orders off_target"], id="no longer kept"),
    ],
)
def test_each_concern_is_told_once(kpi: Kpi, as_of: str, since: str, wanted: list[str]) -> None:
    assert set(wanted) <= set(news(kpi, as_of, since))


def test_nothing_is_told_of_what_was_so_already(kpi: Kpi) -> None:
    assert news(kpi, "2026-10-04", "2026-10-03") == []
    run = kpi("status", "--attention", "--as-of", "2026-10-04", "--since", "last")
    assert run.out == (
        "nothing new or over since 2026-10-03 · 3 KPIs: 3 off target · 3 need attention in all\n"
    )


def test_what_is_told_once_adds_up_to_attention(kpi: Kpi) -> None:
    """Of two days in a row, and of any three."""

    def concerns(day: date) -> set[tuple[str, str]]:
        rows = attention(kpi, "--as-of", str(day))
        return {(row["id"], concern) for row in rows for concern in row["concerns"]}

    def changed(day: date, since: date | str) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
        rows = attention(kpi, "--as-of", str(day), "--since", str(since))
        new, over = (
            {(row["id"], each) for row in rows if row["change"] == turn for each in row["concerns"]}
            for turn in ("new", "over")
        )
        return new, over

    known = concerns(DAYS[0])
    first = known
    for day in DAYS[1:]:
        new, over = changed(day, "last")
        assert not new & known
        assert over <= known
        known = (known - over) | new
        assert known == concerns(day), day
    new, over = changed(DAYS[-1], DAYS[0])
    assert (first - over) | new == known


def test_a_person_reads_what_is_new_and_what_is_over(kpi: Kpi) -> None:
    run = kpi("status", "--attention", "--as-of", "2026-10-02", "--since", "last", "revenue")
    short = "400 kr, 100 kr short of 500 kr in 2026-09"
    assert run.out.splitlines() == [
        f"new   Revenue  🔴 off target  {short}",
        f"over  Revenue  🔴 off target  no longer overdue; {short}",
    ]


def test_machines_get_which_way_it_went_as_a_column(kpi: Kpi) -> None:
    words = ("--as-of", "2026-11-01", "--since", "last", "--format", "csv")
    run = kpi("status", "--attention", *words)
    rows = [line.split(",") for line in run.out.splitlines()]
    assert [row[0] for row in rows] == ["change", "new", "new", "over"]
    assert rows[-1][-1] == "no longer kept"


def test_a_narrow_terminal_keeps_which_way_it_went(terminal: Terminal) -> None:
    words = ("status", "--attention", "--as-of", "2026-10-02", "--since", "last")
    screen = terminal(*words, columns=50).sent.decode()
    assert "new" in screen
    assert "no longer overdue" in " ".join(screen.split())


@pytest.mark.parametrize(
    ("as_of", "code"),
    [
        pytest.param("2026-10-02", 1, id="something is new"),
        pytest.param("2026-10-04", 0, id="all of it was told before"),
        pytest.param("2026-10-05", 0, id="something is over"),
    ],
)
def test_a_gate_goes_by_what_is_new(kpi: Kpi, as_of: str, code: int) -> None:
    words = ("--as-of", as_of, "--since", "last", "--fail-on", "new")
    assert kpi("status", "--attention", "revenue", *words).code == code


def test_an_area_has_its_own_news(kpi: Kpi) -> None:
    assert {row.split()[1] for row in news(kpi, "2026-10-03", "2026-09-30", "--area", "sales")} == {
        "revenue"
    }


@pytest.mark.parametrize(
    ("words", "message"),
    [
        pytest.param(("--since", "last"), "--since goes with --attention", id="of all rows"),
        pytest.param(("--fail-on", "new"), "--fail-on new is about --since", id="new since when"),
        pytest.param(
            ("--attention", "--since", "2026-10-05"),
            "--since 2026-10-05 is not before 2026-10-05",
            id="the same day",
        ),
        pytest.param(("--attention", "--since", "2026-10"), "--since takes a day", id="a month"),
    ],
)
def test_what_cannot_be_is_refused(kpi: Kpi, words: tuple[str, ...], message: str) -> None:
    run = kpi("status", "--as-of", "2026-10-05", *words)
    assert (run.code, run.out) == (2, "")
    assert message in run.err
