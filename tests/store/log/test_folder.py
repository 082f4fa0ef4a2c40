"""A log in a folder: each writer appends to a file of their own, and all of them are read."""

import json
import os
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kpicli.environment import machine_id
from kpicli.services.load import damages_of
from kpicli.store.log import log_at
from kpicli.store.log.folder import file_of, kept_replica, replica_id
from tests.installed import Kpi
from tests.store.logs import has_conflict, line, warnings

BOARD = 'log = "kpis.log/"\n[kpis.mrr]\nunit = "kr"\n[kpis.churn]\nunit = "%"\n'


@pytest.fixture
def board(tmp_path: Path) -> Path:
    (tmp_path / "kpis.toml").write_text(BOARD)
    return tmp_path / "kpis.log"


def file_here(kpi: Kpi, writer: str) -> str:
    """The file of a writer on this machine, once something was recorded here."""
    return file_of(writer, replica_id(str(kpi.folder / "state/kpi"), machine_id()))


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
    name = file_of(writer, "9b1e44d2")
    assert name.startswith(start)
    assert len(name) == len(start) + 4 + len("-9b1e44d2.jsonl")


def test_names_that_look_alike_have_files_of_their_own() -> None:
    assert len({file_of(writer, "9b1e44d2") for writer in ("a b", "a-b", "A B", "a  b")}) == 4


def test_each_writer_appends_to_one_file(kpi: Kpi, board: Path) -> None:
    for writer, word in (("ana", "mrr=1"), ("bob", "churn=2"), ("ana", "churn=3")):
        assert record(kpi, writer, word, "--yes") == 0
    lines = {file.name: file.read_text().count("\n") for file in board.iterdir()}
    assert lines == {file_here(kpi, "ana"): 2, file_here(kpi, "bob"): 1}


def test_the_latest_counts_whoever_wrote_it(kpi: Kpi, board: Path) -> None:
    for value, writer in (("10", "bob"), ("11", "ana"), ("12", "bob")):
        assert record(kpi, writer, f"mrr={value}", "--yes") == 0
        assert actual(kpi) == f"{value} kr"
    assert len(list(board.iterdir())) == 2


def test_what_another_writer_recorded_is_not_replaced_unasked(kpi: Kpi, board: Path) -> None:
    assert record(kpi, "bob", "mrr=10") == 0
    assert record(kpi, "ana", "mrr=11") == 2
    assert [file.name for file in board.iterdir()] == [file_here(kpi, "bob")]


def test_damage_is_named_with_its_file_and_healed_by_a_later_record(kpi: Kpi, board: Path) -> None:
    assert record(kpi, "bob", "mrr=10") == 0
    file = board / file_here(kpi, "bob")
    file.write_text(file.read_text().replace(":10,", ":90,"))
    run = kpi("status", "mrr", "--period", "2026-06")
    assert run.code == 3
    assert f"damaged: kpis.log/{file.name}:1" in run.out
    assert record(kpi, "ana", "mrr=11") == 0
    assert actual(kpi) == "11 kr"


def test_files_of_other_kinds_are_left_alone(board: Path) -> None:
    board.mkdir()
    (board / "notes.txt").write_text("not a log")
    reading = log_at(f"{board}/", "kpis.log/")
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
    file = board / file_here(kpi, "bob")
    content = file.read_bytes()
    (board / "also.jsonl").symlink_to(file)
    assert (kpi("verify").code, kpi("repair").err) == (0, "1 record, nothing to repair\n")
    assert file.read_bytes() == content


def test_what_a_mac_or_an_editor_leaves_beside_a_file_is_none_of_the_log(
    kpi: Kpi, board: Path
) -> None:
    assert record(kpi, "ana", "mrr=10") == 0
    (board / "._ana.jsonl").write_bytes(b"\0\5\x16\7\0\2\0\0Mac OS X")
    (board / ".#ana.jsonl").symlink_to("ana@laptop.4711")
    assert [kpi(command).code for command in ("status", "verify", "repair")] == [0, 0, 0]


def test_remains_in_any_file_are_for_repair(kpi: Kpi, board: Path) -> None:
    assert record(kpi, "ana", "mrr=10") == 0
    (board / "bob.jsonl").write_text('{"kpi":"mrr","per\n')
    run = kpi("status")
    assert run.code == 3
    assert run.err.endswith("hint: run kpi repair, which keeps every record that is whole\n")


def test_an_answer_is_never_written_over_a_writers_file(kpi: Kpi, board: Path) -> None:
    assert record(kpi, "bob", "mrr=1") == 0
    path = f"kpis.log/{file_here(kpi, 'bob')}"
    run = kpi("status", "--format", "json", "-o", path)
    assert run.code == 2
    assert "never replaced" in run.err
    assert (board / file_here(kpi, "bob")).read_text().count("\n") == 1


def test_a_machine_and_user_keep_their_id(tmp_path: Path) -> None:
    home = str(tmp_path / "state/kpi")
    first = replica_id(home, "a machine")
    assert len(first) == 8
    assert {replica_id(home, "a machine") for _ in range(3)} == {first}
    assert kept_replica(home, "a machine") == first


