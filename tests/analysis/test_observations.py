"""The past of a KPI as a rule sees it."""

import pytest

from kpicli.analysis.analysis_ledger import AnalysisLedger
from kpicli.analysis.observations import (
    Observations,
    are_consecutive,
    current_target,
    has_note,
    never_moves,
    observations,
)
from kpicli.lint.context import LintContext
from kpicli.model.number import json_number
from kpicli.model.period import read_period
from kpicli.model.record import Series
from tests.evaluation.board import board, damage, line


def seen(scorecard: AnalysisLedger, id: str = "it") -> Observations:
    return observations(scorecard, scorecard.definitions.kpis[id])


def told(moments: Observations) -> list[str]:
    return [f"{one.period} {json_number(one.number)} {one.status}" for one in moments]


class TestPast:
    @pytest.mark.parametrize(
        ("days", "rollup", "first"),
        [
            pytest.param(range(18, 31), "sum", "2026-10", id="a sum of its last days"),
            pytest.param(range(18, 31), "mean", "2026-09", id="but their mean is one"),
            pytest.param(range(4, 31), "sum", "2026-09", id="and nearly all days are all"),
            pytest.param(range(6, 31, 7), "sum", "2026-09", id="once a week"),
            pytest.param([18], "sum", "2026-09", id="once"),
        ],
    )
    def test_a_month_within_which_its_days_begin_is_none(
        self, days: range | list[int], rollup: str, first: str
    ) -> None:
        records = [f"it 2026-09-{day:02} 5" for day in days]
        card = board(f'[kpis.it]\nrollup = "{rollup}"', *records, "it 2026-10 150")
        assert str(seen(card)[0].period) == first

    def test_it_runs_from_the_oldest_closed_period_to_the_newest(self) -> None:
        card = board(
            "[kpis.it]\ntarget = 10",
            "it 2026-10 9",
            "it 2026-08 4",
            "it 2026-09 10",
            "it 2026-11 50",
        )
        assert told(seen(card)) == [
            "2026-08 4 off_target",
            "2026-09 10 on_target",
            "2026-10 9 at_risk",
        ]

    def test_a_period_without_an_actual_is_a_gap(self) -> None:
        card = board("[kpis.it]", "it 2026-07 1", "it 2026-08 none", "it 2026-10 3")
        assert told(seen(card)) == ["2026-07 1 no_target", "2026-10 3 no_target"]
        assert not are_consecutive(card, card.definitions.kpis["it"], seen(card))

    def test_a_period_in_which_there_is_nothing_to_measure_is_none(self) -> None:
        card = board("[kpis.it]", "it 2026-07 1", "it 2026-08 n/a", "it 2026-09 3")
        assert told(seen(card)) == ["2026-07 1 no_target", "2026-09 3 no_target"]
        assert are_consecutive(card, card.definitions.kpis["it"], seen(card))

    def test_what_damage_hides_is_a_gap(self) -> None:
        card = board("[kpis.it]", "it 2026-09 1", "it 2026-10 3", damages=[damage("it 2026-10", 9)])
        assert told(seen(card)) == ["2026-09 1 no_target"]

    def test_each_period_is_held_against_the_target_of_its_time(self) -> None:
        card = board(
            '[kpis.it]\ntargets = { "2026-08" = 5, "2026-10" = 20 }',
            *(f"it 2026-{month} 10" for month in ("07", "08", "09", "10")),
        )
        assert [one.status for one in seen(card)] == [
            "no_target",
            "on_target",
            "on_target",
            "off_target",
        ]
        assert [one.is_met for one in seen(card)] == [False, True, True, False]

    def test_parts_are_rolled_up(self) -> None:
        card = board('[kpis.it]\nrollup = "sum"', "it 2026-10-01 3", "it 2026-10-09 4")
        assert told(seen(card)) == ["2026-10 7 no_target"]

    def test_a_formula_has_the_past_of_its_inputs(self) -> None:
        card = board(
            '[kpis.it]\nformula = "a / b"\ntarget = 2\n[kpis.a]\n[kpis.b]',
            *("a 2026-08 6", "b 2026-08 2", "a 2026-09 6", "a 2026-10 6", "b 2026-10 0"),
        )
        assert told(seen(card)) == ["2026-08 3 on_target"]

    def test_a_long_one_is_cut_to_its_latest_periods(self) -> None:
        first = read_period("2020-01")
        card = board("[kpis.it]", *(f"it {first.shift(month)} {month}" for month in range(82)))
        moments = seen(card)
        assert len(moments) == 36
        assert told(moments)[-1] == "2026-10 81 no_target"

    def test_nothing_was_recorded(self) -> None:
        assert seen(board("[kpis.it]")) == ()


