"""What a program is answered: the rows, numbers and refusals of the command, typed."""

import json
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, get_origin, get_type_hints

import pytest

from kpicli import Board, KpiError, Rows, Status, load
from kpicli.api.rows import Expected, Recorded, Standing
from kpicli.model.frequency import Frequency
from tests.api.boards import AS_OF, as_json, told
from tests.installed import Kpi

FORMULAS = """\
[kpis.profit]
[kpis.visits]
[kpis.rate]
formula = "profit / visits"
target = "30%"
unit = "%"
"""


@pytest.mark.parametrize(
    ("asked", "args"),
    [
        pytest.param({}, (), id="all that there is"),
        pytest.param({"period": "2026-10"}, ("--period", "2026-10"), id="a period"),
        pytest.param({"period": 2026}, ("--period", "2026"), id="a year, as a number"),
        pytest.param({"period": "last"}, ("--period", "last"), id="a period by a word"),
        pytest.param({"kpis": "orders"}, ("orders",), id="one KPI"),
        pytest.param({"kpis": ["moans", "orders"]}, ("moans", "orders"), id="several KPIs"),
        pytest.param({"area": "sales"}, ("--area", "sales"), id="an area"),
        pytest.param({"owner": "bob"}, ("--owner", "bob"), id="an owner"),
        pytest.param({"goal": "growth"}, ("--goal", "growth"), id="a goal"),
        pytest.param({"frequency": "quarterly"}, ("--frequency", "quarterly"), id="a length"),
    ],
)
def test_status_is_what_the_command_says(
    board: Board, kpi: Kpi, asked: dict[str, Any], args: tuple[str, ...]
) -> None:
    rows = board.status(**asked, as_of=AS_OF)
    assert [as_json(row) for row in rows] == told(kpi, "kpis", "status", "--as-of", AS_OF, *args)
    assert str(rows) == kpi("status", "--as-of", AS_OF, *args).out.rstrip("\n")


@pytest.mark.parametrize(
    ("asked", "args"),
    [
        pytest.param({}, (), id="what stands"),
        pytest.param({"kpis": "moans"}, ("moans",), id="of one KPI"),
        pytest.param({"period": "2026-10"}, ("--period", "2026-10"), id="in a period"),
        pytest.param({"all": True}, ("--all",), id="every record"),
    ],
)
def test_history_is_what_the_command_says(
    board: Board, kpi: Kpi, tmp_path: Path, asked: dict[str, Any], args: tuple[str, ...]
) -> None:
    with (tmp_path / "kpis.jsonl").open("a") as log:
        log.write(
            '{"kpi":"revenue","period":"2026-10","value":null,"at":"2026-11-03T08:00:00Z","by":"x"}\n'
        )
    rows = board.history(**asked, as_of=AS_OF)
    known = told(kpi, "records", "history", "--as-of", AS_OF, *args)
    if "all" not in asked:
        assert {row.replaced_by for row in rows} == {None}
    keys = known[0].keys()
    assert [{key: as_json(row)[key] for key in keys} for row in rows] == known
    assert str(rows) == kpi("history", "--as-of", AS_OF, *args).out.rstrip("\n")


def grown(folder: Path) -> None:
    """Twelve months of revenue, each a little more than the last."""
    with (folder / "kpis.jsonl").open("a") as log:
        for month in range(1, 13):
            value = 400_000 + 7_000 * month
            log.write(
                f'{{"kpi":"revenue","period":"2025-{month:02}","value":{value},'
                '"at":"2026-01-02T08:00:00Z"}\n'
            )


def test_a_forecast_is_what_the_command_says(board: Board, kpi: Kpi, tmp_path: Path) -> None:
    grown(tmp_path)
    rows = board.forecast("revenue", as_of="2026-01-05")
    known = told(kpi, "forecast", "show", "revenue", "--as-of", "2026-01-05")
    assert [as_json(row) for row in rows] == known
    assert len(rows) == 12
    assert str(rows).startswith("2026-01  expected ")


def test_a_forecast_of_too_little_says_what_it_takes(board: Board) -> None:
    with pytest.raises(KpiError) as found:
        board.forecast("revenue", as_of=AS_OF)
    assert found.value.message == "revenue: no forecast: 2 of the 6 months that it takes"
    assert found.value.hint == "kpi show revenue says what is known of it"


@pytest.mark.parametrize("against", ["previous", "target"])
def test_drivers_are_what_the_command_says(
    board: Board, kpi: Kpi, tmp_path: Path, against: str
) -> None:
    (tmp_path / "kpis.toml").write_text(FORMULAS.replace("visits]", 'visits]\ntarget = "4"'))
    board = load()
    for period, profit in [("2026-09", 1), ("2026-10", 2)]:
        board.record("profit", profit, period=period)
        board.record("visits", 3 + profit, period=period)
    rows = board.drivers("rate", against=against, as_of=AS_OF)
    args = ("drivers", "rate", "--against", against, "--as-of", AS_OF)
    said = told(kpi, "drivers", *args)
    assert [row.id for row in rows] == [each["id"] for each in said]
    assert [as_json(row)["contribution"] for row in rows] == [row["contribution"] for row in said]
    assert [as_json(row)["start"] for row in rows] == [row["from"] for row in said]
    assert str(rows) == kpi(*args).out.rstrip("\n")
    with pytest.raises(KpiError, match="profit has no formula"):
        board.drivers("profit")


