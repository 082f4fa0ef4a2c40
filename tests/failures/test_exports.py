"""What is exported: a spreadsheet runs none of it, a machine reads all of it, nothing is lost."""

import csv
import io
import json
from decimal import Decimal

import pytest

from tests.failures.board import Board, is_refused

FORMULAS = [
    "=cmd|'/c calc'!A1",
    "+1",
    "-1",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "\uff1d1",
    "\uff0b1",
    "\uff0d1",
    "\uff20x",
    "'=1",
    "''=1",
]
"""Texts that a spreadsheet takes for a formula, and those that look as if they were guarded."""
TEXTS = [
    *FORMULAS,
    "two\nlines\r\nand a third\n",
    'a "quoted" one, with commas',
    r"C:\new \x41 \x0a \\x0a",
    "\x1b[31m \u202e \u2028 \x00 \ufeff",
    "'it's",
    " spaces ",
    "=",
    "売上 👩‍👧 é",
]


LATER = "2999-01-01"
"""A day by which everything has been recorded."""


def noted(board: Board, notes: list[str]) -> None:
    """A record of each note, each of a month of its own."""
    rows = [
        {"kpi": "mrr", "period": f"19{at:02}-01", "value": f"-{at + 90}.50", "note": note}
        for at, note in enumerate(notes)
    ]
    content = "\n".join(json.dumps(row) for row in rows)
    run = board.kpi("import", "-", "--format", "jsonl", stdin=content)
    assert run.code == 0, run.err


def exported(board: Board) -> list[dict[str, str]]:
    run = board.kpi("history", "--format", "csv")
    assert run.code == 0
    return list(csv.DictReader(io.StringIO(run.out)))


def test_a_spreadsheet_runs_no_note_and_reads_every_number(board: Board) -> None:
    board.log.write_bytes(b"")
    noted(board, FORMULAS)
    for at, row in enumerate(exported(board)):
        assert row["note"].startswith("'")
        assert row["value"] == f"-{at + 90}.50"


def test_a_name_of_who_recorded_runs_neither(board: Board) -> None:
    assert board.kpi("record", "mrr", "1400", "--period", "2026-03", "--by", "=1+1").code == 0
    assert exported(board)[2]["by"] == "'=1+1"
    content = board.kpi("history", "--format", "csv").out
    board.log.write_bytes(b"")
    assert board.kpi("import", "-", stdin=content).code == 0
    assert json.loads(board.log.read_bytes().splitlines()[2])["by"] == "=1+1"


@pytest.mark.parametrize("all_of_it", [[], ["--all"]])
def test_every_text_comes_back_through_csv_as_it_was(board: Board, all_of_it: list[str]) -> None:
    board.log.write_bytes(b"")
    noted(board, TEXTS)
    before = board.log.read_bytes()
    content = board.kpi("history", "--format", "csv", *all_of_it).out
    board.log.write_bytes(b"")
    run = board.kpi("import", "-", stdin=content)
    assert run.code == 0, run.err
    assert board.log.read_bytes() == before


def test_json_carries_exact_decimals(board: Board) -> None:
    value = "123456789012345678.123456789012"
    assert board.kpi("record", "mrr", value, "--period", "2026-03", "--yes").code == 0
    run = board.kpi("history", "mrr", "--json")
    assert value in run.out
    assert not {"NaN", "Infinity"} & set(run.out.replace('"', " ").split())
    answer = json.loads(run.out, parse_float=Decimal)
    assert answer["records"][-1]["value"] == Decimal(value)
    assert exported(board)[2]["value"] == value


@pytest.mark.installed
@pytest.mark.parametrize("args", ["", "--all", "--json", "--format csv", "--all --format markdown"])
def test_an_answer_that_can_not_be_given_is_an_error(board: Board, args: str) -> None:
    closed = board.shell(f"kpi history {args} >&-")
    assert is_refused(closed)
    assert closed.err.startswith("kpi: error: stdout is closed\nhint: ")
    full = board.shell(f"kpi history {args} >/dev/full")
    assert is_refused(full)
    assert full.err.startswith("kpi: error: stdout: No space left on device\nhint: ")


@pytest.mark.installed
@pytest.mark.parametrize("args", ["", "--all", "--json", "--format csv"])
def test_a_reader_that_leaves_is_no_error(board: Board, args: str) -> None:
    noted(board, ["x" * 2000] * 99)
    for reader in ("head -1", "true"):
        run = board.shell(f"kpi history {args} | {reader}; exit ${{PIPESTATUS[0]}}")
        assert run.code in {0, 141}
        assert not run.err


def test_an_empty_project_says_the_same_after_an_import_of_everything(board: Board) -> None:
    noted(board, TEXTS)
    assert board.kpi("record", "churn", "4", "--period", "2026-02", "--yes").code == 0
    assert board.kpi("retract", "mrr", "--period", "2026-01", "--yes").code == 0
    before = board.kpi("status", "--json", "--as-of", LATER).out
    board.shell("mkdir new && cp kpis.toml new")
    new = board.kpi.folder / "new"
    everything = board.kpi("history", "--format", "csv").out
    assert board.kpi("import", "-", stdin=everything, cwd=new).code == 0
    run = board.kpi("status", "--json", "--as-of", LATER, cwd=new)
    assert (run.code, run.out) == (0, before)
