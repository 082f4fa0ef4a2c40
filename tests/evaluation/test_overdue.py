"""Which periods of a KPI are missing, by its own length, its grace and its first actual."""

import pytest

from kpicli.model.period import period_list, read_period
from tests.evaluation.board import board, damage, latest


@pytest.mark.parametrize(
    ("lines", "records", "today", "expected"),
    [
        pytest.param("", ["2026-07", "2026-09"], "2026-11-05", "2026-08 2026-10", id="two gaps"),
        pytest.param("", ["2026-07", "2026-10"], "2026-11-05", "2026-08 2026-09", id="in between"),
        pytest.param("", ["2026-10"], "2026-11-05", "", id="nothing is before the first"),
        pytest.param("", [], "2026-11-05", "", id="nothing was ever recorded"),
        pytest.param("", ["2026-09"], "2026-10-31", "", id="the last day of October"),
        pytest.param(
            "grace = 5", ["2026-08"], "2026-11-05", "2026-09", id="October is in its grace"
        ),
        pytest.param("grace = 5", ["2026-08"], "2026-11-06", "2026-09 2026-10", id="and past it"),
        pytest.param("", ["2026-09", "2026-12"], "2026-11-05", "2026-10", id="what is yet to come"),
        pytest.param(
            'frequency = "weekly"',
            ["2026-W41"],
            "2026-11-05",
            "2026-W42 2026-W43 2026-W44",
            id="weeks",
        ),
        pytest.param(
            'rollup = "sum"', ["2026-08-03", "2026-10-31"], "2026-11-05", "2026-09", id="of days"
        ),
        pytest.param(
            "", ["2026-08 3", "2026-09 none"], "2026-11-05", "2026-09 2026-10", id="taken back"
        ),
        pytest.param('until = "2026-10"', ["2026-08"], "2026-11-05", "", id="retired"),
        pytest.param(
            'until = "2026-11"', ["2026-09"], "2026-11-05", "2026-10", id="not yet retired"
        ),
        pytest.param('formula = "2 * other"', [], "2026-11-05", "", id="a formula"),
    ],
)
def test_every_missing_period_is_named(
    lines: str, records: list[str], today: str, expected: str
) -> None:
    words = [f"it {record}" if " " in record else f"it {record} 7" for record in records]
    card = board(f"[kpis.it]\n{lines}\n[kpis.other]", *words, "other 2026-01 1", today=today)
    assert " ".join(map(str, latest(card, "it").missing)) == expected


def test_damage_is_missing_until_it_is_mended() -> None:
    card = board("[kpis.it]", "it 2026-08 7", "it 2026-09 7", damages=[damage("it 2026-09", 9)])
    assert [str(period) for period in latest(card, "it").missing] == ["2026-09", "2026-10"]


def test_no_more_of_the_past_is_looked_at_than_thirty_six_periods() -> None:
    missing = latest(board("[kpis.it]", "it 2020-01 7"), "it").missing
    assert (len(missing), str(missing[0]), str(missing[-1])) == (36, "2023-11", "2026-10")


def test_a_period_with_nothing_to_measure_is_not_missing_after_a_long_past() -> None:
    months = [read_period("2023-01").shift(count) for count in range(46)]
    records = [f"it {month} {'n/a' if str(month) == '2026-08' else 7}" for month in months]
    assert latest(board("[kpis.it]", *records), "it").missing == ()


@pytest.mark.parametrize(
    ("records", "today", "expected"),
    [
        pytest.param(["2026-08 7"], "2026-11-05", "2026-09 2026-10", id="what is missing"),
        pytest.param([], "2026-11-05", "2026-10", id="of a new one the last closed"),
        pytest.param(["2026-10 7"], "2026-11-05", "", id="nothing"),
        pytest.param(["2026-08 7"], "2026-11-03", "2026-09 2026-10", id="in its grace too"),
    ],
)
def test_what_is_asked_for(records: list[str], today: str, expected: str) -> None:
    card = board("[kpis.it]\ngrace = 4", *(f"it {record}" for record in records), today=today)
    periods = card.awaited_periods(card.definitions.kpis["it"])
    assert " ".join(map(str, periods)) == expected


@pytest.mark.parametrize(
    ("labels", "most", "expected"),
    [
        ("2026-09", None, "2026-09"),
        ("2026-09 2026-10", None, "2026-09 and 2026-10"),
        ("2026-09 2026-11", None, "2026-09 and 2026-11"),
        ("2026-08 2026-09 2026-10", None, "2026-08 to 2026-10"),
        ("2025-12 2026-02 2026-03 2026-04 2026-05", None, "2025-12 and 2026-02 to 2026-05"),
        ("2026-01 2026-03 2026-05", 2, "1 earlier, 2026-03 and 2026-05"),
        ("2026-01 2026-03", 2, "2026-01 and 2026-03"),
    ],
)
def test_periods_are_listed_as_runs(labels: str, most: int | None, expected: str) -> None:
    assert period_list(map(read_period, labels.split()), most) == expected
