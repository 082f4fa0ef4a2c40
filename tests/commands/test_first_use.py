"""From an empty folder to a table, with nothing typed that a shop owner would not know."""

import shutil
from pathlib import Path

import pytest

from tests.installed import Kpi, Terminal

SHEET = Path(__file__).parents[2] / "examples" / "omsetning.csv"

REFERENCE = [
    ("Monthly Revenue", "500,000 kr", "480,000 kr", "🟡 at risk"),
    ("Conversion Rate", "3%", "3.2%", "🟢 on target"),
    ("Avg Order Value", "800 kr", "750 kr", "🟡 at risk"),
    ("Cart Abandonment", "<60%", "58%", "🟢 on target"),
]
"""The reference case: name, target, actual and status of each KPI."""

ASKED_BY_INIT = [
    ("Which one?", "webshop"),
    ("board called?", ""),
    ("write amounts", "480,000.50 kr"),
    ("responsible", "Ann"),
    ("Monthly Revenue", "500,000 kr"),
    ("Conversion Rate", "3%"),
    ("Avg Order Value", "800 kr"),
    ("Cart Abandonment", "<60%"),
]
ASKED_BY_RECORD = [
    ("Monthly Revenue", "480,000"),
    ("Orders", "640"),
    ("Website Visits", "20,000"),
    ("Cart Abandonment", "58%"),
]


def test_twelve_answers_lead_from_an_empty_folder_to_the_reference_table(
    terminal: Terminal, kpi: Kpi
) -> None:
    assert len(ASKED_BY_INIT) + len(ASKED_BY_RECORD) <= 12
    for command, answers in (("init", ASKED_BY_INIT), ("record", ASKED_BY_RECORD)):
        typed = [(asked, f"{text}\n") for asked, text in answers]
        screen = terminal(command, typed=typed, env={"NO_COLOR": "1"})
        assert screen.code == 0, screen.sent.decode()
    shown = terminal("status", env={"NO_COLOR": "1"})
    assert shown.code == 0
    lines = [" ".join(line.split()) for line in shown.sent.decode().splitlines()]
    for row in REFERENCE:
        assert any(line.startswith(" ".join(row)) for line in lines), shown.sent.decode()
    run = kpi("check")
    assert (run.code, run.out) == (0, "")


@pytest.mark.parametrize(
    ("content", "args", "said"),
    [
        pytest.param(None, "status", "hint: make one: kpi init\n", id="no file"),
        pytest.param(None, "record", "hint: make one: kpi init\n", id="no file to record in"),
        pytest.param("", "status", "no KPIs yet: kpi add\n", id="no KPI"),
        pytest.param("", "status --attention", "no KPIs yet: kpi add\n", id="nothing needs a look"),
        pytest.param("", "check", "no KPIs yet: kpi add\n", id="nothing to check"),
        pytest.param("", "check --card", "no KPIs yet: kpi add\n", id="no card"),
        pytest.param("", "history", "no KPIs yet: kpi add\n", id="no history"),
        pytest.param("", "report", "no KPIs yet: kpi add\n", id="nothing to report"),
        pytest.param("", "record", "hint: no KPIs yet: kpi add\n", id="nothing to record"),
        pytest.param("", "show revenue", "hint: there is none yet: kpi add\n", id="none to show"),
        pytest.param("", "record revenue 5", "hint: there is none yet: kpi add\n", id="none named"),
        pytest.param("", "undo --by me", "hint: record something first\n", id="nothing to undo"),
        pytest.param(
            "[kpis.a]\n", "status", "no actuals yet: kpi record a VALUE\n", id="no record"
        ),
        pytest.param(
            "[kpis.a]\n", "show a", "nothing recorded yet: kpi record a VALUE\n", id="none shown"
        ),
        pytest.param(
            '[kpis.a]\nformula = "b"\n[kpis.b]\n',
            "explain a",
            "nothing recorded yet: kpi record b VALUE\n",
            id="none of what it is computed from",
        ),
        pytest.param(
            "[kpis.a]\n", "history", "nothing recorded: kpi record KPI VALUE\n", id="no history yet"
        ),
        pytest.param(
            "[kpis.a]\n", "status --area x", "hint: no KPI says its area\n", id="no such area"
        ),
        pytest.param("", "catalog xyzzy", "hint: try other words, or an area: ", id="no such goal"),
    ],
)
def test_an_empty_state_says_the_next_command(
    kpi: Kpi, content: str | None, args: str, said: str
) -> None:
    if content is not None:
        (kpi.folder / "kpis.toml").write_text(content)
    assert said in kpi(*args.split()).err


