"""A SQLite database, opened read-only; from the standard library."""

import os
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from urllib.parse import quote

from kpicli.errors import KpiError
from kpicli.sources._answer import Answer, answer_of
from kpicli.sources._deadline import within

SCHEMES = ("sqlite",)


def ask(
    url: str, query: str, values: Mapping[str, object], seconds: float, folder: str = ""
) -> Answer:
    """The answer to one query; `values` are bound, days as ISO dates.

    Raises `KpiError` with what SQLite says, or past the deadline, which interrupts it.
    """
    path = url.partition(":")[2]
    path = os.path.join(folder, path.removeprefix("///"))
    if not os.path.isfile(path):
        raise KpiError(f"no such file: {path}", hint="a relative path begins where kpis.toml lies")
    bound = {name: str(value) for name, value in values.items()}
    try:
        uri = f"file:{quote(path)}?mode=ro"
        connection = sqlite3.connect(uri, uri=True, timeout=seconds, check_same_thread=False)
        with closing(connection):

            def work() -> Answer:
                cursor = connection.execute(query, bound)
                if cursor.description is None:
                    raise KpiError("the query answers no rows", hint="it is a select")
                return answer_of([column[0] for column in cursor.description], cursor)

            return within(seconds, work, connection.interrupt)
    except (sqlite3.Error, sqlite3.Warning, ValueError) as error:
        raise KpiError(str(error).split("\n")[0], hint="try the query in sqlite3") from None
