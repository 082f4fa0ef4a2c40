"""A board whose log has a bad line of many kinds, for the commands that look after logs."""

from pathlib import Path

from tests.store.logs import line

BOARD = '[kpis.mrr]\ntarget = "1,500 kr"\n[kpis.churn]\ntarget = "<5%"\n'
MRR = line("mrr", "2026-01", 1234, at="2026-02-02T08:00:00.000000Z", by="ana")
CHURN = line("churn", "2026-02", 4, at="2026-03-02T08:00:00.000000Z", by="bob")
BAD = line("churn", "2026-02", 5, at="2026-03-03T08:00:00.000000Z").replace(b":5,", b":6,")
SEAL = BAD[7:23].decode()
GONE = f"record changed after it was written (id {SEAL} does not match)"


def board(folder: Path, content: bytes, more: str = "") -> Path:
    """The definitions, and a log with that content."""
    (folder / "kpis.toml").write_text(more + BOARD)
    log = folder / "kpis.jsonl"
    log.write_bytes(content)
    return log
