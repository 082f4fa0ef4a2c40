"""Definitions and log together, and what is appended by what was decided with them."""

from datetime import date
from pathlib import Path

import pytest

from kpicli.environment import Moment
from kpicli.errors import KpiError
from kpicli.model.scorecard import Clock
from kpicli.services.load import Loaded, load_board
from kpicli.services.record import append_records as write
from kpicli.store.definitions import read as definitions
from kpicli.store.log.append import ChangedMeanwhileError
from tests.store.logs import FaultyDisk, line, record

CLOCK = Clock(date(2026, 11, 5), lambda at: date.fromisoformat(at[:10]))


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """The log of a board with two KPIs, one record in it."""
    (tmp_path / "kpis.toml").write_text("[kpis.mrr]\nformerly = ['revenue']\n[kpis.churn]\n")
    (tmp_path / "kpis.jsonl").write_bytes(line(value=1))
    return tmp_path / "kpis.jsonl"


def loaded(log: Path) -> Loaded:
    return load_board(definitions.load_definitions(str(log.with_suffix(".toml"))), Moment(CLOCK))


def add(log: Path, content: bytes) -> None:
    with log.open("ab") as file:
        file.write(content)


def test_what_was_loaded_names_its_files_and_its_damage(log: Path) -> None:
    add(log, b"damaged\n" + line()[:9])
    found = loaded(log)
    assert found.paths == (str(log.with_suffix(".toml")), str(log))
    assert [damage.line for damage in found.damages] == [2]
    assert [warning.partition(": ")[0] for warning in found.warnings] == [
        f"{found.file.log_name}:{number}" for number in (2, 3)
    ]


def test_what_is_written_is_past_what_stands_under_a_former_id(log: Path) -> None:
    add(log, line("revenue", value=2, at="2030-01-01T00:00:00.000000Z"))
    at = write(loaded(log), [record(value=7)], by="", is_final=False, disk=FaultyDisk())
    assert at == "2030-01-01T00:00:00.000001Z"


def test_what_is_written_is_past_the_damage_that_it_heals(log: Path) -> None:
    add(log, line(value=2, at="2030-01-01T00:00:00.000000Z").replace(b":2,", b":3,"))
    at = write(loaded(log), [record(value=7)], by="", is_final=False, disk=FaultyDisk())
    assert at == "2030-01-01T00:00:00.000001Z"
    [healed] = loaded(log).scorecard.series["mrr"].records.values()
    assert healed.value == 7
    assert loaded(log).scorecard.series["mrr"].damaged == {}


def test_a_log_with_conflict_markers_is_not_written_to(log: Path) -> None:
    add(log, b"<<<<<<< HEAD\n")
    before = log.read_bytes()
    with pytest.raises(KpiError, match="conflict markers"):
        write(loaded(log), [record(value=7)], by="", is_final=True)
    assert log.read_bytes() == before


@pytest.mark.parametrize("is_final", [True, False])
def test_nor_is_one_in_which_a_merge_began_since(log: Path, *, is_final: bool) -> None:
    found = loaded(log)
    add(log, b"<<<<<<< HEAD\n")
    before = log.read_bytes()
    with pytest.raises(KpiError, match="conflict markers"):
        write(found, [record(value=7)], by="", is_final=is_final)
    assert log.read_bytes() == before


def test_another_record_of_the_same_pair_since_stops_the_write(log: Path) -> None:
    found = loaded(log)
    add(log, line("revenue", value=2, at="2026-11-03T00:00:00.000000Z"))
    with pytest.raises(ChangedMeanwhileError):
        write(found, [record(value=7)], by="", is_final=False)
    at = write(found, [record(value=7)], by="", is_final=True, disk=FaultyDisk())
    assert at == "2026-11-03T00:00:00.000001Z"


def test_a_record_of_another_pair_since_stops_nothing(log: Path) -> None:
    found = loaded(log)
    add(log, line("churn", value=2) + line(period="2026-09", value=2))
    write(found, [record(value=7)], by="", is_final=False)
    assert len(log.read_bytes().splitlines()) == 4
