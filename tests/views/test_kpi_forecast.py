"""What is expected, in words and in numbers."""

import pytest

from kpicli.analysis.kpi_forecast import ForecastPeriod, KpiForecast, TargetOdds
from kpicli.analysis.profile import profile
from kpicli.model.period import read_period
from kpicli.views.kpi_forecast import Expectations, rounded
from kpicli.views.parts.view import Note, Table
from kpicli.views.words.behaviour import chance_text
from tests.evaluation.board import board

NEXT = "2026-11 476,512.3±21,400"
FAR = 'baseline = "0 kr"\nstart = "2026-01"\ntarget = "900 kr"\n'


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0.0, "0%"),
        (1e-9, "under 1%"),
        (0.0099, "under 1%"),
        (0.01, "1%"),
        (0.234, "23%"),
        (0.99, "99%"),
        (0.9901, "over 99%"),
        (1 - 1e-9, "over 99%"),
        (1.0, "100%"),
    ],
)
def test_only_what_is_certain_is_none_or_all(share: float, text: str) -> None:
    assert chance_text(share) == text


def outlook(lines: str, *steps: str, odds: str = "", record: str = "") -> Expectations:
    """What is expected as `2026-11 480±20` for the 80%, with chances such as `2026-11 0.23`."""
    scorecard = board(f"[kpis.it]\n{lines}", *([f"it {record}"] if record else []))
    kpi = scorecard.definitions.kpis["it"]
    target = kpi.target
    chances = [pair.split() for pair in odds.split(", ") if pair]
    told = tuple(
        TargetOdds(read_period(label), target, float(share), 1 - float(share))
        for label, share in chances
        if target
    )
    prospect = KpiForecast(tuple(map(step, steps)), "" if steps else "5 of the 6 months")
    found = profile(scorecard, kpi, 24)._replace(forecast=prospect, odds=told)
    return Expectations(found, scorecard, 1 if "%" in lines else 0)


def step(words: str) -> ForecastPeriod:
    label, number = words.replace(",", "").split()
    point, off = map(float, number.split("±"))
    edges = (point - off, point + off, point - 2 * off, point + 2 * off)
    return ForecastPeriod(read_period(label), point, *edges)


@pytest.mark.parametrize(
    ("lines", "steps", "odds", "text"),
    [
        pytest.param('target = "5 kr"', [], "", "none: 5 of the 6 months", id="too few"),
        pytest.param(
            'unit = "kr"', [NEXT], "", "2026-11 likely 455,000 to 498,000 kr (80%)", id="no target"
        ),
        pytest.param(
            'target = "500,000 kr"',
            [NEXT],
            "2026-11 0.234",
            "2026-11 likely 455,000 to 498,000 kr (80%), 23% to meet 500,000 kr",
            id="the chance",
        ),
        pytest.param(
            'target = "$500k"',
            [NEXT],
            "2026-11 0.0001",
            "2026-11 likely $455,000 to $498,000 (80%), under 1% to meet $500,000",
            id="a sign before both",
        ),
        pytest.param(
            'target = "<3%"',
            ["2026-11 2.34±0.22"],
            "2026-11 0.998",
            "2026-11 likely 2.1 to 2.6% (80%), over 99% to meet <3%",
            id="no more decimals than are shown elsewhere",
        ),
        pytest.param(
            'target = "3 kr"',
            ["2026-11 -2±1.4"],
            "",
            "2026-11 likely -3 to -1 kr (80%)",
            id="below zero",
        ),
        pytest.param(
            'target = "3 kr"', ["2026-11 42±0"], "", "2026-11 likely 42 kr (80%)", id="no doubt"
        ),
        pytest.param(
            'target = "<=1 incidents"',
            ["2026-11 1±0"],
            "2026-11 0.8",
            "2026-11 likely 1 incident (80%), 80% to meet ≤1 incident",
            id="one",
        ),
        pytest.param(
            'baseline = "0 kr"\nstart = "2026-01"\nby = "2027-01"\ntarget = "900 kr"',
            ["2026-11 700±10", "2026-12 750±20", "2027-01 800±30"],
            "2026-11 0.1, 2026-12 0.2, 2027-01 0.3",
            "2026-11 likely 690 to 710 kr (80%), 10% to meet 900 kr; "
            "2027-01 likely 770 to 830 kr (80%), 30% to meet 900 kr",
            id="the end of a climb",
        ),
        pytest.param(
            f'{FAR}by = "2040-01"',
            ["2026-11 700±10", "2026-12 750±20"],
            "",
            "2026-11 likely 690 to 710 kr (80%); 2040-01 is too far ahead to forecast",
            id="an end that is out of sight",
        ),
        pytest.param(
            f'{FAR}by = "2040-01"\nuntil = "2030-01"',
            ["2026-11 700±10"],
            "",
            "2026-11 likely 690 to 710 kr (80%)",
            id="an end after which nobody looks",
        ),
    ],
)
def test_it_says_what_is_likely_and_what_that_means(
    lines: str, steps: list[str], odds: str, text: str
) -> None:
    assert outlook(lines, *steps, odds=odds).sentence() == text


