"""Mistakes that people make in kpis.toml: each is named for what it is, with what to write."""

import pytest

from tests.installed import Kpi, Terminal


def said(kpi: Kpi, toml: str) -> str:
    (kpi.folder / "kpis.toml").write_text(toml, "utf-8")
    run = kpi("status")
    assert (run.code, run.out) == (2, "")
    return run.err


@pytest.mark.parametrize(
    ("lines", "message", "hint"),
    [
        pytest.param(
            'targets = {\n  "2026-01" = "450 kr",\n}',
            "targets = { … } must stand on one line",
            "[kpis.rev.targets]",
            id="a schedule over several lines",
        ),
        pytest.param(
            "target = 500000 kr",
            "expected newline or end of document after a statement",
            'put text in quotes: target = "500000 kr"',
            id="no quotes",
        ),
        pytest.param(
            "<<<<<<< HEAD\ntarget = 5\n=======\ntarget = 6\n>>>>>>> theirs",
            "kpis.toml:2:1: git conflict markers",
            "take out the lines <<<<<<<, ======= and >>>>>>>",
            id="a merge that is not settled",
        ),
        pytest.param("target = <60%", "invalid value", 'quotes: target = "<60%"', id="a sign"),
        pytest.param(
            'target = "500 kr', "unterminated string", 'target = "500 kr"', id="no end quote"
        ),
        pytest.param('direction = "up"', "got 'up'", "did you mean 'higher'?", id="up"),
        pytest.param('direction = "Down"', "got 'Down'", "did you mean 'lower'?", id="down"),
        pytest.param('rollup = "average"', "got 'average'", "did you mean 'mean'?", id="average"),
        pytest.param('rollup = "total"', "got 'total'", "did you mean 'sum'?", id="total"),
        pytest.param('frequency = "month"', "'month'", "did you mean 'monthly'?", id="month"),
        pytest.param('red = "<80%"', "unknown key 'red'", "tolerance", id="red"),
        pytest.param('amber = "<90%"', "unknown key 'amber'", "tolerance", id="amber"),
        pytest.param("shared = true", "unknown key 'shared'", "", id="a field of the program"),
        pytest.param("decimal = ','", "key 'decimal'", "at the top of the file", id="of the file"),
        pytest.param('goals = "growth"', "key 'goals'", "mean 'goal'", id="one goal"),
        pytest.param("default_keys = []", "unknown key 'default_keys'", "", id="another one"),
        pytest.param('target = "max 5%"', "'max 5%'", "write <=5%", id="max"),
        pytest.param('target = "at least 5"', "'at least 5'", "write >=5", id="at least"),
        pytest.param('target = "10-20%"', "'10-20%'", "a range is written 10..20%", id="a range"),
        *(
            pytest.param(f'target = "{target}"', "", hint, id=target)
            for target, hint in (
                ("between 5 and 10", "a range is written 5..10"),
                ("from 5 to 10 %", "a range is written 5..10%"),
                (">5 and <10 kr", "a range is written 5..10 kr"),
                ("5 ± 1.5 h", "a range is written 3.5..6.5 h"),
                ("5 +/- 1", "a range is written 4..6"),
                ("5...10", "a range is written 5..10"),
                ("=5 kr", "write >=5 kr, or <=5 kr"),
                ("=> 5", "write >=5"),
                ("..5%", "write <=5%"),
                ("5+ kr", "write >=5 kr"),
                ("5%%", "write it once: %"),
                ("95% uptime", "write the unit alone"),
                ("<3E-7", "write all digits"),
                ("30 days or less", "write <=30 days"),
                ("99.9% eller mer", "write >=99.9%"),
                ("4 h max.", "write <=4 h"),
                ("5%+", "write >=5%"),
            )
        ),
        pytest.param("targets = 5", "expected a table", "write [kpis.rev.targets]", id="a number"),
        pytest.param('target = "10% - 20%"', "'10% - 20%'", "10..20%", id="a range with signs"),
        pytest.param(
            'target = "80 points by 2026-12"',
            "'80 points by 2026-12'",
            'write target = "80 points" and by = "2026-12"',
            id="a period in a target",
        ),
        pytest.param('target = ">=4 of 5"', "'>=4 of 5'", "write 4", id="of"),
        pytest.param('target = "2:30 h"', "'2:30 h'", "write 2.5 h", id="hours and minutes"),
        pytest.param('target = "<2:30"', "2 h 30 min or 2 min 30 s", "write 2h30m", id="a clock"),
        pytest.param('target = "1.5B kr"', "'1.5B kr'", "write 1,500,000,000 kr", id="billions"),
        pytest.param('target = "2 mio. EUR"', "'2 mio. EUR'", "write 2,000,000 EUR", id="mio"),
        pytest.param('target = ">=1.5 mill kr"', "", "write 1,500,000 kr", id="mill"),
        pytest.param('target = "480.000 kr"', "480.000 or 480000", 'decimal = "."', id="480.000"),
        pytest.param(
            'frequency = "weekly"\ntarget = "9"\nbaseline = 4\nstart = "2026-W01"\nby = "2026-12"',
            "by: is not a week, and the KPI is weekly",
            "write 2026-W53",
            id="a climb to a month",
        ),
        pytest.param('unit = "points by 2026"', "is not a unit", "", id="a unit with a year"),
        pytest.param('unit = "mill kr"', "'mill' is a size", "", id="a unit with a size"),
        pytest.param('unit = "of 5"', "is not a unit", "", id="a unit with of"),
    ],
)
def test_a_mistake_is_named_with_what_to_write(
    kpi: Kpi, lines: str, message: str, hint: str
) -> None:
    error = said(kpi, f"[kpis.rev]\n{lines}\n")
    assert error.startswith("kpis.toml:")
    assert message in error
    assert hint in error
    assert "did you mean 'shared'" not in error


