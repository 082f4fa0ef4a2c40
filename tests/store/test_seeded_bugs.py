"""The tests are proven: each of these bugs is put into a copy of kpi, and the test named finds it.

- no newline repair: test_a_crash_at_every_call_leaves_a_sound_log
- short write ignored: test_a_write_of_every_length_is_taken_back
- no cut-back: test_a_write_of_every_length_is_taken_back
- no fsync: test_what_was_recorded_is_there_after_any_crash
- no lock: test_another_writer_at_every_call_of_the_first_loses_nothing
- no inode check: test_a_log_that_is_replaced_at_every_call_loses_no_record
- cut-back off by one: test_a_write_of_every_length_is_taken_back
- cut-back off by one the other way: test_a_write_of_every_length_is_taken_back
- error swallowed: test_every_call_fails_once_and_for_ever
- two writes: test_a_reader_at_every_call_sees_all_of_the_write_or_nothing
- no directory fsync: test_what_was_recorded_is_there_after_any_crash
- id unchecked: test_a_flipped_bit_takes_out_the_line_that_it_hits_and_names_it
- last line wins: test_both_ways_of_joining_a_fork_lose_nothing_and_say_the_same
- torn tail cut: test_a_crash_at_every_call_leaves_a_sound_log
- success before fsync: test_every_call_fails_once_and_for_ever
- retry by count: test_a_write_of_every_length_is_taken_back
- sync tried again: test_what_was_recorded_in_spite_of_a_fault_is_durable
- close error reported as failure: test_every_call_fails_once_and_for_ever
- stale index accepted: test_any_history_reads_the_same
- hash of too few bytes: test_any_history_reads_the_same
- tail off by one: test_any_history_reads_the_same
- lines counted off by one: test_any_history_reads_the_same
- damage forgotten: test_any_history_reads_the_same
- unsealed lines forgotten: test_any_history_reads_the_same
- order of days forgotten: test_any_history_reads_the_same
- mark forgotten: test_any_history_reads_the_same
- rest of a write forgotten: test_any_history_reads_the_same
- wrong day left out: test_any_history_reads_the_same
- early lines unchecked: test_of_a_log_of_any_length_what_is_too_early_is_checked_all_the_same
- checksum unchecked: test_a_file_with_any_bit_changed_cut_or_added_is_not_believed
- version unchecked: test_another_version_or_log_has_one_of_its_own
- link followed: test_a_file_that_is_not_what_was_written_there_is_not_believed
"""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
FAULTS = "tests/store/test_enumerated_faults.py"
CRASHES = "tests/store/test_enumerated_crashes.py"
BITS = "tests/store/test_enumerated_bits.py"
MERGING = "tests/store/test_merging.py"
APPEND, LOCK, LINE = "store/log/append.py", "store/log/lock.py", "store/log/codec.py"
HISTORIES = "tests/store/log/snapshot/test_histories.py"
READING = "tests/store/log/test_read.py"
FILES = "tests/store/log/snapshot/test_file.py"
CACHES, CACHE = "tests/store/test_cache.py", "store/cache.py"
RECALL, INDEX = "store/log/snapshot/recall.py", "store/log/snapshot/index.py"
BUILDER = "store/log/snapshot/builder.py"
SERIES, DISK = "evaluation/series.py", "store/disk.py"
CUT = "disk.cut(descriptor, size)"
SYNC = "        disk.sync(descriptor)\n    except BaseException:"
WRITE = "size_written = disk.write(descriptor, lines)"
REPAIR = 'lines[:0] = b"\\n"'
CLOSE = "        finally:\n            release(descriptor, disk)\n    return at"
UNHEARD = """        finally:
            try:
                disk.sync(descriptor)
            except OSError:
                pass
            release(descriptor, disk)
    return at"""
AGAIN = """        for tries_left in (2, 1, 0):
            try:
                disk.sync(descriptor)
                break
            except OSError:
                if not tries_left:
                    raise
    except BaseException:"""
ON = f"""{WRITE}
        for _ in range(3):
            if size_written < len(lines):
                size_written += disk.write(descriptor, lines[size_written:])"""
HASHER = "if algorithm == _ALGORITHMS[0]:\n        return blake2b()"
TOO_FEW = """class TooFew(bytearray):
        def update(self, content):
            self.extend(content[: max(999 - len(self), 0)])

        def digest(self):
            return bytes(self)

    return TooFew()"""
NAMED = """
import kpicli
from pathlib import Path

def test_it_is_the_copy_that_is_tested() -> None:
    assert Path(kpicli.__file__).parents[1] == Path.cwd()
"""


class Bug(NamedTuple):
    """Texts of a file that are replaced, and the test that fails then."""

    caught_by: str
    file: str
    changes: tuple[tuple[str, str], ...]


