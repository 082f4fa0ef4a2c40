"""`kpi record KPI n/a`: there is nothing to measure in a period, and all that follows from it."""

import json
from pathlib import Path
from typing import Any

import pytest

from kpicli import Status, load
from kpicli.model.period import read_period
from tests.commands.recording import TOML, last_closed, lines, recorded, values
from tests.installed import Kpi, Terminal

CLOSED = ("revenue", "n/a", "--note", "closed")


@pytest.fixture(autouse=True)
def board(tmp_path: Path) -> Path:
    path = tmp_path / "kpis.toml"
    path.write_text(TOML)
    return path


def row(kpi: Kpi, *args: str) -> dict[str, Any]:
    run = kpi("status", "revenue", "--json", *args)
    assert run.code == 0
    (found,) = json.loads(run.out)["kpis"]
    assert isinstance(found, dict)
    return found


def write(log: Path, *months: str, skip: str) -> None:
    """500,000 kr in each of some months of 2020 but some, recorded on the day after it."""
    for month in months:
        period = read_period(f"2020-{month}")
        value = '"value":null,"skip":true,"note":"closed"' if month in skip else '"value":500000'
        with log.open("a") as lines:
            at = f"{period.end}T08:00:00Z"
            lines.write(f'{{"kpi":"revenue","period":"{period}",{value},"at":"{at}"}}\n')


YEAR = [f"{month:02}" for month in range(1, 13)]


@pytest.mark.parametrize(
    "words", [["revenue", "n/a"], ["revenue=N/A"], ["Monthly Revenue", " n/a"], ["revenue", "N/A"]]
)
def test_it_is_a_null_that_says_so(kpi: Kpi, log: Path, words: list[str]) -> None:
    run = recorded(kpi, *words, "--note", "closed", "--by", "ann")
    assert (run.code, run.err) == (0, "Monthly Revenue 2020-10: not applicable\n")
    (line,) = lines(log)
    assert list(line)[:8] == ["id", "kpi", "period", "value", "skip", "at", "by", "note"]
    assert (line["value"], line["skip"], line["note"]) == (None, True, "closed")


def test_it_is_shown_as_not_applicable_and_is_neither_missing_nor_a_failure(
    kpi: Kpi, log: Path
) -> None:
    write(log, *YEAR, skip="07")
    shown = row(kpi, "--period", "2020-07", "--as-of", "2021-01-05")
    assert (shown["status"], shown["actual"], shown["skipped"]) == ("no_data", None, ["2020-07"])
    assert shown["reason"] == "2020-07 is not applicable"
    assert (shown["overdue"], shown["missing"]) == (False, [])
    args = ("status", "revenue", "--period", "2020-07", "--as-of", "2021-01-05")
    run = kpi(*args, "--fail-on", "no_data")
    assert (run.code, run.out.split("  ")[3]) == (0, "⚪ not applicable")
    assert "1 KPI: 1 not applicable" in kpi(*args, "--format", "markdown").out


def test_a_longer_view_passes_over_it_actual_and_target_and_names_it(kpi: Kpi, log: Path) -> None:
    write(log, *YEAR, skip="07")
    shown = row(kpi, "--period", "2020", "--as-of", "2021-01-05")
    assert (shown["actual"], shown["target"], shown["status"]) == (5500000, 5500000, "on_target")
    assert shown["skipped"] == ["2020-07"]
    run = kpi("status", "revenue", "--period", "2020", "--as-of", "2021-01-05")
    assert "🟢 on target, 2020-07 not applicable" in run.out
    explained = kpi("explain", "revenue", "--period", "2020-Q3", "--as-of", "2021-01-05").out
    assert "the sum of 2020-08, 2020-09 (2020-07 not applicable); 500,000 + 500,000" in explained
    assert "revenue 2020-07 record: recorded 2020-08-01: closed; not applicable\n" in explained


def test_only_periods_of_which_nothing_is_said_are_missing(kpi: Kpi, log: Path) -> None:
    write(log, "01", "03", "05", "07", "08", skip="03 07")
    run = kpi("status", "revenue", "--as-of", "2020-09-05")
    assert "2020-02, 2020-04 and 2020-06 missing" in run.out
    due = kpi("due", "--json", "--as-of", "2020-10-05").out
    assert "2020-09" in due
    assert "2020-07" not in due


@pytest.mark.parametrize(
    ("first", "second", "question"),
    [
        pytest.param(["480k"], ["n/a"], "not applicable would replace 480,000 kr", id="a number"),
        pytest.param(["n/a"], ["480k"], "480,000 kr would replace not applicable", id="back again"),
    ],
)
def test_a_change_of_what_stands_wants_a_yes(
    kpi: Kpi, log: Path, first: list[str], second: list[str], question: str
) -> None:
    recorded(kpi, "revenue", *first)
    refused = recorded(kpi, "revenue", *second)
    assert refused.code == 2
    assert f"Monthly Revenue 2020-10: {question}\n" in refused.err
    assert "add --replace" in refused.err
    assert recorded(kpi, "revenue", *second, "--replace").code == 0
    assert len(values(log)) == 2


