"""What SQLite answers: typed cells as plain text, read-only, with an end."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from kpicli.errors import KpiError
from kpicli.sources._cell_text import Answer
from kpicli.sources.sqlite import connect

VALUES = {"start": date(2026, 10, 1), "end": date(2026, 11, 1), "period": "2026-10"}
ENDLESS = "with recursive n(i) as (select 1 union all select i + 1 from n) select max(i) from n"


def ask(url: str, query: str, values: Mapping[str, object], seconds: float) -> Answer:
    with connect(url, seconds) as database:
        return database(query, values)


@pytest.fixture
def shop(tmp_path: Path) -> str:
    """A shop of three orders."""
    path = tmp_path / "shop ø?.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            "create table orders (paid_at text, amount real);"
            "insert into orders values ('2026-10-01', 0.1), ('2026-10-31', 0.2), ('2026-11-01', 9);"
        )
    return f"sqlite:///{path}"


@pytest.mark.parametrize(
    ("query", "cells"),
    [
        ("select count(*) from orders where paid_at >= :start and paid_at < :end", ("2",)),
        ("select :period, 1", ("2026-10", "1")),
        ("select sum(amount) from orders where paid_at < :end", ("0.3",)),
        ("select sum(amount) from orders where paid_at > :end", (None,)),
        ("select 90931990.02999967", ("90931990.02999967",)),
        ("select 1e-7, 1.5, 2.0, 1e17", ("0.0000001", "1.5", "2", "100000000000000000")),
        ("select 1.0 / 3", ("0.333333333333",)),
        ("select 9e999, -0.0", ("inf", "0")),
        ("select ':start', '{\"a\":1}'", (":start", '{"a":1}')),
    ],
)
def test_one_row_of_text(shop: str, query: str, cells: tuple[str | None, ...]) -> None:
    assert ask(shop, query, VALUES, 5).rows == (cells,)


def test_columns_have_their_names(shop: str) -> None:
    assert ask(shop, "select 1 as period, 2 as orders", {}, 5).columns == ("period", "orders")


def test_a_name_of_two_columns_is_refused(shop: str) -> None:
    with pytest.raises(KpiError, match="answers two columns called 'period'"):
        ask(shop, "select 1 as period, 2 as period", {}, 5)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("select * from nowhere", "no such table: nowhere"),
        ("delete from orders", "attempt to write a readonly database"),
        ("attach '/tmp/other.db' as other; select 1", "one statement at a time"),
        (ENDLESS, "no answer within 1 s"),
    ],
)
def test_what_it_refuses(shop: str, query: str, message: str) -> None:
    with pytest.raises(KpiError, match=message):
        ask(shop, query, VALUES, 1)
    assert ask(shop, "select count(*) from orders", {}, 5).rows == (("3",),)


def test_a_database_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(KpiError, match="no such file"):
        ask(f"sqlite:///{tmp_path}/none.db", "select 1", {}, 5)
    assert list(tmp_path.iterdir()) == []
