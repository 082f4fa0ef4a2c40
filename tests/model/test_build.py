from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpicli.model.build import build
from kpicli.model.formula import Input
from kpicli.model.kpi import DecimalMark, Goal, Rollup
from kpicli.model.period import Frequency, read_period
from kpicli.model.quantity import Quantity
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
    assert revenue.until == read_period("2030-12")
    assert revenue.formerly == ("revenue", "sales")
    assert revenue.ignore == ("missing_baseline",)


def test_the_top_of_the_file_becomes_the_definitions() -> None:
    found = sound(EXAMPLE)
    assert found.title == "Nordlys webshop"
    assert found.log == "kpis.log/"
    assert found.decimal is DecimalMark.POINT
    assert found.goals == {"growth": Goal("growth", "Grow the business")}
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
    assert plain.direction is plain.target is plain.rollup is plain.tolerance is None
    assert plain.given == frozenset()


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
    assert found.kpis["a"].given == {"frequency", "owner"}


@pytest.mark.parametrize(
    ("shared", "own", "key"),
    [
        pytest.param('target = "5"', 'targets = { "2026-01" = "6" }', "targets", id="a schedule"),
        pytest.param('targets = { "2026-01" = "6" }', 'target = "5"', "target", id="one target"),
    ],
)
def test_a_kpis_own_target_stands_in_for_the_shared_one(shared: str, own: str, key: str) -> None:
    found = sound(f"[defaults]\n{shared}\n[kpis.it]\n{own}")
    assert found.kpis["it"].given == {key}


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
        f"kpis.it.{key}: must be a finite number, all digits written"
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
    assert one.target and other.target and one.tolerance and other.tolerance
    assert found.decimal is DecimalMark.COMMA
    assert (one.target.number, other.target.number) == (Decimal("1234.5"), Decimal("3.25"))
    assert one.baseline == Quantity(Decimal("3.25"), "kr", ",")
    assert str(other.baseline) == "1,5"
    assert (one.tolerance.number, other.tolerance.number) == (Decimal("2.5"), Decimal("0.5"))


def test_a_decimal_comma_refuses_what_reads_otherwise() -> None:
    assert complaints('decimal = ","\n[kpis.it]\ntarget = "3.2"') == [
        "kpis.it.target: '3.2' is ambiguous: 3,2 or 32?"
    ]


