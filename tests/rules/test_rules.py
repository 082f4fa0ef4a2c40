"""Every rule by its own examples, and where each of them stops."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from kpicli.model.actual import Clock
from kpicli.model.explanation import Example
from kpicli.model.scorecard import Scorecard
from kpicli.options import local_day
from kpicli.rules import explain, judge, known
from kpicli.store.definitions import load
from kpicli.store.scorecard import load as load_scorecard

AS_OF = "2026-11-05"

Judged = Callable[..., list[str]]

every_rule = pytest.mark.parametrize("code", known())


@pytest.fixture
def scorecard(tmp_path: Path) -> Callable[..., Scorecard]:
    """The real loader on a definitions file and a log."""

    def loaded(definitions: str, log: str = "", as_of: str = AS_OF) -> Scorecard:
        (tmp_path / "kpis.toml").write_text(definitions, "utf-8")
        (tmp_path / "kpis.jsonl").write_text(log, "utf-8")
        clock = Clock(date.fromisoformat(as_of), local_day)
        return load_scorecard(load(str(tmp_path / "kpis.toml")), clock).scorecard

    return loaded


@pytest.fixture
def judged(scorecard: Callable[..., Scorecard]) -> Judged:
    """`CODE path` of every finding, sorted; of one rule where a code is given."""

    def found(definitions: str, code: str = "", **more: str) -> list[str]:
        findings = judge(scorecard(definitions, **more), [code] if code else known())
        return sorted(f"{finding.code} {'.'.join(finding.path)}" for finding in findings)

    return found


def board(*kpis: str, goals: str = "") -> str:
    """Definitions of KPIs that want for nothing but what is said of each: `id key=value …`."""
    tables = []
    for id, _, keys in (kpi.partition(" ") for kpi in kpis):
        tables.append(f"[kpis.{id}]\n" + "".join(f"{key.strip()}\n" for key in keys.split(";")))
    return (
        '[defaults]\nowner = "Ann"\ndefinition = "Number of things"\nfrequency = "monthly"\n'
        f"[goals.growth]\n{goals}" + "".join(tables)
    )


def plain(*ids: str) -> list[str]:
    return [f'{id} goal = "growth"; target = 5' for id in ids]


def codes(found: list[str]) -> set[str]:
    return {line.split(" ", 1)[0] for line in found}


def judged_example(scorecard: Callable[..., Scorecard], code: str, example: Example) -> set[str]:
    as_of = explain(code).as_of or AS_OF
    loaded = scorecard(example.definitions, example.log, as_of)
    return {finding.code for finding in judge(loaded, known())}


class TestDocumentation:
    @every_rule
    def test_bad_breaks_that_rule_and_no_other(
        self, code: str, scorecard: Callable[..., Scorecard]
    ) -> None:
        assert judged_example(scorecard, code, explain(code).bad) == {code}

    @every_rule
    def test_good_breaks_none(self, code: str, scorecard: Callable[..., Scorecard]) -> None:
        example = explain(code).good
        assert "[kpis." in example.definitions
        assert judged_example(scorecard, code, example) == set()

    @every_rule
    def test_says_what_and_why_in_sentences(self, code: str) -> None:
        found = explain(code)
        assert found.summary.endswith(".")
        assert found.why.endswith(".")
        assert all(len(sentence) <= 200 for sentence in found.why.split(". "))

    @every_rule
    def test_a_finding_names_the_kpi_and_what_to_write(
        self, code: str, scorecard: Callable[..., Scorecard]
    ) -> None:
        found = explain(code)
        card = scorecard(found.bad.definitions, found.bad.log, found.as_of or AS_OF)
        [finding] = judge(card, [code])
        kpi = card.definitions.kpis.get(finding.kpi)
        assert kpi is None or kpi.name in finding.message
        assert finding.hint
        assert (finding.code, finding.name) == (found.code, found.name)
        assert finding.severity is found.severity
        assert max(len(finding.message), len(finding.hint)) < 120

    def test_every_rule_is_named_once(self) -> None:
        names = [explain(code).name for code in known()]
        assert len(names) == len(set(names)) >= 11


class TestIgnore:
    def test_leaves_a_rule_out_for_that_kpi_alone(self, judged: Judged) -> None:
        found = judged(
            board('orders goal = "growth"; ignore = ["M01", "T03"]', 'visits goal = "growth"')
        )
        assert found == ["M01 kpis.visits"]

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


WISHES = """
    Happy customers | Happier customers | Better service | Improve customer satisfaction
    Improve NPS | Grow sales | GROWTH | Quality | Product quality | Quality of service
    Customer success | Team performance | More customers | Sales efficiency | employee_engagement
    Good service | Be the best | Faster delivery | Operational excellence | Kundetilfredshed
    Fornøyde kunder | Bedre kvalitet | Flere kunder | Nöjda kunder | Öka försäljningen
    Zufriedene Kunden | Bessere Qualität | Mehr Umsatz | Umsatz steigern | Øke salget
"""
NO_WISHES = """
    MRR | Churn | NPS (B2B) | Oms. pr. kunde | Monthly Revenue | Cart Abandonment | Quality score
    Success rate | Customer success tickets closed | Performance reviews completed | Finished goods
    Users with more than 3 logins | Three or more logins | Number of happy customers
    Share of satisfied customers | Happiness index | Higher education applicants | Goodwill
    Lower quartile pay | Revenue growth | Inequality | Best-seller share | Efficiency ratio
    Successful deployments | Improvement suggestions per employee | Nöjd-kund-index | Betterment
    Employee satisfaction (%) | First-time-right | Response time | Better than plan | 2026
