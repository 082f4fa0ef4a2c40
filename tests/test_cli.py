"""Finding the command among the words of a command line."""

import re
import shlex
import sys
from pathlib import Path
from textwrap import dedent

import pytest

import kpicli
from kpicli import plugins
from kpicli.cli import app
from kpicli.cli.command_line import command_first
from kpicli.cli.help_topics import topic_text, topics
from kpicli.cli.parser import load_command
from kpicli.errors import KpiError
from kpicli.model.kpi import KPI_KEYS
from kpicli.model.source import SOURCE_KEYS
from kpicli.screen import width
from tests.installed import Kpi, Terminal

LOG_KEYS = (
    *("id", "kpi", "period", "value", "skip", "unit", "at"),
    *("by", "note", "from", "about", "replaces"),
)


@pytest.mark.parametrize("name", plugins.names("commands"))
def test_every_flag_with_a_value_may_stand_before_the_command(name: str) -> None:
    for option in load_command(name).params:
        if option.param_type_name == "option" and not option.is_flag:
            for flag in option.opts:
                assert command_first([flag, "status", name]) == [name, flag, "status"]


@pytest.mark.parametrize(
    ("command", "own"),
    [
        ("status", {"openmetrics"}),
        ("check", {"github", "junit", "sarif"}),
        ("due", {"ics"}),
        ("history", set()),
    ],
)
def test_help_names_the_formats_of_a_command(kpi: Kpi, command: str, own: set[str]) -> None:
    text = " ".join(kpi(command, "--help").out.split())
    names = text.partition("--format FORMAT ")[2].partition(" --json")[0].split(", ")
    assert set(names) & {"openmetrics", "github", "ics", "junit", "sarif"} == own
    assert {"csv", "html", "json", "terminal"} <= set(names)


def test_a_value_that_is_the_name_of_a_command_is_no_command(kpi: Kpi) -> None:
    run = kpi("--file", "check", "status")
    assert run.err.startswith("check: no such file\n")


def test_the_hint_for_a_flag_without_its_value_names_the_command(kpi: Kpi) -> None:
    assert kpi("status", "--period").err.endswith("hint: see kpi status --help\n")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("status churn", "status churn", id="in front"),
        pytest.param("-f x.toml status", "status -f x.toml", id="behind an option with a value"),
        pytest.param("-f=x.toml status", "status -f=x.toml", id="behind one with its value"),
        pytest.param("--ascii status", "status --ascii", id="behind a flag"),
        pytest.param("st --sort worst", "status --sort worst", id="abbreviated"),
        pytest.param("--owner st status", "status --owner st", id="a value like an abbreviation"),
        pytest.param("--owner check status", "status --owner check", id="a value like a command"),
        pytest.param("st report", "status report", id="a KPI that is called like a command"),
        pytest.param("help record", "help record", id="help of a command"),
        pytest.param("--version", "--version", id="no command needed"),
        pytest.param("", "", id="nothing"),
        pytest.param("--nonsense status", "status --nonsense", id="behind what no command has"),
    ],
)
def test_the_command_is_put_first(line: str, expected: str) -> None:
    assert command_first(line.split()) == expected.split()


