"""The rules that look at what was recorded, and at today: where each of them stops."""

import json
from collections.abc import Callable, Sequence
from datetime import date

import pytest

from kpicli.analysis.analysis_ledger import AnalysisLedger
from kpicli.lint.engine import lint
from kpicli.model.finding import Finding
from kpicli.model.period import read_period

Judged = Callable[..., list[str]]
Scored = Callable[..., AnalysisLedger]

LAST = "2026-10"


def kpi(keys: str, id: str = "it") -> str:
    return f"[kpis.{id}]\n" + "".join(f"{key.strip()}\n" for key in keys.split(";"))


def line(period: str, value: object, note: str = "", id: str = "it") -> str:
    end = min(read_period(period).end, date(2026, 11, 5))
    fields = {"kpi": id, "period": period, "at": f"{end}T08:00:00Z", "note": note}
    return f'{json.dumps(fields)[:-1]}, "value": {value}}}\n'


def log(values: Sequence[object] | str, last: str = LAST, id: str = "it") -> str:
    """One record a period, up to the last one; `-` is a gap."""
    found = values.split() if isinstance(values, str) else values
    first = read_period(last).shift(1 - len(found))
    return "".join(
        line(str(first.shift(step)), value, id=id)
        for step, value in enumerate(found)
        if value != "-"
    )


def only(scorecard: Scored, code: str, definitions: str, records: str = "") -> Finding:
    [finding] = lint(scorecard(definitions, records), [code])
    return finding


class TestFractionMade:
    @pytest.mark.parametrize(
        ("formula", "is_found"),
        [("orders / visits", True), ("100 * orders / visits", False), ("orders + visits", False)],
    )
    def test_a_formula_that_makes_no_percentage(
        self, formula: str, *, is_found: bool, scorecard: Scored
    ) -> None:
        text = kpi(f'formula = "{formula}"; target = "5%"') + kpi("", "orders") + kpi("", "visits")
        records = log([139], id="orders") + log([6132], id="visits")
        found = list(lint(scorecard(text, records), ["E08"]))
        assert [finding.hint.partition(" makes")[0] for finding in found] == (
            ['formula = "100 * (orders / visits)"'] if is_found else []
        )


CLIMB = 'target = 20; baseline = 10; start = "2026-01"; by = "{by}"'


class TestDeadlinePassed:
    @pytest.mark.parametrize(
        ("by", "more", "is_found"),
        [
            ("2026-09", "", True),
            ("2026-10", "", True),
            ("2026-11", "", False),
            ("2026-10", "; grace = 4", True),
            ("2026-10", "; grace = 5", False),
            ("2026-09", '; until = "2026-09"', False),
        ],
    )
    def test_once_the_last_period_and_its_grace_are_past(
        self, by: str, more: str, *, is_found: bool, judged: Judged
    ) -> None:
        found = judged(kpi(CLIMB.format(by=by) + more), code="T02")
        assert found == (["T02 kpis.it.by"] if is_found else [])

    def test_a_target_without_a_climb_has_no_deadline(self, judged: Judged) -> None:
        assert judged(kpi("target = 20"), code="T02") == []


class TestNoTargetNow:
    @pytest.mark.parametrize(
        ("keys", "found"),
        [
            ('targets = { "2026-12" = 5 }', ["T05 kpis.it.targets"]),
            ('targets = { "2026-11-02" = 5 }', ["T05 kpis.it.targets"]),
            ('targets = { "2026-11" = 5 }', []),
            ('targets = { "2020-01" = 5 }', []),
            ('targets = { "2026-07" = 5 }; frequency = "yearly"', ["T05 kpis.it.targets"]),
            ('targets = { "2026" = 5 }; frequency = "yearly"', []),
            ('targets = { "2026-12" = 5 }; supports = "up"', ["T05 kpis.it.targets"]),
            ("targets = {}", []),
            ("target = 5", []),
            ("unit = 'kr'", []),
            (
                'target = 20; baseline = 10; start = "2026-12"; by = "2027-12"',
                ["T05 kpis.it.start"],
            ),
            ('target = 20; baseline = 10; start = "2026-11"; by = "2027-12"', []),
            (CLIMB.format(by="2026-06"), []),
        ],
    )
    def test_a_schedule_or_a_climb_that_begins_later(
        self, keys: str, found: list[str], judged: Judged
    ) -> None:
        assert judged(kpi(keys) + kpi("target = 1", "up"), code="T05") == found

    def test_the_first_entry_is_named(self, scorecard: Scored) -> None:
        text = kpi('targets = { "2027-07" = 6, "2027-01" = 5 }')
        finding = only(scorecard, "T05", text)
        assert "no target for 2026-11: the first one applies from 2027-01 on" in finding.message
        assert finding.hint.endswith('targets = { "2026-11" = "5", "2027-01" = "5" }')


