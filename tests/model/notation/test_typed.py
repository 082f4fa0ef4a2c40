"""What people type, line by line: what is read, asked about, or refused with what to write."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.errors import NotationError
from kpicli.model.frequency import Frequency
from kpicli.model.notation.period import named_period
from kpicli.model.notation.quantity import read_quantity
from kpicli.model.number import AmbiguousNumberError, Mark
from kpicli.text import safe
from tests.tiers import examples

FOLDER = Path(__file__).parent
TODAY = date(2026, 11, 28)
MARKS: dict[str, Mark | None] = {".": ".", ",": ",", "": None}


def lines(name: str) -> Iterator[list[str]]:
    r"""The cells of each line of a table; `\u200b` is that character."""
    for line in (FOLDER / name).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            cells = [cell.strip() for cell in line.split("|")]
            text = re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), cells[0])
            yield [text, *cells[1:]]


VALUES, PERIODS = list(lines("values.txt")), list(lines("periods.txt"))


def outcome_of_value(text: str, mark: str, unit: str) -> str:
    try:
        number, given = read_quantity(text, MARKS[mark], unit)
    except AmbiguousNumberError as error:
        return f"? {' or '.join(map(str, error.readings.values()))}"
    except NotationError as error:
        return f"! {error.hint}"
    assert given in {"", unit}
    return f"{number:f}"


def outcome_of_period(text: str) -> str:
    try:
        return str(named_period(text, Frequency.MONTHLY, TODAY))
    except NotationError as error:
        if "ambiguous" in error.message:
            return f"? {error.message.partition('ambiguous: ')[2].rstrip('?')}"
        hint = "" if error.hint.startswith(("write 2026-11-22, ", "write 2026, ")) else error.hint
        return f"! {hint or error.message.removeprefix(f'{safe(text)!r}').strip(': ')}"


@pytest.mark.parametrize(
    ("text", "mark", "unit", "outcome"),
    VALUES,
    ids=[f"{row[0]} in {row[2] or 'nothing'}" for row in VALUES],
)
def test_a_value_that_is_typed(text: str, mark: str, unit: str, outcome: str) -> None:
    assert outcome_of_value(text, mark, unit) == outcome


@pytest.mark.parametrize(("text", "outcome"), PERIODS, ids=[row[0] for row in PERIODS])
def test_a_period_that_is_typed(text: str, outcome: str) -> None:
    assert outcome_of_period(text) == outcome


PIECES = ["1", "3", "31", "2026", "'26", "Oct", "Q3", "W44", "FY", "M", "Z", "of", "last", "?"]
SIGNS = [" ", "-", "\u2013", ".", "/", ",", "00:00", "+02:00"]


@examples(400)
@given(st.lists(st.sampled_from([*PIECES, *SIGNS]), max_size=8).map("".join))
def test_any_other_text_is_read_or_refused(text: str) -> None:
    assert outcome_of_period(text)


def test_there_are_tables_of_them() -> None:
    assert len(VALUES) >= 150
    assert len(PERIODS) >= 150


def test_a_timestamp_is_its_local_day() -> None:
    def day_of(instant: str) -> date:
        assert instant == "2026-10-31T23:30:00.000000Z"
        return date(2026, 11, 1)

    spellings = (
        "2026-11-01 01:30 AM +0200",
        "2026-10-31 11:30 PM Z",
        "Sat Oct 31 23:30:00 UTC 2026",
    )
    for text in ("2026-10-31T23:30Z", "2026-11-01T01:30:00+02:00", *spellings):
        assert str(named_period(text, Frequency.MONTHLY, TODAY, day_of)) == "2026-11-01"
    without_offset = named_period("2026-10-31T23:30:00", Frequency.MONTHLY, TODAY, day_of)
    assert str(without_offset) == "2026-10-31"
