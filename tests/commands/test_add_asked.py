"""`kpi add` as a conversation: a question a letter of SMART, and nothing written by accident."""

import signal
from collections.abc import Sequence
from pathlib import Path

import pytest

from kpicli.store.definitions.read import load_definitions
from tests.installed import Screen, Terminal

SPECIFIC, WHICH, MEASURABLE = "Specific. ", "[1]: ", "Measurable. "
ACTIONABLE, RELEVANT, TIME, WRITE = "Actionable. ", "Relevant. ", "Time-bound. ", "Write it"
PARTS, SOURCE, LEVERS, BY = "Record ", "Where does", "done to move it", "By when"
ROLLUP, FORMULA = "add up", "Is it computed"
LATER = (SOURCE, "")
ALWAYS = (BY, "")
MINE = '[goals.growth]\nname = "Grow the business"\n'
Typed = Sequence[tuple[str, str]]


@pytest.fixture
def file(terminal: Terminal) -> Path:
    path = terminal.folder / "kpis.toml"
    path.write_text(MINE)
    return path


def asked(terminal: Terminal, *args: str, typed: Typed) -> Screen:
    return terminal("add", *args, typed=[(end, f"{text}\n") for end, text in typed])


def test_a_question_a_letter_makes_a_kpi(terminal: Terminal, file: Path) -> None:
    typed = [
        *((SPECIFIC, "we lose customers"), (WHICH, "1"), (PARTS, ""), (MEASURABLE, "<3%")),
        *(LATER, (ACTIONABLE, "Ann"), (RELEVANT, "Customers who stay"), (TIME, "")),
        *(ALWAYS, (WRITE, "")),
    ]
    screen = asked(terminal, typed=typed)
    assert screen.code == 0
    sent = screen.sent.decode()
    block = sent.partition("\r\n\r\n")[2].partition("\r\n\r\n")[0].replace("\r\n", "\n")
    assert block.startswith("[goals.customers_who_stay]")
    definitions = load_definitions(str(file)).definitions
    kpi = definitions.kpis["customer_churn_rate"]
    assert (kpi.owner, kpi.goal, str(kpi.target and kpi.target.show())) == (
        "Ann",
        "customers_who_stay",
        "<3%",
    )
    assert set(definitions.kpis) == {"customer_churn_rate", "customers_lost", "customers_at_start"}
    assert "kpi check: M08" in sent


def test_empty_answers_take_what_is_offered(terminal: Terminal, file: Path) -> None:
    screen = asked(terminal, typed=[*BEGUN, (WRITE, "")])
    assert screen.code == 0
    kpi = load_definitions(str(file)).definitions.kpis["nps"]
    assert (kpi.owner, kpi.frequency) == ("Head of Customer Success", "quarterly")
    assert kpi.goal == "happy_customers"


def test_what_is_given_is_not_asked(terminal: Terminal, file: Path) -> None:
    args = ("nps", "--target", "40", "--goal", "growth", "--frequency", "monthly")
    screen = asked(terminal, *args, typed=[(PARTS, ""), LATER, (ACTIONABLE, "Ann"), (WRITE, "y")])
    assert screen.code == 0
    assert b"Measurable" not in screen.sent
    assert load_definitions(str(file)).definitions.kpis["nps"].owner == "Ann"


def test_where_nothing_is_missing_nothing_is_asked(terminal: Terminal, file: Path) -> None:
    screen = asked(
        terminal, "nps", "--target", "40", "--goal", "growth", "--owner", "Ann", typed=[]
    )
    assert (screen.code, b"? " in screen.sent) == (0, False)
    assert "nps" in load_definitions(str(file)).definitions.kpis


def test_an_answer_that_cannot_be_meant_is_asked_again(terminal: Terminal, file: Path) -> None:
    typed = [
        *((SPECIFIC, ""), ("own words", ""), ("own words", "efficient marketing"), (WHICH, "7")),
        *(("not one of them", "1"), (PARTS, ""), (MEASURABLE, ""), ("no value is good", ">900 kr")),
        *(("asks for the opposite", "<900 kr"), LATER, (ACTIONABLE, "Ann"), (RELEVANT, "grwoth")),
        *(("did you mean 'growth'?", "growth"), (TIME, "often"), ("cannot be", "weekly")),
        *((BY, "soon"), ("not a period", "2028-12"), ("start from", "800 kr"), ("was that", "")),
        *((BY, ""), (WRITE, "")),
    ]
    screen = asked(terminal, typed=typed)
    assert screen.code == 0
    kpi = load_definitions(str(file)).definitions.kpis["cac"]
    assert (kpi.goal, kpi.frequency) == ("growth", "weekly")


def test_none_of_the_catalogue_makes_ones_own(terminal: Terminal, file: Path) -> None:
    typed = [
        *((SPECIFIC, "happy customers"), (WHICH, "n"), ("called? ", "Smiles at the till")),
        *(("counted", "Smiles seen in an hour"), (MEASURABLE, ">=20 smiles"), (SOURCE, "a list")),
        *((ACTIONABLE, ""), (LEVERS, "jokes, cake"), (RELEVANT, "growth"), (TIME, "daily")),
        *((ROLLUP, "some"), ("cannot be", "sum"), ALWAYS, (WRITE, "")),
    ]
    assert asked(terminal, typed=typed).code == 0
    kpi = load_definitions(str(file)).definitions.kpis["smiles_at_the_till"]
    assert (kpi.definition, kpi.unit, kpi.frequency) == (
        "Smiles seen in an hour",
        "smiles",
        "daily",
    )
    assert (kpi.source, kpi.levers, kpi.rollup) == ("a list", ("jokes", "cake"), "sum")


