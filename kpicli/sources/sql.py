"""Any other database, through SQLAlchemy and the driver of its dialect."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from kpicli.errors import KpiError
from kpicli.sources._answer import Answer, answer_of
from kpicli.sources._deadline import within
from kpicli.sources._parameters import escaped_value, parameters

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

SCHEMES = ()
"""Whatever no other source takes."""

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


def ask(url: str, query: str, values: Mapping[str, object], seconds: float) -> Answer:
    """The answer to one query in a read-only transaction; `values` are bound.

    Raises `KpiError` with what the database or its driver says, or past the deadline, which
    cancels the query. The password of the URL stands in no message.
    """
    engine = _engine(url)
    opened: list[Connection] = []

    def work() -> Answer:
        with engine.connect() as connection:
            opened.append(connection)
            return _answer(connection, query, values, seconds)

    try:
        return within(seconds, work, lambda: _cancel(opened))
    except KpiError:
        raise
    except Exception as error:  # noqa: BLE001 - each driver has a family of its own
        raise _refusal(error) from None
    finally:
        if not opened or opened[0].closed:
            engine.dispose()


def _engine(url: str) -> "Engine":
    try:
        from sqlalchemy import create_engine
        from sqlalchemy.engine import make_url
        from sqlalchemy.exc import ArgumentError, NoSuchModuleError
        from sqlalchemy.pool import NullPool
    except ModuleNotFoundError:
        hint = "pip install 'kpicli[sql]'"
        raise KpiError("a database needs SQLAlchemy, which is not installed", hint=hint) from None
    try:
        parts = make_url(url)
    except ArgumentError:
        hint = "as in postgresql://reader@db.example.com/shop"
        raise KpiError("the url of the source is no database URL", hint=hint) from None
    dialect = parts.drivername.partition("+")[0]
    driver, package = _DRIVERS.get(dialect, ("", ""))
    if driver and "+" not in parts.drivername:
        parts = parts.set(drivername=f"{dialect}+{driver}")
    try:
        return create_engine(parts, poolclass=NullPool, hide_parameters=True)
    except (ModuleNotFoundError, NoSuchModuleError):
        hint = f"pip install '{package or f'the SQLAlchemy dialect for {dialect}'}'"
        raise KpiError(f"the driver for {dialect} is not installed", hint=hint) from None


def _answer(
    connection: "Connection", query: str, values: Mapping[str, object], seconds: float
) -> Answer:
    from sqlalchemy import text

    dialect = connection.dialect.name
    for statement in (_READ_ONLY.get(dialect), _STATEMENT_TIMEOUT.get(dialect)):
        if statement:
            milliseconds = round(seconds * 1000)
            connection.exec_driver_sql(
                statement.format(milliseconds=milliseconds, seconds=f"{seconds:g}")
            )
    bound = {name: values[name] for name in parameters(query)}
    result = connection.execute(text(escaped_value(query)), bound)
    if not result.returns_rows:
        raise KpiError("the query answers no rows", hint="it is a select")
    return answer_of(tuple(result.keys()), result)


def _cancel(opened: "list[Connection]") -> None:
    """Tell the server, where the driver can; else the connection is cut off."""
    for connection in opened:
        driver: Any = connection.connection.driver_connection
        for name in ("cancel_safe", "cancel", "interrupt", "close"):
            if stop := getattr(driver, name, None):
                stop()
                return


def _refusal(error: Exception) -> KpiError:
    """What the driver said, in one line without SQLAlchemy's own words around it."""
    original = getattr(error, "orig", None) or error
    message = str(original).strip().split("\n")[0] or type(original).__name__
    return KpiError(message, hint="try the query in the database's own client")
