"""`kpi show` on a screen: what is said, a chart that fits, and the tables."""

import json
import re
from pathlib import Path

import pytest

from kpicli.model.period import read_period
from kpicli.screen import width
from tests.installed import Kpi, Terminal

TOML = """\
[kpis.revenue]
name = "Monthly Revenue"
target = "540 kr"
owner = "Head of Sales"
[kpis.few]
target = "50%"
[kpis.one]
target = "50%"
"""
REVENUE = [412, 451, 433, 470, 428, 466, 480, 455, 491, 473, 502, 488, 470, 495]
FEW = """\
few · 2026-10
Status    🟢 on target: 52%, 2 pp above 50%
Signals   too few months to tell what is usual: 3 of 6
Forecast  none: 3 of the 6 months that it takes
Target    50%; at risk within 10% of it
Measured  monthly

Latest 3 months
52% ┤                         ●
    │                        ⡜
    │                       ⡸
51% ┤                      ⡰⠁
    │                     ⢠⠃
    │                    ⢠⠃
50% ┤⠤⠤⠤⠤⠤●⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⢤⠮⠤⠤⠤⠤⠤⠤⠤⠤⠤
    │· · · ⠱⡀· · · · · ·⡜· · · · ·
    │ · · · ⠈⠢⡀ · · · ·⡜· · · · · ·
49% ┤· · · · ·⠈⢆ · · ·⡰⠁ · · · · ·
    │ · · · · · ⠑⢄· ·⢰⠁ · · · · · ·
    │· · · · · · ·⠱⡀⢠⠃ · · · · · ·
48% ┤ · · · · · · ·⠈● · · · · · · ·
    └─────┬───────────────────┬────
       2026-08             2026-10
⠒●⠒ actual   ⠒⠒⠒ target   · · still at risk

Latest 3 months
Period   Actual  Target  Variance  Status
───────────────────────────────────────────────
2026-10     52%     50%   +2.0 pp  🟢 on target
2026-09     48%     50%   -2.0 pp  🟡 at risk
2026-08     50%     50%    0.0 pp  🟢 on target
"""
WORDS = ("actual", "target", "average", "forecast", "80% of outcomes")


@pytest.fixture(autouse=True)
def board(tmp_path: Path) -> Path:
    last = read_period("2026-10")
    series = {"revenue": REVENUE, "few": [50, 48, 52], "one": [50]}
    lines = [
        json.dumps(
            {
                "kpi": kpi,
                "period": str(last.shift(at - len(values) + 1)),
                "value": value,
                "at": "2026-11-02T08:00:00Z",
            }
        )
        for kpi, values in series.items()
        for at, value in enumerate(values)
    ]
    (tmp_path / "kpis.toml").write_text(TOML)
    (tmp_path / "kpis.jsonl").write_text("".join(f"{line}\n" for line in lines))
    return tmp_path


def screen(terminal: Terminal, id: str, *args: str, columns: int = 80, env: str = "") -> str:
    """What is seen, without colour unless that is asked for."""
    told = ("--as-of", "2026-11-05", "--color", "never", *args)
    variables = {"LC_ALL": env} if env else None
    sent = terminal("show", id, *told, columns=columns, env=variables).sent
    return sent.decode().replace("\r\n", "\n")


def charted(text: str) -> list[str]:
    """The lines of the chart, from its heading to its legend."""
    lines = text.splitlines()
    first = next(at for at, line in enumerate(lines) if line.startswith("Latest "))
    after = next(at for at, line in enumerate(lines) if at > first and line.startswith("Latest "))
    return lines[first : after - 1]


def test_it_is_seen_as_it_is_told(terminal: Terminal) -> None:
    assert screen(terminal, "few") == FEW


