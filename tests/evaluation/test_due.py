"""A sum whose records begin within its first month: a part, which no whole target judges."""

import json
from pathlib import Path

import pytest

from kpicli.analysis.trend import recent_actuals
from tests.evaluation.board import board, judged
from tests.installed import Kpi

SUM = '[kpis.it]\nrollup = "sum"\ntarget = "{target}"'


def days(first: int, month: str = "2026-09") -> list[str]:
    return [f"it {month}-{day:02} 100" for day in range(first, 31)]


@pytest.mark.parametrize(
    ("first", "target", "status"),
    [
        pytest.param(18, "3000", "no_target", id="a part of what is asked"),
        pytest.param(18, "2500..3500", "no_target", id="below a range"),
        pytest.param(18, "<3000", "no_target", id="within a limit so far"),
        pytest.param(18, "1200", "on_target", id="all that is asked, in less"),
        pytest.param(18, "<1000", "off_target", id="over a limit in less"),
        pytest.param(4, "3000", "at_risk", id="it begins after a long weekend"),
    ],
)
def test_the_first_month_is_judged_only_by_what_its_days_tell_of_all_of_it(
    first: int, target: str, status: str
) -> None:
    card = board(SUM.format(target=target), *days(first), *days(1, "2026-10"))
    september, october = (judged(card, "it", month) for month in ("2026-09", "2026-10"))
    assert september.status == status
    assert (september.reason == "recorded from 2026-09-18 on") is (status == "no_target")
    assert october.zone is not None


@pytest.mark.parametrize("recorded", [(18, 19, 27), (14, 15)])
def test_who_records_now_and_then_has_measured_all_that_there_was(
    recorded: tuple[int, ...],
) -> None:
    card = board(SUM.format(target="3000"), *[f"it 2026-09-{day} 100" for day in recorded])
    assert judged(card, "it", "2026-09").status == "off_target"


@pytest.mark.parametrize("parts", [[], days(18)])
def test_a_first_month_recorded_whole_is_judged_though_days_come_after_it(parts: list[str]) -> None:
    card = board(SUM.format(target="3000"), "it 2026-09 2000", *parts, *days(1, "2026-10"))
    assert judged(card, "it", "2026-09").status == "off_target"


def test_days_of_which_there_is_nothing_to_measure_begin_nothing() -> None:
    before = [f"it 2026-09-{day:02} n/a" for day in range(1, 18)]
    card = board(SUM.format(target="3000"), *before, *days(18), *days(1, "2026-10"))
    assert judged(card, "it", "2026-09").reason == "recorded from 2026-09-18 on"


@pytest.mark.parametrize(
    ("frequency", "period", "first", "records"),
    [
        pytest.param("monthly", "2026-09", "2026-09-29", days(29), id="two days of a month"),
        pytest.param("monthly", "2026-09", "2026-09-30", days(30), id="its last day"),
        pytest.param("monthly", "2026-10", "2026-10-18", days(18, "2026-10"), id="under way"),
        pytest.param(
            *("quarterly", "2026-Q3", "2026-07-18"),
            [*days(18, "2026-07"), "it 2026-08 3000", *days(1)],
            id="a quarter",
        ),
        pytest.param("weekly", "2026-W40", "2026-10-01", days(1, "2026-10"), id="from Thursday on"),
        pytest.param(
            "yearly", "2026", "2026-05-01", ["it 2026-05 90", "it 2026-06 90"], id="from May on"
        ),
    ],
)
def test_a_first_period_that_is_not_wholly_recorded_is_no_past_to_go_by(
    frequency: str, period: str, first: str, records: list[str]
) -> None:
    later = days(1, "2026-10") if period == "2026-09" else []
    card = board(f'{SUM.format(target="9000")}\nfrequency = "{frequency}"', *records, *later)
    evaluation = judged(card, "it", period)
    assert (evaluation.status, evaluation.reason) == ("no_target", f"recorded from {first} on")
    past = [str(one.period) for one in card.observations(card.definitions.kpis["it"])]
    assert period not in past


PROFIT = f"""{SUM.format(target="3000")}
[kpis.costs]
rollup = "sum"
[kpis.profit]
formula = "it - costs"
target = "500"
[kpis.growth]
formula = "it / prev(it)"
target = "1"
[kpis.margin]
formula = "100 * (it - costs) / it"
target = "50%"
"""


def test_what_is_computed_of_a_part_is_a_part_itself() -> None:
    card = board(PROFIT, *days(18), *days(1, "2026-10"), "costs 2026-09 200", "costs 2026-10 200")
    september, october = (judged(card, "profit", month) for month in ("2026-09", "2026-10"))
    assert [september.status, october.status] == ["no_target", "on_target"]
    assert september.actual == 1100
    assert september.reason == "recorded from 2026-09-18 on"
    assert judged(card, "growth", "2026-10").status == "no_target"
    assert [str(one.period) for one in card.observations(card.definitions.kpis["profit"])] == [
        "2026-10"
    ]
    assert recent_actuals(card, october)[-2:] == [None, 2800]


@pytest.mark.parametrize(
    ("costs", "status"),
    [
        pytest.param([f"costs 2026-09-{day} 10" for day in range(18, 31)], "on_target", id="both"),
        pytest.param(["costs 2026-09 130"], "no_target", id="one of all days, one of some"),
    ],
)
def test_a_share_of_two_that_begin_on_one_day_is_no_part(costs: list[str], status: str) -> None:
    card = board(PROFIT, *days(18), *days(1, "2026-10"), *costs)
    assert judged(card, "margin", "2026-09").status == status
    assert judged(card, "profit", "2026-09").status == "no_target"


def test_a_quarter_that_begins_with_it_is_no_more_than_a_part_either() -> None:
    card = board(SUM.format(target="3000"), *days(18, "2026-07"), "it 2026-08 3000", *days(1))
    assert judged(card, "it", "2026-Q3").reason == "recorded from 2026-07-18 on"


def test_a_month_of_few_days_is_none_where_older_records_are_not_read_at_first(
    kpi: Kpi, tmp_path: Path
) -> None:
    (tmp_path / "kpis.toml").write_text(SUM.format(target="3000"))
    months = [f"{year}-{month:02}" for year in (2024, 2025) for month in range(1, 13)]
    begun = {"2024-01": 18, "2025-10": 18}
    rows = [
        (f"{month}-{day:02}", month) for month in months for day in range(begun.get(month, 1), 29)
    ]
    log = "".join(
        f'{{"kpi":"it","period":"{day}","value":1,"at":"{month}-28T08:00:00Z"}}\n'
        for day, month in rows
    )
    (tmp_path / "kpis.jsonl").write_text(log)

    def status(month: str) -> str:
        run = kpi("status", "--json", "--period", month, "--as-of", "2026-01-05")
        return str(json.loads(run.out)["kpis"][0]["status"])

    assert [status(month) for month in ("2024-01", "2024-02", "2025-10")] == [
        "no_target",
        "off_target",
        "off_target",
    ]
