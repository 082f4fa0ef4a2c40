"""The JSON Schema of a definitions file says what kpi says, as Taplo reads it."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.installed import Kpi, Run

ROOT = Path(__file__).parents[2]
TAPLO = shutil.which("taplo")
needs_taplo = pytest.mark.skipif(TAPLO is None, reason="taplo is not on the PATH")

EVERY_KEY = r"""
title = "Nordlys webshop"
log = "logs/kpis.jsonl"
decimal = "."
[defaults]
frequency = "weekly"
tolerance = "10%"
owner = "Sales"
[goals.growth]
name = "Grow the business"
[goals.loyalty]
[kpis.revenue]
name = "Revenue"
goal = "growth"
area = "sales"
owner = "Head of Sales"
definition = "Invoiced sales excluding VAT and returns"
source = ""
levers = ["prices", "campaigns"]
unit = "kr"
direction = "higher"
frequency = "monthly"
targets = { "2026-01" = "450,000 kr", "2026-W10" = 5, "2026-Q3" = "500k", "2027" = 600000.5 }
tolerance = "20,000 kr"
rollup = "sum"
grace = 3660
rebase = ["2026-03", "2025-12"]
until = "2030-12"
formerly = ["sales", "turnover_2"]
ignore = ["R03", "no_owner"]
[kpis.complaints]
frequency = "monthly"
baseline = 100
start = "2026-01"
by = "2026-12"
target = "-15%"
tolerance = 2.5
[kpis.churn]
target = "≤ 3.2 %"
tolerance = "2 pp"
[kpis.stock]
target = "$1,000..$2,000"
supports = "revenue"
tolerance = "$ 0"
[kpis.per_complaint]
unit = "kr"
formula = "(revenue - prev(revenue)) / -last_year(complaints) * 1.5"
"""

RIGHT = {
    "an empty file": "",
    "every key": EVERY_KEY,
    "a decimal comma": 'decimal = ","\n[kpis.a]\ntarget = "1.234,5 kr"\ntolerance = "12,5"',
    "bare numbers": "[kpis.a]\ntarget = 0\nbaseline = -1.50\ntolerance = 0",
    "an empty schedule": "[kpis.a]\ntargets = {}",
    "a negative limit": '[kpis.a]\ntarget = "<-5 kr"\nbaseline = "-1 kr"',
    "spaces around": '[kpis.a]\ntarget = "  >=  5  "\nbaseline = "\\t5"\ntolerance = " 1"',
    "a range apart": '[kpis.a]\ntarget = "40 .. 60 %"',
    "a longest id": f"[kpis.{'a' * 64}]\nformula = '{'1+' * 249}10'",
    "digits": "[kpis.a]\ntarget = 999999999999999999\nbaseline = '123456789012345678.123456789012'",
    "no text of a KPI": "[kpis.a]\n[goals.b]",
    "CRLF": "title = 'x'\r\n[kpis.a]\r\n",
}
WRONG = {
    "an unknown key": "titel = 'x'",
    "an unknown key of a goal": "[goals.a]\nowner = 'x'",
    "an unknown key of a KPI": "[kpis.a]\ntaregt = '5'",
    "an unknown key of the defaults": "[defaults]\nid = 'x'",
    "an internal key": "[kpis.a]\nid = 'a'",
    "another internal key": "[kpis.a]\ngiven = ['name']",
    "a wrong type": "title = 5",
    "a text for a table": "kpis = 'x'",
    "a list for a table": "[[kpis]]\nname = 'x'",
    "a truth for a target": "[kpis.a]\ntarget = true",
    "a list for a target": "[kpis.a]\ntarget = [5]",
    "not a number": "[kpis.a]\ntarget = nan",
    "a text for a list": "[kpis.a]\nlevers = 'x'",
    "a number in a list": "[kpis.a]\nlevers = [5]",
    "an id with a capital": "[kpis.MRR]",
    "an id that is a path": "[kpis.'../../etc']",
    "an empty id": "[kpis.'']",
    "an id with a letter of another script": "[kpis.'\u0441hurn']",
    "an id that is too long": f"[kpis.{'a' * 65}]",
    "an id of a goal": "[goals.G1]",
    "a goal that is not an id": "[kpis.a]\ngoal = 'Growth'",
    "what it supports is not an id": "[kpis.a]\nsupports = '1'",
    "a former id that is none": "[kpis.a]\nformerly = ['Old Name']",
    "an empty name": "[kpis.a]\nname = ''",
    "an empty owner": "[defaults]\nowner = ''\n[kpis.a]",
    "an empty log": "log = ''",
    "a unit that begins like a number": "[kpis.a]\nunit = '5kr'",
    "a unit that is too long": f"[kpis.a]\nunit = '{'x' * 41}'",
    "a word of none": "[kpis.a]\nfrequency = 'montly'",
    "another word of none": "[kpis.a]\nrollup = 'avg'",
    "no decimal mark": "decimal = ';'",
    "an impossible month": "[kpis.a]\nuntil = '2026-13'",
    "a period in other digits": "[kpis.a]\nstart = '٢٠٢٦-٠٦'",
    "an impossible month of a change": "[kpis.a]\nrebase = ['2026-13']",
    "a change that is no list": "[kpis.a]\nrebase = '2026-03'",
    "a change twice": "[kpis.a]\nrebase = ['2026-03', '2026-03']",
    "an impossible period of a schedule": "[kpis.a.targets]\n2026-Q5 = '5'",
    "a target that is a word": "[kpis.a]\ntarget = 'many'",
    "a target with an exponent": "[kpis.a]\ntarget = '1e6'",
    "half a range": "[kpis.a]\ntarget = '40..'",
    "a relative number": "[kpis.a]\nbaseline = 5\ntarget = '+5 kr'",
    "thousands in twos": "[kpis.a]\ntarget = '1,00,000'",
    "a target of a schedule": "[kpis.a.targets]\n2026 = 'x'",
    "a negative tolerance": "[kpis.a]\ntolerance = '-5%'",
    "a negative bare tolerance": "[kpis.a]\ntolerance = -5",
    "grace below zero": "[kpis.a]\ngrace = -1",
    "grace of half a day": "[kpis.a]\ngrace = 0.5",
    "grace of a century": "[kpis.a]\ngrace = 36500",
    "a formula that is a program": "[kpis.a]\nformula = 'a.__class__'",
    "a formula that is too long": f"[kpis.a]\nformula = '1{'+1' * 250}'",
    "an empty formula": "[kpis.a]\nformula = ''",
}


def schema_of(kpi: Kpi) -> Path:
    done = kpi("schema")
    assert (done.code, done.err) == (0, "")
    path = kpi.folder / "kpis.schema.json"
    path.write_text(done.out, "utf-8")
    return path


def taplo(*files: Path, schema: Path | None = None) -> set[str]:
    """The names of the files that Taplo refuses."""
    assert TAPLO
    given = ["--schema", schema.as_uri()] if schema else []
    done = subprocess.run(
        [TAPLO, "check", *given, *files], capture_output=True, text=True, check=False
    )
    refused = {file.name for file in files if f'path="{file}"' in done.stderr}
    assert bool(refused) == bool(done.returncode), done.stderr
    return refused


def written(folder: Path, texts: dict[str, str]) -> list[Path]:
    files = [folder / f"{number}.toml" for number in range(len(texts))]
    for file, text in zip(files, texts.values(), strict=True):
        file.write_text(text, "utf-8", newline="")
    return files


@pytest.mark.installed
@needs_taplo
def test_taplo_accepts_every_right_file(kpi: Kpi, tmp_path: Path) -> None:
    assert taplo(*written(tmp_path, RIGHT), schema=schema_of(kpi)) == set()


@pytest.mark.installed
@needs_taplo
def test_taplo_refuses_every_wrong_file(kpi: Kpi, tmp_path: Path) -> None:
    files = written(tmp_path, WRONG)
    refused = taplo(*files, schema=schema_of(kpi))
    names = {file.name: name for file, name in zip(files, WRONG, strict=True)}
    assert [name for file, name in names.items() if file not in refused] == []


def judged(kpi: Kpi, texts: dict[str, str]) -> dict[str, Run]:
    """What `kpi status` makes of each of the texts."""
    files = written(kpi.folder, texts)
    runs = [kpi("status", "--as-of", "2026-11-05", "-f", file.name) for file in files]
    return dict(zip(texts, runs, strict=True))


def test_kpi_accepts_every_right_file(kpi: Kpi) -> None:
    refused = {name: run.err for name, run in judged(kpi, RIGHT).items() if run.code != 0}
    assert refused == {}


def test_kpi_refuses_every_wrong_file(kpi: Kpi) -> None:
    runs = judged(kpi, WRONG)
    assert [name for name, run in runs.items() if (run.code, run.out) != (2, "")] == []
    assert [run.err for run in runs.values() if not re.match(r"[0-9]+\.toml:[1-9]", run.err)] == []


@pytest.mark.installed
@needs_taplo
def test_taplo_accepts_what_kpi_starts_from(kpi: Kpi) -> None:
    kpi("init")
    assert taplo(kpi.folder / "kpis.toml", schema=schema_of(kpi)) == set()


@pytest.mark.installed
@needs_taplo
def test_the_first_line_of_a_file_names_its_schema(kpi: Kpi) -> None:
    schema_of(kpi)
    right, wrong = kpi.folder / "right.toml", kpi.folder / "wrong.toml"
    line = "#:schema ./kpis.schema.json\n"
    right.write_text(line + "title = 'x'\n", "utf-8")
    wrong.write_text(line + "title = 5\n", "utf-8")
    assert taplo(right, wrong) == {"wrong.toml"}


@pytest.mark.installed
@needs_taplo
def test_the_example_is_right_by_the_schema_that_it_names() -> None:
    assert taplo(ROOT / "kpis.example.toml") == set()


def test_the_schema_beside_the_example_is_the_one_that_is_printed(kpi: Kpi) -> None:
    assert (ROOT / "examples/kpis.schema.json").read_text("utf-8") == kpi("schema").out


def test_the_schema_is_json_for_a_validator_of_draft_7(kpi: Kpi) -> None:
    schema = json.loads(kpi("schema").out)
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert set(schema["properties"]) == {
        "title",
        "log",
        "remote",
        "decimal",
        "year_starts",
        "check",
        "events",
        "defaults",
        "goals",
        "kpis",
        "sources",
    }
