"""What `kpi check` knows of a name because the catalogue has it."""

from collections.abc import Callable

import pytest

from kpicli.analysis.analysis_ledger import AnalysisLedger
from kpicli.catalogue.load import templates, terms
from kpicli.catalogue.lookup import term
from kpicli.lint.engine import lint

Judged = Callable[..., list[str]]
TERMS = terms()
NAMES = sorted(
    {name for template in TERMS for name in (template.name, template.term, *template.aliases)}
)


def kpi(name: str, **keys: str) -> str:
    return "".join(f'{key} = "{text}"\n' for key, text in {"name": name, **keys}.items())


def test_no_name_of_the_catalogue_is_vague(judged: Judged) -> None:
    """MRR, NPS and Customer Satisfaction are told from wishes, even with nothing else said."""
    text = "".join(f"[kpis.k{at}]\n{kpi(name)}" for at, name in enumerate(NAMES))
    assert judged(text, "S01") == []


def test_without_the_catalogue_some_of_them_would_be(
    scorecard: Callable[..., AnalysisLedger],
) -> None:
    text = "[kpis.csat]\n" + kpi("Customer satisfaction")
    assert [one.code for one in lint(scorecard(text), ["S01"])] == ["S01"]
    assert list(lint(scorecard(text), ["S01"], term)) == []


@pytest.mark.parametrize(
    ("name", "keys", "said"),
    [
        pytest.param("Churn rate", {"target": "<3%"}, "", id="less of it, by sign"),
        pytest.param("Churn rate", {"target": "3%"}, "lower seems better", id="without one"),
        pytest.param("Churn rate", {"target": ">=3%"}, "for Customer Churn Rate less", id="more"),
        pytest.param("NPS", {"target": "<40 points"}, "for Net Promoter Score more", id="less"),
        pytest.param("NPS", {"target": "40 points"}, "", id="at least"),
        pytest.param("NPS", {"direction": "lower"}, "for Net Promoter Score more", id="its key"),
        pytest.param("Bounce rate", {"target": "30..40%"}, "", id="a range"),
        pytest.param("Reduce churn rate", {"target": ">=3%"}, "", id="names that ask are S06's"),
        pytest.param("Coffee breaks", {"target": "<3 breaks"}, "", id="no term"),
    ],
)
def test_a_direction_against_the_catalogue_is_noticed(
    scorecard: Callable[..., AnalysisLedger], name: str, keys: dict[str, str], said: str
) -> None:
    found = list(lint(scorecard(f"[kpis.one]\n{kpi(name, **keys)}"), ["M03"], term))
    assert [said in one.message for one in found] == ([True] if said else [])


def test_a_direction_that_is_meant_can_be_said_to_be(judged: Judged) -> None:
    text = "[kpis.one]\n" + kpi("Churn rate", target=">=3%") + 'ignore = ["M03"]\n'
    assert [code for code in judged(text) if code.startswith(("M03", "U01"))] == []


@pytest.mark.parametrize(
    ("code", "keys"),
    [
        pytest.param("S03", {"target": "<3%"}, id="where nothing is defined"),
        pytest.param("M06", {"target": "<3%", "definition": "Who leaves"}, id="where half is"),
    ],
)
def test_what_the_catalogue_says_is_the_advice(
    scorecard: Callable[..., AnalysisLedger], code: str, keys: dict[str, str]
) -> None:
    [one] = lint(scorecard(f"[kpis.one]\n{kpi('Churn rate', **keys)}"), [code], term)
    assert f'definition = "{templates()["customer_churn_rate"].keys["definition"]}"' in one.hint


def test_that_advice_settles_it(judged: Judged) -> None:
    for template in TERMS:
        unit = template.keys["unit"]
        definition = template.keys["definition"]
        text = "[kpis.one]\n" + kpi(template.name, unit=unit, definition=definition)
        codes = {code.partition(" ")[0] for code in judged(text)}
        assert not codes & {"S01", "S03", "S04", "M06"}, template.id
