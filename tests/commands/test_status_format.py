"""`kpi status` in every format, on a screen, in a pipe and in a file."""

import csv
import json
from pathlib import Path

import pytest

from tests.commands.shop import KEYS, LOG, TOML, rows, shown
from tests.installed import Kpi


@pytest.fixture(autouse=True)
def board(tmp_path: Path) -> Path:
    (tmp_path / "kpis.jsonl").write_text(LOG)
    path = tmp_path / "kpis.toml"
    path.write_text(TOML)
    return path


def test_json_has_the_keys_of_the_definitions_in_their_order(kpi: Kpi) -> None:
    answer = json.loads(shown(kpi, "--json").out)
    assert list(answer) == ["schema", "title", "as_of", "kpis", "warnings"]
    assert (answer["schema"], answer["title"]) == ("kpi.status/1", "Shop")
    assert (answer["as_of"], answer["warnings"]) == ("2026-11-05", [])
    assert [list(row) for row in answer["kpis"]] == [KEYS] * 5


def test_json_has_raw_values_and_null_for_what_is_missing(kpi: Kpi) -> None:
    out = shown(kpi, "conversion", "margin", "--json").out
    assert '"actual": 3.20, "variance": 0.2,' in out, "digits as typed"
    assert rows(shown(kpi, "conversion", "margin", "--json")) == [
        {
            "id": "conversion",
            "name": "Conversion",
            "area": "marketing",
            "goal": "website",
            "owner": "Bob",
            "supports": None,
            "frequency": "monthly",
            "period": "2026-09",
            "unit": "%",
            "direction": "higher",
            "target": 3,
            "target_low": None,
            "target_high": None,
            "target_text": "3%",
            "due": None,
            "actual": 3.2,
            "variance": 0.2,
            "favourable": True,
            "status": "on_target",
            "to_date": False,
            "overdue": True,
            "missing": ["2026-10"],
            "skipped": [],
            "reason": None,
            "trend": None,
            "trend_favourable": None,
            "age_days": 35,
        },
        {
            "id": "margin",
            "name": "Margin",
            "area": None,
            "goal": None,
            "owner": None,
            "supports": None,
            "frequency": "quarterly",
            "period": "2026-Q3",
            "unit": "%",
            "direction": None,
            "target": None,
            "target_low": 20,
            "target_high": 30,
            "target_text": "20..30%",
            "due": None,
            "actual": None,
            "variance": None,
            "favourable": None,
            "status": "no_data",
            "to_date": False,
            "overdue": False,
            "missing": [],
            "skipped": [],
            "reason": "nothing recorded for 2026-Q3",
            "trend": None,
            "trend_favourable": None,
            "age_days": 35,
        },
    ]


def test_csv_has_the_same_names_and_numbers(kpi: Kpi) -> None:
    found = list(csv.DictReader(shown(kpi, "--format", "csv").out.splitlines()))
    assert [list(row) for row in found] == [KEYS] * 5
    for row, twin in zip(found, rows(shown(kpi, "--json")), strict=True):
        twin |= {key: ", ".join(twin[key]) or None for key in ("missing", "skipped")}
        texts = {key: json.dumps(value).strip('"') for key, value in twin.items()}
        texts = {key: "" if text == "null" else text for key, text in texts.items()}
        assert row | {"actual": row["actual"].replace("3.20", "3.2")} == texts


def test_markdown_is_a_table_with_heading_and_footer(kpi: Kpi) -> None:
    assert shown(kpi, "revenue", "orders", "--format", "markdown").out == (
        "## Shop · 2026-10\n"
        "\n"
        "| KPI | Target | Actual | Status | Variance | Owner |\n"
        "| --- | ---: | ---: | --- | ---: | --- |\n"
        "| Revenue | 500,000 kr | 480,000 kr | 🟡 at risk | -20,000 kr | Ann |\n"
        "| &nbsp;&nbsp;Orders |  | 640 | ⚪ no target |  |  |\n"
        "\n"
        "2 KPIs: 1 at risk, 1 no target\n"
    )


def test_owners_are_left_out_where_there_are_none(kpi: Kpi) -> None:
    lines = shown(kpi, "complaints", "--format", "markdown").out.splitlines()
    assert lines[2] == "| KPI | Target | Actual | Status | Variance |"


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("board.json", '{\n  "schema": "kpi.status/1",'),
        ("board.csv", "id,name,area,"),
        ("board.md", "## Shop"),
        ("board.markdown", "## Shop"),
        ("board.txt", "Revenue  "),
        ("BOARD.JSON", '{\n  "schema": "kpi.status/1",'),
    ],
)
def test_into_a_file_its_ending_decides(kpi: Kpi, tmp_path: Path, name: str, start: str) -> None:
    run = shown(kpi, "-o", name)
    assert (run.code, run.out, run.err) == (0, "", "")
    assert (tmp_path / name).read_text("utf-8").startswith(start)


