"""How lines, steps and areas are drawn, and which is seen where two meet."""

import pytest

from kpicli.render.chart.frame import chart_lines
from kpicli.views.parts.plot import Band, Line, Plot, Role
from tests.render.chart.plots import MONTHS, plot, text

PICTURES = [
    pytest.param(
        plot(Line(Role.ACTUAL, (0.0, 50.0, 100.0))),
        False,
        """\
100 ┤                      ⡠⠤⠊●
    │                  ⡠⠤⠊⠉
 50 ┤             ⢀⡠●⠊⠉
    │         ⣀⡠⠔⠊⠁
  0 ┤     ●⠤⠒⠉
    └─────┬───────────────────┬────
       2024-01             2024-03
⠒●⠒ actual""",
        id="a line goes through its points",
    ),
    pytest.param(
        plot(Line(Role.ACTUAL, (0.0, 50.0, 100.0))),
        True,
        """\
100 +                         *
    |
 50 +               *
    |
  0 +     *
    +-----+-------------------+----
       2024-01             2024-03
* actual""",
        id="in ASCII the points stand alone",
    ),
    pytest.param(
        plot(Line(Role.ACTUAL, (50.0, 50.0, None, 50.0, None, 50.0, 50.0))),
        False,
        """\
100 ┤
    │
 50 ┤  ●⠤⠤⠤⠤●         ●         ●⠤⠤⠤⠤●
    │
  0 ┤
    └──┬─────────┬─────────┬─────────┬──
    2024-01   2024-03   2024-05  2024-07
⠒●⠒ actual""",
        id="a gap stays a gap and a lone point is seen",
    ),
    pytest.param(
        plot(Line(Role.TARGET, (25.0, 25.0, 75.0, 75.0), is_stepped=True)),
        False,
        """\
100 ┤
    │                 ⢰⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒
 50 ┤                 ⢸
    │⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠜
  0 ┤
    └────┬────────────────┬────────┬────
      2024-01          2024-03  2024-04
⠒⠒⠒ target""",
        id="a target holds for its whole period and then steps",
    ),
    pytest.param(
        plot(
            Line(Role.ACTUAL, (50.0, None, None, None)),
            Line(Role.FORECAST, (50.0, 50.0, 50.0, 50.0)),
            Band(Role.POSSIBLE, (50.0, 20.0, 0.0, 0.0), (50.0, 80.0, 100.0, 100.0)),
            Band(Role.LIKELY, (50.0, 40.0, 30.0, 30.0), (50.0, 60.0, 70.0, 70.0)),
            known=1,
        ),
        False,
        """\
100 ┤        ┊         ░░░░░░░░░░░░░
    │        ┊  ░░░░░░░░░░░░░░░░░░░░
 50 ┤    ●▒⠤⠄▒⠤⠄▒⠤○▒⠤⠄▒⠤⠄▒○⠄▒⠤⠄▒⠤⠄▒○
    │        ┊  ░░░░░░░░░░░░░░░░░░░░
  0 ┤        ┊         ░░░░░░░░░░░░░
    └────┬────────────────┬────────┬────
      2024-01          2024-03  2024-04
⠒●⠒ actual   ⠒○⠂ forecast
▒▒▒ 80% of outcomes
░░░ 95% of outcomes
┊ measured until here""",
        id="a fan opens from what is known",
    ),
    pytest.param(
        plot(
            Line(Role.MEAN, (50.0, 50.0), is_stepped=True),
            Line(Role.LIMITS, (25.0, 25.0), is_stepped=True),
            Line(Role.LIMITS, (75.0, 75.0), is_stepped=True),
            Band(Role.TOLERANCE, (0.0, 0.0), (20.0, 20.0), is_stepped=True),
        ),
        False,
        """\
100 ┤
    │⠂⠂⠂⠂⠂⠂⠂⠂⠂⠂⠂⠂⠂⠂⠂⠂⠂⠂⠂⠂⠂⠂⠂⠂
 50 ┤⠤ ⠤ ⠤ ⠤ ⠤ ⠤ ⠤ ⠤ ⠤ ⠤ ⠤ ⠤
    │⠄⠄⠄⠄⠄⠄⠄⠄⠄⠄⠄⠄⠄⠄⠄⠄⠄⠄⠄⠄⠄⠄⠄⠄
  0 ┤ · · · · · · · · · · · ·
    └──────┬───────────┬─────
        2024-01     2024-02
· · still at risk   ⠒ ⠒ average
⠂⠂⠂ natural limits""",
        id="an average is dashed, limits are dotted and a tolerance is sparse",
    ),
]


@pytest.mark.parametrize(("shown", "is_ascii", "expected"), PICTURES)
def test_a_plot_is_drawn(shown: Plot, expected: str, *, is_ascii: bool) -> None:
    assert "\n".join(text(shown, is_ascii=is_ascii)) == expected


MORE_IMPORTANT = (
    (Role.ACTUAL, Role.TARGET),
    (Role.TARGET, Role.FORECAST),
    (Role.FORECAST, Role.LIMITS),
    (Role.LIMITS, Role.LIKELY),
    (Role.LIKELY, Role.POSSIBLE),
    (Role.POSSIBLE, Role.TOLERANCE),
)


@pytest.mark.parametrize(("above", "beneath"), MORE_IMPORTANT)
@pytest.mark.parametrize("is_ascii", [False, True])
def test_where_two_meet_the_more_important_one_is_seen(
    above: Role, beneath: Role, *, is_ascii: bool
) -> None:
    level = (50.0, 50.0)
    shown = Plot(
        "",
        MONTHS[:2],
        2,
        0.0,
        100.0,
        (),
        tuple(Line(role, level, is_stepped=True) for role in (above, beneath) if role in LINES),
        tuple(Band(role, level, level) for role in (above, beneath) if role not in LINES),
    )
    seen = {run.role for line in chart_lines(shown, 40, 5, is_ascii=is_ascii)[:5] for run in line}
    assert above in seen
    assert beneath not in seen or above in {Role.FORECAST, Role.LIMITS}, "dashes let it through"


LINES = {Role.ACTUAL, Role.TARGET, Role.FORECAST, Role.MEAN, Role.LIMITS}


def test_what_is_dashed_has_no_risers() -> None:
    shown = plot(Line(Role.MEAN, (10.0, 90.0), is_stepped=True))
    assert [line[5:].strip() for line in text(shown)[1:4]] == ["", "", ""]


@pytest.mark.parametrize("known", [1, 35])
def test_a_line_from_top_to_bottom_ends_what_is_known(known: int) -> None:
    lines = text(plot(Line(Role.ACTUAL, (None,) * 36), known=known), 80)
    assert [line.count("┊") for line in lines] == [1] * 5 + [0, 0, 1]
    assert len({line.find("┊") for line in lines[:5]}) == 1


def test_an_area_of_one_period_is_as_wide_as_that() -> None:
    shown = plot(Band(Role.LIKELY, (None, 0.0, None), (None, 100.0, None)))
    assert [line[5:] for line in text(shown)[:5]] == [" " * 10 + "▒" * 10] * 5


def test_dots_of_two_roles_share_a_cell() -> None:
    shown = plot(
        Line(Role.TARGET, (85.0, 85.0), is_stepped=True),
        Line(Role.LIMITS, (100.0, 100.0), is_stepped=True),
    )
    assert text(shown)[0] == "100 ┤" + "⣁" * 24
