"""Periods, dates and instants that are impossible, or that are easily taken for others."""

import pytest

from tests.failures.board import GOOD, Board, is_refused, sealed, unsealed

NO_PERIOD = "is not a period"


IMPOSSIBLE = [
    pytest.param("2026-13", "months run from 01 to 12", id="a month too many"),
    pytest.param("2026-00", "months run from 01 to 12", id="month zero"),
    pytest.param("2026-Q5", "quarters run from Q1 to Q4", id="a quarter too many"),
    pytest.param("2026-Q0", "quarters run from Q1 to Q4", id="quarter zero"),
    pytest.param("2026-02-29", "2026-02 has 28 days", id="a leap day of no leap year"),
    pytest.param("2100-02-29", "2100-02 has 28 days", id="a leap day of a century"),
    pytest.param("2026-04-31", "2026-04 has 30 days", id="a day too many"),
    pytest.param("2026-04-00", "2026-04 has 30 days", id="day zero"),
    pytest.param("2025-W53", "2025 has 52 ISO weeks", id="a week too many"),
    pytest.param("2026-W54", "2026 has 53 ISO weeks", id="one more than a long year has"),
    pytest.param("2026-W00", "2026 has 53 ISO weeks", id="week zero"),
    pytest.param("1899", "years run from 1900 to 2999", id="a year long ago"),
    pytest.param("3000-01", "years run from 1900 to 2999", id="a year far away"),
    pytest.param("٢٠٢٦-٠٦", NO_PERIOD, id="Arabic digits"),
    pytest.param("2026-０6", NO_PERIOD, id="a full-width digit"),  # noqa: RUF001 - it is
    pytest.param("2026-06\n", r"'2026-06\x0a' is not a period", id="a line end behind"),
    pytest.param("-1", NO_PERIOD, id="a negative number"),
    pytest.param("tomorrow", NO_PERIOD, id="a word that is none"),
    pytest.param("", " is empty", id="nothing"),
    pytest.param("\x1b[2J", r"'\x1b[2J' is not a period", id="an escape"),
    pytest.param("9" * 5000, NO_PERIOD, id="5,000 digits"),
]


@pytest.mark.parametrize(("period", "said"), IMPOSSIBLE)
def test_an_impossible_period_is_refused(board: Board, period: str, said: str) -> None:
    before = board.files()
    run = board.kpi("record", "mrr", "1400", "--yes", "--period", period)
    assert is_refused(run)
    assert said in run.err
    assert "hint: " in run.err
    assert board.files() == before


@pytest.mark.parametrize(("period", "said"), IMPOSSIBLE[::3])
@pytest.mark.parametrize("flag", ["--period", "--as-of"])
def test_it_is_no_period_to_look_at_either(board: Board, flag: str, period: str, said: str) -> None:
    run = board.kpi("status", flag, period)
    assert is_refused(run)
    assert said in run.err


@pytest.mark.parametrize("day", ["2026", "2026-11", "2026-W10", "Oct", "0001-01-01"])
def test_what_is_no_day_is_refused_as_one(board: Board, day: str) -> None:
    assert is_refused(board.kpi("status", "--as-of", day))


def weekly(board: Board) -> Board:
    board.define('[kpis.mrr]\nfrequency = "weekly"\ntarget = "1,500 kr"\n')
    return board


@pytest.mark.parametrize(
    ("day", "week"),
    [
        pytest.param("2025-12-29", "2026-W01", id="the Monday of the first week, in December"),
        pytest.param("2025-12-28", "2025-W52", id="the Sunday before"),
        pytest.param("2027-01-03", "2026-W53", id="the last day of week 53, in January"),
        pytest.param("2027-01-04", "2027-W01", id="the Monday after"),
        pytest.param("2021-01-01", "2020-W53", id="New Year's Day in week 53"),
        pytest.param("2024-12-30", "2025-W01", id="two days of a year in the next"),
    ],
)
def test_a_week_keeps_the_year_of_its_thursday(board: Board, day: str, week: str) -> None:
    row = weekly(board).rows("--as-of", day, "--period", "current")["mrr"]
    assert row["period"] == week


