"""What drives a KPI: shares that add up to the change, whatever the formula."""

from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpicli.analysis.analysis_ledger import AnalysisLedger
from kpicli.analysis.bottleneck import drivers_to_target
from kpicli.analysis.drivers import (
    Drivers,
    drivers_of_change,
    formula_inputs,
    period_to_explain,
)
from kpicli.errors import KpiError
from kpicli.evaluation.compare import Against
from kpicli.model.number import json_number
from kpicli.model.period import read_period
from kpicli.stats.shapley import shapley
from tests.evaluation.board import board

PLAIN = "[kpis.a]\n[kpis.b]\n[kpis.c]\n"
TREE = """\
[kpis.a]
[kpis.b]
[kpis.c]
[kpis.inner]
formula = "b * c"
[kpis.it]
formula = "a + inner"
"""


def driven(
    scorecard: AnalysisLedger,
    period: str = "2026-10",
    against: Against = Against.PREVIOUS,
    depth: int | None = None,
) -> Drivers:
    it = scorecard.definitions.kpis["it"]
    return drivers_of_change(scorecard, it, read_period(period), against, depth)


def told(found: Drivers) -> str:
    """`30 → 20 = a -4 + b -6`, the largest first; or why there is none."""
    if found.reason:
        return f"none: {found.reason}"
    start, end = (json_number(one) if one is not None else "?" for one in (found.start, found.end))
    shares = [f"{one.kpi.id} {json_number(one.contribution)}" for one in found.drivers]
    return f"{start} → {end} = {' + '.join(shares)}"


def change(formula: str, *records: str, toml: str = PLAIN, **asked: object) -> str:
    scorecard = board(f'{toml}[kpis.it]\nformula = "{formula}"', *records)
    return told(driven(scorecard, **asked))  # type: ignore[arg-type]


def months(**values: tuple[object, object]) -> list[str]:
    """Records of September and October."""
    return [
        f"{id} {period} {value}"
        for id, both in values.items()
        for period, value in zip(("2026-09", "2026-10"), both, strict=True)
    ]


@pytest.mark.parametrize(
    ("formula", "records", "expected"),
    [
        pytest.param(
            "a + b", months(a=(1, 4), b=(2, 1)), "3 → 5 = a 3 + b -1", id="of a sum, its own change"
        ),
        pytest.param(
            "a - b",
            months(a=(1, 4), b=(2, 1)),
            "-1 → 3 = a 3 + b 1",
            id="less of what is taken off",
        ),
        pytest.param(
            "a * b",
            months(a=(10, 20), b=(3, 5)),
            # a: (10·3 + 10·5) / 2, b: (2·10 + 2·20) / 2
            "30 → 100 = a 40 + b 30",
            id="of a product, the mean of both orders",
        ),
        pytest.param(
            "a / b",
            months(a=(10, 20), b=(2, 5)),
            # a: (10/2 + 10/5) / 2, b: ((2 - 5) + (4 - 10)) / 2
            "5 → 4 = b -4.5 + a 3.5",
            id="of a ratio",
        ),
        pytest.param(
            "a * b * c",
            months(a=(1, 2), b=(1, 2), c=(1, 2)),
            # a: 1/3 of 1, 1/6 of 2 twice, 1/3 of 4
            "1 → 8 = a 2.333333333333 + b 2.333333333333 + c 2.333333333333",
            id="three that are alike share alike",
        ),
        pytest.param(
            "a * b",
            months(a=(10, 20), b=(3, 3)),
            "30 → 60 = a 30 + b 0",
            id="who stays adds nothing",
        ),
        pytest.param(
            "a + b", months(a=(1, 1), b=(2, 2)), "3 → 3 = a 0 + b 0", id="nothing has changed"
        ),
        pytest.param(
            "a * b", months(a=(-2, 2), b=(3, 3)), "-6 → 6 = a 12 + b 0", id="through zero"
        ),
        pytest.param(
            "a / (b - c)",
            months(a=(1, 1), b=(2, 5), c=(1, 2)),
            "none: division by zero with c of 2026-10, but b still of 2026-09",
            id="an order that divides by zero is named",
        ),
        pytest.param(
            "a / (b - c)",
            months(a=(1, 1), b=(3, 3), c=(1, 1)),
            "0.5 → 0.5 = a 0 + b 0 + c 0",
            id="orders of what stays are none",
        ),
        pytest.param(
            "a + b",
            ["a 2026-10 1", "b 2026-10 1", "a 2026-09 1"],
            "none: b: nothing recorded for 2026-09",
            id="an input that was missing is named",
        ),
        pytest.param(
            "a + b",
            ["a 2026-09 1", "b 2026-09 1", "b 2026-10 1"],
            "none: a: nothing recorded for 2026-10",
            id="one that is missing too",
        ),
        pytest.param(
            "a - prev(a)",
            ["a 2026-08 1", "a 2026-09 3", "a 2026-10 9"],
            "2 → 6 = a 4",
            id="all lags of an input move together",
        ),
        pytest.param(
            "a / prev(a) * b",
            ["a 2026-08 1", "a 2026-09 2", "a 2026-10 6", "b 2026-09 10", "b 2026-10 20"],
            # a: ((30 - 20) + (60 - 40)) / 2, b: ((40 - 20) + (60 - 30)) / 2
            "20 → 60 = b 25 + a 15",
            id="and beside another one",
        ),
    ],
)
def test_a_change_is_shared_out(formula: str, records: list[str], expected: str) -> None:
    assert change(formula, *records) == expected


