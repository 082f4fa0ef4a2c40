"""The board of examples/pull against PostgreSQL: the same queries give the same actuals."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.commands.test_pull import ENV, LAST, THIRD
from tests.installed import Kpi
from tests.postgres import Postgres, running

EXAMPLE = Path(__file__).parents[2] / "examples" / "pull"
TABLES = {
    "orders": "(id integer, paid_at timestamp, amount numeric, customer integer)",
    "visits": "(day date, visitors integer)",
    "tickets": "(id integer, opened_at timestamp, first_reply_minutes integer)",
}


def fill(server: Postgres) -> None:
    """The shop, table by table; days and times are typed, as PostgreSQL has them."""
    with closing(sqlite3.connect(EXAMPLE / "shop.db")) as shop:
        for table, columns in TABLES.items():
            server.execute(f"create table {table} {columns}")
            rows = shop.execute(f"select * from {table}").fetchall()  # noqa: S608 - a test's own
            for first in range(0, len(rows), 500):
                values = ", ".join(map(str, rows[first : first + 500]))
                server.execute(f"insert into {table} values {values}")  # noqa: S608 - likewise


def actuals(folder: Path) -> set[tuple[str, str, float]]:
    lines = (folder / "kpis.jsonl").read_text().splitlines()
    records = map(json.loads, lines)
    return {(record["kpi"], record["period"], record["value"]) for record in records}


@pytest.mark.installed
def test_the_example_gives_the_same_from_postgresql(tmp_path: Path, script: Kpi) -> None:
    text = (EXAMPLE / "kpis.toml").read_text()
    folders = tmp_path / "sqlite", tmp_path / "postgres"
    for folder in folders:
        folder.mkdir()
    (folders[0] / "kpis.toml").write_text(text)
    (folders[0] / "shop.db").write_bytes((EXAMPLE / "shop.db").read_bytes())
    with running() as server:
        fill(server)
        text = text.replace("sqlite:shop.db", server.url)
        text = text.replace("substr(paid_at, 1, 7)", "to_char(paid_at, 'YYYY-MM')")
        (folders[1] / "kpis.toml").write_text(text)
        for folder in folders:
            run = script("pull", "--trust", "--since", THIRD, env=ENV, cwd=folder)
            assert (run.code, run.err.splitlines()[-1]) == (0, "12 recorded")
    assert actuals(folders[0]) == actuals(folders[1])
    assert ("orders", LAST) in {(kpi, period) for kpi, period, _ in actuals(folders[1])}
