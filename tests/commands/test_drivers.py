"""`kpi drivers`: what made a KPI change, in every format, and what can't be answered."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.commands.webshop import AS_OF, LOG, asked, webshop
from tests.installed import Kpi, Terminal


@pytest.fixture(autouse=True)
def shop(tmp_path: Path) -> Path:
    webshop(tmp_path)
    return tmp_path


def answer(kpi: Kpi, *args: str) -> dict[str, Any]:
    """The JSON, every number as its digits."""
    run = asked(kpi, "drivers", *args, "--json")
    found: dict[str, Any] = json.loads(run.out, parse_int=str, parse_float=str)
    return found


# 20,500 · 3.4 · 760 / 100 = 529,720 and 20,000 · 3.2 · 750 / 100 = 480,000. Conversion, 0.2 less:
# 0.2 / 100 · (2 · 20,500 · 760 + 20,500 · 750 + 20,000 · 760 + 2 · 20,000 · 750) / 6 = 30,578⅓
def test_what_made_the_revenue_change(kpi: Kpi) -> None:
    run = asked(kpi, "drivers", "revenue")
    assert (run.code, run.err) == (0, "")
    assert run.out == (
        "Change  529,720 kr → 480,000 kr: -49,720 kr\n"
        "Conversion Rate    3.4%    3.2%  -30,578 kr  ------------\n"
        "Visitors         20,500  20,000  -12,458 kr  -----\n"
        "Avg Order Value  760 kr  750 kr   -6,683 kr  ---\n"
        "bottleneck: Conversion Rate, -30,578 kr of -49,720 kr\n"
    )


def test_a_terminal_draws_bars_with_their_sign(terminal: Terminal) -> None:
    screen = terminal("drivers", "revenue", *AS_OF, "--color", "never")
    assert screen.sent.decode().replace("\r\n", "\n") == (
        "Monthly Revenue · 2026-10 against 2026-09\n"
        "Change  529,720 kr → 480,000 kr: -49,720 kr\n"
        "KPI                From      To  Contribution  Bar\n"
        "────────────────────────────────────────────────────────────\n"
        "Conversion Rate    3.4%    3.2%    -30,578 kr  -████████████\n"
        "Visitors         20,500  20,000    -12,458 kr  -█████\n"
        "Avg Order Value  760 kr  750 kr     -6,683 kr  -███\n"
        "bottleneck: Conversion Rate, -30,578 kr of -49,720 kr\n"
    )


def test_bars_are_red_where_that_is_bad_news(terminal: Terminal) -> None:
    sent = terminal("drivers", "revenue", *AS_OF).sent.decode()
    assert "\x1b[31m-████████████" in sent


def test_bars_are_green_where_that_is_good_news(terminal: Terminal) -> None:
    sent = terminal("drivers", "revenue", "--against", "target", *AS_OF).sent.decode()
    assert "\x1b[32m+████████████" in sent


@pytest.mark.parametrize("columns", [30, 40, 50, 80])
def test_a_narrow_terminal_keeps_each_contribution(terminal: Terminal, columns: int) -> None:
    screen = terminal("drivers", "revenue", *AS_OF, "--color", "never", columns=columns)
    text = " ".join(screen.sent.decode().split())
    for number in ("-30,578 kr", "-12,458 kr", "-6,683 kr"):
        assert number in text


def test_ascii_is_ascii(kpi: Kpi) -> None:
    run = asked(kpi, "drivers", "revenue", "--ascii", "--format", "terminal")
    assert run.out.isascii()
    assert "  -30,578 kr  ------------\n" in run.out


def test_json_carries_it_all_unrounded_to_12_decimals(kpi: Kpi) -> None:
    assert answer(kpi, "revenue") == {
        "schema": "kpi.drivers/1",
        "kpi": "revenue",
        "period": "2026-10",
        "against": "previous",
        "as_of": "2026-11-05",
        "unit": "kr",
        "from": "529720",
        "to": "480000",
        "change": "-49720",
        "bottleneck": "conversion_rate",
        "reason": None,
        "drivers": [
            {
                "id": "conversion_rate",
                "from": "3.4",
                "to": "3.2",
                "contribution": "-30578.333333333333",
                "favourable": False,
            },
            {
                "id": "visitors",
                "from": "20500",
                "to": "20000",
                "contribution": "-12458.333333333333",
                "favourable": False,
            },
            {
                "id": "avg_order_value",
                "from": "760",
                "to": "750",
                "contribution": "-6683.333333333333",
                "favourable": False,
            },
        ],
        "warnings": [],
    }


def test_csv_has_the_same_rows(kpi: Kpi) -> None:
    run = asked(kpi, "drivers", "revenue", "--format", "csv")
    assert run.out.splitlines() == [
        "id,from,to,contribution,favourable",
        "conversion_rate,3.4,3.2,-30578.333333333333,false",
        "visitors,20500,20000,-12458.333333333333,false",
        "avg_order_value,760,750,-6683.333333333333,false",
    ]


def test_against_the_target_each_input_is_taken_alone(kpi: Kpi) -> None:
    assert asked(kpi, "drivers", "revenue", "--against", "target").out == (
        "Gap  480,000 kr → 500,000 kr: +20,000 kr\n"
        "Avg Order Value  750 kr  800 kr  +32,000 kr  -12,000 kr  ++++++++++++\n"
        "Conversion Rate    3.2%      3%  -30,000 kr  +50,000 kr  -----------\n"
        "no target, so left out: Visitors\n"
        "Each input is taken alone, so contributions do not add up to the gap.\n"
        "bottleneck: Avg Order Value, +32,000 kr of +20,000 kr if it alone were on target\n"
    )
    found = answer(kpi, "revenue", "--against", "target")
    assert (found["from"], found["to"], found["change"]) == ("480000", "500000", "20000")
    assert found["drivers"][0]["left"] == "-12000"


def test_a_percentage_changes_by_points_and_lower_may_be_better(kpi: Kpi) -> None:
    assert asked(kpi, "drivers", "twice").out == (
        "Change  3% → 4%: +1 pp\n"
        "share  1.5%  2%  +1 pp  ++++++++++++\n"
        "bottleneck: share, +1 pp of +1 pp\n"
    )


def test_without_a_target_shares_keep_the_decimals_that_they_need(kpi: Kpi, shop: Path) -> None:
    index = '[kpis.index]\nformula = "1 + share / 100"\n'
    webshop(shop, f'{index}[kpis.cube]\nformula = "share * visitors * conversion_rate"\n')
    assert asked(kpi, "drivers", "index").out.startswith("Change  1.015 → 1.020: +0.005\n")
    # 0.5 · (2 · 20,500 · 3.4 + 20,500 · 3.2 + 20,000 · 3.4 + 2 · 20,000 · 3.2) / 6
    assert asked(kpi, "drivers", "cube").out.splitlines()[1].split()[3] == "+33,417"


def test_where_nothing_says_which_way_is_better_that_is_said(kpi: Kpi) -> None:
    run = asked(kpi, "drivers", "newsletter")
    assert run.out.splitlines()[-1] == (
        "no bottleneck: nothing says which way is better for newsletter"
    )
    assert answer(kpi, "newsletter")["bottleneck"] is None


def test_where_nothing_made_it_worse_that_is_said(kpi: Kpi, shop: Path) -> None:
    webshop(shop, log=LOG.replace('"value":3.4', '"value":1').replace("760", "750"))
    run = asked(kpi, "drivers", "revenue", "--period", "2026-10")
    assert "Conversion Rate" in run.out
    webshop(shop, log=LOG.replace("20500", "100").replace("3.4", "1").replace("760", "7"))
    run = asked(kpi, "drivers", "revenue")
    assert run.out.splitlines()[-1] == "no bottleneck: no input made it worse"


# -500 visitors: -500 / 100 · (2 · 1 · 760 + 1 · 750 + 3.2 · 760 + 2 · 3.2 · 750) / 6 = -7,918⅓
def test_what_held_an_improvement_back_is_no_bottleneck(kpi: Kpi, shop: Path) -> None:
    webshop(shop, log=LOG.replace('"value":3.4', '"value":1'))
    run = asked(kpi, "drivers", "revenue")
    last = "no bottleneck: it got better, held back most by Visitors, -7,918 kr\n"
    assert run.out.endswith(last)


def test_without_drivers_there_is_no_empty_table(kpi: Kpi, terminal: Terminal, shop: Path) -> None:
    webshop(shop, '[kpis.half]\nformula = "visitors / 2"\ntarget = "0"\n')
    args = ("drivers", "half", "--against", "target", *AS_OF)
    screen = terminal(*args, "--color", "never").sent.decode().replace("\r\n", "\n")
    assert screen == (
        "half · 2026-10 against its target\n"
        "Gap  10,000 → 0: -10,000\n"
        "no data: no input of half has a target for 2026-10\n"
    )
    assert json.loads(kpi(*args, "--json").out)["drivers"] == []


@pytest.mark.parametrize(
    ("args", "reason"),
    [
        (["--against", "year"], "visitors: nothing recorded for 2025-10"),
        (["--period", "2026-08"], "visitors: nothing recorded for 2026-08"),
        (["--period", "2027"], "2027 has not begun"),
    ],
)
def test_what_is_missing_is_named_and_is_an_answer(kpi: Kpi, args: list[str], reason: str) -> None:
    run = asked(kpi, "drivers", "revenue", *args)
    assert (run.code, run.out) == (0, f"no data: {reason}\n")
    found = answer(kpi, "revenue", *args)
    assert (found["reason"], found["drivers"], found["change"]) == (reason, [], None)


@pytest.mark.parametrize(
    ("args", "message", "hint"),
    [
        pytest.param(
            ["visitors"],
            "visitors has no formula and no KPI that supports it, so nothing drives it",
            "kpi explain visitors shows how it was judged",
            id="no formula",
        ),
        pytest.param(["revenu"], "unknown KPI 'revenu'", "did you mean 'revenue'?", id="no KPI"),
        pytest.param(
            ["revenue", "--against", "yeer"],
            "--against cannot be 'yeer'",
            "did you mean 'year'?",
            id="nothing to hold it against",
        ),
        pytest.param(
            ["revenue", "--depth", "0"],
            "--depth is '0', expected a whole number, 1 or more",
            "see kpi drivers --help",
            id="no depth",
        ),
        pytest.param(
            ["revenue", "--owner", "Ann"],
            "--owner does not go with this",
            "revenue has a formula, and is looked at alone",
            id="a part of the board, of a formula",
        ),
    ],
)
def test_what_can_not_be_asked(kpi: Kpi, args: list[str], message: str, hint: str) -> None:
    run = asked(kpi, "drivers", *args)
    assert (run.code, run.out) == (2, "")
    assert run.err == f"kpi: error: {message}\nhint: {hint}\n"


def test_of_an_open_period_a_closed_one_is_named(kpi: Kpi, shop: Path) -> None:
    early = '{"kpi":"%s","period":"2026-11","value":%s,"at":"2026-11-04T08:00:00Z"}\n'
    pairs = [("visitors", 3000), ("conversion_rate", 3.1), ("avg_order_value", 700)]
    webshop(shop, log=LOG + "".join(early % pair for pair in pairs))
    run = asked(kpi, "drivers", "revenue", "--period", "2026-11")
    assert run.out == (
        "no data: visitors is recorded for the whole of 2026-10, not for parts of it; "
        "2026-10 is the last closed one\n"
    )
    assert answer(kpi, "revenue")["period"] == "2026-10", "unless one is asked for"


def test_options_may_stand_before_the_command(kpi: Kpi) -> None:
    before = kpi("--against", "target", "--depth", "1", *AS_OF, "drivers", "revenue")
    assert before == asked(kpi, "drivers", "revenue", "--against", "target", "--depth", "1")


def test_damage_in_the_log_is_named_and_looked_at(kpi: Kpi, shop: Path) -> None:
    with (shop / "kpis.jsonl").open("a") as log:
        log.write('{"kpi":"churn","period":"2019-01"}\n')
    run = asked(kpi, "drivers", "revenue")
    assert run.code == 3
    assert run.err.startswith("kpis.jsonl:10: ")
    assert run.out.startswith("Change")  # it shows itself that it is about another KPI
