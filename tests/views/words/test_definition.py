"""What a definition says, in words and key by key."""

import pytest

from kpicli.model.kpi import KPI_KEYS
from kpicli.model.number import Mark
from kpicli.views.parts.cells import cell_text
from kpicli.views.words.definition import definition_fields, definition_keys, targets_table
from tests.model.built import sound

YEAR = 'frequency = "yearly"\nrollup = "sum"'


def said(lines: str, heading: str, more: str = "") -> str | None:
    """What stands beside a heading, if it is there."""
    definitions = sound(f"{more}\n[kpis.it]\n{lines}")
    fields = {
        one.heading: one.cell for one in definition_fields(definitions, definitions.kpis["it"])
    }
    return cell_text(fields[heading]) if heading in fields else None


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ('target = "500,000 kr"', "500,000 kr; at risk within 10% of it"),
        ('target = "<3%"\ntolerance = "0.5 pp"', "<3%; at risk within 0.5 pp of it"),
        ('target = "40..60 kr"\ntolerance = "5 kr"', "40..60 kr; at risk within 5 kr of it"),
        (
            'targets = { "2026-01" = "<3%", "2026-07" = "<2%" }',
            "<3% from 2026-01, <2% from 2026-07; at risk within 10% of it",
        ),
        ('baseline = "100 kr"\ntarget = "-15%"', "-15% from 100 kr; at risk within 10% of it"),
        (
            'baseline = "100 kr"\ntarget = "90 kr"\ndirection = "lower"',
            "≤90 kr; at risk within 10% of it",
        ),
        (
            'baseline = "100 kr"\nstart = "2026-01"\nby = "2026-12"\ntarget = "+20%"',
            "+20% by 2026-12, in equal steps from 100 kr in 2026-01; at risk within 10% of it",
        ),
        ('direction = "lower"', "none; lower is better"),
        ('unit = "kr"', None),
    ],
)
def test_a_target_is_said_with_what_is_still_at_risk(lines: str, text: str | None) -> None:
    assert said(lines, "Target") == text


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ("", "monthly"),
        ('rollup = "sum"', "monthly; a longer period is the sum of its months"),
        (
            'frequency = "weekly"\nrollup = "max"',
            "weekly; a longer period is the greatest of its weeks",
        ),
        (YEAR, "yearly"),
        ("grace = 1", "monthly; due 1 day after the month"),
        ("grace = 8", "monthly; due 8 days after the month"),
        ('grace = 8\nformula = "other"', "monthly"),
        ('until = "2026-06"', "monthly; until 2026-06"),
    ],
)
def test_it_is_said_how_often_it_is_measured(lines: str, text: str) -> None:
    assert said(lines, "Measured", "[kpis.other]") == text


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("Definition", "what"),
        ("Source", "where"),
        ("Goal", "Grow"),
        ("Owner", "ann"),
        ("Area", "sales"),
        ("Levers", "one, two"),
        ("Formula", "other * 2"),
        ("Supports", "Above All (above)"),
        ("Beneath it", "under"),
        ("Formerly", "that"),
    ],
)
def test_whatever_is_written_is_said(heading: str, text: str) -> None:
    more = '[goals.g]\nname = "Grow"\n[kpis.above]\nname = "Above All"\n'
    more += '[kpis.other]\n[kpis.under]\nsupports = "it"'
    lines = (
        'definition = "what"\nsource = "where"\ngoal = "g"\nowner = "ann"\narea = "sales"\n'
        'levers = ["one", "two"]\nformula = "other * 2"\nsupports = "above"\nformerly = ["that"]'
    )
    assert said(lines, heading, more) == text
    assert said("", heading) is None


def test_machines_get_every_key_but_the_target_of_which_they_get_a_table() -> None:
    definitions = sound('[kpis.it]\nunit = "kr"')
    fields = {one.key: one.cell for one in definition_keys(definitions, definitions.kpis["it"])}
    assert set(KPI_KEYS) - set(fields) == {"target", "targets"}
    assert fields["tolerance"] is None


@pytest.mark.parametrize(
    ("lines", "mark", "rows"),
    [
        ('target = "1500.5 kr"', ".", [(None, "1,500.5 kr")]),
        ('target = "1500.5 kr"', ",", [(None, "1.500,5 kr")]),
        (
            'targets = { "2026-01" = "3", "2026-07" = "4" }',
            ".",
            [("2026-01", "3"), ("2026-07", "4")],
        ),
        ("", ".", []),
    ],
)
def test_targets_are_listed_with_the_period_from_which_each_holds(
    lines: str, mark: Mark, rows: list[tuple[str | None, str]]
) -> None:
    kpi = sound(f"[kpis.it]\n{lines}").kpis["it"]
    found = [row.cells for row in targets_table(kpi, mark).rows]
    assert [(since and str(since), target) for since, target in found] == rows