def test_of_a_period_under_way_the_part_that_is_known_counts() -> None:
    lines = 'target = "500 kr"\nrollup = "sum"'
    steps = ("2026-11 400±20", "2026-12 400±30", "2027-01 400±40")
    one = outlook(lines, *steps, odds="2026-11 0.93, 2026-12 0.4", record="2026-11-04 300")
    assert one.sentence() == (
        "2026-11 93% to meet 500 kr, from what is recorded so far; "
        "2026-12 likely 370 to 430 kr (80%), 40% to meet 500 kr"
    )


def test_what_is_known_already_is_not_expected() -> None:
    one = outlook('target = "9"', "2026-11 4±1", "2026-12 5±1", record="2026-11 7")
    assert one.sentence() == "2026-12 likely 4 to 6 (80%)"
    assert [str(each.period) for each in one.listed] == ["2026-12"]
    assert outlook("", "2026-11 4±1", record="2026-11 7").sentence() == "none: no periods to come"


def test_a_deadline_that_comes_next_is_told_of_once() -> None:
    climb = 'baseline = "0"\nstart = "2026-01"\nby = "2026-12"\ntarget = "9"\nrollup = "sum"'
    one = outlook(climb, "2026-11 4±1", "2026-12 5±1", record="2026-11-04 1")
    assert one.sentence() == "2026-11 likely 3 to 5 (80%); 2026-12 likely 4 to 6 (80%)"


@pytest.mark.parametrize(
    ("steps", "text"),
    [
        (["2026-10 40±2", "2026-11 50±2"], "2026-11 likely 48 to 52 (80%)"),
        (["2026-09 40±2", "2026-10 50±2"], "2026-09 likely 38 to 42 (80%)"),
    ],
    ids=["the one under way", "closed ones where there are no others"],
)
def test_it_tells_of_the_first_period_that_has_not_closed(steps: list[str], text: str) -> None:
    assert outlook("", *steps).sentence() == text


def table(name: str, one: Expectations) -> list[dict[str, object]]:
    tables = {each.name: each for each in one.for_machines()}
    keys = [column.key for column in tables[name].columns]
    return [dict(zip(keys, row.cells, strict=True)) for row in tables[name].rows]


def test_machines_get_every_step_with_its_target_and_chances() -> None:
    one = outlook(
        'target = "40..50 kr"', "2026-11 42.12345±1", "2026-12 43±1", odds="2026-11 0.8765"
    )
    first, second = table("forecast", one)
    assert {key: str(cell) for key, cell in first.items()} == {
        "period": "2026-11",
        "point": "42.12",
        "low_80": "41.12",
        "high_80": "43.12",
        "low_95": "40.12",
        "high_95": "44.12",
        "target": "None",
        "target_low": "40",
        "target_high": "50",
        "met": "0.876",
        "off": "0.124",
    }
    assert (second["met"], second["target_high"]) == (None, first["target_high"])
    assert [str(odds["period"]) for odds in table("odds", one)] == ["2026-11"]