@pytest.mark.parametrize(
    ("depth", "expected"),
    [
        # b * c went from 6 to 20: b (2·3 + 2·5) / 2, c (2·2 + 2·4) / 2
        pytest.param(None, "7 → 25 = b 8 + c 6 + a 4", id="down to the leaves"),
        pytest.param(1, "7 → 25 = inner 14 + a 4", id="one formula down"),
        pytest.param(2, "7 → 25 = b 8 + c 6 + a 4", id="two formulas down; leaves as they are"),
        pytest.param(9, "7 → 25 = b 8 + c 6 + a 4", id="further down than there is"),
    ],
)
def test_how_deep_it_looks(depth: int | None, expected: str) -> None:
    scorecard = board(TREE, *months(a=(1, 5), b=(2, 4), c=(3, 5)))
    assert told(driven(scorecard, depth=depth)) == expected


def test_an_input_that_is_only_meant_with_a_lag_is_shown_with_it() -> None:
    toml = f'{PLAIN}[kpis.it]\nformula = "2 * prev(a)"'
    (one,) = driven(board(toml, "a 2026-08 1", "a 2026-09 3", "a 2026-10 9")).drivers
    assert (one.start, one.end) == (Fraction(1), Fraction(3))


def test_an_input_that_is_reached_in_two_ways_is_one() -> None:
    toml = (
        TREE.replace('"a + inner"', '"inner + last + last"')
        + '[kpis.last]\nformula = "inner + a"\n'
    )
    scorecard = board(toml, *months(a=(1, 5), b=(2, 4), c=(3, 5)))
    it = scorecard.definitions.kpis["it"]
    found = [
        [one.id for one in formula_inputs(scorecard.definitions, it, depth)] for depth in (1, 2, 3)
    ]
    assert found == [["inner", "last"], ["inner", "a"], ["b", "c", "a"]]


SUMMED = """\
[kpis.a]
rollup = "sum"
[kpis.b]
[kpis.it]
formula = "a * b"
rollup = "sum"
"""


def quarters(a: Sequence[int], b: Sequence[int]) -> list[str]:
    """Records of April to September."""
    return [
        f"{id} 2026-{month:02} {value}"
        for id, values in (("a", a), ("b", b))
        for month, value in enumerate(values, 4)
    ]


def test_a_sum_is_shared_out_for_each_own_period() -> None:
    scorecard = board(SUMMED, *quarters([1, 2, 3, 2, 4, 3], [10, 10, 10, 10, 20, 30]))
    # April to July: a 10. May to August: a 2·15, b 10·3. June to September: b 20·3.
    found = driven(scorecard, "2026-Q3")
    assert told(found) == "60 → 190 = b 90 + a 40"
    shown = {one.kpi.id: (one.start, one.end) for one in found.drivers}
    assert shown == {"a": (Fraction(6), Fraction(9)), "b": (None, None)}, "b has no roll-up"