@pytest.mark.parametrize(
    ("line", "error", "hint"),
    [
        ("re churn", "unknown command 're'", "one of: record, repair, report, retract"),
        ("u", "unknown command 'u'", "one of: undo"),
        ("statsu", "unknown command 'statsu'", "did you mean 'status'?"),
        ("--period 2026-10 statsu", "unknown command 'statsu'", "did you mean 'status'?"),
        ("--ascii statsu", "unknown command 'statsu'", "did you mean 'status'?"),
        ("churn status", "unknown command 'churn'", "one of: add, "),
        ("log", "unknown command 'log'", "did you mean 'history'?"),
        ("ls", "unknown command 'ls'", "kpi status lists your KPIs"),
        ("rm churn", "unknown command 'rm'", "retire it with until"),
        ("version", "unknown command 'version'", "kpi --version"),
        ("verison", "unknown command 'verison'", "kpi --version"),
        ("history -n 0", "-n is '0', expected a whole number, 1 or more", "see kpi history --help"),
        ("pull --jobs 99", "--jobs is '99', expected a whole number from 1 to 64", "see kpi pull"),
        ("import x.csv --skip x", "--skip is 'x', expected a whole number", "see kpi import"),
        (
            "history -n \uff13",
            "-n is '\uff13', expected a whole number, 1 or more",
            "see kpi history --help",
        ),
        ("help list", "no help on 'list'", "kpi status lists your KPIs"),
        ("help rsync", "no help on 'rsync'", "it is in kpi help log"),
        ("help [", "no help on '['", "kpi help lists the commands and topics"),
        ("help nonsense", "no help on 'nonsense'", "kpi help lists the commands and topics"),
        ("--verison", "no such option: --verison", "did you mean '--version'?"),
        ("-x", "no such option: -x", "see kpi --help"),
        ("status --version", "no such option: --version", "it stands alone: kpi --version"),
        ("st --perod 2026", "no such option: --perod", "did you mean '--period'?"),
        ("status --month 2026-10", "no such option: --month", "did you mean '--period'?"),
        ("history -p 2026-10", "no such option: -p", "did you mean '--period'?"),
        ("--ascii", "missing command", "one of: add, "),
        ("-f . status -f .", "-f is given twice", "name one definitions file"),
        ("due --fail-on overdue --fail-on=", "--fail-on is empty", "give it a value"),
        ("x" * 9000, f"unknown command '{'x' * 971} … {'x' * 999}'", "one of: add, "),
        ("explain churn 2026-10", "one word too many: 2026-10", "did you mean --period 2026-10?"),
        ("retract churn 2026-10", "missing option '--period'", "did you mean --period 2026-10?"),
        ("retract churn", "missing option '--period'", "as in --period 2026-10"),
        (
            "init webshop",
            "one word too many: webshop",
            "did you mean --from webshop, or --title webshop?",
        ),
        (
            "retract churn --period 2026-10 --note counted twice",
            "one word too many: twice",
            "put a text of several words in quotes: --note 'counted twice'",
        ),
        (
            "show monthly revenue",
            "one word too many: revenue",
            "put a name of several words in quotes: kpi show 'monthly revenue'",
        ),
        (
            "import ./kpis.toml kpis.toml",
            "one word too many: kpis.toml",
            "one file at a time: kpi import ./kpis.toml",
        ),
        ("report 'Q3 report'", "one word too many: Q3 report", "see kpi report --help"),
        ("show churn ''", "one word too many: ", "put a name of several words in quotes: kpi show"),
        ("status 2026-10", "'2026-10' is a period, not a KPI", "--period 2026-10"),
        ("check 2026", "'2026' is a period, not a KPI", "name a KPI, or none for all"),
    ],
)
def test_what_was_meant_is_the_hint(kpi: Kpi, line: str, error: str, hint: str) -> None:
    (kpi.folder / "kpis.toml").write_text("[kpis.churn]\n")
    run = kpi(*shlex.split(line))
    assert (run.code, run.out) == (2, "")
    first, second = run.err.splitlines()
    assert (first, second[: len(hint) + 6]) == (f"kpi: error: {error}", f"hint: {hint}")


def test_a_signal_while_a_class_is_made_is_no_surprise(monkeypatch: pytest.MonkeyPatch) -> None:
    class Part:
        def __set_name__(self, _owner: type, _name: str) -> None:
            raise KeyboardInterrupt

    monkeypatch.setattr(app, "command_first", lambda _: type("Whole", (), {"part": Part()}))
    assert app.main(["status"]) == 130


def test_an_archive_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "kpi.pyz").touch()
    monkeypatch.setattr(plugins, "__file__", str(tmp_path / "kpi.pyz" / "plugins.py"))
    with pytest.raises(KpiError, match="inside an archive"):
        plugins.names.__wrapped__("commands")


def test_the_version_is_said_with_where_it_is_and_by_which_python(kpi: Kpi) -> None:
    python = ".".join(map(str, sys.version_info[:3]))
    wanted = rf"kpi {re.escape(kpicli.__version__)} from (.+) \(Python {re.escape(python)}\)\n"
    match = re.fullmatch(wanted, kpi("-V").out)
    assert match
    assert Path(match[1], "__init__.py").is_file()
    assert kpi("--version").out == kpi("-V").out


def test_a_folder_stands_for_its_definitions(kpi: Kpi) -> None:
    (kpi.folder / "team").mkdir()
    assert kpi("init", "-f", "team").code == 0
    assert kpi("-f", "team", "path").out.splitlines()[0].endswith("/team/kpis.toml")
    assert kpi("path", env={"KPI_FILE": "team"}).code == 0


@pytest.mark.parametrize("topic", topics())
def test_help_explains_a_topic_for_80_columns(kpi: Kpi, topic: str) -> None:
    run = kpi("help", topic)
    assert (run.code, run.err) == (0, "")
    text = topic_text(topic)
    assert run.out.endswith(text)
    assert max(map(len, text.splitlines())) <= 80
    assert "{keys of" not in text


def test_help_lists_its_topics_and_shows_all_of_them(kpi: Kpi) -> None:
    front, whole = kpi("help").out, kpi("help", "--all").out
    for topic in topics():
        assert f"  kpi help {topic} " in front
        assert topic_text(topic) in whole
        assert kpi("help", topic, "--all").out == kpi("help", topic).out


