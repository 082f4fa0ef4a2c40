"""`kpi record` on a terminal: what it asks, and what comes of the answers."""

from pathlib import Path

import pytest

from kpicli.model.frequency import Frequency
from kpicli.model.period import read_period
from tests.commands.recording import TOML, last_closed, lines, recorded, values
from tests.installed import Kpi, Terminal


@pytest.fixture(autouse=True)
def board(tmp_path: Path) -> Path:
    path = tmp_path / "kpis.toml"
    path.write_text(TOML)
    return path


def shown(screen: bytes) -> str:
    return screen.decode().replace("\r\n", "\n")


def test_the_walk_asks_for_all_that_is_due_and_writes_at_its_end(
    terminal: Terminal, log: Path
) -> None:
    month, week = last_closed(), last_closed(Frequency.WEEKLY)
    gap, before = (read_period(month).shift(-back) for back in (1, 2))
    log.write_text(
        f'{{"kpi":"revenue","period":"{before}","value":470000,"at":"2020-11-02T08:00:00Z"}}\n'
    )
    screen = terminal(
        "record",
        columns=200,
        typed=[
            (f"Monthly Revenue {gap} ({before} 470,000 kr, target 500,000 kr): ", "475k\n"),
            (f"Monthly Revenue {month} ({before} 470,000 kr, target 500,000 kr): ", "480k\n"),
            (f"Churn {month} (target <5%): ", "4.2\n"),
            (f"profit {month} (target $1,000): ", "\n"),
            (f"visits {week}: ", "31\n"),
        ],
    )
    assert screen.code == 0
    assert values(log)[1:] == [
        f"revenue {gap} 475000",
        f"revenue {month} 480000",
        f"churn {month} 4.2",
        f"visits {week} 31",
    ]
    assert len({line["at"] for line in lines(log)[1:]}) == 1
    assert "4 KPIs to record in 5 periods; Enter leaves one open" in shown(screen.sent)
    assert f"Monthly Revenue {month}: 480,000 kr, at risk" in shown(screen.sent)
    assert "pilot" not in shown(screen.sent), "retired"
    assert "margin" not in shown(screen.sent), "computed"


def test_what_is_wrong_is_asked_again(terminal: Terminal, log: Path) -> None:
    screen = terminal(
        "record",
        "churn",
        "--period",
        "2020-10",
        columns=200,
        typed=[
            ("(target <5%): ", "four\n"),
            ("'four' is not a number", ""),
            ("(target <5%): ", "4 kr\n"),
            ("'kr' is not its unit", ""),
            ("(target <5%): ", "4\n"),
        ],
    )
    assert (screen.code, values(log)) == (0, ["churn 2020-10 4"])


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        pytest.param([("[y/N] ", "y\n")], ["churn 2020-10 500"], id="yes keeps it"),
        pytest.param([("[y/N] ", "YES\n")], ["churn 2020-10 500"], id="in any case"),
        pytest.param(
            [("[y/N] ", "n\n"), ("(target <5%): ", "4\n")], ["churn 2020-10 4"], id="no asks again"
        ),
        pytest.param(
            [("[y/N] ", "\n"), ("(target <5%): ", "\n")], [], id="nothing is no, and then skips"
        ),
    ],
)
def test_what_is_odd_is_asked_about_in_the_walk(
    terminal: Terminal, log: Path, answers: list[tuple[str, str]], expected: list[str]
) -> None:
    typed = [
        ("(target <5%): ", "500\n"),
        ("Churn 2020-10: 500% is 100 times the target, 5%; record it? ", ""),
        *answers,
    ]
    screen = terminal("record", "churn", "--period", "2020-10", columns=200, typed=typed)
    assert (screen.code, values(log)) == (0, expected)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        pytest.param("y\n", (0, ["churn 2020-10 4", "churn 2020-10 3"]), id="yes changes it"),
        pytest.param("n\n", (2, ["churn 2020-10 4"]), id="no leaves it"),
        pytest.param("\n", (2, ["churn 2020-10 4"]), id="nothing leaves it"),
    ],
)
def test_a_change_is_asked_about_on_a_terminal(
    kpi: Kpi, terminal: Terminal, log: Path, answer: str, expected: tuple[int, list[str]]
) -> None:
    recorded(kpi, "churn", "4")
    screen = terminal(
        *("record", "churn", "3", "--period", "2020-10"),
        columns=200,
        typed=[("Churn 2020-10: 3% would replace 4%; record it? [y/N] ", answer)],
    )
    assert (screen.code, values(log)) == expected


