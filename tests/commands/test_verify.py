"""`kpi verify` as it is run: what it says of the log, and how it exits."""

import json
import shutil
from pathlib import Path

import pytest

from tests.commands.broken import BAD, BOARD, CHURN, GONE, MRR, board
from tests.installed import Kpi, Terminal
from tests.store.logs import line

UNSEALED = b'{"kpi":"mrr","period":"2026-01","value":5,"at":"2026-02-03T08:00:00Z"}\n'
COMMIT = """\
git init -q
echo 'kpis.jsonl merge=union -text' > .gitattributes
git add .
git -c user.name=x -c user.email=x@example.org commit -qm then
"""


def test_nothing_found_is_said_aside(kpi: Kpi) -> None:
    board(kpi.folder, MRR + CHURN)
    run = kpi("verify")
    assert (run.code, run.out, run.err) == (0, "", "2 records, 0 faults\n")


def test_no_log_is_no_fault(kpi: Kpi) -> None:
    (kpi.folder / "kpis.toml").write_text(BOARD)
    run = kpi("verify")
    assert (run.code, run.out, run.err) == (0, "", "0 records, 0 faults\n")
    assert not (kpi.folder / "kpis.jsonl").exists()


def test_one_fault_a_line_in_order_of_line(kpi: Kpi) -> None:
    board(kpi.folder, MRR + CHURN + BAD + MRR + CHURN[:9])
    run = kpi("verify")
    assert (run.code, run.err) == (3, "")
    assert run.out == (
        f"kpis.jsonl:3: {GONE}\n"
        "kpis.jsonl:4: same record as on line 1\n"
        "kpis.jsonl:5: incomplete last line ignored — a write was interrupted, nothing "
        "acknowledged is missing; 'kpi repair' sets it aside\n"
    )


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(MRR + CHURN[:9], 0, id="a write that was interrupted"),
        pytest.param(b"\xef\xbb\xbf" + MRR, 0, id="a byte order mark"),
        pytest.param(MRR + UNSEALED, 1, id="an unsealed line"),
        pytest.param(MRR + MRR + BAD, 3, id="damage, which is stronger"),
        pytest.param(MRR + b"=======\n", 3, id="a marker of git"),
    ],
)
def test_the_exit_code_says_how_bad_it_is(kpi: Kpi, content: bytes, code: int) -> None:
    board(kpi.folder, content)
    run = kpi("verify")
    assert run.code == code
    assert len(run.out.splitlines()) >= 1


EARLY = line("mrr", "2026-03", 5, at="2026-02-27T08:00:00.000000Z")


@pytest.mark.parametrize(
    ("day", "faults"),
    [
        pytest.param("2026-03-05", [], id="after all of them"),
        pytest.param("2026-03-02", [], id="on the day of the last"),
        pytest.param(
            "2026-03-01", ["2: recorded 8 hours in the future by 'bob'"], id="the day before that"
        ),
        pytest.param(
            "2026-02-01",
            [
                "1: recorded 8 hours in the future by 'ana'",
                "2: recorded 28 days in the future by 'bob'",
            ],
            id="before both",
        ),
    ],
)
def test_as_of_a_day_the_future_begins_at_its_end(kpi: Kpi, day: str, faults: list[str]) -> None:
    board(kpi.folder, MRR + CHURN)
    run = kpi("verify", "--as-of", day)
    assert run.out == "".join(f"kpis.jsonl:{fault}\n" for fault in faults)
    assert run.code == (1 if faults else 0)


def test_as_of_a_day_ends_where_the_reader_lives(kpi: Kpi) -> None:
    board(kpi.folder, line("mrr", "2026-01", 1, at="2026-02-01T23:00:00.000000Z"))
    asked = "verify", "--as-of", "2026-02-01"
    assert kpi(*asked, env={"TZ": "UTC"}).code == 0
    assert kpi(*asked, env={"TZ": "Europe/Copenhagen"}).code == 1


def test_as_of_changes_nothing_of_a_period_that_had_not_begun(kpi: Kpi) -> None:
    board(kpi.folder, EARLY)
    told = "kpis.jsonl:1: 2026-03 had not begun when it was recorded, on 2026-02-27\n"
    assert kpi("verify", "--as-of", "2026-02-27").out == told
    assert kpi("verify", "--as-of", "2026-05-01").out == told


def test_what_is_not_a_day_is_refused(kpi: Kpi) -> None:
    board(kpi.folder, MRR)
    run = kpi("verify", "--as-of", "2026-03")
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith("kpi: error: --as-of takes a day\n")


@pytest.mark.parametrize(
    ("log", "said"),
    [
        pytest.param("kpis.log/", "move it to kpis.log/", id="a folder"),
        pytest.param("new.jsonl", "move it to new.jsonl", id="a file"),
    ],
)
def test_a_log_that_nothing_reads_is_named_until_it_is_moved(kpi: Kpi, log: str, said: str) -> None:
    board(kpi.folder, MRR + CHURN, more=f'log = "{log}"\n')
    told = f"holds 2 records that nothing reads: {said}"
    run = kpi("verify")
    assert (run.code, run.out, run.err) == (1, f"kpis.jsonl: {told}\n", "")
    [flaw] = json.loads(kpi("verify", "--json").out)["flaws"]
    assert (flaw["kind"], flaw["file"], flaw["line"]) == ("unread", "kpis.jsonl", None)
    status = kpi("status", "--as-of", "2026-03-05")
    assert status.err == f"no actuals yet, but kpis.jsonl {told}\n"
    if log.endswith("/"):
        (kpi.folder / log).mkdir()
    shutil.move(kpi.folder / "kpis.jsonl", kpi.folder / log)
    assert (kpi("verify").code, kpi("status", "--as-of", "2026-03-05").err) == (0, "")


