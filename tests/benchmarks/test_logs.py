"""What the benchmarks measure is a log as kpi writes it, and the same one every time."""

from collections import Counter
from pathlib import Path

import pytest

from kpicli.model.period import read_period
from kpicli.services.load import damages_of
from kpicli.store.log.codec import write_line
from tests.benchmarks.logs import AS_OF, definitions, lines, write, write_csv
from tests.installed import Kpi
from tests.store.logs import read, warnings

THOUSAND = 1000


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with definitions and a log of a thousand records."""
    folder = tmp_path_factory.mktemp("board")
    write(folder, THOUSAND)
    return folder


@pytest.mark.parametrize("records", [10, THOUSAND])
def test_one_seed_gives_one_log_of_just_that_many_records(records: int) -> None:
    made = lines(records)
    assert (len(made), made) == (records, lines(records))
    assert made != lines(records, seed=2)


def test_every_line_is_sound_and_later_than_the_one_before(board: Path) -> None:
    found, reading = read(board / "kpis.jsonl")
    assert (len(found), damages_of(reading), warnings(reading)) == (THOUSAND, [], [])
    assert [one.at for one in found] == sorted(one.at for one in found)
    assert found[-1].at[:10] == AS_OF.isoformat()


def test_no_period_is_recorded_before_it_is_over(board: Path) -> None:
    found, _ = read(board / "kpis.jsonl")
    assert all(str(read_period(one.period).end) <= one.at[:10] for one in found)


def test_every_line_is_what_kpi_itself_writes(board: Path) -> None:
    found, _ = read(board / "kpis.jsonl")
    assert b"".join(write_line(one.record(one.kpi))[0] for one in found) == (
        (board / "kpis.jsonl").read_bytes()
    )


def test_the_log_holds_what_is_hard_to_read(board: Path) -> None:
    found, _ = read(board / "kpis.jsonl")
    pairs = Counter((one.kpi, one.period) for one in found)
    assert write(board, THOUSAND) == len(pairs) < THOUSAND
    assert {len(period) for _, period in pairs} == {len("2026-10-31"), len("2026-W44")} | {7}
    assert len({one.by for one in found}) == 8
    assert any(one.value == "null" for one in found)
    assert any(not one.note.isascii() for one in found)


@pytest.mark.parametrize("kpis", [200, pytest.param(2000, marks=pytest.mark.exhaustive)])
def test_definitions_are_of_that_many_kpis(kpi: Kpi, kpis: int) -> None:
    (kpi.folder / "kpis.toml").write_text(definitions(kpis))
    run = kpi("status", "--as-of", str(AS_OF))
    assert (run.code, run.out.count("\n")) == (0, kpis)


def test_kpi_status_reads_the_log(kpi: Kpi, board: Path) -> None:
    run = kpi("status", "--as-of", str(AS_OF), cwd=board)
    assert (run.code, run.out.count("\n"), run.err) == (0, 200, "")
    assert run.out.count("no data") < 10


def test_a_table_names_no_kpi_and_period_twice(tmp_path: Path) -> None:
    write_csv(tmp_path, THOUSAND)
    head, *rows = (tmp_path / "kpis.csv").read_text().splitlines()
    assert head == "kpi,period,value"
    assert len({row.rpartition(",")[0] for row in rows}) == len(rows) == THOUSAND
