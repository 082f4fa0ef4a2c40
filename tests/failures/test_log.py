"""The log after a bad day: torn, damaged or foreign bytes, and paths that lead to no file."""

import os
import socket
from decimal import Decimal
from pathlib import Path

import pytest

from tests.failures.board import AS_OF, GOOD, Board, is_calm, is_refused, sealed, unsealed

HINT = "hint: correct the damaged line, or record its KPI and period again\n"
REPAIR = "hint: run kpi repair, which keeps every record that is whole\n"
TORN = (
    "kpis.jsonl:4: incomplete last line ignored — a write was interrupted, nothing acknowledged "
    "is missing; 'kpi repair' sets it aside\n"
)
LONGEST = 65_536


NEWER = sealed("mrr", "2026-02", "1350", at="2026-03-03T08:00:00.000000Z")[:-1]


def padded(size: int) -> bytes:
    """A sound record whose line, end included, has that many bytes."""
    bare = unsealed("churn", "2026-01", "3").removesuffix(b"}\n") + b',"x":""}\n'
    return bare.replace(b'"x":""', b'"x":"' + b"x" * (size - len(bare)) + b'"')


@pytest.mark.parametrize(
    "tail",
    [
        pytest.param(GOOD[1][:38], id="cut in a key"),
        pytest.param(GOOD[1][:30] + bytes(512), id="half written, half zeros"),
        pytest.param(b"{", id="one byte was written"),
        pytest.param(bytes(4096), id="zeros instead of what was written"),
        pytest.param(GOOD[1][:-2], id="all but the closing brace and the line end"),
        pytest.param(GOOD[1][:25], id="cut after the seal"),
        pytest.param(GOOD[1][:-2] + ',"note":"å'.encode()[:-1], id="cut inside a letter"),
    ],
)
def test_a_torn_last_line_is_passed_over_and_kept(board: Board, tail: bytes) -> None:
    before = board.status().out
    board.append(tail)
    run = board.status()
    assert (run.code, run.out, run.err) == (0, before, TORN)
    recorded = board.kpi("record", "mrr", "1400", "--period", "2026-03", "--yes")
    assert recorded.code == 0
    lines = board.log.read_bytes().split(b"\n")
    assert lines[3] == tail
    assert b'"value":1400' in lines[4]
    assert not lines[5]
    assert board.actual("mrr", "2026-03") == 1400


@pytest.mark.parametrize(
    "tail",
    [
        pytest.param(b'{"kpi":"mrr","per', id="a line by hand"),
        pytest.param(NEWER.replace(b"1350", b"1200"), id="a changed record"),
        pytest.param(NEWER.replace(b"1350", b"12345"), id="one of another length"),
        pytest.param(NEWER + b" ", id="a space behind a record"),
        pytest.param(NEWER + b"\x0b", id="a line end that was changed"),
        pytest.param(
            NEWER + b"\r" + NEWER + b"\r", id="records joined by line ends of another kind"
        ),
        pytest.param(NEWER + b" " + NEWER, id="records joined by spaces"),
        pytest.param(b"[" + NEWER + b"]", id="a list"),
        pytest.param(GOOD[1][:30] + GOOD[2][:30], id="two writes, both torn, in one line"),
        pytest.param(b"\0" * 9 + GOOD[1][:30], id="zeros in front"),
        pytest.param('{"note":"å'.encode()[:-1], id="another object"),
        pytest.param(b"\x1f\x8b\x08\0", id="an archive"),
        pytest.param(b"eyJpZCI6ImFiY2QiLCJrcGkiOiJtcnIifQ==", id="base64"),
        pytest.param(b"\xff\xfe\x00", id="no text at all"),
        pytest.param(b"5", id="JSON, but no record"),
        pytest.param(b"x" * 70_000, id="very much of it"),
    ],
)
def test_whatever_else_stands_last_without_its_end_is_damage(board: Board, tail: bytes) -> None:
    board.append(tail)
    run = board.status()
    assert run.code == 3
    assert run.err.startswith("kpis.jsonl:4: ")
    assert "nothing acknowledged is missing" not in run.err
    row = board.rows("mrr", "--period", "2026-02")["mrr"]
    assert (row["status"], row["reason"]) == ("no_data", "damaged: kpis.jsonl:4")
    assert board.kpi("verify").code == 3


