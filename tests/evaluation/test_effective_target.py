import pytest

from kpicli.evaluation.effective_target import effective_target
from kpicli.model.number import json_number
from kpicli.model.period import read_period
from tests.evaluation.board import defined


def post(lines: str, period: str) -> str:
    """`450000`, `150 → 200` on a climb, `40..60`, `none: why`."""
    found = effective_target(defined(f"[kpis.it]\n{lines}").kpis["it"], read_period(period))
    if found.target is None:
        return f"none: {found.reason}"
    text = json_number(found.target.number)
    text += f"..{json_number(found.target.high)}" if found.target.high is not None else ""
    return f"{text} → {json_number(found.end.number)}" if found.end else text


SCHEDULE = 'targets = { "2026-01" = "450", "2026-07" = "500" }\n'


@pytest.mark.parametrize(
    ("lines", "period", "expected"),
    [
        pytest.param('target = "7"', "1999-01", "7", id="one target, in force always"),
        pytest.param("", "2026-10", "none: no target", id="no target"),
        pytest.param(SCHEDULE, "2025-12", "none: no target for 2025-12", id="before the first"),
        pytest.param(SCHEDULE, "2026-01", "450", id="from its own start"),
        pytest.param(SCHEDULE, "2026-06", "450", id="until the next"),
        pytest.param(SCHEDULE, "2026-07", "500", id="the next"),
        pytest.param(SCHEDULE, "2031-01", "500", id="and ever after"),
        pytest.param(
            'targets = { "2026-02" = "7" }\nfrequency = "quarterly"',
            "2026-Q1",
            "none: no target for 2026-Q1",
            id="a quarter that starts before the entry is not governed by it",
        ),
        pytest.param(
            'targets = { "2026-02" = "7" }\nfrequency = "quarterly"', "2026-Q2", "7", id="but Q2 is"
        ),
        pytest.param(
            'targets = { "2026-Q1" = "7", "2026-02" = "8" }', "2026-02", "8", id="of any length"
        ),
        pytest.param(
            'targets = { "2026-W20" = "7" }\nfrequency = "weekly"', "2026-W20", "7", id="of weeks"
        ),
    ],
)
def test_an_entry_governs_the_periods_that_start_on_or_after_its_own(
    lines: str, period: str, expected: str
) -> None:
    assert post(lines, period) == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param('target = "+20%"\nbaseline = "200 kr"', "240", id="200 + 20% of 200"),
        pytest.param('target = "-15%"\nbaseline = "100"', "85", id="100 - 15% of 100"),
        pytest.param('target = "+20%"\nbaseline = "-200"', "-160", id="-200 + 20% of its size 200"),
        pytest.param('target = "-15%"\nbaseline = "-200"', "-230", id="-200 - 15% of its size"),
        pytest.param('target = "+20%"\nbaseline = "0"', "0", id="a share of nothing is nothing"),
        pytest.param('target = "+20%"\nbaseline = "3.2%"', "3.84", id="3.2% + a fifth, no 20 pp"),
        pytest.param('target = "+0.1%"\nbaseline = "0.3"', "0.3003", id="to the last digit"),
        pytest.param(
            'targets = { "2026-01" = "+10%", "2026-10" = "+20%" }\nbaseline = "50"',
            "60",
            id="in a schedule: 50 + 20% of 50",
        ),
    ],
)
def test_a_relative_target_moves_the_baseline_by_a_share_of_its_size(
    lines: str, expected: str
) -> None:
    assert post(lines, "2026-10") == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ('target = "+20%"\nbaseline = "200 kr"', "240 kr"),
        ('target = "-15%"\nbaseline = "100"', "≤85"),
    ],
)
def test_a_relative_target_reads_as_the_number_that_it_stands_for(
    lines: str, expected: str
) -> None:
    target = effective_target(
        defined(f"[kpis.it]\n{lines}").kpis["it"], read_period("2026-10")
    ).target
    assert target is not None
    assert target.show(places=0) == expected


CLIMB = 'target = "200"\nbaseline = "100"\nstart = "2026-01"\nby = "2026-05"\n'


