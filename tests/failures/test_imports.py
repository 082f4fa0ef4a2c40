"""Files that are half a table, no table or another's: nothing of them is recorded."""

import json
import random

import pytest

from tests.failures.board import Board, is_calm, is_refused, sealed
from tests.installed import Run, Terminal

HEAD = "kpi,period,value\n"
HINT = "hint: nothing recorded; correct it and import it again\n"


def imported(board: Board, content: str | bytes, *args: str) -> Run:
    return board.kpi("import", "-", *args, stdin=content)


def many(count: int = 1000) -> list[str]:
    """A header and rows of a KPI, each of its own day."""
    days = [f"20{at // 336:02}-{at // 28 % 12 + 1:02}-{at % 28 + 1:02}" for at in range(count)]
    return [HEAD.strip(), *(f"daily,{day},{at + 100}" for at, day in enumerate(days))]


DAILY = '[kpis.daily]\nfrequency = "daily"\n'


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(
            "\n".join([HEAD.strip(), '"daily,2020-01-01,1', *many()[2:], ""]),
            "stdin:2: quote never closed — a quote inside a quoted cell is written",
            id="a stray quote in the first row",
        ),
        pytest.param(
            f"{HEAD}mrr,2026-01,1234\nmrr,2026-02,1 kr\x81\n".encode("latin-1"),
            "stdin:3: neither UTF-8 nor Windows-1252 (byte 0x81)",
            id="letters of no encoding",
        ),
        pytest.param(
            f"{HEAD}mrr,2026-01\n",
            "stdin:2: 2 cells under a header of 3 — leave a cell empty, not out\n",
            id="a short row",
        ),
        pytest.param(
            "kpi,period,value,value\nmrr,2026-01,1,2\n",
            "stdin:1: column 'value' appears twice — leave one out, or name one with --columns\n",
            id="a column twice",
        ),
        pytest.param(
            f"kpi,period,value,note\nmrr,2026-01,1234,{'x' * 131_073}\n",
            "stdin:2: a cell is longer than 131,072 characters\n",
            id="a huge cell",
        ),
        pytest.param("", "stdin: no rows\n", id="nothing"),
        pytest.param(HEAD, "stdin: no rows\n", id="a header alone"),
        pytest.param(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "stdin:1: ", id="a picture"),
        pytest.param(bytes(100_000), "stdin:1: no header", id="zeros"),
        pytest.param(
            '{"kpi":"mrr","period":"2026-01","value":1,"value":2}\n',
            "stdin:1: duplicate key 'value'\n",
            id="a key twice",
        ),
        pytest.param(
            '\n{"kpi":"mrr","period":"2026-01","value":NaN}\n',
            "stdin:2: value must be a plain decimal number",
            id="not a number",
        ),
        pytest.param(
            '{"kpi":"mrr","period":"2026-01","value":1,"vlaue":2}\n',
            "stdin:1: unknown key 'vlaue' — did you mean 'value'?\n",
            id="a key that says nothing",
        ),
        pytest.param("[" * 100_000, "stdin:1: nested too deeply\n", id="deep lists"),
        pytest.param('[{"kpi":"mrr"}]\n', "stdin:1: no column for the period", id="a list"),
        pytest.param(
            b"<<<<<<< ours\n" + sealed("mrr", "2026-03", "1400"), "stdin:1: ", id="a conflict"
        ),
    ],
)
def test_what_is_no_table_is_refused(board: Board, content: str | bytes, said: str) -> None:
    before = board.files()
    run = imported(board, content)
    assert is_refused(run)
    assert run.err.startswith(said)
    assert run.err.endswith(HINT)
    assert len(run.err) < 2000
    assert board.files() == before


def test_a_byte_order_mark_is_no_part_of_the_header(board: Board) -> None:
    assert imported(board, f"\ufeff{HEAD}mrr,2026-03,1400\n").code == 0
    assert board.recorded() == ["1400"]


def test_a_few_faults_among_a_thousand_rows_are_all_listed(board: Board) -> None:
    board.define(DAILY)
    before = board.files()
    rows = many()
    rows[499], rows[699] = "daily,2026-13-01,5", "dialy,2020-01-01,5"
    run = imported(board, "\n".join(rows))
    assert is_refused(run)
    first, second, *hint = run.err.splitlines(keepends=True)
    assert first.startswith("stdin:500: '2026-13-01': months run from 01 to 12")
    assert second == "stdin:700: unknown KPI 'dialy' — did you mean 'daily'?\n"
    assert hint == [HINT]
    assert board.files() == before