def test_a_ratio_of_sums_is_shared_out_once() -> None:
    toml = SUMMED.replace('a * b"\nrollup = "sum"', 'a / b"').replace(
        "[kpis.b]", '[kpis.b]\nrollup = "sum"'
    )
    scorecard = board(toml, *quarters([1, 1, 2, 2, 2, 4], [1, 1, 2, 2, 2, 6]))
    # 4 / 4 to 8 / 10: a (4/4 + 4/10) / 2, b ((4/10 - 1) + (8/10 - 2)) / 2
    assert told(driven(scorecard, "2026-Q3")) == "1 → 0.8 = b -0.9 + a 0.7"


def test_own_periods_that_differ_in_number_are_not_held_against_each_other() -> None:
    toml = (
        SUMMED.replace("[kpis.a]", '[kpis.a]\nfrequency = "daily"')
        .replace("[kpis.b]", '[kpis.b]\nfrequency = "daily"')
        .replace("[kpis.it]", '[kpis.it]\nfrequency = "daily"')
    )
    days = [f"2026-09-{day:02}" for day in range(1, 31)]
    days += [f"2026-10-{day:02}" for day in range(1, 32)]
    scorecard = board(toml, *(f"{id} {day} 1" for id in "ab" for day in days))
    assert told(driven(scorecard)) == (
        "none: 2026-10 has 31 days and 2026-09 has 30, "
        "which can't be held against each other one by one"
    )


def test_against_a_year_ago() -> None:
    records = ["a 2025-10 1", "b 2025-10 2", "a 2026-10 4", "b 2026-10 1"]
    assert change("a + b", *records, against=Against.YEAR) == "3 → 5 = a 3 + b -1"


def test_weeks_keep_their_lags_over_a_year_with_53_of_them() -> None:
    weekly = PLAIN.replace("]\n", ']\nfrequency = "weekly"\n')
    records = ["a 2026-W53 9", "a 2026-W52 4", "a 2025-W52 3", "a 2025-W51 1"]
    scorecard = board(
        f'{weekly}[kpis.it]\nfrequency = "weekly"\nformula = "a - prev(a)"',
        *records,
        today="2027-01-10",
    )
    assert told(driven(scorecard, "2026-W53", Against.YEAR)) == "2 → 5 = a 3"


TARGETS = """\
[kpis.a]
target = "10"
[kpis.b]
target = "3..5"
[kpis.c]
[kpis.it]
formula = "a * b + c"
"""


def to_target(toml: str, *records: str, period: str = "2026-10", today: str = "2026-11-05") -> str:
    scorecard = board(toml, *records, today=today)
    found = drivers_to_target(
        scorecard, scorecard.definitions.kpis["it"], read_period(period), None
    )
    if found.reason:
        return f"none: {found.reason}"
    rows = [
        f"{one.kpi.id} {json_number(one.contribution)}"
        + ("" if one.remaining is None else f" left {json_number(one.remaining)}")
        for one in found.drivers
    ]
    return ", ".join([*rows, *(f"{kpi.id} bare" for kpi in found.bare)])


@pytest.mark.parametrize(
    ("more", "records", "expected"),
    [
        pytest.param(
            "", ["a 2026-10 8", "b 2026-10 2", "c 2026-10 7"], "b 8, a 4, c bare", id="each alone"
        ),
        pytest.param(
            'target = "40"',
            ["a 2026-10 8", "b 2026-10 2", "c 2026-10 7"],
            # 23 now; with b at 3 it is 31, with a at 10 it is 27
            "b 8 left 9, a 4 left 13, c bare",
            id="and what is left to its own target",
        ),
        pytest.param(
            "",
            ["a 2026-10 12", "b 2026-10 4", "c 2026-10 7"],
            "a -8, b 0, c bare",
            id="one beyond its target, one inside its range",
        ),
        pytest.param(
            "",
            ["a 2026-10 8", "b 2026-10 9", "c 2026-10 7"],
            "b -32, a 18, c bare",
            id="over a range",
        ),
        pytest.param(
            "",
            ["a 2026-10 8", "b 2026-10 9"],
            "none: c: nothing recorded for 2026-10",
            id="one that is missing is named",
        ),
    ],
)
def test_the_gap_if_one_input_alone_were_on_target(
    more: str, records: list[str], expected: str
) -> None:
    assert to_target(f"{TARGETS}{more}\n", *records) == expected


