"""What a KPI's `ignore` leaves out, and what is said of one that leaves out nothing."""

from collections.abc import Callable, Iterable

import pytest

from kpicli.analysis.analysis_ledger import AnalysisLedger
from kpicli.lint.engine import lint

Judged = Callable[..., list[str]]
Scored = Callable[..., AnalysisLedger]

NO_GOAL = '[kpis.it]\nname = "Orders"\nignore = [{words}]\n'
"""A KPI of which R01 finds that it serves no goal, and A01 that nobody owns it."""


def ignoring(*words: str) -> str:
    return NO_GOAL.format(words=", ".join(f'"{word}"' for word in words))


def unused(found: Iterable[str]) -> list[str]:
    return [line for line in found if line.startswith("U01")]


@pytest.mark.parametrize(
    ("words", "count"),
    [
        pytest.param(["R01"], 0, id="a code"),
        pytest.param([" r01 "], 0, id="in any case"),
        pytest.param(["no_goal"], 0, id="a name"),
        pytest.param(["R01", "A01"], 0, id="two"),
        pytest.param([], 0, id="none"),
        pytest.param(["T02"], 1, id="a code that finds nothing"),
        pytest.param(["deadline_passed"], 1, id="a name that finds nothing"),
        pytest.param(["R01", "T02", "T05"], 2, id="two of three"),
        pytest.param(["T02", "t02"], 1, id="twice the same"),
        pytest.param(["R"], 1, id="a letter"),
        pytest.param(["Z99"], 1, id="an unknown code"),
        pytest.param(["R03"], 1, id="what is of the whole board"),
        pytest.param(["U01"], 0, id="this rule"),
        pytest.param(["U01", "T02"], 0, id="this rule and another"),
        pytest.param(["unused_ignore", "Z99"], 0, id="this rule by name"),
    ],
)
def test_what_leaves_nothing_out_is_found(words: list[str], count: int, judged: Judged) -> None:
    assert unused(judged(ignoring(*words))) == ["U01 kpis.it.ignore"] * count


def test_what_is_left_out_is_not_shown(judged: Judged) -> None:
    shown = judged(ignoring("R01", "Z99"))
    assert "A01 kpis.it" in shown
    assert "R01 kpis.it" not in shown


def test_the_rules_that_are_named_run_for_it_alone(judged: Judged) -> None:
    assert judged(ignoring("R01"), code="U01") == []
    assert judged(ignoring("T02"), code="U01") == ["U01 kpis.it.ignore"]


def test_a_rule_that_is_not_wanted_shows_nothing(scorecard: Scored) -> None:
    found = list(lint(scorecard(ignoring("R01", "T02")), ["U01"]))
    assert [finding.code for finding in found] == ["U01"]


def test_the_finding_of_another_kpi_is_no_excuse(judged: Judged) -> None:
    text = ignoring("R01") + '[goals.growth]\n[kpis.own]\ngoal = "growth"\nignore = ["R01"]\n'
    assert judged(text, code="U01") == ["U01 kpis.own.ignore"]


def test_a_retired_kpi_ignores_what_it_likes(judged: Judged) -> None:
    assert judged(ignoring("Z99") + 'until = "2026-09"\n', code="U01") == []


class TestMessages:
    def test_a_rule_that_finds_nothing(self, scorecard: Scored) -> None:
        [finding] = lint(scorecard(ignoring("t02")), ["U01"])
        assert finding.message == "Orders ignores T02, which finds nothing about it"
        assert (finding.hint, finding.kpi) == ("take it out", "it")

    @pytest.mark.parametrize(
        ("word", "hint"),
        [
            ("no_gaol", "did you mean 'no_goal'?"),
            ("R", "kpi rules lists the codes and names"),
            ("", "kpi rules lists the codes and names"),
        ],
    )
    def test_what_no_rule_is_called(self, word: str, hint: str, scorecard: Scored) -> None:
        [finding] = lint(scorecard(ignoring(word)), ["U01"])
        assert finding.message == f"Orders ignores '{word.lower()}', but no rule has that name"
        assert finding.hint == hint

    def test_a_long_one_is_cut(self, scorecard: Scored) -> None:
        [finding] = lint(scorecard(ignoring("x" * 500)), ["U01"])
        assert len(finding.message) < 120


class TestDefaults:
    @pytest.mark.parametrize(
        ("words", "found"),
        [
            pytest.param('"R01"', [], id="it finds something of one of them"),
            pytest.param('"T02"', ["U01 defaults.ignore"], id="of none of them"),
            pytest.param('"R01", "Z99"', ["U01 defaults.ignore"], id="of no rule"),
            pytest.param('"U01", "Z99"', [], id="this rule"),
        ],
    )
    def test_what_is_shared_is_said_once(
        self, words: str, found: list[str], judged: Judged
    ) -> None:
        text = (
            f'[defaults]\nignore = [{words}]\n[goals.growth]\n[kpis.a]\n[kpis.b]\ngoal = "growth"\n'
        )
        assert judged(text, code="U01") == found

    def test_what_a_kpi_writes_itself_is_its_own(self, judged: Judged) -> None:
        text = '[defaults]\nignore = ["R01"]\n[kpis.a]\n[kpis.b]\nignore = ["T02"]\n'
        assert judged(text, code="U01") == ["U01 kpis.b.ignore"]

    def test_the_defaults_are_named(self, scorecard: Scored) -> None:
        [finding] = lint(scorecard('[defaults]\nignore = ["T02"]\n[kpis.a]\n'), ["U01"])
        assert finding.message == "[defaults] ignores T02, which finds nothing about any KPI"
        assert finding.kpi == ""
