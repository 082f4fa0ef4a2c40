"""A board whose log is verified: its definitions, which may name another log, and git around it."""

import subprocess
from pathlib import Path

from kpicli.services.verify import Verification, verify
from kpicli.store.definitions.read import load_definitions
from tests.store.logs import NOW, line

BOARD = """\
[kpis.mrr]
rollup = "sum"
formerly = ["revenue"]
[kpis.churn]
[kpis.visits]
frequency = "weekly"
[kpis.margin]
formula = "mrr / churn"
[kpis.pilot]
until = "2026-06"
"""
ONE, TWO = line(value=1), line(value=2)
BAD = ONE.replace(b'"value":1', b'"value":9')
SEAL = ONE[7:23].decode()


def board(folder: Path) -> Path:
    """The definitions, and where their log is to be."""
    (folder / "kpis.toml").write_text(BOARD)
    return folder / "kpis.jsonl"


def verified(since: str | None = None) -> Verification:
    """What is found in the current folder."""
    return verify(load_definitions("kpis.toml"), NOW, since)


def committed(log: Path, content: bytes | None = None) -> None:
    """A first commit of all there is, the log with a content that is given."""
    if content is not None:
        log.write_bytes(content)
    (log.parent / ".gitattributes").write_text("*.jsonl merge=union -text\n")
    settings = "-c user.name=x -c user.email=x@example.org"
    script = f"git init -q && git add . && git {settings} commit -qm then"
    subprocess.run(["/bin/sh", "-c", script], cwd=log.parent, check=True)


def named(log: Path, name: str) -> None:
    """Definitions that name the log."""
    (log.parent / "kpis.toml").write_text(f'log = "{name}"\n{BOARD}' if name else BOARD)


def written(log: Path, name: str, content: bytes) -> Path:
    """A log of that name, a folder's in the file of one writer."""
    path = log.parent / name
    if name.endswith("/"):
        path.mkdir()
        path /= "ana.jsonl"
    path.write_bytes(content)
    return path
