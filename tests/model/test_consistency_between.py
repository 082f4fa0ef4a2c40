from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.model.build.consistency import MOST_DEEP
from tests.model.built import complaints, definitions, sound
from tests.tiers import examples


@pytest.mark.parametrize(
    ("line", "complaint", "hint"),
    [
        pytest.param(
            'goal = "grwth"',
            "kpis.it.goal: unknown goal 'grwth'",
            "did you mean 'growth'?",
            id="a goal that is nearly right",
        ),
        pytest.param(
            'goal = "fame"',
            "kpis.it.goal: unknown goal 'fame'",
            "add [goals.fame]",
            id="a new goal",
        ),
        pytest.param(
            'supports = "churn_rat"',
            "kpis.it.supports: unknown KPI 'churn_rat'",
            "did you mean 'churn_rate'?",
            id="a parent that is nearly right",
        ),
        pytest.param(
            'supports = "profit"',
            "kpis.it.supports: unknown KPI 'profit'",
            "add [kpis.profit]",
            id="a new parent",
        ),
        pytest.param(
            'formula = "rate * 2"',
            "kpis.it.formula: unknown KPI 'rate'",
            "did you mean 'churn_rate'?",
            id="an input that is a part of an id",
        ),
        pytest.param(
            'formula = "prev(profit)"',
            "kpis.it.formula: unknown KPI 'profit'",
            "add [kpis.profit]",
            id="a new input",
        ),
    ],
)
def test_an_unknown_id_is_told_with_what_is_meant(line: str, complaint: str, hint: str) -> None:
    text = f"[goals.growth]\n[kpis.churn_rate]\n[kpis.it]\n{line}"
    (fault,) = definitions(text)[1]
    assert complaints(text) == [complaint]
    assert fault.hint == hint


@pytest.mark.parametrize(
    ("formula", "complaint"),
    [
        (
            "sum(churn_rate, 12)",
            "kpis.it.formula: percentages can't be summed: sum(churn_rate, 12)",
        ),
        ("mean(churn_rate, 12)", None),
        ("churn_rate + prev(churn_rate, 2)", None),
    ],
)
def test_a_window_sums_no_percentages(formula: str, complaint: str | None) -> None:
    text = f'[kpis.churn_rate]\nunit = "%"\n[kpis.it]\nformula = "{formula}"'
    assert complaints(text) == ([complaint] if complaint else [])


def test_an_unknown_input_is_told_once_and_every_one_is() -> None:
    assert complaints('[kpis.it]\nformula = "x / prev(x) + y"') == [
        "kpis.it.formula: unknown KPI 'x'",
        "kpis.it.formula: unknown KPI 'y'",
    ]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        pytest.param(
            '[kpis.a]\n[kpis.b]\nformerly = ["a"]',
            "kpis.b.formerly: 'a' is already an id of 'a'",
            id="the id of another",
        ),
        pytest.param(
            '[kpis.a]\nformerly = ["old"]\n[kpis.b]\nformerly = ["old"]',
            "kpis.b.formerly: 'old' is already an id of 'a'",
            id="a former id of another",
        ),
        pytest.param(
            '[kpis.a]\nformerly = ["a"]',
            "kpis.a.formerly: 'a' is already an id of 'a'",
            id="its own id",
        ),
        pytest.param(
            '[kpis.a]\nformerly = ["b"]\n[kpis.b]',
            "kpis.a.formerly: 'b' is already an id of 'b'",
            id="the id of a later one",
        ),
    ],
)
def test_an_id_belongs_to_one_kpi(text: str, complaint: str) -> None:
    assert complaints(text) == [complaint]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        pytest.param(
            '[kpis.a]\nsupports = "a"', "kpis.a.supports: cycle: a → a", id="a KPI under itself"
        ),
        pytest.param(
            '[kpis.a]\nsupports = "b"\n[kpis.b]\nsupports = "a"',
            "kpis.a.supports: cycle: a → b → a",
            id="two KPIs under each other",
        ),
        pytest.param(
            '[kpis.a]\nformula = "a + 1"',
            "kpis.a.formula: formula cycle: a → a",
            id="a formula of itself",
        ),
        pytest.param(
            '[kpis.a]\nformula = "prev(a) + 1"',
            "kpis.a.formula: formula cycle: a → a",
            id="a formula of its own past",
        ),
        pytest.param(
            '[kpis.a]\nformula = "b"\n[kpis.b]\nformula = "a"',
            "kpis.a.formula: formula cycle: a → b → a",
            id="two formulas of each other",
        ),
        pytest.param(
            '[kpis.x]\nformula = "a"\n[kpis.a]\nformula = "b"\n[kpis.b]\nformula = "a"',
            "kpis.a.formula: formula cycle: a → b → a",
            id="a cycle that another formula leads to",
        ),
        pytest.param(
            '[kpis.a]\nformula = "n + b"\n[kpis.n]\n[kpis.b]\nformula = "n + c"\n'
            '[kpis.c]\nformula = "n + a"',
            "kpis.a.formula: formula cycle: a → b → c → a",
            id="a cycle past other inputs",
        ),
    ],
)
def test_a_cycle_is_told_once_with_its_way(text: str, complaint: str) -> None:
    assert complaints(text) == [complaint]


