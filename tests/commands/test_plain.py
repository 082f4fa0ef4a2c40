"""`--plain`, and ACCESSIBLE for who reads a terminal by ear."""

from pathlib import Path

import pytest

from kpicli import plugins
from tests.installed import Changes, Kpi, Terminal

TOML = """\
[kpis.revenue]
name = "Revenue"
target = "500,000 kr"
"""
LOG = '{"kpi":"revenue","period":"2026-10","value":480000,"at":"2026-11-02T08:15:30.000000Z"}\n'
STATUS = ("status", "--as-of", "2026-11-05")
PLAIN = "Revenue  500,000 kr  480,000 kr  🟡 at risk"


@pytest.fixture(autouse=True)
def board(tmp_path: Path) -> Path:
    (tmp_path / "kpis.toml").write_text(TOML)
    (tmp_path / "kpis.jsonl").write_text(LOG)
    return tmp_path


def lines(terminal: Terminal, *args: str, env: Changes | None = None) -> list[str]:
    screen = terminal(*STATUS, "--color", "never", *args, env=env)
    assert screen.code == 0
    return screen.sent.decode().split("\r\n")


def test_plain_is_short_for_the_format(kpi: Kpi, terminal: Terminal) -> None:
    assert kpi(*STATUS, "--plain") == kpi(*STATUS, "--format", "plain")
    assert lines(terminal, "--plain") == lines(terminal, "--format", "plain")
    assert lines(terminal, "--plain")[0].startswith(PLAIN)


@pytest.mark.parametrize(
    ("args", "named"),
    [
        ("--plain --json", "--json and --plain"),
        ("--plain --format csv", "--plain and --format"),
        ("--json --format plain", "--json and --format"),
        ("--json --plain --format csv", "--json and --plain"),
        ("--json --plain --format json", "--json and --plain"),
    ],
)
def test_two_formats_are_refused(kpi: Kpi, args: str, named: str) -> None:
    run = kpi("status", *args.split())
    assert (run.code, run.out) == (2, "")
    assert run.err == f"kpi: error: {named} ask for two formats\nhint: give one of the two\n"


@pytest.mark.parametrize("args", ["--plain --format plain", "--json --format json"])
def test_one_format_may_be_asked_for_twice(kpi: Kpi, args: str) -> None:
    flag = args.split(maxsplit=1)[0]
    assert kpi(*STATUS, *args.split()) == kpi(*STATUS, flag)


def test_plain_is_stronger_than_the_ending_of_a_file(kpi: Kpi, board: Path) -> None:
    assert kpi(*STATUS, "--plain", "-o", "board.md").code == 0
    assert (board / "board.md").read_text("utf-8").startswith(PLAIN)


@pytest.mark.parametrize(
    ("value", "is_plain"), [("1", True), ("yes", True), ("0", False), ("", False), (None, False)]
)
def test_a_terminal_that_is_read_by_ear_gets_plain_text(
    terminal: Terminal, value: str | None, *, is_plain: bool
) -> None:
    drawn = lines(terminal, env={"ACCESSIBLE": value})
    assert (drawn == lines(terminal, "--plain")) is is_plain
    assert ("KPI" in drawn[1]) is not is_plain


@pytest.mark.parametrize(
    "args", [("--json",), ("--format", "markdown"), ("--format", "terminal"), ("--format", "csv")]
)
def test_a_format_that_is_named_is_given_by_ear_too(
    terminal: Terminal, args: tuple[str, ...]
) -> None:
    assert lines(terminal, *args, env={"ACCESSIBLE": "1"}) == lines(terminal, *args)


def test_pipes_and_files_are_the_same_by_ear(kpi: Kpi, board: Path) -> None:
    env = {"ACCESSIBLE": "1"}
    assert kpi(*STATUS, env=env) == kpi(*STATUS)
    assert kpi(*STATUS, "-o", "board.md", env=env).code == 0
    assert (board / "board.md").read_text("utf-8").startswith("## 2026-10")


def test_every_command_that_answers_has_the_flag(kpi: Kpi) -> None:
    told = {name: kpi(name, "--help").out for name in plugins.names("commands")}
    with_json = {name for name, text in told.items() if "--json " in text}
    assert {name for name, text in told.items() if "--plain " in text} == with_json
    assert {"status", "history", "check", "rules"} <= with_json
