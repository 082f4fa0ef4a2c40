"""Every edge of the way from records to a status, reckoned by hand: the table is `golden.txt`."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from kpicli.evaluation.compare import Against, PeriodComparison, compare_periods
from kpicli.model.number import json_number
from kpicli.model.period import read_period
from tests.evaluation.board import board, judged, latest, told

TABLE = Path(__file__).with_name("golden.txt")


class Case(NamedTuple):
    """One line of the table, beneath its heading and its definition."""

    theme: str
    toml: str
    today: str
    period: str
    records: tuple[str, ...]
    expected: str
    why: str


def cases() -> Iterator[Case]:
    theme = toml = ""
    _, *themes = TABLE.read_text("utf-8").split("\n# ")
    for block in themes:
        theme, *lines = block.splitlines()
        for line in filter(None, lines):
            if line.startswith("given "):
                toml = as_toml(line.removeprefix("given "))
                continue
            today, period, records, expected, why = (cell.strip() for cell in line.split("|"))
            words = [record.strip() for record in records.split(",") if record.strip()]
            each = tuple(one for record in words for one in in_a_row(record))
            yield Case(theme, toml, today, period, each, expected, why)


def in_a_row(record: str) -> Iterator[str]:
    """`a 2026-01..2026-03 5` as three records, all of 5; with `5+1` they are 5, 6 and 7."""
    id, label, value = [*record.split(maxsplit=2), ""][:3]
    first, _, last = label.partition("..")
    if not last:
        yield record
        return
    number, _, step = value.partition("+")
    for count in range(read_period(last).since(read_period(first)) + 1):
        yield f"{id} {read_period(first).shift(count)} {int(number) + count * int(step or 0)}"


def as_toml(said: str) -> str:
    """`a: ;; it: formula = "a"; target = "7"` as tables, and a KPI without a name as `it`.

    What is of the whole board, `year_starts = "04"`, comes first.
    """
    tables = []
    for one in said.split(" ;; "):
        if one.startswith("year_starts"):
            tables.append(one)
            continue
        head, colon, keys = one.partition(":")
        id, keys = (head, keys) if colon and head.isidentifier() else ("it", one)
        tables.append(f"[kpis.{id.strip()}]\n" + "\n".join(keys.split("; ")))
    return "\n".join(line.strip() for line in "\n".join(tables).splitlines())


CASES = list(cases())


@pytest.mark.parametrize("case", [pytest.param(one, id=f"{one.theme}: {one.why}") for one in CASES])
def test_what_the_table_says_is_found(case: Case) -> None:
    scorecard = board(case.toml, *case.records, today=case.today)
    period, _, against = case.period.partition(" vs ")
    if against:
        earlier = compare_periods(scorecard, judged(scorecard, "it", period), Against(against))
        assert compared(earlier) == case.expected
    elif case.period == "latest":
        assert told(latest(scorecard, "it")) == case.expected
    else:
        found = told(judged(scorecard, "it", case.period))
        assert found == f"{case.period} {case.expected}"


def compared(earlier: PeriodComparison) -> str:
    """The earlier period with its actual and the change since: `2025 55 (100)`, `2025: why`."""
    if earlier.actual is None or earlier.change is None:
        return f"{earlier.period}: {earlier.reason}"
    return f"{earlier.period} {json_number(earlier.actual)} ({json_number(earlier.change)})"


def test_the_table_is_whole() -> None:
    assert len(CASES) >= 575
    assert len({(one.theme, one.why) for one in CASES}) == len(CASES), "each says its own why"
