"""Logs of any size for benchmarks: a company's KPIs, and what eight teams recorded of them.

    python tests/benchmarks/logs.py FOLDER [--records N] [--kpis N] [--seed N] [--csv]

Of a hundred KPIs 85 are daily, eight weekly, four monthly and three computed. Each period is
recorded on the day after it; one record in twenty is corrected and one in a hundred taken back
some days later, three in a hundred have a note.
With `--csv` a table `kpis.csv` to import stands beside the definitions, instead of a log.
"""

import argparse
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from hashlib import sha256
from itertools import count, islice
from math import ceil
from pathlib import Path
from random import Random
from typing import NamedTuple

AS_OF = date(2026, 11, 2)
"""The last day on which somebody records: a Monday, so that a week and a month have just closed."""

TEAMS = ("finance", "marketing", "sales", "service", "product", "logistics", "people", "web")
NOTES = (
    "autumn campaign",
    "late invoice from the warehouse",
    "counted by hand, the export was down",
    "from the new report 14",
    "l\u00e6ngere \u00e5bent, f\u00e6rre ordrer",
    'as agreed: \\"without returns\\"',
)
"""As they stand in JSON; two of them are not what kpi reads fastest."""

CORRECTED, RETRACTED, NOTED = 0.05, 0.01, 0.03
_MARGIN = 62
"""Days more than are needed, so that a small log too holds a week, a month and corrections."""


class Made(NamedTuple):
    """One KPI: its id, how often it is recorded, by whom, about how much, with which decimals."""

    id: str
    frequency: str
    by: str
    level: float
    decimals: int
    keys: str
    """All its keys in the definitions."""


class Entry(NamedTuple):
    """What is recorded of one KPI and period; a value of `null` takes it back."""

    kpi: str
    period: str
    value: str
    at: str
    by: str
    note: str = ""


def main() -> None:
    """Write the files, and say how to look at them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--records", type=int, default=10_000, metavar="N")
    parser.add_argument("--kpis", type=int, default=200, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    parser.add_argument("--csv", action="store_true", help="a table to import, not a log")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    if given.csv:
        write_csv(given.folder, given.records, given.kpis, given.seed)
        print(f"{given.records} rows")
    else:
        pairs = write(given.folder, given.records, given.kpis, given.seed)
        print(f"{given.records} records of {pairs} periods, for --as-of {AS_OF}")


def write(folder: Path, records: int, kpis: int = 200, seed: int = 1) -> int:
    """Write `kpis.toml` and `kpis.jsonl`; return how many different periods were recorded."""
    (folder / "kpis.toml").write_text(definitions(kpis))
    kept = lines(records, kpis, seed)
    with (folder / "kpis.jsonl").open("wb") as log:
        log.writelines(kept)
    return len({line[25 : line.index(b',"value":')] for line in kept})


def write_csv(folder: Path, rows: int, kpis: int = 200, seed: int = 1) -> None:
    """Write `kpis.toml` and `kpis.csv`, in which no KPI and period appears twice."""
    (folder / "kpis.toml").write_text(definitions(kpis))
    random, made = Random(seed), recorded(kpis)  # noqa: S311 -- to be guessed is what it is for
    with (folder / "kpis.csv").open("w") as table:
        table.write("kpi,period,value\n")
        due = (pair for day in _days(rows, made) for pair in _due(made, day))
        for kpi, period in islice(due, rows):
            table.write(f"{kpi.id},{period},{_value(kpi, random)}\n")


def lines(records: int, kpis: int = 200, seed: int = 1) -> Sequence[bytes]:
    """The newest lines of the log, each sealed and with its end, in order of time."""
    return deque(map(log_line, _entries(records, kpis, seed)), maxlen=records)


def definitions(kpis: int) -> str:
    """The definitions of so many KPIs."""
    goals = "".join(f'\n[goals.{team}]\nname = "{team.title()} does well"\n' for team in TEAMS)
    tables = (f"\n[kpis.{kpi.id}]\n{kpi.keys}" for kpi in map(_made, range(kpis)))
    return f'[defaults]\nfrequency = "daily"\ntolerance = "10%"\n{goals}{"".join(tables)}'


def recorded(kpis: int) -> Sequence[Made]:
    """Those that are not computed."""
    return [kpi for kpi in map(_made, range(kpis)) if kpi.frequency]


def _made(number: int) -> Made:
    kind, place, team = number % 4, number % 100, TEAMS[number // 4 % len(TEAMS)]
    frequency = "daily" if place < 85 else "weekly" if place < 93 else "monthly"
    if place >= 97:
        return _computed(number, team)
    word, level, decimals = (
        ("revenue", 50_000.0 + 10 * number, 2),
        ("orders", 120.0 + number, 0),
        ("conversion", 3.0, 1),
        ("response", 400.0, 0),
    )[kind]
    schedule = f'{{ 2012 = "{level:.0f} orders", 2026 = "{1.1 * level:.0f} orders" }}'
    goal = (
        f'target = "{level:,.0f} kr"\nrollup = "sum"\n',
        f'targets = {schedule}\nrollup = "sum"\n',
        f'target = "3%"\nrollup = "mean"\nsupports = "revenue_{number - 2:04}"\n',
        'target = "<=410 ms"\nrollup = "max"\n',
    )[kind]
    keys = f'goal = "{team}"\nowner = "{team}"\nfrequency = "{frequency}"\n{goal}'
    return Made(f"{word}_{number:04}", frequency, team, level, decimals, keys)


def _computed(number: int, team: str) -> Made:
    """A growth over a year, a ratio of two months' sums, and a change from day to day."""
    first = number - number % 100
    revenue, orders = f"revenue_{first:04}", f"orders_{first + 1:04}"
    word, keys = (
        ("per_order", f'formula = "{revenue} / {orders}"\nunit = "kr"\n'),
        ("change", f'formula = "{orders} - prev({orders})"\n'),
        ("growth", f'formula = "100 * {revenue} / last_year({revenue}) - 100"\ntarget = "5%"\n'),
    )[number % 100 - 97]
    frequency = "daily" if word == "change" else "monthly"
    keys = f'goal = "{team}"\nowner = "{team}"\nfrequency = "{frequency}"\n{keys}'
    return Made(f"{word}_{number:04}", "", team, 0, 0, keys)


