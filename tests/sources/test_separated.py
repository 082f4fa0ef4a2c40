import csv
from io import StringIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.model.record import MOST_BY, MOST_NOTE
from kpicli.model.source import SourceRow
from kpicli.text import escaped, guarded
from tests.sources.reading import faults, found, rows
from tests.tiers import examples

HEAD = "kpi,period,value\n"
NOTED = "kpi,period,value,note\n"
NAMED = "the first line names the columns: kpi,period,value or period and KPIs"
DOUBLED = 'a quote inside a quoted cell is written ""'
QUOTED = "a cell with a ',' in it is written in quotes"
CLOSED = "close the quote, or write the cell on one line"
ONE_OUT = "leave one out, or name one with --columns"
MRR = SourceRow(2, "mrr", "2026-10", "5")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(f"{HEAD}mrr,2026-10,5\n", [MRR], id="long"),
        pytest.param(f"{HEAD}mrr,2026-10,5", [MRR], id="no line feed at the end"),
        pytest.param(f"\ufeff{HEAD}mrr,2026-10,5\n", [MRR], id="a byte order mark"),
        pytest.param("kpi,period,value\r\nmrr,2026-10,5\r\n", [MRR], id="carriage returns too"),
        pytest.param("kpi,period,value\rmrr,2026-10,5\r", [MRR], id="carriage returns alone"),
        pytest.param(' KPI ,"Period",VALUE\nmrr,2026-10,5\n', [MRR], id="case and spaces"),
        pytest.param(f"{HEAD} mrr , 2026-10 , 5 \n", [MRR], id="spaces around a cell"),
        pytest.param("value,kpi,period\n5,mrr,2026-10\n", [MRR], id="any order"),
        pytest.param(f'{NOTED}mrr,2026-10,5, "A" │\n', [MRR._replace(note=' "A" │')], id="a quote"),
        pytest.param(
            f"{HEAD}\nmrr,2026-10,5\n  \n,,\n", [MRR._replace(line=3)], id="blank lines and rows"
        ),
        pytest.param("kpi,period,value,,\nmrr,2026-10,5,,\n", [MRR], id="columns left over"),
        pytest.param("kpi,period,value,,\nmrr,2026-10,5\n", [MRR], id="left over above alone"),
        pytest.param("kpi,,period,value\nmrr,,2026-10,5\n", [MRR], id="an empty column between"),
        pytest.param(
            f'{HEAD}mrr,2026-10,"480,5 kr"\n', [MRR._replace(value="480,5 kr", mark=",")], id="kr"
        ),
        pytest.param(f"{HEAD}mrr,2026-10,\n", [MRR._replace(value=None)], id="an empty value"),
        pytest.param(
            "kpi,period,value,note,by,at\nmrr,2026-10,5, why ,ann,2026-11-01T00:00:00Z\n",
            [MRR._replace(note=" why ", by="ann", at="2026-11-01T00:00:00Z")],
            id="all that may be given",
        ),
        pytest.param(
            "id,kpi,name,unit,period,value,replaces,replaced_by\n"
            "0123,mrr,MRR,kr,2026-10,5,4567,89ab\n",
            [MRR._replace(mark=".", unit="kr", replaces="4567")],
            id="columns of kpi's own exports",
        ),
        pytest.param(
            f'{NOTED}mrr,2026-10,5,"one\r\n2, ""x"""\nnps,2026-10,7,\n',
            [
                MRR._replace(note='one\r\n2, "x"'),
                SourceRow(4, "nps", "2026-10", "7"),
            ],
            id="a note of two lines",
        ),
        pytest.param(
            f'{NOTED}mrr,2026-10,5,"one, two,\nthree, four"\n',
            [MRR._replace(note="one, two,\nthree, four")],
            id="a note of two lines with commas",
        ),
        pytest.param(
            f'{NOTED}mrr,2026-10,5,"a, b, c, d\n"\n',
            [MRR._replace(note="a, b, c, d\n")],
            id="a line of a note with as many commas as a row",
        ),
        pytest.param(
            f'{NOTED}mrr,2026-10,5,a\u2028b\x0bc\x85\x1c24" tv\n',
            [MRR._replace(note='a\u2028b\x0bc\x85\x1c24" tv')],
            id="what ends no line",
        ),
        pytest.param(
            "kpi,period,value,unit,note\nmrr,2026-10,5,kr,'=1+1\\x0a\\u202e C:\\new \\x41 it's\n",
            [MRR._replace(note="=1+1\n\u202e C:\\new \\x41 it's", mark=".", unit="kr")],
            id="a note as kpi itself exports it",
        ),
        pytest.param(
            f"{NOTED}mrr,2026-10,5,'=1+1\\x0a C:\\x41\n",
            [MRR._replace(note="'=1+1\\x0a C:\\x41")],
            id="a note of another program, word for word",
        ),
        pytest.param(
            "period,mrr, NPS ,note,by\n2026-10,5,,why,ann\n\n2026-11,,7,,\n",
            [
                MRR._replace(note="why", by="ann"),
                SourceRow(4, "nps", "2026-11", "7", by=""),
            ],
            id="wide",
        ),
        pytest.param(
            "mrr,period,nps\n5,2026-10,7\n",
            [MRR._replace(), SourceRow(2, "nps", "2026-10", "7")],
            id="wide, the period in the middle",
        ),
    ],
)
def test_rows_are_read(content: str, expected: list[SourceRow]) -> None:
    assert rows("csv", content) == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param("", ["stdin: no rows"], id="empty"),
        pytest.param("\ufeff\n \n", ["stdin: no rows"], id="blank"),
        pytest.param(HEAD, ["stdin: no rows"], id="a header alone"),
        pytest.param(
            "mrr,2026-10,5\n", [f"stdin:1: no header — {NAMED}"], id="rows without a header"
        ),
        pytest.param(
            "\nkpi,period\n", [f"stdin:2: no column for the value — {NAMED}"], id="a column missing"
        ),
        pytest.param(
            "Hits,The day\n5,2026-10\n",
            ["stdin:1: no column for the period — say which is which: --columns 'period=The day'"],
            id="a header of which nothing is known",
        ),
        pytest.param(
            "period,note\n", [f"stdin:1: no column of a KPI — {NAMED}"], id="wide without a KPI"
        ),
        pytest.param(
            "kpi,period,valeu,x\n",
            ["stdin:1: no column for the value — say which is which: --columns value=valeu"],
            id="unknown columns",
        ),
        pytest.param(
            "kpi,period,value,Value\nmrr,2026-10,5,6\n",
            [
                f"stdin:1: column 'Value' appears twice — {ONE_OUT}",
            ],
            id="a column twice",
        ),
        pytest.param(
            "period,mrr,MRR\n2026-10,5,6\n",
            [f"stdin:1: column 'mrr' appears twice — {ONE_OUT}"],
            id="a KPI twice",
        ),
        pytest.param(
            f"{HEAD}mrr,2026-10\nnps,2026-10,480,5\n",
            [
                "stdin:2: 2 cells under a header of 3 — leave a cell empty, not out",
                f"stdin:3: 4 cells under a header of 3 — {QUOTED}",
            ],
            id="a short and a long row",
        ),
        pytest.param(
            "kpi,period,value,,\nmrr,2026-10,5,,x\n",
            [
                (
                    "stdin:2: 'x' is in a column without a name — give the column a name, "
                    "or name those to take with --columns"
                )
            ],
            id="a cell under no name",
        ),
        pytest.param(
            f'{HEAD}mrr,2026-10,"5\n' + "nps,2026-10,7\n" * 999,
            [f"stdin:2: quote never closed — {DOUBLED}"],
            id="a stray quote",
        ),
        pytest.param(
            f'{HEAD}mrr,2026-10,"5\n' + "nps,2026-10,7\n" * 99_999,
            [f"stdin:2: quote never closed — {DOUBLED}"],
            id="a stray quote in a long file",
        ),
        pytest.param(
            f'{NOTED}mrr,2026-10,"5,\nnps,2026-10,7,\nnps,2026-11,7,"why"\n',
            [f"stdin:2: quote never closed — {DOUBLED}"],
            id="a stray quote before a quoted cell",
        ),
        pytest.param(
            f'{NOTED}mrr,2026-10,5,"why\nnps,2026-10,7,\nnps,2026-11,7,so"\n',
            [
                f"stdin:2: a quoted cell holds what may be a row: 'nps,2026-10,7,' — {CLOSED}",
            ],
            id="two stray quotes",
        ),
        pytest.param(
            f'{NOTED}mrr,2026-10,5,"say "so""\n',
            [f"stdin:2: text after a closing quote — {DOUBLED}"],
            id="a quote in a quoted cell",
        ),
        pytest.param(
            f"{NOTED}mrr,2026-10,5,{'x' * 131_073}\n",
            ["stdin:2: a cell is longer than 131,072 characters"],
            id="a cell too long",
        ),
        pytest.param(
            f"{NOTED}mrr,2026-10,5,{'x' * (MOST_NOTE + 1)}\n",
            ["stdin:2: note is longer than 2,000 characters — shorten it"],
            id="a note too long",
        ),
        pytest.param(
            f"kpi,period,value,by\nmrr,2026-10,5,{'x' * (MOST_BY + 1)}\n",
            ["stdin:2: by is longer than 64 characters — shorten it"],
            id="a name too long",
        ),
    ],
)
def test_a_fault_has_its_place_and_a_hint(content: str | bytes, expected: list[str]) -> None:
    assert faults("csv", content) == expected