def test_where_no_input_has_a_target_that_is_said() -> None:
    toml = '[kpis.a]\n[kpis.it]\nformula = "a * 2"\ntarget = "5"'
    assert to_target(toml, "a 2026-10 1") == "none: no input of it has a target for 2026-10"


def test_what_lies_before_the_period_stays_as_it_was() -> None:
    toml = '[kpis.a]\ntarget = "10"\n[kpis.it]\nformula = "a - prev(a)"'
    assert to_target(toml, "a 2026-09 4", "a 2026-10 8") == "a 2"


def test_a_target_that_began_with_the_period_is_one() -> None:
    toml = '[kpis.a]\ntargets = { "2026-10" = "10" }\n[kpis.it]\nformula = "a - prev(a)"'
    assert to_target(toml, "a 2026-09 4", "a 2026-10 8") == "a 2"


def test_a_sum_of_which_each_own_period_is_on_target() -> None:
    toml = SUMMED.replace("[kpis.a]", '[kpis.a]\ntarget = "4"')
    records = quarters([1, 1, 1, 2, 3, 4], [1, 1, 1, 10, 20, 30])
    # July 2·10, August 1·20
    assert to_target(toml, *records, period="2026-Q3") == "a 40, b bare"


def test_part_of_a_period_is_not_held_against_a_whole_target() -> None:
    toml = SUMMED.replace("[kpis.a]", '[kpis.a]\ntarget = "4"')
    assert to_target(toml, "a 2026-11-01 1", "b 2026-11 2", period="2026-11") == (
        "none: 2026-11 is open: a part of it is not held against a whole target; "
        "2026-10 is the last closed one"
    )


OPEN = ["a 2026-10-01 1", "a 2026-10-04 2", "a 2026-10-05 9", "a 2026-11-04 5"]


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        pytest.param(OPEN, "6 → 10 = a 4", id="equal parts"),
        pytest.param(
            ["a 2026-10 9", "a 2026-11-04 5"],
            "none: a is recorded for the whole of 2026-10, not for parts of it; "
            "2026-10 is the last closed one",
            id="a whole period has no part to compare",
        ),
    ],
)
def test_of_an_open_period_equal_parts_are_held_against_each_other(
    records: list[str], expected: str
) -> None:
    toml = '[kpis.a]\nrollup = "sum"\n[kpis.it]\nformula = "a * 2"\nrollup = "sum"'
    assert told(driven(board(toml, *records), "2026-11")) == expected


@pytest.mark.parametrize(
    ("records", "against", "expected"),
    [
        pytest.param(OPEN, Against.PREVIOUS, "2026-11", id="the open one, by equal parts"),
        pytest.param(OPEN, None, "2026-10", id="no open one against a whole target"),
        pytest.param(
            ["a 2026-10 9", "a 2026-11-04 5"],
            Against.PREVIOUS,
            "2026-10",
            id="nor a part by a whole",
        ),
        pytest.param([], Against.PREVIOUS, "2026-10", id="the last closed one where there is none"),
    ],
)
def test_which_period_is_looked_at(
    records: list[str], against: Against | None, expected: str
) -> None:
    toml = '[kpis.a]\nrollup = "sum"\n[kpis.it]\nformula = "a * 2"\nrollup = "sum"'
    scorecard = board(toml, *records)
    found = period_to_explain(scorecard, scorecard.definitions.kpis["it"], against)
    assert str(found) == expected


def test_a_period_in_which_one_input_is_missing_is_passed_over() -> None:
    toml = '[kpis.a]\n[kpis.b]\n[kpis.it]\nformula = "a + b"'
    scorecard = board(toml, "a 2026-09 1", "b 2026-09 1", "a 2026-10 1")
    found = period_to_explain(scorecard, scorecard.definitions.kpis["it"], None)
    assert str(found) == "2026-09"


def wide(count: int) -> AnalysisLedger:
    inputs = [f"i{at}" for at in range(count)]
    leaves = "".join(f"[kpis.{id}]\n" for id in inputs)
    half = count // 2
    toml = f"""{leaves}
        [kpis.left]
        formula = "{" + ".join(inputs[:half])}"
        [kpis.right]
        formula = "{" * ".join(inputs[half:])}"
        [kpis.it]
        formula = "left / right"
    """
    return board(toml, *(f"{id} 2026-{month} {month}" for id in inputs for month in ("09", "10")))


