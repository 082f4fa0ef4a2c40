"""Boards for programs, each in a folder of its own, with nothing of this machine around them."""

import json
from pathlib import Path
from typing import Any

from kpicli import Board, load
from tests.commands.shop import LOG, TOML
from tests.installed import Kpi

AS_OF = "2026-11-05"


def shop(folder: Path) -> Board:
    """A KPI of every status."""
    (folder / "kpis.toml").write_text(TOML)
    (folder / "kpis.jsonl").write_text(LOG)
    return load(folder)


def told(kpi: Kpi, key: str, *args: str) -> list[dict[str, Any]]:
    """The rows of what the command answers, exact, as a program reads JSON."""
    run = kpi(*args, "--json")
    assert run.code == 0, run.err
    found: list[dict[str, Any]] = json.loads(run.out, parse_float=str, parse_int=str)[key]
    return found


def as_json(row: Any) -> dict[str, Any]:
    """A row as JSON has it, its numbers as their digits."""
    return {key: _plain(value) for key, value in row._asdict().items()}


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, tuple | list):
        return list(value)
    return f"{value:f}" if not isinstance(value, int) else str(value)