class TestNeverMoves:
    @pytest.mark.parametrize(
        ("values", "is_found"),
        [
            pytest.param("7 7 7 7 7", False, id="five"),
            pytest.param("7 7 7 7 7 7", True, id="six"),
            pytest.param("7 7 7 - 7 7 7", True, id="a gap is no move"),
            pytest.param("7 7 7 7 7 8", False, id="moved just now"),
            pytest.param("8 " + "7 " * 11, False, id="moved within twelve"),
            pytest.param("8 " + "7 " * 12, True, id="moved before that"),
        ],
    )
    def test_six_or_the_latest_twelve(self, values: str, *, is_found: bool, judged: Judged) -> None:
        found = judged(kpi("target = 9"), code="E01", log=log(values))
        assert found == (["E01 kpis.it"] if is_found else [])

    def test_the_period_under_way_does_not_count(self, judged: Judged) -> None:
        records = log("7 7 7 7 7") + line("2026-11", 7)
        assert judged(kpi("target = 9"), code="E01", log=records) == []
        assert judged(kpi("target = 9"), code="E01", log=log("7 " * 6) + line("2026-11", 8)) != []

    @pytest.mark.parametrize(
        ("keys", "value"),
        [('target = "<=0"', 0), ('target = "<=5"', 0), ('target = ">=99.9%"', 100)],
    )
    def test_what_can_not_be_better_may_stand(self, keys: str, value: int, judged: Judged) -> None:
        assert judged(kpi(keys), code="E01", log=log([value] * 12)) == []

    def test_the_number_is_shown(self, scorecard: Scored) -> None:
        finding = only(scorecard, "E01", kpi('target = "9 kr"'), log("1200 " * 20))
        assert finding.message == "it was 1,200 kr in each of its latest 12 months"


MET = "11 12 11 13 12 11 12 13 11 12 13 12"


class TestAlwaysMet:
    @pytest.mark.parametrize(
        ("keys", "values", "is_found"),
        [
            pytest.param("target = 10", MET, True, id="twelve of twelve"),
            pytest.param("target = 10", MET[3:], False, id="eleven are too few"),
            pytest.param("target = 10", "9 " + MET, False, id="missed once, long ago"),
            pytest.param("target = 10", MET + " 9.9", False, id="missed just now"),
            pytest.param("target = 10", "11 - " + MET, True, id="a gap is no miss"),
            pytest.param('target = "<20"', MET, True, id="less is better"),
            pytest.param('target = "10..20"', MET, True, id="a range"),
            pytest.param("unit = 'kr'", MET, False, id="no target"),
            pytest.param('target = "<=0"', "0 -1 " * 6, False, id="nobody can ask for more"),
            pytest.param('target = ">=100%"', "100 101 " * 6, False, id="nor for more than all"),
            pytest.param('target = "<=5"', "0 1 0 2 " * 3, True, id="but for none"),
            pytest.param("target = 10", "12 " * 12, False, id="what never moves is another fault"),
            pytest.param('target = "<=5"', "0 " * 12, True, id="unless it stands at the best"),
        ],
    )
    def test_in_twelve_periods_or_more(
        self, keys: str, values: str, *, is_found: bool, judged: Judged
    ) -> None:
        found = judged(kpi(keys), code="E02", log=log(values))
        assert found == (["E02 kpis.it.target"] if is_found else [])

    @pytest.mark.parametrize(
        ("keys", "is_found"),
        [
            pytest.param('targets = { "2025-11" = 10 }', True, id="in force for twelve"),
            pytest.param('targets = { "2025-12" = 10 }', False, id="in force for eleven"),
            pytest.param('targets = { "2025-01" = 5, "2026-10" = 10 }', False, id="raised"),
            pytest.param('targets = { "2025-01" = 99, "2025-11" = 10 }', True, id="eased"),
            pytest.param(
                'target = 99; baseline = 1; start = "2025-10"; by = "2099-10"', False, id="climb"
            ),
            pytest.param(
                'target = 10; baseline = 1; start = "2025-01"; by = "2025-10"', True, id="climbed"
            ),
        ],
    )
    def test_only_while_the_target_of_now_is_in_force(
        self, keys: str, *, is_found: bool, judged: Judged
    ) -> None:
        assert bool(judged(kpi(keys), code="E02", log=log("11 " + MET))) is is_found


