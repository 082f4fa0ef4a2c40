import io
import sys
from pathlib import Path

import pytest

from kpicli.errors import KpiError
from kpicli.sources._input import read_input


def test_a_file_is_read_whole_and_named(tmp_path: Path) -> None:
    path = tmp_path / "a\x1bb.csv"
    path.write_bytes(b"\xff\x00\r\n")
    assert read_input(str(path))[1:] == (f"{tmp_path}/a\\x1bb.csv", b"\xff\x00\r\n")


def test_a_dash_is_what_is_piped_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\xff\x00\r\n")))
    assert read_input("-") == ("-", "stdin", b"\xff\x00\r\n")


def test_a_closed_stdin_pipes_nothing_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(KpiError, match="nothing is piped in: stdin is closed"):
        read_input("-")


def test_a_stdin_that_can_not_be_read_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with io.TextIOWrapper(io.FileIO(tmp_path / "written", "w")) as for_writing:
        monkeypatch.setattr(sys, "stdin", for_writing)
        with pytest.raises(KpiError, match="File not open for reading") as caught:
            read_input("-")
    assert caught.value.where == "stdin"


@pytest.mark.parametrize(
    ("name", "where", "message"),
    [
        ("nowhere.csv", "nowhere.csv", "no such file"),
        ("no/where.csv", "no/where.csv", "no such file"),
        (".", ".", "is a folder, expected a file"),
        ("\0", r"\x00", "is not a valid path"),
        ("x" * 300, "x" * 300, "File name too long"),
    ],
)
def test_what_can_not_be_read_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, where: str, message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(KpiError) as caught:
        read_input(name)
    assert (caught.value.where, caught.value.message) == (where, message)