def test_rows_that_contradict_each_other_are_refused(board: Board) -> None:
    board.define(DAILY)
    before = board.files()
    rows = many(10)
    rows[8] = rows[3].replace(",102", ",103")
    run = imported(board, "\n".join(rows))
    assert is_refused(run)
    assert run.err.startswith("stdin:9: daily 2000-01-03 also on line 4 with another value")
    assert board.files() == before


@pytest.mark.usefixtures("board")
def test_nobody_types_a_table_into_a_terminal(terminal: Terminal) -> None:
    screen = terminal("import", "-")
    assert screen.code == 2
    assert b"stdin is a terminal" in screen.sent


def test_a_formula_in_a_note_is_kept_and_guarded_in_csv_alone(board: Board) -> None:
    content = "kpi,period,value,note\nmrr,2026-03,1400,=cmd|'/c calc'!A1\n"
    assert imported(board, content).code == 0
    line = json.loads(board.log.read_bytes().splitlines()[-1])
    assert line["note"] == "=cmd|'/c calc'!A1"
    assert "  =cmd|'/c calc'!A1\n" in board.kpi("history").out
    assert ",'=cmd|'/c calc'!A1,false,\n" in board.kpi("history", "--format", "csv").out


def test_a_dry_run_says_what_would_be_recorded(board: Board) -> None:
    before = board.files()
    run = imported(board, f"{HEAD}mrr,2026-03,1400\nmrr,2026-02,1300\n", "--dry-run")
    assert (run.code, run.out) == (0, "")
    assert run.err == "dry run: MRR 2026-03: 1,400 kr\ndry run: 1 new, 1 already recorded\n"
    assert board.files() == before


def test_a_file_cut_short_anywhere_is_refused_or_says_what_it_says(board: Board) -> None:
    """Whatever a download left out of the end, no row but those of the whole file is recorded."""
    content = f'{HEAD}mrr,2026-03,"1,400"\nchurn,2026-03,3.25\n'.encode()
    good = board.log.read_bytes()
    for size in range(0, len(content), 3):
        board.log.write_bytes(good)
        run = imported(board, content[:size])
        assert run.code in {0, 2}
        assert is_calm(run)
        assert board.recorded() in ([], ["1400"], ["1400", "3"], ["1400", "3.2"])
        assert run.code == 0 or board.log.read_bytes() == good


@pytest.mark.parametrize("name", ["csv", "tsv", "jsonl"])
def test_any_bytes_end_well(board: Board, name: str) -> None:
    before = board.files()
    chance = random.Random(name)  # noqa: S311 - any bytes will do
    for size in (1, 40, 3000):
        run = imported(board, chance.randbytes(size), "--format", name)
        assert is_refused(run)
        assert board.files() == before


@pytest.mark.parametrize(
    ("make", "said"),
    [
        ("mkdir x.csv", "x.csv: is a folder, expected a file"),
        ("ln -s x.csv x.csv", "x.csv: Too many levels of symbolic links"),
        ("true", "x.csv: no such file"),
    ],
)
def test_what_is_no_file_is_refused(board: Board, make: str, said: str) -> None:
    before = board.files()
    board.shell(make)
    run = board.kpi("import", "x.csv")
    assert is_refused(run)
    assert run.err.startswith(said)
    assert board.files() == before


@pytest.mark.installed
def test_a_pipe_by_name_is_read_and_a_closed_one_is_said(board: Board) -> None:
    run = board.shell("kpi import <(printf 'kpi,period,value\\nmrr,2026-03,1400\\n')")
    assert run.code == 0, run.err
    assert board.recorded() == ["1400"]
    closed = board.shell("kpi import - <&-")
    assert is_refused(closed)
    assert closed.err.startswith("kpi: error: nothing is piped in: stdin is closed\nhint: name a")
    empty = board.shell("kpi import - </dev/null")
    assert (empty.code, empty.err) == (2, f"stdin: no rows\n{HINT}")


@pytest.mark.exhaustive
def test_a_big_import_shows_how_far_it_is_on_a_terminal_alone(
    board: Board, terminal: Terminal
) -> None:
    keys = [f"k{at}" for at in range(1000)]
    board.define("".join(f'[kpis.{key}]\nfrequency = "daily"\n' for key in keys))
    days = [row.split(",")[1] for row in many(300)[1:]]
    rows = [f"{key},{day},5" for key in keys for day in days]
    (board.kpi.folder / "big.csv").write_text("\n".join([HEAD.strip(), *rows, ""]))
    piped = board.kpi("import", "big.csv", "--dry-run", "--quiet")
    assert (piped.code, piped.err) == (0, "")
    screen = terminal("import", "big.csv")
    assert screen.code == 0
    assert b"reading" in screen.sent
    assert b"300,000 new, 0 already recorded" in screen.sent
