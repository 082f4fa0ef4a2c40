import pytest

from kpicli.model.source import SourceRow
from kpicli.sources._board import kind_of
from tests.sources.reading import faults, found, rows

SOUND = '{"kpi":"mrr","period":"2026-10","value":5}'
MRR = SourceRow(1, "mrr", "2026-10", "5", mark=".", raw=SOUND.encode())
SEALED = '{"id":"0123456789abcdef","kpi":"mrr","period":"2026-10","value":null,"new":1e5}'
ONE_A_LINE = "write one object a line, or all of them in a list"
PLAIN = 'value must be a plain decimal number — or text, such as "12 kr"'
UTF_8 = "save it as UTF-8"


def with_value(value: str) -> str:
    return SOUND.replace("5}", f"{value}}}")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(f"{SOUND}\n", MRR, id="a line"),
        pytest.param(SOUND, MRR, id="no line feed at the end"),
        pytest.param(f"\ufeff{SOUND}\r\n", MRR, id="a byte order mark and a carriage return"),
        pytest.param(f"\n  \n{SOUND}\n", MRR._replace(line=3), id="blank lines"),
    ],
)
def test_a_line_is_read(content: str, expected: SourceRow) -> None:
    assert rows("jsonl", content) == [expected]


@pytest.mark.parametrize(
    ("value", "text", "mark"),
    [
        pytest.param("480000.50", "480000.50", ".", id="digits as they stand"),
        pytest.param("-0", "-0", ".", id="a zero with a sign"),
        pytest.param("9" * 5000, "9" * 5000, ".", id="more digits than Python reads"),
        pytest.param('"12,5 kr"', "12,5 kr", None, id="text"),
        pytest.param("null", None, None, id="null"),
    ],
)
def test_a_value_is_kept_as_it_stands(value: str, text: str | None, mark: str | None) -> None:
    (row,) = rows("jsonl", with_value(value))
    assert (row.value, row.mark) == (text, mark)


def test_all_that_may_be_given_is_read_and_null_is_nothing() -> None:
    (row,) = rows("jsonl", f'{SOUND[:-1]},"note":"a\\nb","by":"ann","at":"2026-11-01T00:00:00Z"}}')
    assert (row.note, row.by, row.at) == ("a\nb", "ann", "2026-11-01T00:00:00Z")
    (row,) = rows("jsonl", f'{SOUND[:-1]},"note":null,"by":null,"at":null}}')
    assert (row.note, row.by, row.at) == ("", "", "")


def test_a_sealed_line_keeps_its_bytes_and_may_have_other_keys() -> None:
    (row,) = rows("jsonl", f"{SEALED}\r\n")
    assert (row.raw, row.is_sealed, row.value) == (SEALED.encode(), True, None)


def test_a_line_ends_at_a_line_feed_alone() -> None:
    line = f'{SOUND[:-1]},"note":"a\u2028b\x85c"}}'
    assert [row.note for row in rows("jsonl", f"{line}\n{line}")] == ["a\u2028b\x85c"] * 2


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        pytest.param("x", f"not a JSON object — {ONE_A_LINE}", id="no JSON"),
        pytest.param("[", f"not a JSON object — {ONE_A_LINE}", id="an array begun"),
        pytest.param("[1]", f"not a JSON object — {ONE_A_LINE}", id="an array"),
        pytest.param(f"{SOUND},", f"not a JSON object — {ONE_A_LINE}", id="more behind it"),
        pytest.param(f"{SOUND}\r{SOUND}", f"not a JSON object — {ONE_A_LINE}", id="two in one"),
        pytest.param("[" * 100_000, "nested too deeply", id="depth"),
        pytest.param('{"kpi":"a","kpi":"b"}', "duplicate key 'kpi'", id="a key twice"),
        pytest.param(with_value("NaN"), PLAIN, id="NaN"),
        pytest.param(with_value("-Infinity"), PLAIN, id="infinity"),
        pytest.param(with_value("1e3"), PLAIN, id="an exponent"),
        pytest.param(with_value("1.5E-3"), PLAIN, id="another exponent"),
        pytest.param(with_value("true"), PLAIN, id="true"),
        pytest.param(with_value("[5]"), PLAIN, id="a list"),
        pytest.param(with_value('{"a":5}'), PLAIN, id="an object"),
        pytest.param('{"kpi":"mrr","period":"2026-10"}', "no key 'value'", id="no value"),
        pytest.param('{"period":"2026-10","value":5}', "no key 'kpi'", id="no KPI"),
        pytest.param(SOUND.replace('"2026-10"', "2026"), "period must be text", id="a number"),
        pytest.param(SOUND.replace('"mrr"', "null"), "kpi must be text", id="a KPI of null"),
        pytest.param(f'{SOUND[:-1]},"note":5}}', "note must be text", id="a note of digits"),
        pytest.param(
            f'{SOUND[:-1]},"notes":""}}',
            "unknown key 'notes' — did you mean 'note'?",
            id="a key nearly known",
        ),
        pytest.param(
            f'{SOUND[:-1]},"x\\n":""}}',
            "unknown key 'x\\x0a' — one of: kpi, period, value, note, by, at",
            id="a key unknown",
        ),
        pytest.param(
            f'{SOUND[:-1]},"id":"0123456789abcdef"}}',
            "the id must come first, as kpi writes it — or be left out",
            id="an id in the end",
        ),
        pytest.param(
            f'{SOUND[:-1]},"note":"{"x" * 2001}"}}',
            "note is longer than 2,000 characters — shorten it",
            id="a long note",
        ),
        pytest.param(
            f'{SOUND[:-1]},"by":"{"x" * 65}"}}',
            "by is longer than 64 characters — shorten it",
            id="a long name",
        ),
        pytest.param(
            f'{SOUND[:-1]},"by":"\\ud800"}}',
            r"by holds half a character: '\ud800' — correct it",
            id="half a character",
        ),
        *(
            pytest.param(
                line,
                "git conflict marker — delete the marker lines, and keep the lines of both sides",
                id=line,
            )
            for line in (
                "<<<<<<< HEAD",
                "||||||| 1a2b",
                "=======",
                ">>>>>>> other",
                ">>>>>>>",
                "=========",
            )
        ),
    ],
)
def test_a_fault_is_of_its_line_alone(line: str, fault: str) -> None:
    content = f"{SOUND}\n{line}\n{SOUND}\n"
    assert faults("jsonl", content) == [f"stdin:2: {fault}"]
    one, _, three = found("jsonl", content)
    assert (one, three) == (MRR, MRR._replace(line=3))


def test_bytes_that_are_no_utf_8_are_named() -> None:
    assert faults("jsonl", SOUND.replace("mrr", "mé").encode("latin-1")) == [
        f"stdin:1: not UTF-8 (byte 0xe9) — {UTF_8}"
    ]
    assert [row.kpi for row in rows("jsonl", SOUND.encode("utf-16"))] == ["mrr"]


@pytest.mark.parametrize("content", ["", "\n\n", "\ufeff"])
def test_nothing_is_a_fault(content: str) -> None:
    assert faults("jsonl", content) == ["stdin: no rows"]


def test_a_list_in_utf_16_is_known_as_json() -> None:
    for encoding in ("utf-16", "utf-16-le", "utf-16-be"):
        assert kind_of("a.json", "a.json", '[\n{"period": 1}]'.encode(encoding)) == "jsonl"