"""


def names(text: str) -> list[str]:
    return [name.strip() for line in text.strip().splitlines() for name in line.split("|")]


class TestVagueName:
    @pytest.mark.parametrize("name", names(WISHES))
    def test_a_wish_is_vague(self, name: str, judged: Judged) -> None:
        assert judged(f'[kpis.it]\nname = "{name}"', code="S01") == ["S01 kpis.it.name"]

    @pytest.mark.parametrize("name", names(NO_WISHES))
    def test_what_can_be_measured_is_not(self, name: str, judged: Judged) -> None:
        assert judged(f'[kpis.it]\nname = "{name}"', code="S01") == []

    @pytest.mark.parametrize("name", ["Improve NPS", "Sales efficiency", "Quality"])
    @pytest.mark.parametrize(
        "keys",
        [
            'unit = "%"',
            'target = "90%"',
            'formula = "a / b"',
            'definition = "Share of orders without complaint"',
            'definition = "Orders from our shop that came on time"',
            'definition = "Revenue / cost of sales"',
            'definition = "Delivered complete and on the day"',
            'definition = "Answers 4 and 5 of 5"',
        ],
    )
    def test_a_number_behind_it_clears_a_wish(self, name: str, keys: str, judged: Judged) -> None:
        text = f'[kpis.it]\nname = "{name}"\n{keys}\n[kpis.a]\n[kpis.b]\n'
        assert judged(text, code="S01") == []

    @pytest.mark.parametrize(
        "definition",
        [
            "We want our customers to be happier",
            "How good our products are",
            "Customers are happy",
            "Quality of the product",
            " ",
        ],
    )
    def test_another_wish_does_not(self, definition: str, judged: Judged) -> None:
        text = f'[kpis.it]\nname = "Quality"\ndefinition = "{definition}"'
        assert judged(text, code="S01") == ["S01 kpis.it.name"]


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


COUNTED = """
    Orders | New customers | Number of returns | NPS | NPS (B2B) | Headcount | Support tickets
    Tickets closed | MQLs | PRs merged | Deals won | Weekly active users | Pupils absent | DAU
    Days to close | Time to hire (days) | LTV:CAC | LTV/CAC | Current ratio | Uptime % | Leads
    Antall kunder | Antal ordrer | Anzahl Kunden | Neukunden | Nye kunder | Bestellungen | Klager
    Sykedager | Defects per 1000 units | Customer satisfaction score | Employees | Staff
    Hours worked | Sales calls | Story points | No. of orders | Revenue (EUR) | customers_lost
    In-progress tickets | Bugs and incidents | Google ranking | Nöjd-kund-index | Accidents
    ORDERS | Children vaccinated | Answers 9-10
"""
UNCOUNTED = """
    Monthly Revenue | MRR | Churn | Churn rate | Conversion Rate | Avg Order Value | Retention
    Sales | Net sales | Costs | Cost per order | Response time | Response times | Uptime | Access
    Time to resolve tickets | Cost of returns | Returns rate | Margin | Gross margin | Bonus
    Oms. pr. kunde | Omsetning | Umsatz | Attendance | Speed | CO2 emissions | Discount | Savings
    Revenue per employee | Energy use | ROI | Orders value
"""


class TestNoUnit:
    @pytest.mark.parametrize("name", names(COUNTED))
    def test_a_count_or_a_score_needs_none(self, name: str, judged: Judged) -> None:
        assert judged(f'[kpis.it]\nname = "{name}"\ntarget = 5', code="M02") == []

    @pytest.mark.parametrize("name", names(UNCOUNTED))
    def test_anything_else_does(self, name: str, judged: Judged) -> None:
        text = f'[kpis.it]\nname = "{name}"\ntarget = 5'
        assert judged(text, code="M02") == ["M02 kpis.it.target"]

    @pytest.mark.parametrize(
        "keys",
        [
            'unit = "kr"',
            'target = "$5"',
            'targets = { "2026-01" = "5%" }',
            'formula = "other * 2"',
            'definition = "Number of paid orders"',
            'definition = "How many tickets were opened"',
            'definition = "Customers who cancelled during the month"',
            'definition = "Score from 0 to 10 in the survey"',
            'definition = "Average number of days to delivery"',
        ],
    )
    def test_a_unit_a_formula_or_a_count_in_words(self, keys: str, judged: Judged) -> None:
        text = f'[kpis.it]\nname = "Volume"\n{keys}\n[kpis.other]\nunit = "kr"'
        assert judged(text, code="M02") == []

    @pytest.mark.parametrize(
        "definition",
        [
            "Invoiced sales excluding VAT and returns",
            "Revenue divided by number of orders",
            "Share of visits that end in an order",
            "Time from order to delivery",
        ],
    )
    def test_a_definition_of_something_else(self, definition: str, judged: Judged) -> None:
        text = f'[kpis.it]\nname = "Volume"\ndefinition = "{definition}"'
        assert judged(text, code="M02") == ["M02 kpis.it"]


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

    def test_the_period_is_named(self, scorecard: Callable[..., Scorecard]) -> None:
        card = scorecard(board("it grace = 40"), logged("2026-08"))
        assert list(judge(card, ["T03"])) == []
        [finding] = judge(scorecard(board("it grace = 1"), logged("2026-08")), ["T03"])
        assert "no actual for 2026-10" in finding.message
        assert "kpi record it VALUE --period 2026-10" in finding.hint
