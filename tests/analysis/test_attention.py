import pytest

from kpicli.analysis.analysis_ledger import AnalysisLedger
from kpicli.analysis.attention import Attention, attention, good_news
from kpicli.analysis.kpi_forecast import ForecastPeriod, TargetOdds
from kpicli.model.kpi import Kpi
from kpicli.model.period import read_period
from tests.analysis.test_kpi_forecast_periods import months
from tests.evaluation.board import board, damage

STEADY = ["50"] * 9
CALM = ["50", "52"] * 4
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
        pytest.param('target = "54"', months(STEADY), ["it: at_risk"], id="at risk, and stays so"),
        pytest.param(
            'target = "52"', months(["53", "54", "55", "50"]), [], id="at risk for a single time"
        ),
        pytest.param(
            'target = "52"',
            months(["53", "50", "40", "50"]),
            ["it: at_risk"],
            id="not on target for three in a row",
        ),
        pytest.param(
            'target = "52"', months(["53", "50", "54", "50", "51"]), [], id="two in a row"
        ),
        pytest.param(
            'target = "54"\nsupports = "top"\n[kpis.top]',
            months(STEADY),
            [],
            id="at risk, but only supporting",
        ),
        pytest.param(
            'target = "55"\nsupports = "top"\n[kpis.top]',
            months(FALLING),
            ["it: at_risk signal"],
            id="supporting, and what it was likely to miss is missed",
        ),
        pytest.param(
            'target = "52"',
            months([*FALLING[:7], *["50"] * 2]),
            ["it: at_risk"],
            id="at risk, and falling",
        ),
        pytest.param('target = "60"', months(STEADY), ["it: off_target"], id="off target"),
        pytest.param(
            'target = "50"', months(FALLING), ["it: sliding signal"], id="on target, but falling"
        ),
        pytest.param('target = "<100"', months(FALLING), [], id="falling, as it should"),
        pytest.param(
            'target = "55"',
            months(FALLING),
            ["it: at_risk signal"],
            id="at risk, and it still falls",
        ),
        pytest.param('target = "50"', months(STEADY[:8], 8), ["it: overdue"], id="overdue"),
        pytest.param(
            'target = "60"', months(STEADY[:8], 8), ["it: off_target overdue"], id="both, in order"
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
        "late: overdue",
        "slides: sliding signal",
    ]


def test_what_slides_says_how_likely_and_when() -> None:
    (one,) = needy('[kpis.it]\ntarget = "50"', *months(FALLING))
    assert one.odds is not None
    assert str(one.odds.period) in {"2026-11", "2026-12"}
    assert one.chance == 1 - one.odds.met > 0.5


@pytest.mark.parametrize(
    ("values", "met", "expected"),
    [
        pytest.param(FALLING, 0.36, ["it: sliding signal"], id="falling, 64% to be missed"),
        pytest.param(FALLING, 0.495, ["it: sliding signal"], id="it rounds to 51%"),
        pytest.param(FALLING, 0.496, ["it: signal"], id="it rounds to 50%"),
        pytest.param(STEADY, 0.1, [], id="nothing agrees"),
        pytest.param([*CALM, "49"], 0.36, ["it: at_risk"], id="at risk now, 64% to be missed"),
        pytest.param([*CALM, "49"], 0.55, [], id="at risk now, 45% to be missed"),
    ],
)
def test_it_slides_where_it_is_likely_to_be_missed_and_a_trend_agrees(
    values: list[str], met: float, expected: list[str]
) -> None:
    scorecard = board('[kpis.it]\ntarget = "50"', *months(values))
    assert told(with_odds(scorecard, met)) == expected


def with_odds(scorecard: AnalysisLedger, met: float) -> tuple[Attention, ...]:
    """What needs a person where every period to come is so likely to meet its target."""

    class Known(AnalysisLedger):
        def odds(self, kpi: Kpi, step: ForecastPeriod) -> TargetOdds | None:
            odds = super().odds(kpi, step)
            return odds and odds._replace(met=met)

    ledger = Known.of(scorecard)
    return attention(ledger, [ledger.latest(ledger.definitions.kpis["it"])])


@pytest.mark.parametrize(
    ("met", "expected"),
    [
        pytest.param(0.9, [], id="its bill is still to come"),
        pytest.param(0.4, ["it: off_target"], id="likely to be missed as well"),
    ],
)
def test_what_is_behind_its_pace_needs_a_person_where_the_month_is_likely_to_miss(
    met: float, expected: list[str]
) -> None:
    days = [f"it 2026-11-{day:02} 0" for day in range(1, 16)]
    toml = '[kpis.it]\ntarget = "45"\nrollup = "sum"'
    found = with_odds(board(toml, *months(CALM), *days, today="2026-11-16"), met)
    assert told(found) == expected
    assert [one.chance for one in found] == [1 - met] * len(found)


def test_the_worst_is_furthest_off_in_its_own_tolerance() -> None:
    toml = '[kpis.half]\ntarget = 10\n[kpis.uptime]\ntarget = "99.9%"\ntolerance = "0.05 pp"'
    toml += '\n[kpis.strict]\ntarget = 10\ntolerance = "0%"'
    found = needy(toml, "half 2026-10 5", "uptime 2026-10 97", "strict 2026-10 9")
    assert [one.evaluation.kpi.id for one in found] == ["strict", "uptime", "half"]