def test_what_the_catalogue_has_nothing_for_is_ones_own(terminal: Terminal, file: Path) -> None:
    typed = [
        *((SPECIFIC, "xyzzy"), ("called? ", ""), ("counted", "Spells cast")),
        *((MEASURABLE, "+20%"), ("start from? ", "5 spells"), LATER, (ACTIONABLE, "Merlin")),
        *((LEVERS, ""), (RELEVANT, "growth"), (TIME, ""), (ROLLUP, "")),
        *((BY, "Dec 2027"), ("was that", "2026-10"), (WRITE, "")),
    ]
    assert asked(terminal, typed=typed).code == 0
    kpi = load_definitions(str(file)).definitions.kpis["xyzzy"]
    assert (str(kpi.baseline), str(kpi.start), str(kpi.by)) == ("5 spells", "2026-10", "2027-12")


def test_money_is_asked_for_where_nothing_tells_it(terminal: Terminal, file: Path) -> None:
    typed = [
        *((PARTS, ""), (MEASURABLE, "40%"), LATER, (ACTIONABLE, "Ann"), (RELEVANT, "growth")),
        *((TIME, ""), ALWAYS, ("Which currency", "3"), ("is not a unit", "SEK"), (WRITE, "")),
    ]
    assert asked(terminal, "gross", "margin", typed=typed).code == 0
    kpis = load_definitions(str(file)).definitions.kpis
    assert (kpis["gross_margin"].unit, kpis["cost_of_sales"].unit) == ("%", "SEK")


def test_a_term_is_offered_beside_ones_own(terminal: Terminal, file: Path) -> None:
    name = "Time to first value"
    args = (name, "--target", "<5 days", "--owner", "Ann", "--goal", "growth")
    typed = [(WHICH, "n"), ("called? ", ""), ("counted", "Median days until then")]
    screen = asked(terminal, *args, typed=typed)
    assert screen.code == 0
    assert b"1  Time to Value: " in screen.sent
    assert f"n  {name}, a KPI of your own".encode() in screen.sent
    kpi = load_definitions(str(file)).definitions.kpis["time_to_first_value"]
    assert (kpi.name, kpi.definition, kpi.formula) == (name, "Median days until then", None)


def test_the_number_itself_is_offered_beside_what_it_is_computed_from(
    terminal: Terminal, file: Path
) -> None:
    args = ("conversion rate", "--goal", "growth", "--owner", "Ann", "--source", "web shop")
    typed = [(PARTS, "n"), (MEASURABLE, "3%"), (TIME, ""), ALWAYS, (WRITE, "")]
    assert asked(terminal, *args, typed=typed).code == 0
    assert list(load_definitions(str(file)).definitions.kpis) == ["conversion_rate"]


def test_a_formula_of_what_is_there_is_asked_for_and_checked(
    terminal: Terminal, file: Path
) -> None:
    file.write_text(f"{MINE}[kpis.cups]\n[kpis.guests]\n")
    typed = [
        *((SPECIFIC, "Cups per guest"), ("called? ", ""), ("counted", "Cups of coffee, a guest")),
        *((FORMULA, "cups / gusts"), ("did you mean 'guests'?", "cups / guests")),
        *((MEASURABLE, "2 cups"), (ACTIONABLE, "Kim"), (LEVERS, "cake"), (RELEVANT, "growth")),
        *((TIME, ""), ALWAYS, (WRITE, "")),
    ]
    assert asked(terminal, typed=typed).code == 0
    kpi = load_definitions(str(file)).definitions.kpis["cups_per_guest"]
    assert kpi.formula is not None
    assert kpi.formula.text == "cups / guests"


BEGUN = [
    *((SPECIFIC, "nps"), (PARTS, ""), (MEASURABLE, "40"), LATER, (ACTIONABLE, "")),
    *((RELEVANT, ""), (TIME, ""), ALWAYS),
]


@pytest.mark.parametrize("count", range(len(BEGUN) + 1))
@pytest.mark.parametrize(
    ("key", "code"),
    [pytest.param("\x03", 128 + signal.SIGINT, id="Ctrl-C"), pytest.param("\x04", 2, id="Ctrl-D")],
)
def test_whoever_stops_leaves_everything_as_it_was(
    terminal: Terminal, file: Path, count: int, key: str, code: int
) -> None:
    prompts = [*BEGUN, (WRITE, "")]
    typed = [(end, f"{text}\n") for end, text in prompts[:count]]
    screen = terminal("add", typed=[*typed, (prompts[count][0], key)])
    assert screen.code == code
    assert file.read_text() == MINE


def test_a_no_at_the_end_writes_nothing(terminal: Terminal, file: Path) -> None:
    screen = asked(terminal, typed=[*BEGUN, (WRITE, "no")])
    assert screen.code == 2
    assert b"nothing written" in screen.sent
    assert file.read_text() == MINE


def test_what_was_shown_is_written_or_nothing(terminal: Terminal, file: Path) -> None:
    """Another kpi adds the goal that was offered as new, while somebody still looks."""
    other = '\n[goals.happy_customers]\nname = "Happy customers"\n'

    class Meanwhile(str):
        __slots__ = ()

        def encode(self, *_: object, **__: object) -> bytes:
            file.write_text(MINE + other)
            return b"\n"

    typed = [(end, f"{text}\n") for end, text in BEGUN]
    screen = terminal("add", typed=[*typed, (WRITE, Meanwhile())])
    assert screen.code == 2
    assert b"nothing written: somebody changed the file in the meantime" in screen.sent
    assert file.read_text() == MINE + other