def test_people_get_a_table_that_reads_as_sentences_where_there_is_none() -> None:
    one = outlook('target = "500 kr"', "2026-11 480±20", "2026-12 490±30", odds="2026-11 0.23")
    heading, rows = one.for_people()
    assert heading == Note("2 months to come", is_heading=True)
    assert isinstance(rows, Table)
    assert [row.line for row in rows.rows] == [
        "2026-11  expected 480 kr, 80% of outcomes 460 to 500 kr, 23% to meet 500 kr",
        "2026-12  expected 490 kr, 80% of outcomes 460 to 520 kr",
    ]
    assert rows.rows[0].cells == (
        read_period("2026-11"),
        "480 kr",
        "460 to 500 kr",
        "500 kr",
        "23%",
    )
    assert outlook('target = "5"').for_people() == ()


@pytest.mark.parametrize(
    ("number", "places", "text"),
    [
        (476512.3, -3, "477000"),
        (2.345, 1, "2.3"),
        (-0.04, 1, "0.0"),
        (7.5, 0, "8"),
        (1e17, 2, f"{10**17}.00"),
    ],
)
def test_a_number_has_the_digits_that_are_known(number: float, places: int, text: str) -> None:
    assert str(rounded(number, places)) == text


@pytest.mark.parametrize(
    ("by", "count"),
    [("2027-02", 12), ("2028-03", 17), ("2028-10", 24), ("2028-11", 12), ("2031-01", 12)],
)
def test_people_see_a_year_or_up_to_a_deadline_that_is_not_far_off(by: str, count: int) -> None:
    climb = f'baseline = "0"\nstart = "2026-01"\nby = "{by}"\ntarget = "9"'
    months = [read_period("2026-11").shift(at) for at in range(60)]
    one = outlook(climb, *(f"{month} 5±1" for month in months))
    assert len(one.drawn) == count
    assert str(one.listed[-1].period) == max(by, "2027-10")


def test_digits_that_were_recorded_are_expected_too() -> None:
    one = outlook('target = "4"', "2026-11 4.321±0.05", record="2026-10 4.25")
    assert one.sentence() == "2026-11 likely 4.27 to 4.37 (80%)"


def test_a_sentence_is_safe_to_print() -> None:
    one = outlook('unit = "k\\u001br"', "2026-11 480±20")
    _, rows = one.for_people()
    assert isinstance(rows, Table)
    assert "480 k\\x1br" in rows.rows[0].line


@pytest.mark.parametrize(
    ("parts", "aim", "spread", "text"),
    [
        pytest.param("2 3", "1", 0.04, "0.63 to 0.71", id="narrower than the target's digits"),
        pytest.param("2 3", "1", 0.3, "0.4 to 1.0", id="about as wide"),
        pytest.param("2 3", "1", 3.0, "-2 to 4", id="much wider"),
        pytest.param("2 3", "1.0", 0.3, "0.4 to 1.0", id="with a target that has as many"),
        pytest.param("2 3", "1", 0.0004, "1", id="too narrow to be read"),
        pytest.param("2 3", "1", 0.0, "1", id="no doubt"),
        pytest.param("6 3", "1", 0.04, "1", id="what comes whole"),
    ],
)
def test_what_is_computed_has_the_digits_that_tell_it_apart(
    parts: str, aim: str, spread: float, text: str
) -> None:
    one, two = parts.split()
    toml = f'[kpis.it]\nformula = "one / two"\ntarget = "{aim}"\n[kpis.one]\n[kpis.two]'
    scorecard = board(toml, f"one 2026-10 {one}", f"two 2026-10 {two}")
    prospect = KpiForecast((step(f"2026-11 {2 / 3}±{spread}"),))
    found = profile(scorecard, scorecard.definitions.kpis["it"], 24)._replace(forecast=prospect)
    places = len(aim.partition(".")[2])
    assert Expectations(found, scorecard, places).sentence() == f"2026-11 likely {text} (80%)"
