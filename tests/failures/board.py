"""A board of two monthly KPIs and three good records, and what kpi makes of it after a bad day."""

import hashlib
import json
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from rich.cells import cell_len

from tests.installed import SECONDS, Changes, Kpi, Run, environment

DEFINITIONS = """\
title = "Board"

[kpis.mrr]
name = "MRR"
target = "1,500 kr"

[kpis.churn]
name = "Churn"
target = "<5%"
"""
AS_OF = "2026-03-05"
"""The day on which the three records are seen, and no period after theirs is missing."""


def sealed(kpi: str, period: str, value: str, at: str = "2026-03-02T08:00:00.000000Z") -> bytes:
    """A line as kpi writes it, with its end; the seal is computed here anew."""
    rest = f'"kpi":"{kpi}","period":"{period}","value":{value},"at":"{at}","by":"tester"}}'
    seal = hashlib.sha256(f"{{{rest}".encode()).hexdigest()[:16]
    return f'{{"id":"{seal}",{rest}\n'.encode()


def unsealed(
    kpi: str = "churn", period: str = "2026-02", value: str = "3", at: str = "2026-03-03T08:00:00Z"
) -> bytes:
    """A line as people write it, with its end."""
    return f'{{"kpi":"{kpi}","period":"{period}","value":{value},"at":"{at}"}}\n'.encode()


GOOD = (
    sealed("mrr", "2026-01", "1234"),
    sealed("mrr", "2026-02", "1300"),
    sealed("churn", "2026-02", "4.2"),
)


@dataclass(frozen=True, slots=True)
class Board:
    """The two files of a folder, and kpi in it."""

    kpi: Kpi

    @property
    def definitions(self) -> Path:
        return self.kpi.folder / "kpis.toml"

    @property
    def log(self) -> Path:
        return self.kpi.folder / "kpis.jsonl"

    def define(self, toml: str | bytes) -> None:
        """Other definitions."""
        self.definitions.write_bytes(toml.encode() if isinstance(toml, str) else toml)

    def append(self, content: bytes) -> None:
        """More bytes at the end of the log."""
        with self.log.open("ab") as log:
            log.write(content)

    def files(self) -> Mapping[str, bytes]:
        """Every byte of the folder, but for what kpi remembers elsewhere."""
        found = (path for path in self.kpi.folder.iterdir() if path.is_file())
        return {path.name: path.read_bytes() for path in found}

    def status(self, *args: str, env: Changes | None = None) -> Run:
        """`kpi status` on the day of the three records."""
        return self.kpi("status", "--as-of", AS_OF, *args, env=env)

    def rows(self, *args: str) -> dict[str, dict[str, Any]]:
        """What `kpi status --json` says of each KPI, by id; `--as-of` only where it is given."""
        run = self.kpi("status", "--json", *args)
        assert run.code in {0, 3}, run.err
        answer = json.loads(run.out, parse_float=Decimal, parse_int=Decimal)
        return {row["id"]: row for row in answer["kpis"]}

    def actual(self, id: str, period: str = "2026-02") -> Decimal | None:
        """The number that stands for a period, with the digits that were recorded."""
        actual: Decimal | None = self.rows(id, "--period", period)[id]["actual"]
        return actual

    def recorded(self) -> list[str]:
        """The values that were appended, digit by digit."""
        lines = self.log.read_bytes().split(b"\n")[len(GOOD) : -1]
        return [json.loads(line, parse_float=str, parse_int=str)["value"] for line in lines]

    def shell(self, line: str, env: Changes | None = None) -> Run:
        """A line of bash in the folder; where files are limited, nothing else writes any."""
        variables = environment(self.kpi.folder, env)
        if "ulimit" in line:
            variables["PYTHONDONTWRITEBYTECODE"] = "1"  # Python does not see that it wrote a part
        done = subprocess.run(
            ["/bin/bash", "-c", line],
            capture_output=True,
            check=False,
            cwd=self.kpi.folder,
            env=variables,
            stdin=subprocess.DEVNULL,
            timeout=SECONDS,
        )
        out, err = (text.decode("utf-8", "surrogateescape") for text in (done.stdout, done.stderr))
        return Run(done.returncode, out, err)


def is_refused(run: Run, code: int = 2) -> bool:
    """Whether it ended as a failure ends: its code, nothing on stdout, lines and no traceback."""
    return run.code == code and not run.out and bool(run.err) and is_calm(run)


def is_calm(run: Run) -> bool:
    """Whether nothing on stderr is Python's."""
    return "Traceback" not in run.err and "should not happen" not in run.err


def kpi_with(*keys: str) -> str:
    """Definitions of one KPI, whose keys start on line 3."""
    return "\n".join(["[kpis.mrr]", 'name = "MRR"', *keys, ""])


def bare(sent: bytes, encoding: str = "utf-8") -> str:
    """What a terminal was sent, without colours and with plain line ends."""
    return re.sub(rb"\x1b\[[0-9;]*m", b"", sent).replace(b"\r\n", b"\n").decode(encoding)


def starts(text: str, cells: list[str]) -> list[int]:
    """The column of a terminal in which each cell begins, one a line that has it."""
    return [
        cell_len(line[: line.index(cell)])
        for line in text.splitlines()
        for cell in cells
        if cell in line
    ]