@pytest.mark.parametrize("columns", [40, 50, 80, 200])
@pytest.mark.parametrize("args", [(), ("--ascii",)])
def test_the_chart_fits_and_says_what_its_signs_are(
    terminal: Terminal, columns: int, args: tuple[str, ...]
) -> None:
    chart = charted(screen(terminal, "revenue", *args, columns=columns))
    assert chart[0] == "Latest 14 months, and 12 to come"
    assert max(map(width, chart)) <= columns
    legend = " ".join(chart[-6:])
    assert [word for word in WORDS if word not in legend] == []
    assert any("450 kr" in line for line in chart)
    assert any("2026-10" in line and "2027-10" in line for line in chart)


def test_in_ascii_it_is_ascii(terminal: Terminal) -> None:
    assert screen(terminal, "revenue", env="C").isascii()
    assert len(charted(screen(terminal, "revenue", env="C"))) > 12


def test_without_colour_there_is_no_escape_and_with_it_there_is(terminal: Terminal) -> None:
    assert "\x1b" not in screen(terminal, "revenue")
    assert re.search(r"\x1b\[1m[^\x1b]*●", screen(terminal, "revenue", "--color", "always"))


@pytest.mark.parametrize(
    ("args", "variable"), [(("--plain",), {}), ((), {"ACCESSIBLE": "1"})], ids=["flag", "variable"]
)
def test_who_reads_by_ear_gets_tables_and_no_chart(
    terminal: Terminal, kpi: Kpi, args: tuple[str, ...], variable: dict[str, str]
) -> None:
    asked = ("show", "revenue", "--as-of", "2026-11-05", "--color", "never")
    sent = terminal(*asked, *args, env=variable).sent.decode().replace("\r\n", "\n")
    assert sent == kpi(*asked).out
    assert not any("⠀" < char <= "⣿" for char in sent)
    listed = [line for line in sent.splitlines() if line.startswith(("2025-", "2026-1", "2026-0"))]
    assert len([line for line in listed if "expected" not in line]) == 12
    told = [line for line in sent.splitlines() if " expected " in line]
    assert len(told) == 12
    assert told[0].startswith("2026-11  expected ")


def test_every_number_of_the_chart_stands_in_the_tables(kpi: Kpi) -> None:
    found = json.loads(kpi("show", "revenue", "--json", "--as-of", "2026-11-05").out)
    actuals = [one["actual"] for one in found["periods"]]
    assert actuals == REVENUE[::-1]
    assert all(one["limit_low"] < one["mean"] < one["limit_high"] for one in found["periods"])
    assert [one["period"] for one in found["forecast"]][:2] == ["2026-11", "2026-12"]


def test_a_single_actual_has_no_chart(terminal: Terminal) -> None:
    text = screen(terminal, "one")
    assert "┤" not in text
    assert text.endswith("2026-10     50%     50%    0.0 pp  🟢 on target\n")


def test_on_a_narrow_screen_nothing_of_what_is_said_is_lost(terminal: Terminal) -> None:
    text = screen(terminal, "revenue", columns=25)
    assert "┤" not in text
    words = text.replace("\n", " ").split()
    assert " ".join(words).startswith("Monthly Revenue · 2026-10 Status")
    assert "45 kr short of 540 kr" in " ".join(words)


def test_a_long_address_stays_whole_and_the_rest_in_its_columns(
    terminal: Terminal, board: Path
) -> None:
    address = f"https://bi.example.com/{'a' * 70}"
    (board / "kpis.toml").write_text(f'[kpis.few]\ntarget = "50%"\nsource = "{address}"\n')
    lines = screen(terminal, "few").split("\n")
    assert f"Source    {address}" in lines
    assert "Signals   too few months to tell what is usual: 3 of 6" in lines


@pytest.mark.parametrize("count", [3, 14])
def test_so_many_periods_are_charted_and_listed(terminal: Terminal, count: int) -> None:
    text = screen(terminal, "revenue", "--periods", str(count))
    assert charted(text)[0] == f"Latest {count} months, and 12 to come"
    listed = text[text.rindex(f"Latest {count} months\n") : text.index("12 months to come")]
    assert sum(line.startswith("202") for line in listed.splitlines()) == count