class TestNeverMet:
    @pytest.mark.parametrize(
        ("keys", "values", "is_found"),
        [
            pytest.param("target = 14", MET, True, id="none of twelve"),
            pytest.param("target = 14", MET[3:], False, id="eleven are too few"),
            pytest.param("target = 14", "14 " + MET, False, id="met once, long ago"),
            pytest.param("target = 14", MET + " 14", False, id="met just now"),
            pytest.param("target = 14", "9 - " + MET, True, id="with a gap"),
            pytest.param('target = "<=10"', MET, True, id="less is better"),
            pytest.param('target = ">13"', MET, True, id="a strict target is not met by a tie"),
            pytest.param("unit = 'kr'", MET, False, id="no target"),
            pytest.param("target = 14", "12 " * 12, False, id="what never moves is another fault"),
            pytest.param(
                'targets = { "2025-11" = 20, "2026-10" = 14 }',
                MET,
                True,
                id="nor when it was eased",
            ),
            pytest.param('targets = { "2025-12" = 14 }', MET, False, id="in force for eleven"),
            pytest.param(
                'target = 99; baseline = 14; start = "2025-11"; by = "2027-11"',
                MET,
                True,
                id="climb",
            ),
        ],
    )
    def test_in_twelve_periods_or_more(
        self, keys: str, values: str, *, is_found: bool, judged: Judged
    ) -> None:
        assert bool(judged(kpi(keys), code="E03", log=log(values))) is is_found

    def test_the_period_under_way_does_not_count(self, judged: Judged) -> None:
        assert judged(kpi("target = 14"), code="E03", log=log(MET) + line("2026-11", 99)) != []


class TestRedAndSilent:
    @pytest.mark.parametrize(
        ("values", "is_found"),
        [
            pytest.param("5 5 5 5", True, id="four red"),
            pytest.param("5 5 5", False, id="three"),
            pytest.param("10 5 5 5 5", True, id="green before"),
            pytest.param("5 5 5 9.5", False, id="at risk now"),
            pytest.param("5 9 5 5", False, id="at risk on the edge"),
            pytest.param("5 5 - 5 5", False, id="a gap"),
            pytest.param('5 5 null,"skip":true 5 5', True, id="a month that is not applicable"),
            pytest.param("5 5 5 5 -", True, id="the last one is not there yet"),
        ],
    )
    def test_the_latest_four(self, values: str, *, is_found: bool, judged: Judged) -> None:
        found = judged(kpi("target = 10"), code="E04", log=log(values))
        assert found == (["E04 kpis.it"] if is_found else [])

    @pytest.mark.parametrize(
        ("period", "is_found"),
        [("2026-10", False), ("2026-07", False), ("2026-06", True), ("2026-11", True)],
    )
    def test_a_note_on_one_of_the_four_will_do(
        self, period: str, *, is_found: bool, judged: Judged
    ) -> None:
        records = log("5 5 5 5 5").splitlines(keepends=True)
        kept = "".join(record for record in records if f'"{period}"' not in record)
        noted = kept + line(period, 5, note="the supplier is on strike")
        assert bool(judged(kpi("target = 10"), code="E04", log=noted)) is is_found

    def test_a_note_that_was_replaced_says_nothing(self, judged: Judged) -> None:
        noted = line(LAST, 6, note="typed in haste") + line(LAST, 5).replace("T08", "T09")
        assert judged(kpi("target = 10"), code="E04", log=log("5 5 5", "2026-09") + noted) != []

    def test_of_a_formula_its_inputs_speak(self, scorecard: Scored, judged: Judged) -> None:
        text = kpi('target = 10; formula = "a / b"') + "[kpis.a]\n[kpis.b]\n"
        records = log("5 5 5 5", id="a") + log("1 1 1", "2026-09", id="b")
        assert only(scorecard, "E04", text, records + line(LAST, 1, id="b")).kpi == "it"
        assert judged(text, code="E04", log=records + line(LAST, 1, "half a month", "b")) == []

    def test_the_hint_says_where_to_write_why(self, scorecard: Scored) -> None:
        finding = only(scorecard, "E04", kpi("target = 10"), log("5 5 5 5.50"))
        assert finding.hint.startswith("kpi note it --period 2026-10 ")


