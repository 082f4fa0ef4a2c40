"""`kpi check --statistics`: how many findings of each rule."""

import json
from pathlib import Path

import pytest

from tests.commands.judged import FAULTY, SOUND, checked
from tests.installed import Kpi


@pytest.fixture
def board(tmp_path: Path) -> Path:
    return tmp_path / "kpis.toml"


class TestStatistics:
    def test_counts_the_findings_of_each_rule_the_most_first(self, kpi: Kpi, board: Path) -> None:
        board.write_text(FAULTY + '[kpis.lead_time]\ngoal = "growth"\n')
        args = ("--select", "M01,A01,R01", "--statistics")
        run = checked(kpi, *args)
        said = ["2  A01 no_owner   warning", "1  M01 no_target  error"]
        assert (run.code, run.out.splitlines()) == (1, [*said, "1  R01 no_goal    warning"])
        answer = json.loads(checked(kpi, *args, "--json").out)
        assert answer["schema"] == "kpi.statistics/1"
        assert answer["rules"][0] == {
            "code": "A01",
            "name": "no_owner",
            "severity": "warning",
            "count": 2,
        }

    def test_of_nothing_is_nothing(self, kpi: Kpi, board: Path) -> None:
        board.write_text(SOUND)
        run = checked(kpi, "--statistics")
        assert (run.code, run.out) == (0, "")
        assert "nothing found" in run.err

    def test_and_a_card_are_two_answers(self, kpi: Kpi, board: Path) -> None:
        board.write_text(SOUND)
        run = checked(kpi, "--statistics", "--card")
        said = "kpi: error: --card and --statistics are two answers\nhint: give one of the two\n"
        assert (run.code, run.err) == (2, said)
