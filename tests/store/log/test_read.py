"""LogFile a log: how bytes become lines, and what is said of every line that is left out."""

import os
import stat
import threading
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpicli.errors import KpiError
from kpicli.model.log_issue import IssueKind, LogIssue, LostRecord
from kpicli.model.period import read_period
from kpicli.services.load import damages_of
from kpicli.store.log import codec
from kpicli.store.log.codec import LONGEST
from kpicli.store.log.damage import CONFLICT
from kpicli.store.log.read import TORN, LogFile
from tests.store.logs import AT, FaultyDisk, has_conflict, line, read, warnings

ONE, TWO, THREE = line(value=1), line(value=2), line("churn", "2026-W40", 3, note="a\u2028b\u0085c")
UNSEALED = b'{"kpi":"mrr","period":"2026-10","value":5,"at":"%s"}' % AT.encode()
BOM = b"\xef\xbb\xbf"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kpis.jsonl"


@pytest.fixture(params=[1, 2, 7, 64, 1 << 20], ids=lambda size: f"chunks of {size}")
def chunk(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codec, "_CHUNK", request.param)


def values(path: Path) -> list[str]:
    return [found.value for found in read(path)[0]]


def test_no_file_is_an_empty_log(path: Path) -> None:
    lines, reading = read(path)
    assert (lines, damages_of(reading), warnings(reading), reading.identity) == ([], [], [], None)


def test_an_empty_file_is_an_empty_log(path: Path) -> None:
    path.touch()
    lines, reading = read(path)
    assert (lines, damages_of(reading), warnings(reading)) == ([], [], [])
    assert reading.identity == (path.stat().st_dev, path.stat().st_ino, 0)


@pytest.mark.usefixtures("chunk")
def test_lines_come_in_file_order_with_their_numbers(path: Path) -> None:
    path.write_bytes(ONE + TWO + THREE)
    lines, reading = read(path)
    assert [(found.value, found.number, found.file) for found in lines] == [
        ("1", 1, "kpis.jsonl"),
        ("2", 2, "kpis.jsonl"),
        ("3", 3, "kpis.jsonl"),
    ]
    assert damages_of(reading) == []
    assert reading.identity == (path.stat().st_dev, path.stat().st_ino, len(ONE + TWO + THREE))


@pytest.mark.usefixtures("chunk")
def test_other_ends_of_lines_are_part_of_a_line(path: Path) -> None:
    path.write_bytes(THREE)
    [found], _ = read(path)
    assert found.note == "a\u2028b\u0085c"


@pytest.mark.usefixtures("chunk")
def test_one_carriage_return_belongs_to_the_end(path: Path) -> None:
    path.write_bytes((ONE + TWO).replace(b"\n", b"\r\n"))
    assert values(path) == ["1", "2"]


def test_a_second_carriage_return_is_damage(path: Path) -> None:
    path.write_bytes(ONE[:-1] + b"\r\r\n" + TWO)
    lines, reading = read(path)
    assert [found.value for found in lines] == ["2"]
    assert damages_of(reading)[0].message.startswith("record changed after it was written")


@pytest.mark.usefixtures("chunk")
def test_empty_lines_are_counted_and_passed_over(path: Path) -> None:
    path.write_bytes(b"\n" + ONE + b"\n\r\n" + TWO + b"\n")
    lines, reading = read(path)
    assert [found.number for found in lines] == [2, 5]
    assert (damages_of(reading), warnings(reading)) == ([], [])


@pytest.mark.usefixtures("chunk")
def test_a_byte_order_mark_is_passed_over_at_the_start_alone(path: Path) -> None:
    path.write_bytes(BOM + ONE + BOM + TWO)
    lines, reading = read(path)
    assert [found.value for found in lines] == ["1"]
    assert warnings(reading) == ["kpis.jsonl:1: byte order mark ignored"]
    assert [str(damage) for damage in damages_of(reading)] == ["kpis.jsonl:2: not a JSON object"]


def test_a_byte_order_mark_alone_is_an_empty_log(path: Path) -> None:
    path.write_bytes(BOM)
    lines, reading = read(path)
    assert (lines, damages_of(reading)) == ([], [])


def test_only_one_byte_order_mark_is_passed_over(path: Path) -> None:
    path.write_bytes(BOM + BOM + ONE)
    assert [damage.message for damage in damages_of(read(path)[1])] == ["not a JSON object"]


@pytest.mark.usefixtures("chunk")
def test_a_last_line_without_its_end_counts_if_it_is_whole(path: Path) -> None:
    for end in (b"", b"\r"):
        path.write_bytes(ONE + TWO[:-1] + end)
        lines, reading = read(path)
        assert [found.value for found in lines] == ["1", "2"]
        assert (damages_of(reading), warnings(reading)) == ([], [])


