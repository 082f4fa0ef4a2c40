"""Every edge of the way from records to a status, reckoned by hand: the table is `golden.txt`."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

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
            words = tuple(record.strip() for record in records.split(",") if record.strip())
            yield Case(theme, toml, today, period, words, expected, why)


def as_toml(said: str) -> str:
    """`a: ;; it: formula = "a"; target = "7"` as tables, and a KPI without a name as `it`."""
    tables = []
    for one in said.split(" ;; "):
        head, colon, keys = one.partition(":")
        id, keys = (head, keys) if colon and head.isidentifier() else ("it", one)
        tables.append(f"[kpis.{id.strip()}]\n" + "\n".join(keys.split("; ")))
    return "\n".join(line.strip() for line in "\n".join(tables).splitlines())


CASES = list(cases())


@pytest.mark.parametrize("case", [pytest.param(one, id=f"{one.theme}: {one.why}") for one in CASES])
def test_what_the_table_says_is_found(case: Case) -> None:
    scorecard = board(case.toml, *case.records, today=case.today)
    if case.period == "latest":
        assert told(latest(scorecard, "it")) == case.expected
    else:
        found = told(judged(scorecard, "it", case.period))
        assert found == f"{case.period} {case.expected}"


def test_the_table_is_whole() -> None:
    assert len(CASES) >= 340
    assert len({(one.theme, one.why) for one in CASES}) == len(CASES), "each says its own why"
