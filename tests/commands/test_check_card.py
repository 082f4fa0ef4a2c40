"""`kpi check --card`: five letters a KPI, each met or not, and by what."""

import csv
import json
from pathlib import Path

import pytest

from kpicli.views.parts.cells import UNSAID
from tests.commands.judged import FAULTY, SOUND, checked
from tests.installed import Kpi, Terminal

BOARD = """\
title = "Nordlys"
[defaults]
frequency = "monthly"
[goals.growth]
name = "Grow the business"
[kpis.revenue]
name = "Monthly Revenue"
goal = "growth"
owner = "CEO"
definition = "Paid orders without VAT"
source = "Ledger"
formula = "visits * spend"
target = "500,000 kr"
[kpis.visits]
name = "Visits"
supports = "revenue"
owner = "Ann"
source = "Server log"
definition = "Sessions in the shop, without robots"
levers = ["Adverts", "Newsletter"]
unit = "visits"
rollup = "sum"
[kpis.spend]
name = "Spend per visit"
supports = "revenue"
source = "Ledger"
definition = "Paid orders in kr divided by visits"
rollup = "mean"
targets = { 2026-01 = "20 kr", 2026-07 = "25 kr" }
[kpis.waste]
name = "Waste"
supports = "revenue"
owner = "Bo"
definition = "Kilograms that are thrown away"
baseline = "900 kg"
start = 2026-01
by = 2026-12
target = "<600 kg"
ignore = ["m08", "S01"]
[kpis.fax]
name = "Faxes"
until = "2025-12"
""".replace("start = 2026-01", 'start = "2026-01"').replace("by = 2026-12", 'by = "2026-12"')
SELECT = ("--select", "S01,S03,M01,M08,A01,A04,R01,T01")
GRID = """\
Monthly Revenue  ✓  ✓      ✓      ✓  ✓
Visits           ✓  ✓      ✓      ✓  ✓
Spend per visit  ✓  ✓      ✗ A01  ✓  ✓
Waste            ✓  ✓      ✓      ✓  ✓
"""
REVENUE = """\
S Specific    ✓ definition, formula visits * spend
M Measurable  ✓ target 500,000 kr, source
A Actionable  ✓ CEO
R Relevant    ✓ Grow the business
T Time-bound  ✓ monthly
"""
BY = {
    ("visits", "M"): "unit visits, source",
    ("visits", "A"): "Ann, 2 levers",
    ("visits", "R"): "supports Monthly Revenue",
    ("spend", "M"): "a schedule of 2 targets, source",
    ("spend", "A"): "A01 no_owner",
    ("waste", "S"): "definition, S01 ignored",
    ("waste", "M"): "target <600 kg, M08 ignored",
    ("waste", "T"): "monthly, by 2026-12",
}


@pytest.fixture
def board(tmp_path: Path) -> Path:
    file = tmp_path / "kpis.toml"
    file.write_text(BOARD)
    return file


def said(kpi: Kpi, *args: str) -> dict[tuple[str, str], tuple[bool, str | None]]:
    """By KPI and letter: whether it is met, and by what."""
    rows = json.loads(checked(kpi, "--card", "--json", *args).out)["card"]
    return {(row["kpi"], row["letter"]): (row["met"], row["by"]) for row in rows}


@pytest.mark.usefixtures("board")
class TestCard:
    def test_has_a_row_a_kpi_but_for_the_retired(self, kpi: Kpi) -> None:
        run = checked(kpi, "--card", *SELECT)
        assert [line.split() for line in run.out.splitlines()] == [
            line.split() for line in GRID.splitlines()
        ]
        assert (run.code, run.err) == (1, "")

    def test_of_one_kpi_says_all_that_a_letter_is_met_by(self, kpi: Kpi) -> None:
        run = checked(kpi, "revenue", "--card", *SELECT)
        assert (run.code, run.out, run.err) == (0, REVENUE, "")

    @pytest.mark.parametrize("place", BY, ids=" ".join)
    def test_a_letter_is_met_or_not_by_what_is_true(self, place: tuple[str, str], kpi: Kpi) -> None:
        assert said(kpi, *SELECT)[place] == (place != ("spend", "A"), BY[place])

    def test_for_machines_it_has_a_row_a_letter_and_nothing_else(self, kpi: Kpi) -> None:
        answer = json.loads(checked(kpi, "--card", "--json").out)
        assert list(answer) == ["schema", "as_of", "card", "warnings"]
        assert answer["schema"] == "kpi.card/1"
        assert [row["letter"] for row in answer["card"]] == [*"SMART"] * 4
        rows = list(csv.DictReader(checked(kpi, "--card", "--format", "csv").out.splitlines()))
        assert [row["kpi"] for row in rows] == [row["kpi"] for row in answer["card"]]

    def test_only_letters_that_were_judged_are_on_it(self, kpi: Kpi) -> None:
        assert {letter for _, letter in said(kpi, "--select", "M,R01,E")} == {"M", "R"}
        assert {letter for _, letter in said(kpi, "--ignore", "M")} == {*"SART"}
        run = checked(kpi, "--card", "--select", "E")
        assert (run.code, run.out) == (2, "")
        assert run.err.startswith("kpi: error: no letter is selected for the card\n")

    def test_a_retired_kpi_has_none(self, kpi: Kpi) -> None:
        run = checked(kpi, "fax", "--card", "--json")
        assert (run.code, json.loads(run.out)["card"]) == (0, [])
        assert run.err == "Faxes is retired and no longer checked\n"

    def test_a_screen_counts_those_that_are_smart(self, terminal: Terminal) -> None:
        text = terminal("check", "--card", *SELECT).sent.decode()
        assert "Nordlys" in text
        assert "4 KPIs, 3 of them SMART" in text
        assert (
            "4 KPIs, 3 of them met" in terminal("check", "--card", "--select", "A01").sent.decode()
        )

    @pytest.mark.parametrize("columns", [50, 80, 200])
    @pytest.mark.parametrize("args", [(), ("waste",)])
    def test_it_fits_any_width(
        self, args: tuple[str, ...], columns: int, terminal: Terminal
    ) -> None:
        sent = terminal("check", "--card", *args, "--color", "never", columns=columns).sent
        assert max(map(len, sent.decode().splitlines())) <= columns
        assert "✓" in sent.decode()

    def test_words_stand_for_marks_in_ascii(self, kpi: Kpi) -> None:
        for run in (checked(kpi, "--card", "--ascii"), kpi("check", "--card", env={"LC_ALL": "C"})):
            assert run.out.isascii()
            assert "no A01" in run.out

    def test_annotations_have_no_card(self, kpi: Kpi) -> None:
        run = checked(kpi, "--card", "--format", "github")
        assert (run.code, run.out) == (2, "")

    def test_its_letters_are_explained_on_a_screen(self, kpi: Kpi, terminal: Terminal) -> None:
        legend = "S specific, M measurable, A actionable, R relevant, T time-bound"
        args = ("check", "--card", *SELECT, "--color", "never")
        sent = terminal(*args, columns=200).sent.decode()
        assert f"4 KPIs, 3 of them SMART · {legend}\r\n" in sent
        assert legend in checked(kpi, "--card", "--format", "html").out
        assert "specific" not in checked(kpi, "revenue", "--card").out, "it spells them out"


