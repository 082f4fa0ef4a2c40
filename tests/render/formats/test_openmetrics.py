"""Gauges: a sample a KPI, none for what is missing, and text that ends no label."""

from pathlib import Path

import pytest

from tests.commands.shop import LOG, TOML
from tests.installed import Kpi

NAME = r"back\\slash \"quoted\" new\nline \u001b[31m"


@pytest.fixture(autouse=True)
def board(tmp_path: Path) -> Path:
    path = tmp_path / "kpis.toml"
    path.write_text(TOML)
    path.with_suffix(".jsonl").write_text(LOG)
    return path


def gauges(kpi: Kpi, *args: str) -> list[str]:
    run = kpi("status", "--as-of", "2026-11-05", "--format", "openmetrics", *args)
    assert (run.code, run.err) == (0, "")
    return run.out.splitlines()


def samples(kpi: Kpi, name: str, *args: str) -> list[str]:
    return [line for line in gauges(kpi, *args) if line.startswith(f"{name}{{")]


def test_each_kpi_has_its_gauges(kpi: Kpi) -> None:
    labels = 'id="revenue",name="Revenue",unit="kr",area="Sales",owner="Ann"'
    assert samples(kpi, "kpi_actual", "revenue") == [f"kpi_actual{{{labels}}} 480000"]
    assert samples(kpi, "kpi_target", "revenue") == [f"kpi_target{{{labels}}} 500000"]
    assert samples(kpi, "kpi_age_seconds", "revenue") == [f"kpi_age_seconds{{{labels}}} 345600"]
    states = samples(kpi, "kpi_status", "revenue")
    assert [line.rpartition(" ")[2] for line in states].count("1") == 1
    assert f'kpi_status{{{labels},status="at_risk"}} 1' in states


def test_a_range_has_two_edges_and_no_target(kpi: Kpi) -> None:
    assert samples(kpi, "kpi_target", "margin") == []
    edges = samples(kpi, "kpi_target_low", "margin") + samples(kpi, "kpi_target_high", "margin")
    assert [line.rpartition(" ")[2] for line in edges] == ["20", "30"]


def test_what_is_missing_has_no_sample(kpi: Kpi) -> None:
    assert samples(kpi, "kpi_actual", "margin") == []
    assert samples(kpi, "kpi_target", "orders") == []


def test_every_family_is_named_once_and_the_end_is_told(kpi: Kpi) -> None:
    lines = gauges(kpi)
    types = [line for line in lines if line.startswith("# TYPE")]
    assert len(types) == len(set(types))
    assert all(line.endswith(" gauge") for line in types)
    assert lines[-1] == "# EOF"


def test_no_name_ends_its_label(kpi: Kpi, board: Path) -> None:
    board.write_text(TOML.replace('name = "Revenue"', f'name = "{NAME}"'))
    (line,) = samples(kpi, "kpi_actual", "revenue")
    assert r'name="back\\slash \"quoted\" new\\x0aline \\x1b[31m"' in line


def test_a_file_is_replaced_whole(kpi: Kpi, tmp_path: Path) -> None:
    assert kpi("status", "--as-of", "2026-11-05", "-o", "kpi.prom").code == 0
    assert (tmp_path / "kpi.prom").read_text().endswith("# EOF\n")
    assert list(tmp_path.glob(".kpi-*")) == []


def test_of_another_answer_there_are_none(kpi: Kpi) -> None:
    run = kpi("history", "--format", "openmetrics")
    assert run.code == 2
    assert "--format openmetrics cannot show this answer" in run.err