def test_the_first_week_of_a_year_has_not_begun_on_the_sunday_before(board: Board) -> None:
    weekly(board)
    board.append(sealed("mrr", "2026-W01", "1400", at="2025-12-28T08:00:00.000000Z"))
    rows = [
        board.rows("--as-of", day, "--period", "2026-W01")["mrr"]
        for day in ("2025-12-28", "2025-12-29")
    ]
    assert [row["reason"] for row in rows] == ["2026-W01 has not begun", None]


@pytest.mark.parametrize(
    ("frequency", "now", "before"),
    [
        pytest.param("daily", "2024-02-29", "2023-02-28", id="a leap day: the 28th"),
        pytest.param("daily", "2024-03-01", "2023-03-01", id="the day after it: the same day"),
        pytest.param("weekly", "2020-W53", "2019-W52", id="week 53: the last week"),
        pytest.param("monthly", "2024-02", "2023-02", id="the month of a leap day"),
        pytest.param("quarterly", "2024-Q1", "2023-Q1", id="its quarter"),
        pytest.param("yearly", "2024", "2023", id="its year"),
    ],
)
def test_the_same_period_last_year(board: Board, frequency: str, now: str, before: str) -> None:
    board.define(
        f'[defaults]\nfrequency = "{frequency}"\n[kpis.mrr]\n'
        '[kpis.growth]\nformula = "mrr - last_year(mrr)"\n'
    )
    board.log.write_bytes(sealed("mrr", before, "1000") + sealed("mrr", now, "1250"))
    assert board.actual("growth", now) == 250


@pytest.mark.parametrize(
    ("period", "said"),
    [
        pytest.param("2026-W10", "mrr is monthly: weeks do not fit into months", id="a week"),
        pytest.param("2026-Q1", "longer than its frequency: mrr is monthly", id="a quarter"),
        pytest.param("2026", "longer than its frequency: mrr is monthly", id="a year"),
        pytest.param("2062-06", "2062-06 has not begun", id="a month to come"),
        pytest.param("2999-12-31", "2999-12-31 has not begun", id="the last day of all"),
        pytest.param("2026-03-05", "mrr has no rollup", id="a day, and nothing adds days up"),
    ],
)
def test_a_period_that_the_kpi_does_not_have_is_refused(
    board: Board, period: str, said: str
) -> None:
    before = board.files()
    run = board.kpi("record", "mrr", "1400", "--yes", "--period", period)
    assert is_refused(run)
    assert said in run.err
    assert board.files() == before


@pytest.mark.parametrize(
    ("rollup", "whole"),
    [("sum", 140), ("mean", 70), ("last", 100), ("min", 40), ("max", 100)],
)
def test_days_are_parts_of_their_month(board: Board, rollup: str, whole: int) -> None:
    board.define(f'[kpis.mrr]\nrollup = "{rollup}"\n')
    for day, value in (("2026-03-05", "40"), ("2026-03-06", "100")):
        assert board.kpi("record", "mrr", value, "--period", day, "--yes").code == 0
    assert board.actual("mrr", "2026-03") == whole


@pytest.mark.parametrize("period", ["2026-W10", "2026-Q1"], ids=["a week", "a quarter"])
def test_a_rollup_makes_no_other_period_fit(board: Board, period: str) -> None:
    board.define('[kpis.mrr]\nrollup = "sum"\n')
    assert is_refused(board.kpi("record", "mrr", "1400", "--yes", "--period", period))


UTC = "at must be UTC, as in 2026-11-02T08:15:30.123456Z"