def test_a_format_that_is_named_is_stronger_than_the_ending(kpi: Kpi, tmp_path: Path) -> None:
    shown(kpi, "-o", "board.txt", "--format", "csv")
    assert (tmp_path / "board.txt").read_text("utf-8").startswith("id,name,")
    assert shown(kpi, "-o", "-", "--json").out == shown(kpi, "--json").out
    assert shown(kpi, "-o", ".", "--json").err.startswith(".: is not a regular file\n")


def test_an_unknown_ending_is_refused(kpi: Kpi, tmp_path: Path) -> None:
    run = shown(kpi, "-o", "board.xlsx")
    assert (run.code, run.err.splitlines()[0]) == (
        2,
        "kpi: error: -o: no format has the ending 'xlsx'",
    )
    assert not (tmp_path / "board.xlsx").exists()


def test_a_file_is_replaced_and_leaves_nothing_beside_it(kpi: Kpi, tmp_path: Path) -> None:
    (tmp_path / "board.md").write_text("old " * 9999)
    before = set(tmp_path.iterdir())
    assert shown(kpi, "-o", "board.md").code == 0
    assert (tmp_path / "board.md").read_text("utf-8").startswith("## Shop")
    assert {path for path in tmp_path.iterdir() if path.name != "cache"} <= before


@pytest.mark.parametrize("name", ["kpis.toml", "kpis.jsonl", "./kpis.toml", "link.json"])
def test_definitions_and_log_are_never_replaced(
    kpi: Kpi, tmp_path: Path, board: Path, name: str
) -> None:
    (tmp_path / "link.json").symlink_to("kpis.jsonl")
    run = shown(kpi, "--format", "json", "-o", name)
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith(f"{name}: is one of kpi's own files, which are never replaced")
    assert (board.read_text(), board.with_suffix(".jsonl").read_text()) == (TOML, LOG)


@pytest.mark.parametrize(
    ("args", "env", "has_color"),
    [
        pytest.param([], {}, False, id="a pipe has none"),
        pytest.param(["--color", "always"], {}, True, id="but where it is asked for"),
        pytest.param([], {"FORCE_COLOR": "1"}, True, id="in either way"),
        pytest.param(["--color", "never"], {"FORCE_COLOR": "1"}, False, id="the flag is stronger"),
        pytest.param([], {"NO_COLOR": "1", "CLICOLOR_FORCE": "1"}, False, id="so is no"),
        pytest.param(["--json", "--color", "always"], {}, False, id="a machine needs none"),
    ],
)
def test_colour(kpi: Kpi, args: list[str], env: dict[str, str], *, has_color: bool) -> None:
    run = kpi("status", "--as-of", "2026-11-05", *args, env=env)
    assert ("\x1b[" in run.out) is has_color


def test_ascii_has_the_word_alone(kpi: Kpi) -> None:
    run = shown(kpi, "revenue", "margin", "--ascii")
    assert run.out.isascii()
    assert "at risk" in run.out


@pytest.mark.parametrize(
    ("flags", "head", "row"),
    [
        pytest.param(["--delimiter", ";"], "id;actual;variance", "conversion;3.20;0.2"),
        pytest.param(["--decimal", ","], "id;actual;variance", "conversion;3,20;0,2"),
        pytest.param(
            ["--delimiter=tab", "--decimal=,"], "id\tactual\tvariance", "conversion\t3,20\t0,2"
        ),
    ],
)
def test_csv_is_written_as_a_spreadsheet_expects_it(
    kpi: Kpi, flags: list[str], head: str, row: str
) -> None:
    args = ("conversion", "--format", "csv", "--fields", "id,actual,variance")
    assert shown(kpi, *args, *flags).out == f"{head}\n{row}\n"


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (["--json", "--delimiter", ";"], "--delimiter goes with CSV"),
        (["--decimal", ","], "--decimal goes with CSV"),
        (["--format", "csv", "--decimal", "."], ""),
        (["--format", "csv", "--decimal", "x"], "--decimal cannot be 'x'"),
        (["--format", "csv", "--delimiter", "ab"], "--delimiter cannot be 'ab'"),
        (["--format", "csv", "--delimiter", "5"], "--delimiter cannot be '5'"),
        (["--format", "csv", "--delimiter", ",", "--decimal", ","], "--delimiter cannot be ','"),
    ],
)
def test_what_no_csv_has_is_refused(kpi: Kpi, flags: list[str], said: str) -> None:
    run = shown(kpi, *flags)
    assert run.err.startswith(f"kpi: error: {said}" if said else "")
    assert run.code == (2 if said else 0)