@pytest.mark.parametrize(
    ("values", "count"),
    [
        pytest.param(["60", "50", "40", "40"], 3, id="from yellow to red"),
        pytest.param(["40", "60", "40"], 1, id="after one on target"),
    ],
)
def test_what_is_off_target_says_for_how_long(values: list[str], count: int) -> None:
    (one,) = needy('[kpis.it]\ntarget = "52"', *months(values))
    assert (one.in_a_row, one.concerns[0]) == (count, "off_target")


def test_a_signal_alone_agrees_as_well() -> None:
    """No trend of nine, but the latest lies below all that is usual."""
    (one,) = needy('[kpis.it]\ntarget = "40"', *months([*LONG[:8], "41"]))
    assert told((one,))[0] in {"it: signal", "it: sliding signal"}


FUNNEL = """\
[kpis.rate]
target = "50"
formula = "done / tried * 100"
[kpis.done]
direction = "higher"
supports = "rate"
[kpis.tried]
direction = "lower"
supports = "rate"
[kpis.other]
direction = "lower"
supports = "rate"
"""


def jumping(id: str, last: str, *, until: int = 10) -> list[str]:
    """Fourteen calm months, and one that is not."""
    first = read_period("2026-10").shift(-14)
    values = [*LONG, last][: until + 5]
    return [f"{id} {first.shift(at)} {value}" for at, value in enumerate(values)]


class TestSupporting:
    def test_it_stands_beneath_what_it_explains_by_formula(self) -> None:
        records = [*jumping("done", "52"), *jumping("tried", "190"), *jumping("other", "190")]
        found = needy(FUNNEL, *records)
        assert [(one.evaluation.kpi.id, one.explains) for one in found] == [
            ("rate", None),
            ("tried", "rate"),
        ]

    def test_it_is_not_there_where_that_is_fine(self) -> None:
        assert (
            needy(FUNNEL.replace('"50"', '"20"'), *jumping("done", "190"), *jumping("tried", "190"))
            == ()
        )

    def test_it_is_not_there_alone_where_somebody_has_to_record_it(self) -> None:
        records = [*jumping("done", "190"), *jumping("tried", "52", until=9)]
        assert needy(FUNNEL.replace('"50"', '"20"'), *records) == ()

    def test_one_with_a_target_stands_for_itself(self) -> None:
        toml = FUNNEL.replace("[kpis.tried]\n", '[kpis.tried]\ntarget = "<100"\n')
        toml = toml.replace('"<100"\ndirection = "lower"', '"<100"')
        found = needy(
            toml.replace('"50"', '"20"'), *jumping("done", "190"), *jumping("tried", "190")
        )
        assert told(found) == ["tried: off_target signal"]


class TestNews:
    @pytest.mark.parametrize(
        ("later", "is_listed"),
        [
            pytest.param(["70"], True, id="it appears"),
            pytest.param(["70", "70"], False, id="it stays"),
            pytest.param(["70", "75"], True, id="it grows"),
            pytest.param(["70", "75", "74"], False, id="it stays there"),
        ],
    )
    def test_a_signal_is_news_when_it_appears_and_while_it_grows(
        self, later: list[str], *, is_listed: bool
    ) -> None:
        first = read_period("2026-10").shift(-13 - len(later))
        values = [*LONG, *later]
        records = [f"it {first.shift(at)} {value}" for at, value in enumerate(values)]
        assert bool(needy('[kpis.it]\ntarget = "<100"', *records)) is is_listed

    @pytest.mark.parametrize(
        ("last", "day", "is_news"),
        [
            pytest.param("2026-10", "2026-11-02", True, id="the latest month there can be"),
            pytest.param("2026-09", "2026-10-02", True, id="the latest is not recorded yet"),
            pytest.param("2026-08", "2026-09-02", False, id="nothing newer for two months"),
            pytest.param("2026-08", "2026-11-02", True, id="of then, but it came in only now"),
        ],
    )
    def test_it_is_none_of_long_ago(self, last: str, day: str, *, is_news: bool) -> None:
        first = read_period(last).shift(-14)
        records = [f"it {first.shift(at)} {value} on {day}" for at, value in enumerate(LONG)]
        toml = '[kpis.it]\ntarget = "<100"\ngrace = 90'
        found = needy(toml, *records, f"it {last} 80 on {day}")
        assert told(found) == ["it: signal"] * is_news

    def test_what_is_good_is_told_apart(self) -> None:
        scorecard = board('[kpis.it]\ntarget = "40"', *JUMP)
        (news,) = good_news(scorecard, [scorecard.latest(scorecard.definitions.kpis["it"])])
        assert [signal.rule for signal in news.signals] == ["outside_limits"]
        assert attention(scorecard, [news.evaluation]) == ()


CLIMB = 'baseline = "50"\nstart = "2026-01"\nby = "2027-07"\n'


@pytest.mark.parametrize(
    ("aim", "expected"),
    [
        pytest.param("90", "2027-07", id="well before its step, but on no way to the end"),
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
    periods = [str(one.odds.period) for one in found if one.odds]
    assert periods == ([expected] if expected else [])


@pytest.mark.parametrize(("count", "is_trial"), [(11, True), (12, False)])
def test_limits_of_fewer_than_twelve_are_on_trial(count: int, *, is_trial: bool) -> None:
    (one,) = needy('[kpis.it]\ntarget = "<100"', *JUMP[-count:])
    assert (bool(one.signals), one.is_trial) == (True, is_trial)


def test_nothing_is_forecast_of_what_is_off_target_already() -> None:
    (one,) = needy('[kpis.it]\ntarget = "100"', *months(FALLING))
    assert one.odds is None