def test_a_copied_home_gets_an_id_of_its_own(tmp_path: Path) -> None:
    home, copy = tmp_path / "state", tmp_path / "copy"
    first = replica_id(str(home), "a machine")
    shutil.copytree(home, copy)
    other = replica_id(str(copy), "another machine")
    assert other != first
    assert replica_id(str(copy), "another machine") == other
    assert replica_id(str(home), "a machine") == first


def test_two_processes_at_once_agree_on_one_id(tmp_path: Path) -> None:
    home = str(tmp_path / "state")
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: replica_id(home, "a machine"), range(16)))
    assert len({replica_id(home, "a machine") for _ in range(4)}) == 1


@pytest.mark.parametrize("home", [None, "/proc/nowhere"])
def test_without_a_place_to_keep_it_no_machine_shares_an_id(home: str | None) -> None:
    assert replica_id(home, "a machine") == replica_id(home, "a machine")
    assert replica_id(home, "a machine") != replica_id(home, "another machine")
    assert replica_id(home, "") != replica_id(home, "")
    assert kept_replica(home, "a machine") == ""


def test_a_place_that_others_may_write_to_keeps_no_id(tmp_path: Path) -> None:
    tmp_path.chmod(0o777)
    replica_id(str(tmp_path), "a machine")
    assert kept_replica(str(tmp_path), "a machine") == ""


def test_where_no_id_can_be_kept_that_is_said(kpi: Kpi, board: Path) -> None:
    run = kpi("record", "mrr=1", "--period", "2026-06", env={"XDG_STATE_HOME": "/proc/nowhere"})
    assert run.code == 0
    assert "/proc/nowhere/kpi can't be written by kpi: the file of this machine is" in run.err
    assert len(list(board.iterdir())) == 1


def test_a_folder_with_files_by_writer_alone_goes_on(kpi: Kpi, board: Path) -> None:
    assert record(kpi, "ana", "mrr=10") == 0
    (new,) = board.iterdir()
    old = new.rename(board / "ana-24d4.jsonl")
    content = old.read_bytes()
    assert record(kpi, "ana", "mrr=11", "--yes") == 0
    assert old.read_bytes() == content
    assert actual(kpi) == "11 kr"
    assert kpi("verify").code == 0


def test_copies_of_lines_go_to_a_file_of_their_own(kpi: Kpi, board: Path, tmp_path: Path) -> None:
    assert record(kpi, "ana", "mrr=10") == 0
    (own,) = board.iterdir()
    copy = own.rename(tmp_path / "copy.jsonl")
    assert record(kpi, "ana", "churn=2") == 0
    assert kpi("import", str(copy), "--by", "ana").code == 0
    name = own.name.removesuffix(".jsonl")
    assert {file.name for file in board.iterdir()} == {own.name, f"{name}-copies.jsonl"}
    assert kpi("verify").code == 0


def test_a_note_in_a_file_that_is_shared_is_named_by_its_kpi(kpi: Kpi, board: Path) -> None:
    assert kpi("note", "churn", "Kept", "--period", "2026-09", "--by", "ana").code == 0
    (file,) = board.iterdir()
    note = file.read_bytes()
    file.write_bytes(b"")
    assert record(kpi, "ana", "mrr=10") == 0
    file.write_bytes(file.read_bytes() + note)
    (flaw,) = json.loads(kpi("verify", "--json").out)["flaws"]
    assert (flaw["kind"], flaw["kpi"]) == ("shared_file", "churn")


@pytest.mark.parametrize("common", [None, True, False], ids=["one file", "a copy", "nothing alike"])
def test_two_machines_that_share_a_file_are_named(
    kpi: Kpi, board: Path, *, common: bool | None
) -> None:
    assert record(kpi, "ana", "mrr=10") == 0
    (file,) = board.iterdir()
    base = file.read_bytes()
    ends: list[bytes] = []
    for word in ("churn=2", "mrr=11"):
        file.write_bytes(base)
        assert record(kpi, "ana", word, "--yes") == 0
        ends.append(file.read_bytes().removeprefix(base))
    if common is not None:
        copy = file.name.replace(".jsonl", ".sync-conflict-20261129-081530-ABCDEFG.jsonl")
        (board / copy).write_bytes(base + ends[0] if common else ends[0])
        expected = f"kpis.log/{copy}: a copy of {file.name} that went its own way: two machines"
    else:
        file.write_bytes(base + ends[1] + ends[0])
        expected = f"kpis.log/{file.name}:3: recorded before line 2, which stands above it: two "
    run = kpi("verify")
    assert run.code == 1
    assert expected in run.out


def test_a_record_past_a_clock_that_is_ahead_is_no_sign_of_two(kpi: Kpi, board: Path) -> None:
    board.mkdir()
    ahead = line("mrr", "2026-06", value=5, at="2090-01-01T00:00:00.000000Z", by="bob")
    (board / "bob-0000-00000000.jsonl").write_bytes(ahead)
    assert record(kpi, "ana", "mrr=10", "--yes") == 0
    assert record(kpi, "ana", "churn=2") == 0
    assert "recorded before" not in kpi("verify").out