NOISE = "8 12 8 12 8 12 8 12 8 12 8 12"
"""Mean 10 and moving ranges of 4: by itself it runs from -0.64 to 20.64."""


class TestChanceColour:
    @pytest.mark.parametrize(
        ("keys", "values", "is_found"),
        [
            pytest.param("target = 10", NOISE, True, id="in the middle"),
            pytest.param("target = 10", NOISE[2:], False, id="eleven are too few"),
            pytest.param('target = 10; tolerance = "10.63"', NOISE, True, id="a little too narrow"),
            pytest.param('target = 10; tolerance = "10.64"', NOISE, False, id="wide enough"),
            pytest.param('target = 10; tolerance = "106.4%"', NOISE, False, id="a share of it"),
            pytest.param('target = 10; tolerance = "106.3%"', NOISE, True, id="too small a share"),
            pytest.param('target = "<=10"', NOISE, True, id="less is better"),
            pytest.param('target = "10..30"', NOISE, True, id="the lower edge of a range"),
            pytest.param('target = "-5..10"', NOISE, True, id="the upper edge of a range"),
            pytest.param('target = "-5..30"', NOISE, False, id="a range around all of it"),
            pytest.param("target = 26", "30 " + NOISE, False, id="above the limits, met by one"),
            pytest.param('target = "<=-5"', "-30 " + NOISE, False, id="below, met by one"),
            pytest.param("target = 7", NOISE, False, id="always green"),
            pytest.param("target = 20", NOISE, False, id="always red"),
            pytest.param("target = 13", NOISE, True, id="yellow or red"),
            pytest.param("unit = 'kr'", NOISE, False, id="no target"),
            pytest.param("target = 5", "5 " * 12, False, id="no noise"),
        ],
    )
    def test_an_edge_inside_the_limits(
        self, keys: str, values: str, *, is_found: bool, judged: Judged
    ) -> None:
        found = judged(kpi(keys), code="E05", log=log(values))
        assert found == (["E05 kpis.it.tolerance"] if is_found else [])

    def test_the_target_of_now_counts(self, judged: Judged) -> None:
        text = kpi('targets = { "2020-01" = 10, "2026-11" = 30 }')
        assert judged(text, code="E05", log=log(NOISE)) == []

    @pytest.mark.parametrize(
        ("target", "width", "advice"),
        [
            ("10", "11", "107%"),
            ("10.0 kr", "10.7 kr", "107%"),
            ("10%", "10.7 pp", "10.7 pp"),
            ("$10.00", "$10.64", "107%"),
        ],
    )
    def test_the_tolerance_that_is_named_is_wide_enough(
        self, target: str, width: str, advice: str, scorecard: Scored, judged: Judged
    ) -> None:
        finding = only(scorecard, "E05", kpi(f'target = "{target}"'), log(NOISE))
        assert f"varies by {width} without a cause" in finding.message
        assert f'tolerance = "{advice}"' in finding.hint
        for tolerance in (width, advice):
            wide = kpi(f'target = "{target}"; tolerance = "{tolerance}"')
            assert judged(wide, code="E05", log=log(NOISE)) == []


