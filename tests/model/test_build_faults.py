import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.model.build.definitions import build
from tests.model.built import complaints, definitions, kpi, sound
from tests.tiers import examples


@pytest.mark.parametrize(
    ("lines", "complaint"),
    [
        pytest.param(
            'target = "soon"', "target: 'soon' is not a number kpi can store", id="target"
        ),
        pytest.param(
            'target = "£2 bn"',
            "target: '£2 bn' has its size in words",
            id="a currency before a size",
        ),
        pytest.param(
            'target = "2 bn £"\nunit = "£"',
            "target: '2 bn £' has its size in words",
            id="a size before the unit",
        ),
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
            'targets = { "1.5" = "5" }',
            "targets.1.5: '1.5' is not a period",
            id="an entry of no period",
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
        pytest.param(
            'baseline = "x"', "baseline: 'x' is not a number kpi can store", id="baseline"
        ),
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
        pytest.param(
            'rebase = ["2026-13"]', "rebase: '2026-13': months run from 01 to 12", id="a change"
        ),
        pytest.param(
            'rebase = ["may"]', "rebase: 'may' is not a period", id="a change at no period"
        ),
        pytest.param('name = ""', "name: is empty", id="an empty name"),
        pytest.param('owner = "  "', "owner: is empty", id="an owner of spaces"),
        pytest.param('area = ""', "area: is empty", id="an empty area"),
        pytest.param('goal = ""', "goal: is empty", id="an empty goal"),
        pytest.param('supports = ""', "supports: is empty", id="an empty parent"),
        pytest.param('unit = ""', "unit: is empty", id="an empty unit"),
        pytest.param('unit = " kr"', "unit: ' kr' is not a unit", id="a unit after a space"),
        pytest.param('unit = "5"', "unit: '5' is not a unit", id="a unit of digits"),
        pytest.param("grace = -1", "grace: must be a number of days from 0 to 3660", id="grace"),
        pytest.param(
            "grace = 3661", "grace: must be a number of days from 0 to 3660", id="too long"
        ),
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
            "targets.2026-01: '1M..2M': '1M' is ambiguous for a KPI counted in M",
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
    assert complaints(f"log = {log}") == ["log: is not a valid path"]


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
        pytest.param("ch\u0430rn", "monthly_revenue", id="a Cyrillic letter"),
        pytest.param("a" * 65, "monthly_revenue", id="65 characters"),
        pytest.param("mrr\\n", "monthly_revenue", id="a line end"),
    ],
)
@pytest.mark.parametrize("kind", ["kpis", "goals"])
def test_an_id_that_no_formula_could_use_is_refused(kind: str, id: str, closest: str) -> None:
    (fault,) = definitions(f'[{kind}."{id}"]')[1]
    assert "is not an id: a letter, then letters, digits and _, lower case" in fault.message
    assert fault.path[0] == kind
    assert fault.hint == f"write [{kind}.{closest}]"


@pytest.mark.parametrize("id", ["a", "a1_", "a" * 64, "prev"])
def test_an_id_is_small_letters_digits_and_underscores(id: str) -> None:
    assert list(sound(f"[kpis.{id}]").kpis) == [id]


def test_a_control_character_in_an_id_is_told_visibly() -> None:
    (complaint,) = complaints('[kpis."mrr\\u001b"]')
    assert "'mrr\\x1b' is not an id" in complaint


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


def test_the_label_of_an_entry_is_one_step_of_the_path() -> None:
    (fault,) = definitions('[kpis.it]\ntargets = { "1.5" = "5" }')[1]
    assert fault.path == ("kpis", "it", "targets", "1.5")


def test_a_kpi_at_fault_is_built_without_the_key() -> None:
    found, faults = definitions('[kpis.it]\ntarget = "soon"\nowner = "Ana"')
    assert len(faults) == 1
    assert found.kpis["it"].target is None
    assert found.kpis["it"].owner == "Ana"
    assert "target" in found.kpis["it"].keys


NOTATIONS = st.sampled_from(
    "target baseline tolerance unit start by until formula goal supports name owner area".split()  # noqa: SIM905
)
FRAGMENTS = st.one_of(
    st.text(max_size=8),
    st.sampled_from(
        ["5", "5 kr", "<60%", "+20%", "2026-01", "2026", "a", "a / it", "it", "k", "3k"]
    ),
)


@examples(200)
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
