"""A note is a line like any other: torn and restored as one, and in the way of no record."""

from pathlib import Path

import pytest

from kpicli.evaluation.series import newest_lines, series_by_kpi
from kpicli.services.load import damages_of
from kpicli.store.log.read import LogFile
from tests.store.logs import line

NOTE = line("kpi_note", value=None, note='because é "', by="ann", about="mrr")[:-1]
IDS = {"mrr": "mrr", "churn": "churn"}


@pytest.mark.parametrize("bit", [0, 3, 5])
def test_a_damaged_one_hides_no_actual(tmp_path: Path, bit: int) -> None:
    """Whichever of its bytes has changed, the hash says what it was."""
    path = tmp_path / "kpis.jsonl"
    for place in range(0, len(NOTE), 9):
        damaged = bytearray(NOTE)
        damaged[place] ^= 1 << bit
        path.write_bytes(line() + bytes(damaged) + b"\n" + line("churn", "2026-09"))
        log = LogFile(str(path), path.name, kpis=(*IDS, "kpi_note"))
        best = newest_lines(log.lines(), IDS)
        series = series_by_kpi(best, damages_of(log), IDS)
        hidden = [id for id in IDS if set(series[id].damaged) & set(series[id].records)]
        assert hidden == [], place
