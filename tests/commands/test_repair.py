"""`kpi repair` as it is run: what it does to the log, and what it says of that."""

import json
import os
import re
from pathlib import Path

import pytest

from tests.commands.broken import BAD, BOARD, CHURN, GONE, MRR, board
from tests.installed import Kpi, Terminal
from tests.store.logs import line

OTHER = line("mrr", "2026-02", 1300, at="2026-03-02T08:00:00.000000Z")
DAMAGED = MRR + CHURN + BAD + MRR
COPY = re.compile(r"kpis\.jsonl\.before-repair-[0-9]{8}T[0-9]{6}Z")
STANDS = "what counts now is 4% from 2026-03-02\n"
LOOK = f"look at churn 2026-02: its record was damaged; {STANDS}"


def copies(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir() if ".before-repair-" in file.name)


def test_what_was_done_is_said_and_what_to_look_at(kpi: Kpi) -> None:
    log = board(kpi.folder, DAMAGED)
    run = kpi("repair")
    (copy,) = copies(kpi.folder)
    assert COPY.fullmatch(copy)
    assert (run.code, run.err) == (0, "")
    assert run.out == (
        "Records kept       2\n"
        "Duplicates out     1\n"
        "Damaged lines out  1\n"
        f"Original kept as   {copy}\n{LOOK}"
    )
    assert log.read_bytes() == MRR + CHURN
    assert (kpi.folder / copy).read_bytes() == DAMAGED


def test_afterwards_the_log_is_sound(kpi: Kpi) -> None:
    board(kpi.folder, DAMAGED)
    assert kpi("status").code == 3
    assert kpi("repair").code == 0
    assert (kpi("status").code, kpi("verify").code) == (0, 0)
    assert kpi("record", "churn=5", "--period", "2026-03").code == 0


def test_a_second_time_there_is_nothing_to_do(kpi: Kpi) -> None:
    log = board(kpi.folder, DAMAGED)
    kpi("repair")
    run = kpi("repair")
    assert (run.code, run.out, run.err) == (0, "", "2 records, nothing to repair\n")
    assert log.read_bytes() == MRR + CHURN
    assert len(copies(kpi.folder)) == 1


def test_without_a_log_there_is_nothing_to_do(kpi: Kpi) -> None:
    (kpi.folder / "kpis.toml").write_text(BOARD)
    run = kpi("repair")
    assert (run.code, run.out, run.err) == (0, "", "0 records, nothing to repair\n")
    assert not (kpi.folder / "kpis.jsonl").exists()


def test_a_dry_run_changes_nothing(kpi: Kpi) -> None:
    log = board(kpi.folder, DAMAGED)
    run = kpi("repair", "--dry-run")
    assert (run.code, run.err) == (0, "a dry run: nothing was changed\n")
    assert run.out == f"Records kept       2\nDuplicates out     1\nDamaged lines out  1\n{LOOK}"
    assert log.read_bytes() == DAMAGED
    assert copies(kpi.folder) == []


def test_json_has_the_counts_and_what_damage_touched(kpi: Kpi) -> None:
    board(kpi.folder, DAMAGED)
    answer = json.loads(kpi("repair", "--json").out)
    assert COPY.fullmatch(answer.pop("copy"))
    assert answer == {
        "schema": "kpi.repair/1",
        "log": "kpis.jsonl",
        "dry_run": False,
        "kept": 2,
        "duplicates": 1,
        "markers": 0,
        "damaged": 1,
        "torn": 0,
        "byte_order_marks": 0,
        "ended": 0,
        "swept": 0,
        "touched": [
            {
                "kpi": "churn",
                "period": "2026-02",
                "file": "kpis.jsonl",
                "line": 3,
                "reason": GONE,
                "value": 4,
                "at": "2026-03-02T08:00:00.000000Z",
                "by": "bob",
            }
        ],
    }


def test_csv_has_what_damage_touched(kpi: Kpi) -> None:
    board(kpi.folder, DAMAGED)
    header, row = kpi("repair", "--format", "csv").out.splitlines()
    assert header == "kpi,period,file,line,reason,value,at,by"
    assert row.startswith("churn,2026-02,kpis.jsonl,3,")


def test_a_terminal_shows_both(terminal: Terminal) -> None:
    board(terminal.folder, DAMAGED)
    sent = terminal("repair", "--dry-run", "--color", "never").sent.decode()
    assert "Records kept       2\r\n" in sent
    assert "churn  2026-02\r\n    its record was damaged; what counts now is" in sent


def test_markdown_has_a_table(kpi: Kpi) -> None:
    board(kpi.folder, DAMAGED)
    assert (
        "| churn | 2026-02 | its record was damaged;" in kpi("repair", "--format", "markdown").out
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(MRR + BAD, "nothing counts now", id="no other record"),
        pytest.param(
            MRR
            + CHURN.replace(b'{"id":"' + CHURN[7:23] + b'",', b"{").replace(b":4,", b":null,")
            + BAD,
            "what counts now is nothing from 2026-03-02",
            id="it was taken back before",
        ),
    ],
)
def test_what_counts_now_may_be_nothing(kpi: Kpi, content: bytes, said: str) -> None:
    board(kpi.folder, content)
    assert kpi("repair").out.endswith(f"look at churn 2026-02: its record was damaged; {said}\n")