SILENT = """\
[goals.growth]
name = "Grow the business"
[kpis.sales]
name = "Sales"
goal = "growth"
owner = "Ann"
definition = "Invoiced, without VAT"
target = "9 kr"
{more}
[kpis.rest]
{under}
owner = "Bo"
definition = "All that is left"
source = "ledger"
frequency = "monthly"
"""


@pytest.mark.parametrize(
    ("more", "under", "marks"),
    [
        pytest.param("", 'supports = "sales"', "✓✓✓✓-", id="no frequency"),
        pytest.param("", 'goal = "growth"', "✓✓-✓-", id="no lever either"),
        pytest.param('frequency = "monthly"', 'goal = "growth"', "✓✓-✓✓", id="no lever"),
        pytest.param('levers = ["price"]', 'goal = "growth"', "✓✓✓✓-", id="a lever"),
        pytest.param('ignore = ["A04", "T01"]', 'goal = "growth"', "✓✓✓✓✓", id="told to ignore"),
        pytest.param(
            'baseline = "1 kr"\nstart = "2026-01"\nby = "2026-12"',
            'goal = "growth"',
            "✓✓-✓✓",
            id="a deadline is time-bound, and a target is measurable without a source",
        ),
    ],
)
def test_what_is_met_by_silence_has_a_mark_of_its_own(
    kpi: Kpi, tmp_path: Path, more: str, under: str, marks: str
) -> None:
    (tmp_path / "kpis.toml").write_text(SILENT.format(more=more, under=under))
    card = ("--card", "--select", "S03,M,A01,A04,R01,T01", "--ignore", "M12")
    first = checked(kpi, *card).out.splitlines()[0]
    assert first.replace(UNSAID, "-").removeprefix("Sales").split() == [*marks]
    silent = [row["silent"] for row in json.loads(checked(kpi, *card, "--json").out)["card"]]
    assert silent[:5] == [mark == "-" for mark in marks]
    words = checked(kpi, *card, "--ascii").out.splitlines()[0]
    assert words.split().count("unsaid") == marks.count("-")


def test_a_screen_says_what_that_mark_is(terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "kpis.toml").write_text(SILENT.format(more="", under=""))
    sent = terminal("check", "--card", "--color", "never", columns=250).sent.decode()
    assert f"{UNSAID} unsaid: nothing is said of it, so nothing speaks against it" in sent
    alone = terminal("check", "sales", "--card", "--color", "never").sent.decode()
    assert f"{UNSAID} monthly, T01 no_frequency" in alone


def test_what_no_card_shows_is_counted_beside_it(terminal: Terminal, tmp_path: Path) -> None:
    """So that nobody wonders at the exit code."""
    (tmp_path / "kpis.toml").write_text(SOUND + "[goals.idle]\n")
    screen = terminal("check", "--card", "--as-of", "2026-11-05", columns=120)
    assert screen.code == 1
    assert "1 KPI, 1 of them SMART; 1 other finding: kpi check" in screen.sent.decode()


def test_a_name_on_a_card_is_data(kpi: Kpi, terminal: Terminal, tmp_path: Path) -> None:
    text = FAULTY.replace('"Quality"', '"Q\\u001b[31m\\nX\\u202e"')
    (tmp_path / "kpis.toml").write_text(text + 'owner = "O\\u001b[31m"\n')
    for sent in (
        terminal("check", "--card", "--color", "never").sent.decode(),
        checked(kpi, "--card").out,
        checked(kpi, "quality", "--card").out,
    ):
        assert "\\x1b[31m" in sent
        assert not {"\x1b", "\u202e"} & {*sent}