def test_a_unit_that_is_at_fault_is_not_held_against_the_tolerance(kpi: Kpi) -> None:
    error = said(kpi, '[kpis.rev]\ntarget = "5%%"\ntolerance = "2 pp"\n')
    assert "tolerance" not in error


@pytest.mark.parametrize(
    ("lines", "target"),
    [
        pytest.param('target = "<2h30m"', "<2.5 h", id="the first unit is the KPI's"),
        pytest.param('unit = "h"\ntarget = "<90 min"', "<1.5 h", id="into the unit"),
        pytest.param('unit = "h"\ntarget = "<1:30"', "<1.5 h", id="a clock in hours"),
        pytest.param('target = "USD 1,250"', "1,250 USD", id="a code before the number"),
        pytest.param('target = "≤5 percent"', "≤5%", id="percent in a word"),
        pytest.param('target = "30 min..2 h"', "30..120 min", id="a range of two lengths"),
        pytest.param(
            'targets = {"2026-01" = "2 h", "2026-02" = "90 min"}', "1.5 h", id="a schedule"
        ),
    ],
)
def test_a_target_is_read_as_people_write_it(kpi: Kpi, lines: str, target: str) -> None:
    (kpi.folder / "kpis.toml").write_text(f'[kpis.rev]\n{lines}\ntolerance = "10%"\n', "utf-8")
    run = kpi("status", "--period", "2026-10")
    assert run.code == 0, run.err
    assert f"  {target}  " in run.out


def test_a_screen_lists_as_many_faults_as_are_read(kpi: Kpi, terminal: Terminal) -> None:
    toml = "".join(f"[kpis.a{number}]\nwrong = 1\n" for number in range(1, 31))
    lines = said(kpi, toml).splitlines()
    assert len([line for line in lines if "unknown key 'wrong'" in line]) == 30
    screen = " ".join(terminal("status", columns=200).sent.decode().split())
    assert screen.count("unknown key 'wrong'") == 20
    assert "and 10 more: 2> FILE at the end of the command keeps all hint: correct" in screen
