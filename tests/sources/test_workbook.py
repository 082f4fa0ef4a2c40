"""Workbooks: cells typed as they are, one sheet with a table, and hostile ones within bounds."""

import re
import sys
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

import pytest

from kpicli.errors import KpiError, ManyErrors
from kpicli.model.source import SourceRow
from kpicli.sources import _zip, workbook
from tests.sources.reading import sight
from tests.sources.workbooks import (
    DAY,
    DURATION,
    EURO,
    KRONER_IN_MILLIONS,
    KRONER_IN_THOUSANDS,
    KRONER_SCALED,
    MONTH,
    PERCENT,
    PIECES,
    SHORT_MONTH,
    Cell,
    archive,
    ods,
    xlsx,
)

pytest.importorskip("python_calamine", reason="the extra excel is not installed")

OCTOBER, NOVEMBER = 46296, 46327
"""1 October and 1 November 2026, as a spreadsheet counts days."""
HEAD: list[Cell] = ["period", "mrr", "churn"]


def told(content: bytes, **keys: object) -> list[str]:
    """Each actual as `id period value`, each fault as a person reads it."""
    try:
        table = workbook.read(content, "a.xlsx", sight(**keys))
        return [
            f"{row.kpi} {row.period} {row.value} {row.unit}".strip()
            if isinstance(row, SourceRow)
            else row.lines()[0]
            for row in table
        ]
    except ManyErrors as errors:
        return errors.lines()
    except KpiError as error:
        return [f"{error.lines()[0]} ({error.hint})"]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (["2026-10", 5, 2.5], ["mrr 2026-10 5", "churn 2026-10 2.5"]),
        (["2026-10", 0.1 + 0.2, ""], ["mrr 2026-10 0.3"]),
        (["2026-10", 1e20, ""], ["mrr 2026-10 1e+20"]),
        (["2026-10", 1 / 3, ""], ["mrr 2026-10 0.333333333333"]),
        (["2026-10", "", (0.104, PERCENT)], ["churn 2026-10 10.4%"]),
        (["2026-10", "", (1, PERCENT)], ["churn 2026-10 100%"]),
        ([(OCTOBER, DAY), 5, ""], ["mrr 2026-10-01 5"]),
        ([(OCTOBER, MONTH), 5, ""], ["mrr 2026-10 5"]),
        ([(OCTOBER, SHORT_MONTH), 5, ""], ["mrr 2026-10 5"]),
        (["2026-10", (0.0625, DURATION), ""], ["mrr 2026-10 1:30:00"]),
        (["2026-10", "1.204,5 kr", ""], ["mrr 2026-10 1.204,5 kr"]),
        (["2026-10", "<f>1+1</f><v>2</v>", ""], ["mrr 2026-10 2"]),
        (["2026-10", "", "n/a"], []),
        ([-5, 5, ""], ["mrr -5 5"]),
        (["2026-10", (5, EURO), ""], ["mrr 2026-10 5 €"]),
        (["2026-10", (5, KRONER_IN_THOUSANDS), ""], ["mrr 2026-10 5 k kr"]),
        (["2026-10", (5000, KRONER_SCALED), ""], ["mrr 2026-10 5000 kr"]),
        (["2026-10", (5, PIECES), ""], ["mrr 2026-10 5"]),
        (["2026-10", (5, KRONER_IN_MILLIONS), ""], ["mrr 2026-10 5 MNOK"]),
    ],
)
def test_a_cell_is_what_it_is_shown_as(row: list[Cell], expected: list[str]) -> None:
    assert told(xlsx([HEAD, row])) == expected


def test_a_percentage_or_amount_of_an_ods_is_one() -> None:
    rows = [
        ["period", "churn"],
        ["2026-09", 'office:value-type="percentage" office:value="0.104"'],
        ["2026-10", 'office:value-type="float" office:value="10.4"'],
    ]
    assert told(ods(rows)) == ["churn 2026-09 10.4%", "churn 2026-10 10.4"]
    money = 'office:value-type="currency" office:currency="EUR" office:value="5"'
    assert told(ods([["period", "mrr"], ["2026-09", money]])) == ["mrr 2026-09 5 EUR"]


@pytest.mark.parametrize(
    ("style", "label"),
    [("month", "2026-10"), ("year", "2026"), ("day", "2026-10-01"), ("none", "2026-10-01")],
)
@pytest.mark.parametrize("is_of_column", [True, False])
def test_a_day_of_an_ods_is_what_it_is_shown_as(
    style: str, label: str, *, is_of_column: bool
) -> None:
    day = 'office:value-type="date" office:date-value="2026-10-01"'
    column = (
        f'<table:table-column table:default-cell-style-name="{style}"/>' if is_of_column else ""
    )
    own = "" if is_of_column else f' table:style-name="{style}"'
    rows = [["period", "mrr"], [day + own, 'office:value-type="float" office:value="5"']]
    assert told(ods(rows, column * is_of_column)) == [f"mrr {label} 5"]