@pytest.mark.parametrize(
    "end",
    [
        pytest.param(b"", id="without its line end"),
        pytest.param(b"\r", id="with half of the line end of Windows"),
    ],
)
def test_a_whole_last_line_counts(board: Board, end: bytes) -> None:
    board.log.write_bytes(b"".join(GOOD)[:-1] + end)
    assert board.status().code == 0
    assert board.actual("churn") == Decimal("4.2")
    assert board.kpi("record", "mrr", "1400", "--period", "2026-03").code == 0
    assert board.actual("churn") == Decimal("4.2")
    assert board.actual("mrr", "2026-03") == 1400


VALUE = "value must be a plain decimal number"
AT = "at must be UTC, as in 2026-11-02T08:15:30.123456Z"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        pytest.param(
            b'{"kpi":"churn","period":"2026-02","value":1,"value":2,"at":"2026-03-03T08:00:00Z"}\n',
            "duplicate key 'value'",
            id="a key twice",
        ),
        pytest.param(b'{"a\\u001b[2J":1,"a\\u001b[2J":2}\n', r"duplicate key 'a\x1b[2J'", id="esc"),
        pytest.param(padded(LONGEST + 1), "line longer than 65,536 bytes", id="a byte too long"),
        pytest.param(b"[" * 3_000_000 + b"\n", "line longer than 65,536 bytes", id="3 MB long"),
        pytest.param(b"[" * 60_000 + b"\n", "nested too deeply", id="deep lists"),
        pytest.param(b'{"a":' * 12_000 + b"\n", "nested too deeply", id="deep objects"),
        pytest.param(unsealed(value="NaN"), VALUE, id="not a number"),
        pytest.param(unsealed(value="Infinity"), VALUE, id="infinity"),
        pytest.param(unsealed(value="-Infinity"), VALUE, id="minus infinity"),
        pytest.param(unsealed(value="1e400"), VALUE, id="an exponent beyond floats"),
        pytest.param(unsealed(value="1E5"), VALUE, id="a small exponent"),
        pytest.param(unsealed(value="1234567890123456789"), VALUE, id="19 digits"),
        pytest.param(unsealed(value="9" * 5000), VALUE, id="more digits than Python reads"),
        pytest.param(unsealed(value="0.1234567890123"), VALUE, id="13 decimals"),
        pytest.param(unsealed(value='"12"'), VALUE, id="a number in quotes"),
        pytest.param(unsealed(value="true"), VALUE, id="yes or no"),
        pytest.param(unsealed(value="[12]"), VALUE, id="a list"),
        pytest.param(unsealed(value="012"), "not a JSON object", id="a leading zero"),
        pytest.param(unsealed(value="+1"), "not a JSON object", id="a plus"),
        pytest.param(b"12\n", "not a JSON object", id="a bare number"),
        pytest.param(b"hello\n", "not a JSON object", id="words"),
        pytest.param(bytes(512) + b"\n", "not a JSON object", id="zeros"),
        pytest.param(unsealed()[:-2] + b"}}\n", "not a JSON object", id="a brace too many"),
        pytest.param(b'{"kpi":"churn","note":"\xff"}\n', "not UTF-8", id="a byte that is no text"),
        pytest.param(
            b'{"kpi":"churn","id":"0123456789abcdef"}\n',
            "the id must come first, as kpi writes it",
            id="the id behind",
        ),
        pytest.param(unsealed(kpi="MRR"), "kpi must be the id of a KPI", id="no id"),
        pytest.param(unsealed(period="2026-13"), "'2026-13': months run from 01 to 12", id="month"),
        pytest.param(b"\xef\xbb\xbf" + unsealed(), "not a JSON object", id="a byte order mark"),
        pytest.param(unsealed(at="2026-03-03"), AT, id="a day without a time"),
    ],
)
def test_a_damaged_line_is_named_and_left_out(board: Board, line: bytes, reason: str) -> None:
    board.append(line + sealed("mrr", "2026-03", "1400"))
    run = board.status()
    hint = HINT if line.endswith(b"}\n") else REPAIR
    assert (run.code, run.err) == (3, f"kpis.jsonl:4: {reason}\n{hint}")
    assert run.out
    shows_churn = b'"churn"' in line and len(line) <= LONGEST
    assert board.actual("mrr", "2026-02") == (1300 if shows_churn else None)
    assert board.actual("mrr", "2026-03") == 1400


