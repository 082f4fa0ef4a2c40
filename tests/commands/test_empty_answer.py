"""An empty answer says which records the log has all the same, and what shows them."""

import json
from pathlib import Path

import pytest

from tests.installed import Kpi

TOML = """\
[kpis.health_score]
name = "Health score"
target = "77"
[kpis.churn]
frequency = "weekly"
[kpis.visits]
[kpis.rate]
formula = "visits / 2"
"""


@pytest.fixture(autouse=True)
def board(tmp_path: Path) -> Path:
    path = tmp_path / "kpis.toml"
    path.write_text(TOML)
    return path


def record(board: Path, *pairs: str, day: str = "2026-10-05") -> None:
    """Append records such as `visits 2026-09`, made on a day."""
    lines = [
        f'{{"kpi":"{id}","period":"{period}","value":7,"at":"{day}T08:00:00Z"}}\n'
        for id, period in (pair.split() for pair in pairs)
    ]
    with board.with_suffix(".jsonl").open("a") as log:
        log.writelines(lines)


LATER = "2 records were made after 2026-10-01: --period 2026-09 without --as-of shows the latest\n"


@pytest.mark.parametrize(
    "args",
    [
        pytest.param(["status", "visits"], id="status"),
        pytest.param(["status", "visits", "--period", "2026-09"], id="a period of it"),
        pytest.param(["status", "--frequency", "yearly"], id="longer periods"),
        pytest.param(["show", "visits"], id="show"),
        pytest.param(["show", "rate"], id="a formula"),
        pytest.param(["explain", "visits"], id="explain"),
        pytest.param(["drivers", "rate"], id="drivers"),
        pytest.param(["drivers"], id="where it sticks"),
        pytest.param(["due"], id="due"),
        pytest.param(["history"], id="history"),
        pytest.param(["history", "visits", "--all"], id="every record"),
        pytest.param(["report", "--format", "markdown"], id="report"),
    ],
)
def test_what_came_later_is_counted(kpi: Kpi, board: Path, args: list[str]) -> None:
    record(board, "visits 2026-08", "visits 2026-09")
    run = kpi(*args, "--as-of", "2026-10-01")
    assert (run.code, run.err) == (0, LATER)
    assert kpi(*args, "--as-of", "2026-10-05").err != LATER


def test_one_that_came_later_is_one(kpi: Kpi, board: Path) -> None:
    record(board, "visits 2026-09")
    run = kpi("status", "visits", "--as-of", "2026-10-01")
    assert run.err.startswith("1 record was made after 2026-10-01: --period 2026-09 ")


def test_a_period_that_had_not_begun_is_not_advised(kpi: Kpi, board: Path) -> None:
    record(board, "visits 2026-09", "visits 2026-12", day="2027-01-05")
    run = kpi("status", "visits", "--as-of", "2026-10-01")
    assert "2 records were made after 2026-10-01: --period 2026-09 " in run.err


def test_an_answer_that_is_not_empty_counts_nothing(kpi: Kpi, board: Path) -> None:
    record(board, "visits 2026-08", day="2026-09-02")
    record(board, "visits 2026-09")
    assert kpi("status", "--as-of", "2026-10-01").err == ""


RENAMED = (
    "health_score has no records; no definition has the KPI 'health', and the log has 2 records "
    'of it: formerly = ["health"] under [kpis.health_score] makes them its own\n'
)


@pytest.mark.parametrize(
    "args", [["status"], ["status", "health_score"], ["show", "health_score"]], ids=" ".join
)
def test_a_kpi_that_was_renamed_is_told_its_former_id(
    kpi: Kpi, board: Path, args: list[str]
) -> None:
    record(board, "health 2026-08", "health 2026-09", "visits 2026-09")
    assert kpi(*args, "--as-of", "2026-10-10").err == RENAMED
    board.write_text(TOML.replace('"Health score"\n', '"Health score"\nformerly = ["health"]\n'))
    assert kpi(*args, "--as-of", "2026-10-10").err == ""


def test_others_hear_nothing_of_it(kpi: Kpi, board: Path) -> None:
    record(board, "health 2026-09", "visits 2026-09")
    assert kpi("status", "visits", "--as-of", "2026-10-10").err == ""


def test_check_says_it_of_that_kpi(kpi: Kpi, board: Path) -> None:
    record(board, "health 2026-08", "health 2026-09", "visits 2026-09")
    run = kpi("check", "health_score", "--select", "E07", "--json")
    [finding] = json.loads(run.out)["findings"]
    assert finding["hint"] == 'formerly = ["health"] under [kpis.health_score] makes them its own'


def test_verify_says_it_in_one_line_and_a_machine_each(kpi: Kpi, board: Path) -> None:
    record(board, "health 2026-08", "health 2026-09", "visits 2026-09")
    lines = [line for line in kpi("verify").out.splitlines() if "health" in line]
    assert lines == [
        "kpis.jsonl:1: no definition has the KPI 'health', and the log has 2 records of it"
    ]
    issues = json.loads(kpi("verify", "--json").out)["flaws"]
    hints = [issue["hint"] for issue in issues if issue["kind"] == "unknown_kpi"]
    assert hints == ['formerly = ["health"] under [kpis.health_score] makes them its own'] * 2


def test_a_kpi_that_was_deleted_is_told_until(kpi: Kpi, board: Path) -> None:
    ids = ("health_score", "visits")
    record(board, *(f"{id} 2026-09" for id in ids), "churn 2026-W39", "pilot 2026-08")
    issues = json.loads(kpi("verify", "--json").out)["flaws"]
    [hint] = [issue["hint"] for issue in issues if issue["kind"] == "unknown_kpi"]
    assert hint.endswith("if it is no longer kept: define it, with its last period as until")


def test_a_frequency_that_was_changed_says_how_many_records_wait(kpi: Kpi, board: Path) -> None:
    record(board, "churn 2026-08", "churn 2026-09")
    assert kpi("status", "churn", "--as-of", "2026-10-10").err == (
        "churn has 2 records in the log that nothing uses: 2026-08 is longer than its frequency: "
        'churn is weekly: with frequency = "monthly" they count; else record a week\n'
    )