def test_an_only_line_may_have_a_byte_order_mark_and_no_end(path: Path) -> None:
    path.write_bytes(BOM + ONE[:-1])
    assert values(path) == ["1"]


@pytest.mark.usefixtures("chunk")
def test_every_prefix_of_a_last_line_is_a_write_in_progress(path: Path) -> None:
    for size in range(1, len(TWO) - 1):
        path.write_bytes(ONE + TWO[:size])
        lines, reading = read(path)
        assert [found.value for found in lines] == ["1"]
        assert (damages_of(reading), warnings(reading)) == ([], [f"kpis.jsonl:2: {TORN}"])


def test_zeros_at_the_end_are_a_write_in_progress(path: Path) -> None:
    for rest in (b"\0" * 4096, b"\0" * (LONGEST + 300_000), TWO[:30] + b"\0" * 99):
        path.write_bytes(ONE + rest)
        lines, reading = read(path)
        assert [line.value for line in lines] == ["1"]
        assert (damages_of(reading), warnings(reading)) == ([], [f"kpis.jsonl:2: {TORN}"])


@pytest.mark.parametrize(
    "rest",
    [
        pytest.param(TWO[:-2] + b"!", id="another last byte"),
        pytest.param(TWO[:-1].replace(b":2,", b":3,"), id="an id that does not fit"),
        pytest.param(b"x" * LONGEST + TWO[:-1], id="a sound line at the end of a long one"),
        pytest.param(b" " * LONGEST + UNSEALED, id="more than a line holds"),
        pytest.param(b"\0" * LONGEST + b"x", id="zeros and something else"),
        pytest.param(b"\0" * 9 + TWO[:9], id="zeros in front"),
        pytest.param(TWO[:-2] + b"}x", id="more than a record"),
    ],
)
def test_a_last_line_that_is_not_whole_is_damage(path: Path, rest: bytes) -> None:
    path.write_bytes(ONE + rest)
    lines, reading = read(path)
    assert [line.value for line in lines] == ["1"]
    assert ([damage.line for damage in damages_of(reading)], warnings(reading)) == ([2], [])


def test_a_write_in_progress_is_read_once_more(path: Path) -> None:
    path.write_bytes(ONE + TWO[:20])

    def grown(descriptor: int) -> os.stat_result:
        path.write_bytes(ONE + TWO + THREE)
        return os.fstat(descriptor)

    disk = FaultyDisk(status__3=grown)
    lines, reading = read(path, disk)
    assert [found.value for found in lines] == ["1", "2"]
    assert warnings(reading) == []
    assert reading.identity == (path.stat().st_dev, path.stat().st_ino, len(ONE) + 20)


def test_a_log_that_is_cut_back_while_it_is_read_loses_only_what_was_cut(path: Path) -> None:
    path.write_bytes(ONE + TWO)

    def cut(descriptor: int, size: int, offset: int) -> bytes:
        os.truncate(path, len(ONE) + 10)
        return os.pread(descriptor, size, offset)

    lines, reading = read(path, FaultyDisk(read__1=cut))
    assert [found.value for found in lines] == ["1"]
    assert warnings(reading) == [f"kpis.jsonl:2: {TORN}"]


def test_a_short_read_is_continued(path: Path) -> None:
    path.write_bytes(ONE + TWO)
    disk = FaultyDisk(read=lambda descriptor, _, offset: os.pread(descriptor, 3, offset))
    assert [found.value for found in read(path, disk)[0]] == ["1", "2"]


@pytest.mark.usefixtures("chunk")
@pytest.mark.parametrize(
    "chunk",
    [64, 1 << 20, *(pytest.param(few, marks=pytest.mark.exhaustive) for few in (1, 2, 7))],
    indirect=True,
)
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_a_line_may_have_65536_bytes_with_its_end(path: Path, end: bytes) -> None:
    first, rest = b'{"x":"', b'",' + UNSEALED[1:]
    longest = first + b"x" * (LONGEST - 1 - len(first + rest)) + rest
    assert len(longest) == LONGEST - 1
    path.write_bytes(longest + end + TWO)
    assert values(path) == ["5", "2"]
    path.write_bytes(b" " + longest + end + TWO)
    lines, reading = read(path)
    assert [found.value for found in lines] == ["2"]
    assert damages_of(reading)[0].message == "line longer than 65,536 bytes"


def test_a_very_long_line_does_not_hide_the_next(path: Path) -> None:
    path.write_bytes(ONE + b"[" * 5_000_000 + b"\n" + TWO)
    lines, reading = read(path)
    assert [(found.value, found.number) for found in lines] == [("1", 1), ("2", 3)]
    assert [damage.line for damage in damages_of(reading)] == [2]