def test_with_yes_nothing_is_asked(kpi: Kpi, terminal: Terminal, log: Path) -> None:
    recorded(kpi, "churn", "4")
    screen = terminal("record", "churn", "400", "--period", "2020-10", "--yes", columns=200)
    assert (screen.code, values(log)[1:]) == (0, ["churn 2020-10 400"])
    assert "[y/N]" not in shown(screen.sent)


@pytest.mark.parametrize(
    ("key", "code"), [pytest.param("\x03", 130, id="Ctrl-C"), pytest.param("\x04", 2, id="Ctrl-D")]
)
@pytest.mark.parametrize("question", ["Churn", "[y/N] "])
def test_ended_half_way_nothing_is_written(
    terminal: Terminal, log: Path, key: str, code: int, question: str
) -> None:
    asked = [("Monthly Revenue", "480k\n"), ("Churn", "500\n"), ("[y/N] ", "y\n")]
    at = [prompt for prompt, _ in asked].index(question)
    screen = terminal("record", columns=200, typed=[*asked[:at], (question, key)])
    assert screen.code == code
    assert not log.exists()
    assert "Traceback" not in shown(screen.sent)


def test_where_nothing_is_due_it_says_so(kpi: Kpi, terminal: Terminal, board: Path) -> None:
    board.write_text("[kpis.churn]\n")
    kpi("record", "churn", "4")
    screen = terminal("record", columns=200)
    assert (screen.code, shown(screen.sent)) == (
        0,
        "nothing is due: every KPI has its actual for the last closed period\n",
    )


def test_a_period_that_is_given_is_asked_for_where_nothing_stands(
    kpi: Kpi, terminal: Terminal, board: Path, log: Path
) -> None:
    """Also before the first actual of a KPI, where nothing is due."""
    week = '[kpis.visits]\nname = "Visits"\nfrequency = "weekly"\n'
    board.write_text(f'[kpis.churn]\nname = "Churn"\n[kpis.orders]\nname = "Orders"\n{week}')
    kpi("record", "churn=4", "orders=9", "--period", "2020-10")
    kpi("record", "orders", "8", "--period", "2020-09")
    screen = terminal("record", "--period", "2020-09", columns=200, typed=[("Churn", "5\n")])
    assert (screen.code, values(log)[3:]) == (0, ["churn 2020-09 5"])
    again = terminal("record", "--period", "2020-09", columns=200)
    assert shown(again.sent).startswith(
        "nothing to record for 2020-09: no KPI is without an actual"
    )
    assert "months run from 01 to 12" in shown(terminal("record", "--period", "2020-13").sent)


def test_a_walk_may_be_dry(terminal: Terminal, log: Path) -> None:
    screen = terminal(
        *("record", "churn", "--period", "2020-10", "--dry-run"),
        columns=200,
        typed=[("(target <5%): ", "4\n")],
    )
    assert "dry run: Churn 2020-10: 4%, on target" in shown(screen.sent)
    assert not log.exists()


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        pytest.param("1\n", (0, ["churn 2020-10 2.1"]), id="the percentage"),
        pytest.param("2\n", (0, ["churn 2020-10 0.021"]), id="as it was typed"),
        pytest.param("\n", (2, []), id="neither"),
        pytest.param("y\n", (2, []), id="an answer to another question"),
    ],
)
def test_which_reading_of_a_fraction_is_asked(
    terminal: Terminal, log: Path, answer: str, expected: tuple[int, list[str]]
) -> None:
    typed = [
        ("Churn 2020-10: 0.021% looks like a fraction of 1: 2.1%", ""),
        ("1 records 2.1%, 2 records 0.021%, Enter neither: ", answer),
    ]
    screen = terminal("record", "churn", "0.021", "--period", "2020-10", columns=200, typed=typed)
    assert (screen.code, values(log) if log.exists() else []) == expected
    assert "kpi: error" not in shown(screen.sent)
