"""Logs that two people appended to, joined by git: both ways give the same answer."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.failures.board import GOOD, Board, is_calm, sealed
from tests.installed import Run
from tests.tiers import sampled

OURS = sealed("mrr", "2026-03", "1400", "2026-04-02T08:00:00.000000Z")
THEIRS = sealed("churn", "2026-03", "3.5", "2026-04-02T09:00:00.000000Z")
SEEN = ("--as-of", "2026-04-05")


def git(board: Board, line: str) -> Run:
    run = board.shell(f"set -e; {line}")
    assert run.code == 0, run.err
    return run


def forked(board: Board, ours: bytes, theirs: bytes, attributes: str) -> None:
    """A repository whose branches `ours` and `theirs` each changed the log; one is checked out."""
    (board.kpi.folder / ".gitattributes").write_text(attributes)
    git(
        board,
        "git init -qb start; git config user.name x; git config user.email x@example.org;"
        "git add .gitattributes kpis.*; git commit -qm start",
    )
    for name, content in (("theirs", theirs), ("ours", ours)):
        git(board, f"git checkout -q start -b {name}")
        board.log.write_bytes(content)
        git(board, f"git commit -qam {name} --allow-empty")


HOWS = ("merge -q --no-edit", "rebase -q", "cherry-pick --keep-redundant-commits")
UNION = "kpis.jsonl merge=union -text\n"
ALL = b"".join(GOOD)


def answers(board: Board) -> tuple[str, str, str]:
    """What is said of the log, as a person and as a machine hears it."""
    runs = [
        board.kpi(*words, *SEEN)
        for words in (("status",), ("status", "--json"), ("history", "--all"))
    ]
    assert [(run.code, run.err) for run in runs] == [(0, "")] * 3
    return runs[0].out, runs[1].out, runs[2].out


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        pytest.param(ALL + OURS, ALL + THEIRS, {"mrr": "1400", "churn": "3.5"}, id="each its own"),
        pytest.param(
            ALL + sealed("mrr", "2026-03", "14", "2026-04-02T08:00:00.000000Z"),
            ALL + sealed("mrr", "2026-03", "1500", "2026-04-02T08:00:00.000001Z"),
            {"mrr": "1500"},
            id="the same period, and the later counts",
        ),
        pytest.param(
            ALL + sealed("churn", "2026-02", "null", "2026-04-02T08:00:00.000000Z"),
            ALL + sealed("churn", "2026-02", "5", "2026-04-01T08:00:00.000000Z"),
            {},
            id="taken back after a correction, and no older value stands",
        ),
        pytest.param(
            ALL + sealed("mrr", "2026-03", "null", "2026-04-02T08:00:00.000000Z"),
            ALL + sealed("mrr", "2026-03", "5", "2026-04-03T08:00:00.000000Z"),
            {"mrr": "5"},
            id="taken back before a correction",
        ),
        pytest.param(ALL + OURS, ALL + OURS + THEIRS, {"mrr": "1400"}, id="one has it already"),
        pytest.param(
            (ALL + OURS).replace(b"\n", b"\r\n"),
            ALL + THEIRS,
            {"mrr": "1400", "churn": "3.5"},
            id="line ends of Windows on one side, every record twice",
        ),
    ],
)
@sampled("how", HOWS, HOWS[:1])
def test_both_ways_of_joining_them_say_the_same(
    board: Board, ours: bytes, theirs: bytes, expected: dict[str, str], how: str
) -> None:
    forked(board, ours, theirs, UNION)
    found = []
    for here, there in (("ours", "theirs"), ("theirs", "ours")):
        git(board, f"git checkout -q -f {here}; git checkout -q -b {here}-joined")
        git(board, f"git {how} {there}")
        kept = {line.rstrip(b"\r\n") for line in board.log.read_bytes().splitlines()}
        assert kept == {line.rstrip(b"\r\n") for line in (ours + theirs).splitlines()}
        found.append(answers(board))
    assert found[0] == found[1]
    for id, value in expected.items():
        assert str(board.rows("--period", "2026-03", *SEEN)[id]["actual"]) == value
    if not expected:
        row = board.rows("--period", "2026-02", *SEEN)["churn"]
        assert (row["actual"], row["status"]) == (None, "no_data")


def test_a_stash_that_comes_back_loses_nothing(board: Board) -> None:
    forked(board, ALL, ALL + THEIRS, UNION)
    board.append(OURS)
    git(board, "git stash -q; git merge -q --no-edit theirs; git stash pop -q")
    assert set(board.log.read_bytes().splitlines(keepends=True)) == {*GOOD, OURS, THEIRS}
    answers(board)


def test_without_the_attribute_the_markers_are_read_around_and_never_added_to(
    board: Board,
) -> None:
    forked(board, ALL + OURS, ALL + THEIRS, "")
    assert board.shell("git merge -q --no-edit theirs").code == 1
    before = board.log.read_bytes()
    assert b"<<<<<<< " in before
    run = board.kpi("status", *SEEN)
    assert run.code == 3
    assert is_calm(run)
    assert "kpis.jsonl:4: git conflict markers — run 'kpi repair'" in run.err
    assert "1,400 kr" in run.out
    assert "3.5%" in run.out
    every = board.kpi("history", "--all", *SEEN)
    assert (every.code, len(every.out.splitlines())) == (3, 5)
    record = board.kpi("record", "mrr", "1500", "--period", "2026-03", "--yes")
    assert record.code == 2
    assert "nothing recorded: git conflict markers in the log" in record.err
    assert board.log.read_bytes() == before


def test_init_writes_the_attribute_that_git_needs(board: Board) -> None:
    new = board.kpi.folder / "new"
    git(board, "mkdir new; cd new; git init -q")
    assert board.kpi("init", cwd=new).code == 0
    written = (new / ".gitattributes").read_text()
    assert "kpis.jsonl merge=union" in written


def test_a_correction_wins_over_a_laptop_whose_clock_is_ahead(board: Board) -> None:
    """The wrong value was written an hour ahead, merged, and corrected by somebody on time."""
    at = (
        (datetime.now(UTC) + timedelta(hours=1)).replace(tzinfo=None).isoformat("T", "microseconds")
    )
    forked(board, ALL + sealed("mrr", "2026-03", "9999", f"{at}Z"), ALL + THEIRS, UNION)
    git(board, "git checkout -q -f theirs; git merge -q --no-edit ours")
    assert board.kpi("record", "mrr", "1400", "--period", "2026-03", "--yes").code == 0
    assert board.actual("mrr", "2026-03") == 1400
    git(board, "git commit -qam corrected; git checkout -q ours; git merge -q --no-edit theirs")
    assert board.actual("mrr", "2026-03") == 1400


def test_a_copy_by_mail_is_merged_as_git_would(board: Board) -> None:
    forked(board, ALL + OURS, ALL + THEIRS, UNION)
    git(board, "git show theirs:kpis.jsonl > mailed.jsonl")
    assert board.kpi("import", "mailed.jsonl").err.startswith("1 new, 3 already recorded\n")
    imported = answers(board)
    git(board, "git checkout -q -f ours; git merge -q --no-edit theirs")
    assert answers(board) == imported
