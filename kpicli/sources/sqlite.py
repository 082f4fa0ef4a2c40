"""A SQLite database, opened read-only; from the standard library."""

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from time import monotonic
from urllib.parse import quote

from kpicli.errors import KpiError
from kpicli.sources._cell_text import Answer, Query, answer_of
from kpicli.sources._deadline import stoppable, timed_out

_BETWEEN_LOOKS = 10_000  # steps of a query between two looks at the clock


@contextmanager
def connect(url: str, seconds: float, folder: str = "") -> Iterator[Query]:
    """A database to ask; each answer raises `KpiError` with what SQLite says.

    Days are bound as ISO dates. Past its deadline a query is interrupted.
    """
    path = url.partition(":")[2]
    path = os.path.join(folder, path.removeprefix("///"))
    if not os.path.isfile(path):
        raise KpiError(f"no such file: {path}", hint="a relative path begins where kpis.toml lies")
    uri = f"file:{quote(path)}?mode=ro"
    connection = sqlite3.connect(uri, uri=True, timeout=seconds, check_same_thread=False)
    with closing(connection), stoppable(connection.interrupt):

        def ask(query: str, values: Mapping[str, object]) -> Answer:
            bound = {name: str(value) for name, value in values.items()}
            end = monotonic() + seconds
            connection.set_progress_handler(lambda: monotonic() > end, _BETWEEN_LOOKS)
            try:
                return _answer(connection, query, bound)
            except (sqlite3.Error, sqlite3.Warning, ValueError) as error:
                if monotonic() > end:
                    raise timed_out(seconds) from None
                message = str(error).split("\n")[0]
                raise KpiError(message, hint="try the query in sqlite3") from None

        yield ask


def _answer(connection: sqlite3.Connection, query: str, bound: Mapping[str, str]) -> Answer:
    cursor = connection.execute(query, bound)
    if cursor.description is None:
        raise KpiError("the query answers no rows", hint="it is a select")
    return answer_of([column[0] for column in cursor.description], cursor)
