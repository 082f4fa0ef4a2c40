"""What other databases answer, through SQLAlchemy: DuckDB in process, PostgreSQL as a server."""

import sys
import time
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest

from kpicli.errors import KpiError
from kpicli.sources._cell_text import Answer
from kpicli.sources.sql import connect, engine_of
from tests.postgres import running

VALUES = {"start": date(2026, 10, 1), "end": date(2026, 11, 1), "period": "2026-10"}
ORDERS = (
    "create table orders (paid_at timestamptz, amount numeric, note text);"
    "insert into orders values ('2026-10-01 00:30+00', 90931990.01, 'a:b'),"
    " ('2026-10-31', 0.02, null), ('2026-11-01 00:00+00', 9, null);"
)


def ask(url: str, query: str, values: Mapping[str, object], seconds: float) -> Answer:
    with connect(url, seconds) as database:
        return database(query, values)


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    """A server with a shop; its URL."""
    with running() as server:
        server.execute(ORDERS)
        yield server.url


@pytest.mark.installed
@pytest.mark.parametrize(
    ("query", "cells"),
    [
        (
            """select to_char(paid_at, 'YYYY-MM'), sum(amount) from orders
            where paid_at >= :start and paid_at < :end group by 1""",
            ("2026-10", "90931990.03"),
        ),
        ("select count(*) from orders where paid_at >= :start::date", ("3",)),
        ("""select ('{"a":1}'::json)->>'a', ':start', '50%'""", ("1", ":start", "50%")),
        ("select sum(amount) from orders where paid_at < :start", (None,)),
        ("select :start, :period", ("2026-10-01", "2026-10")),
        ("select min(paid_at) from orders", ("2026-10-01",)),
        ("select avg(n) from generate_series(1, 2) n, (values (1)) as x(y)", ("1.5",)),
        ("select true, null, 'x'::bytea", ("true", None, "b'x'")),
        ("select 0.1::float8 + 0.2::float8, 7::numeric / 3", ("0.3", "2.333333333333")),
        ("select interval '310 ms' as a, interval '26 h 90 s' as b", ("0:00:00.31", "26:01:30")),
        (
            "select interval '1 mon 2 h' as a, interval '14 mon' as b",
            ("1 mon 02:00:00", "1 year 2 mons"),
        ),
    ],
)
def test_one_row_of_postgresql(postgres: str, query: str, cells: tuple[str | None, ...]) -> None:
    assert ask(postgres, query, VALUES, 10).rows == (cells,)


@pytest.mark.installed
@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("select * from nowhere", 'relation "nowhere" does not exist'),
        ("delete from orders", "read-only transaction"),
        ("select pg_sleep(30)", "no answer within 1 s|statement timeout"),
        ("set application_name = 'x'", "answers no rows"),
    ],
)
def test_what_postgresql_refuses(postgres: str, query: str, message: str) -> None:
    with pytest.raises(KpiError, match=message) as failure:
        ask(postgres, query, VALUES, 1)
    assert "hunter2" not in str(failure.value)
    assert ask(postgres, "select count(*) from orders", {}, 10).rows == (("3",),)


@pytest.mark.installed
@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Tokyo", "UTC"])
def test_an_instant_lies_in_its_local_day(
    postgres: str, zone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        months = "select date_trunc('month', paid_at), count(*) from orders group by 1 order by 1"
        expected = {
            "America/New_York": (("2026-09-01", "1"), ("2026-10-01", "2")),
            "Asia/Tokyo": (("2026-10-01", "2"), ("2026-11-01", "1")),
            "UTC": (("2026-10-01", "2"), ("2026-11-01", "1")),
        }
        assert ask(postgres, months, VALUES, 10).rows == expected[zone]
        since = "select count(*), min(paid_at) from orders where paid_at >= :start"
        first = {"America/New_York": ("2", "2026-10-30")}.get(zone, ("3", "2026-10-01"))
        assert ask(postgres, since, VALUES, 10).rows == (first,)
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.installed
def test_no_query_is_left_on_the_server(postgres: str) -> None:
    with pytest.raises(KpiError):
        ask(postgres, "select pg_sleep(30)", {}, 1)
    active = """select count(*) from pg_stat_activity
        where query like '%pg_sleep(30)%' and pid <> pg_backend_pid() and state = 'active'"""
    assert ask(postgres, active, {}, 10).rows == (("0",),)


@pytest.mark.installed
def test_nothing_is_prepared_since_a_pooler_may_change_the_session(postgres: str) -> None:
    with engine_of(postgres).connect() as connection:
        for _ in range(7):
            connection.exec_driver_sql("select 1").all()
        assert connection.exec_driver_sql("select * from pg_prepared_statements").all() == []


@pytest.mark.installed
def test_duckdb_answers_from_a_file_of_numbers(tmp_path: Path) -> None:
    pytest.importorskip("duckdb_engine")
    file = tmp_path / "orders.csv"
    file.write_text("day,amount\n2026-10-01,0.1\n2026-10-02,0.2\n")
    query = f"select sum(amount) from '{file}' where day < :end::date"  # noqa: S608 - a test's own
    assert ask("duckdb:///:memory:", query, VALUES, 10).rows == (("0.3",),)


@pytest.mark.installed
def test_a_file_of_duckdb_lies_beside_the_definitions_and_is_only_read(tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    pytest.importorskip("duckdb_engine")
    with duckdb.connect(str(tmp_path / "shop.duckdb")) as connection:
        connection.execute("create table orders as select 0.1 + 0.2::double as amount")
    with connect("duckdb:///shop.duckdb", 10, str(tmp_path)) as database:
        assert database("select sum(amount) from orders", {}).rows == (("0.3",),)
        with pytest.raises(KpiError, match="read-only"):
            database("insert into orders values (1) returning 1", {})
    with (
        connect("duckdb:///none.duckdb", 10, str(tmp_path)) as database,
        pytest.raises(KpiError, match="does not exist"),
    ):
        database("select 1", {})


def test_without_the_extra_one_line_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sqlalchemy", None)
    with pytest.raises(KpiError, match="needs SQLAlchemy, which is not installed") as failure:
        ask("postgresql://reader@127.0.0.1/shop", "select 1", {}, 5)
    assert failure.value.hint == (
        f"pip --python {sys.executable} install sqlalchemy 'psycopg[binary]'"
    )


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("nonsense", "is no database URL"),
        ("postgresql://reader:hunter2@127.0.0.1:port/shop", "is no database URL"),
        ("snowflake://user:hunter2@account/db", "the driver for snowflake is not installed"),
        ("postgresql://reader:hunter2@127.0.0.1:9/shop", "refused"),
    ],
)
def test_a_database_that_cannot_be_asked(url: str, message: str) -> None:
    pytest.importorskip("sqlalchemy")
    pytest.importorskip("psycopg")
    with pytest.raises(KpiError, match=message) as failure:
        ask(url, "select 1", {}, 5)
    assert "hunter2" not in str(failure.value)
