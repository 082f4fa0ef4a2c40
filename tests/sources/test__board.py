import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.errors import KpiError
from kpicli.sources._board import KINDS, file_kind, kind_of

NAMES = KINDS


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("a.csv", "csv"),
        ("b/a.CSV", "csv"),
        ("a.tsv", "tsv"),
        ("a.tab", "tsv"),
        ("a.jsonl", "jsonl"),
        ("a.csv.ndjson", "jsonl"),
    ],
)
def test_a_file_is_what_its_name_says(path: str, name: str) -> None:
    assert kind_of(path, path, b"") == name


@pytest.mark.parametrize(
    ("content", "name"),
    [
        pytest.param(b"kpi,period,value\n", "csv", id="commas"),
        pytest.param(b"kpi;period;value\n", "csv", id="semicolons"),
        pytest.param(b"kpi\tperiod\tvalue\n", "tsv", id="tabs"),
        pytest.param(b"kpi,period,value\ta\n", "csv", id="commas and a tab"),
        pytest.param(b"\xef\xbb\xbf\n\nkpi\tperiod\r\n1,2\t\n", "tsv", id="a mark, blank lines"),
        pytest.param(b"kpi\tperiod\rmrr,1\t2\r", "tsv", id="carriage returns"),
        pytest.param(b'\xef\xbb\xbf \n{"kpi":\t"mrr"}', "jsonl", id="an object"),
        pytest.param(b'[{"kpi":"mrr"}]', "jsonl", id="an array"),
        pytest.param(b"", "csv", id="nothing"),
    ],
)
@pytest.mark.parametrize("path", ["-", "actuals", "actuals.txt"])
def test_else_it_is_what_it_looks_like(path: str, content: bytes, name: str) -> None:
    assert kind_of(path, path, content) == name


@given(st.lists(st.sampled_from([b"{", b"[", b"\t", b",", b"a", b" ", b"\xff"])).map(b"".join))
def test_every_first_line_looks_like_one_source(first: bytes) -> None:
    assert [file_kind(name).looks_like(first) for name in NAMES].count(True) == 1


def test_no_two_sources_have_one_ending() -> None:
    endings = [ending for name in NAMES for ending in file_kind(name).ENDINGS]
    assert len(endings) == len(set(endings))


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(KpiError, match="--format cannot be 'cvs'"):
        file_kind("cvs")
