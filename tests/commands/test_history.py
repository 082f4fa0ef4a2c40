"""`kpi history` as it is run: what stands, and every record."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from tests.commands.corrected import CORRECTED, STANDING, told
from tests.commands.shop import TOML
from tests.failures.board import bare
from tests.installed import Kpi, Terminal


@pytest.fixture(autouse=True)
def log(tmp_path: Path) -> Path:
    (tmp_path / "kpis.toml").write_text(TOML)
    path = tmp_path / "kpis.jsonl"
    path.write_text(CORRECTED)
    return path


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        pytest.param([], STANDING, id="of every KPI, as in the definitions, in order of time"),
        pytest.param(["revenue"], STANDING[:2], id="of one"),
        pytest.param(["complaints", "orders"], [*STANDING[5:], *STANDING[2:4]], id="of some"),
        pytest.param(["moans", "complaints"], STANDING[5:], id="by a former id, once"),
        pytest.param(["--period", "2026-09"], [STANDING[0], STANDING[4]], id="in a month"),
        pytest.param(["orders", "--period", "2026-11"], STANDING[2:4], id="parts of a month"),
        pytest.param(["--period", "2026-Q4", "complaints"], STANDING[5:], id="in a quarter"),
        pytest.param(["--period", "2026"], STANDING, id="in a year"),
        pytest.param(
            ["--period", "last", "--as-of", "2026-11-05"],
            [STANDING[1], STANDING[6]],
            id="the last closed period of each KPI's own length",
        ),
        pytest.param(
            ["--period", "current", "--as-of", "2026-11-05"], STANDING[2:4], id="the one under way"
        ),
        pytest.param(
            ["revenue", "orders", "--as-of", "2026-11-02"],
            [*STANDING[:1], "revenue 2026-10 480000", "orders 2026-10 640"],
            id="as it was known on a day",
        ),
        pytest.param(["-n", "3"], STANDING[1:4], id="what was recorded last"),
        pytest.param(["-n", "900", "revenue"], STANDING[:2], id="no more than there is"),
        pytest.param(["--since", "2026-11-03", "revenue"], STANDING[1:2], id="from a day on"),
        pytest.param(["--since", "2027-01-01"], [], id="nothing yet"),
    ],
)
def test_what_stands(kpi: Kpi, args: list[str], expected: list[str]) -> None:
    assert told(kpi, *args) == expected


def test_every_record_with_what_came_after_it(kpi: Kpi) -> None:
    run = kpi("history", "revenue", "orders", "--all", "--as-of", "2026-11-05")
    assert (run.code, run.err) == (0, "")
    assert run.out == (
        "Revenue  2026-09        510,000 kr  2026-10-02  -    stands                     -\n"
        "Revenue  2026-10        480,000 kr  2026-11-02  -    replaced by 485,000.50 kr  -\n"
        "Revenue  2026-10     485,000.50 kr  2026-11-03  ann  stands                     "
        '=1+1\\x0alate "returns", \'x\n'
        "Orders   2026-10               640  2026-11-02  -    taken back                 -\n"
        "Orders   2026-10           nothing  2026-11-04  -    nothing stands             -\n"
        "Orders   2026-11-01             -2  2026-11-04  -    stands                     -\n"
        "Orders   2026-11-02              3  2026-11-04  -    stands                     -\n"
    )


def test_all_has_what_no_definition_has_any_more(kpi: Kpi) -> None:
    assert told(kpi, "--all")[-1] == "gone 2026-10 7"
    assert told(kpi, "--all", "--period", "2026-09") == [STANDING[0], STANDING[4]]
    run = kpi("history", "gone", "--all")
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith("kpi: error: unknown KPI 'gone'\n")


def test_all_names_what_replaced_a_record_by_its_id(kpi: Kpi) -> None:
    records = json.loads(kpi("history", "revenue", "--all", "--json").out)["records"]
    assert [row["replaced_by"] for row in records] == [None, records[2]["id"], None]
    assert len({row["id"] for row in records}) == 3
    assert told(kpi, "revenue", "--all", "--as-of", "2026-11-02")[-1] == "revenue 2026-10 480000"


def test_a_line_that_stands_twice_is_told_once(kpi: Kpi, log: Path) -> None:
    before = kpi("history", "--all").out
    log.write_text(CORRECTED * 2)
    assert kpi("history", "--all").out == before


def test_json_has_raw_values(kpi: Kpi) -> None:
    run = kpi("history", "revenue", "--json", "--as-of", "2026-11-05")
    assert "485000.50" in run.out
    answer: dict[str, Any] = json.loads(run.out)
    assert (answer["schema"], answer["as_of"]) == ("kpi.history/1", "2026-11-05")
    assert answer["records"][1] == {
        "kpi": "revenue",
        "period": "2026-10",
        "value": 485000.5,
        "unit": "kr",
        "at": "2026-11-03T08:00:00.000000Z",
        "by": "ann",
        "note": '=1+1\nlate "returns", \'x',
        "skip": False,
        "replaces": None,
    }


def test_csv_guards_texts_and_no_numbers(kpi: Kpi) -> None:
    run = kpi("history", "orders", "revenue", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(run.out)))
    assert list(rows[0].values()) == [
        *("orders", "2026-11-01", "-2", ""),
        *("2026-11-04T08:00:00.000000Z", "", "", "false", ""),
    ]
    assert rows[-1]["note"] == "'=1+1\\x0alate \"returns\", 'x"
    assert list(rows[0]) == [
        *("kpi", "period", "value", "unit", "at", "by", "note", "skip", "replaces")
    ]


@pytest.mark.parametrize("all_of_it", [[], ["--all"]])
@pytest.mark.parametrize("name", ["plain", "terminal", "markdown", "json", "csv"])
def test_every_format_has_every_row(kpi: Kpi, name: str, all_of_it: list[str]) -> None:
    run = kpi("history", "--format", name, *all_of_it)
    assert (run.code, run.err) == (0, "")
    expected = len(told(kpi, *all_of_it))
    assert sum("2026-" in line for line in run.out.splitlines()) - ("as_of" in run.out) >= expected


@pytest.mark.parametrize("columns", [1, 30, 50, 80, 200])
def test_a_terminal_of_any_width(terminal: Terminal, columns: int) -> None:
    screen = terminal("history", "--all", "--as-of", "2026-11-05", columns=columns)
    assert screen.code == 0
    text = bare(screen.sent)
    for label in ("2026-09", "2026-W43", "2026-11-01"):
        assert label in text
    if columns > 1:
        assert max(map(len, text.splitlines())) <= columns
    if columns == 200:
        assert "replaced by 485,000.50 kr" in text
        assert r"=1+1\x0alate" in text


def test_a_file_is_replaced_whole_and_never_the_log(kpi: Kpi, log: Path) -> None:
    assert kpi("history", "-o", "out.csv").code == 0
    assert (kpi.folder / "out.csv").read_text() == kpi("history", "--format", "csv").out
    before = log.read_bytes()
    for name in ("kpis.jsonl", "kpis.toml"):
        run = kpi("history", "--all", "--format", "csv", "-o", name)
        assert (run.code, run.out) == (2, "")
        assert "is one of kpi's own files" in run.err
    assert log.read_bytes() == before


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["margin"], "nothing recorded of margin: kpi record margin VALUE\n"),
        (
            ["orders", "margin", "--period", "2025"],
            "nothing recorded of orders or margin in 2025: kpi record KPI VALUE\n",
        ),
        (["--period", "2025-W52"], "nothing recorded in 2025-W52: kpi record KPI VALUE\n"),
        (
            ["--as-of", "2020-01-01"],
            (
                "10 records were made after 2020-01-01: "
                "--period 2026-11-02 without --as-of shows the latest\n"
            ),
        ),
    ],
)
def test_that_nothing_is_there_is_said(kpi: Kpi, args: list[str], said: str) -> None:
    for more in ([], ["--all"]):
        run = kpi("history", *args, *more)
        assert (run.code, run.out, run.err) == (0, "", said)


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["revnue"], "unknown KPI 'revnue'\nhint: did you mean 'revenue'?"),
        (["--period", "2026-13"], "'2026-13': months run from 01 to 12"),
        (["--period", "lsat"], "'lsat' is not a period"),
        (["--as-of", "2026-11"], "--as-of takes a day"),
        (["--al"], "no such option: --al\nhint: did you mean '--all'?"),
        (["--format", "cvs"], "unknown format 'cvs'\nhint: did you mean 'csv'?"),
    ],
)
def test_what_can_not_be_meant_is_refused(kpi: Kpi, args: list[str], said: str) -> None:
    run = kpi("history", *args)
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith(f"kpi: error: {said}")


def test_options_stand_before_the_command_too(kpi: Kpi) -> None:
    before = kpi("--period", "2026-09", "history", "revenue")
    assert before == kpi("history", "revenue", "--period=2026-09")
    assert before.out.count("2026-09") == 1


def test_damage_is_named_and_hides_what_it_may_have_changed(kpi: Kpi, log: Path) -> None:
    with log.open("a") as file:
        file.write('{"kpi":"revenue","period":"2026-10","value":"4","at":"2026-11-05T08:00:00Z"}\n')
    run = kpi("history", "revenue", "--json")
    assert (run.code, len(json.loads(run.out)["records"])) == (3, 1)
    assert "kpis.jsonl:12: value must be a plain decimal number" in run.err
    assert "kpis.jsonl:12: value must be a plain decimal number" in run.out
    every = kpi("history", "--all")
    assert (every.code, len(every.out.splitlines())) == (3, 11)


def test_what_damage_hides_does_not_stand_in_the_history_of_every_record(
    kpi: Kpi, log: Path
) -> None:
    assert kpi("record", "revenue", "7", "--period", "2026-10", "--yes").code == 0
    log.write_bytes(log.read_bytes().replace(b'"value":7,', b'"value":8,'))
    run = kpi("history", "revenue", "--all")
    assert run.code == 3
    assert f"damaged: kpis.jsonl:{len(log.read_text().splitlines())}" in run.out


def test_a_unit_and_what_was_replaced_come_back_as_they_were(kpi: Kpi, tmp_path: Path) -> None:
    (tmp_path / "kpis.toml").write_text('[kpis.revenue]\nunit = "kr"\n')
    log = tmp_path / "kpis.jsonl"
    log.write_bytes(b"")
    for value, by in (("1", "ann"), ("2", "bob")):
        kpi("record", "revenue", value, "--period", "2026-01", "--yes", "--by", by)
    before = log.read_bytes()
    assert before.count(b'"replaces":"') == 1
    for args in (("--format", "csv"), ("--format", "jsonl")):
        exported = kpi("history", "--all", *args).out
        log.write_bytes(b"")
        (tmp_path / f"back.{args[1]}").write_text(exported)
        run = kpi("import", f"back.{args[1]}")
        assert (run.code, log.read_bytes()) == (0, before), run.err