def test_damage_that_a_later_record_has_healed_is_not_looked_at(kpi: Kpi) -> None:
    board(kpi.folder, DAMAGED)
    assert kpi("record", "churn=5", "--period", "2026-02", "--yes").code == 0
    run = kpi("repair")
    assert "Damaged lines out  1\n" in run.out
    assert "look at" not in run.out


def test_of_a_former_id_what_counts_stands_under_the_new_one(kpi: Kpi) -> None:
    board(kpi.folder, CHURN + BAD.replace(b"churn", b"loss"), more="")
    toml = kpi.folder / "kpis.toml"
    toml.write_text(BOARD.replace("[kpis.churn]", '[kpis.churn]\nformerly = ["loss"]'))
    assert kpi("repair").out.endswith("churn 2026-02: its record was damaged; " + STANDS)


def test_the_record_of_a_kpi_that_is_no_more_is_looked_at(kpi: Kpi) -> None:
    board(kpi.folder, MRR + line("gone", "2026-02", 3).replace(b":3,", b":4,"))
    assert "look at gone 2026-02: its record was damaged; nothing counts now" in kpi("repair").out


def test_every_file_of_a_folder_is_repaired(kpi: Kpi) -> None:
    (kpi.folder / "kpis.toml").write_text(f'log = "kpis.log/"\n{BOARD}')
    folder = kpi.folder / "kpis.log"
    folder.mkdir()
    files = {"ana.jsonl": MRR + CHURN[:5], "bob.jsonl": CHURN + BAD, "cyn.jsonl": OTHER}
    for name, content in files.items():
        (folder / name).write_bytes(content)
    run = kpi("repair")
    made = copies(folder)
    assert (run.code, len(made)) == (0, 2)
    assert f"Original kept as   kpis.log/{made[0]}, kpis.log/{made[1]}\n{LOOK}" in run.out
    now = {name: (folder / name).read_bytes() for name in files}
    assert now == {"ana.jsonl": MRR, "bob.jsonl": CHURN, "cyn.jsonl": OTHER}
    assert kpi("repair").err == "3 records, nothing to repair\n"


def test_a_record_in_two_files_of_a_folder_stays_in_the_first(kpi: Kpi) -> None:
    (kpi.folder / "kpis.toml").write_text(f'log = "kpis.log/"\n{BOARD}')
    folder = kpi.folder / "kpis.log"
    folder.mkdir()
    files = {"ann.jsonl": MRR + CHURN, "copy.jsonl": MRR + OTHER + CHURN}
    for name, content in files.items():
        (folder / name).write_bytes(content)
    assert kpi("verify").code == 1
    planned, run = kpi("repair", "--dry-run"), kpi("repair")
    [copy] = copies(folder)
    assert planned.out == "Records kept    3\nDuplicates out  2\n"
    assert run.out == (
        f"Records kept      3\nDuplicates out    2\nOriginal kept as  kpis.log/{copy}\n"
    )
    assert (folder / copy).read_bytes() == files["copy.jsonl"]
    assert (folder / "ann.jsonl").read_bytes() == MRR + CHURN
    assert (folder / "copy.jsonl").read_bytes() == OTHER
    assert (kpi("verify").code, kpi("repair").err) == (0, "3 records, nothing to repair\n")
    assert len(copies(folder)) == 1


def test_what_a_killed_process_left_is_swept(kpi: Kpi) -> None:
    board(kpi.folder, MRR)
    left = kpi.folder / ".kpi-0123.tmp"
    left.touch()
    os.utime(left, (0, 0))
    run = kpi("repair")
    assert (run.code, run.out, run.err) == (0, "Temporary files removed  1\n", "")
    assert not left.exists()
    assert copies(kpi.folder) == []


@pytest.mark.parametrize(
    ("args", "said"),
    [
        pytest.param(["--format", "nope"], "unknown format 'nope'", id="a format"),
        pytest.param(["-f", "no.toml"], "no.toml: no such file", id="the definitions"),
    ],
)
def test_what_can_not_be_answered_is_not_begun(kpi: Kpi, args: list[str], said: str) -> None:
    log = board(kpi.folder, DAMAGED)
    run = kpi("repair", *args)
    assert (run.code, run.out) == (2, "")
    assert said in run.err
    assert log.read_bytes() == DAMAGED


def test_definitions_that_are_broken_repair_nothing(kpi: Kpi) -> None:
    log = board(kpi.folder, DAMAGED, "nonsense = 1\n")
    assert kpi("repair").code == 2
    assert log.read_bytes() == DAMAGED


def test_an_answer_that_can_not_be_given_hides_no_repair(kpi: Kpi) -> None:
    log = board(kpi.folder, DAMAGED)
    run = kpi("repair", "--json", "-o", "kpis.jsonl")
    (copy,) = copies(kpi.folder)
    assert run.code == 2
    assert run.err.startswith(f"repaired, the original kept as {copy}\nkpis.jsonl: is one of")
    assert log.read_bytes() == MRR + CHURN