@pytest.mark.parametrize(
    ("content", "keys"),
    [
        ("2026-08,4\n2026-09,5\n", {"kpi": "mrr"}),
        ("2026-08,4\n2026-09,5\n", {"columns": {"period": "1", "mrr": "2"}}),
        ("mrr,2025,4\nmrr,2026,5\n", {"columns": {"kpi": "1", "period": "2", "value": "3"}}),
    ],
)
def test_a_row_is_no_header(content: str, keys: dict[str, Any]) -> None:
    assert faults("csv", content, **keys) == [f"stdin:1: no header — {NAMED}"]


def test_faults_of_rows_stand_among_the_rows() -> None:
    one, two, three = found("csv", f"{HEAD}mrr,2026-10,5\nmrr\nmrr,2026-10,5\n")
    assert isinstance(one, SourceRow)
    assert not isinstance(two, SourceRow)
    assert three == MRR._replace(line=4)


def test_lines_are_counted_through_a_long_file() -> None:
    found = rows("csv", HEAD + "mrr,2026-10,5\r\n" * 20_000)
    assert [row.line for row in found] == list(range(2, 20_002))


def test_a_longest_note_and_name_are_kept() -> None:
    (row,) = rows(
        "csv", f"kpi,period,value,note,by\nmrr,2026-10,5,{'x' * MOST_NOTE},{'y' * MOST_BY}\n"
    )
    assert (len(row.note), len(row.by or "")) == (MOST_NOTE, MOST_BY)