OVERDUE = '{"kpi":"%s","period":"2026-08","value":5,"at":"2026-09-02T08:00:00Z"}\n'


@pytest.mark.parametrize(
    ("ids", "said"),
    [
        pytest.param("a", "a is overdue: kpi record a VALUE\n", id="one"),
        pytest.param("ab", "all are overdue: kpi record asks for each\n", id="several"),
    ],
)
def test_a_board_that_is_overdue_says_what_ends_it(kpi: Kpi, ids: str, said: str) -> None:
    folder = kpi.folder
    (folder / "kpis.toml").write_text("".join(f"[kpis.{id}]\n" for id in ids))
    (folder / "kpis.jsonl").write_text("".join(OVERDUE % id for id in ids))
    assert kpi("status", "--as-of", "2026-11-05").err == said
    assert kpi("status", "--as-of", "2026-09-05").err == ""


FIVE = [
    ("plain example: ", ""),
    ("board called?", "Coffee bar"),
    ("write amounts", "1,200.50 kr"),
    ("responsible", "Kim"),
    ("Monthly Revenue, ", "520,000"),
]


def test_five_answers_lead_from_an_empty_folder_to_the_first_row_of_ones_own(
    terminal: Terminal, kpi: Kpi
) -> None:
    typed = [(asked, f"{text}\n") for asked, text in FIVE]
    screen = terminal("init", typed=typed, env={"NO_COLOR": "1"})
    assert (screen.code, len(typed)) == (0, 5), screen.sent.decode()
    assert kpi("record", "monthly revenue", "505k").code == 0
    row = kpi("status").out.splitlines()[0].split("  ")
    assert (row[0], "520,000 kr" in row, "505,000 kr" in row) == ("Monthly Revenue", True, True)
    assert row[-1] == "Kim"
    assert kpi("check").err == "3 KPIs, 46 rules: nothing found\n"


def test_on_a_terminal_the_columns_of_a_spreadsheet_are_asked_for(
    terminal: Terminal, kpi: Kpi
) -> None:
    shutil.copy(SHEET, kpi.folder)
    assert kpi("init").code == 0
    typed = [
        ("Which KPI is 'Omsetning'?", "monthly reveneu\n"),
        ("did you mean 'monthly_revenue'?", "Monthly revenue\n"),
        ("Which KPI is 'Ordre'?", "\n"),
    ]
    screen = terminal("import", SHEET.name, typed=typed, columns=200)
    assert screen.code == 0, screen.sent.decode()
    assert b"next time: --columns monthly_revenue=Omsetning\r\n" in screen.sent
    assert "481,000.00 kr" in kpi("status", "--period", "2026-10").out.splitlines()[0]


def test_three_commands_lead_from_an_empty_folder_to_the_rows_of_a_spreadsheet(kpi: Kpi) -> None:
    shutil.copy(SHEET, kpi.folder)
    columns = "monthly_revenue=Omsetning,orders=Ordre"
    runs = [
        kpi("init"),
        kpi("import", SHEET.name, "--columns", columns),
        kpi("status", "--period", "2026-10"),
    ]
    assert [run.code for run in runs] == [0, 0, 0]
    assert "481,000.00 kr" in runs[-1].out.splitlines()[0]
