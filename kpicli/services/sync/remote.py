"""The table of a shared log in a database that speaks PostgreSQL's protocol."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import unquote

from kpicli.errors import KpiError
from kpicli.noun import NamedTuple
from kpicli.sources._deadline import Started, TimedOutError, within
from kpicli.sources.sql import cancel, engine_of
from kpicli.store.log.sealed_lines import SealedLine

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

_T = TypeVar("_T")

TABLE = """\
create table if not exists kpi_log (
    seq bigint generated always as identity primary key,
    board text not null,
    id text not null,
    line text not null,
    unique (board, id),
    constraint kpi_log_id_fits check (
        left(line, 25) = '{"id":"' || id || '",'
        and id = left(encode(sha256(convert_to('{' || substr(line, 26), 'UTF8')), 'hex'), 16)
    )
)"""
"""`seq` is the order of commits, since who adds lines holds a lock until they are committed."""

NAME = "remote"  # what it is called where something is wrong with it
_ODD = ("UndefinedColumn", "UndefinedFunction", "InvalidTextRepresentation")
_HINTS = {
    **dict.fromkeys(_ODD, "kpi_log is a table of somebody else: name another database or schema"),
    "InsufficientPrivilege": "it takes the right to select and insert on kpi_log",
    "InvalidSchemaName": "it takes a schema in which this user may make a table",
    "ReadOnlySqlTransaction": "only --pull works here: name the server that takes what is written",
    "UntranslatableCharacter": "name a database that is encoded in UTF8",
}
"""What to do about a user who may not, or a server or database that does not."""
_AGAIN = "run it again when it can be reached, or correct remote and its password"
_LOCK = "select pg_advisory_xact_lock(hashtext('kpi_log'), hashtext(%(board)s))"
_SECONDS = 60.0  # how long one step may take; a batch is small enough for that
_CLOSING = 2.0


class Head(NamedTuple):
    """The greatest `seq` of a board, and how many lines it has."""

    seq: int
    records: int


class NoTableError(KpiError):
    """The table is not there, and this user may not make it."""


class Remote:
    """The lines of one board; each call is a transaction of its own, and raises `KpiError`."""

    def __init__(self, engine: "Engine", board: str, hide: Callable[[str], str]) -> None:
        self.board, self._hide = board, hide
        self._engine = engine
        self._connections: list[Connection] = []

    def head(self) -> Head:
        """How far it is; of a table that is not there yet nothing."""
        query = "select coalesce(max(seq), 0), count(*) from kpi_log where board = %(board)s"
        rows = self._rows(query)
        return Head(*rows[0]) if rows else Head(0, 0)

    def ids(self) -> dict[str, int]:
        """All ids, each with its `seq`, in order."""
        query = "select id, seq from kpi_log where board = %(board)s order by seq"
        return dict(self._rows(query) or ())

    def lines(self, batches: Iterable[Sequence[int]]) -> Iterator[list[SealedLine]]:
        """The lines of each batch of `seq`, which number them, in order.

        The next batch is on its way while one is looked at. Its lines come as one text, in which
        one that is more than a line has a control character, as no sound one has.
        """
        query = """select string_agg(seq::text, ' ' order by seq),
                string_agg(replace(id, chr(10), chr(1)), chr(10) order by seq),
                string_agg(replace(line, chr(10), chr(1)), chr(10) order by seq)
            from kpi_log where board = %(board)s
            and seq = any(string_to_array(%(seqs)s, ' ')::bigint[])"""

        def started(batch: Sequence[int]) -> Started[list[Any]]:
            values = {"board": self.board, "seqs": " ".join(map(str, batch))}
            return self._started(lambda: _rows(self._connection(), query, values))

        waiting: list[Started[list[Any]]] = []
        for batch in (*batches, None):
            rows = [self._result(each) for each in waiting]
            waiting = [] if batch is None else [started(batch)]
            yield from map(_sealed_lines, rows)

    def push(self, lines: Sequence[bytes]) -> None:
        """Add sealed lines, those that it lacks; durable when it returns.

        They are sent as one text, in which nothing has to be escaped, and taken apart there.
        """
        query = """insert into kpi_log (board, id, line)
            select %(board)s, substr(line, 8, 16), line
            from unnest(string_to_array(%(lines)s::text, chr(10))) as given(line)
            on conflict do nothing"""
        values = {"board": self.board, "lines": b"\n".join(lines).decode()}

        def work() -> None:
            connection = self._connection()
            with connection.begin():
                connection.exec_driver_sql("set local synchronous_commit = on")
                connection.exec_driver_sql(_LOCK, {"board": self.board})
                if connection.exec_driver_sql(query, values).rowcount < len(lines):
                    _require_ids(connection, self.board, [line[7:23].decode() for line in lines])

        self._do(work)

    def make_table(self) -> None:
        """Make the table where it is not there; raises `NoTableError` for one who may not."""

        def work() -> None:
            connection = self._connection()
            with connection.begin():
                connection.exec_driver_sql(_LOCK, {"board": ""})
                connection.exec_driver_sql(TABLE)

        if self._do(lambda: _rows(self._connection(), "select to_regclass('kpi_log')", {}))[0][0]:
            return
        try:
            self._do(work)
        except _RefusedError as error:
            hint = "let somebody who may run the statement above, and grant select and insert on it"
            raise NoTableError(error.message, where=NAME, hint=hint) from None

    def _rows(self, query: str, values: Mapping[str, object] | None = None) -> list[Any] | None:
        """The rows of an answer; nothing where there is no table."""
        try:
            bound = {"board": self.board, **(values or {})}
            return self._do(lambda: _rows(self._connection(), query, bound))
        except _NoSuchTableError:
            return None

    def _connection(self) -> "Connection":
        if not self._connections:
            self._connections.append(self._engine.connect())
        return self._connections[0]

    def _do(self, work: Callable[[], _T]) -> _T:
        return self._result(self._started(work))

    def _started(self, work: Callable[[], _T]) -> Started[_T]:
        return Started(work, lambda: cancel(self._connections))

    def _result(self, started: Started[_T]) -> _T:
        try:
            return started.result(_SECONDS)
        except KpiError as error:
            hint = _AGAIN if isinstance(error, TimedOutError) else error.hint
            raise KpiError(error.message, where=NAME, hint=hint) from None
        except Exception as error:  # noqa: BLE001 - a driver has a family of its own
            raise self._refusal(error) from None

    def _refusal(self, error: Exception) -> Exception:
        """What the server or its driver said, in one line."""
        original = getattr(error, "orig", None) or error
        kind = type(original).__name__
        if kind == "UndefinedTable":
            return _NoSuchTableError("the table is gone", where=NAME, hint="run it again")
        message = self._hide(" ".join(str(original).split("\n")[0].split()) or kind)
        if kind in _HINTS:
            return _RefusedError(message, where=NAME, hint=_HINTS[kind])
        return KpiError(message, where=NAME, hint=_AGAIN)

    def close(self) -> None:
        """Let the server go, whatever it says."""
        with suppress(Exception):
            within(_CLOSING, self._close, lambda: None)

    def _close(self) -> None:
        for connection in self._connections:
            connection.close()
        self._engine.dispose()


def _board_of(url: str) -> tuple[str, str]:
    """The URL without the board that it names, and that."""
    match = re.search(r"([?&])board=([^&#]*)(&?)", url)
    if match is None:
        return url, ""
    joint = match[1] if match[3] else ""
    return url[: match.start()] + joint + url[match.end() :], unquote(match[2])


class _NoSuchTableError(KpiError):
    """There is no table yet."""


class _RefusedError(KpiError):
    """What this user may not, or this server or database does not."""


def _rows(connection: "Connection", query: str, values: Mapping[str, object]) -> list[Any]:
    try:
        return list(connection.exec_driver_sql(query, values).all())
    finally:
        connection.rollback()


def _require_ids(connection: "Connection", board: str, ids: Sequence[str]) -> None:
    """Each of these lines is there, and can be seen."""
    query = """select count(distinct id) from kpi_log where board = %(board)s
        and id = any(string_to_array(%(ids)s, ' '))"""
    [(count,)] = connection.exec_driver_sql(query, {"board": board, "ids": " ".join(ids)}).all()
    if missing := len(ids) - count:
        message = f"{missing:,} of {len(ids):,} lines are not kept or not shown"
        raise KpiError(message, hint="see what triggers, rules and policies of kpi_log do")


def _sealed_lines(rows: Sequence[Any]) -> list[SealedLine]:
    [[seqs, ids, lines]] = rows
    if seqs is None:
        return []
    raws = lines.encode(errors="surrogateescape").split(b"\n")
    return list(map(SealedLine, ids.split("\n"), raws, map(int, seqs.split())))


@contextmanager
def remote_at(url: str, board: str, hide: Callable[[str], str]) -> Iterator[Remote]:
    """The remote of a URL; the board is that which it names, `?board=shop`, else the one given.

    What the server says is told without what `hide` takes out.
    """
    plain, named = _board_of(url)
    try:
        remote = Remote(engine_of(plain), named or board, hide)
    except KpiError as error:
        error.where = "remote"
        raise
    try:
        yield remote
    finally:
        remote.close()