def test_a_damaged_line_names_what_it_was_about(path: Path) -> None:
    path.write_bytes(ONE + TWO.replace(b":2,", b":3,"))
    _, reading = read(path)
    [damage] = damages_of(reading)
    assert damage == LogIssue(
        IssueKind.DAMAGED,
        "kpis.jsonl",
        2,
        damage.message,
        "record its KPI and period again, then run kpi repair",
        "mrr",
        "2026-10",
        (LostRecord("mrr", read_period("2026-10"), AT, damage.lost[0].id),),
    )
    assert str(damage).startswith("kpis.jsonl:2: record changed after it was written (id ")


def test_a_period_that_is_none_is_not_named(path: Path) -> None:
    path.write_bytes(b'{"kpi":"mrr","period":"2026-13"}\n')
    assert damages_of(read(path)[1])[0].lost == (LostRecord("mrr"),)


def test_conflict_markers_are_named_and_both_sides_read(path: Path) -> None:
    path.write_bytes(
        ONE + b"<<<<<<< HEAD\n" + TWO + b"||||||| base\n=======\n" + THREE + b">>>>>>> other\n"
    )
    lines, reading = read(path)
    assert [found.value for found in lines] == ["1", "2", "3"]
    assert [str(damage) for damage in damages_of(reading)] == [
        f"kpis.jsonl:{number}: {CONFLICT}" for number in (2, 4, 5, 7)
    ]
    assert has_conflict(reading)


@pytest.mark.usefixtures("chunk")
@pytest.mark.parametrize(
    "marker",
    [
        *(
            pytest.param(char * 7, id=f"a bare {char.decode()}")
            for char in (b"<", b"|", b"=", b">")
        ),
        pytest.param(b">" * 9 + b" theirs", id="longer, as git may be told"),
        pytest.param(b"=" * 9, id="longer and bare"),
        pytest.param(b"<<<<<<<\tours\r", id="a tab, and a line end of Windows"),
    ],
)
@pytest.mark.parametrize("end", [b"\n", b""], ids=["ended", "at the end"])
def test_a_marker_may_be_bare_or_longer(path: Path, marker: bytes, end: bytes) -> None:
    path.write_bytes(ONE + marker + end)
    lines, reading = read(path)
    assert [found.value for found in lines] == ["1"]
    assert [str(damage) for damage in damages_of(reading)] == [f"kpis.jsonl:2: {CONFLICT}"]
    assert (warnings(reading), has_conflict(reading), reading.needs_repair) == ([], True, True)


@pytest.mark.parametrize(
    ("bad", "needs_repair"),
    [
        pytest.param(TWO.replace(b":2,", b":3,"), False, id="a record that was changed"),
        pytest.param(b'{"value":012}\n', False, id="a number that is none"),
        pytest.param(TWO[:40] + b"\n", True, id="what a torn write left"),
        pytest.param(bytes(99) + b"\n", True, id="zeros"),
        pytest.param(TWO[:40], False, id="a write in progress"),
        pytest.param(b"", False, id="nothing"),
    ],
)
def test_what_nobody_can_correct_needs_repair(
    path: Path, bad: bytes, *, needs_repair: bool
) -> None:
    path.write_bytes(ONE + bad)
    assert read(path)[1].needs_repair is needs_repair


def test_a_log_without_markers_has_no_conflict(path: Path) -> None:
    path.write_bytes(ONE + b"damaged\n")
    assert not has_conflict(read(path)[1])


def _socket(path: Path) -> None:
    os.mknod(path, stat.S_IFSOCK | 0o600)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (Path.mkdir, "is a directory, expected a file"),
        (os.mkfifo, "is a named pipe, expected a file"),
        (_socket, "No such device or address"),
        (lambda path: path.symlink_to(path), "Too many levels of symbolic links"),
        (lambda path: path.symlink_to("/dev/full"), "is a device, expected a file"),
    ],
    ids=["a folder", "a pipe", "a socket", "a loop", "a device"],
)
def test_what_is_no_file_is_refused_at_once(path: Path, make: Any, said: str) -> None:
    make(path)
    disk = FaultyDisk()
    with pytest.raises(KpiError, match=said) as caught:
        read(path, disk)
    assert caught.value.where == "kpis.jsonl"
    assert disk.open_files == set()


@pytest.mark.parametrize("name", ["open", "status:1", "status:2", "status:3", "read"])
def test_an_error_of_the_disk_is_told_in_its_words(path: Path, name: str) -> None:
    def fail(*_: object) -> None:
        raise OSError(5, "EIO")

    path.write_bytes(ONE + TWO[:5])
    disk = FaultyDisk(**{name.replace(":", "__"): fail})
    with pytest.raises(KpiError) as caught:
        read(path, disk)
    assert caught.value.lines() == ["kpis.jsonl: Input/output error"]
    assert disk.open_files == set()


