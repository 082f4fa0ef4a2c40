"""`kpi explain`: the whole reckoning, to read and to redo."""

import json
from pathlib import Path

import pytest

from tests.commands.webshop import AS_OF, LOG, asked, webshop
from tests.installed import Kpi, Terminal


@pytest.fixture(autouse=True)
def shop(tmp_path: Path) -> Path:
    webshop(tmp_path)
    return tmp_path


PLAIN = """\
visitors 2026-10 record: recorded 2026-11-02 by bob: without bots; \
in place of 19,000, recorded 2026-11-01 by ann; = 20,000
conversion_rate 2026-10 record: recorded 2026-11-02 by ann; = 3.2%
avg_order_value 2026-10 record: recorded 2026-11-02 by ann; = 750 kr
revenue 2026-10 formula: visitors * conversion_rate * avg_order_value / 100; \
20,000 * 3.2 * 750 / 100; = 480,000 kr
revenue 2026-10 target: target in the definitions; ≥ 500,000 kr
revenue 2026-10 tolerance: 10% of 500,000 kr; 500,000 - 500,000 * 10 / 100; \
at risk down to 450,000 kr
revenue 2026-10 comparison: 480,000 kr ≥ 500,000 kr does not hold; 480,000 - 500,000; \
variance -20,000 kr
revenue 2026-10 status: the target is missed, but within the tolerance; at risk
revenue 2026-10 overdue: a formula is computed, so never overdue; not overdue
"""
NARROW = """\
Monthly Revenue · 2026-10
visitors  2026-10  record
    recorded 2026-11-02 by bob: without bots
    in place of 19,000, recorded 2026-11-01 by ann
    = 20,000
conversion_rate  2026-10  record
    recorded 2026-11-02 by ann
    = 3.2%
avg_order_value  2026-10  record
    recorded 2026-11-02 by ann
    = 750 kr
revenue  2026-10  formula
    visitors * conversion_rate * avg_order_value /
    100
    20,000 * 3.2 * 750 / 100
    = 480,000 kr
revenue  2026-10  target
    target in the definitions
    ≥ 500,000 kr
revenue  2026-10  tolerance
    10% of 500,000 kr
    500,000 - 500,000 * 10 / 100
    at risk down to 450,000 kr
revenue  2026-10  comparison
    480,000 kr ≥ 500,000 kr does not hold
    480,000 - 500,000
    variance -20,000 kr
revenue  2026-10  status
    the target is missed, but within the tolerance
    🟡 at risk
revenue  2026-10  overdue
    a formula is computed, so never overdue
    not overdue
"""


def test_a_pipe_gets_a_line_a_step(kpi: Kpi) -> None:
    run = asked(kpi, "explain", "revenue")
    assert (run.code, run.err) == (0, "")
    assert run.out == PLAIN


def test_a_narrow_terminal_gets_them_one_under_the_other(terminal: Terminal) -> None:
    screen = terminal("explain", "revenue", *AS_OF, "--color", "never", columns=50)
    assert screen.sent.decode().replace("\r\n", "\n") == NARROW


def test_on_a_wide_terminal_no_line_of_it_breaks(terminal: Terminal) -> None:
    screen = terminal("explain", "revenue", *AS_OF, "--color", "never", columns=80)
    joined = NARROW.replace("/\n    100", "/ 100").replace("the\n    tolerance", "the tolerance")
    assert screen.sent.decode().replace("\r\n", "\n") == joined


def test_json_carries_the_steps(kpi: Kpi) -> None:
    found = json.loads(asked(kpi, "explain", "revenue", "--json").out)
    assert list(found) == [
        *("schema", "kpi", "period", "as_of", "unit", "actual", "status", "steps", "warnings")
    ]
    assert (found["schema"], found["actual"], found["status"]) == (
        "kpi.explain/1",
        480000,
        "at_risk",
    )
    first, formula = found["steps"][0], found["steps"][3]
    assert first["rule"] == "record"
    assert (first["at"], first["by"], first["note"]) == (
        "2026-11-02T08:00:00.000000Z",
        "bob",
        "without bots",
    )
    assert first["replaced"].endswith(" = 19000")
    assert formula["rule"] == "formula"
    assert formula["detail"] == "visitors * conversion_rate * avg_order_value / 100"
    assert formula["inputs"] == (
        "visitors 2026-10 = 20000; conversion_rate 2026-10 = 3.2; avg_order_value 2026-10 = 750"
    )
    assert formula["result"] == 480000


