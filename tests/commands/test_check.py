"""`kpi check` as it is run: what it says where, and how it exits."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from kpicli.lint.engine import rule_files
from tests.commands.judged import FAULTY, RECORD, SOME, SOUND, checked, found
from tests.installed import Kpi

FINDINGS = """\
kpis.toml:14:1: A01 no_owner: Quality has no owner, so nobody is asked when it is off target \
→ name one person or role: owner = "Ann" (kpi rules A01)
kpis.toml:14:1: R01 no_goal: Quality serves no goal, so nobody can tell what it is measured for \
→ name the one that it serves: goal = "growth" (kpi rules R01)
kpis.toml:15:1: S01 vague_name: Quality is a wish: nothing says which number shows that it came \
true → say what is counted, as in definition = "Share of cases that …", unit = "%" \
(kpi rules S01)
"""
TWO = """\
[goals.growth]
[kpis]
a.name = "A"
b.target = 1
a.tolerance = "10%"
a.target = 0
"""


@pytest.fixture
def board(tmp_path: Path) -> Path:
    return tmp_path / "kpis.toml"


def test_one_finding_a_line_in_order_of_line(kpi: Kpi, board: Path) -> None:
    board.write_text(FAULTY)
    run = checked(kpi, *SOME)
    assert (run.code, run.out, run.err) == (1, FINDINGS, "")


def test_the_gravest_come_first_then_it_goes_by_the_line(kpi: Kpi, board: Path) -> None:
    board.write_text(TWO + "c.unit = '%'\n")
    rows = json.loads(checked(kpi, "--select", "R02,A01,M04,M01,M08", "--json").out)["findings"]
    assert [f"{row['kpi']} {row['line']}:{row['column']} {row['code']}" for row in rows] == [
        "c 7:1 M01",
        "None 1:1 R02",
        "a 3:1 A01",
        "b 4:1 A01",
        "a 5:1 M04",
        "c 7:1 A01",
        "a 3:1 M08",
        "b 4:1 M08",
        "c 7:1 M08",
    ]


def test_nothing_found_is_said_aside(kpi: Kpi, board: Path) -> None:
    board.write_text(SOUND)
    run = checked(kpi)
    assert (run.code, run.out) == (0, "")
    assert run.err == f"1 KPI, {len(rule_files())} rules: nothing found\n"


def test_an_empty_file_has_no_fault(kpi: Kpi, board: Path) -> None:
    board.write_text("")
    run = checked(kpi)
    assert (run.code, run.out) == (0, "")
    assert run.err == "no KPIs yet: kpi add\n"


def test_a_retired_kpi_is_not_counted(kpi: Kpi, board: Path) -> None:
    board.write_text(FAULTY + 'until = "2026-09"\n')
    run = checked(kpi)
    assert run.code == 0
    assert run.err.startswith("1 KPI, ")


class TestNamed:
    def test_only_these_are_judged_and_no_whole_board(self, kpi: Kpi, board: Path) -> None:
        board.write_text("[goals.idle]\n" + FAULTY)
        assert found(checked(kpi, *SOME)) == ["R02", "A01", "R01", "S01"]
        board.write_text(FAULTY)
        assert checked(kpi, "quality", *SOME).out == FINDINGS
        run = checked(kpi, "orders", *SOME)
        assert (run.code, run.out, run.err) == (0, "", "1 KPI, 6 rules: nothing found\n")
        assert checked(kpi, "quality", "orders", *SOME).out == FINDINGS

    def test_by_a_former_id_as_well(self, kpi: Kpi, board: Path) -> None:
        board.write_text(FAULTY + 'formerly = ["goodness"]\n')
        assert checked(kpi, "goodness", *SOME).out == FINDINGS

    def test_an_unknown_one_is_refused(self, kpi: Kpi, board: Path) -> None:
        board.write_text(FAULTY)
        run = checked(kpi, "qualty")
        assert (run.code, run.out) == (2, "")
        assert run.err == "kpi: error: unknown KPI 'qualty'\nhint: did you mean 'quality'?\n"

    def test_a_retired_one_is_said_not_to_be_judged(self, kpi: Kpi, board: Path) -> None:
        board.write_text(FAULTY + 'until = "2026-09"\n')
        run = checked(kpi, "quality", *SOME)
        said = "Quality is retired and no longer checked\n0 KPIs, 6 rules: nothing found\n"
        assert (run.code, run.out, run.err) == (0, "", said)


def test_json_has_the_place_the_reason_and_the_remedy(kpi: Kpi, board: Path) -> None:
    board.write_text(FAULTY + "[goals.idle]\n")
    run = checked(kpi, "--json")
    answer: dict[str, Any] = json.loads(run.out)
    assert run.code == 1
    assert list(answer) == ["schema", "file", "as_of", "findings", "warnings"]
    assert (answer["schema"], answer["file"]) == ("kpi.check/1", "kpis.toml")
    assert (answer["as_of"], answer["warnings"]) == ("2026-11-05", [])
    vague = next(one for one in answer["findings"] if one["code"] == "S01")
    assert vague.pop("hint").startswith("say what is counted, as in definition = ")
    assert vague == {
        "code": "S01",
        "name": "vague_name",
        "severity": "warning",
        "kpi": "quality",
        "path": "kpis.quality.name",
        "file": "kpis.toml",
        "line": 15,
        "column": 1,
        "message": "Quality is a wish: nothing says which number shows that it came true",
        "page": "kpi rules S01",
    }
    idle = next(one for one in answer["findings"] if one["code"] == "R02")
    assert (idle["code"], idle["kpi"], idle["path"]) == ("R02", None, "goals.idle")


def test_json_of_nothing_is_an_empty_list(kpi: Kpi, board: Path) -> None:
    board.write_text(SOUND)
    run = checked(kpi, "--json")
    assert (run.code, json.loads(run.out)["findings"]) == (0, [])


@pytest.mark.parametrize(
    ("args", "pattern"),
    [
        (["--select", "S"], "S.."),
        (["--select", "s01"], "S01"),
        (["--select", "S01,R"], "S01|R.."),
        (["--select", "S01", "--select", "no_owner"], "S01|A01"),
        (["--select", "S, , R"], "S..|R.."),
        (["--ignore", "S,R"], "[^SR].."),
        (["--ignore", "S", "--ignore", "vague_name,a01"], "(?!A01)[^S].."),
        (["--select", "A", "--ignore", "A04"], "A(?!04).."),
    ],
    ids=" ".join,
)
def test_rules_are_selected_and_ignored(
    args: list[str], pattern: str, kpi: Kpi, board: Path
) -> None:
    board.write_text(FAULTY)
    run = checked(kpi, *args)
    wanted = [code for code in found(checked(kpi)) if re.fullmatch(pattern, code)]
    assert wanted
    assert (run.code, found(run)) == (1, wanted)


@pytest.mark.parametrize("args", [["--select", "T"], ["--ignore", "S,M,A,R"]])
def test_what_is_left_out_does_not_fail(args: list[str], kpi: Kpi, board: Path) -> None:
    board.write_text(FAULTY)
    run = checked(kpi, *args)
    assert (run.code, run.out) == (0, "")
    assert re.fullmatch("2 KPIs, [0-9]+ rules: nothing found\n", run.err)


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--select", "R33"], "kpi: error: unknown rule 'R33'\nhint: did you mean 'r03'?\n"),
        (
            ["--ignore", "no_onwer"],
            "kpi: error: unknown rule 'no_onwer'\nhint: did you mean 'no_owner'?\n",
        ),
        (["--select", "Z"], "kpi: error: unknown rule 'Z'\nhint: known: S01, S02, S03"),
        (["--select", "S", "--ignore", "S"], "kpi: error: no rule is selected\n"),
        (["--select", ","], "kpi: error: no rule is selected\n"),
    ],
)
def test_an_unknown_rule_is_refused(args: list[str], said: str, kpi: Kpi, board: Path) -> None:
    board.write_text(SOUND)
    run = checked(kpi, *args)
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith(said)


def test_ignore_in_the_definition_is_heeded(kpi: Kpi, board: Path) -> None:
    board.write_text(FAULTY)
    codes = found(checked(kpi))
    board.write_text(f"{FAULTY}ignore = {codes}\n")
    assert checked(kpi).code == 0


class TestExitZero:
    @pytest.mark.parametrize("args", [[], ["--card"], ["--statistics"], ["--json"]], ids=" ".join)
    def test_says_the_same_and_fails_nothing(self, args: list[str], kpi: Kpi, board: Path) -> None:
        board.write_text(FAULTY)
        strict, mild = checked(kpi, *args), checked(kpi, *args, "--exit-zero")
        assert (strict.code, mild.code) == (1, 0)
        assert mild.out == strict.out

    def test_damage_in_the_log_is_still_told(self, kpi: Kpi, board: Path) -> None:
        board.write_text(FAULTY)
        board.with_suffix(".jsonl").write_text(RECORD + "{]\n")
        assert checked(kpi, "--exit-zero").code == 3


def test_definitions_that_do_not_load_name_all_their_faults(kpi: Kpi, board: Path) -> None:
    board.write_text(SOUND + 'onwer = "Bo"\n[kpis.x]\ntarget = "many"\n')
    run = checked(kpi)
    assert (run.code, run.out) == (2, "")
    assert "kpis.toml:14: kpis.orders.onwer: unknown key 'onwer'" in run.err
    assert "kpis.toml:16: kpis.x.target: " in run.err


def test_what_is_written_in_the_defaults_is_shown_at_the_kpi(kpi: Kpi, board: Path) -> None:
    board.write_text('[defaults]\ntolerance = "10%"\n[kpis.accidents]\ntarget = 0\n')
    assert checked(kpi, "--select", "M04").out.startswith("kpis.toml:3:1: M04 ")


class TestLog:
    def test_overdue_depends_on_the_day(self, kpi: Kpi, board: Path) -> None:
        board.write_text(SOUND)
        board.with_suffix(".jsonl").write_text(RECORD)
        late = kpi("check", "--as-of", "2026-12-01")
        assert (late.code, found(late)) == (1, ["T03"])
        assert checked(kpi).code == 0
        assert kpi("check", "--as-of", "2026-11-30").code == 0

    @pytest.mark.parametrize("text", [SOUND, FAULTY])
    def test_damage_is_stronger_than_findings(self, text: str, kpi: Kpi, board: Path) -> None:
        board.write_text(text)
        board.with_suffix(".jsonl").write_text(RECORD + "{]\n")
        run = checked(kpi)
        assert run.code == 3
        assert "kpis.jsonl:2: " in run.err
        assert len(json.loads(checked(kpi, "--json").out)["warnings"]) == 1


def test_an_answer_never_replaces_the_definitions(kpi: Kpi, board: Path) -> None:
    board.write_text(FAULTY)
    run = checked(kpi, "--json", "-o", "kpis.toml")
    assert run.code == 2
    assert board.read_text() == FAULTY


ALIKE = "".join(f'[kpis.k{number}]\nname = "Orders of shop {number}"\n' for number in range(5))


class TestAlike:
    """What nearly every KPI breaks is one finding for the file."""

    def test_it_has_the_count_and_the_line_that_answers_it(self, kpi: Kpi, board: Path) -> None:
        board.write_text(ALIKE)
        run = checked(kpi, "--select", "T01")
        assert run.out == (
            "kpis.toml:1:1: T01 no_frequency: 5 of 5 KPIs: nothing says how often a KPI is "
            'measured → where one answer fits most: frequency = "monthly" under [defaults] '
            "(kpi rules T01)\n"
        )

    @pytest.mark.parametrize("args", [["--verbose"], ["k0", "k1", "k2", "k3", "k4"]])
    def test_each_is_listed_where_that_is_asked_for(
        self, args: list[str], kpi: Kpi, board: Path
    ) -> None:
        board.write_text(ALIKE)
        assert found(checked(kpi, *args, "--select", "T01")) == ["T01"] * 5

    @pytest.mark.parametrize(("others", "count"), [(1, 1), (2, 5)], ids=["four of five", "less"])
    def test_four_of_five_are_nearly_all(
        self, others: int, count: int, kpi: Kpi, board: Path
    ) -> None:
        sound = "".join(f'[kpis.o{at}]\nfrequency = "weekly"\n' for at in range(others))
        board.write_text(ALIKE + sound)
        assert len(found(checked(kpi, "--select", "T01"))) == count

    def test_four_alike_are_four(self, kpi: Kpi, board: Path) -> None:
        board.write_text(ALIKE.replace("[kpis.k4]", '[kpis.k4]\nfrequency = "daily"'))
        assert len(found(checked(kpi, "--select", "T01"))) == 4

    def test_the_code_and_the_count_of_each_rule_are_as_before(self, kpi: Kpi, board: Path) -> None:
        board.write_text(ALIKE)
        assert checked(kpi).code == 1
        rows = json.loads(checked(kpi, "--statistics", "--json").out)["rules"]
        assert {row["code"]: row["count"] for row in rows}["T01"] == 5

    def test_a_tolerance_near_100_is_asked_for_once(self, kpi: Kpi, board: Path) -> None:
        high = '[kpis.k{}]\nname = "Attendance of class {}"\ntarget = "9{}%"\n'
        board.write_text("".join(high.format(at, at, at) for at in range(3, 8)))
        run = checked(kpi, "--select", "M12")
        assert "3 of 5 KPIs: targets of 95% and more" in run.out
        assert found(run) == ["M12"]
        board.write_text(board.read_text() + 'ignore = ["M12"]\n')
        assert "2 of 5 KPIs: " in checked(kpi, "--select", "M12").out
