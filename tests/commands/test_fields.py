"""`--fields`: the columns that were asked for, in that order, in every format with a table."""

import json
from pathlib import Path

import pytest

from tests.commands.shop import LOG, TOML
from tests.installed import Kpi

AS_OF = ("--as-of", "2026-11-05")


@pytest.fixture(autouse=True)
def board(tmp_path: Path) -> Path:
    path = tmp_path / "kpis.toml"
    path.write_text(TOML)
    path.with_suffix(".jsonl").write_text(LOG)
    return path


@pytest.mark.parametrize(
    ("format", "expected"),
    [
        pytest.param("csv", "status,id\nat_risk,revenue\n", id="csv"),
        pytest.param("jsonl", '{"status": "at_risk", "id": "revenue"}\n', id="json lines"),
        pytest.param("plain", "at_risk  revenue\n", id="plain"),
        pytest.param(
            "markdown", "| status | id |\n| --- | --- |\n| at\\_risk | revenue |\n", id="markdown"
        ),
    ],
)
def test_they_stand_in_the_order_that_was_asked_for(kpi: Kpi, format: str, expected: str) -> None:
    run = kpi("status", "revenue", *AS_OF, "--fields", "status,id", "--format", format)
    assert (run.code, run.err) == (0, "")
    assert run.out.endswith(expected)


def test_json_keeps_what_the_answer_is_about(kpi: Kpi) -> None:
    answer = json.loads(kpi("status", "revenue", *AS_OF, "--json", "--fields", "actual").out)
    assert answer == {
        "schema": "kpi.status/1",
        "title": "Shop",
        "as_of": "2026-11-05",
        "kpis": [{"actual": 480000}],
        "warnings": [],
    }


def test_what_is_computed_is_read_as_a_decimal(kpi: Kpi, board: Path) -> None:
    board.write_text(TOML + '[kpis.basket]\nformula = "revenue / orders / 7"\n')
    run = kpi("status", "basket", *AS_OF, "--fields", "actual")
    assert run.out == "107.142857142857\n"


@pytest.mark.parametrize(
    ("args", "message"),
    [
        pytest.param(["status", "--fields", "statsu"], "did you mean 'status'?", id="a slip"),
        pytest.param(["status", "--fields", "id,,name"], "known: id, name", id="an empty one"),
        pytest.param(["path", "--fields", "id"], "an answer that is one table", id="no table"),
    ],
)
def test_what_is_not_there_is_named(kpi: Kpi, args: list[str], message: str) -> None:
    run = kpi(*args)
    assert (run.code, run.out) == (2, "")
    assert message in run.err
