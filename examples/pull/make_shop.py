"""Make shop.db, the database of a small web shop: two years of orders, the same each time."""

import sqlite3
import sys
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

FIRST, LAST = date(2025, 1, 1), date(2026, 12, 31)
SCHEMA = """\
create table orders (id integer primary key, paid_at text, amount numeric, customer integer);
create table visits (day text primary key, visitors integer);
create table tickets (id integer primary key, opened_at text, first_reply_minutes integer);
"""


def make(path: Path) -> None:
    """Write the database anew."""
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(SCHEMA)
        for number in range((LAST - FIRST).days + 1):
            _fill_day(connection, FIRST + timedelta(days=number), number)
        connection.commit()
        connection.execute("vacuum")


def _fill_day(connection: sqlite3.Connection, day: date, number: int) -> None:
    """A day's numbers: growth, a busy December, quiet weekends, and some noise without chance."""
    noise = number * 7919 % 13
    season = 2 if day.month in {11, 12} else 1
    orders = 1 + (number // 365 + noise % 3) * season // (2 if day.weekday() > 4 else 1)
    connection.execute("insert into visits values (?, ?)", (day.isoformat(), orders * 31 + noise))
    for order in range(orders):
        amount = 4 + (number * 31 + order * 17) % 19 + 0.5 * (order % 2)
        row = (f"{day} {8 + order % 12:02}:15:00", amount * 50, (number + order * 5) % 97)
        connection.execute("insert into orders (paid_at, amount, customer) values (?, ?, ?)", row)
    if noise < 4:
        row = (f"{day} 10:00:00", 20 + noise * 9 + number % 5)
        connection.execute(
            "insert into tickets (opened_at, first_reply_minutes) values (?, ?)", row
        )


if __name__ == "__main__":
    make(Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).with_name("shop.db")))
