"""Parts of a period where no rollup says how they make it: what to write is what can be."""

import re

import pytest

from kpicli.errors import KpiError
from kpicli.model.period import read_period
from kpicli.recording.draft import require_fitting
from tests.evaluation.board import board


@pytest.mark.parametrize(
    ("keys", "rollups"),
    [
        ('target = "500,000 kr"', ["sum", "mean", "last"]),
        ('name = "Orders"', ["sum", "mean", "last"]),
        ('target = "3%"', ["mean", "last"]),
        ('name = "NPS"\ntarget = 40', ["mean", "last"]),
        ('name = "Customer satisfaction"\ntarget = ">=8 points"', ["mean", "last"]),
        ('definition = "Average answer of the survey, from 1 to 10"', ["mean", "last"]),
    ],
)
def test_what_is_never_added_up_is_not_advised_to_be(keys: str, rollups: list[str]) -> None:
    kpi = board(f"[kpis.it]\n{keys}").definitions.kpis["it"]
    with pytest.raises(KpiError) as refusal:
        require_fitting(kpi, read_period("2026-10-05"))
    assert re.findall('"([a-z]+)"', refusal.value.hint) == rollups


@pytest.mark.parametrize(
    ("keys", "hint"),
    [
        ('rollup = "sum"', "record a month, or a part of one"),
        ('target = "3%"', "record a month"),
        ('frequency = "daily"\nrollup = "sum"', "record a day"),
    ],
    ids=["parts make it", "no rollup makes it", "a day has no parts"],
)
def test_a_part_is_only_advised_where_it_would_be_taken(keys: str, hint: str) -> None:
    kpi = board(f"[kpis.it]\n{keys}").definitions.kpis["it"]
    with pytest.raises(KpiError) as refusal:
        require_fitting(kpi, read_period("2026"))
    assert refusal.value.hint == hint