@pytest.mark.parametrize("kind", [Standing, Recorded, Expected])
def test_a_row_is_what_its_type_says(board: Board, tmp_path: Path, kind: Any) -> None:
    grown(tmp_path)
    rows: dict[Any, Rows[Any]] = {
        Standing: board.status(as_of=AS_OF),
        Recorded: board.history(all=True),
        Expected: board.forecast("revenue", as_of="2026-01-05"),
    }
    for row in rows[kind]:
        for key, hint in get_type_hints(kind).items():
            kind_of_value = tuple if get_origin(hint) is tuple else hint
            assert isinstance(getattr(row, key), kind_of_value), key


def test_numbers_are_exact_and_computed_ones_rounded_half_up(board: Board, tmp_path: Path) -> None:
    (tmp_path / "kpis.toml").write_text(FORMULAS)
    from kpicli import load

    board = load()
    board.record("profit", 2, period="2026-10")
    board.record("visits", 3, period="2026-10")
    assert [str(row.actual) for row in board.status("2026-10")] == ["2", "3", "0.666666666667"]


def test_typed_digits_stay(board: Board) -> None:
    found = {row.id: row for row in board.status(as_of=AS_OF)}
    assert str(found["conversion"].actual) == "3.20"
    assert found["revenue"].status is Status.AT_RISK
    assert found["revenue"].frequency is Frequency.MONTHLY
    assert found["revenue"].variance == Decimal(-20_000)


def test_a_day_is_a_text_or_a_date(board: Board) -> None:
    assert board.status(as_of=date(2026, 11, 5)) == board.status(as_of="2026-11-05")
    assert board.status(as_of="2026-10-05") != board.status(as_of="2026-11-05")


@pytest.mark.parametrize(
    ("zone", "actual"),
    [
        pytest.param("UTC", 7, id="recorded before the day ended"),
        pytest.param("JST-9", None, id="recorded when it had ended, further east"),
    ],
)
def test_what_was_recorded_after_the_day_does_not_count(
    board: Board, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, zone: str, actual: int | None
) -> None:
    (tmp_path / "kpis.jsonl").write_text(
        '{"kpi":"orders","period":"2026-10","value":7,"at":"2026-11-01T23:30:00Z"}\n'
    )
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    [row] = board.status("2026-10", kpis="orders", as_of="2026-11-01")
    assert row.actual == actual
    assert len(board.history(as_of="2026-11-01")) == (actual is not None)


@pytest.mark.parametrize(
    ("refused", "message"),
    [
        pytest.param(lambda board: board.status("2026-13"), "months run", id="period"),
        pytest.param(lambda board: board.status(as_of="2026-11"), "as_of takes a day", id="month"),
        pytest.param(lambda board: board.status(as_of="someday"), "is not a period", id="word"),
        pytest.param(lambda board: board.status(kpis="chrun"), "unknown KPI 'chrun'", id="id"),
        pytest.param(lambda board: board.status(area="x"), "no KPI has area 'x'", id="area"),
        pytest.param(lambda board: board.status(frequency="hourly"), "'hourly'", id="length"),
        pytest.param(
            lambda board: board.status("2026-10", frequency="yearly"),
            "2026-10 is not yearly",
            id="two lengths",
        ),
        pytest.param(lambda board: board.history("chrun"), "unknown KPI", id="history"),
        pytest.param(lambda board: board.forecast("chrun"), "unknown KPI", id="forecast"),
    ],
)
def test_what_the_command_refuses_is_an_error(
    board: Board, refused: Callable[[Board], object], message: str
) -> None:
    with pytest.raises(KpiError, match=message):
        refused(board)


def test_damage_is_told_with_the_answer(board: Board, tmp_path: Path) -> None:
    assert board.status().warnings == ()
    with (tmp_path / "kpis.jsonl").open("a") as log:
        log.write("spilt\n")
    for rows in (board.status(), board.history(), board.history(all=True)):
        [warning] = rows.warnings
        assert warning.startswith(f"{tmp_path}/kpis.jsonl:6: ")


def test_what_is_to_be_recorded_is_the_answer_of_the_command(kpi: Kpi) -> None:
    (kpi.folder / "kpis.toml").write_text('[kpis.a]\nname = "Churn"\ntarget = "5%"\n')
    (kpi.folder / "kpis.jsonl").write_text(
        '{"kpi":"a","period":"2026-08","value":4,"at":"2026-09-02T08:00:00Z"}\n'
    )
    run = kpi("due", "--within", "7d", "--as-of", "2026-10-29", "--json")
    answer = json.loads(run.out)["due"]
    awaited = load(kpi.folder).due(within=7, as_of="2026-10-29")
    assert [row._asdict() for row in awaited] == answer
    assert [(row.period, row.state) for row in awaited] == [
        ("2026-09", "overdue"),
        ("2026-10", "coming"),
    ]


@pytest.mark.parametrize("within", [-1, 367, 10**30])
def test_days_that_the_command_would_refuse_are_refused(board: Board, within: int) -> None:
    with pytest.raises(KpiError, match=f"within cannot be '{within}'"):
        board.due(within=within)
