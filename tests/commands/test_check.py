"""`kpi check` as it is run: what it says where, and how it exits."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.installed import Kpi, Run, Terminal

SOUND = """\
[defaults]
frequency = "monthly"
[goals.growth]
[kpis.orders]
name = "Orders"
goal = "growth"
owner = "Ann"
definition = "Paid orders"
target = 600
"""
FAULTY = (
    SOUND
    + """\
[kpis.quality]
name = "Quality"
target = 90
"""
)
FINDINGS = """\
kpis.toml:10:1: A01 no_owner: Quality has no owner, so nobody is asked when it is off target
kpis.toml:10:1: R01 no_goal: Quality serves no goal, so nobody can tell what it is measured for
kpis.toml:10:1: S03 no_definition: Quality has no definition, so two people may count it in two ways
kpis.toml:11:1: S01 vague_name: Quality is a wish: nothing says which number shows that it came true
kpis.toml:12:1: M02 no_unit: Quality has no unit, so 90 can be read in more than one way
"""
RECORD = '{"kpi":"orders","period":"2026-10","value":5,"at":"2026-11-02T08:00:00Z"}\n'


@pytest.fixture
def board(tmp_path: Path) -> Path:
    return tmp_path / "kpis.toml"


def checked(kpi: Kpi, *args: str) -> Run:
    return kpi("check", "--as-of", "2026-11-05", *args)


def found(run: Run) -> set[str]:
    return set(re.findall(r"^kpis\.toml:[0-9]+:[0-9]+: ([A-Z][0-9]+)", run.out, re.MULTILINE))


def test_one_finding_a_line_in_order_of_line(kpi: Kpi, board: Path) -> None:
    board.write_text(FAULTY)
    run = checked(kpi)
    assert (run.code, run.out, run.err) == (1, FINDINGS, "")


def test_nothing_found_is_said_aside(kpi: Kpi, board: Path) -> None:
    board.write_text(SOUND)
    run = checked(kpi)
    assert (run.code, run.out) == (0, "")
    assert re.fullmatch(r"1 KPI, [0-9]+ rules: nothing found\n", run.err)


def test_an_empty_file_has_no_fault(kpi: Kpi, board: Path) -> None:
    board.write_text("")
    run = checked(kpi)
    assert (run.code, run.out) == (0, "")
    assert run.err.startswith("0 KPIs, ")


def test_a_retired_kpi_is_not_counted(kpi: Kpi, board: Path) -> None:
    board.write_text(FAULTY + 'until = "2026-09"\n')
    run = checked(kpi)
    assert run.code == 0
    assert run.err.startswith("1 KPI, ")


def test_json_has_the_place_the_reason_and_the_remedy(kpi: Kpi, board: Path) -> None:
    board.write_text(FAULTY + "[goals.idle]\n")
    run = checked(kpi, "--json")
    answer: dict[str, Any] = json.loads(run.out)
    assert run.code == 1
    assert list(answer) == ["schema", "file", "as_of", "findings", "warnings"]
    assert (answer["schema"], answer["file"]) == ("kpi.check/1", "kpis.toml")
    assert (answer["as_of"], answer["warnings"]) == ("2026-11-05", [])
    vague = next(one for one in answer["findings"] if one["code"] == "S01")
    assert vague == {
        "code": "S01",
        "name": "vague_name",
        "severity": "warning",
        "kpi": "quality",
        "path": "kpis.quality.name",
        "line": 11,
        "column": 1,
        "message": "Quality is a wish: nothing says which number shows that it came true",
        "hint": 'say what is counted, as in definition = "Share of cases that …", unit = "%"',
    }
    idle = answer["findings"][-1]
    assert (idle["code"], idle["kpi"], idle["path"]) == ("R02", None, "goals.idle")


def test_json_of_nothing_is_an_empty_list(kpi: Kpi, board: Path) -> None:
    board.write_text(SOUND)
    run = checked(kpi, "--json")
    assert (run.code, json.loads(run.out)["findings"]) == (0, [])


@pytest.mark.parametrize(
    ("args", "codes"),
    [
        (["--select", "S"], {"S01", "S03"}),
        (["--select", "s01"], {"S01"}),
        (["--select", "S01,M"], {"S01", "M02"}),
        (["--select", "S01", "--select", "no_owner"], {"S01", "A01"}),
        (["--select", "S, , M"], {"S01", "S03", "M02"}),
        (["--ignore", "S,R"], {"A01", "M02"}),
        (["--ignore", "S", "--ignore", "vague_name,a01"], {"R01", "M02"}),
        (["--select", "S", "--ignore", "S03"], {"S01"}),
    ],
)
def test_rules_are_selected_and_ignored(
    args: list[str], codes: set[str], kpi: Kpi, board: Path
) -> None:
    board.write_text(FAULTY)
    run = checked(kpi, *args)
    assert (run.code, found(run)) == (1, codes)


@pytest.mark.parametrize("args", [["--select", "T"], ["--ignore", "S,M,A,R"]])
def test_what_is_left_out_does_not_fail(args: list[str], kpi: Kpi, board: Path) -> None:
    board.write_text(FAULTY)
    run = checked(kpi, *args)
    assert (run.code, run.out) == (0, "")
    assert "2 KPIs, 2 rules: nothing found" in run.err


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--select", "R33"], "kpi: error: unknown rule 'R33'\nhint: did you mean 'r03'?\n"),
        (
            ["--ignore", "no_onwer"],
            "kpi: error: unknown rule 'no_onwer'\nhint: did you mean 'no_owner'?\n",
        ),
        (["--select", "Z"], "kpi: error: unknown rule 'Z'\nhint: known are S01, S03, S07"),
        (["--select", "S", "--ignore", "S"], "kpi: error: no rule is left to check by\n"),
        (["--select", ","], "kpi: error: no rule is left to check by\n"),
    ],
)
def test_an_unknown_rule_is_refused(args: list[str], said: str, kpi: Kpi, board: Path) -> None:
    board.write_text(SOUND)
    run = checked(kpi, *args)
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith(said)


def test_ignore_in_the_definition_is_heeded(kpi: Kpi, board: Path) -> None:
    board.write_text(FAULTY + 'ignore = ["S01", "S03", "M02", "A01", "R01"]\n')
    assert checked(kpi).code == 0


def test_definitions_that_do_not_load_name_all_their_faults(kpi: Kpi, board: Path) -> None:
    board.write_text(SOUND + 'onwer = "Bo"\n[kpis.x]\ntarget = "many"\n')
    run = checked(kpi)
    assert (run.code, run.out) == (2, "")
    assert "kpis.toml:10: kpis.orders.onwer: unknown key 'onwer'" in run.err
    assert "kpis.toml:12: kpis.x.target: " in run.err


def test_what_is_written_in_the_defaults_is_shown_at_the_kpi(kpi: Kpi, board: Path) -> None:
    board.write_text('[defaults]\ntolerance = "10%"\n[kpis.accidents]\ntarget = 0\n')
    assert checked(kpi, "--select", "M04").out.startswith("kpis.toml:3:1: M04 ")


class TestLog:
    def test_overdue_depends_on_the_day(self, kpi: Kpi, board: Path) -> None:
        board.write_text(SOUND)
        board.with_suffix(".jsonl").write_text(RECORD)
        late = kpi("check", "--as-of", "2026-12-01")
        assert (late.code, found(late)) == (1, {"T03"})
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


class TestScreen:
    @pytest.mark.parametrize("columns", [80, 50])
    def test_a_finding_is_read_at_any_width(
        self, columns: int, terminal: Terminal, board: Path
    ) -> None:
        board.write_text(FAULTY)
        screen = terminal("check", "--as-of", "2026-11-05", "--color", "never", columns=columns)
        text = screen.sent.decode().replace("\r\n", "\n")
        assert screen.code == 1
        assert max(map(len, text.splitlines())) <= columns
        assert "kpis.toml:12:1  M02 no_unit  warning\n" in text
        joined = " ".join(text.split())
        assert "Quality has no unit, so 90 can be read in more than one way" in joined
        assert '→ say in what it is counted: unit = "kr", "%", "days", or whatever it is' in joined
        assert "5 findings: 5 warnings" in joined

    def test_errors_and_warnings_are_counted_apart(self, terminal: Terminal, board: Path) -> None:
        board.write_text(FAULTY.replace("target = 90\n", ""))
        screen = terminal("check", "--as-of", "2026-11-05")
        assert b"1 error, 5 warnings" in screen.sent

    def test_a_name_is_data(self, kpi: Kpi, terminal: Terminal, board: Path) -> None:
        board.write_text(FAULTY.replace('"Quality"', '"[red]Q\\u001b[31m\\nX"'))
        screen = terminal("check", "--as-of", "2026-11-05")
        for sent in (screen.sent.decode(), checked(kpi).out):
            assert "[red]Q\\x1b[31m\\x0aX" in sent
            assert "\x1b[31m" not in sent


def test_an_answer_never_replaces_the_definitions(kpi: Kpi, board: Path) -> None:
    board.write_text(FAULTY)
    run = checked(kpi, "--json", "-o", "kpis.toml")
    assert run.code == 2
    assert board.read_text() == FAULTY
