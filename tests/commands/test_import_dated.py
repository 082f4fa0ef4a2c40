"""`kpi import` of what was recorded before: each row has an `at`, its own time."""

from pathlib import Path

import pytest

from tests.commands.recording import TOML, lines, recorded, values
from tests.installed import Kpi, Run


@pytest.fixture(autouse=True)
def board(tmp_path: Path) -> Path:
    path = tmp_path / "kpis.toml"
    path.write_text(TOML)
    return path


NOT_UNDONE = "kpi undo does not take back records that were imported with their own time\n"


def imported(kpi: Kpi, content: str, *args: str) -> Run:
    return kpi("import", "-", *args, stdin=content)


def test_an_at_is_when_it_was_recorded(kpi: Kpi, log: Path) -> None:
    content = (
        "kpi,period,value,by,at\n"
        "churn,2020-10,4,ann,2020-11-02T10:00:00+02:00\n"
        "churn,2020-09,,ann,2020-11-02T08:00:00.5Z\n"
        "revenue,2020-10,480000,,2020-11-02T08:00:00Z\n"
    )
    assert imported(kpi, content).code == 0
    told = [(one["value"], one["at"], one.get("by")) for one in lines(log)]
    assert told == [
        (4, "2020-11-02T08:00:00.000000Z", "ann"),
        (None, "2020-11-02T08:00:00.500000Z", "ann"),
        (480000, "2020-11-02T08:00:00.000000Z", None),
    ]
    assert imported(kpi, content).err == "0 new, 3 already recorded\n"
    assert len(lines(log)) == 3


def test_an_older_record_that_comes_in_later_changes_nothing_that_stands(
    kpi: Kpi, log: Path
) -> None:
    recorded(kpi, "churn", "4")
    late = "kpi,period,value,at\nchurn,2020-10,400,2020-11-02T08:00:00Z\n"
    assert imported(kpi, late).err == f"1 new, 0 already recorded\n{NOT_UNDONE}"
    assert len(values(log)) == 2
    assert "4%" in kpi("history").out


def test_a_dry_run_names_the_time_of_what_has_one(kpi: Kpi, log: Path) -> None:
    content = "kpi,period,value,at\nchurn,2020-10,4,2020-11-02T08:00:00Z\n"
    assert imported(kpi, content, "--dry-run").err == (
        "dry run: Churn 2020-10: as it was recorded at 2020-11-02T08:00:00.000000Z\n"
        "dry run: 1 new, 0 already recorded\n"
    )
    assert not log.exists()


@pytest.mark.parametrize(
    ("value", "said"),
    [
        pytest.param("5", "5% would replace 4%", id="another value"),
        pytest.param("", "nothing would replace 4%", id="taking it back"),
    ],
)
def test_a_later_record_that_changes_what_stands_is_asked_about(
    kpi: Kpi, log: Path, value: str, said: str
) -> None:
    old = "kpi,period,value,at\nchurn,2020-10,4,2020-11-02T08:00:00Z\n"
    assert imported(kpi, old).code == 0
    before = log.read_bytes()
    later = f"kpi,period,value,at\nchurn,2020-10,{value},2020-11-03T08:00:00Z\n"
    run = imported(kpi, later)
    assert (run.code, run.err.splitlines()[0]) == (2, f"stdin:2: Churn 2020-10: {said}")
    assert log.read_bytes() == before
    assert imported(kpi, later, "--yes").code == 0
    assert len(values(log)) == 2