def test_twelve_inputs_are_told_apart() -> None:
    found = driven(wide(12))
    assert len(found.drivers) == 12
    assert sum(one.contribution for one in found.drivers) == found.change


def test_of_thirteen_inputs_a_look_less_deep_is_offered() -> None:
    with pytest.raises(KpiError) as raised:
        driven(wide(13))
    assert raised.value.message == "it is made of 13 inputs; at most 12 can be analysed"
    assert raised.value.hint == "--depth 1 looks at the 2 that they make up"


def test_thirteen_in_one_formula_have_to_be_joined() -> None:
    ids = [f"i{at}" for at in range(13)]
    toml = "".join(f"[kpis.{id}]\n" for id in ids) + f'[kpis.it]\nformula = "{" + ".join(ids)}"'
    with pytest.raises(KpiError, match="13 inputs") as raised:
        driven(board(toml))
    assert raised.value.hint.startswith("make sums of some of them")


@pytest.mark.parametrize(
    ("direction", "values", "expected"),
    [
        ('direction = "higher"', (5, 1), "b"),
        ('direction = "lower"', (5, 1), "a"),
        ('direction = "higher"', (5, 3), None),
        ("", (5, 1), None),
    ],
)
def test_the_bottleneck_is_what_made_it_worse_most(
    direction: str, values: tuple[int, int], expected: str | None
) -> None:
    toml = f'{PLAIN}[kpis.it]\nformula = "a + b"\n{direction}'
    found = driven(board(toml, *months(a=(1, values[0]), b=(2, values[1]))))
    assert (found.bottleneck.kpi.id if found.bottleneck else None) == expected


ROLLING = '[kpis.l]\nrollup = "sum"\n[kpis.h]\n[kpis.c]\nformula = "l - h"\n'
LEFT = [f"l 2026-{month:02} {count}" for month, count in enumerate((3, 2, 4, 1, 6), 6)]
HEADS = [f"h 2026-{month:02} {count}" for month, count in enumerate((40, 50, 60, 40, 80), 6)]


@pytest.mark.parametrize(
    ("formula", "skip", "expected"),
    [
        ("sum(l, 3)", "", "7 → 11 = l 4"),
        ("prev(l, 2)", "", "2 → 4 = l 2"),
        ("100 * sum(l, 2) / mean(h, 2)", "", "10 → 11.666666666667 = l 3.666666666667 + h -2"),
        ("sum(c, 2)", "", "-95 → -113 = h -20 + l 2"),
        ("sum(l, 3)", "l 2026-08 n/a", "3 → 7 = l 4"),
        ("mean(l, 3)", "l 2026-08 n/a", "1.5 → 3.5 = l 2"),
        ("mean(l, 3)", "l 2026-10 n/a", "2.333333333333 → 2.5 = l 0.166666666667"),
        ("mean(h, 2) * l", "h 2026-09 n/a", "60 → 480 = l 350 + h 70"),
    ],
)
def test_a_window_moves_as_one_also_across_what_is_not_applicable(
    formula: str, skip: str, expected: str
) -> None:
    records = [*LEFT, *HEADS, *([skip] if skip else [])]
    assert change(formula, *records, toml=ROLLING) == expected


@pytest.mark.parametrize(
    ("month", "expected"),
    [
        pytest.param("09", "-52 → -65 = h -15 + l 2", id="in both windows"),
        pytest.param(
            "10",
            "none: 2026-10 has 2 months and 2026-09 has 3, "
            "which can't be held against each other one by one",
            id="in one of them",
        ),
    ],
)
def test_a_window_of_a_formula_is_taken_apart_month_by_month(month: str, expected: str) -> None:
    both = [f"l 2026-{month} n/a", f"h 2026-{month} n/a"]
    assert change("mean(c, 3)", *LEFT, *HEADS, *both, toml=ROLLING) == expected


def test_on_the_way_to_a_target_only_the_last_period_of_a_window_moves() -> None:
    toml = """
        [kpis.l]
        rollup = "sum"
        target = "<=3"
        [kpis.it]
        formula = "sum(l, 3)"
        target = "<=8"
    """
    scorecard = board(toml, *LEFT)
    found = drivers_to_target(scorecard, scorecard.definitions.kpis["it"], read_period("2026-10"))
    assert told(found) == "11 → 8 = l -3", "6 leavers of October alone on their target of 3"


