"""Every rule by its own examples, and where each of them stops."""

from collections.abc import Callable

import pytest

from kpicli.analysis.analysis_ledger import AnalysisLedger
from kpicli.lint.documentation import Example
from kpicli.lint.engine import explanation, lint, rule_files

AS_OF = "2026-11-05"

Judged = Callable[..., list[str]]

every_rule = pytest.mark.parametrize("code", rule_files())


def board(*kpis: str, goals: str = "") -> str:
    """Definitions of KPIs that want for nothing but what is said of each: `id key=value …`."""
    tables = []
    for id, _, keys in (kpi.partition(" ") for kpi in kpis):
        tables.append(f"[kpis.{id}]\n" + "".join(f"{key.strip()}\n" for key in keys.split(";")))
    return (
        '[defaults]\nowner = "Ann"\ndefinition = "Number of things"\nfrequency = "monthly"\n'
        'source = "a report"\nlevers = ["a try"]\n'
        f"[goals.growth]\n{goals}" + "".join(tables)
    )


def plain(*ids: str) -> list[str]:
    return [f'{id} goal = "growth"; target = 5' for id in ids]


def codes(found: list[str]) -> set[str]:
    return {line.split(" ", 1)[0] for line in found}


def judged_example(
    scorecard: Callable[..., AnalysisLedger], code: str, example: Example
) -> set[str]:
    as_of = explanation(code).as_of or AS_OF
    loaded = scorecard(example.definitions, example.log, as_of)
    return {finding.code for finding in lint(loaded, rule_files())}


class TestDocumentation:
    @every_rule
    def test_bad_breaks_that_rule_and_no_other(
        self, code: str, scorecard: Callable[..., AnalysisLedger]
    ) -> None:
        assert judged_example(scorecard, code, explanation(code).bad) == {code}

    @every_rule
    def test_good_breaks_none(self, code: str, scorecard: Callable[..., AnalysisLedger]) -> None:
        example = explanation(code).good
        assert "[kpis." in example.definitions
        assert judged_example(scorecard, code, example) == set()

    @every_rule
    def test_says_what_and_why_in_sentences(self, code: str) -> None:
        found = explanation(code)
        assert found.summary.endswith(".")
        assert found.why.endswith(".")
        assert all(len(sentence) <= 200 for sentence in found.why.split(". "))

    @every_rule
    def test_a_finding_names_the_kpi_and_what_to_write(
        self, code: str, scorecard: Callable[..., AnalysisLedger]
    ) -> None:
        found = explanation(code)
        card = scorecard(found.bad.definitions, found.bad.log, found.as_of or AS_OF)
        [finding] = lint(card, [code])
        kpi = card.definitions.kpis.get(finding.kpi)
        assert kpi is None or kpi.name in finding.message or kpi.id in finding.message
        assert finding.hint
        assert (finding.code, finding.name) == (found.code, found.name)
        assert finding.severity is found.severity
        assert max(len(finding.message), len(finding.hint)) < 120

    def test_every_rule_is_named_once(self) -> None:
        names = [explanation(code).name for code in rule_files()]
        assert len(names) == len(set(names)) >= 11


class TestIgnore:
    def test_leaves_a_rule_out_for_that_kpi_alone(self, judged: Judged) -> None:
        found = judged(board('orders goal = "growth"; ignore = ["M01"]', 'visits goal = "growth"'))
        assert found == ["M01 kpis.visits"]

    @pytest.mark.parametrize("word", ["m01", "no_target", " M01 "])
    def test_takes_a_code_or_a_name_in_any_case(self, word: str, judged: Judged) -> None:
        assert judged(board(f'orders goal = "growth"; ignore = ["{word}"]')) == []

    def test_leaves_the_other_rules_in(self, judged: Judged) -> None:
        assert judged(board('orders ignore = ["M01"]')) == ["R01 kpis.orders", "R02 goals.growth"]

    def test_only_the_codes_that_are_wanted_are_judged(self, judged: Judged) -> None:
        assert judged(board("orders grace = 0"), code="R01") == ["R01 kpis.orders"]


