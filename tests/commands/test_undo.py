"""`kpi undo` as it is run: the last write of one's own, shown first and taken back whole."""

from pathlib import Path

import pytest

from tests.commands.recording import TOML, lines, recorded, values
from tests.installed import Kpi, Run

HEAD = "kpi,period,value\n"


@pytest.fixture(autouse=True)
def board(tmp_path: Path) -> Path:
    path = tmp_path / "kpis.toml"
    path.write_text(TOML)
    return path


def undone(kpi: Kpi, *args: str) -> Run:
    return kpi("undo", "--yes", *args)


def standing(kpi: Kpi) -> list[str]:
    """What stands, as `Churn 2020-10 4%`."""
    return [" ".join(line.split()[:-3]) for line in kpi("history").out.splitlines()]


def test_what_stood_before_is_recorded_anew_with_its_note(kpi: Kpi, log: Path) -> None:
    recorded(kpi, "churn", "4", "--note", "counted by hand", "--by", "ann")
    recorded(kpi, "churn", "3", "--yes")
    before = log.read_bytes()
    run = undone(kpi)
    at = lines(log)[1]["at"]
    assert (run.code, run.out) == (0, "")
    assert run.err == (
        f"the last write of tester, at {at}: 1 actual\n"
        "  Churn 2020-10: 3% → 4%\n"
        "1 actual taken back; kpi undo once more redoes that\n"
    )
    assert log.read_bytes().startswith(before)
    new = lines(log)[2]
    assert (new["value"], new["by"], new["note"]) == (4, "tester", "counted by hand")


def test_where_nothing_stood_nothing_stands(kpi: Kpi, log: Path) -> None:
    recorded(kpi, "churn", "4")
    assert "  Churn 2020-10: 4% → nothing\n" in undone(kpi).err
    assert values(log) == ["churn 2020-10 4", "churn 2020-10 None"]
    assert not standing(kpi)


def test_undoing_an_undo_redoes(kpi: Kpi, log: Path) -> None:
    recorded(kpi, "churn=4", "revenue=480000")
    for expected in ([], ["Monthly Revenue 2020-10 480,000 kr", "Churn 2020-10 4%"]) * 2:
        assert undone(kpi).code == 0
        assert standing(kpi) == expected
    assert len(lines(log)) == 10


def test_an_import_is_taken_back_whole(kpi: Kpi, board: Path, log: Path) -> None:
    board.write_text('[kpis.visits]\nfrequency = "daily"\n')
    recorded(kpi, "visits", "7", period="2020-01-01")
    days = [
        f"20{year:02}-{month:02}-{day:02}"
        for year in range(3)
        for month in range(1, 13)
        for day in range(1, 29)
    ][:1000]
    content = HEAD + "".join(f"visits,{day},8\n" for day in [*days[:999], "2020-01-01"])
    assert kpi("import", "-", "--yes", stdin=content).code == 0
    run = undone(kpi)
    assert run.code == 0
    said = run.err.splitlines()
    assert said[0].endswith(": 1,000 actuals")
    assert said[1:3] == [f"  visits 2000-01-0{day}: 8 → nothing" for day in (1, 2)]
    assert len(said) == 13
    assert said[11:] == [
        "  and 990 more",
        "1,000 actuals taken back; kpi undo once more redoes that",
    ]
    assert standing(kpi) == ["visits 2020-01-01 7"]
    assert len({line["at"] for line in lines(log)[1001:]}) == 1
    assert undone(kpi).code == 0
    assert len(standing(kpi)) == 1000


def test_a_write_before_the_last_is_left_alone(kpi: Kpi) -> None:
    recorded(kpi, "churn", "4", period="2020-09")
    recorded(kpi, "churn", "3")
    undone(kpi)
    assert standing(kpi) == ["Churn 2020-09 4%"]


