"""`kpi note`: why a KPI moved, computed ones too; a line of the log like any other."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.installed import Kpi, Terminal

TOML = """\
[kpis.revenue]
name = "Revenue"
formerly = ["sales"]
target = "500 kr"
[kpis.orders]
name = "Orders"
[kpis.value]
name = "Order value"
formula = "revenue / orders"
unit = "kr"
target = "10 kr"
[kpis.visits]
name = "Visits"
frequency = "daily"
"""
LOG = "".join(
    f'{{"kpi":"{kpi}","period":"2020-{month:02}","value":{value},"at":"2020-12-02T08:00:00Z"}}\n'
    for month in range(7, 11)
    for kpi, value in (("revenue", 400 + month), ("orders", 50))
)
P = ("--period", "2020-10")


@pytest.fixture(autouse=True)
def log(tmp_path: Path) -> Path:
    (tmp_path / "kpis.toml").write_text(TOML)
    path = tmp_path / "kpis.jsonl"
    path.write_text(LOG)
    return path


def noted(kpi: Kpi, *args: str, by: str = "ann", code: int = 0) -> str:
    run = kpi("note", *args, "--by", by)
    assert (run.code, run.out) == (code, ""), run.err
    return run.err


def notes(kpi: Kpi, *args: str) -> list[str]:
    """What stands, as `value 2020-10 ann: why`."""
    rows = json.loads(kpi("history", "--json", *args).out)["notes"]
    return [f"{row['kpi']} {row['period']} {row['by']}: {row['note']}" for row in rows]


def test_it_is_said_back_and_stands_on_a_formula(kpi: Kpi, log: Path) -> None:
    assert noted(kpi, "order value", *P, "New", "bidding") == (
        "Order value 2020-10: noted: New bidding\n"
    )
    assert notes(kpi) == ["value 2020-10 ann: New bidding"]
    line: dict[str, Any] = json.loads(log.read_text().splitlines()[-1])
    assert list(line) == ["id", "kpi", "period", "value", "at", "by", "note", "about"]
    assert (line["kpi"], line["value"], line["about"]) == ("kpi_note", None, "value")


def test_without_a_period_it_is_the_last_closed_one(kpi: Kpi) -> None:
    first, second = noted(kpi, "value", "why").splitlines()
    assert first.startswith("noting for the last closed month, 2")
    assert second.endswith(": noted: why")


def test_each_writer_has_one_on_a_kpi_and_period(kpi: Kpi) -> None:
    noted(kpi, "value", *P, "one")
    noted(kpi, "value", *P, "two", by="bob")
    noted(kpi, "revenue", *P, "three")
    assert noted(kpi, "value", *P, "four", code=2) == (
        "kpi: error: Order value 2020-10: replace your note «one»?\n"
        "hint: nothing recorded; if that is right, add --yes\n"
    )
    noted(kpi, "value", *P, "four", "--replace")
    assert notes(kpi) == [
        "revenue 2020-10 ann: three",
        "value 2020-10 bob: two",
        "value 2020-10 ann: four",
    ]


def test_the_same_again_appends_nothing(kpi: Kpi, log: Path) -> None:
    noted(kpi, "value", *P, "why")
    before = log.read_bytes()
    assert noted(kpi, "value", *P, "why") == (
        "Order value 2020-10: nothing changed; that note stands already\n"
    )
    assert noted(kpi, "value", *P, "--remove", by="bob") == (
        "Order value 2020-10: nothing changed; no note by bob\n"
    )
    noted(kpi, "value", *P, "other", "--dry-run")
    assert log.read_bytes() == before


def test_it_is_taken_back_and_undone_like_any_record(kpi: Kpi) -> None:
    noted(kpi, "value", *P, "one")
    noted(kpi, "value", *P, "two", "--yes")
    run = kpi("undo", "--yes", "--by", "ann")
    assert run.err.splitlines()[1:] == [
        "  Order value 2020-10: two → one",
        "1 note taken back; kpi undo once more redoes that",
    ]
    assert notes(kpi) == ["value 2020-10 ann: one"]
    kpi("undo", "--yes", "--by", "ann")
    assert notes(kpi) == ["value 2020-10 ann: two"]
    assert noted(kpi, "value", *P, "--remove", "-y") == "Order value 2020-10: note taken back\n"
    assert notes(kpi) == []
    assert len(notes(kpi, "--all")) == 5


def test_undo_of_one_writer_leaves_the_others_alone(kpi: Kpi) -> None:
    noted(kpi, "value", *P, "one")
    noted(kpi, "value", *P, "two", by="bob")
    assert kpi("undo", "--yes", "--by", "ann").code == 0
    assert notes(kpi) == ["value 2020-10 bob: two"]


def test_an_actual_and_its_note_are_two_things(kpi: Kpi) -> None:
    noted(kpi, "revenue", *P, "why")
    kpi("retract", "revenue", *P, "--yes")
    assert notes(kpi, "revenue") == ["revenue 2020-10 ann: why"]
    rows = json.loads(kpi("history", "revenue", "--json").out)["records"]
    assert [row["period"] for row in rows] == ["2020-07", "2020-08", "2020-09"]


@pytest.mark.parametrize(
    "words",
    [
        ("status", "--json"),
        ("status", "--attention"),
        ("history", "--format", "csv"),
        ("explain", "value"),
        ("check", "--ignore", "E04"),
        ("due", "--json"),
    ],
    ids=" ".join,
)
def test_no_number_is_another_one(kpi: Kpi, words: tuple[str, ...]) -> None:
    before = kpi(*words, "--as-of", "2020-12-05")
    noted(kpi, "value", *P, "why")
    noted(kpi, "revenue", *P, "why")
    assert kpi(*words, "--as-of", "2020-12-05") == before


def test_notes_alone_are_no_actuals(kpi: Kpi, log: Path) -> None:
    log.write_text("")
    noted(kpi, "value", *P, "why")
    assert kpi("status").err == "no actuals yet: kpi record revenue VALUE\n"


def test_the_other_clock_knows_no_later_note(kpi: Kpi) -> None:
    noted(kpi, "value", *P, "why")
    assert notes(kpi, "--as-of", "2020-12-05") == []


def test_machines_and_people_see_it_beside_the_number(kpi: Kpi) -> None:
    noted(kpi, "value", *P, "why")
    noted(kpi, "value", "--period", "2020-10-12", "fire", by="bob")
    row = next(row for row in kpi("show", "value").out.splitlines() if row.startswith("2020-10"))
    assert row.endswith("fire; why")
    told = json.loads(kpi("show", "value", "--json").out)
    assert told["periods"][0]["note"] == "fire; why"
    assert [(note["period"], note["by"]) for note in told["notes"]] == [
        ("2020-10-12", "bob"),
        ("2020-10", "ann"),
    ]
    assert " | ann | why |" in kpi("report", "--format", "markdown").out


def test_one_that_no_row_shows_is_listed(kpi: Kpi) -> None:
    noted(kpi, "value", "--period", "2020-07", "why")
    out = kpi("show", "value", "--periods", "2").out
    assert "Notes\nOrder value  2020-07  why" in out


def test_rule_e04_takes_it_as_an_explanation(kpi: Kpi) -> None:
    check = ("check", "value", "--select", "E04", "--as-of", "2099-12-31")
    assert "and no note says why" in kpi(*check).out
    noted(kpi, "value", *P, "New bidding")
    assert kpi(*check).out == ""


def test_verify_and_repair_take_it_for_a_record(kpi: Kpi, log: Path) -> None:
    log.write_text("")
    noted(kpi, "sales", *P, "why")
    assert kpi("verify").err == "1 record, 0 faults\n"
    log.write_bytes(log.read_bytes() * 2)
    assert "same record as on line 1" in kpi("verify").out
    assert "Duplicates out    1" in kpi("repair").out
    text = TOML.replace("[kpis.revenue]", "[kpis.income]").replace('formerly = ["sales"]', "")
    (log.parent / "kpis.toml").write_text(text.replace("revenue /", "income /"))
    assert "no definition has the KPI 'revenue'" in kpi("verify").out


def test_a_former_id_keeps_its_notes(kpi: Kpi, log: Path) -> None:
    noted(kpi, "revenue", *P, "why")
    text = TOML.replace("[kpis.revenue]", "[kpis.income]").replace("revenue /", "income /")
    (log.parent / "kpis.toml").write_text(text.replace('"sales"', '"revenue"'))
    assert notes(kpi) == ["income 2020-10 ann: why"]


def test_a_damaged_one_hides_no_actual(kpi: Kpi, log: Path) -> None:
    noted(kpi, "value", *P, "why")
    log.write_text(log.read_text().replace('"note":"why"', '"note":"whx"'))
    run = kpi("status", "value", "--json", "--as-of", "2099-12-31")
    assert (run.code, json.loads(run.out)["kpis"][0]["actual"]) == (3, 8.2)


def test_logs_that_were_written_apart_merge(kpi: Kpi, log: Path, tmp_path: Path) -> None:
    noted(kpi, "value", *P, "one")
    ours = log.read_bytes().splitlines(keepends=True)[-1]
    log.write_text(LOG)
    noted(kpi, "value", *P, "two", by="bob")
    (tmp_path / "other.jsonl").write_bytes(ours)
    assert kpi("import", "other.jsonl", "--yes").code == 0
    assert notes(kpi) == ["value 2020-10 ann: one", "value 2020-10 bob: two"]
    lines = log.read_text().splitlines(keepends=True)
    log.write_text("".join(reversed(lines)) * 2)
    assert notes(kpi) == ["value 2020-10 ann: one", "value 2020-10 bob: two"]


def test_the_clock_may_go_back(kpi: Kpi, log: Path) -> None:
    """A later note of one's own stands, whatever the clock of the earlier one said."""
    with log.open("a") as file:
        file.write(
            '{"kpi":"kpi_note","period":"2020-10","value":null,"at":"2999-01-01T00:00:00Z",'
            '"by":"ann","note":"old","about":"value"}\n'
        )
    noted(kpi, "value", *P, "new", "--yes")
    assert notes(kpi) == ["value 2020-10 ann: new"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        pytest.param(("value",), "the note is empty", id="no text"),
        pytest.param(("value", " "), "the note is empty", id="a blank"),
        pytest.param(("value", "x", "--remove"), "--remove takes no text", id="both"),
        pytest.param(("value", "2020-10", "x"), "hint: --period 2020-10", id="a period first"),
        pytest.param(("nix", "x"), "unknown KPI 'nix'", id="an unknown KPI"),
        pytest.param(("value", "x", "--period", "2098-01"), "has not begun", id="to come"),
        pytest.param(("value", "x", "--period", "2020"), "and 2020 is no month", id="too long"),
        pytest.param(("visits", "x", "--period", "2020-10"), "is no day", id="of a daily KPI"),
        pytest.param(("value", "x" * 2001), "longer than 2,000", id="too long a text"),
    ],
)
def test_what_is_no_note_is_refused(
    kpi: Kpi, log: Path, words: tuple[str, ...], message: str
) -> None:
    assert message in noted(kpi, *words, code=2)
    assert log.read_text() == LOG


def test_the_longest_note_fits_whatever_it_is_made_of(kpi: Kpi) -> None:
    text = "\x07" * 2000
    noted(kpi, "value", *P, text)
    assert notes(kpi) == [f"value 2020-10 ann: {text}"]


def test_a_note_is_data_on_a_terminal(kpi: Kpi, terminal: Terminal) -> None:
    noted(kpi, "value", *P, "[red]\x1b[31m")
    sent = terminal("history", "value", columns=50).sent
    assert b"[red]\\x1b[31m" in sent


def test_no_kpi_may_have_the_id_of_notes(kpi: Kpi, tmp_path: Path) -> None:
    (tmp_path / "kpis.toml").write_text("[kpis.kpi_note]\n")
    assert "'kpi_note' is what notes stand under in the log" in kpi("status").err