BUGS = {
    "no newline repair": Bug(
        f"{CRASHES}::test_a_crash_at_every_call_leaves_a_sound_log", APPEND, ((REPAIR, "pass"),)
    ),
    "short write ignored": Bug(
        f"{FAULTS}::test_a_write_of_every_length_is_taken_back",
        APPEND,
        (("if size_written != len(lines):", "if False:"),),
    ),
    "no cut-back": Bug(
        f"{FAULTS}::test_a_write_of_every_length_is_taken_back", APPEND, ((CUT, "pass"),)
    ),
    "no fsync": Bug(
        f"{CRASHES}::test_what_was_recorded_is_there_after_any_crash",
        APPEND,
        ((SYNC, "    except BaseException:"),),
    ),
    "no lock": Bug(
        f"{FAULTS}::test_another_writer_at_every_call_of_the_first_loses_nothing",
        LOCK,
        (("while not disk.lock(descriptor):", "while False:"),),
    ),
    "no inode check": Bug(
        f"{FAULTS}::test_a_log_that_is_replaced_at_every_call_loses_no_record",
        LOCK,
        (
            (
                "if current and (file.st_dev, file.st_ino) == (current.st_dev, current.st_ino):",
                "if True:",
            ),
        ),
    ),
    "cut-back off by one": Bug(
        f"{FAULTS}::test_a_write_of_every_length_is_taken_back",
        APPEND,
        ((CUT, "disk.cut(descriptor, size + 1)"),),
    ),
    "cut-back off by one the other way": Bug(
        f"{FAULTS}::test_a_write_of_every_length_is_taken_back",
        APPEND,
        ((CUT, "disk.cut(descriptor, max(size - 1, 0))"),),
    ),
    "error swallowed": Bug(
        f"{FAULTS}::test_every_call_fails_once_and_for_ever",
        APPEND,
        (("from None\n        raise\n", "from None\n"),),
    ),
    "two writes": Bug(
        f"{FAULTS}::test_a_reader_at_every_call_sees_all_of_the_write_or_nothing",
        APPEND,
        ((WRITE, f"{WRITE[:-1]}[:9]) + disk.write(descriptor, lines[9:])"),),
    ),
    "no directory fsync": Bug(
        f"{CRASHES}::test_what_was_recorded_is_there_after_any_crash",
        APPEND,
        (("        sync_folder(log.path, disk)", "        pass"),),
    ),
    "id unchecked": Bug(
        f"{BITS}::test_a_flipped_bit_takes_out_the_line_that_it_hits_and_names_it",
        LINE,
        (('if hashed(b"{" + raw[_SEALED_FROM:]).hexdigest()[:16] != id:', "if False:"),),
    ),
    "last line wins": Bug(
        f"{MERGING}::test_both_ways_of_joining_a_fork_lose_nothing_and_say_the_same",
        SERIES,
        (("if (line.at, line.id) > (newest.at, newest.id):", "if True:"),),
    ),
    "torn tail cut": Bug(
        f"{CRASHES}::test_a_crash_at_every_call_leaves_a_sound_log",
        APPEND,
        (
            (
                REPAIR,
                'disk.cut(log.descriptor, disk.read(log.descriptor, size, 0).rfind(b"\\n") + 1)',
            ),
        ),
    ),
    "success before fsync": Bug(
        f"{FAULTS}::test_every_call_fails_once_and_for_ever",
        APPEND,
        ((SYNC, "    except BaseException:"), (CLOSE, UNHEARD)),
    ),
    "retry by count": Bug(
        f"{FAULTS}::test_a_write_of_every_length_is_taken_back", APPEND, ((WRITE, ON),)
    ),
    "sync tried again": Bug(
        f"{FAULTS}::test_what_was_recorded_in_spite_of_a_fault_is_durable", APPEND, ((SYNC, AGAIN),)
    ),
    "close error reported as failure": Bug(
        f"{FAULTS}::test_every_call_fails_once_and_for_ever",
        DISK,
        (("    with suppress(OSError):\n        disk.close", "    if True:\n        disk.close"),),
    ),
    "stale index accepted": Bug(
        f"{HISTORIES}::test_any_history_reads_the_same",
        RECALL,
        (("if index.size and hasher.digest() != index.digest:", "if False:"),),
    ),
    "hash of too few bytes": Bug(
        f"{HISTORIES}::test_any_history_reads_the_same", RECALL, ((HASHER, TOO_FEW),)
    ),
    "tail off by one": Bug(
        f"{HISTORIES}::test_any_history_reads_the_same",
        RECALL,
        (("index.last_line, index.size)", "index.last_line, index.size + 1)"),),
    ),
    "lines counted off by one": Bug(
        f"{HISTORIES}::test_any_history_reads_the_same",
        RECALL,
        (("index.last_line, index.size)", "index.last_line + 1, index.size)"),),
    ),
    "damage forgotten": Bug(
        f"{HISTORIES}::test_any_history_reads_the_same", INDEX, (("[*self.damaged], {}", "[], {}"),)
    ),
    "unsealed lines forgotten": Bug(
        f"{HISTORIES}::test_any_history_reads_the_same",
        BUILDER,
        (('if not raw.strip(b" \\t\\r"):', "if True:"),),
    ),
    "order of days forgotten": Bug(
        f"{HISTORIES}::test_any_history_reads_the_same",
        BUILDER,
        (
            (
                "sorted(chain(base.by_kpi.get(kpi, ()), entries))",
                "chain(base.by_kpi.get(kpi, ()), entries)",
            ),
        ),
    ),
    "mark forgotten": Bug(
        f"{HISTORIES}::test_any_history_reads_the_same",
        RECALL,
        (("if index.bounds[0]:", "if False:"),),
    ),
    "rest of a write forgotten": Bug(
        f"{HISTORIES}::test_any_history_reads_the_same",
        BUILDER,
        (("elif at == earlier.at:", "elif False:"),),
    ),
    "wrong day left out": Bug(
        f"{HISTORIES}::test_any_history_reads_the_same",
        INDEX,
        (("entries[place - 1]", "entries[0]"),),
    ),
    "early lines unchecked": Bug(
        f"{READING}::test_of_a_log_of_any_length_what_is_too_early_is_checked_all_the_same",
        "store/log/seals.py",
        (("not _is_text(block) or not _are_right(every.ids, every.texts, hashed)", "False"),),
    ),
    "checksum unchecked": Bug(
        f"{CACHES}::test_a_file_with_any_bit_changed_cut_or_added_is_not_believed",
        CACHE,
        (("if self._checksum(about, content[_CHECKSUM:]) == content[:_CHECKSUM]:", "if True:"),),
    ),
    "version unchecked": Bug(
        f"{FILES}::test_another_version_or_log_has_one_of_its_own",
        INDEX,
        (("(__version__, sys.version,", "(sys.version,"),),
    ),
    "link followed": Bug(
        f"{CACHES}::test_a_file_that_is_not_what_was_written_there_is_not_believed",
        CACHE,
        (("os.O_RDONLY | os.O_NOFOLLOW", "os.O_RDONLY"),),
    ),
}


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout of its own, in which nothing is wrong yet."""
    folder = tmp_path_factory.mktemp("copy")
    unneeded = shutil.ignore_patterns("__pycache__", ".hypothesis")
    for name in ("kpicli", "tests"):
        shutil.copytree(ROOT / name, folder / name, ignore=unneeded)
    shutil.copy(ROOT / "pyproject.toml", folder)
    (folder / "tests/test_copy.py").write_text(NAMED)
    return folder


def seed(folder: Path, bug: Bug) -> None:
    """Put a bug into the copy."""
    file = folder / "kpicli" / bug.file
    text = file.read_text("utf-8")
    for right, wrong in bug.changes:
        text = text.replace(right, wrong)
    file.write_text(text, "utf-8")


def run(folder: Path, *tests: str) -> "subprocess.CompletedProcess[str]":
    """The tests in the copy, and the one that sees that it is the copy."""
    options = ["-q", "-x", "--tb=line", "-p", "no:cacheprovider"]
    return subprocess.run(
        [sys.executable, "-B", "-m", "pytest", *options, "tests/test_copy.py", *tests],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


@pytest.mark.exhaustive
def test_without_a_bug_they_pass(copy: Path) -> None:
    done = run(copy, *sorted({bug.caught_by for bug in BUGS.values()}))
    assert done.returncode == 0, done.stdout


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", BUGS)
def test_a_bug_is_caught(copy: Path, name: str) -> None:
    bug = BUGS[name]
    file = copy / "kpicli" / bug.file
    right = file.read_bytes()
    try:
        seed(copy, bug)
        done = run(copy, bug.caught_by)
    finally:
        file.write_bytes(right)
    assert done.returncode == 1, done.stdout
    assert f"FAILED {bug.caught_by}" in done.stdout
    assert "FAILED tests/test_copy.py" not in done.stdout


def test_each_bug_has_one_place_in_the_code() -> None:
    places = {
        (name, right): (ROOT / "kpicli" / bug.file).read_text("utf-8").count(right)
        for name, bug in BUGS.items()
        for right, _ in bug.changes
    }
    assert {place: count for place, count in places.items() if count != 1} == {}


def test_the_list_above_names_every_bug_and_its_test() -> None:
    listed = {tuple(text.split(": ")) for text in (__doc__ or "").splitlines() if ": " in text}
    assert listed >= {
        (f"- {name}", bug.caught_by.rpartition("::")[2]) for name, bug in BUGS.items()
    }