def test_it_is_ones_own_write_whatever_others_recorded(kpi: Kpi) -> None:
    recorded(kpi, "churn", "4", "--by", "ann")
    recorded(kpi, "revenue", "480000", "--by", "bob")
    assert undone(kpi, "--by", "ann").code == 0
    assert standing(kpi) == ["Monthly Revenue 2020-10 480,000 kr"]
    run = undone(kpi)
    assert (run.code, run.out) == (2, "")
    assert run.err == (
        "kpi: error: nothing in the log was recorded by tester\n"
        "hint: whose write is it? kpi undo --by NAME\n"
    )
    assert undone(kpi, "--by", "").code == 2


def test_who_it_is_may_be_said_by_the_environment(kpi: Kpi) -> None:
    recorded(kpi, "churn", "4", "--by", "ann")
    assert kpi("undo", "-y", env={"KPI_BY": "ann"}).code == 0
    assert not standing(kpi)


def test_a_part_of_a_period_that_was_recorded_since_is_another_actual(kpi: Kpi) -> None:
    recorded(kpi, "revenue", "480000")
    recorded(kpi, "revenue", "5", "--by", "bob", period="2020-10-01")
    assert undone(kpi).code == 0
    assert standing(kpi) == ["Monthly Revenue 2020-10-01 5 kr"]


def test_a_retraction_is_taken_back_too(kpi: Kpi) -> None:
    recorded(kpi, "churn", "4")
    assert kpi("retract", "churn", "--period", "2020-10", "-y").code == 0
    assert "  Churn 2020-10: nothing → 4%\n" in undone(kpi).err
    assert standing(kpi) == ["Churn 2020-10 4%"]


def test_a_kpi_that_has_another_id_by_now(kpi: Kpi, board: Path, log: Path) -> None:
    recorded(kpi, "churn", "4")
    recorded(kpi, "churn", "3", "--yes")
    board.write_text(TOML.replace("[kpis.churn]", '[kpis.lost]\nformerly = ["churn"]'))
    assert undone(kpi).code == 0
    assert values(log)[-1] == "lost 2020-10 4"
    assert standing(kpi) == ["Churn 2020-10 4%"]


def test_in_a_folder_log_it_goes_to_ones_own_file(kpi: Kpi, board: Path) -> None:
    board.write_text('log = "kpis.log/"\n' + TOML)
    recorded(kpi, "churn", "4", "--by", "bob")
    recorded(kpi, "churn", "3", "--by", "ann", "--yes")
    assert undone(kpi, "--by", "ann").code == 0
    ann, bob = sorted((kpi.folder / "kpis.log").iterdir())
    assert (values(ann), values(bob)) == (
        ["churn 2020-10 3", "churn 2020-10 4"],
        ["churn 2020-10 4"],
    )
    run = undone(kpi, "--by", "bob")
    assert run.code == 2
    assert "was recorded again since: 4% by ann" in run.err


def test_quiet_says_nothing(kpi: Kpi, log: Path) -> None:
    recorded(kpi, "churn", "4")
    run = undone(kpi, "-q")
    assert (run.code, run.out, run.err) == (0, "", "")
    assert len(values(log)) == 2


def test_what_people_wrote_reaches_the_terminal_as_text(kpi: Kpi, board: Path) -> None:
    board.write_text(TOML.replace('"Churn"', '"A\\u001b[31mB"'))
    recorded(kpi, "churn", "4", "--by", "a\x1b[2Jb")
    run = undone(kpi, "--by", "a\x1b[2Jb")
    assert run.code == 0
    assert "\x1b" not in run.err
    assert r"of a\x1b[2Jb, at" in run.err
    assert r"  A\x1b[31mB 2020-10: 4%" in run.err


def test_options_stand_before_the_command_too(kpi: Kpi) -> None:
    recorded(kpi, "churn", "4", "--by", "ann")
    assert kpi("--by", "ann", "--yes", "undo").code == 0
    assert not standing(kpi)