def test_an_error_of_closing_is_passed_over(path: Path) -> None:
    def fail(_descriptor: int) -> None:
        raise OSError(5, "EIO")

    path.write_bytes(ONE)
    assert [found.value for found in read(path, FaultyDisk(close=fail))[0]] == ["1"]


def test_a_reading_that_is_given_up_is_closed(path: Path) -> None:
    path.write_bytes(ONE + TWO)
    disk = FaultyDisk()
    lines = LogFile(str(path), "kpis.jsonl", disk=disk).lines()
    next(lines)
    del lines
    assert disk.open_files == set()


def test_reading_takes_no_lock_and_changes_nothing(path: Path) -> None:
    path.write_bytes(ONE + TWO[:5])
    disk = FaultyDisk()
    read(path, disk)
    assert set(disk.calls) == {"open", "status", "read", "close"}
    assert path.read_bytes() == ONE + TWO[:5]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from([ONE, TWO, THREE, BOM, b"\n", b"\r", b"\0", b"<<<<<<< x\n", b"=======\n"])
        | st.binary(max_size=20)
    ).map(b"".join),
    st.sampled_from([1, 3, 1 << 20]),
)
def test_any_bytes_are_read_the_same_in_chunks_of_any_size(
    tmp_path: Path, content: bytes, size: int
) -> None:
    path = tmp_path / f"{threading.get_ident()}.jsonl"
    path.write_bytes(content)
    lines, reading = read(path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(codec, "_CHUNK", size)
        again, same = read(path)
    assert (lines, damages_of(reading), warnings(reading)) == (
        again,
        damages_of(same),
        warnings(same),
    )
    places = [found.number for found in lines] + [damage.line for damage in damages_of(reading)]
    assert len(places) == len(set(places))
    assert max(places, default=0) <= content.count(b"\n") + 1


@pytest.mark.parametrize("count", [3, 1000])
def test_notes_are_passed_over_where_nobody_asks_for_them(path: Path, count: int) -> None:
    """Few lines are read in another way than many."""
    notes = [
        line("kpi_note", value=None, note=f"because of {number}", about="mrr")
        for number in range(count)
    ]
    path.write_bytes(b"".join(notes) + line())
    reading = LogFile(str(path), path.name)
    assert [one.kpi for one in reading.lines({"mrr": date.min})] == ["mrr"]
    assert (reading.left_out, reading.issues) == ({}, [])
    found = list(reading.lines({"kpi_note": date.min}))
    assert [one.about for one in found] == ["mrr"] * count


def sealed(raw: bytes) -> bytes:
    """What an id is made for that fits, whatever stands in the line."""
    text = raw[25:].removesuffix(b"\n")
    return b'{"id":"%b",%b\n' % (sha256(b"{" + text).hexdigest()[:16].encode(), text)


EARLY = line(value=1, period="2020-01", note="early") + line(value=2, period="2020-01")
ODD = {
    "changed": ONE.replace(b"2026-10", b"2020-01", 1),
    "not UTF-8": line(value=7, period="2020-01", note="abc").replace(b"abc", b"a\xffc"),
    "unsealed": UNSEALED.replace(b"2026-10", b"2020-01") + b"\n",
    "of another KPI": line("costs", "2020-01", 7),
    "with CRLF": line(value=7, period="2020-01").replace(b"\n", b"\r\n"),
    "escaped": line(value=7, period="2020-01", note='"'),
    "empty": b"\n",
    "a marker": b"<<<<<<< HEAD\n",
    "looks like two": b'{"id":"0123456789abcdef"{"kpi":"mrr"\n',
    "of no day": sealed(line(period="2020-01").replace(b'"2020-01"', b'"2020-02-30"')),
    "of no instant": sealed(line(period="2020-01").replace(AT.encode(), b"20x" + AT[3:].encode())),
    "no escape": sealed(line(period="2020-01", note="abc").replace(b'"abc"', b'"a\\x"')),
    "too many escapes": sealed(line(period="2020-01", note='"').replace(b'\\"', b'\\"' * 2001)),
}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_of_a_log_of_any_length_what_is_too_early_is_checked_all_the_same(
    path: Path, odd: bytes
) -> None:
    """The lines of a long log are passed over in another way, many at a time."""
    first = {"mrr": date(2026, 1, 1)}
    for times in (1, 500):
        path.write_bytes(EARLY * times + odd + EARLY + ONE)
        log, whole = LogFile(str(path), path.name), LogFile(str(path), path.name)
        every = list(whole.lines())
        assert list(log.lines(first)) == [each for each in every if each.period == "2026-10"]
        assert log.issues == whole.issues
        passed = {each.kpi for each in every}
        assert log.left_out == dict.fromkeys(sorted(passed, reverse=True), date(2020, 1, 1))
