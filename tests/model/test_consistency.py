import pytest

from tests.model.built import complaints


@pytest.mark.parametrize(
    ("lines", "complaint"),
    [
        pytest.param(
            'target = "5"\ntargets = { "2026-01" = "5" }',
            "targets: cannot be combined with target",
            id="a target and a schedule",
        ),
        pytest.param(
            'unit = "%"\nrollup = "sum"',
            "rollup: percentages can't be summed",
            id="summed percentages",
        ),
        pytest.param(
            'target = "5%"\nrollup = "sum"',
            "rollup: percentages can't be summed",
            id="summed percentages by the target's unit",
        ),
        pytest.param(
            'targets = { "2026-01" = "<5", "2026-02" = "6" }',
            "targets: point both up and down",
            id="a schedule that turns round",
        ),
        pytest.param(
            'target = "+20%"',
            "target: is relative to a baseline, and there is none",
            id="a step from nowhere",
        ),
        pytest.param(
            'targets = { "2026-01" = "-20%" }',
            "targets: is relative to a baseline, and there is none",
            id="an entry's step from nowhere",
        ),
        pytest.param(
            'target = "10"\nbaseline = 4\nby = "2026-12"',
            "by: needs start: a climb has baseline, start and by",
            id="a climb without start",
        ),
        pytest.param(
            'target = "10"\nbaseline = 4\nstart = "2026-01"',
            "start: needs by: a climb has baseline, start and by",
            id="a climb without end",
        ),
        pytest.param(
            'target = "10"\nstart = "2026-01"\nby = "2026-12"',
            "start: needs baseline: a climb has baseline, start and by",
            id="a climb without baseline",
        ),
        pytest.param(
            'baseline = 4\nstart = "2026-01"\nby = "2026-12"',
            "start: a climb ends in one target",
            id="a climb to nowhere",
        ),
        pytest.param(
            'targets = { "2026-01" = "10" }\nbaseline = 4\nstart = "2026-01"\nby = "2026-12"',
            "start: a climb ends in one target",
            id="a climb to a schedule",
        ),
        pytest.param(
            'target = "10"\nbaseline = 4\nstart = "2026-12"\nby = "2026-01"',
            "by: 2026-01 does not come after start, 2026-12",
            id="a climb that ends before it starts",
        ),
        pytest.param(
            'target = "10"\nbaseline = 4\nstart = "2026-01"\nby = "2026-01"',
            "by: 2026-01 does not come after start, 2026-01",
            id="a climb of no time",
        ),
        pytest.param(
            'target = "10"\nbaseline = 4\nstart = "2026-01"\nby = "2026-Q4"',
            "by: is not a month, and the KPI is monthly",
            id="a climb that ends in a quarter",
        ),
        pytest.param(
            'target = "10"\nbaseline = 4\nstart = "2026-W01"\nby = "2026-12"',
            "start: is not a month, and the KPI is monthly",
            id="a climb that starts in a week",
        ),
        pytest.param(
            'target = "10"\nbaseline = 14\nstart = "2026-01"\nby = "2026-12"',
            "baseline: lies beyond the target: the climb runs against its direction",
            id="a climb down to at least",
        ),
        pytest.param(
            'target = "<10"\nbaseline = 4\nstart = "2026-01"\nby = "2026-12"',
            "baseline: lies beyond the target: the climb runs against its direction",
            id="a climb up to at most",
        ),
        pytest.param(
            'target = "5..10"\nbaseline = 4\nstart = "2026-01"\nby = "2026-12"',
            "target: a climb ends in one number, not in a range",
            id="a climb to a range",
        ),
        pytest.param(
            'rebase = ["2026-03", "2026-Q2"]',
            "rebase: 2026-Q2 is not a month, and the KPI is monthly",
            id="a change that begins with a quarter",
        ),
        pytest.param(
            'frequency = "weekly"\nrebase = ["2026-03"]',
            "rebase: 2026-03 is not a week, and the KPI is weekly",
            id="a change that begins with a month",
        ),
        pytest.param(
            'rebase = ["2026-03", "2025-01", "2026-03"]',
            "rebase: 2026-03 is listed twice",
            id="a change twice",
        ),
    ],
)
def test_keys_of_a_kpi_that_contradict_each_other_are_told(lines: str, complaint: str) -> None:
    assert complaints(f"[kpis.it]\n{lines}") == [f"kpis.it.{complaint}"]


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param('unit = "pp"\nrollup = "sum"', id="a sum of percentage points"),
        pytest.param('unit = "%"\nrollup = "mean"', id="a mean of percentages"),
        pytest.param('target = "+20%"\nbaseline = 5', id="a step from a baseline"),
        pytest.param("baseline = 5", id="a baseline alone"),
        pytest.param('target = "20"\nbaseline = 30', id="a baseline beyond a target without climb"),
        pytest.param('targets = { "2026-01" = "<5", "2026-02" = "1..4" }', id="a sign and a range"),
        pytest.param(
            'target = "10"\nbaseline = 4\nstart = "2026-01"\nby = "2026-02"', id="a climb up"
        ),
        pytest.param(
            'target = "<10"\nbaseline = 14\nstart = "2026-01"\nby = "2026-02"', id="a climb down"
        ),
        pytest.param(
            'target = "10"\nbaseline = 10\nstart = "2026-01"\nby = "2026-02"', id="a level climb"
        ),
        pytest.param(
            'target = "-20%"\nbaseline = -10\nstart = "2026-01"\nby = "2026-02"',
            id="a relative climb",
        ),
        pytest.param(
            'frequency = "weekly"\ntarget = "9"\nbaseline = 4\nstart = "2026-W01"\nby = "2026-W02"',
            id="a climb of weeks",
        ),
        pytest.param('rebase = ["2026-03", "2025-01"]', id="changes in any order"),
        pytest.param('frequency = "daily"\nrebase = ["2026-03-02"]', id="a change on a day"),
        pytest.param("rebase = []", id="no known change"),
    ],
)
def test_keys_of_a_kpi_that_agree_are_fine(lines: str) -> None:
    assert complaints(f"[kpis.it]\n{lines}") == []


def test_a_target_at_fault_still_excludes_a_schedule() -> None:
    assert complaints('[kpis.it]\ntarget = "x"\ntargets = { "2026-01" = "5" }') == [
        "kpis.it.target: 'x' is not a number kpi can store",
        "kpis.it.targets: cannot be combined with target",
    ]


def test_a_baseline_at_fault_is_not_missed_as_well() -> None:
    assert complaints('[kpis.it]\ntarget = "+20%"\nbaseline = "x"') == [
        "kpis.it.baseline: 'x' is not a number kpi can store"
    ]


def test_each_period_of_a_change_is_told_apart() -> None:
    assert complaints('[defaults]\nrebase = ["2026-Q1", "x", "2026"]\n[kpis.it]') == [
        "defaults.rebase: 'x' is not a period",
        "defaults.rebase: 2026-Q1 is not a month, and the KPI is monthly",
        "defaults.rebase: 2026 is not a month, and the KPI is monthly",
    ]


def test_all_that_a_climb_lacks_is_told_at_once() -> None:
    assert complaints('[kpis.it]\ntarget = "5..10"\nby = "2026-12"') == [
        "kpis.it.by: needs baseline: a climb has baseline, start and by",
        "kpis.it.by: needs start: a climb has baseline, start and by",
        "kpis.it.target: a climb ends in one number, not in a range",
    ]
