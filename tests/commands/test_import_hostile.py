"""`kpi import` of files that are made to hurt: each is one line, soon and in little memory."""

import gzip
from pathlib import Path

import pytest

from tests.installed import Kpi

LARGE = "larger than the 256 MB that kpi reads at once"


@pytest.fixture(autouse=True)
def board(tmp_path: Path) -> Path:
    path = tmp_path / "kpis.toml"
    path.write_text('[kpis.rev]\nname = "Revenue"\nrollup = "sum"\n')
    return path


def refused(kpi: Kpi, content: bytes, *args: str) -> str:
    (kpi.folder / "new.csv").write_bytes(content)
    run = kpi("import", "new.csv", *args)
    assert (run.code, run.out) == (2, "")
    assert len(run.err) < 2000
    assert not (kpi.folder / "kpis.jsonl").exists()
    return run.err.splitlines()[0]


def test_a_million_columns(kpi: Kpi) -> None:
    header = b"period,rev" + b",x" * 1_000_000
    assert refused(kpi, header + b"\n2026-08,5\n").startswith("new.csv:1: more than 16,384 columns")


def test_as_many_columns_as_a_spreadsheet_has(kpi: Kpi) -> None:
    header = b"period,rev," + b",".join(b"x%d" % at for at in range(16_000))
    assert refused(kpi, header + b"\n2026-08,5\n").endswith("that kpi knows — " + TAKE)


TAKE = "to take only what you name: --columns period=period,rev=rev"


def test_a_line_of_two_gigabytes(kpi: Kpi) -> None:
    with (kpi.folder / "new.csv").open("wb") as file:
        file.truncate(2**31)
    run = kpi("import", "new.csv")
    assert (run.code, run.err.splitlines()[0]) == (2, f"new.csv: {LARGE}")


def test_a_row_that_does_not_end(kpi: Kpi) -> None:
    row = b"period,rev,note\n2026-08,5," + b'"a\nb",' * 1_000_000
    assert refused(kpi, row).startswith("new.csv:")


def test_what_unpacks_to_more_than_is_read(kpi: Kpi) -> None:
    assert refused(kpi, gzip.compress(bytes(257 * 2**20), 1)) == f"new.csv: {LARGE}"


def test_an_archive_that_is_cut_short(kpi: Kpi) -> None:
    packed = gzip.compress(b"period,rev\n2026-08,5\n" * 100)
    assert refused(kpi, packed[:-20]) == "new.csv: gzipped, and damaged"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7 ", "is a PDF, expected a table"),
        (b"<!doctype HTML><table>", "is an HTML page, expected a table"),
        (b"SQLite format 3\0", "is a SQLite database, expected a table"),
        (b"PAR1", "is a Parquet file, expected a table"),
    ],
)
def test_what_is_no_table_is_named_for_what_it_is(kpi: Kpi, content: bytes, said: str) -> None:
    assert refused(kpi, content) == f"new.csv: {said}"


def test_both_sides_of_a_conflict_of_git_are_no_rows(kpi: Kpi) -> None:
    sides = b"<<<<<<< HEAD\nperiod,rev\n2026-08,5\n=======\nperiod,rev\n2026-09,6\n>>>>>>> b\n"
    assert refused(kpi, sides).startswith("new.csv:4: 1 cells under a header of 2")


def test_many_rows_with_one_fault_are_one_line(kpi: Kpi) -> None:
    rows = "".join(f"2026-{month:02},x{month}\n" for month in range(1, 10))
    line = refused(kpi, f"period,rev\n{rows}".encode())
    assert line.startswith("new.csv:2: rev: 'x1' is not a number kpi can store, and 8 more like it")


@pytest.mark.parametrize("word", ["n.a.", "TBD", "#DIV/0!"])
def test_a_word_for_nothing_is_not_advised_to_be_a_number(kpi: Kpi, word: str) -> None:
    line = refused(kpi, f"period,rev\n2026-08,480\n2026-09,{word}\n".encode())
    hint = f"leave it empty where nothing was measured, or name it: --empty '{word}'"
    assert line == f"new.csv:3: rev: '{word}' is not a number kpi can store — {hint}"
    run = kpi("import", "new.csv", "--empty", word)
    assert (run.code, run.err) == (0, "1 new, 0 already recorded, 1 empty\n")


@pytest.mark.parametrize(
    "table",
    ["period,rev\n2026-08,480\nSource: CRM,\n", "kpi,2026-08\nrev,480\nSource: CRM,\n"],
    ids=["wide", "across"],
)
def test_a_note_right_below_the_rows_is_said_and_is_no_empty_cell(kpi: Kpi, table: str) -> None:
    (kpi.folder / "new.csv").write_text(table)
    run = kpi("import", "new.csv")
    assert "«Source: CRM» ignored" in run.err
    assert run.err.endswith("1 new, 0 already recorded\n")


def test_at_most_ten_causes_are_said(kpi: Kpi) -> None:
    rows = [f"k{chr(97 + at)}z,2026-08,5" for at in range(20)]
    (kpi.folder / "new.csv").write_text("kpi,period,value\n" + "\n".join(rows) + "\n")
    run = kpi("import", "new.csv")
    assert len(run.err.splitlines()) <= 12