def test_two_cycles_are_told_both() -> None:
    assert complaints(
        """
        [kpis.a]
        formula = "b + c"
        [kpis.b]
        formula = "a"
        [kpis.c]
        formula = "a"
        supports = "c"
        """
    ) == [
        "kpis.c.supports: cycle: c → c",
        "kpis.a.formula: formula cycle: a → b → a",
        "kpis.a.formula: formula cycle: a → c → a",
    ]


def test_an_input_that_is_shared_is_no_cycle() -> None:
    sound('[kpis.a]\nformula = "b + c"\n[kpis.b]\nformula = "d"\n[kpis.c]\nformula = "d"\n[kpis.d]')


def chain(length: int) -> str:
    """So many formulas, each built on the next, the last on a recorded KPI."""
    steps = (f'[kpis.k{at}]\nformula = "k{at + 1}"' for at in range(length))
    return "\n".join([*steps, f"[kpis.k{length}]"])


def test_formulas_build_on_formulas_so_often_and_no_more() -> None:
    sound(chain(MOST_DEEP))
    assert complaints(chain(MOST_DEEP + 1)) == [
        "kpis.k0.formula: builds on more than 10 formulas in a row"
    ]


def test_of_a_long_row_the_first_too_many_is_told() -> None:
    assert complaints(chain(MOST_DEEP + 30)) == [
        "kpis.k29.formula: builds on more than 10 formulas in a row"
    ]


def test_a_formula_that_leads_to_a_cycle_is_not_called_deep() -> None:
    assert complaints('[kpis.a]\nformula = "b"\n[kpis.b]\nformula = "b"') == [
        "kpis.b.formula: formula cycle: b → b"
    ]


def test_a_cycle_and_a_long_row_are_told_both() -> None:
    found = complaints(f'{chain(MOST_DEEP + 1)}\n[kpis.x]\nformula = "x"')
    assert found == [
        "kpis.x.formula: formula cycle: x → x",
        "kpis.k0.formula: builds on more than 10 formulas in a row",
    ]


def test_many_ways_between_few_formulas_are_each_walked_once() -> None:
    steps = (f'[kpis.k{at}]\nformula = "k{at + 1} + k{at + 2}"' for at in range(300))
    found = complaints("\n".join([*steps, "[kpis.k300]", "[kpis.k301]"]))
    assert found == ["kpis.k289.formula: builds on more than 10 formulas in a row"]


def test_a_long_line_of_parents_is_followed_to_its_end() -> None:
    lines = (f'[kpis.k{at}]\nsupports = "k{at + 1}"' for at in range(1500))
    sound("\n".join([*lines, "[kpis.k1500]"]))


graphs = st.dictionaries(
    st.sampled_from("abcdef"), st.lists(st.sampled_from("abcdef"), min_size=1, max_size=3)
)


def leads_back(steps: dict[str, list[str]], start: str) -> bool:
    """Whether a way from an id comes back to it."""
    reached: set[str] = set()
    waiting = list(steps.get(start, []))
    while waiting:
        id = waiting.pop()
        if id not in reached:
            reached.add(id)
            waiting += steps.get(id, [])
    return start in reached


@examples(80)
@given(graphs)
def test_a_cycle_is_told_exactly_where_formulas_lead_back(steps: dict[str, list[str]]) -> None:
    tables = (
        f'[kpis.{id}]\nformula = "{" + ".join(steps[id])}"' if id in steps else f"[kpis.{id}]"
        for id in "abcdef"
    )
    found = [line.partition("cycle: ")[2].split(" → ") for line in complaints("\n".join(tables))]
    assert bool(found) == any(leads_back(steps, id) for id in steps)
    for way in found:
        assert way[0] == way[-1]
        assert all(after in steps[id] for id, after in pairwise(way))