@pytest.mark.parametrize(
    ("lines", "period", "expected"),
    [
        pytest.param(CLIMB, "2025-12", "none: the climb starts in 2026-01", id="before it starts"),
        pytest.param(CLIMB, "2026-01", "100 → 200", id="at the start, the baseline"),
        pytest.param(CLIMB, "2026-02", "125 → 200", id="100 + 100 * 1/4"),
        pytest.param(CLIMB, "2026-04", "175 → 200", id="100 + 100 * 3/4"),
        pytest.param(CLIMB, "2026-05", "200 → 200", id="at its end, the end"),
        pytest.param(CLIMB, "2027-01", "200 → 200", id="afterwards the end holds"),
        pytest.param(
            'target = "<10%"\nbaseline = "20%"\nstart = "2026-01"\nby = "2026-04"',
            "2026-02",
            "16.666666666667 → 10",
            id="downwards: 20 - 10 * 1/3",
        ),
        pytest.param(
            'target = "+50%"\nbaseline = "100"\nstart = "2026-01"\nby = "2026-03"',
            "2026-02",
            "125 → 150",
            id="to a relative end: 100 + 50 * 1/2",
        ),
        pytest.param(
            'target = "0"\nbaseline = "-30"\nstart = "2026-01"\nby = "2026-04"',
            "2026-03",
            "-10 → 0",
            id="from below zero: -30 + 30 * 2/3",
        ),
        pytest.param(
            'frequency = "weekly"\n'
            'target = "104"\nbaseline = "100"\nstart = "2025-W52"\nby = "2026-W04"',
            "2026-W02",
            "102 → 104",
            id="weeks over the turn of a year: 2 of 4 steps",
        ),
        pytest.param(
            'frequency = "quarterly"\n'
            'target = "160"\nbaseline = "100"\nstart = "2025-Q4"\nby = "2026-Q4"',
            "2026-Q3",
            "145 → 160",
            id="quarters: 3 of 4 steps",
        ),
    ],
)
def test_a_climb_takes_an_equal_step_each_period(lines: str, period: str, expected: str) -> None:
    assert post(lines, period) == expected


SUM = 'rollup = "sum"\n'


@pytest.mark.parametrize(
    ("lines", "period", "expected"),
    [
        pytest.param(SUM + 'target = "100.50"', "2026-Q4", "301.5", id="summed: 3 * 100.50"),
        pytest.param(SUM + 'target = "100"', "2026", "1200", id="summed: 12 * 100"),
        pytest.param(SUM + 'target = "40..60"', "2026-Q4", "120..180", id="both edges of a range"),
        pytest.param(SUM + SCHEDULE, "2026-Q3", "1500", id="3 * 500"),
        pytest.param(SUM + SCHEDULE, "2026", "5700", id="6 * 450 + 6 * 500"),
        pytest.param(
            SUM + 'targets = { "2026-02" = "7" }',
            "2026-Q1",
            "none: no target for 2026-01",
            id="one that is missing is named",
        ),
        pytest.param(SUM + CLIMB, "2026-Q1", "375 → 200", id="the steps 100 + 125 + 150"),
        pytest.param(
            SUM + CLIMB, "2026", "2150 → 200", id="100 + 125 + 150 + 175 and eight times 200"
        ),
        pytest.param('rollup = "mean"\n' + SCHEDULE, "2026", "500", id="a mean keeps the last one"),
        pytest.param('rollup = "last"\n' + CLIMB, "2026-Q1", "150 → 200", id="March's step"),
        pytest.param('target = "7"', "2026-Q4", "7", id="so does what can't be rolled up"),
        pytest.param(
            'rollup = "max"\ntargets = { "2026-02" = "7" }',
            "2026-Q1",
            "7",
            id="it needs none but that one",
        ),
        pytest.param(
            SUM + 'frequency = "daily"\ntarget = "10"', "2026-W47", "70", id="7 days of a week"
        ),
        pytest.param(
            SUM + 'frequency = "quarterly"\ntarget = "10"', "2026", "40", id="4 quarters of a year"
        ),
    ],
)
def test_a_longer_view_sums_a_sums_targets_and_keeps_the_last_of_any_other(
    lines: str, period: str, expected: str
) -> None:
    assert post(lines, period) == expected


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        pytest.param("2026-01", "100.0 kr", id="the baseline"),
        pytest.param("2026-02", "133 kr", id="a step, which is computed"),
        pytest.param("2026-04", "200.00 kr", id="the end"),
        pytest.param("2026-05", "200.00 kr", id="and ever after"),
    ],
)
def test_what_was_typed_keeps_its_digits_on_a_climb(period: str, expected: str) -> None:
    climb = 'target = "200.00 kr"\nbaseline = "100.0 kr"\nstart = "2026-01"\nby = "2026-04"'
    target = effective_target(defined(f"[kpis.it]\n{climb}").kpis["it"], read_period(period)).target
    assert target is not None
    assert target.show(places=0) == expected


def test_a_sum_of_strict_targets_is_strict() -> None:
    kpi = defined('[kpis.it]\nrollup = "sum"\ntarget = "<20 kr"').kpis["it"]
    target = effective_target(kpi, read_period("2026-Q4")).target
    assert target is not None
    assert target.show() == "<60 kr"