def test_cells_of_an_old_workbook_are_what_they_are_shown_as() -> None:
    content = (Path(__file__).with_name("shop.xls")).read_bytes()
    assert told(content) == [
        "mrr 2026-08 4",
        "churn 2026-08 10%",
        "mrr 2026-09 5.25",
        "churn 2026-09 10.4%",
        "mrr 2026-10-01 6",
        "churn 2026-10-01 100%",
        "mrr 2026-11 7",
        "churn 2026-11 25%",
    ]


@pytest.mark.parametrize("seed", range(20))
def test_a_damaged_old_workbook_is_no_surprise(seed: int) -> None:
    content = bytearray((Path(__file__).with_name("shop.xls")).read_bytes())
    for at in range(8 + seed, len(content), 97):
        content[at] = zlib.crc32(bytes([at % 256, seed])) % 256
    assert all(isinstance(line, str) for line in told(bytes(content)))


def test_days_are_counted_from_1904_where_the_workbook_says_so() -> None:
    content = xlsx([HEAD, [(OCTOBER - 1462, DAY), 5, ""]], is_1904=True)
    assert told(content) == ["mrr 2026-10-01 5"]


def test_a_cell_that_is_merged_with_those_beneath_it_holds_for_all() -> None:
    rows: list[list[Cell]] = [
        ["kpi", "period", "value"],
        ["mrr", "2026-09", 5],
        ["", "2026-10", 6],
        ["nps", "2026-10", 7],
    ]
    merged = '<mergeCells count="1"><mergeCell ref="A2:A3"/></mergeCells>'
    assert told(xlsx(rows, behind=merged)) == ["mrr 2026-09 5", "mrr 2026-10 6", "nps 2026-10 7"]


def test_a_title_and_blank_rows_above_the_table_are_passed_over() -> None:
    rows: list[list[Cell]] = [["", "Nordlys"], [], ["", *HEAD], ["", "2026-10", 5, 2]]
    table = workbook.read(xlsx(rows), "a.xlsx", sight())
    (row, _) = table
    assert isinstance(row, SourceRow)
    assert (row.line, row.kpi) == (4, "mrr")


SHEETS: tuple[list[list[Cell]], ...] = (
    [HEAD, ["2026-10", 5, ""]],
    [["some notes"]],
    [HEAD, ["2026-10", 6, ""]],
)


def test_of_several_sheets_the_one_with_a_table_is_read() -> None:
    assert told(xlsx(*SHEETS[:2])) == ["mrr 2026-10 5"]


def test_a_hidden_sheet_is_not_read_unless_it_is_named() -> None:
    content = xlsx(*SHEETS, states=("visible", "visible", "hidden"))
    assert told(content) == ["mrr 2026-10 5"]
    assert told(content, sheet="More") == ["mrr 2026-10 6"]


def test_a_sheet_of_a_plan_is_read_only_where_it_is_named() -> None:
    content = xlsx(*SHEETS[:2], names=("Budget 2026", "Notes"))
    assert re.match(r"a.xlsx: 'Budget 2026' says that .* --sheet 'Budget 2026'\)", told(content)[0])
    assert told(content, sheet="Budget 2026") == ["mrr 2026-10 5"]
    for name in ("Budget", "Sales forecast", "Salgsbudsjett 2026"):
        assert f"a.xlsx: '{name}' says that" in told(xlsx(SHEETS[0], names=(name,)))[0]


def test_two_sheets_with_a_table_are_both_named() -> None:
    assert told(xlsx(*SHEETS)) == [
        "a.xlsx: a table by each sheet, 'Data' or 'More' (say which: --sheet Data)"
    ]
    assert told(xlsx(*SHEETS), sheet=3) == told(xlsx(*SHEETS), sheet="More") == ["mrr 2026-10 6"]


def test_a_sheet_that_is_not_there_is_named() -> None:
    assert told(xlsx(*SHEETS), sheet="Mor") == [
        "a.xlsx: no sheet is called 'Mor' (did you mean 'More'?)"
    ]


def test_a_formula_that_was_never_computed_is_said() -> None:
    content = xlsx([HEAD, ["2026-10", "<f>1+1</f>", 2]])
    table = workbook.read(content, "a.xlsx", sight())
    assert table.survey
    assert table.survey.mapping.grid.remarks == ("1 formulas that were never computed",)


