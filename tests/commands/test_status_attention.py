"""`kpi status --attention`, `--fail-on warning`, and what a table shows of where a KPI goes."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.commands.shop import rows, shown
from tests.installed import Kpi, Terminal

TOML = """\
title = "Shop"
[kpis.revenue]
name = "Revenue"
target = "500 kr"
owner = "Sales"
[kpis.churn]
name = "Churn"
target = "<5%"
[kpis.calm]
name = "Calm"
target = "40"
"""
FALLING = [600, 590, 585, 570, 560, 548, 541, 530, 518, 505]
CHURN = [4, 4.2, 3.9, 4.1, 4, 4.3, 3.8, 4, 4.1, 6]
CALM = [50, 52, 49, 51, 50, 52, 48, 51, 50, 49]


@pytest.fixture(autouse=True)
def board(tmp_path: Path) -> Path:
    """Revenue that falls towards its target, churn that has jumped, and one that is as it was."""
    path = tmp_path / "kpis.toml"
    path.write_text(TOML)
    log = "".join(
        f'{{"kpi":"{kpi}","period":"2026-{month:02}","value":{value},'
        f'"at":"2026-{month + 1:02}-02T08:00:00Z"}}\n'
        for kpi, values in (("revenue", FALLING), ("churn", CHURN), ("calm", CALM))
        for month, value in enumerate(values, 1)
    )
    path.with_suffix(".jsonl").write_text(log)
    return path


def needy(kpi: Kpi, *args: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(shown(kpi, "--attention", "--json", *args).out)[
        "attention"
    ]
    return found


def test_it_lists_what_needs_a_person_the_most_urgent_first(kpi: Kpi) -> None:
    run = shown(kpi, "--attention")
    assert (run.code, run.err) == (0, "")
    first, second = run.out.splitlines()
    assert first.split("  ")[0] == "Churn"
    assert "🔴 off target  6%, 1 pp over 5% in 2026-10; 2026-10 is above its usual range" in first
    assert second.split("  ")[0] == "Revenue"
    assert "🟢 on target   505 kr, 5 kr above 500 kr in 2026-10, " in second
    assert "% to miss 2026-11, and it goes down; " in second


def test_machines_get_the_same_in_columns(kpi: Kpi) -> None:
    churn, revenue = needy(kpi)
    assert churn["concerns"] == ["off_target", "signal"]
    assert (churn["odds_period"], churn["odds_met"]) == (None, None)
    assert revenue["concerns"][0] == "sliding"
    assert revenue["odds_period"] in {"2026-11", "2026-12"}
    assert 0 <= revenue["odds_met"] < 0.5
    assert 0 <= revenue["odds_off"] <= 1 - revenue["odds_met"]


def test_where_nothing_does_one_line_says_so(kpi: Kpi) -> None:
    run = shown(kpi, "--attention", "calm")
    assert (run.code, run.out) == (0, "nothing needs attention · 1 KPI: 1 on target\n")
    assert needy(kpi, "calm") == []


def test_a_gate_goes_by_the_same(kpi: Kpi) -> None:
    assert shown(kpi, "--fail-on", "warning").code == 1
    assert shown(kpi, "--fail-on", "warning", "--attention", "revenue").code == 1
    assert shown(kpi, "--fail-on", "warning", "calm").code == 0


@pytest.mark.parametrize(
    "flags",
    [
        pytest.param(["--period", "2026-10"], id="a period"),
        pytest.param(["--frequency", "quarterly"], id="a length"),
        pytest.param(["--compare", "year"], id="a comparison"),
        pytest.param(["--group", "goal"], id="groups"),
        pytest.param(["--sort", "name"], id="an order"),
    ],
)
def test_it_is_about_now_and_in_an_order_of_its_own(kpi: Kpi, flags: list[str]) -> None:
    run = shown(kpi, "--attention", *flags)
    assert (run.code, run.out) == (2, "")
    assert f"--attention and {flags[0]} do not go together" in run.err


@pytest.mark.parametrize("flag", ["--period", "--frequency"])
def test_a_gate_is_about_now_too(kpi: Kpi, flag: str) -> None:
    word = {"--period": "2026-10", "--frequency": "quarterly"}[flag]
    run = shown(kpi, "--fail-on", "warning", flag, word)
    assert (run.code, run.out) == (2, "")
    assert f"--fail-on warning and {flag} do not go together" in run.err


def test_on_a_narrow_terminal_the_reasons_wrap_and_no_name_does(terminal: Terminal) -> None:
    screen = terminal("status", "--attention", "--as-of", "2026-11-05", columns=50)
    lines = screen.sent.decode().splitlines()
    assert any("Revenue" in line for line in lines)
    assert "Shop · needs attention" in lines[0]


def test_beneath_stands_how_many_need_it_of_all(terminal: Terminal) -> None:
    for asked, said in (((), "· 2 need attention"), (("churn", "calm"), "· 1 needs attention")):
        screen = terminal("status", *asked, "--attention", "--as-of", "2026-11-05", columns=100)
        assert said in screen.sent.decode()


@pytest.fixture
def many(board: Path) -> Path:
    """Nine KPIs that are off target, and one with good news."""
    ids = [f"kpi{at}" for at in range(9)]
    off = "".join(f'[kpis.{id}]\ntarget = "100"\n' for id in ids)
    board.write_text(f'{off}[kpis.calm]\nname = "Calm"\ntarget = "40"\n')
    values = {**{id: [50] for id in ids}, "calm": [*CALM[:9], 80]}
    board.with_suffix(".jsonl").write_text(
        "".join(
            f'{{"kpi":"{id}","period":"2026-{11 - len(series) + at:02}","value":{value},'
            f'"at":"2026-11-02T08:00:00Z"}}\n'
            for id, series in values.items()
            for at, value in enumerate(series)
        )
    )
    return board


@pytest.mark.usefixtures("many")
def test_of_more_than_seven_there_is_a_count(kpi: Kpi) -> None:
    *lines, more, good = shown(kpi, "--attention").out.splitlines()
    assert [line.split()[0] for line in lines] == [f"kpi{at}" for at in range(7)]
    assert more == "and 2 more: --all lists them"
    assert good == "for the better: Calm (2026-10 is above its usual range)"
    *lines, good = shown(kpi, "--attention", "--all").out.splitlines()
    assert len(lines) == 9


@pytest.mark.usefixtures("many")
def test_a_program_gets_all_and_what_is_good_apart(kpi: Kpi) -> None:
    assert len(needy(kpi)) == 9
    found = json.loads(shown(kpi, "--attention", "--json").out)["favourable"]
    assert found == [{"id": "calm", "name": "Calm", "text": "2026-10 is above its usual range"}]


def test_all_is_about_attention(kpi: Kpi) -> None:
    run = shown(kpi, "--all")
    assert (run.code, run.out) == (2, "")
    assert "--all goes with --attention" in run.err


def test_what_explains_a_kpi_stands_beneath_it(kpi: Kpi, board: Path) -> None:
    board.write_text(
        '[kpis.rate]\nname = "Rate"\ntarget = "2000"\nformula = "100 * calm / churn"\n'
        '[kpis.churn]\nname = "Churn"\ndirection = "lower"\nsupports = "rate"\n'
        '[kpis.calm]\nname = "Calm"\ndirection = "higher"\nsupports = "rate"\n'
    )
    rate, churn = shown(kpi, "--attention").out.splitlines()
    assert rate.startswith("Rate ")
    assert churn.startswith("  Churn ")
    assert [row["explains"] for row in needy(kpi)] == [None, "rate"]


def test_a_table_says_where_a_kpi_goes_and_whether_that_is_good(kpi: Kpi) -> None:
    found = {
        row["id"]: (row["trend"], row["trend_favourable"]) for row in rows(shown(kpi, "--json"))
    }
    assert found == {"revenue": ("down", False), "churn": ("flat", None), "calm": ("flat", None)}


def test_a_screen_draws_the_last_twelve_periods(terminal: Terminal) -> None:
    screen = terminal("status", "--as-of", "2026-11-05", columns=100)
    line = next(line for line in screen.sent.decode().splitlines() if line.startswith("Revenue"))
    assert "██▇▆▅▄▄▃▂▁" in line
    assert "↘" in line


def test_where_the_encoding_has_no_blocks_the_word_stands(terminal: Terminal) -> None:
    screen = terminal("status", "--as-of", "2026-11-05", "--ascii", columns=100)
    line = next(line for line in screen.sent.decode().splitlines() if line.startswith("Revenue"))
    assert "down" in line
    assert line.isascii()


@pytest.mark.parametrize("count", [1, 4])
def test_nothing_is_drawn_of_what_is_too_little_to_tell(
    kpi: Kpi, tmp_path: Path, terminal: Terminal, count: int
) -> None:
    log = (tmp_path / "kpis.jsonl").read_text().splitlines(keepends=True)
    (tmp_path / "kpis.jsonl").write_text("".join(log[10 - count : 10]))
    assert "Trend" not in terminal("status", "--as-of", "2026-11-05", columns=120).sent.decode()
    assert rows(shown(kpi, "--json"))[0]["trend"] is None


def test_a_weekly_kpi_is_judged_by_as_much_of_its_past_as_when_it_is_shown(
    kpi: Kpi, board: Path
) -> None:
    board.write_text('[kpis.calls]\nfrequency = "weekly"\ntarget = "<59.1"\n')
    weeks = [f"2026-W{week:02}" for week in range(9, 45)]
    values = range(24, 60)
    board.with_suffix(".jsonl").write_text(
        "".join(
            f'{{"kpi":"calls","period":"{week}","value":{value},"at":"2026-11-02T08:00:00Z"}}\n'
            for week, value in zip(weeks, values, strict=True)
        )
    )
    [row] = needy(kpi)
    told = json.loads(kpi("show", "calls", "--as-of", "2026-11-05", "--json").out)
    odds = {one["period"]: one["met"] for one in told["odds"]}
    assert row["odds_met"] == odds[row["odds_period"]]
    assert row["text"].count("in a row") == sum(one["holds"] for one in told["signals"])