@pytest.mark.parametrize(
    ("until", "is_judged"),
    [("2026-09", False), ("2026-10", False), ("2026-11", True), ("2027-01", True)],
)
def test_a_retired_kpi_is_judged_by_no_rule(until: str, *, is_judged: bool, judged: Judged) -> None:
    worst = f'[kpis.success]\nname = "Success"\nuntil = "{until}"\n'
    assert bool(judged(worst)) is is_judged


class TestNoDefinition:
    @pytest.mark.parametrize(
        ("keys", "found"),
        [
            ("", ["S03 kpis.it"]),
            ('definition = "  "', ["S03 kpis.it"]),
            ('definition = "Paid orders"', []),
            ('formula = "other * 2"', []),
            ('source = "report 12"', ["S03 kpis.it"]),
        ],
    )
    def test_words_or_a_formula_define(self, keys: str, found: list[str], judged: Judged) -> None:
        text = f'[kpis.it]\n{keys}\n[kpis.other]\ndefinition = "Things"'
        assert judged(text, code="S03") == found


class TestNoTarget:
    @pytest.mark.parametrize(
        ("keys", "found"),
        [
            ("", ["M01 kpis.it"]),
            ("target = 0", []),
            ('target = "40..60%"', []),
            ('targets = { "2027-01" = "5" }', []),
            ("targets = {}", ["M01 kpis.it"]),
            ('formula = "other * 2"', ["M01 kpis.it"]),
            ('supports = "other"', []),
        ],
    )
    def test_a_target_or_a_place_under_another(
        self, keys: str, found: list[str], judged: Judged
    ) -> None:
        assert judged(f"[kpis.it]\n{keys}\n[kpis.other]\ntarget = 1", code="M01") == found


class TestZeroTargetRelativeTolerance:
    @pytest.mark.parametrize(
        ("keys", "found"),
        [
            ('target = "<=0"; tolerance = "10%"', True),
            ('target = "0%"; tolerance = "5%"', True),
            ('targets = { "2026-01" = 3, "2026-07" = 0 }; tolerance = "10%"', True),
            ('target = "<=0"', False),
            ('target = "<=0"; tolerance = "0%"', False),
            ('target = "<=0"; tolerance = "1"', False),
            ('target = "<=0%"; tolerance = "1 pp"', False),
            ('target = "5"; tolerance = "10%"', False),
            ('target = "0..5"; tolerance = "10%"', False),
            ('target = "+0%"; baseline = 5; tolerance = "10%"', False),
        ],
    )
    def test_only_a_share_that_was_written(self, keys: str, *, found: bool, judged: Judged) -> None:
        expected = ["M04 kpis.it.tolerance"] if found else []
        assert judged(board(f"it {keys}"), code="M04") == expected

    def test_a_share_in_the_defaults_counts(self, judged: Judged) -> None:
        text = '[defaults]\ntolerance = "10%"\n[kpis.it]\ntarget = 0'
        assert judged(text, code="M04") == ["M04 kpis.it.tolerance"]


class TestOwnerGoalFrequency:
    @pytest.mark.parametrize(
        ("key", "code"), [("owner", "A01"), ("goal", "R01"), ("frequency", "T01")]
    )
    def test_is_missed_where_nothing_says_it(self, key: str, code: str, judged: Judged) -> None:
        value = {"owner": "Ann", "goal": "growth", "frequency": "monthly"}[key]
        goals = "[goals.growth]\n"
        assert judged(f"{goals}[kpis.it]", code=code) == [f"{code} kpis.it"]
        assert judged(f'{goals}[kpis.it]\n{key} = "{value}"', code=code) == []
        assert judged(f'{goals}[defaults]\n{key} = "{value}"\n[kpis.it]', code=code) == []

    @pytest.mark.parametrize(("code", "is_missed"), [("A01", True), ("R01", False), ("T01", True)])
    def test_a_supporting_kpi_serves_its_parents_goal(
        self, code: str, *, is_missed: bool, judged: Judged
    ) -> None:
        text = '[kpis.it]\nsupports = "parent"\n[kpis.parent]'
        assert (f"{code} kpis.it" in judged(text, code=code)) is is_missed


