"""`kpi import` of a target column, and of what a source of the definitions says."""

from pathlib import Path

import pytest

from tests.commands.recording import values
from tests.installed import Kpi

TOML = """\
[kpis.passengers]
name = "Passengers"
unit = "pax"
rollup = "sum"

[kpis.churn]
target = "<8%"   # as agreed

[sources.sheet]
file = "exports/*.csv"
columns = { period = "Måned", passengers = "Antall" }
round = 0
[sources.base]
url = "sqlite:base.db"
"""
LONG = """\
kpi,period,value,target
passengers,2026-08,91200,88000
passengers,2026-09,84700,86500
passengers,2026-10,84900,86500
churn,2026-10,7,<8%
"""


@pytest.fixture(autouse=True)
def board(tmp_path: Path) -> Path:
    path = tmp_path / "kpis.toml"
    path.write_text(TOML, "utf-8")
    return path


def test_the_targets_come_out_as_what_to_paste(kpi: Kpi, board: Path) -> None:
    run = kpi("import", "-", stdin=LONG)
    assert run.code == 0
    assert run.out == (
        "# kpis.toml, under [kpis.passengers]\n"
        'targets = { "2026-08" = "88,000 pax", "2026-09" = "86,500 pax" }\n'
    )
    assert board.read_text("utf-8") == TOML


def test_targets_are_added_behind_all_that_there_is(kpi: Kpi, board: Path) -> None:
    run = kpi("import", "-", "--targets", stdin=LONG)
    assert (run.code, run.out) == (0, "")
    assert run.err.endswith("added the targets of 1 KPI to kpis.toml\n")
    text = board.read_text("utf-8")
    assert text.startswith(TOML)
    assert text[len(TOML) :] == (
        '\n[kpis.passengers.targets]\n"2026-08" = "88,000 pax"\n"2026-09" = "86,500 pax"\n'
    )
    assert "on target" in kpi("status", "passengers", "--period", "2026-08").out
    again = kpi("import", "-", "--targets", stdin=LONG)
    assert (again.code, again.out) == (0, "")
    assert board.read_text("utf-8") == text


def test_a_kpi_that_has_a_target_keeps_it(kpi: Kpi, board: Path) -> None:
    content = "kpi,period,value,target\nchurn,2026-10,7,<6%\n"
    run = kpi("import", "-", "--targets", stdin=content)
    assert run.code == 0
    assert run.out == '# kpis.toml, under [kpis.churn]\ntargets = { "2026-10" = "<6%" }\n'
    assert board.read_text("utf-8") == TOML


def test_a_dry_run_adds_no_targets(kpi: Kpi, board: Path, log: Path) -> None:
    run = kpi("import", "-", "--targets", "--dry-run", stdin=LONG)
    assert "targets = {" in run.out
    assert board.read_text("utf-8") == TOML
    assert not log.exists()


def test_a_target_beside_the_name_of_a_row_holds_from_the_first_period(kpi: Kpi) -> None:
    content = "KPI,Target,2026-08,2026-09\nPassengers,88000,91200,84700\n"
    assert kpi("import", "-", stdin=content).out.endswith(
        'targets = { "2026-08" = "88,000 pax" }\n'
    )


def test_a_target_in_another_unit_is_refused(kpi: Kpi, log: Path) -> None:
    run = kpi("import", "-", stdin="kpi,period,value,target\npassengers,2026-10,5,88 kr\n")
    assert run.code == 2
    assert run.err.startswith("stdin:2: passengers: its target is in kr, and it is counted in pax")
    assert not log.exists()


def test_a_source_names_its_files_and_columns(kpi: Kpi, log: Path) -> None:
    exports = kpi.folder / "exports"
    exports.mkdir()
    (exports / "a.csv").write_text("Måned;Antall;Rest\n2026-08;91200,4;x\n", "utf-8")
    (exports / "b.csv").write_text("Måned;Antall;Rest\n2026-09;84700,5;x\n", "utf-8")
    run = kpi("import", "--source", "sheet")
    assert run.code == 0, run.err
    assert run.err.endswith("2 new, 0 already recorded, 2 rounded\n")
    assert values(log) == ["passengers 2026-08 91200", "passengers 2026-09 84701"]


def test_a_file_may_be_named_and_a_flag_goes_before_a_key(kpi: Kpi, log: Path) -> None:
    content = "Måned;Antall\n2026-08;91200,4\n"
    run = kpi("import", "--source", "sheet", "-", "--round", "1", stdin=content)
    assert run.code == 0, run.err
    assert values(log) == ["passengers 2026-08 91200.4"]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--source", "base"], "the source base is no file to import\nhint: kpi pull base asks it"),
        (["--source", "shet"], "no source is called 'shet'\nhint: did you mean 'sheet'?"),
        (["--source", "sheet"], "exports/*.csv: no such file"),
        (["-", "--columns", "period"], "--columns takes pairs, and 'period' is not one"),
        (["-", "--columns", "ordrs=x"], "unknown KPI 'ordrs'"),
        (["-", "--round", "13"], "--round must be a number from 0 to 12"),
        (["-", "--rows", "add"], "--rows cannot be 'add'"),
        (["-", "--layout", "deep"], "--layout cannot be 'deep'"),
        (["-", "--dates", "mine"], "--dates is own, days, day-first or month-first"),
        (["-", "--columns", "period=When"], "stdin:1: no column 'When'"),
        (["-", "--encoding", "utf-9"], "no encoding is called 'utf-9'"),
    ],
)
def test_what_can_not_be_is_named(kpi: Kpi, log: Path, args: list[str], said: str) -> None:
    run = kpi("import", *args, stdin=LONG)
    assert (run.code, run.out) == (2, "")
    assert said in run.err
    assert not log.exists()


def test_replace_takes_changes_and_still_refuses_what_looks_odd(kpi: Kpi, log: Path) -> None:
    head = "period,passengers\n"
    assert kpi("import", "-", stdin=f"{head}2026-08,480\n2026-09,510\n").code == 0
    odd = f"{head}2026-08,482\n2026-10,51000\n"
    run = kpi("import", "-", "--replace", stdin=odd)
    assert run.code == 2
    assert run.err.startswith("stdin:3: Passengers 2026-10: 51,000 pax is 100 times the 510 pax")
    assert kpi("import", "-", "--replace", stdin=f"{head}2026-08,482\n").code == 0
    assert values(log)[-1] == "passengers 2026-08 482"


def test_parts_of_a_period_that_stands_as_a_whole_are_named(kpi: Kpi) -> None:
    kpi("record", "passengers", "512", "--period", "2026-10")
    run = kpi(
        "import", "-", "--dates", "days", stdin="date,passengers\n2026-10-01,5\n2026-10-02,6\n"
    )
    assert run.code == 0, run.err
    assert run.err.endswith(
        "Passengers: 2026-10 is recorded as a whole, so these 2 parts of it change nothing\n"
    )


def test_equal_rows_of_what_adds_up_deserve_a_word(kpi: Kpi) -> None:
    run = kpi("import", "-", stdin="period,passengers\n2026-10,5\n2026-10,5\n")
    assert run.err == (
        "1 new, 0 already recorded, 1 twice, counted once\n"
        "equal rows of one KPI and period count once; to add them up: --rows sum\n"
    )
