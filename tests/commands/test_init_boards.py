"""`kpi init --from`: boards that lack nothing but owner and targets, and the first question."""

from pathlib import Path

import pytest

from kpicli.catalogue.load import starter_boards, templates
from kpicli.catalogue.term import StarterBoard
from kpicli.cli.prompts.board import read_amounts
from kpicli.errors import KpiError
from kpicli.store.definitions.read import load_definitions
from tests.installed import Kpi, Terminal

FULL = [board for board in starter_boards() if board.kpis]


def named(board: StarterBoard) -> str:
    return board.name


def filled(path: Path) -> None:
    """The board with what is left filled in, as its comments say."""
    text = path.read_text().replace('# owner = "…"    #', 'owner = "Ann"    #')
    unit = ""
    lines = []
    for line in text.splitlines():
        unit = line.partition('"')[2].rstrip('"') if line.startswith("unit = ") else unit
        lines.append(line.replace('# target = "…"', f'target = "30 {unit}"'.replace(" %", "%")))
    path.write_text("\n".join(lines))


def test_there_is_one_for_most_who_begin() -> None:
    names = {board.name for board in starter_boards()}
    assert names >= {"webshop", "saas", "agency", "shop", "support", "engineering", "blank"}


@pytest.mark.parametrize("board", FULL, ids=named)
def test_a_board_has_three_to_five_kpis_at_its_top_and_others_beneath(
    kpi: Kpi, board: StarterBoard
) -> None:
    assert 3 <= len(board.top_level) <= 5
    assert {said["goal"] for said in board.kpis.values() if "goal" in said} == set(board.goals)
    assert kpi("init", "--from", board.name).code == 0
    kpis = load_definitions(str(kpi.folder / "kpis.toml")).definitions.kpis
    assert [one.id for one in kpis.values() if not one.supports] == board.top_level
    assert any(one.supports for one in kpis.values())
    assert set(kpis) <= templates().keys()


@pytest.mark.parametrize("board", FULL, ids=named)
def test_all_that_check_misses_is_an_owner_and_targets(kpi: Kpi, board: StarterBoard) -> None:
    done = kpi("init", "--from", board.name)
    run = kpi("check", "--ignore", "A01,M01")
    assert (run.code, run.out) == (0, "")
    missing = kpi("check").out
    assert missing.count(" M01 ") == len(board.top_level)
    told = [line for line in done.err.splitlines() if line.startswith("  line ")]
    names = [line.partition(" of ")[2] for line in told]
    assert names == [
        "all KPIs without an owner of their own",
        *(str(board.kpis[id].get("name", templates()[id].name)) for id in board.top_level),
    ]
    lines = (kpi.folder / "kpis.toml").read_text().splitlines()
    numbers = [int(one.partition(":")[0].split()[1]) for one in told]
    assert all(lines[number - 1].startswith("# ") for number in numbers)


@pytest.mark.parametrize("board", FULL, ids=named)
def test_once_that_is_filled_in_check_finds_nothing(kpi: Kpi, board: StarterBoard) -> None:
    kpi("init", "--from", board.name)
    filled(kpi.folder / "kpis.toml")
    run = kpi("check", "--ignore", "M03,M07,S06")
    assert (run.code, run.out) == (0, ""), run.out


def test_amounts_are_in_the_money_that_is_named(kpi: Kpi) -> None:
    assert kpi("init", "--from", "saas", "--unit", "$").code == 0
    kpis = load_definitions(str(kpi.folder / "kpis.toml")).definitions.kpis
    assert (kpis["mrr"].unit, kpis["marketing_and_sales_cost"].unit) == ("$", "$")
    assert (kpis["new_mrr"].supports, kpis["new_mrr"].unit) == ("mrr", "$")


def test_a_blank_board_leads_on_to_add(kpi: Kpi) -> None:
    done = kpi("init", "--from", "blank")
    assert done.err.endswith("next: kpi add, or kpi catalog to see what others measure\n")
    assert (kpi("check").err, kpi("status").err) == ("no KPIs yet: kpi add\n",) * 2


@pytest.mark.parametrize(
    ("args", "said"),
    [
        pytest.param(["--from", "webshp"], "hint: did you mean 'webshop'?\n", id="a slip"),
        pytest.param(["--from", "bakery"], "hint: one of: agency, blank, engin", id="none"),
        pytest.param(["--from", "saas", "--unit", "3"], "'3' is not a unit\n", id="no money"),
    ],
)
def test_what_is_no_board_is_refused_and_nothing_is_written(
    kpi: Kpi, args: list[str], said: str
) -> None:
    done = kpi("init", *args)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert not (kpi.folder / "kpis.toml").exists()


HEAD = [("called? ", "\n"), ("write amounts", "\n"), ("responsible", "\n")]
"""Title, decimal mark and currency, owner, each as it is offered."""


