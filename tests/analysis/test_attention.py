import pytest

from kpicli.analysis.attention import Attention, attention
from tests.analysis.test_kpi_forecast_periods import months
from tests.evaluation.board import board, damage

STEADY = ["50"] * 9
FALLING = ["90", "86", "81", "77", "72", "68", "63", "59", "54"]


def needy(toml: str, *records: str, damaged: tuple[str, ...] = ()) -> tuple[Attention, ...]:
    damages = [damage(pair, 17) for pair in damaged]
    scorecard = board(toml, *records, damages=damages)
    kpis = scorecard.definitions.kpis.values()
    return attention(scorecard, [scorecard.latest(kpi) for kpi in kpis])


def told(found: tuple[Attention, ...]) -> list[str]:
    """Each KPI with its concerns, in order."""
    return [f"{one.evaluation.kpi.id}: {' '.join(one.concerns)}" for one in found]


@pytest.mark.parametrize(
    ("lines", "records", "expected"),
    [
        pytest.param('target = "50"', months(STEADY), [], id="on target, and nothing moves"),
        pytest.param('target = "54"', months(STEADY), [], id="at risk, and nothing moves"),
        pytest.param('target = "60"', months(STEADY), ["it: off_target"], id="off target"),
        pytest.param(
            'target = "50"', months(FALLING), ["it: sliding signal"], id="on target, but falling"
        ),
        pytest.param('target = "<100"', months(FALLING), [], id="falling, as it should"),
        pytest.param(
            'target = "55"', months(FALLING), ["it: sliding signal"], id="at risk, and falling"
        ),
        pytest.param('target = "50"', months(STEADY[:8], 8), ["it: overdue"], id="overdue"),
        pytest.param(
            'target = "60"',
            months(STEADY[:8], 8),
            ["it: off_target overdue"],
            id="both, in order",
        ),
        pytest.param("", months(STEADY), [], id="no target, and nothing moves"),
        pytest.param("", [], [], id="nothing at all"),
        pytest.param('target = "50"', months(STEADY[:3]), [], id="too few to tell what comes"),
    ],
)
def test_it_lists_what_needs_a_person(lines: str, records: list[str], expected: list[str]) -> None:
    assert told(needy(f"[kpis.it]\n{lines}", *records)) == expected


LONG = ["50", "52"] * 7
JUMP = [f"it 2025-{month:02} {value}" for month, value in zip(range(1, 13), LONG, strict=False)] + [
    f"it 2026-{month:02} {value}"
    for month, value in zip(range(1, 11), [*LONG[:9], "80"], strict=True)
]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param('target = "<100"', ["it: signal"], id="bad news"),
        pytest.param('target = "40"', [], id="good news"),
        pytest.param('target = "40..100"', ["it: signal"], id="news, in a range"),
        pytest.param("", [], id="nobody can judge it"),
        pytest.param('direction = "lower"', ["it: signal"], id="bad news without a target"),
    ],
)
def test_a_signal_counts_where_it_is_no_good_news(lines: str, expected: list[str]) -> None:
    assert told(needy(f"[kpis.it]\n{lines}", *JUMP)) == expected


def test_a_signal_that_is_over_needs_nobody() -> None:
    assert needy('[kpis.it]\ntarget = "<100"', *JUMP[:-1], "it 2026-09 80", "it 2026-10 50") == ()


def test_what_damage_hides_needs_a_person() -> None:
    found = needy('[kpis.it]\ntarget = "50"', *months(STEADY[:8], 9), damaged=("it 2026-10",))
    assert told(found) == ["it: overdue damaged"]


def test_the_most_urgent_stands_first_and_the_worst_of_these() -> None:
    toml = "".join(
        f'[kpis.{id}]\ntarget = "{target}"\n'
        for id, target in (("late", 50), ("slides", 50), ("off", 60), ("good", 40), ("far", 90))
    )
    records = [
        *months(STEADY[:8], 8, "late"),
        *months(FALLING, 10, "slides"),
        *(record for id in ("off", "good", "far") for record in months(STEADY, 10, id)),
    ]
    assert told(needy(toml, *records)) == [
        "far: off_target",
        "off: off_target",
        "slides: sliding signal",
        "late: overdue",
    ]


def test_what_slides_says_how_likely_and_when() -> None:
    (one,) = needy('[kpis.it]\ntarget = "50"', *months(FALLING))
    assert one.sliding is not None
    assert str(one.sliding.period) in {"2026-11", "2026-12"}
    assert one.chance == 1 - one.sliding.met > 0.5


@pytest.mark.parametrize(
    ("aim", "met", "off", "expected"),
    [
        pytest.param("50", 0.36, 0.3, ["it: sliding"], id="64% to be missed"),
        pytest.param("50", 0.495, 0.3, ["it: sliding"], id="it rounds to 51%"),
        pytest.param("50", 0.496, 0.3, [], id="it rounds to 50%"),
        pytest.param("50", 0.55, 0.3, [], id="45% to be missed"),
        pytest.param("54", 0.1, 0.64, ["it: sliding"], id="at risk now, 64% to be off target"),
        pytest.param("54", 0.1, 0.45, [], id="at risk now, 45% to be off target"),
    ],
)
def test_it_slides_where_that_is_likelier_than_not(
    aim: str, met: float, off: float, expected: list[str]
) -> None:
    scorecard = board(f'[kpis.it]\ntarget = "{aim}"', *months(STEADY))
    kpi = scorecard.definitions.kpis["it"]
    for step in scorecard.forecast(kpi).steps:
        if odds := scorecard.odds(kpi, step.period):
            scorecard.answers["odds", "it", step.period] = odds._replace(met=met, off=off)
    assert told(attention(scorecard, [scorecard.latest(kpi)])) == expected


CLIMB = 'baseline = "50"\nstart = "2026-01"\nby = "2027-12"\n'


@pytest.mark.parametrize(
    ("aim", "expected"),
    [
        pytest.param("90", "2027-12", id="well before its step, but on no way to the end"),
        pytest.param("70", None, id="well before its end already"),
    ],
)
def test_a_climb_slides_where_its_end_is_likely_to_be_missed(
    aim: str, expected: str | None
) -> None:
    values = ["74", "76", "75", "73", "77", "75", "74", "76", "75"]
    scorecard = board(f'[kpis.it]\n{CLIMB}target = "{aim}"', *months(values))
    kpi = scorecard.definitions.kpis["it"]
    found = attention(scorecard, [scorecard.latest(kpi)])
    periods = [str(one.sliding.period) for one in found if one.sliding]
    assert periods == ([expected] if expected else [])


@pytest.mark.parametrize(("count", "is_trial"), [(11, True), (12, False)])
def test_limits_of_fewer_than_twelve_are_on_trial(count: int, *, is_trial: bool) -> None:
    (one,) = needy('[kpis.it]\ntarget = "<100"', *JUMP[-count:])
    assert (bool(one.signals), one.is_trial) == (True, is_trial)


def test_nothing_is_forecast_of_what_is_off_target_already() -> None:
    (one,) = needy('[kpis.it]\ntarget = "100"', *months(FALLING))
    assert one.sliding is None
