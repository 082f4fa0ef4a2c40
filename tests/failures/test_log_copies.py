"""Copies of a log, whole or damaged: what is sealed is kept as it is, or nothing is."""

import hashlib

from tests.failures.board import Board, is_refused, sealed
from tests.installed import Run


def imported(board: Board, content: str | bytes, *args: str) -> Run:
    return board.kpi("import", "-", *args, stdin=content)


NOT_UNDONE = "kpi undo does not take back records that were imported with their own time\n"


def test_a_copy_of_the_log_is_merged_line_by_line(board: Board) -> None:
    """Sealed lines are kept byte for byte, other keys and older ids included."""
    other = '"kpi":"mrr","period":"2026-03","value":1400.50,"at":"2026-04-02T08:00:00.000000Z"'
    strange = seal(f'{{{other},"device":"pi 3","note":"\\u00e5"}}')
    stray = sealed("nps", "2026-03", "7")
    copy = board.log.with_name("copy.jsonl")
    old = board.log.read_bytes()
    copy.write_bytes(b"\r\n".join([*old.splitlines()[:2], strange, stray.strip(), b""]))
    run = board.kpi("import", "copy.jsonl")
    assert (run.code, run.err) == (0, f"2 new, 2 already recorded\n{NOT_UNDONE}")
    assert board.log.read_bytes() == old + strange + b"\n" + stray
    assert board.kpi("import", "copy.jsonl").err == "0 new, 4 already recorded\n"
    assert board.kpi("import", "kpis.jsonl").err == "0 new, 5 already recorded\n"
    assert board.log.read_bytes() == old + strange + b"\n" + stray
    assert str(board.actual("mrr", "2026-03")) == "1400.50"


def seal(text: str) -> bytes:
    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    return f'{{"id":"{digest}",{text[1:]}'.encode()


def test_a_copy_with_a_damaged_line_is_refused_whole(board: Board) -> None:
    copy = sealed("mrr", "2026-03", "1400") + sealed("mrr", "2026-04", "1500").replace(b"15", b"16")
    before = board.files()
    run = imported(board, copy)
    assert is_refused(run)
    assert run.err.startswith("stdin:2: record changed after it was written (id ")
    torn = imported(board, copy.splitlines()[0] + b"\n" + copy[:40])
    assert is_refused(torn)
    assert torn.err.startswith("stdin:2: not a JSON object")
    assert board.files() == before


def test_a_copy_and_rows_of_ones_own_are_one_append(board: Board) -> None:
    own = b'{"kpi":"churn","period":"2026-03","value":3}\n'
    assert imported(board, own + sealed("mrr", "2026-03", "1400")).code == 0
    assert board.recorded() == ["1400", "3"]
