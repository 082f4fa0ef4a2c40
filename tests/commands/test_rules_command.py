"""`kpi rules` as it is run: the list, and one rule explained."""

import json
import re
import tomllib
from pathlib import Path

import pytest

from kpicli.lint.engine import rule_files
from tests.installed import Kpi, Terminal

TOO_MANY = "R03 too_many_top_level"


def test_lists_every_rule_in_the_order_of_smart(kpi: Kpi) -> None:
    run = kpi("rules")
    lines = run.out.splitlines()
    assert (run.code, run.err) == (0, "")
    assert [line.split()[0] for line in lines] == list(rule_files())
    letters = "".join(dict.fromkeys(line[0] for line in lines))
    assert letters.startswith("SMART")
    assert lines[0].split(maxsplit=3) == [
        *("S01", "vague_name", "warning"),
        "A name is a wish, and nothing turns it into a number.",
    ]


def test_lists_them_for_machines(kpi: Kpi) -> None:
    answer = json.loads(kpi("rules", "--json").out)
    assert answer["schema"] == "kpi.rules/1"
    assert [rule["code"] for rule in answer["rules"]] == list(rule_files())
    assert answer["rules"][list(rule_files()).index("M01")] == {
        "code": "M01",
        "name": "no_target",
        "severity": "error",
        "summary": "A top-level KPI has no target.",
    }


def test_lists_those_of_a_letter(kpi: Kpi) -> None:
    codes = [line.split()[0] for line in kpi("rules", "s").out.splitlines()]
    assert codes
    assert codes == [code for code in rule_files() if code.startswith("S")]


@pytest.mark.parametrize("word", ["R03", "r03", "too_many_top_level", "Too_Many_Top_Level", " R03"])
def test_explains_one_by_code_or_name(word: str, kpi: Kpi) -> None:
    run = kpi("rules", word)
    assert (run.code, run.err) == (0, "")
    lines = run.out.splitlines()
    assert lines[0].split(maxsplit=1) == ["Rule", TOO_MANY]
    for line in (
        "More than five KPIs stand at the top.",
        "Bad:",
        "Good:",
        'supports = "monthly_revenue"',
    ):
        assert line in lines
    assert "What is steered by ten numbers" in run.out


def test_explains_one_for_machines_with_examples_that_parse(kpi: Kpi) -> None:
    answer = json.loads(kpi("rules", "T03", "--json").out)
    assert answer["schema"] == "kpi.rule/1"
    assert (answer["code"], answer["name"], answer["as_of"]) == ("T03", "overdue", "2026-11-05")
    for example in ("bad", "good"):
        assert "monthly_revenue" in tomllib.loads(answer[example])["kpis"]
        assert json.loads(answer[f"{example}_log"])["period"] == "2026-09"


def test_a_log_is_shown_with_its_day(kpi: Kpi) -> None:
    run = kpi("rules", "overdue")
    assert "with this log, on 2026-11-05:\n{" in run.out
    assert "with this log" not in kpi("rules", "R03").out


@pytest.mark.parametrize("columns", [80, 50])
def test_a_screen_of_any_width_shows_it_whole(columns: int, terminal: Terminal) -> None:
    for args in ((), ("R03",)):
        screen = terminal("rules", *args, "--color", "never", columns=columns)
        text = screen.sent.decode().replace("\r\n", "\n")
        assert screen.code == 0
        assert max(map(len, text.splitlines())) <= columns
        assert TOO_MANY in text
        assert "More than five KPIs stand at the top." in text


def test_markdown_keeps_the_examples_as_code(kpi: Kpi) -> None:
    run = kpi("rules", "R03", "--format", "markdown")
    assert run.code == 0
    assert "```\n[defaults]\n" in run.out


class TestMarkdown:
    """`--markdown`: the whole reference."""

    def test_has_a_heading_a_rule_with_why_bad_and_good(self, kpi: Kpi) -> None:
        run = kpi("rules", "--markdown")
        assert (run.code, run.err) == (0, "")
        assert run.out.startswith("## The rules of kpi check\n\nNames and definitions are read in ")
        assert "\n\n### S01 vague\\_name (" in run.out
        heads = re.findall(r"^### ([A-Z][0-9]{2}) [a-z_\\0-9]+ \((\w+)\)$", run.out, re.MULTILINE)
        assert [code for code, _ in heads] == list(rule_files())
        assert {severity for _, severity in heads} == {"error", "warning", "advice"}
        for part in run.out.split("\n### ")[1:]:
            assert part.count("\nBad:\n\n```\n") == part.count("\nGood:\n\n```\n") == 1, part[:40]

    def test_every_example_in_it_is_toml_or_a_log(self, kpi: Kpi) -> None:
        blocks = re.findall(
            r"^```\n(.*?)^```$", kpi("rules", "--markdown").out, re.DOTALL | re.MULTILINE
        )
        for block in blocks:
            if block.startswith("{"):
                assert [json.loads(line) for line in block.splitlines()]
            else:
                assert tomllib.loads(block)["kpis"]
        assert len(blocks) >= 2 * len(rule_files())

    def test_of_one_rule_or_letter_alone(self, kpi: Kpi) -> None:
        assert kpi("rules", "R03", "--markdown").out.count("\n### ") == 1
        letter = kpi("rules", "E", "--markdown").out
        assert letter.count("\n### E") == letter.count("\n### ") > 1

    def test_into_a_file_of_any_name(self, kpi: Kpi, tmp_path: Path) -> None:
        assert kpi("rules", "--markdown", "-o", "rules.txt").code == 0
        assert (tmp_path / "rules.txt").read_text() == kpi("rules", "--markdown").out

    @pytest.mark.parametrize("args", [("--json",), ("--format", "json"), ("--format", "plain")])
    def test_and_another_format_are_two(self, args: tuple[str, ...], kpi: Kpi) -> None:
        run = kpi("rules", "--markdown", *args)
        assert (run.code, run.out) == (2, "")
        assert "two formats" in run.err
        assert kpi("rules", "--markdown", "--format", "markdown").code == 0


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("R33", "hint: did you mean 'r03'?"),
        ("overdu", "hint: did you mean 'overdue'?"),
        ("Z", "hint: known: S01, "),
        ("", "hint: known: S01, "),
    ],
)
def test_an_unknown_one_is_refused(word: str, hint: str, kpi: Kpi) -> None:
    run = kpi("rules", word)
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith(f"kpi: error: unknown rule '{word}'\n{hint}")


@pytest.mark.parametrize("name", ["kpis.toml", "kpis.jsonl"])
def test_never_replaces_definitions_or_log(name: str, kpi: Kpi, tmp_path: Path) -> None:
    for known_file in ("kpis.toml", "kpis.jsonl"):
        (tmp_path / known_file).write_text("")
    assert kpi("rules", "--json", "-o", name).code == 2
    assert (tmp_path / name).read_text() == ""
    assert kpi("rules", "-o", "rules.json").code == 0
    assert json.loads((tmp_path / "rules.json").read_text())["schema"] == "kpi.rules/1"


def test_needs_no_definitions_and_takes_broken_ones(kpi: Kpi, tmp_path: Path) -> None:
    (tmp_path / "kpis.toml").write_text("[")
    assert kpi("-f", "kpis.toml", "rules").code == 0
    assert kpi("rules", "-o", "rules.json").code == 0
    assert kpi("rules", "--json", "-o", "kpis.toml").code == 2
    assert (tmp_path / "kpis.toml").read_text() == "["