def test_a_window_shows_what_it_was_and_is_of_an_input() -> None:
    toml = f'{ROLLING}[kpis.it]\nformula = "sum(l, 3)"'
    (driver,) = driven(board(toml, *LEFT)).drivers
    assert [driver.start, driver.end] == [Fraction(7), Fraction(11)]


FORMULAS = st.sampled_from(
    [
        "a + b - c",
        "a * b * c",
        "a * b / 100 + c * 3",
        "a / (b + 1000) * c",
        "(a - b) * (b - c) * a",
        "a * (b + 2 * c) - prev(a) * last_year(c)",
        "sum(a, 2) / (mean(b, 2) + 1000) * c",
        "a * prev(b, 1) - mean(a, 2) * sum(c, 2)",
    ]
)
NUMBERS = st.integers(-999, 999)
MONTHS = ("2025-09", "2025-10", "2026-08", "2026-09", "2026-10")


@st.composite
def histories(draw: st.DrawFn) -> list[str]:
    return [f"{id} {month} {draw(NUMBERS)}" for id in "abc" for month in MONTHS]


def scorecards(formula: str, records: Sequence[str]) -> AnalysisLedger:
    return board(f'{PLAIN}[kpis.it]\nformula = "{formula}"', *records)


@settings(deadline=None)
@given(FORMULAS, histories(), st.sampled_from(Against))
def test_contributions_add_up_to_the_change_to_the_last_digit(
    formula: str, records: list[str], against: Against
) -> None:
    found = driven(scorecards(formula, records), against=against)
    if not found.reason:
        assert sum(one.contribution for one in found.drivers) == found.change


@settings(deadline=None)
@given(st.lists(st.integers(0, 99), min_size=12, max_size=12))
def test_the_shares_of_a_sum_add_up_too(values: list[int]) -> None:
    found = driven(board(SUMMED, *quarters(values[:6], values[6:])), "2026-Q3")
    assert sum(one.contribution for one in found.drivers) == found.change


@settings(deadline=None)
@given(FORMULAS, histories())
def test_an_input_that_does_not_change_adds_nothing(formula: str, records: list[str]) -> None:
    still = [one for one in records if not one.startswith("b ")] + [f"b {at} 7" for at in MONTHS]
    found = driven(scorecards(formula, still))
    assert [one.contribution for one in found.drivers if one.kpi.id == "b"] in ([0], [])


@given(st.sampled_from(["a + b", "a * b", "a * b + a + b + c", "(a + b) * c"]), NUMBERS, NUMBERS)
@settings(deadline=None)
def test_inputs_that_are_alike_share_alike(formula: str, start: int, end: int) -> None:
    records = months(a=(start, end), b=(start, end), c=(3, 5))
    shares = {one.kpi.id: one.contribution for one in driven(scorecards(formula, records)).drivers}
    assert shares["a"] == shares["b"]


@settings(deadline=None)
@given(FORMULAS, histories(), st.integers(2, 1000))
def test_scaling_a_unit_scales_the_answer(formula: str, records: list[str], scale: int) -> None:
    plain = driven(scorecards(formula, records))
    scaled = driven(scorecards(f"({formula}) * {scale}", records))
    assert scaled.reason == plain.reason
    shares = {one.kpi.id: one.contribution for one in plain.drivers}
    assert {one.kpi.id: one.contribution for one in scaled.drivers} == {
        id: share * scale for id, share in shares.items()
    }


@given(st.integers(0, 5).flatmap(lambda n: st.lists(NUMBERS, min_size=2**n, max_size=2**n)))
def test_shares_add_up_to_what_all_are_worth_together(worths: list[int]) -> None:
    exact = [Fraction(worth) for worth in worths]
    assert sum(shapley(exact), Fraction(0)) == exact[-1] - exact[0]


def test_the_textbook_case_of_one_left_and_two_right_gloves() -> None:
    # A pair is worth 1; players are left, right, right.
    worths = [Fraction(int(mask & 1 and mask & 6 != 0)) for mask in range(8)]
    assert shapley(worths) == [Fraction(2, 3), Fraction(1, 6), Fraction(1, 6)]