def test_json_has_place_record_and_remedy(kpi: Kpi) -> None:
    board(kpi.folder, MRR + CHURN + MRR)
    run = kpi("verify", "--json")
    assert run.code == 1
    assert json.loads(run.out) == {
        "schema": "kpi.verify/1",
        "log": "kpis.jsonl",
        "since": None,
        "records": 2,
        "flaws": [
            {
                "kind": "duplicate",
                "file": "kpis.jsonl",
                "line": 3,
                "kpi": "mrr",
                "period": "2026-01",
                "message": "same record as on line 1",
                "hint": "it counts once; kpi repair takes it out",
            }
        ],
    }


def test_csv_has_the_same_columns(kpi: Kpi) -> None:
    board(kpi.folder, MRR + UNSEALED)
    header, row = kpi("verify", "--format", "csv").out.splitlines()
    assert header == "kind,file,line,kpi,period,message,hint"
    assert row.startswith("unsealed,kpis.jsonl,2,mrr,2026-01,unsealed: ")


def test_a_terminal_shows_what_to_do(terminal: Terminal) -> None:
    board(terminal.folder, MRR + MRR)
    screen = terminal("verify", "--color", "never")
    assert screen.code == 1
    assert screen.sent.decode().splitlines() == [
        "kpis.jsonl:2  duplicate",
        "    same record as on line 1",
        "    → it counts once; kpi repair takes it out",
        "1 fault in 1 record",
    ]


def test_markdown_has_a_table(kpi: Kpi) -> None:
    board(kpi.folder, MRR + MRR)
    assert "| kpis.jsonl:2 | duplicate |" in kpi("verify", "--format", "markdown").out


def test_an_answer_is_never_written_over_the_log(kpi: Kpi) -> None:
    log = board(kpi.folder, MRR)
    run = kpi("verify", "--json", "-o", "kpis.jsonl")
    assert run.code == 2
    assert "never replaced" in run.err
    assert log.read_bytes() == MRR


def committed(kpi: Kpi, content: bytes) -> Path:
    import subprocess

    log = board(kpi.folder, content)
    subprocess.run(["/bin/sh", "-c", COMMIT], cwd=kpi.folder, check=True)
    return log


def test_what_is_missing_since_a_revision_is_counted_and_named(kpi: Kpi) -> None:
    log = committed(kpi, MRR + CHURN)
    log.write_bytes(b"")
    run = kpi("verify", "--since", "HEAD")
    assert (run.code, run.err) == (1, "")
    assert run.out == (
        "kpis.jsonl: 2 records in HEAD are missing from the working copy\n"
        "kpis.jsonl: mrr 2026-01, recorded on 2026-02-02 by 'ana', is missing\n"
        "kpis.jsonl: churn 2026-02, recorded on 2026-03-02 by 'bob', is missing\n"
    )


def test_nothing_is_missing(kpi: Kpi) -> None:
    committed(kpi, MRR + CHURN)
    run = kpi("--since", "HEAD", "verify")
    assert (run.code, run.out, run.err) == (0, "", "2 records, 0 faults\n")


def test_people_see_the_first_of_many_and_machines_all(kpi: Kpi) -> None:
    log = committed(kpi, b"".join(line(period="2026-01", value=at) for at in range(25)))
    log.write_bytes(b"")
    lines = kpi("verify", "--since", "HEAD").out.splitlines()
    assert len(lines) == 22
    assert lines[-1] == "kpis.jsonl: and 5 more: --json lists them all"
    flaws = json.loads(kpi("verify", "--since", "HEAD", "--json").out)["flaws"]
    assert [flaw["kind"] for flaw in flaws] == ["missing"] * 25


def test_people_see_the_first_of_very_many_lines_with_one_cause(kpi: Kpi) -> None:
    log = committed(kpi, MRR)
    log.write_bytes(MRR + b"spilled\n" * 100)
    assert len(kpi("verify").out.splitlines()) == 100
    log.write_bytes(MRR + b"spilled\n" * 101)
    lines = kpi("verify").out.splitlines()
    assert lines[-2:] == [
        "kpis.jsonl:21: not a JSON object",
        "kpis.jsonl: and 81 more like that: --json lists them all",
    ]
    assert len(json.loads(kpi("verify", "--json").out)["flaws"]) == 101


def test_a_log_that_was_not_there_yet_has_lost_nothing(kpi: Kpi) -> None:
    committed(kpi, MRR)
    (kpi.folder / "new.toml").write_text(BOARD)
    (kpi.folder / ".gitattributes").write_text("*.jsonl merge=union\n")
    run = kpi("verify", "-f", "new.toml", "--since", "HEAD")
    assert (run.code, run.out) == (0, "")
    assert run.err == (
        "new.jsonl did not exist in HEAD, so nothing of it can be missing\n0 records, 0 faults\n"
    )


def test_an_unknown_revision_is_refused(kpi: Kpi) -> None:
    committed(kpi, MRR)
    run = kpi("verify", "--since", "v9")
    assert (run.code, run.out) == (2, "")
    assert run.err == (
        "kpi: error: --since: git knows no revision 'v9'\n"
        "hint: as in --since HEAD, or see git log --oneline\n"
    )


def test_outside_of_git_since_is_refused(kpi: Kpi) -> None:
    board(kpi.folder, MRR)
    run = kpi("verify", "--since", "HEAD")
    assert (run.code, run.out) == (2, "")
    assert run.err == (
        "kpis.jsonl: is in no git work tree, so --since has nothing to look at\n"
        "hint: leave --since out\n"
    )
