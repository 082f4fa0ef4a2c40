from decimal import Decimal

import pytest

from kpicli.model.formula import Input
from kpicli.model.frequency import Frequency
from kpicli.model.kpi import Goal, Rollup
from kpicli.model.period import read_period
from kpicli.model.quantity import Quantity
from kpicli.model.schema_types import DecimalMark
from kpicli.model.target import Comparison, Direction, Tolerance
from tests.model.built import complaints, definitions, kpi, sound

EXAMPLE = """
title = "Nordlys webshop"
log = "kpis.log/"
[defaults]
frequency = "monthly"
tolerance = "10%"

[goals.growth]
name = "Grow the business"

[kpis.monthly_revenue]
name = "Monthly Revenue"
goal = "growth"
area = "sales"
owner = "Head of Sales"
definition = "Invoiced sales excluding VAT and returns"
source = "accounting system, report 12"
levers = ["ads", "prices"]
target = "500,000 kr"
rollup = "sum"
grace = 5
rebase = ["2026-03", "2025-07"]
until = "2030-12"
formerly = ["revenue", "sales"]
ignore = ["missing_baseline"]

[kpis.cart_abandonment]
name = "Cart Abandonment"
target = "<60%"
supports = "monthly_revenue"
"""


def test_every_key_of_a_kpi_becomes_its_field() -> None:
    revenue = sound(EXAMPLE).kpis["monthly_revenue"]
    assert revenue.name == "Monthly Revenue"
    assert revenue.goal == "growth"
    assert revenue.area == "sales"
    assert revenue.owner == "Head of Sales"
    assert revenue.definition == "Invoiced sales excluding VAT and returns"
    assert revenue.source == "accounting system, report 12"
    assert revenue.levers == ("ads", "prices")
    assert revenue.unit == "kr"
    assert revenue.direction is Direction.HIGHER
    assert revenue.frequency is Frequency.MONTHLY
    assert revenue.target is not None
    assert revenue.target.number == 500000
    assert revenue.tolerance == Tolerance(Decimal(10), is_relative=True)
    assert revenue.rollup is Rollup.SUM
    assert revenue.grace == 5
    assert revenue.rebase == (read_period("2025-07"), read_period("2026-03"))
    assert revenue.until == read_period("2030-12")
    assert revenue.formerly == ("revenue", "sales")
    assert revenue.ignore == ("missing_baseline",)


def test_the_top_of_the_file_becomes_the_definitions() -> None:
    found = sound(EXAMPLE)
    assert found.title == "Nordlys webshop"
    assert found.log == "kpis.log/"
    assert found.decimal is DecimalMark.POINT
    assert found.goals == {"growth": Goal(id="growth", name="Grow the business")}
    assert list(found.kpis) == ["monthly_revenue", "cart_abandonment"]
    assert found.kpis["cart_abandonment"].supports == "monthly_revenue"


def test_an_empty_file_holds_nothing() -> None:
    found = sound("")
    assert (found.title, found.log, found.goals, found.kpis) == ("", None, {}, {})


def test_what_is_left_out_has_its_usual_value() -> None:
    plain = kpi("")
    assert plain.name == "it"
    assert plain.frequency is Frequency.MONTHLY
    assert (plain.unit, plain.grace, plain.levers, plain.formerly) == ("", 0, (), ())
    unset = (plain.direction, plain.target, plain.rollup, plain.tolerance, plain.baseline)
    assert unset == (None,) * 5
    assert plain.keys == frozenset()


def test_a_goal_without_a_name_is_called_by_its_id() -> None:
    assert sound("[goals.growth]").goals["growth"].name == "growth"


def test_a_key_of_the_defaults_is_shared_and_one_of_the_kpi_wins() -> None:
    found = sound(
        """
        [defaults]
        frequency = "weekly"
        owner = "Ana"
        [kpis.a]
        [kpis.b]
        owner = "Bo"
        """
    )
    assert [(kpi.frequency, kpi.owner) for kpi in found.kpis.values()] == [
        (Frequency.WEEKLY, "Ana"),
        (Frequency.WEEKLY, "Bo"),
    ]
    assert found.kpis["a"].keys == {"frequency", "owner"}


