"""The unit that an actual was recorded in is kept, converted or said; never relabelled."""

import json
from pathlib import Path

import pytest

from tests.installed import Kpi

HOURS = '[kpis.response]\nname = "Response"\ntarget = "<4 h"\n'
MONTH = ("--period", "2026-10")


def recorded(kpi: Kpi, toml: str, value: str) -> None:
    (kpi.folder / "kpis.toml").write_text(toml, "utf-8")
    run = kpi("record", "response", value, "--period", "2026-10", "--by", "ann")
    assert run.code == 0, run.err


def redefined(kpi: Kpi, target: str) -> None:
    (kpi.folder / "kpis.toml").write_text(HOURS.replace("<4 h", target), "utf-8")


def log(folder: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (folder / "kpis.jsonl").read_text("utf-8").splitlines()]


def test_the_unit_is_written_behind_the_value(kpi: Kpi) -> None:
    recorded(kpi, HOURS, "90 min")
    (line,) = log(kpi.folder)
    assert list(line) == ["id", "kpi", "period", "value", "unit", "at", "by"]
    assert (line["value"], line["unit"]) == (1.5, "h")


def test_a_record_of_a_kpi_without_a_unit_has_none(kpi: Kpi) -> None:
    recorded(kpi, HOURS.replace("<4 h", "<4"), "3")
    assert "unit" not in log(kpi.folder)[0]


@pytest.mark.parametrize(
    ("target", "row"),
    [
        pytest.param("<240 min", "Response  <240 min  270 min  🔴 off target  +30 min", id="min"),
        pytest.param("<4 hours", "Response  <4 hours  4.5 hours  🔴 off target", id="spelled"),
        pytest.param("<1 d", "Response  <1 d  0.1875 d  🟢 on target", id="days"),
    ],
)
def test_a_duration_is_converted(kpi: Kpi, target: str, row: str) -> None:
    recorded(kpi, HOURS, "4.5")
    redefined(kpi, target)
    words = kpi("status", *MONTH).out.split()
    assert words[: len(row.split())] == row.split()


def test_a_duration_that_was_converted_is_confirmed_in_few_decimals(kpi: Kpi) -> None:
    recorded(kpi, HOURS.replace("<4 h", "<1 h"), "50 min")
    first = kpi("record", "response", "59 min 59 s", *MONTH, "--replace")
    assert first.err.startswith("Response 2026-10: 0.9997 h, on target (target <1 h); was 0.83 h")
    assert '"value":0.999722222222,' in (kpi.folder / "kpis.jsonl").read_text("utf-8")
    assert ": 1.00 h taken back" in kpi("retract", "response", *MONTH, "--yes").err
    assert ": nothing → 1.00 h\n" in kpi("undo", "--yes").err


def test_a_conversion_without_an_end_is_exact(kpi: Kpi) -> None:
    recorded(kpi, HOURS.replace("<4 h", "<4 min"), "10")
    redefined(kpi, "<1 h")
    status = json.loads(kpi("status", "--json", *MONTH).out)
    assert status["kpis"][0]["actual"] == 0.166666666667
    assert "(1/6)" in kpi("explain", "response", *MONTH).out


def test_any_other_unit_is_no_data_with_the_reason(kpi: Kpi) -> None:
    recorded(kpi, HOURS, "4.5")
    redefined(kpi, "<4 kr")
    status = json.loads(kpi("status", "--json", *MONTH).out)
    row = status["kpis"][0]
    assert (row["status"], row["actual"]) == ("no_data", None)
    assert row["reason"] == "recorded in h, defined in kr"
    assert kpi("status", *MONTH).code == 0
    run = kpi("check")
    assert run.code == 1
    assert "E09" in run.out
    assert "1 record of Response can't be shown: recorded in h, defined in kr" in run.out
    assert "4.5 h" in kpi("history").out
    assert "  ann  recorded in h, defined in kr" in kpi("history", "--all").out
    assert "take 4.5 h back?" in kpi("retract", "response", *MONTH).err
    assert kpi("verify").code == 0


def test_a_new_record_in_the_unit_heals_it(kpi: Kpi) -> None:
    recorded(kpi, HOURS, "4.5")
    redefined(kpi, "<4 kr")
    assert kpi("record", "response", "3", "--period", "2026-10").code == 0
    assert "3 kr" in kpi("status", *MONTH).out


@pytest.mark.parametrize(("unit", "own"), [("$", " USD"), ("% uptime", "%")])
def test_two_words_for_one_unit(kpi: Kpi, unit: str, own: str) -> None:
    recorded(kpi, HOURS, "3")
    line = log(kpi.folder)[0] | {"unit": unit}
    del line["id"]
    (kpi.folder / "kpis.jsonl").write_text(f"{json.dumps(line)}\n", "utf-8")
    redefined(kpi, f"<4{own}")
    assert f"  3{own}  " in kpi("status", *MONTH).out


@pytest.mark.parametrize("format", ["csv", "jsonl"])
def test_a_history_comes_back_with_its_units(kpi: Kpi, format: str) -> None:
    recorded(kpi, HOURS, "4.5")
    redefined(kpi, "<240 min")
    export = kpi("history", "--all", "--format", format).out
    before = kpi("status", *MONTH).out
    (kpi.folder / "kpis.jsonl").unlink()
    run = kpi("import", "-", stdin=export)
    assert run.code == 0, run.err
    assert log(kpi.folder)[0]["unit"] == "h"
    assert kpi("status", *MONTH).out == before


def test_what_was_undone_comes_back_in_its_unit(kpi: Kpi) -> None:
    recorded(kpi, HOURS, "4.5")
    redefined(kpi, "<240 min")
    assert kpi("record", "response", "100", "--period", "2026-10", "--yes", "--by", "ann").code == 0
    assert "Response 2026-10: 100 min → 4.5 h\n" in kpi("undo", "--yes", "--by", "ann").err
    assert (log(kpi.folder)[2]["value"], log(kpi.folder)[2]["unit"]) == (4.5, "h")
    assert "270 min" in kpi("status", *MONTH).out