def test_a_terminal_asks_which_and_for_targets(terminal: Terminal) -> None:
    typed = [("example: ", "5\n"), *HEAD]
    typed += [("later: ", "\n"), ("later: ", "cheap\n"), ("later: ", "$90\n")]
    screen = terminal("init", typed=[*typed, *[("later: ", "\n")] * 3])
    assert screen.code == 0
    kpis = load_definitions(str(terminal.folder / "kpis.toml")).definitions.kpis
    assert {kpis[id].unit for id in ("monthly_revenue", "average_order_value")} == {"$"}
    assert kpis["monthly_revenue"].target is None
    assert b"target of Monthly Revenue" in screen.sent


def test_enter_starts_from_the_plain_example(terminal: Terminal) -> None:
    screen = terminal(
        "init", typed=[("example: ", "webshp\n"), ("'webshop'?", "\n"), *HEAD, ("Target? ", "\n")]
    )
    assert screen.code == 0
    assert (
        "monthly_revenue" in load_definitions(str(terminal.folder / "kpis.toml")).definitions.kpis
    )


def test_nothing_is_asked_where_a_board_is_there(terminal: Terminal) -> None:
    (terminal.folder / "kpis.toml").write_text("# mine\n")
    screen = terminal("init")
    assert screen.code == 2
    assert b"already exists" in screen.sent


@pytest.mark.parametrize(("key", "code"), [("\x03", 130), ("\x04", 2)])
def test_whoever_stops_leaves_an_empty_folder(terminal: Terminal, key: str, code: int) -> None:
    screen = terminal("init", typed=[("example: ", "webshop\n"), *HEAD, ("later: ", key)])
    assert screen.code == code
    assert not (terminal.folder / "kpis.toml").exists()


def test_one_amount_tells_decimal_mark_and_currency_and_targets_are_read_by_it(
    terminal: Terminal,
) -> None:
    typed = [
        ("example: ", "webshop\n"),
        ("called? ", "Nordlys\n"),
        ("write amounts", "1.200 €\n"),
        ("two readings", "1.200,50 €\n"),
        ("responsible", "Kari\n"),
        ("later: ", "480.000\n"),
    ]
    screen = terminal("init", typed=[*typed, *[("later: ", "\n")] * 3])
    assert screen.code == 0
    definitions = load_definitions(str(terminal.folder / "kpis.toml")).definitions
    assert (definitions.decimal, definitions.is_decimal_stated) == (",", True)
    target = definitions.kpis["monthly_revenue"].target
    assert target is not None
    assert target.number == 480_000
    assert definitions.kpis["monthly_revenue"].unit == "€"
    assert definitions.title == "Nordlys"
    assert {kpi.owner for kpi in definitions.kpis.values()} == {"Kari"}


@pytest.mark.parametrize(
    ("answer", "amounts"),
    [
        ("", (".", "")),
        (",", (",", "")),
        ("NOK", (".", "NOK")),
        ("$1,200.50", (".", "$")),
        ("1 200,50 kr", (",", "kr")),
        ("480 kr", (".", "kr")),
    ],
)
def test_an_amount_is_understood(answer: str, amounts: tuple[str, str]) -> None:
    assert read_amounts(answer) == amounts


@pytest.mark.parametrize(
    ("answer", "said"),
    [("1.200 €", "two readings"), ("3 cats", "'cats' is no currency"), ("dear", "not a number")],
)
def test_what_tells_no_amount_is_asked_for_again(answer: str, said: str) -> None:
    with pytest.raises(KpiError, match=said):
        read_amounts(answer)


def test_a_target_that_check_would_find_is_said_before_it_is_written(terminal: Terminal) -> None:
    typed = [
        *(("example: ", "webshop\n"), *HEAD, ("later: ", "520,000 kr\n")),
        *(("Conversion Rate, ", "1.2M\n"), ("type it again", "0.03\n")),
        ("as in 3%", "3%\n"),
        *(("Avg Order Value, ", "800 kr\n"), ("Cart Abandonment, ", "<60%\n")),
    ]
    screen = terminal("init", typed=typed)
    assert screen.code == 0
    assert b"then kpi check" not in screen.sent
    run = Kpi(terminal.folder, terminal.is_installed)("check")
    assert (run.code, run.out) == (0, "")


@pytest.mark.parametrize("start", [(), ("--from", "webshop")], ids=["plain", "a board"])
@pytest.mark.parametrize(("given", "mark"), [((), "."), (("--decimal", ","), ",")])
def test_the_decimal_mark_is_always_written(
    kpi: Kpi, start: tuple[str, ...], given: tuple[str, ...], mark: str
) -> None:
    assert kpi("init", *start, *given).code == 0
    definitions = load_definitions(str(kpi.folder / "kpis.toml")).definitions
    assert (definitions.decimal, definitions.is_decimal_stated) == (mark, True)
    if not start:
        target = definitions.kpis["monthly_revenue"].target
        assert target is not None
        assert target.number == 500_000


def test_another_decimal_mark_is_refused(kpi: Kpi) -> None:
    done = kpi("init", "--decimal", ";")
    assert (done.code, done.out) == (2, "")
    assert not (kpi.folder / "kpis.toml").exists()