def test_help_on_a_command_is_its_own_and_the_topic_of_its_name(kpi: Kpi) -> None:
    command, both = kpi("status", "--help").out, kpi("help", "status").out
    assert both.startswith(f"{command}\nWhat a status says")
    assert kpi("help", "rec").out == kpi("record", "--help").out
    assert kpi("help").out == kpi("--help").out


def test_help_shows_examples_before_anything_else(kpi: Kpi) -> None:
    for name in plugins.names("commands"):
        parts = kpi(name, "--help").out.split("\n\n")
        assert (parts[0][:6], parts[2].splitlines()[0]) == ("Usage:", "Examples:"), name


@pytest.mark.parametrize(
    ("columns", "example"),
    [
        (50, "  # what was recorded last\n  kpi history -n 20\n"),
        (80, "  kpi history -n 20                        # what was recorded last\n"),
    ],
)
def test_examples_fit_the_screen_and_can_be_pasted(kpi: Kpi, columns: int, example: str) -> None:
    env = {"COLUMNS": str(columns)}
    assert example in kpi("history", "--help", env=env).out
    assert max(map(width, kpi("add", "--help", env=env).out.splitlines())) <= columns
    pasted = kpi("add", "--help", env=env).out.replace("\\\n", "")
    assert re.search('kpi add wait --target "<5 min" +--by 2026-12 ', pasted)


@pytest.mark.parametrize(
    ("words", "env", "is_paged"),
    [
        pytest.param(("help", "sources"), {}, True, id="on a terminal"),
        pytest.param(("help", "sources"), {"TERM": "dumb"}, False, id="that cannot scroll"),
        pytest.param(("help", "sources"), {"PAGER": "no-such-program"}, False, id="missing"),
        pytest.param(("help", "sources"), {"PAGER": ""}, False, id="none wanted"),
        pytest.param(("help", "--all"), {}, False, id="printed whole"),
        pytest.param(("help",), {}, False, id="the list"),
    ],
)
def test_a_topic_is_shown_by_the_pager(
    terminal: Terminal, words: tuple[str, ...], env: dict[str, str], *, is_paged: bool
) -> None:
    screen = terminal(*words, env={"PAGER": "cat - && echo the pager", **env})
    assert screen.code == 0
    assert b"import and pull" in screen.sent
    assert (b"the pager" in screen.sent) == is_paged


@pytest.mark.parametrize("topic", topics())
def test_sentences_of_a_topic_fit_a_narrow_terminal(terminal: Terminal, topic: str) -> None:
    sent = terminal("help", topic, env={"PAGER": ""}, columns=50).sent.decode()
    words = topic_text(topic).split()
    wide = [line for line in map(str.strip, sent.splitlines()) if width(line) > 50]
    assert not [line for line in wide if " " in line and "  " not in line]
    assert {word for word in words if width(word) <= 40} <= set(sent.split())


def test_a_paragraph_of_a_topic_fills_the_lines_of_a_narrow_terminal(terminal: Terminal) -> None:
    screen = terminal("help", "log", env={"PAGER": ""}, columns=50)
    lines = screen.sent.decode().splitlines()
    at = lines.index('Sharing a folder. With log = "kpis.log/" (kpi init')
    assert lines[at + 1] == "--log kpis.log/) each writer on each machine"


def test_a_pager_is_never_started_in_a_pipe(kpi: Kpi) -> None:
    assert "the pager" not in kpi("help", "sources", env={"PAGER": "echo the pager"}).out


def test_a_pager_that_is_left_early_is_no_fault(terminal: Terminal) -> None:
    assert terminal("help", "sources", env={"PAGER": "true"}).code == 0


def test_what_help_does_not_know_is_named_with_what_is_close(kpi: Kpi) -> None:
    assert kpi("help", "soruces").err == (
        "kpi: error: no help on 'soruces'\nhint: did you mean 'sources'?\n"
    )


@pytest.mark.parametrize(
    ("topic", "keys"),
    [
        pytest.param("definitions", KPI_KEYS, id="of a KPI"),
        pytest.param("sources", SOURCE_KEYS, id="of a source"),
        pytest.param("log", LOG_KEYS, id="of a record"),
    ],
)
def test_help_explains_every_key(kpi: Kpi, topic: str, keys: tuple[str, ...]) -> None:
    text = kpi("help", topic).out
    listed = {
        name
        for line in re.findall(r"^  (\w+(?:, \w+)*) +(?![= ])", text, re.MULTILINE)
        for name in line.split(", ")
    }
    assert [key for key in keys if key not in listed] == []


def test_the_board_that_help_on_sources_shows_is_one(kpi: Kpi, tmp_path: Path) -> None:
    text = kpi("help", "sources").out
    board = text.partition("In kpis.toml:\n")[2].partition("What is asked.")[0]
    (tmp_path / "kpis.toml").write_text(dedent(board) + "[kpis.errors]\nsource = 'metrics'\n")
    assert kpi("status").code == 0