@pytest.mark.parametrize(
    ("shared", "own", "key"),
    [
        pytest.param('target = "5"', 'targets = { "2026-01" = "6" }', "targets", id="a schedule"),
        pytest.param('targets = { "2026-01" = "6" }', 'target = "5"', "target", id="one target"),
    ],
)
def test_a_kpis_own_target_stands_in_for_the_shared_one(shared: str, own: str, key: str) -> None:
    found = sound(f"[defaults]\n{shared}\n[kpis.it]\n{own}")
    assert found.kpis["it"].keys == {key}


@pytest.mark.parametrize(
    ("lines", "unit"),
    [
        pytest.param('unit = "kr"', "kr", id="the key itself"),
        pytest.param('target = "5 kr"', "kr", id="the target's"),
        pytest.param('target = "40..60%"', "%", id="a range's"),
        pytest.param('target = "<$5"', "$", id="a currency"),
        pytest.param('target = "5"\nunit = "kr"', "kr", id="the key where the target has none"),
        pytest.param('targets = { "2026-01" = "5", "2026-02" = "6 kr" }', "kr", id="an entry's"),
        pytest.param('baseline = "5 kr"', "kr", id="the baseline's"),
        pytest.param('target = "+20%"\nbaseline = "5 kr"', "kr", id="no unit from a relative one"),
        pytest.param('target = "+20%"\nbaseline = 5', "", id="none"),
        pytest.param('unit = "k"\ntarget = "480 k"', "k", id="a k that stands apart"),
    ],
)
def test_a_kpi_is_counted_in_one_unit(lines: str, unit: str) -> None:
    assert kpi(lines).unit == unit


@pytest.mark.parametrize(
    ("lines", "direction"),
    [
        pytest.param('direction = "lower"', Direction.LOWER, id="the key itself"),
        pytest.param('target = "5"', Direction.HIGHER, id="no sign"),
        pytest.param('target = "<5"', Direction.LOWER, id="the target's sign"),
        pytest.param('target = "5"\ndirection = "lower"', Direction.LOWER, id="key without sign"),
        pytest.param('targets = { "2026-01" = "<5" }', Direction.LOWER, id="an entry's sign"),
        pytest.param(
            'targets = { "2026-01" = "<5", "2026-02" = "2..4" }',
            Direction.LOWER,
            id="an entry's sign beside a range",
        ),
        pytest.param('target = "-15%"\nbaseline = 100', Direction.LOWER, id="a cut"),
        pytest.param('target = "2..4"', None, id="a range has none"),
        pytest.param('target = "2..4"\ndirection = "higher"', Direction.HIGHER, id="a range's key"),
        pytest.param("targets = {}", None, id="an empty schedule has none"),
    ],
)
def test_one_way_is_better(lines: str, direction: Direction | None) -> None:
    assert kpi(lines).direction is direction


def test_lower_is_better_makes_a_bare_target_at_most() -> None:
    target = kpi('target = "60%"\ndirection = "lower"').target
    assert target is not None
    assert target.comparison is Comparison.AT_MOST


@pytest.mark.parametrize(
    ("written", "number"),
    [
        pytest.param("3", "3", id="a whole number"),
        pytest.param("1_000", "1000", id="a whole number in groups"),
        pytest.param("3.20", "3.20", id="digits as typed"),
        pytest.param("-3.5", "-3.5", id="below zero"),
        pytest.param("0.0000001", "0.0000001", id="a tiny one"),
        pytest.param("0xff", "255", id="hexadecimal"),
        pytest.param("999999999999999999", "999999999999999999", id="18 digits"),
    ],
)
def test_a_bare_number_is_a_target_too(written: str, number: str) -> None:
    target = kpi(f"target = {written}").target
    assert target is not None
    assert f"{target.number:f}" == number


