"""`kpi catalog`: by area, by term, by goal, in every format, with no definitions at hand."""

import json

import pytest

from kpicli.catalogue.load import templates, terms
from tests.installed import Kpi, Terminal

TERMS = terms()


def test_without_a_word_it_lists_all_there_is_by_area(kpi: Kpi) -> None:
    run = kpi("catalog")
    assert (run.code, run.err) == (0, "")
    lines = run.out.splitlines()
    assert len(lines) == len(TERMS) + len({template.area for template in TERMS})
    assert lines[0] == "Customer success"
    assert any("(CAC)  " in line and line.endswith("  kpi add cac") for line in lines)


@pytest.mark.parametrize(
    "words", [["customer", "success"], ["Customer success"], ["customer_success"]]
)
def test_an_area_lists_its_terms(kpi: Kpi, words: list[str]) -> None:
    run = kpi("catalog", *words, "--json")
    answer = json.loads(run.out)
    assert answer["schema"] == "kpi.catalog/1"
    assert {row["area"] for row in answer["entries"]} == {"customer success"}
    assert answer["entries"][0]["goals"] == list(TERMS[0].goals)


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["cac"], id="an id"),
        pytest.param(["CAC"], id="the term"),
        pytest.param(["customer", "acquisition", "cost"], id="words"),
        pytest.param(["Customer acquisition cost (CAC)"], id="a name with its short form"),
    ],
)
def test_a_term_is_explained_in_full(kpi: Kpi, words: list[str]) -> None:
    run = kpi("catalog", *words)
    assert (run.code, run.err) == (0, "")
    assert run.out.startswith(templates()["cac"].explains.partition(". ")[0])
    told = dict(line.split("  ", 1) for line in run.out.splitlines() if "  " in line)
    assert told["Formula"].strip() == "Marketing and Sales Cost / New Customers"
    assert told["Recorded"].strip() == (
        "Marketing and Sales Cost (your currency), New Customers (customers)"
    )
    assert told["Better"].strip() == "lower"
    assert told["Source"].strip() == templates()["cac"].reference
    assert run.out.endswith('\nkpi add cac --target "<… kr"\n')


def test_for_a_machine_lists_are_lists_and_inputs_a_table(kpi: Kpi) -> None:
    answer = json.loads(kpi("catalog", "nps", "--json").out)
    assert answer["schema"] == "kpi.catalog_entry/1"
    assert answer["aliases"] == list(templates()["nps"].aliases)
    assert [row["id"] for row in answer["inputs"]] == ["promoters", "detractors", "survey_answers"]
    assert (answer["unit"], answer["direction"], answer["rollup"]) == ("points", "higher", None)


def test_a_goal_is_answered_with_at_most_three_and_why(kpi: Kpi) -> None:
    run = kpi("catalog", "people", "put", "things", "in", "the", "cart", "and", "leave", "--json")
    answer = json.loads(run.out)
    assert (answer["schema"], answer["goal"]) == (
        "kpi.catalog_answer/1",
        "people put things in the cart and leave",
    )
    assert 1 <= len(answer["entries"]) <= 3
    assert answer["entries"][0]["id"] == "cart_abandonment_rate"
    assert "cart" in answer["entries"][0]["why"]


def test_in_a_pipe_a_goal_is_answered_a_line_a_term(kpi: Kpi) -> None:
    run = kpi("catalog", "what do customers cost and bring")
    assert (run.code, len(run.out.splitlines())) == (0, 3)
    assert all(": " in line and " kpi add " in line for line in run.out.splitlines())


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        pytest.param("chrun", "did you mean 'churn'?", id="a slip"),
        pytest.param("xyzzy", "try other words, or an area: ", id="nothing like it"),
    ],
)
def test_where_nothing_answers_the_next_thing_to_try_is_said(
    kpi: Kpi, words: str, hint: str
) -> None:
    run = kpi("catalog", words)
    assert (run.code, run.out) == (0, "")
    assert run.err.startswith(f"nothing in the catalogue answers '{words}'\nhint: {hint}")


@pytest.mark.parametrize("format", ["json", "csv", "markdown", "plain"])
@pytest.mark.parametrize("words", ["", "sales", "we lose customers"])
def test_every_format_carries_it(kpi: Kpi, words: str, format: str) -> None:
    run = kpi("catalog", words, "--format", format)
    assert (run.code, run.err) == (0, "")
    assert "MRR" in run.out or "churn" in run.out.casefold()


@pytest.mark.parametrize("columns", [20, 50, 80, 200])
@pytest.mark.parametrize("words", ["", "cac", "ads are too dear"])
def test_a_screen_of_any_width_holds_it(terminal: Terminal, words: str, columns: int) -> None:
    screen = terminal("catalog", words, columns=columns, env={"NO_COLOR": "1", "LC_ALL": "C"})
    assert screen.code == 0
    assert screen.sent.isascii()
    if columns >= 50:
        assert max(map(len, screen.sent.decode().split("\r\n"))) <= columns


def test_a_file_that_kpi_keeps_is_never_replaced(kpi: Kpi) -> None:
    (kpi.folder / "kpis.toml").write_text("# mine\n")
    run = kpi("catalog", "-o", "kpis.toml", "--format", "plain")
    assert run.code == 2
    assert (kpi.folder / "kpis.toml").read_text() == "# mine\n"