def test_rows_that_a_filter_hides_are_read_and_said() -> None:
    content = xlsx([HEAD, ["2026-09", 5, ""], ["2026-10", 6, ""]])
    with zipfile.ZipFile(BytesIO(content)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace(b'<row r="2">', b'<row r="2" hidden="1">')
    table = workbook.read(archive(parts), "a.xlsx", sight())
    assert table.survey
    assert table.survey.mapping.grid.remarks == ("1 hidden row with the others",)
    assert told(archive(parts)) == ["mrr 2026-09 5", "mrr 2026-10 6"]


def test_mixed_types_in_a_column_are_each_what_they_are() -> None:
    rows: list[list[Cell]] = [
        HEAD,
        ["2026-08", "1.204,5", ""],
        ["2026-09", 1204.5, ""],
        ["2026-10", "<v/>", ""],
    ]
    table = workbook.read(xlsx(rows), "a.xlsx", sight())
    marks = [(row.value, row.mark) for row in table if isinstance(row, SourceRow)]
    assert marks == [("1.204,5", ","), ("1204.5", ".")]


AS_CSV = "save the sheet as CSV UTF-8"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            archive({"a.csv": "period,mrr\n"}),
            "is an archive, with a.csv in it (unpack it: unzip a.xlsx)",
        ),
        (archive({"xl/workbook.xml": "<x/>"}), f"is not a readable workbook ({AS_CSV})"),
        (b"PK\x03\x04 and no more", f"is not a readable workbook ({AS_CSV})"),
        (b"\xd0\xcf\x11\xe0 and no more", f"is not a readable workbook ({AS_CSV})"),
        (xlsx([HEAD])[:-30], f"is not a readable workbook ({AS_CSV})"),
        (
            archive({"xl/workbook.xml": '<!DOCTYPE a [<!ENTITY b "c">]><workbook>&b;</workbook>'}),
            "is not a readable workbook",
        ),
    ],
)
def test_what_is_no_workbook_is_refused(content: bytes, message: str) -> None:
    (line,) = told(content)
    assert line.startswith(f"a.xlsx: {message}")


def test_an_archive_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_zip, "MOST_BYTES", 2**20)
    bomb = archive({"xl/workbook.xml": b" " * 2**21})
    assert told(bomb) == [f"a.xlsx: unpacks to more than kpi reads: 1 MB ({AS_CSV})"]


def test_an_archive_that_lies_about_its_size_is_unpacked_no_further(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(_zip, "MOST_BYTES", 2**20)
    bomb = archive({"xl/workbook.xml": b" " * 2**21})
    size = (2**21).to_bytes(4, "little")
    assert bomb.count(size) == 2
    assert told(bomb.replace(size, (9).to_bytes(4, "little"))) == [
        f"a.xlsx: unpacks to more than kpi reads: 1 MB ({AS_CSV})"
    ]


def test_a_cell_far_from_the_table_fills_no_memory() -> None:
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert told(_with_rows(xlsx([HEAD, ["2026-10", 5, ""]]), far)) == [
        (
            "a.xlsx: sheet 'Data' reaches over 1,048,576 rows and 16,384 columns "
            "(clear what is far from the table)"
        )
    ]


def _with_rows(content: bytes, rows: str) -> bytes:
    with zipfile.ZipFile(BytesIO(content)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    name = "xl/worksheets/sheet1.xml"
    parts[name] = parts[name].replace(b"</sheetData>", rows.encode() + b"</sheetData>")
    return archive(parts)


def test_cells_of_an_ods_that_are_repeated_without_end_are_refused() -> None:
    many = 'table:number-columns-repeated="16384" office:value-type="float" office:value="1"'
    content = ods([["period", "mrr"], *[[many]] * 400])
    assert told(content) == ["a.xlsx: has more than 5,000,000 cells ()"]


def test_without_the_extra_one_line_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    assert told(xlsx([HEAD])) == [
        (
            "a.xlsx: is a workbook, and nothing here reads workbooks "
            f"(pip --python {sys.executable} install python-calamine, or {AS_CSV})"
        )
    ]


@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_workbook_is_no_surprise(seed: int) -> None:
    content = bytearray(xlsx([HEAD, ["2026-10", 5, (0.1, PERCENT)]]))
    for at in range(seed, len(content), 41):
        content[at] = zlib.crc32(bytes([at % 256, seed])) % 256
    assert all(isinstance(line, str) for line in told(bytes(content)))