@pytest.mark.parametrize(
    "written",
    [
        pytest.param("nan", id="nan"),
        pytest.param("inf", id="infinity"),
        pytest.param("-inf", id="minus infinity"),
        pytest.param("1e400", id="a huge exponent"),
        pytest.param("1e-999999999", id="a tiny exponent"),
        pytest.param("5e3", id="a modest exponent"),
    ],
)
@pytest.mark.parametrize("key", ["target", "baseline", "tolerance"])
def test_a_bare_number_is_finite_and_written_out(key: str, written: str) -> None:
    assert complaints(f"[kpis.it]\n{key} = {written}") == [
        f"kpis.it.{key}: must be a finite number, with all its digits"
    ]


@pytest.mark.parametrize(
    "written",
    [
        pytest.param("1000000000000000000", id="19 digits"),
        pytest.param("-1000000000000000000", id="19 digits below zero"),
        pytest.param("0x" + "f" * 5000, id="five thousand digits"),
    ],
)
def test_a_bare_number_has_at_most_18_digits(written: str) -> None:
    assert complaints(f"[kpis.it]\ntarget = {written}") == [
        "kpis.it.target: must have at most 18 digits before the decimal mark"
    ]


def test_a_decimal_comma_holds_for_text_but_not_for_bare_numbers() -> None:
    found = sound(
        """
        decimal = ","
        [kpis.a]
        target = "1.234,5 kr"
        baseline = "3,25 kr"
        tolerance = "2,5%"
        [kpis.b]
        target = 3.25
        baseline = 1.5
        tolerance = 0.5
        """
    )
    one, other = found.kpis.values()
    assert one.target
    assert other.target
    assert one.tolerance
    assert other.tolerance
    assert found.decimal is DecimalMark.COMMA
    assert (one.target.number, other.target.number) == (Decimal("1234.5"), Decimal("3.25"))
    assert one.baseline == Quantity(Decimal("3.25"), "kr", ",")
    assert str(other.baseline) == "1,5"
    assert (one.tolerance.number, other.tolerance.number) == (Decimal("2.5"), Decimal("0.5"))


def test_a_decimal_comma_refuses_what_reads_otherwise() -> None:
    assert complaints('decimal = ","\n[kpis.it]\ntarget = "3.2"') == [
        "kpis.it.target: '3.2' is ambiguous: 3,2 or 32?"
    ]


@pytest.mark.parametrize(
    ("target", "hint"),
    [
        ("1,2 tusen", "write 1.200"),
        ("2:30 min", "write 2,5 min"),
        ("3/5", "write 3, or 0,6"),
        ("5,5 ± 1,5 h", "a range is written 4..7 h"),
    ],
)
def test_a_hint_is_written_with_the_decimal_comma(target: str, hint: str) -> None:
    _, faults = definitions(f'decimal = ","\n[kpis.it]\ntarget = "{target}"')
    assert [fault.hint for fault in faults] == [hint]


def test_a_schedule_is_in_the_order_of_time() -> None:
    schedule = kpi('targets = { "2026-07" = "500 kr", "2026-01" = "450 kr", "2025" = 400 }').targets
    assert schedule is not None
    assert [f"{since}: {target.number}" for since, target in schedule.entries] == [
        "2025: 400",
        "2026-01: 450",
        "2026-07: 500",
    ]


def test_a_climb_has_its_three_keys() -> None:
    climb = kpi('target = "10"\nbaseline = 4\nstart = "2026-01"\nby = "2026-12"')
    assert climb.baseline == Quantity(Decimal(4))
    assert (climb.start, climb.by) == (read_period("2026-01"), read_period("2026-12"))


def test_a_formula_is_read() -> None:
    found = sound('[kpis.a]\n[kpis.b]\nformula = "a / prev(a)"')
    formula = found.kpis["b"].formula
    assert formula is not None
    assert formula.inputs[0] == Input("a")