def test_a_schedule_is_in_the_order_of_time() -> None:
    schedule = kpi('targets = { "2026-07" = "500 kr", "2026-01" = "450 kr", "2025" = 400 }').targets
    assert schedule is not None
    assert [(str(since), target.number) for since, target in schedule.entries] == [
        ("2025", 400),
        ("2026-01", 450),
        ("2026-07", 500),
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


@pytest.mark.parametrize(
    ("lines", "complaint"),
    [
        pytest.param('target = "soon"', "target: 'soon' is not a number kpi can store", id="target"),
        pytest.param(
            'target = "40..20"',
            "target: '40..20': the lower edge is above the upper one",
            id="a range upside down",
        ),
        pytest.param(
            'target = "<5"\ndirection = "higher"',
            "target: '<5' contradicts direction = \"higher\"",
            id="a sign against the direction",
        ),
        pytest.param(
            'targets = { "2026-01" = "<5" }\ndirection = "higher"',
            "targets.2026-01: '<5' contradicts direction = \"higher\"",
            id="an entry's sign against the direction",
        ),
        pytest.param(
            'targets = { "2026-13" = "5" }',
            "targets.2026-13: '2026-13': months run from 01 to 12",
            id="an entry's period",
        ),
        pytest.param(
            'targets = { "1.5" = "5" }', "targets.1.5: '1.5' is no period", id="an entry of no period"
        ),
        pytest.param(
            'targets = { "2026-01" = "x" }',
            "targets.2026-01: 'x' is not a number kpi can store",
            id="an entry's target",
        ),
        pytest.param(
            'targets = { "2026" = "5", "2026-01" = "6" }',
            "targets.2026-01: starts on the same day as another entry",
            id="two entries of one day",
        ),
        pytest.param('baseline = "x"', "baseline: 'x' is not a number kpi can store", id="baseline"),
        pytest.param(
            'tolerance = "-1"', "tolerance: '-1': a tolerance is not below zero", id="tolerance"
        ),
        pytest.param(
            'target = "5%"\ntolerance = "2"', "tolerance: '2': say of what", id="a tolerance of %"
        ),
        pytest.param(
            'formula = "rand()"', "formula: unknown function 'rand'", id="an unknown function"
        ),
        pytest.param('until = "2026-13"', "until: '2026-13': months run from 01 to 12", id="until"),
        pytest.param('name = ""', "name: is empty", id="an empty name"),
        pytest.param('owner = "  "', "owner: is empty", id="an owner of spaces"),
        pytest.param('area = ""', "area: is empty", id="an empty area"),
        pytest.param('goal = ""', "goal: is empty", id="an empty goal"),
        pytest.param('supports = ""', "supports: is empty", id="an empty parent"),
        pytest.param('unit = ""', "unit: is empty", id="an empty unit"),
        pytest.param('unit = " kr"', "unit: ' kr' is no unit", id="a unit after a space"),
        pytest.param('unit = "5"', "unit: '5' is no unit", id="a unit of digits"),
        pytest.param("grace = -1", "grace: must be a number of days from 0 to 3660", id="grace"),
        pytest.param("grace = 3661", "grace: must be a number of days from 0 to 3660", id="too long"),
        pytest.param(
            'unit = "kr"\ntarget = "$5"',
            "target: is in $, and the KPI is counted in kr",
            id="a target in another unit",
        ),
        pytest.param(
            'target = "5 kr"\nbaseline = "5 $"',
            "baseline: is in $, and the KPI is counted in kr",
            id="a baseline in another unit",
        ),
        pytest.param(
            'targets = { "2026-01" = "5 kr", "2026-02" = "6 $", "2026-03" = "7 kr" }',
            "targets.2026-02: is in $, and the KPI is counted in kr",
            id="an entry in another unit",
        ),
        pytest.param(
            'unit = "k"\ntarget = "480k"',
            "target: '480k' is ambiguous for a KPI counted in k",
            id="a target in thousands or k",
        ),
        pytest.param(
            'unit = "M"\ntargets = { "2026-01" = "1M..2M" }',
            "targets.2026-01: '1M..2M' is ambiguous for a KPI counted in M",
            id="an entry in millions or M",
        ),
        pytest.param(
            'target = "5 k"\nbaseline = "3k"',
            "baseline: '3k' is ambiguous for a KPI counted in k",
            id="a baseline in thousands or k",
        ),
        pytest.param(
            'unit = "k"\ntolerance = "3k"',
            "tolerance: '3k' is ambiguous for a KPI counted in k",
            id="a tolerance in thousands or k",
        ),
    ],
)
def test_what_is_wrong_with_a_key_is_told_at_the_key(lines: str, complaint: str) -> None:
    assert complaints(f"[kpis.it]\n{lines}") == [f"kpis.it.{complaint}"]


@pytest.mark.parametrize("log", ['""', '"  "', '"a\\u0000b"'])
def test_a_log_that_is_no_path_is_refused(log: str) -> None:
    assert complaints(f"log = {log}") == ["log: is no path"]


@pytest.mark.parametrize(
    ("id", "closest"),
    [
        pytest.param("MRR", "mrr", id="capitals"),
        pytest.param("cart-abandonment", "cart_abandonment", id="a hyphen"),
        pytest.param("Cart Abandonment", "cart_abandonment", id="words"),
        pytest.param("", "monthly_revenue", id="nothing"),
        pytest.param("../../etc", "monthly_revenue", id="a path"),
        pytest.param("mrr.x", "monthly_revenue", id="a point"),
        pytest.param("1st", "monthly_revenue", id="a digit in front"),
        pytest.param("_mrr", "monthly_revenue", id="an underscore in front"),
        pytest.param("chаrn", "monthly_revenue", id="a Cyrillic letter"),  # noqa: RUF001
        pytest.param("a" * 65, "monthly_revenue", id="65 characters"),
        pytest.param("mrr\\n", "monthly_revenue", id="a line end"),
    ],
)
@pytest.mark.parametrize("kind", ["kpis", "goals"])
def test_an_id_that_no_formula_could_use_is_refused(kind: str, id: str, closest: str) -> None:
    (fault,) = definitions(f'[{kind}."{id}"]')[1]
    assert "is no id: small letters a to z, digits and _, a letter first" in fault.message
    assert fault.path[0] == kind
    assert fault.hint == f"write [{kind}.{closest}]"


@pytest.mark.parametrize("id", ["a", "a1_", "a" * 64, "prev"])
def test_an_id_is_small_letters_digits_and_underscores(id: str) -> None:
    assert list(sound(f"[kpis.{id}]").kpis) == [id]


def test_a_control_character_in_an_id_is_told_visibly() -> None:
    (complaint,) = complaints('[kpis."mrr\\u001b"]')
    assert "'mrr\\x1b' is no id" in complaint


def test_a_name_may_hold_anything() -> None:
    assert kpi('name = "\\u001b[31m\\u202e\\n"').name == "\x1b[31m\u202e\n"


def test_a_fault_of_the_defaults_is_told_there_and_once() -> None:
    assert complaints(
        """
        [defaults]
        tolerance = "x"
        goal = "grwth"
        targets = { "2026-13" = "5" }
        [goals.growth]
        [kpis.a]
        [kpis.b]
        [kpis.c]
        tolerance = "y"
        """
    ) == [
        "defaults.targets.2026-13: '2026-13': months run from 01 to 12",
        "defaults.tolerance: 'x' is not a number kpi can store",
        "kpis.c.tolerance: 'y' is not a number kpi can store",
        "defaults.goal: unknown goal 'grwth'",
    ]


def test_all_that_is_wrong_is_told_at_once() -> None:
    found = complaints(
        """
        log = " "
        [goals.Growth]
        [kpis.a]
        name = ""
        target = "soon"
        start = "2026-13"
        [kpis.b]
        formula = "a +"
        supports = "c"
        grace = 9999
        """
    )
    assert sorted(line.split(":")[0] for line in found) == [
        "goals.Growth",
        "kpis.a.name",
        "kpis.a.start",
        "kpis.a.start",
        "kpis.a.start",
        "kpis.a.target",
        "kpis.b.formula",
        "kpis.b.grace",
        "kpis.b.supports",
        "log",
    ]


def test_a_kpi_at_fault_is_built_without_the_key() -> None:
    found, faults = definitions('[kpis.it]\ntarget = "soon"\nowner = "Ana"')
    assert len(faults) == 1
    assert found.kpis["it"].target is None
    assert found.kpis["it"].owner == "Ana"
    assert "target" in found.kpis["it"].given


NOTATIONS = st.sampled_from(
    ("target", "baseline", "tolerance", "unit", "start", "by", "until", "formula", "goal")
    + ("supports", "name", "owner", "area", "definition", "source")
)
FRAGMENTS = st.one_of(
    st.text(max_size=8),
    st.sampled_from(["5", "5 kr", "<60%", "+20%", "2026-01", "2026", "a", "a / it", "it", "k", "3k"]),
)


@settings(max_examples=200)
@given(
    table=st.dictionaries(NOTATIONS, FRAGMENTS),
    schedule=st.none() | st.dictionaries(FRAGMENTS, FRAGMENTS, max_size=3),
    shared=st.dictionaries(NOTATIONS, FRAGMENTS, max_size=3),
    mark=st.sampled_from([".", ","]),
)
def test_any_text_in_a_key_is_built_or_told_as_a_fault(
    table: dict[str, str], schedule: dict[str, str] | None, shared: dict[str, str], mark: str
) -> None:
    own = table if schedule is None else table | {"targets": schedule}
    found, faults = build({"decimal": mark, "defaults": shared, "kpis": {"it": own, "a": {}}})
    assert set(found.kpis) == {"it", "a"}
    for fault in faults:
        assert fault.path[0] in {"kpis", "defaults"}
        assert fault.message