def test_a_delimiter_is_taken_as_given() -> None:
    assert rows("csv", "kpi;period;value\nmrr;2026-10;5\n", delimiter=";") == [MRR]
    assert rows("tsv", "kpi;period;value\nmrr;2026-10;5\n", delimiter=";") == [MRR]
    assert faults("csv", "kpi;period;value\nmrr;2026-10;5\n", delimiter="|") == [
        f"stdin:1: no header — {NAMED}"
    ]


def test_tabs_stand_between_cells_as_commas_do() -> None:
    assert rows("tsv", 'kpi\tperiod\tvalue\tnote\nmrr\t2026-10\t5\t"a\tb, c"\n') == [
        MRR._replace(note="a\tb, c")
    ]
    assert rows("tsv", f"{HEAD}mrr,2026-10,5\n") == [MRR]


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_another_delimiter_is_seen(delimiter: str) -> None:
    content = '\r\n"kpi",period,value\r\nmrr,2026-10,5\r\n'.replace(",", delimiter)
    assert rows("csv", content) == [MRR._replace(line=3)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_what_has_one_encoding_is_read_in_it(encoding: str) -> None:
    content = f"{NOTED}mrr,2026-10,5,på £\n".encode(encoding)
    assert rows("csv", content) == [MRR._replace(note="på £")]


def test_what_is_no_utf_8_is_read_as_windows_writes_it() -> None:
    assert rows("csv", f"{NOTED}mrr,2026-10,5,på £\n".encode("cp1252")) == [
        MRR._replace(note="på £")
    ]


@pytest.mark.parametrize(
    ("content", "encoding", "expected"),
    [
        (b"mrr,2026-10,5,p\xc3\xa5 \xa3\n", None, "stdin:2: partly UTF-8, and partly not"),
        (b"mrr,2026-10,5,\x81\n", None, "stdin:2: neither UTF-8 nor Windows-1252"),
        (b"mrr,2026-10,5,\xe5\n", "utf-8", "stdin: is not in utf-8 (byte 0xe5)"),
        (b"mrr,2026-10,5,x\n", "utf-9", "kpi: error: no encoding is called 'utf-9'"),
    ],
)
def test_an_encoding_that_is_open_is_refused(
    content: bytes, encoding: str | None, expected: str
) -> None:
    (fault,) = faults("csv", NOTED.encode() + content, encoding=encoding)
    assert fault.startswith(expected)


CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@examples(200)
@given(
    st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=4),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([("csv", ","), ("tsv", "\t")]),
)
def test_what_csv_writers_write_is_read_again(
    notes: list[tuple[str, str]], end: str, kind: tuple[str, str]
) -> None:
    name, delimiter = kind
    text = StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator=end)
    writer.writerow(["kpi", "period", "value", "unit", "note", "by"])
    for note, by in notes:
        writer.writerow(["mrr", "2026-10", "5", "", escaped(guarded(note)), escaped(guarded(by))])
    read = [(row.line, row.note, row.by) for row in rows(name, text.getvalue())]
    assert read == [(line, note, by) for line, (note, by) in enumerate(notes, 2)]


def test_a_long_line_among_many_is_looked_at_once() -> None:
    lines = [*["a  b  1"] * 20_000, f"{'x' * 200_000}  y  2"]
    (fault,) = faults("csv", "\n".join(lines))
    assert "its columns stand apart by spaces alone" in fault


@examples(200)
@given(st.binary(max_size=200))
def test_no_bytes_are_a_surprise(content: bytes) -> None:
    for name in ("csv", "tsv", "jsonl"):
        assert found(name, content)
        found(name, HEAD.encode() + content)