class TestAlwaysMetInAnotherUnit:
    @pytest.mark.parametrize(
        ("target", "is_odd"),
        [("<=2,000 min", True), ("<=25 min", False), (">=2 min", False), (">=0.01 min", True)],
    )
    def test_a_target_ten_times_off_may_be_in_another_unit(
        self, target: str, scorecard: Scored, *, is_odd: bool
    ) -> None:
        finding = only(scorecard, "E02", kpi(f'target = "{target}"'), log([10, 12, 11] * 5))
        assert ("another unit" in finding.message) is is_odd
        assert "until = " in finding.hint

    def test_it_has_the_decimals_of_the_actuals(self, scorecard: Scored) -> None:
        tenths = log(NOISE.replace("12", "1.2").replace("8", "0.8"))
        finding = only(scorecard, "E05", kpi('target = "1 h"'), tenths)
        assert "varies by 1.1 h" in finding.message


class TestBeyondReach:
    @pytest.mark.parametrize(
        ("keys", "values", "is_found"),
        [
            pytest.param("target = 21", NOISE, True, id="above"),
            pytest.param("target = 20", NOISE, False, id="inside"),
            pytest.param("target = 20.64", NOISE, False, id="at the limit"),
            pytest.param('target = "<=-0.64"', NOISE, False, id="at the lower limit"),
            pytest.param("target = 21", NOISE[2:], False, id="eleven are too few"),
            pytest.param('target = "<=-1"', NOISE, True, id="below, and less is better"),
            pytest.param('target = "<=21"', NOISE, False, id="above, and less is better"),
            pytest.param('target = ">=-1"', NOISE, False, id="below, and more is better"),
            pytest.param('target = "21..30"', NOISE, True, id="a range above"),
            pytest.param('target = "-9..-1"', NOISE, True, id="a range below"),
            pytest.param('target = "20..30"', NOISE, False, id="a range that begins inside"),
            pytest.param("target = 26", "26 " + NOISE, True, id="met before the latest twelve"),
            pytest.param("target = 26", "26 " + NOISE[2:], False, id="met within them"),
            pytest.param("target = 60", "8 12 8 12 8 30 31 32 31 30 32 31 30", False, id="shifted"),
            pytest.param("target = 26", NOISE + " 25", False, id="one beyond, just now"),
            pytest.param("target = 60", "8 9 10 11 12 13 14 15 16 17 18 19", False, id="climbing"),
            pytest.param("target = 60", "19 18 17 16 15 14 13 12 11 10 9 8", True, id="falling"),
            pytest.param("target = 21", "12 " * 12, False, id="what never moves is another fault"),
            pytest.param("unit = 'kr'", NOISE, False, id="no target"),
        ],
    )
    def test_a_target_past_the_limits(
        self, keys: str, values: str, *, is_found: bool, judged: Judged
    ) -> None:
        found = judged(kpi(keys), code="E06", log=log(values))
        assert found == (["E06 kpis.it.target"] if is_found else [])

    def test_on_a_climb_the_step_of_now_counts(self, judged: Judged) -> None:
        slow = kpi('target = 90; baseline = 10; start = "2026-10"; by = "2096-10"')
        steep = kpi('target = 90; baseline = 10; start = "2026-10"; by = "2026-12"')
        assert judged(slow, code="E06", log=log(NOISE)) == []
        assert judged(steep, code="E06", log=log(NOISE)) == ["E06 kpis.it.target"]

    def test_the_limits_and_the_target_are_named(self, scorecard: Scored) -> None:
        finding = only(scorecard, "E06", kpi('target = "<-1.5 kr"'), log(NOISE))
        said = "it varies from -0.6 kr to 20.6 kr without a cause, and <-1.5 kr lies beyond"
        assert finding.message == said

    def test_limits_have_the_decimals_that_keep_them_off_the_target(
        self, scorecard: Scored
    ) -> None:
        finding = only(scorecard, "E06", kpi("target = 21"), log(NOISE))
        assert "from -0.6 to 20.6 without" in finding.message

    def test_weeks_have_limits_too(self, judged: Judged) -> None:
        text = kpi('target = 21; frequency = "weekly"')
        assert judged(text, code="E06", log=log(NOISE, "2026-W44")) == ["E06 kpis.it.target"]


