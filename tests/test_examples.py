"""The examples come out as they are documented, and are kept in step with the program."""

import json
from pathlib import Path

import pytest

from tests.installed import Kpi

ROOT = Path(__file__).parent.parent
EXAMPLE = str(ROOT / "kpis.example.toml")


REFERENCE = """\
| Monthly Revenue | 500,000 kr | 480,000 kr | 🟡 at risk |
| Conversion Rate | 3% | 3.2% | 🟢 on target |
| Avg Order Value | 800 kr | 750 kr | 🟡 at risk |
| Cart Abandonment | \\<60% | 58% | 🟢 on target |
"""


@pytest.mark.parametrize("row", REFERENCE.splitlines())
def test_the_reference_table_comes_out_digit_by_digit(kpi: Kpi, row: str) -> None:
    run = kpi("-f", EXAMPLE, "status", "--as-of", "2026-11-05", "--format", "markdown")
    assert row in run.out
    assert (run.code, run.err) == (0, "")


def test_the_example_passes_its_own_check(kpi: Kpi) -> None:
    run = kpi("-f", EXAMPLE, "check", "--as-of", "2026-11-05")
    assert (run.code, run.out) == (0, "")


def test_the_statuses_can_be_read_by_a_script(kpi: Kpi) -> None:
    run = kpi("-f", EXAMPLE, "status", "--as-of", "2026-11-05", "--json")
    statuses = [row["status"] for row in json.loads(run.out)["kpis"]]
    assert statuses == ["at_risk", "on_target", "at_risk", "on_target"]


def test_the_schema_in_the_examples_is_the_one_that_kpi_prints(kpi: Kpi) -> None:
    kept = (ROOT / "examples" / "kpis.schema.json").read_text(encoding="utf-8")
    assert kpi("schema").out == kept
