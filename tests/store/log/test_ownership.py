"""A file that has content and not one record is not kpi's own, and is never written to."""

import os
from pathlib import Path

import pytest

from kpicli.store.log.ownership import holds_records
from tests.installed import Kpi
from tests.store.logs import line

BOARD = 'log = "{log}"\n[kpis.mrr]\nunit = "kr"\n'
RECORD = line(value=1)
OTHERS = {
    "a shell's": b"# ~/.bashrc\nalias ll='ls -l'\n",
    "JSON": b'{\n  "a": 1\n}\n',
    "JSON lines of others": b'{"id":"abc","name":"x"}\n{"id":"0123456789abcdef","name":"x"}\n',
    "text without its end": b"hello",
    "a long one": b"hello " * 50_000,
    "records joined by line ends of another kind": RECORD[:-1] + b"\r" + RECORD[:-1] + b"\r",
}


@pytest.fixture
def board(tmp_path: Path) -> Path:
    (tmp_path / "kpis.toml").write_text(BOARD.format(log="other"))
    return tmp_path / "other"


@pytest.mark.parametrize("content", OTHERS.values(), ids=OTHERS)
@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["record", "mrr", "5", "--period", "2026-06"], id="record"),
        pytest.param(["import", "-"], id="import"),
        pytest.param(["repair"], id="repair"),
    ],
)
def test_a_file_without_a_record_is_left_as_it_is(
    kpi: Kpi, board: Path, content: bytes, words: list[str]
) -> None:
    board.write_bytes(content)
    run = kpi(*words, stdin="kpi,period,value\nmrr,2026-06,5\n")
    assert (run.code, run.out, board.read_bytes()) == (2, "", content)
    assert "holds no record, so it is not kpi's own\n" in run.err
    assert os.listdir(board.parent).count("other") == 1


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"\n\r\n", id="blank lines"),
        pytest.param(b"\xef\xbb\xbf", id="a byte order mark"),
        pytest.param(RECORD[:30], id="a write that was interrupted"),
        pytest.param(bytes(99), id="zeros of one"),
        pytest.param(RECORD.replace(b":1,", b":2,"), id="a damaged record"),
        pytest.param(b'{"kpi":"mrr","period":"2026-06","value":x}\n', id="one by hand"),
        pytest.param(b"hello\n" * 20_000 + RECORD, id="a record behind much else"),
    ],
)
def test_what_may_be_a_log_is_appended_to(kpi: Kpi, board: Path, content: bytes) -> None:
    board.write_bytes(content)
    assert kpi("record", "mrr", "5", "--period", "2026-06", "--yes").code == 0
    assert board.read_bytes().startswith(content)


@pytest.mark.parametrize(
    ("content", "holds"),
    [
        pytest.param(RECORD, True, id="a sealed record"),
        pytest.param(b"\xef\xbb\xbf" + RECORD.replace(b"\n", b"\r\n"), True, id="of Windows"),
        pytest.param(b"damaged\n\n" + RECORD, True, id="not on the first line"),
        pytest.param(b'{"kpi":"mrr"}\n', False, id="another object"),
        pytest.param(b"", False, id="nothing"),
    ],
)
def test_a_file_holds_records_where_a_sealed_one_is_near_its_start(
    tmp_path: Path, content: bytes, *, holds: bool
) -> None:
    (tmp_path / "file").write_bytes(content)
    assert holds_records(str(tmp_path / "file")) is holds
    assert not holds_records(str(tmp_path / "none"))


@pytest.mark.parametrize("words", [["catalog"], ["rules"], ["status"], ["schema"], ["path"]])
def test_no_answer_is_written_over_records(kpi: Kpi, board: Path, words: list[str]) -> None:
    left = board.with_name("left.jsonl")
    left.write_bytes(RECORD)
    toml = board.with_name("kpis.toml")
    for content in (toml.read_text(), "x = = 1\n"):
        toml.write_text(content)
        run = kpi(*words, "--format", "json", "-o", "left.jsonl")
        assert (run.code, left.read_bytes()) == (2, RECORD)