class TestStrayRecords:
    @pytest.mark.parametrize(
        ("keys", "id", "period", "found"),
        [
            pytest.param("target = 5", "it", "2026-10", [], id="its own"),
            pytest.param("target = 5", "ti", "2026-10", ["E07 "], id="an unknown id"),
            pytest.param('formerly = ["ti"]', "ti", "2026-10", [], id="a former id"),
            pytest.param('frequency = "monthly"', "it", "2026", ["E07 kpis.it"], id="too long"),
            pytest.param('rollup = "sum"', "it", "2026-W41", ["E07 kpis.it"], id="weeks in months"),
            pytest.param("target = 5", "it", "2026-10-03", ["E07 kpis.it"], id="no rollup"),
            pytest.param('rollup = "sum"', "it", "2026-10-03", [], id="a part"),
            pytest.param('formula = "b + 1"', "it", "2026-10", ["E07 kpis.it"], id="a formula"),
            pytest.param('until = "2026-08"', "it", "2026-08", [], id="a retired one's own"),
            pytest.param('until = "2026-08"', "it", "2026-09", ["E07 kpis.it"], id="after the end"),
        ],
    )
    def test_of_no_kpi_or_no_period(
        self, keys: str, id: str, period: str, found: list[str], judged: Judged
    ) -> None:
        text = kpi(keys) + "[kpis.b]\n"
        assert judged(text, code="E07", log=line(period, 5, id=id)) == found

    def test_what_was_taken_back_is_not_there(self, judged: Judged) -> None:
        records = line(LAST, "null", id="gone") + line("2026", "null")
        assert judged(kpi("target = 5"), code="E07", log=records) == []

    def test_one_finding_an_id_with_what_may_be_meant(self, scorecard: Scored) -> None:
        records = log("1 2 3", id="revenu") + log("1", id="zzz")
        text = kpi("target = 5", "revenue")
        near, far = lint(scorecard(text, records + log("5", id="revenue")), ["E07"])
        assert near.message == "no definition has the KPI 'revenu', and the log has 3 records of it"
        assert near.hint.startswith("did you mean 'revenue'? if it has another id now: formerly = ")
        assert far.hint == (
            'if it has another id now: formerly = ["zzz"]; '
            "if it is no longer kept: define it, with its last period as until"
        )
        assert (near.kpi, near.path) == ("", ())

    def test_a_kpi_without_records_is_told_its_former_id(self, scorecard: Scored) -> None:
        records = log("1 2 3", id="revenu") + log("1", id="zzz")
        near, far = lint(scorecard(kpi("target = 5", "revenue"), records), ["E07"])
        assert near.message == (
            "revenue has no records; no definition has the KPI 'revenu', "
            "and the log has 3 records of it"
        )
        assert near.hint == 'formerly = ["revenu"] under [kpis.revenue] makes them its own'
        assert (near.kpi, near.path, far.kpi) == ("revenue", ("kpis", "revenue"), "")

    def test_where_there_is_one_of_each_they_need_not_be_alike(self, scorecard: Scored) -> None:
        [finding] = lint(scorecard(kpi("target = 5", "score"), log("1", id="health")), ["E07"])
        assert finding.hint == 'formerly = ["health"] under [kpis.score] makes them its own'

    def test_one_finding_a_reason(self, scorecard: Scored) -> None:
        records = "".join(line(period, 5) for period in ("2026-10-03", "2026-10-04", "2026-Q3"))
        longer, parts = lint(scorecard(kpi("target = 5"), records), ["E07"])
        assert parts.message.startswith(
            "it has 2 records in the log that nothing uses: it has no rollup"
        )
        assert longer.message.startswith(
            "it has 1 record in the log that nothing uses: 2026-Q3 is longer"
        )

    def test_longer_periods_use_what_stands_after_the_end(self, scorecard: Scored) -> None:
        text = kpi('until = "2026-08"\nrollup = "sum"')
        records = "".join(line(period, 5) for period in ("2026-08", "2026-09", "2026-10-03"))
        [finding] = lint(scorecard(text, records), ["E07"])
        assert finding.message == (
            "it has 2 records in the log that longer periods and formulas alone use: "
            "it is only kept until 2026-08"
        )