def test_a_line_of_the_greatest_length_counts(board: Board) -> None:
    board.append(padded(LONGEST))
    assert board.status().code == 0
    assert board.actual("churn", "2026-01") == 3


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(b'"value":1300', b'"value":1330', id="a digit of the value"),
        pytest.param(b'"by":"tester"', b'"by":"nobody"', id="who recorded it"),
        pytest.param(b"T08:00:00", b"T09:00:00", id="when it was recorded"),
        pytest.param(b"}", b" }", id="a space that changes no value"),
        pytest.param(b'"by":"tester"}', b'"by":"tester","x":1}', id="a key that kpi passes over"),
    ],
)
def test_a_changed_record_hides_its_period_until_a_new_one(
    board: Board, old: bytes, new: bytes
) -> None:
    changed = GOOD[1].replace(old, new)
    board.log.write_bytes(GOOD[0] + sealed("mrr", "2026-02", "99") + changed + GOOD[2])
    seal = GOOD[1][7:23].decode()
    run = board.status()
    wanted = f"kpis.jsonl:3: record changed after it was written (id {seal} does not match)\n"
    assert (run.code, run.err) == (3, wanted + HINT)
    row = board.rows("mrr", "--period", "2026-02")["mrr"]
    assert (row["status"], row["actual"]) == ("no_data", None)
    assert row["reason"] == "damaged: kpis.jsonl:3"
    assert board.kpi("record", "mrr", "1310", "--period", "2026-02").code == 0
    assert board.actual("mrr") == 1310


@pytest.mark.parametrize(
    ("line", "hidden"),
    [
        pytest.param(b"{}\n", {"mrr", "churn"}, id="nothing is shown: all"),
        pytest.param(b'{"kpi":"mrr"}\n', {"mrr"}, id="the KPI: all of its periods"),
        pytest.param(b'{"period":"2026-02"}\n', {"mrr", "churn"}, id="the period: of all KPIs"),
        pytest.param(b'{"period":"2026-01"}\n', set(), id="another period"),
    ],
)
def test_a_damaged_line_hides_all_that_it_may_have_been_about(
    board: Board, line: bytes, hidden: set[str]
) -> None:
    board.append(line)
    assert board.status().code == 3
    rows = board.rows("--period", "2026-02")
    assert {id for id, row in rows.items() if row["status"] == "no_data"} == hidden
    assert board.kpi("record", "mrr", "1310", "--period", "2026-02", "--yes").code == 0
    assert board.actual("mrr", "2026-02") == 1310


def test_a_byte_order_mark_is_accepted_in_front_alone(board: Board) -> None:
    board.log.write_bytes(b"\xef\xbb\xbf" + b"".join(GOOD))
    run = board.status()
    assert (run.code, run.err) == (0, "kpis.jsonl:1: byte order mark ignored\n")
    assert board.kpi("record", "mrr", "1400", "--period", "2026-03").code == 0
    assert board.log.read_bytes().count(b"\xef\xbb\xbf") == 1
    assert board.actual("mrr", "2026-01") == 1234


def test_a_byte_order_mark_and_nothing_else_is_an_empty_log(board: Board) -> None:
    board.log.write_bytes(b"\xef\xbb\xbf")
    run = board.status()
    assert run.code == 0
    assert "incomplete" not in run.err
    assert board.kpi("record", "mrr", "1400", "--period", "2026-03").code == 0
    assert board.actual("mrr", "2026-03") == 1400


def test_line_ends_of_windows_are_read_and_never_written(board: Board) -> None:
    board.log.write_bytes(b"".join(GOOD).replace(b"\n", b"\r\n"))
    assert (board.status().code, board.status().err) == (0, "")
    assert board.kpi("record", "mrr", "1400", "--period", "2026-03").code == 0
    assert board.log.read_bytes().count(b"\r") == len(GOOD)
    assert [board.actual("mrr"), board.actual("mrr", "2026-03")] == [1300, 1400]


@pytest.mark.parametrize(
    "blank",
    [
        pytest.param(b"\n", id="an empty line"),
        pytest.param(b"\r\n", id="an empty line of Windows"),
        pytest.param(b"\n" * 1000, id="a thousand of them"),
    ],
)
def test_empty_lines_are_no_damage(board: Board, blank: bytes) -> None:
    board.append(blank + sealed("mrr", "2026-03", "1400"))
    assert (board.status().code, board.status().err) == (0, "")
    assert board.actual("mrr", "2026-03") == 1400


