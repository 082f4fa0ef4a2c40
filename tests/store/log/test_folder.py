"""A log in a folder: each writer appends to a file of their own, and all of them are read."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from kpicli.services.load import damages_of
from kpicli.store.log.folder import LogFolder, file_of
from tests.installed import Kpi
from tests.store.logs import has_conflict, warnings

BOARD = 'log = "kpis.log/"\n[kpis.mrr]\nunit = "kr"\n[kpis.churn]\nunit = "%"\n'


@pytest.fixture
def board(tmp_path: Path) -> Path:
    (tmp_path / "kpis.toml").write_text(BOARD)
    return tmp_path / "kpis.log"


def record(kpi: Kpi, writer: str, *words: str) -> int:
    run = kpi("record", *words, "--period", "2026-06", "--by", writer)
    assert run.out == ""
    return run.code


def actual(kpi: Kpi) -> str:
    return kpi("status", "mrr", "--period", "2026-06").out.split("  ")[2].strip()


@pytest.mark.parametrize(
    ("writer", "start"),
    [
        pytest.param("bob", "bob-", id="a name"),
        pytest.param("Head of Sales", "head-of-sales-", id="spaces and capitals"),
        pytest.param("../../etc/passwd", "etc-passwd-", id="a path"),
        pytest.param("", "writer-", id="nobody"),
        pytest.param("Åse", "se-", id="other letters"),
        pytest.param("x" * 64, f"{'x' * 40}-", id="a long name"),
    ],
)
def test_a_writers_file_has_a_safe_name(writer: str, start: str) -> None:
    name = file_of(writer)
    assert name.startswith(start)
    assert len(name) == len(start) + 4 + len(".jsonl")


def test_names_that_look_alike_have_files_of_their_own() -> None:
    assert len({file_of(writer) for writer in ("a b", "a-b", "A B", "a  b")}) == 4


def test_each_writer_appends_to_one_file(kpi: Kpi, board: Path) -> None:
    for writer, word in (("ana", "mrr=1"), ("bob", "churn=2"), ("ana", "churn=3")):
        assert record(kpi, writer, word, "--yes") == 0
    lines = {file.name: file.read_text().count("\n") for file in board.iterdir()}
    assert lines == {file_of("ana"): 2, file_of("bob"): 1}


def test_the_latest_counts_whoever_wrote_it(kpi: Kpi, board: Path) -> None:
    for value, writer in (("10", "bob"), ("11", "ana"), ("12", "bob")):
        assert record(kpi, writer, f"mrr={value}", "--yes") == 0
        assert actual(kpi) == f"{value} kr"
    assert len(list(board.iterdir())) == 2


def test_what_another_writer_recorded_is_not_replaced_unasked(kpi: Kpi, board: Path) -> None:
    assert record(kpi, "bob", "mrr=10") == 0
    assert record(kpi, "ana", "mrr=11") == 2
    assert [file.name for file in board.iterdir()] == [file_of("bob")]


def test_damage_is_named_with_its_file_and_healed_by_a_later_record(kpi: Kpi, board: Path) -> None:
    assert record(kpi, "bob", "mrr=10") == 0
    file = board / file_of("bob")
    file.write_text(file.read_text().replace(":10,", ":90,"))
    run = kpi("status", "mrr", "--period", "2026-06")
    assert run.code == 3
    assert f"damaged: kpis.log/{file.name}:1" in run.out
    assert record(kpi, "ana", "mrr=11") == 0
    assert actual(kpi) == "11 kr"


def test_files_of_other_kinds_are_left_alone(board: Path) -> None:
    board.mkdir()
    (board / "notes.txt").write_text("not a log")
    reading = LogFolder(str(board), "kpis.log/")
    assert list(reading.lines()) == []
    assert (damages_of(reading), warnings(reading), has_conflict(reading)) == ([], [], False)


def test_a_file_where_the_folder_should_be_is_refused(kpi: Kpi, board: Path) -> None:
    board.write_text("")
    run = kpi("status")
    assert run.code == 2
    assert run.err.startswith("kpis.log/: is a file, expected a folder\n")


def test_the_folder_around_it_is_never_made(kpi: Kpi, tmp_path: Path) -> None:
    (tmp_path / "kpis.toml").write_text(BOARD.replace("kpis.log/", "data/kpis.log/"))
    assert record(kpi, "bob", "mrr=1") == 2
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("make", "said"),
    [
        pytest.param(Path.mkdir, "is a directory, expected a file", id="a folder"),
        pytest.param(os.mkfifo, "is a named pipe, expected a file", id="a pipe"),
        pytest.param(
            lambda path: path.symlink_to("/dev/full"), "is a device, expected a file", id="a device"
        ),
    ],
)
@pytest.mark.parametrize("command", ["status", "verify", "repair"])
def test_what_is_no_file_is_to_be_moved_away(
    kpi: Kpi, board: Path, command: str, make: Callable[[Path], None], said: str
) -> None:
    board.mkdir()
    make(board / "dir.jsonl")
    run = kpi(command)
    assert (run.code, run.out) == (2, "")
    assert run.err == (
        f"kpis.log/dir.jsonl: {said}\nhint: move it away, or name another log in the definitions\n"
    )


def test_a_file_of_two_names_is_read_once(kpi: Kpi, board: Path) -> None:
    assert record(kpi, "bob", "mrr=10") == 0
    file = board / file_of("bob")
    content = file.read_bytes()
    (board / "also.jsonl").symlink_to(file)
    assert (kpi("verify").code, kpi("repair").err) == (0, "1 record, nothing to repair\n")
    assert file.read_bytes() == content


def test_remains_in_any_file_are_for_repair(kpi: Kpi, board: Path) -> None:
    assert record(kpi, "ana", "mrr=10") == 0
    (board / "bob.jsonl").write_text('{"kpi":"mrr","per\n')
    run = kpi("status")
    assert run.code == 3
    assert run.err.endswith("hint: run kpi repair, which keeps every record that is whole\n")


def test_an_answer_is_never_written_over_a_writers_file(kpi: Kpi, board: Path) -> None:
    assert record(kpi, "bob", "mrr=1") == 0
    path = f"kpis.log/{file_of('bob')}"
    run = kpi("status", "--format", "json", "-o", path)
    assert run.code == 2
    assert "never replaced" in run.err
    assert (board / file_of("bob")).read_text().count("\n") == 1
