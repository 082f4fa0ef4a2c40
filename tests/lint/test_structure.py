"""What is decided from fields and records: where each of these rules begins and where it stops."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kpicli.analysis.analysis_ledger import AnalysisLedger
from kpicli.catalogue.lookup import term
from kpicli.lint.engine import lint
from tests.lint.conftest import loaded
from tests.lint.test_rules import board

Judged = Callable[..., list[str]]


def months(values: list[int], kpi: str = "it") -> str:
    """A log with a value for each month up to October 2026."""
    lines = []
    for at, value in enumerate(reversed(values)):
        year, month = divmod(2026 * 12 + 9 - at, 12)
        period = f"{year}-{month + 1:02}"
        lines.append(
            f'{{"kpi":"{kpi}","period":"{period}","value":{value},"at":"2026-11-02T08:00:00Z"}}\n'
        )
    return "".join(lines)


def fires(judged: Judged, code: str, keys: str, *others: str, log: str = "") -> bool:
    return any(
        line.startswith(code) for line in judged(board(f"it {keys}", *others), code, log=log)
    )


class TestRoot:
    @pytest.mark.parametrize(
        ("keys", "found"),
        [
            pytest.param('name = "Better service"; target = 9', {"S01"}, id="a wish"),
            pytest.param('name = "Better service"', {"S01", "M01"}, id="without a target"),
            pytest.param('name = "Train all staff"; target = 9', {"S02"}, id="an activity"),
            pytest.param('name = "Revenue and quality"; target = 9', {"S04"}, id="two in one"),
            pytest.param('name = "Fewer complaints"; target = "5 cases"', {"M03"}, id="no sign"),
        ],
    )
    def test_what_follows_from_a_fault_is_not_another(
        self, keys: str, found: set[str], judged: Judged
    ) -> None:
        definition = 'definition = "As we want it to be"'
        lines = judged(board(f'it goal = "growth"; {definition}; {keys}'))
        assert {line.split()[0] for line in lines} == found

    def test_a_step_beneath_an_outcome_may_be_an_activity(self, judged: Judged) -> None:
        keys = 'name = "Post 30 times"; target = "30 posts"'
        assert fires(judged, "S02", keys)
        assert not fires(judged, "S02", f'{keys}; supports = "orders"', "orders target = 5")


class TestContradiction:
    @pytest.mark.parametrize(
        ("name", "target", "found"),
        [
            ("Reduce waiting time", "20 days", {"M03"}),
            ("Reduce waiting time", ">=20 days", {"S06"}),
            ("Reduce waiting time", "<=20 days", set()),
            ("Waiting time", "20 days", {"M03"}),
            ("First answer < 4 h", "<6 hours", {"S06"}),
            ("First answer < 4 h", "<4 hours", set()),
            ("First answer < 4 h", ">=4 hours", {"S06"}),
            ("Share of answers within 4 h", ">=90%", set()),
            ("Attendance below 90%", "<10%", {"S06"}),
            ("Pupils with attendance below 90%", "<10%", set()),
            ("Orders above 500 kr", ">=100 orders", set()),
            ("Orders above 500 kr", ">=500 orders", set()),
            ("Raise orders to 500", ">=500 orders", {"S06"}),
            ("Children of 2 to 5 with a place", ">=5", set()),
        ],
    )
    def test_a_name_against_its_target(
        self, name: str, target: str, found: set[str], judged: Judged
    ) -> None:
        text = board(f'it name = "{name}"; target = "{target}"')
        lines = [*judged(text, "S06"), *judged(text, "M03")]
        assert {line.split()[0] for line in lines} == found

    @pytest.mark.parametrize(
        ("name", "mark", "severity"),
        [
            ("Raise sales to 1.500 kr", ",", ["advice"]),
            ("Raise sales to 1.600 kr", ",", ["error"]),
            ("Raise sales to 1 500 kr", ".", ["advice"]),
            ("Umsatz auf 1.500 steigern", ",", ["advice"]),
            ("Orders", ".", []),
        ],
    )
    def test_a_number_that_the_name_repeats_is_advice(
        self, name: str, mark: str, severity: list[str], scorecard: Callable[..., AnalysisLedger]
    ) -> None:
        text = f'decimal = "{mark}"\n' + board(f'it name = "{name}"; target = "1500 kr"')
        assert [finding.severity for finding in lint(scorecard(text), ["S06"])] == severity


class TestWish:
    def test_it_lacks_no_definition_beside(self, judged: Judged) -> None:
        keys = 'name = "Better service"; target = 9; definition = ""'
        assert fires(judged, "S01", keys)
        assert not fires(judged, "S03", keys)


@pytest.mark.parametrize(
    ("definition", "found"),
    [
        ("Staff who completed the course divided by all staff", True),
        ("Staff who passed the test after the course divided by all staff", False),
        ("Guests who completed the course divided by all guests", False),
    ],
)
def test_a_course_is_an_activity_where_staff_just_take_it(
    definition: str, *, found: bool, judged: Judged
) -> None:
    keys = f'name = "Readiness"; unit = "%"; definition = "{definition}"'
    assert fires(judged, "S02", keys) is found


@pytest.mark.parametrize(
    ("owner", "found"),
    [("Sales, the whole team", True), ("Head of the whole team", False), ("Anna", False)],
)
def test_a_whole_team_is_no_owner(owner: str, *, found: bool, judged: Judged) -> None:
    assert fires(judged, "A02", f'owner = "{owner}"') is found


@pytest.mark.parametrize("owner", ["Sales", "Everyone", "Ann and Bob"])
def test_no_owner_is_advised_that_would_be_found_again(owner: str, tmp_path: Path) -> None:
    keys = f'owner = "{owner}"'
    ledger = loaded(tmp_path, board(f"it {keys}", f"other {keys}"), "", "2026-11-05")
    hints = {finding.hint for finding in lint(ledger, ["A02"], term)}
    assert hints == {'name one person or role: owner = "…"'}


@pytest.mark.parametrize(
    ("name", "found"),
    [("Sales and costs", True), ("Sales and marketing costs", False), ("R&D costs", False)],
)
def test_one_thing_may_have_two_words(name: str, *, found: bool, judged: Judged) -> None:
    keys = f'name = "{name}"; definition = "As booked in the month"'
    assert fires(judged, "S04", keys) is found


class TestSameName:
    @pytest.mark.parametrize(
        ("one", "other", "is_same"),
        [
            ("Orders", "orders", True),
            ("Number of orders", "Orders", True),
            ("Avg Order Value", "Average order value", True),
            ("AOV", "Average order value", True),
            ("Average order value (AOV)", "AOV", True),
            ("Net promoter score", "NPS", True),
            ("on-time delivery", "On time  delivery", True),
            ("Customers lost", "Lost customers", True),
            ("Revenue", "Revenues", True),
            ("Conversion rate", "Converson rate", True),
            ("Conv. rate", "Conversion rate", True),
            ("NPS (B2B)", "NPS (B2C)", False),
            ("NPS", "NPS (B2B)", False),
            ("Revenue Q1", "Revenue Q2", False),
            ("Leads to sales", "Sales to leads", False),
            ("Inflow", "Outflow", False),
            ("Active users", "Inactive users", False),
            ("Revenue", "Revenue per employee", False),
            ("Churn", "Churn rate", False),
            ("MRR", "Mean response rate of repairs", False),
            ("Weekly orders", "Yearly orders", False),
        ],
    )
    def test_two_names(self, one: str, other: str, *, is_same: bool, judged: Judged) -> None:
        text = f'[kpis.a]\nname = "{one}"\n[kpis.b]\nname = "{other}"'
        assert judged(text, code="S05") == (["S05 kpis.b.name"] if is_same else [])

    def test_a_retired_one_does_not_count(self, judged: Judged) -> None:
        assert judged('[kpis.a]\nname = "B"\nuntil = "2025-12"\n[kpis.b]\n', code="S05") == []


class TestTolerance:
    @pytest.mark.parametrize(
        ("keys", "found"),
        [
            ('target = "99.95%"; tolerance = "10%"', True),
            ('target = "95%"; tolerance = "5 pp"', False),
            ('target = "95%"; tolerance = "5.1 pp"', True),
            ('target = "95%"', False),
            ('target = "<=2%"; tolerance = "2 pp"', False),
            ('target = "<=2%"; tolerance = "3 pp"', True),
            ('target = "<=2%"; tolerance = "10%"', False),
            ('target = "40..95%"; tolerance = "6 pp"', True),
            ('target = "40..60%"; tolerance = "30 pp"', False),
            ('target = "100%"; tolerance = "2 pp"', False),
            ('target = "100%"; tolerance = "10%"', True),
            ('target = "110%"; tolerance = "10%"', False),
            ('target = "95 kr"; tolerance = "10%"', False),
            ('target = "110 kr"; baseline = "100 kr"; tolerance = "10 kr"', True),
            ('target = "110 kr"; baseline = "100 kr"; tolerance = "9 kr"', False),
            ('target = "+5%"; baseline = "100 kr"; tolerance = "10%"', True),
            ('target = "+20%"; baseline = "100 kr"; tolerance = "10%"', False),
            ('target = "100 kr"; baseline = "100 kr"; tolerance = "10%"', False),
            ('target = "<=0%"; tolerance = "1 pp"', False),
        ],
    )
    def test_the_room_that_is_left(self, keys: str, *, found: bool, judged: Judged) -> None:
        named = 'name = "Parcels that arrive"; definition = "Parcels that arrive, of all sent"'
        assert fires(judged, "M05", f"{named}; {keys}") is found

    @pytest.mark.parametrize("name", ["Net revenue retention", "ROAS", "Revenue growth"])
    def test_no_share_of_a_whole_has_no_end(self, name: str, judged: Judged) -> None:
        keys = f'name = "{name}"; target = "98%"; tolerance = "10%"'
        assert not fires(judged, "M05", keys)

    def test_an_impossible_target_is_one_fault(self, judged: Judged) -> None:
        keys = 'name = "Attendance"; target = "105%"; tolerance = "10%"'
        assert fires(judged, "M07", keys)
        assert not fires(judged, "M05", keys)


class TestVanity:
    @pytest.mark.parametrize(
        ("keys", "values", "found"),
        [
            pytest.param('rollup = "last"', range(12), True, id="twelve months and never less"),
            pytest.param('rollup = "last"', range(11), False, id="eleven months"),
            pytest.param('rollup = "sum"', range(12), False, id="new ones in each month"),
            pytest.param('rollup = "last"', [*range(12), 3], False, id="it fell"),
            pytest.param('rollup = "last"', [5] * 14, False, id="it stood still"),
            pytest.param('unit = "kr"; rollup = "last"', range(12), False, id="money"),
            pytest.param('name = "Active members"', range(12), False, id="those who act"),
            pytest.param('supports = "top"', range(12), False, id="without target, beneath"),
        ],
    )
    def test_a_history_that_only_grows(
        self, keys: str, values: list[int], *, found: bool, judged: Judged
    ) -> None:
        more = "" if "supports" in keys else "; target = 5"
        log = months([value + 1 for value in values])
        assert fires(judged, "A03", keys + more, "top target = 1", log=log) is found

    def test_a_ratio_that_it_feeds_clears_it(self, judged: Judged) -> None:
        keys = 'name = "Followers"; target = "5 followers"'
        other = 'clicks formula = "shared / it"', "shared rollup = 'sum'"
        assert fires(judged, "A03", keys)
        assert not fires(judged, "A03", keys, *other)
        assert fires(judged, "A03", keys, 'both formula = "shared + it"', other[1])


class TestLever:
    @pytest.mark.parametrize(
        ("keys", "found"),
        [
            ("levers = []", True),
            ('levers = [" "]', True),
            ('levers = ["prices"]', False),
            ('levers = []; supports = "other"', False),
            ('levers = []; formula = "other * 2"', False),
        ],
    )
    def test_something_that_can_be_done(self, keys: str, *, found: bool, judged: Judged) -> None:
        assert fires(judged, "A04", keys, "other target = 1") is found

    def test_what_supports_it_is_one(self, judged: Judged) -> None:
        assert not fires(judged, "A04", "levers = []", 'other supports = "it"')


class TestBeneathOne:
    @pytest.mark.parametrize(("count", "found"), [(7, False), (8, True)])
    def test_seven_are_enough(self, count: int, *, found: bool, judged: Judged) -> None:
        beneath = [f'k{at} supports = "top"' for at in range(count)]
        lines = judged(board("top target = 1", *beneath), "R04")
        assert lines == (["R04 kpis.k7.supports"] if found else [])

    def test_its_parent_may_ignore_it(self, judged: Judged) -> None:
        beneath = [f'k{at} supports = "top"' for at in range(8)]
        assert judged(board('top target = 1; ignore = ["R04"]', *beneath), "R04") == []


class TestTooRare:
    @pytest.mark.parametrize(
        ("keys", "others", "found"),
        [
            ('frequency = "yearly"', [], True),
            ('frequency = "quarterly"', [], False),
            ('frequency = "yearly"; supports = "other"', ["other grace = 0"], False),
            ('frequency = "yearly"', ['other supports = "it"'], False),
            ('frequency = "yearly"', ['other supports = "it"; frequency = "yearly"'], True),
            ('frequency = "yearly"; formula = "other * 2"', ["other rollup = 'sum'"], False),
        ],
    )
    def test_what_warns_earlier(
        self, keys: str, others: list[str], *, found: bool, judged: Judged
    ) -> None:
        assert fires(judged, "T04", keys, *others) is found

    def test_parts_of_the_year_that_are_recorded(self, judged: Judged) -> None:
        keys = 'frequency = "yearly"; rollup = "sum"'
        assert not fires(judged, "T04", keys, log=months([1, 2]))


class TestSource:
    @pytest.mark.parametrize(
        ("keys", "found"),
        [('source = " "', True), ('source = "x"', False), ('source = ""; formula = "b"', False)],
    )
    def test_a_recorded_kpi_has_one(self, keys: str, *, found: bool, judged: Judged) -> None:
        assert fires(judged, "M08", keys, "b grace = 0") is found


class TestAveragedRatio:
    @pytest.mark.parametrize(
        ("keys", "found"),
        [
            ('unit = "%"; definition = "Orders divided by visits"; rollup = "mean"', True),
            ('unit = "%"; definition = "Orders divided by visits"; rollup = "last"', True),
            ('unit = "%"; definition = "Orders divided by visits"; rollup = "max"', False),
            ('unit = "%"; definition = "Orders divided by visits"', False),
            ('unit = "kr"; definition = "Sales divided by orders"; rollup = "mean"', True),
            ('unit = "kr"; definition = "Sales of the day"; rollup = "mean"', False),
            ('unit = "%"; definition = "Women at month end, of all"; rollup = "last"', False),
            ('unit = "%"; definition = "Mean score in the survey"; rollup = "mean"', False),
            ('formula = "a / b"; rollup = "mean"', True),
            ('formula = "a - b"; rollup = "mean"', False),
        ],
    )
    def test_parts_that_could_be_recorded(self, keys: str, *, found: bool, judged: Judged) -> None:
        assert fires(judged, "M09", keys, "a grace = 0", "b grace = 0") is found


class TestWords:
    @pytest.mark.parametrize("size", [5, 60])
    def test_a_reason_names_the_kpi_and_what_to_write(
        self, size: int, scorecard: Callable[..., AnalysisLedger]
    ) -> None:
        name = f"Complaints of {'x' * size}"
        text = board(
            f'it name = "{name}"; target = "10 complaints"',
            'b name = "Reduce churn"; target = ">=5%"',
        )
        found = list(lint(scorecard(text), ["M03", "S06"]))
        assert [one.code for one in found] == ["M03", "S06"]
        assert '"<=10 complaints"' in found[0].hint
        assert 'target = "<=5%"' in found[1].hint
