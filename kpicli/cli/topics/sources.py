"""Where numbers come from: kpi import and kpi pull, and the keys of [sources.*]."""

from collections.abc import Iterator
from dataclasses import fields
from textwrap import wrap

from kpicli.model.source import Source

_COLUMNS, _INDENT = 80, 13

_BEFORE = """\
kpi import FILE records a table that you have; kpi pull asks for the numbers
itself, as in cron every morning. Both read tables in one way, and the keys
below are flags of kpi import as well.

In kpis.toml:

  [sources.shop]                     # a database: sqlite: needs nothing more,
  url = "sqlite:shop.db"             # others pip install 'kpicli[sql]'

  [sources.books]                    # a table: columns by name, a row a month
  file = "exports/*.csv"
  columns = { period = "Month", costs = "Total costs" }

  [kpis.orders]                      # two columns, period and actual: asked
  source = "shop"                    # once for all periods
  query = '''select substr(day, 1, 7), count(*) from orders
             where day >= :start and day < :end group by 1'''

  [kpis.revenue]                     # one value: asked for each period
  source = "shop"
  query = "select sum(amount) from orders where day >= :start and day < :end"

  [kpis.costs]                       # its column in the table
  source = "books"

  [kpis.commits]                     # what a program prints, without a shell
  command = ["git", "rev-list", "--count", "--since={start}T00:00",
             "--until={end}T00:00", "HEAD"]

  [sources.metrics]                  # PromQL, asked at the end of each period
  prometheus = "https://prometheus.example.com"

What is asked. Every closed period since the last actual; --since P from P on,
--period P one, --current the open one too. :start and :end are days,
half-open, and :period is a label; they are bound, and all else in a query
stays as it is. A command has them as {start} {end} {period}, and in
KPI_START, KPI_END and KPI_PERIOD. Days are local (TZ): an instant with an
offset lies in the day that it is where you are.

What is recorded. Each KPI for itself: what came is on disk, what did not is a
line, exit 1, and the next run asks again. NULL or no row is nothing measured,
never 0. What a person recorded is never replaced; what was pulled changes
where restate = n reaches, the latest n closed periods. What looks odd is
refused for that KPI alone, with the command that records it after all.

Trust. No other command opens a source or starts a program. kpi pull shows
what would run and asks once, for this file and all of its sources, queries
and commands; a change of these asks again. In cron, --trust says that
somebody has read them.

Secrets. Leave them to the driver, as in ~/.pgpass, or write ${NAME} in a url,
prometheus or headers, which is filled in from the environment:

  url = "postgresql://reader:${SHOP_PASSWORD}@db.example.com/shop"
  headers = { Authorization = "Bearer ${TOKEN}" }

Keys of a source:

"""
_AFTER = """
Keys of a KPI: source, query, command, restate.

kpi import FILE --explain shows how a table was read, and the block that reads
it so again. examples/pull is a board that fills itself.
"""


def text() -> str:
    """All of it, for a terminal of 80 columns."""
    return _BEFORE + "\n".join(_key_lines()) + "\n" + _AFTER


def _key_lines() -> Iterator[str]:
    """A key a line, as the definitions' own documentation has it."""
    for known in fields(Source):
        if doc := known.metadata.get("doc"):
            space = " " * _INDENT
            yield from wrap(
                doc,
                _COLUMNS - 1,
                initial_indent=f"  {known.name:{_INDENT - 2}}",
                subsequent_indent=space,
            )