def _entries(records: int, kpis: int, seed: int) -> Iterator[Entry]:
    """In order of time: each day the teams record in turn, then what was wrong is put right."""
    random, made = Random(seed), recorded(kpis)  # noqa: S311 -- as above
    late: dict[date, list[tuple[Made, str, bool]]] = defaultdict(list)
    for day in _days(records, made):
        of_team: dict[str, list[tuple[Made, str]]] = {team: [] for team in TEAMS}
        for kpi, period in _due(made, day):
            of_team[kpi.by].append((kpi, period))
            if (chance := random.random()) < CORRECTED + RETRACTED:
                then = day + timedelta(days=1 + int(random.random() * 20))
                late[then].append((kpi, period, chance < RETRACTED))
        for hour, team in enumerate(TEAMS, 6):
            at = f"{day}T{hour:02}:15:{random.random() * 59:09.6f}Z"
            for kpi, period in of_team[team]:
                note = NOTES[int(random.random() * 6)] if random.random() < NOTED else ""
                yield Entry(kpi.id, period, _value(kpi, random), at, team, note)
        for second, (kpi, period, is_retracted) in zip(count(), late.pop(day, ()), strict=False):
            value = "null" if is_retracted else _value(kpi, random)
            at = f"{day}T{15 + second // 3600}:{second // 60 % 60:02}:{second % 60:02}.250000Z"
            yield Entry(kpi.id, period, value, at, kpi.by, "corrected")


def _days(records: int, made: Sequence[Made]) -> Iterator[date]:
    """Enough for so many records, up to the last one."""
    daily = sum(kpi.frequency == "daily" for kpi in made)
    for before in range(ceil(records / daily) + _MARGIN, -1, -1):
        yield AS_OF - timedelta(days=before)


def _due(made: Sequence[Made], day: date) -> Iterator[tuple[Made, str]]:
    """Each KPI whose period closed the day before, and that period."""
    before = day - timedelta(days=1)
    closed = {"daily": before.isoformat()}
    if day.isoweekday() == 1:
        closed["weekly"] = before.strftime("%G-W%V")
    if day.day == 1:
        closed["monthly"] = before.strftime("%Y-%m")
    for kpi in made:
        if period := closed.get(kpi.frequency):
            yield kpi, period


def _value(kpi: Made, random: Random) -> str:
    return f"{kpi.level * (0.8 + 0.4 * random.random()):.{kpi.decimals}f}"


def log_line(entry: Entry) -> bytes:
    """As `kpi record` writes it, several times as fast."""
    kpi, period, value, at, by, note = entry
    note = f',"note":"{note}"' if note else ""
    bare = f'"kpi":"{kpi}","period":"{period}","value":{value},"at":"{at}","by":"{by}"{note}}}'
    sealed = bare.encode()
    id = sha256(b"{" + sealed).hexdigest()[:16]
    return b'{"id":"%s",%s\n' % (id.encode(), sealed)


if __name__ == "__main__":
    main()