def months(count: int, value: str = "5") -> list[str]:
    last = read_period("2026-10")
    return [f"it {last.shift(-month)} {value}" for month in range(count)]


class TestStandingStill:
    @pytest.mark.parametrize(
        ("keys", "records", "is_still"),
        [
            pytest.param("", months(5), False, id="five are too few"),
            pytest.param("", months(6), True, id="six of six"),
            pytest.param("", [*months(11), "it 2025-11 6"], False, id="eleven of twelve"),
            pytest.param("", [*months(12), "it 2025-10 6"], True, id="the latest twelve"),
            pytest.param("", [*months(5), "it 2026-05 5.0"], True, id="digits do not matter"),
            pytest.param('target = "<=0"', months(6, "0"), False, id="none of what should be few"),
            pytest.param('direction = "lower"', months(6, "0"), False, id="without a target"),
            pytest.param('target = "<=0"', months(6, "1"), True, id="one of what should be none"),
            pytest.param("target = 1", months(6, "0"), True, id="none of what should be many"),
            pytest.param('target = ">=99%"', months(6, "100"), False, id="all of a share"),
            pytest.param("target = 99", months(6, "100"), True, id="a hundred is no share"),
            pytest.param('unit = "%"', months(6, "100"), True, id="nothing says what is better"),
            pytest.param('target = "<5%"', months(6, "100"), True, id="all, and less is better"),
        ],
    )
    def test_never_moves(self, keys: str, records: list[str], *, is_still: bool) -> None:
        card = board(f"[kpis.it]\n{keys}", *records)
        assert never_moves(card.definitions.kpis["it"], seen(card)) is is_still


class TestTargetNow:
    @pytest.mark.parametrize(
        ("keys", "shown"),
        [
            ("", None),
            ("target = 5", "5"),
            ('targets = { "2026-01" = 5, "2026-11" = 6, "2026-12" = 7 }', "6"),
            ('targets = { "2026-12" = 7 }', None),
            ('target = 20\nbaseline = 10\nstart = "2026-06"\nby = "2027-04"', "15"),
            ('target = 20\nbaseline = 10\nstart = "2026-12"\nby = "2027-04"', None),
        ],
    )
    def test_is_that_of_the_period_under_way(self, keys: str, shown: str | None) -> None:
        card = board(f"[kpis.it]\n{keys}")
        target = current_target(card, card.definitions.kpis["it"])
        assert (target and target.show()) == shown


NOTED = '[kpis.it]\nformula = "a - prev(b)"\n[kpis.a]\nrollup = "sum"\n[kpis.b]\n[kpis.other]'


class TestNotes:
    @pytest.mark.parametrize(
        ("id", "record", "note", "is_found"),
        [
            ("a", "a 2026-10 5", "because", True),
            ("a", "a 2026-10 5", "  ", False),
            ("a", "a 2026-10-03 5", "because", True),
            ("a", "a 2026-09 5", "because", False),
            ("a", "a 2026-10 none", "because", False),
            ("it", "b 2026-10 5", "because", True),
            ("it", "a 2026-10-03 5", "because", True),
            ("it", "other 2026-10 5", "because", False),
        ],
    )
    def test_of_the_records_of_a_period(
        self, id: str, record: str, note: str, *, is_found: bool
    ) -> None:
        card = board(NOTED)
        one = line(record)._replace(note=note).record(record.split(maxsplit=1)[0])
        noted = card._replace(series={one.kpi: Series({one.period: one}, {})})
        found = has_note(noted, card.definitions.kpis[id], read_period("2026-10"))
        assert found is is_found


class TestEvidence:
    def test_a_past_is_reckoned_once(self) -> None:
        card = LintContext(*board("[kpis.it]", *months(12)))
        kpi = card.definitions.kpis["it"]
        assert card.observations(kpi) is card.observations(kpi)
        assert card.observations(kpi) == seen(card)
        assert card.limits(kpi) is card.limits(kpi) is not None

    def test_it_is_a_scorecard(self) -> None:
        card = board("[kpis.it]", *months(2))
        assert LintContext(*card) == card
        assert LintContext(*card).limits(card.definitions.kpis["it"]) is None