def test_csv_and_markdown_are_drawn(kpi: Kpi) -> None:
    table = asked(kpi, "explain", "revenue", "--format", "csv").out.splitlines()
    assert table[0].startswith("kpi,period,rule,detail,inputs,result,")
    assert len(table) == 1 + len(PLAIN.splitlines())
    assert (
        "| revenue | 2026-10 | formula |"
        in asked(kpi, "explain", "revenue", "--format", "markdown").out
    )


def test_a_fraction_without_an_end_is_exact_for_machines_too(kpi: Kpi, shop: Path) -> None:
    webshop(shop, '[kpis.third]\nformula = "share / 3"\nunit = "%"\n')
    (step,) = [
        one
        for one in json.loads(asked(kpi, "explain", "third", "--json").out)["steps"]
        if one["rule"] == "formula"
    ]
    assert (step["result"], step["exact"]) == (0.666666666667, "2/3")
    assert step["text"] == "share / 3; 2 / 3; = 0.666666666667% (2/3)"


def test_a_long_calculation_is_never_cut(kpi: Kpi, shop: Path) -> None:
    days = "".join(
        f'{{"kpi":"steps","period":"2026-10-{day:02}","value":{day}000.25,'
        f'"at":"2026-11-01T08:00:00Z"}}\n'
        for day in range(1, 32)
    )
    webshop(shop, '[kpis.steps]\nrollup = "sum"\n', LOG + days)
    sum_of_all = " + ".join(f"{day},000.25" for day in range(1, 32))
    assert sum_of_all in asked(kpi, "explain", "steps").out
    on_screen = asked(kpi, "explain", "steps", "--format", "terminal").out
    assert sum_of_all in " ".join(on_screen.split())


def test_as_of_replays_what_was_known(kpi: Kpi) -> None:
    run = kpi("explain", "visitors", "--as-of", "2026-11-01")
    assert run.out.splitlines()[0] == (
        "visitors 2026-10 record: recorded 2026-11-01 by ann; = 19,000"
    )


def test_a_record_under_a_former_id_is_its_own(kpi: Kpi, shop: Path) -> None:
    webshop(shop, '[kpis.bots]\nformerly = ["robots"]\n', LOG.replace("visitors", "robots"))
    assert "in place of 19,000, recorded 2026-11-01 by ann" in asked(kpi, "explain", "bots").out
    assert asked(kpi, "explain", "robots").out == asked(kpi, "explain", "bots").out


def test_what_people_wrote_acts_on_nothing(kpi: Kpi, shop: Path) -> None:
    webshop(shop, log=LOG.replace("without bots", r"[red]\u001b[2Jx\u202e"))
    for format in ("plain", "terminal", "markdown", "json", "csv"):
        out = asked(kpi, "explain", "revenue", "--format", format).out
        assert "\x1b" not in out
        assert "\u202e" not in out
    assert r"[red]\x1b[2Jx\u202e" in asked(kpi, "explain", "revenue").out


@pytest.mark.parametrize(
    ("line", "reason"),
    [('{"kpi":"visitors","period":"2026-10","value":"x"}\n', "damaged: kpis.jsonl:10")],
)
def test_damage_is_named_and_looked_at(kpi: Kpi, shop: Path, line: str, reason: str) -> None:
    with (shop / "kpis.jsonl").open("a") as log:
        log.write(line)
    run = asked(kpi, "explain", "revenue", "--period", "2026-10")
    assert run.code == 3
    assert run.err.startswith("kpis.jsonl:10: ")
    assert f"visitors 2026-10 no data: {reason}\n" in run.out
    assert f"revenue 2026-10 no data: visitors: {reason}\n" in run.out


def test_nothing_recorded_is_an_answer(kpi: Kpi) -> None:
    run = asked(kpi, "explain", "visitors", "--period", "2026-08")
    assert run.code == 0
    assert run.out.splitlines() == [
        "visitors 2026-08 no data: nothing recorded for 2026-08",
        "visitors 2026-08 no target: no target",
        "visitors 2026-08 status: nothing recorded for 2026-08; no data",
        (
            "visitors 2026-10 overdue: no month is missing up to "
            "2026-10, the latest that is past; not overdue"
        ),
    ]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["revenu"], "kpi: error: unknown KPI 'revenu'\nhint: did you mean 'revenue'?\n"),
        ([], "kpi: error: missing argument 'KPI'\nhint: see kpi explain --help\n"),
    ],
)
def test_what_can_not_be_asked(kpi: Kpi, args: list[str], said: str) -> None:
    run = asked(kpi, "explain", *args)
    assert (run.code, run.out, run.err) == (2, "", said)


def test_options_may_stand_before_the_command(kpi: Kpi) -> None:
    assert kpi("--period", "2026-10", *AS_OF, "explain", "revenue").out == PLAIN