@pytest.mark.parametrize(
    ("marks", "count"),
    [
        pytest.param((b"<<<<<<< HEAD", b"=======", b">>>>>>> theirs"), 3, id="two sides"),
        pytest.param(
            (b"<<<<<<< HEAD", b"||||||| base", b"=======\r", b">>>>>>> theirs\r"),
            4,
            id="two sides and their base",
        ),
        pytest.param((b"=======",), 1, id="one mark that was forgotten"),
        pytest.param((b">>>>>>>",), 1, id="one without a name"),
        pytest.param((b"<" * 9 + b" HEAD", b"=" * 9, b">" * 9 + b" x"), 3, id="longer ones"),
    ],
)
def test_git_conflict_markers_are_read_around_and_never_added_to(
    board: Board, marks: tuple[bytes, ...], count: int
) -> None:
    sides = (sealed("mrr", "2026-03", "1400"), sealed("churn", "2026-03", "3"), b"", b"")
    board.append(b"".join(mark + b"\n" + side for mark, side in zip(marks, sides, strict=False)))
    run = board.status()
    assert run.code == 3
    assert run.err.startswith("kpis.jsonl:4: git conflict markers — run 'kpi repair'\n")
    assert len(run.err.splitlines()) == count + 1
    assert run.err.endswith(REPAIR)
    assert board.actual("mrr", "2026-03") == 1400
    before = board.files()
    refused = board.kpi("record", "mrr", "1500", "--period", "2026-04", "--yes")
    assert is_refused(refused)
    assert "nothing recorded: git conflict markers in the log" in refused.err
    assert board.files() == before


@pytest.mark.parametrize("is_there", [False, True], ids=["no log", "an empty log"])
def test_before_the_first_record_the_next_step_is_said(board: Board, *, is_there: bool) -> None:
    board.log.unlink()
    if is_there:
        board.log.touch()
    run = board.status()
    assert (run.code, run.err) == (0, "no actuals yet: kpi record mrr VALUE\n")
    assert board.log.exists() is is_there
    assert board.kpi("record", "mrr", "1400", "--period", "2026-03").code == 0
    assert board.actual("mrr", "2026-03") == 1400


def _folder(path: Path) -> None:
    path.mkdir()


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _device(path: Path) -> None:
    path.symlink_to("/dev/full")


def _loop(path: Path) -> None:
    path.symlink_to(path.name)


def _socket(path: Path) -> None:
    folder = os.getcwd()
    os.chdir(path.parent)  # the name of a socket has to be short
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(folder)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        pytest.param(_folder, "is a directory, expected a file", id="a folder"),
        pytest.param(_pipe, "is a named pipe, expected a file", id="a named pipe"),
        pytest.param(_device, "is a device, expected a file", id="a link to a device"),
        pytest.param(_loop, "Too many levels of symbolic links", id="a link to itself"),
        pytest.param(_socket, "No such device or address\nhint: it is a socket", id="a socket"),
    ],
)
@pytest.mark.parametrize(
    "command", [("status",), ("record", "mrr", "1400", "--yes")], ids=["read", "write"]
)
def test_a_log_that_is_no_file_is_refused_at_once(
    board: Board, make: object, said: str, command: tuple[str, ...]
) -> None:
    board.log.unlink()
    assert callable(make)
    make(board.log)
    run = board.kpi(*command)
    assert is_refused(run)
    assert run.err.startswith(f"kpis.jsonl: {said}")


def test_a_link_to_a_log_that_is_not_there_yet_is_followed(board: Board) -> None:
    board.log.unlink()
    board.log.symlink_to("other.jsonl")
    assert board.status().code == 0
    assert board.kpi("record", "mrr", "1400", "--period", "2026-03").code == 0
    assert board.log.is_symlink()
    assert board.actual("mrr", "2026-03") == 1400


def test_damage_is_told_to_machines_as_well(board: Board) -> None:
    board.append(b"{}\n")
    run = board.status("--json")
    assert (run.code, is_calm(run)) == (3, True)
    assert '"warnings": ["kpis.jsonl:4: kpi must be the id of a KPI"]' in run.out


def test_damage_is_stronger_than_a_finding(board: Board) -> None:
    board.append(b"{}\n")
    run = board.kpi("status", "--as-of", AS_OF, "--fail-on", "at_risk", "--fail-on", "off_target")
    assert run.code == 3