@pytest.mark.parametrize(
    ("at", "said"),
    [
        pytest.param("2026-03-03T08:00:00", UTC, id="no zone"),
        pytest.param("2026-03-03T08:00:60Z", UTC, id="a leap second"),
        pytest.param("2026-03-03T24:00:00Z", UTC, id="hour 24"),
        pytest.param("2026-03-03T08:60:00Z", UTC, id="minute 60"),
        pytest.param("2026-03-03T08:00Z", UTC, id="no seconds"),
        pytest.param("2026-03-03", UTC, id="no time"),
        pytest.param("2026-03-03 08:00:00Z", UTC, id="a space for the T"),
        pytest.param("2026-03-03T08:00:00,5Z", UTC, id="a comma for the point"),
        pytest.param("2026-03-03T08:00:00+0200", UTC, id="an offset without its colon"),
        pytest.param("2026-03-03T08:00:00+24:00", UTC, id="an offset of a day"),
        pytest.param("2026-03-03T08:00:00 UTC", UTC, id="a zone by name"),
        pytest.param("٢026-03-03T08:00:00Z", UTC, id="an Arabic digit"),
        pytest.param("2026-03-03T08:00:00Z\\n", UTC, id="a line end behind"),
        pytest.param("2026-02-30T08:00:00Z", "at is not an instant", id="a day that is none"),
        pytest.param("0001-01-01T00:00:00+10:00", UTC, id="before all time"),
        pytest.param("9999-12-31T23:59:59-10:00", UTC, id="after all time"),
    ],
)
def test_a_line_whose_instant_is_in_doubt_is_left_out(board: Board, at: str, said: str) -> None:
    board.append(unsealed("churn", "2026-01", "3", at))
    run = board.status()
    assert run.code == 3
    assert run.err.startswith(f"kpis.jsonl:4: {said}")
    row = board.rows("churn", "--period", "2026-01")["churn"]
    assert row["reason"] == "damaged: kpis.jsonl:4"


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(b'{"kpi":"churn","period":"2026-01","value":3}\n', id="without one"),
        pytest.param(
            b'{"kpi":"churn","period":"2026-01","value":3,"at":1772524800}\n', id="as a number"
        ),
        pytest.param(b'{"kpi":"churn","period":"2026-01","value":3,"at":null}\n', id="as nothing"),
        pytest.param(sealed("churn", "2026-01", "3", "2026-03-03T08:00:00Z"), id="short in a seal"),
    ],
)
def test_a_line_without_its_instant_is_left_out(board: Board, line: bytes) -> None:
    board.append(line)
    run = board.status()
    assert (run.code, run.err.splitlines()[0]) == (3, f"kpis.jsonl:4: {UTC}")


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        pytest.param("09:00:00Z", "09:00:00.5Z", id="half a second, although text sorts it first"),
        pytest.param("11:00:00+02:00", "10:00:00Z", id="an offset east"),
        pytest.param("09:00:00Z", "05:00:00-05:00", id="an offset west"),
        pytest.param("09:59:59.999999Z", "10:00:00Z", id="a microsecond"),
        pytest.param("09:00:00.5Z", "09:00:00.50001Z", id="digits of a second"),
    ],
)
def test_the_later_instant_counts_however_it_is_written(
    board: Board, earlier: str, later: str
) -> None:
    first = unsealed("churn", "2026-01", "1", f"2026-03-03T{earlier}")
    second = unsealed("churn", "2026-01", "2", f"2026-03-03T{later}")
    board.append(first + second)
    assert board.actual("churn", "2026-01") == 2
    board.log.write_bytes(b"".join(GOOD) + second + first)
    assert board.actual("churn", "2026-01") == 2


@pytest.mark.parametrize(
    ("zone", "actual"),
    [
        pytest.param("UTC", 1300, id="recorded on the day itself"),
        pytest.param("Pacific/Auckland", None, id="recorded a day later, by the local clock"),
        pytest.param("America/Los_Angeles", 1300, id="recorded the evening before"),
    ],
)
def test_a_day_is_over_when_it_is_over_here(board: Board, zone: str, actual: int | None) -> None:
    board.log.write_bytes(sealed("mrr", "2026-01", "1300", at="2026-02-02T12:00:00.000000Z"))
    run = board.kpi("status", "mrr", "--as-of", "2026-02-02", "--json", env={"TZ": zone})
    assert f'"actual": {"null" if actual is None else actual},' in run.out
