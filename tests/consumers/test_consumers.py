"""Each machine format through a program that reads it; skipped where that is not installed."""

import csv
import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.commands.shop import LOG, TOML
from tests.installed import SECONDS, Kpi

pytestmark = pytest.mark.installed

AS_OF = ("--as-of", "2026-11-05")
HOSTILE = r"a 'quoted', \\ b\n<script>|`x`"
"""As it stands in TOML."""


@pytest.fixture(autouse=True)
def board(tmp_path: Path) -> Path:
    path = tmp_path / "kpis.toml"
    path.write_text(TOML.replace('"Revenue"', f'"{HOSTILE}"'))
    path.with_suffix(".jsonl").write_text(LOG)
    return path


def through(program: str, *args: str, text: str) -> str:
    """What a program prints of a text; it has to exit 0 and to say nothing else."""
    if not shutil.which(program):
        pytest.skip(f"{program} is not installed")
    done = subprocess.run(
        [program, *args], input=text, capture_output=True, text=True, check=False, timeout=SECONDS
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def answer(kpi: Kpi, format: str, *args: str) -> str:
    run = kpi("status", *AS_OF, "--format", format, *args)
    assert (run.code, run.err) == (0, "")
    return run.out


def actuals(kpi: Kpi) -> dict[str, object]:
    rows = json.loads(answer(kpi, "json"))["kpis"]
    return {row["id"]: row["actual"] for row in rows if row["actual"] is not None}


def test_promtool_finds_nothing_to_say_of_the_gauges(kpi: Kpi) -> None:
    assert through("promtool", "check", "metrics", text=answer(kpi, "openmetrics")) == ""


def test_jq_reads_json(kpi: Kpi) -> None:
    told = through("jq", "-r", ".kpis[] | select(.actual) | .id", text=answer(kpi, "json"))
    assert told.split() == list(actuals(kpi))


def test_jq_reads_json_lines(kpi: Kpi) -> None:
    told = through("jq", "-s", "-c", "map(.status)", text=answer(kpi, "jsonl"))
    rows = json.loads(answer(kpi, "json"))["kpis"]
    assert json.loads(told) == [row["status"] for row in rows]


def test_miller_reads_csv(kpi: Kpi) -> None:
    given = answer(kpi, "csv", "--fields", "id,actual")
    told = through("mlr", "--icsv", "--ojson", "filter", "is_not_empty($actual)", text=given)
    assert {row["id"]: row["actual"] for row in json.loads(told)} == actuals(kpi)


def test_miller_reads_json_lines(kpi: Kpi) -> None:
    given = answer(kpi, "jsonl", "--fields", "id,status")
    told = through("mlr", "--ijsonl", "--ocsv", "count-distinct", "-f", "status", text=given)
    assert told.splitlines()[0] == "status,count"


def test_sqlite_imports_csv(kpi: Kpi, tmp_path: Path) -> None:
    (tmp_path / "status.csv").write_text(answer(kpi, "csv"))
    commands = (
        f".import --csv '{tmp_path / 'status.csv'}' kpis\n"
        "select id, name from kpis where actual <> '';\n"
    )
    found = dict(csv.reader(through("sqlite3", "-csv", text=commands).splitlines()))
    assert list(found) == list(actuals(kpi))
    assert found["revenue"] == r"a 'quoted', \ b\x0a<script>|`x`"


def test_pandas_reads_csv_and_json_lines(kpi: Kpi, tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    (tmp_path / "status.csv").write_text(answer(kpi, "csv"))
    (tmp_path / "status.jsonl").write_text(answer(kpi, "jsonl"))
    for frame in (
        pandas.read_csv(tmp_path / "status.csv"),
        pandas.read_json(tmp_path / "status.jsonl", lines=True),
    ):
        known = frame.dropna(subset=["actual"])
        assert dict(zip(known["id"], known["actual"], strict=True)) == actuals(kpi)