def test_the_same_again_appends_nothing_and_a_new_note_does(kpi: Kpi, log: Path) -> None:
    recorded(kpi, *CLOSED)
    again = recorded(kpi, "revenue", "n/a")
    expected = "Monthly Revenue 2020-10: not applicable is already recorded; nothing changed\n"
    assert (again.code, again.err) == (0, expected)
    recorded(kpi, "revenue", "n/a", "--note", "closed for good")
    assert [line["note"] for line in lines(log)] == ["closed", "closed for good"]


def test_undo_takes_it_back_and_brings_it_back(kpi: Kpi, log: Path) -> None:
    recorded(kpi, "revenue", "480k")
    recorded(kpi, *CLOSED, "--yes")
    run = kpi("undo", "--yes")
    assert "  Monthly Revenue 2020-10: not applicable → 480,000 kr\n" in run.err
    kpi("undo", "--yes")
    kpi("undo", "--yes")
    kpi("undo", "--yes")
    last = lines(log)[-1]
    assert (last["value"], last["skip"], last["note"]) == (None, True, "closed")


def test_it_is_retracted_as_any_record(kpi: Kpi, log: Path) -> None:
    recorded(kpi, *CLOSED)
    run = kpi("retract", "revenue", "--period", "2020-10", "--yes")
    assert run.err == "Monthly Revenue 2020-10: not applicable taken back\n"
    assert "skip" not in lines(log)[-1]
    assert row(kpi, "--period", "2020-10")["reason"] == "nothing recorded for 2020-10"


def test_its_history_says_what_stood_and_what_stands(kpi: Kpi) -> None:
    recorded(kpi, "revenue", "480k")
    recorded(kpi, *CLOSED, "--yes")
    (standing,) = json.loads(kpi("history", "revenue", "--json").out)["records"]
    assert (standing["value"], standing["skip"], standing["note"]) == (None, True, "closed")
    assert "not applicable" in kpi("history", "revenue").out
    whole = kpi("history", "revenue", "--all").out
    assert "replaced by not applicable" in whole
    assert whole.count("stands") == 1


def test_all_about_a_kpi_shows_it_with_its_note(kpi: Kpi, log: Path) -> None:
    write(log, "05", "06", "07", "08", skip="07")
    shown = kpi("show", "revenue", "--as-of", "2020-09-05").out
    assert "2020-07           -  500,000 kr     -  ⚪ not applicable  closed\n" in shown
    assert "4 months" in shown


@pytest.mark.parametrize("form", ["csv", "jsonl", "json"])
def test_its_export_is_imported_as_what_it_is(kpi: Kpi, log: Path, form: str) -> None:
    recorded(kpi, *CLOSED)
    recorded(kpi, "churn", "4")
    before = kpi("history", "--json").out
    content = kpi("history", "--all", "--format", form).out
    if form == "json":
        content = "\n".join(json.dumps(one) for one in json.loads(content)["records"])
    assert kpi("import", "-", stdin=content).err.startswith("0 new, 2 already recorded")
    log.unlink()
    assert kpi("import", "-", stdin=content).code == 0
    assert kpi("history", "--json").out == before


def test_a_log_that_is_merged_brings_its_line_as_it_is(kpi: Kpi, log: Path) -> None:
    recorded(kpi, *CLOSED)
    line = log.read_text()
    log.unlink()
    assert kpi("import", "-", stdin=line).code == 0
    assert log.read_text() == line
    assert kpi("verify").code == 0


def test_in_a_table_that_is_imported_it_is_an_empty_cell(kpi: Kpi, log: Path) -> None:
    run = kpi("import", "-", stdin="period,revenue,churn\n2020-10,n/a,4\n")
    assert run.code == 0, run.err
    assert values(log) == ["churn 2020-10 4"]


def test_without_its_instant_it_is_recorded_and_not_imported(kpi: Kpi, log: Path) -> None:
    line = '{"kpi":"churn","period":"2020-10","value":null,"unit":"%","skip":true}'
    run = kpi("import", "-", stdin=line)
    assert run.code == 2
    assert "churn: n/a is imported only with its at" in run.err
    assert "with its at — kpi record … n/a" in run.err
    assert not log.exists()


def test_a_part_that_is_recorded_into_it_changes_nothing(kpi: Kpi) -> None:
    recorded(kpi, *CLOSED)
    run = recorded(kpi, "revenue", "5", period="2020-10-14")
    assert "2020-10 is recorded as a whole, so this part of it changes nothing" in run.err


def test_on_a_terminal_it_is_an_answer(terminal: Terminal, log: Path) -> None:
    month = last_closed()
    screen = terminal(
        "record", "churn", columns=200, typed=[(f"Churn {month} (target <5%): ", "n/a\n")]
    )
    assert screen.code == 0
    assert lines(log)[0]["skip"] is True
    assert b"Enter leaves one open, n/a is not applicable" in screen.sent


def test_a_program_says_it_too(board: Path, log: Path) -> None:
    (standing,) = load(board).record("revenue", "n/a", period="2020-10", note="closed")
    assert (standing.status, standing.actual, standing.skipped) == (
        *(Status.NO_DATA, None),
        ("2020-10",),
    )
    assert lines(log)[0]["skip"] is True
    (record,) = load(board).history("revenue")
    assert (record.value, record.skip) == (None, True)