class TestGoalWithoutKpi:
    @pytest.mark.parametrize(
        ("keys", "found"),
        [
            ("", ["R02 goals.growth"]),
            ('goal = "growth"', []),
            ('goal = "growth"; supports = "parent"', []),
            ('goal = "growth"; until = "2025-12"', []),
        ],
    )
    def test_any_kpi_will_do(self, keys: str, found: list[str], judged: Judged) -> None:
        assert judged(board(f"it {keys}", "parent target = 1"), code="R02") == found

    def test_goals_without_any_kpi(self, judged: Judged) -> None:
        assert judged("[goals.a]\n[goals.b]") == ["R02 goals.a", "R02 goals.b"]


class TestTooManyTopLevel:
    def test_five_are_enough(self, judged: Judged) -> None:
        assert judged(board(*plain("a", "b", "c", "d", "e")), code="R03") == []

    def test_the_sixth_is_named(self, judged: Judged) -> None:
        found = judged(board(*plain("a", "b", "c", "d", "e", "f", "g")), code="R03")
        assert found == ["R03 kpis.f"]

    @pytest.mark.parametrize("keys", ['supports = "a"', 'until = "2025-12"'])
    def test_supporting_and_retired_ones_do_not_count(self, keys: str, judged: Judged) -> None:
        text = board(f"z {keys}", *plain("a", "b", "c", "d", "e"))
        assert judged(text, code="R03") == []


def logged(period: str, kpi: str = "it") -> str:
    return f'{{"kpi":"{kpi}","period":"{period}","value":5,"at":"2026-08-01T08:00:00Z"}}\n'


class TestOverdue:
    @pytest.mark.parametrize(
        ("keys", "periods", "is_overdue"),
        [
            ("", ["2026-09"], True),
            ("", ["2026-01"], True),
            ("", ["2026-09", "2026-10"], False),
            ("", [], False),
            ("grace = 4", ["2026-09"], True),
            ("grace = 5", ["2026-09"], False),
            ('until = "2026-09"', ["2026-08"], False),
            ('until = "2026-11"', ["2026-09"], True),
            ('frequency = "quarterly"', ["2026-Q2"], True),
            ('frequency = "quarterly"', ["2026-Q3"], False),
            ('frequency = "weekly"', ["2026-W43"], True),
            ('frequency = "weekly"', ["2026-W44"], False),
        ],
    )
    def test_the_latest_period_past_its_grace(
        self, keys: str, periods: list[str], *, is_overdue: bool, judged: Judged
    ) -> None:
        log = "".join(map(logged, periods))
        found = judged(board(f"it {keys}"), code="T03", log=log)
        assert found == (["T03 kpis.it"] if is_overdue else [])

    def test_a_formula_never_is(self, judged: Judged) -> None:
        text = board('it formula = "other * 2"', "other grace = 3650")
        assert judged(text, code="T03", log=logged("2026-08", "other")) == []

    def test_the_period_is_named(self, scorecard: Callable[..., AnalysisLedger]) -> None:
        card = scorecard(board("it grace = 40"), logged("2026-08"))
        assert list(lint(card, ["T03"])) == []
        [finding] = lint(scorecard(board("it grace = 1"), logged("2026-08")), ["T03"])
        assert finding.message == "it has no actual for 2026-09 and 2026-10, which are past"
        assert finding.hint.startswith("kpi record it, which asks for each")
        [finding] = lint(scorecard(board("it"), logged("2026-09")), ["T03"])
        assert finding.message == "it has no actual for 2026-10, which is past"
        assert finding.hint.startswith("kpi record it VALUE --period 2026-10")


class TestControlCharacter:
    @pytest.mark.parametrize(
        ("line", "found"),
        [
            pytest.param('name = "A\\u001b[31m"', ["S07 kpis.it.name"], id="escape in the name"),
            pytest.param('name = "A\\u202eB"', ["S07 kpis.it.name"], id="turned direction"),
            pytest.param('name = "A\\nB"', ["S07 kpis.it.name"], id="line break in the name"),
            pytest.param('levers = ["a\\u0007"]', ["S07 kpis.it.levers"], id="bell in a lever"),
            pytest.param('definition = "two\\nlines"', [], id="a definition may have lines"),
            pytest.param('name = "Køb \U0001f469\u200d\U0001f4bb"', [], id="joined pictographs"),
        ],
    )
    def test_finds_what_nobody_sees(self, line: str, found: list[str], judged: Judged) -> None:
        assert judged(f"[kpis.it]\n{line}\n", code="S07") == found
