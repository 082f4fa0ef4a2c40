"""Pull: what `kpi pull` costs beside `sqlite3`, which answers the same queries, and one record.

    python tests/benchmarks/pull.py [--turns N]

It measures the `kpi` that is installed beside the Python that runs it, in CPU time (user and
system) of the child alone: 50 KPIs for 36 months each, once by a query that answers all months, and
once by one that is asked for each month. The three programs run in turn, A B C … A B C …, and the
ratio is the median of those of each turn. The exit code is 1 where the limit is not held.
"""

import argparse
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[2]))

from kpicli.model.frequency import Frequency
from kpicli.model.period import Period, period_of
from tests.benchmarks.programs import BIN, spent

KPIS, MONTHS = 50, 36
LAST = period_of(datetime.now(UTC).date(), Frequency.MONTHLY).shift(-1)
LIMIT = 2.0
"""Times what `sqlite3` and one `kpi record` cost together."""

_WHERE = "from orders where product = {} and day >= {} and day < {}"
QUERIES = {
    "all months at once": f"select substr(day, 1, 7), sum(amount) {_WHERE} group by 1",
    "each month by itself": f"select sum(amount) {_WHERE}",
}
DAYS = ":start", ":end"


def main() -> int:
    """Measure both ways, print them, and say by the exit code whether the limit holds."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--turns", type=int, default=15)
    turns = parser.parse_args().turns
    print(f"{'':24}{'kpi pull':>10}{'sqlite3':>10}{'kpi record':>12}{'ratio':>8}{'limit':>7}")
    is_held = True
    for name, query in QUERIES.items():
        with TemporaryDirectory() as folder:
            costs = _costs(Path(folder), query, turns)
        ratio = median(pull / (bare + record) for pull, bare, record in costs)
        figures = (f"{1000 * median(column):7.0f} ms" for column in zip(*costs, strict=True))
        verdict = "" if ratio <= LIMIT else "  NOT HELD"
        print(f"{name:24}{'  '.join(figures)}{ratio:8.2f}{LIMIT:7.1f}{verdict}")
        is_held &= not verdict
    return int(not is_held)


def _costs(folder: Path, query: str, turns: int) -> list[tuple[float, float, float]]:
    """CPU seconds of the three programs in each turn; the first, which compiles, is left out."""
    months = [LAST.shift(step) for step in range(1 - MONTHS, 1)]
    _make_shop(folder / "shop.db", months)
    (folder / "kpis.toml").write_text(_definitions(query))
    (folder / "queries.sql").write_text("\n".join(_filled(query, months)))
    kpi = str(BIN / "kpi")
    pull = (kpi, "pull", "--trust", "--since", str(months[0]))
    bare = ("sqlite3", "-readonly", "-cmd", ".read queries.sql", "shop.db", "")
    record = (kpi, "record", "other", "5", "--yes")
    costs: list[tuple[float, float, float]] = []
    for turn in range(turns + 1):
        (folder / "kpis.jsonl").unlink(missing_ok=True)
        seconds = spent(pull, folder, answer=f"{KPIS * MONTHS:,} recorded").seconds
        (folder / "kpis.jsonl").unlink()
        others = spent(bare, folder).seconds, spent(record, folder).seconds
        if turn:
            costs.append((seconds, *others))
    return costs


def _make_shop(path: Path, months: list[Period]) -> None:
    """An order a day of each product, found by product and day."""
    days = (months[-1].end - months[0].start).days
    dates = (months[0].start + timedelta(days=number) for number in range(days))
    rows = [
        (day.isoformat(), product, (number * 31 + product * 17) % 97)
        for number, day in enumerate(dates)
        for product in range(KPIS)
    ]
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("create table orders (day text, product integer, amount integer)")
        connection.executemany("insert into orders values (?, ?, ?)", rows)
        connection.execute("create index by_product on orders (product, day)")
        connection.commit()


def _definitions(query: str) -> str:
    text = '[sources.shop]\nurl = "sqlite:shop.db"\n[kpis.other]\ntarget = "5"\n'
    return text + "".join(
        f'[kpis.product_{product}]\nsource = "shop"\nquery = "{query.format(product, *DAYS)}"\n'
        for product in range(KPIS)
    )


def _filled(query: str, months: list[Period]) -> Iterator[str]:
    """The queries that kpi asks, with their days: for all months, then for each where it must."""
    ranges: list[tuple[date, date]] = [(months[0].start, months[-1].end)]
    if "group by" not in query:
        ranges += [(month.start, month.end) for month in months]
    for product in range(KPIS):
        for start, end in ranges:
            days = (f"'{day}'" for day in (start, end))
            yield f"{query.format(product, *days)};"


if __name__ == "__main__":
    sys.exit(main())
