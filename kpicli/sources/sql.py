"""Any other database, through SQLAlchemy and the driver of its dialect."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from kpicli.environment import install_command, time_zone
from kpicli.errors import KpiError
from kpicli.model.source import escaped_value, parameters
from kpicli.sources._cell_text import Answer, Query, answer_of
from kpicli.sources._deadline import within

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

_DRIVERS = {
    "postgresql": ("psycopg", "psycopg[binary]"),
    "mysql": ("pymysql", "pymysql"),
    "mariadb": ("pymysql", "pymysql"),
    "oracle": ("oracledb", "oracledb"),
    "mssql": ("pymssql", "pymssql"),
    "duckdb": ("", "duckdb-engine"),
    "snowflake": ("", "snowflake-sqlalchemy"),
    "bigquery": ("", "sqlalchemy-bigquery"),
    "trino": ("", "trino[sqlalchemy]"),
    "databricks": ("", "databricks-sqlalchemy"),
    "clickhousedb": ("", "clickhouse-connect"),
}
"""The driver that is taken where a URL names none, and the package that brings the dialect."""

_FILES = frozenset({"duckdb"})  # databases that are a file beside the definitions
_READ_ONLY = {
    "postgresql": "set transaction read only",
    "mysql": "set session transaction read only",
    "mariadb": "set session transaction read only",
    "oracle": "set transaction read only",
}
_STATEMENT_TIMEOUT = {
    "postgresql": "set local statement_timeout = {milliseconds}",
    "mysql": "set session max_execution_time = {milliseconds}",
    "mariadb": "set session max_statement_time = {seconds}",
}
_TIME_ZONE = {"postgresql": "set local time zone '{zone}'"}
"""So that an instant lies in its local day, for the query as for whoever reads its answer."""
_PSYCOPG: Mapping[str, object] = {"client_encoding": "utf8", "prepare_threshold": None}
"""Whatever the encoding of the database; and a pooler gives each transaction another session."""
_LATER = 2  # seconds after which a server ends a query by itself, where nobody has told it to


@contextmanager
def connect(url: str, seconds: float, folder: str = "") -> Iterator[Query]:
    """A database to ask, each time in a read-only transaction over one connection.

    An answer raises `KpiError` with what the database or its driver says, and past the deadline,
    where the query is cancelled. The password of the URL stands in no message.
    """
    engine = engine_of(url, folder)
    connections: list[Connection] = []

    def work(query: str, values: Mapping[str, object]) -> Answer:
        if not connections:
            connections.append(engine.connect())
            if engine.driver == "psycopg":
                _keep_months(connections[0])
        try:
            return _answer(connections[0], query, values, seconds)
        finally:
            connections[0].rollback()

    def ask(query: str, values: Mapping[str, object]) -> Answer:
        try:
            return within(seconds, lambda: work(query, values), lambda: cancel(connections))
        except KpiError:
            raise
        except Exception as error:  # noqa: BLE001 - each driver has a family of its own
            raise _refusal(error) from None

    try:
        yield ask
    finally:
        with suppress(Exception):
            within(_LATER, lambda: _close(connections, engine), lambda: None)


def _keep_months(connection: "Connection") -> None:
    """Have psycopg give an interval with months as text, of which it makes days: 30 a month."""
    from psycopg.types.datetime import IntervalLoader

    class Loader(IntervalLoader):
        def load(self, data: Any) -> Any:
            text = bytes(data).decode()
            return text if "mon" in text or "year" in text else super().load(data)

    driver: Any = connection.connection.driver_connection
    driver.adapters.register_loader("interval", Loader)


def engine_of(url: str, folder: str = "") -> "Engine":
    """What connects to a database; raises `KpiError` for no URL, or one whose driver is missing."""
    try:
        from sqlalchemy import create_engine
        from sqlalchemy.engine import make_url
        from sqlalchemy.exc import ArgumentError, NoSuchModuleError
        from sqlalchemy.pool import NullPool
    except ModuleNotFoundError:
        hint = install_command("sqlalchemy 'psycopg[binary]'")
        raise KpiError("a database needs SQLAlchemy, which is not installed", hint=hint) from None
    try:
        parts = make_url(url)
    except (ArgumentError, ValueError):  # the latter for a port that is no number
        hint = "as in postgresql://reader@db.example.com/shop"
        raise KpiError("the url is no database URL", hint=hint) from None
    dialect = parts.drivername.partition("+")[0]
    driver, package = _DRIVERS.get(dialect, ("", ""))
    if driver and "+" not in parts.drivername:
        parts = parts.set(drivername=f"{dialect}+{driver}")
    options: dict[str, Any] = {}
    if dialect in _FILES and parts.database not in {None, "", ":memory:"}:
        parts = parts.set(database=os.path.join(folder, parts.database or ""))
        options = {"connect_args": {"read_only": True}}
    if parts.drivername == "postgresql+psycopg":
        options = {"connect_args": _PSYCOPG}
    try:
        return create_engine(parts, poolclass=NullPool, hide_parameters=True, **options)
    except (ModuleNotFoundError, NoSuchModuleError):
        hint = install_command(f"'{package}'") if package else ""
        hint = hint or f"install the SQLAlchemy dialect for {dialect} where kpi is"
        raise KpiError(f"the driver for {dialect} is not installed", hint=hint) from None


def _answer(
    connection: "Connection", query: str, values: Mapping[str, object], seconds: float
) -> Answer:
    from sqlalchemy import text

    dialect = connection.dialect.name
    most, zone = seconds + _LATER, time_zone()
    settings = [_READ_ONLY, _STATEMENT_TIMEOUT, *([_TIME_ZONE] if zone else [])]
    for statement in (setting[dialect] for setting in settings if dialect in setting):
        filled = statement.format(milliseconds=round(most * 1000), seconds=f"{most:g}", zone=zone)
        connection.exec_driver_sql(filled)
    bound = {name: values[name] for name in parameters(query)}
    result = connection.execute(text(escaped_value(query)), bound)
    if not result.returns_rows:
        raise KpiError("the query answers no rows", hint="it is a select")
    return answer_of(tuple(result.keys()), result)


def cancel(connections: "list[Connection]") -> None:
    """Tell the server, where the driver can; else the connection is cut off."""
    for connection in connections:
        driver: Any = connection.connection.driver_connection
        for name in ("cancel_safe", "cancel", "interrupt", "close"):
            if stop := getattr(driver, name, None):
                stop()
                return


def _close(connections: "list[Connection]", engine: "Engine") -> None:
    for connection in connections:
        connection.close()
    engine.dispose()


def _refusal(error: Exception) -> KpiError:
    """What the driver said, in one line without SQLAlchemy's own words around it."""
    original = getattr(error, "orig", None) or error
    message = str(original).strip().split("\n")[0] or type(original).__name__
    return KpiError(message, hint="try the query in the database's own client")
