"""`kpi history --changed-since`: what stood before a day, and is another number now."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kpicli.model.period import read_period
from kpicli.model.record import Record
from kpicli.store.log.codec import write_line
from tests.commands.shop import TOML
from tests.failures.board import bare
from tests.installed import Kpi, Terminal

LOG = """\
{"kpi":"revenue","period":"2026-08","value":400000,"at":"2026-09-02T08:00:00Z","by":"ann"}
{"kpi":"revenue","period":"2026-09","value":510000,"at":"2026-10-02T08:00:00Z","by":"ann"}
{"kpi":"orders","period":"2026-09","value":620,"at":"2026-10-02T08:00:00Z","by":"ann"}
{"kpi":"conversion","period":"2026-09","value":3.20,"at":"2026-10-02T08:00:00Z","by":"bob"}
{"kpi":"moans","period":"2026-W40","value":9,"at":"2026-10-05T08:00:00Z","by":"bob"}
{"kpi":"revenue","period":"2026-09","value":507000,"at":"2026-10-20T08:00:00Z","by":"cleo"}
{"kpi":"conversion","period":"2026-09","value":3.2,"at":"2026-11-02T08:00:00Z","by":"bob"}
{"kpi":"revenue","period":"2026-10","value":480000,"at":"2026-11-02T08:00:00Z","by":"ann"}
{"kpi":"revenue","period":"2026-10","value":485000,"at":"2026-11-02T09:00:00Z","by":"ann"}
{"kpi":"complaints","period":"2026-W40","value":11,"at":"2026-11-02T23:30:00Z","by":"bob"}
{"kpi":"revenue","period":"2026-09","value":505000,"at":"2026-11-03T08:00:00Z","by":"ann",\
"note":"=late \\"returns\\"\\n[b]"}
{"kpi":"orders","period":"2026-09","value":null,"at":"2026-11-04T08:00:00Z","by":"cleo"}
{"kpi":"revenue","period":"2026-08","value":1,"at":"2026-11-04T08:00:00Z","by":"ann"}
{"kpi":"revenue","period":"2026-08","value":400000,"at":"2026-11-04T08:01:00Z","by":"ann"}
{"kpi":"orders","period":"2026-09","value":618,"at":"2026-11-06T08:00:00Z","by":"cleo"}
"""
DAY = ("--as-of", "2026-11-05")


@pytest.fixture(autouse=True)
def log(tmp_path: Path) -> Path:
    (tmp_path / "kpis.toml").write_text(TOML)
    path = tmp_path / "kpis.jsonl"
    path.write_text(LOG)
    return path


def answer(kpi: Kpi, *args: str, code: int = 0, **env: str) -> dict[str, Any]:
    run = kpi("history", "--json", *args, env=env)
    assert run.code == code, run.err
    told: dict[str, Any] = json.loads(run.out, parse_float=str, parse_int=str)
    return told


def told(kpi: Kpi, since: str, *args: str, code: int = 0, **env: str) -> list[str]:
    """Each row as `revenue 2026-09 510000 → 507000 by ann`."""
    rows = answer(kpi, "--changed-since", since, *args, code=code, **env)["records"]
    return [
        f"{row['kpi']} {row['period']} {row['previous']} → {row['value']} by {row['by']}"
        for row in rows
    ]


REVENUE = "revenue 2026-09 507000 → 505000 by ann"
ORDERS = "orders 2026-09 620 → None by cleo"
COMPLAINTS = "complaints 2026-W40 9 → 11 by bob"


@pytest.mark.parametrize(
    ("since", "args", "expected"),
    [
        pytest.param("2026-11-01", DAY, [REVENUE, ORDERS, COMPLAINTS], id="as in the definitions"),
        pytest.param(
            "2026-10-03",
            DAY,
            ["revenue 2026-09 510000 → 505000 by ann", ORDERS],
            id="two changes are one, from the first to the last",
        ),
        pytest.param(
            "2026-10-20",
            ("--as-of", "2026-10-20"),
            ["revenue 2026-09 510000 → 507000 by cleo"],
            id="a change on the day itself is one since then",
        ),
        pytest.param("2026-10-21", ("--as-of", "2026-10-21"), [], id="not one of the day before"),
        pytest.param(
            "2026-11-05",
            (),
            ["orders 2026-09 None → 618 by cleo"],
            id="what was taken back before and stands again",
        ),
        pytest.param(
            "2026-11-01",
            ("orders",),
            ["orders 2026-09 620 → 618 by cleo"],
            id="taken back and recorded again is a change of the number",
        ),
        pytest.param("2026-11-01", (*DAY, "moans"), [COMPLAINTS], id="under a former id"),
        pytest.param("2026-11-01", (*DAY, "--period", "2026-09"), [REVENUE, ORDERS], id="a month"),
        pytest.param("2026-09-01", DAY, [], id="what was recorded first since then is no change"),
        pytest.param("1900-01-01", DAY, [], id="before the first record"),
        pytest.param("2027-01-01", (), [], id="a day to come"),
        pytest.param("2026-11-20", DAY, [], id="a day after the one that is looked at"),
    ],
)
def test_what_was_restated(
    kpi: Kpi, since: str, args: tuple[str, ...], expected: list[str]
) -> None:
    assert told(kpi, since, *args) == expected


def test_the_day_begins_where_the_reader_lives(kpi: Kpi) -> None:
    """23:30 on 2 November in Greenwich is 3 November in Copenhagen, and 2 November in New York."""
    args = ("2026-11-03", "complaints", *DAY)
    assert told(kpi, *args, TZ="Europe/Copenhagen") == [COMPLAINTS]
    assert told(kpi, *args, TZ="America/New_York") == []


def test_rows_of_one_kpi_stand_in_order_of_time(kpi: Kpi, log: Path) -> None:
    days = [f"2026-09-{day:02}" for day in range(1, 9)]
    line = '{{"kpi":"orders","period":"{}","value":{},"at":"2026-{}T08:00:00Z","by":"ann"}}\n'
    log.write_text("".join(line.format(day, 1, "10-01") for day in days))
    with log.open("a") as file:
        file.writelines(line.format(day, 2, "11-02") for day in reversed(days))
    assert told(kpi, "2026-11-01") == [f"orders {day} 1 → 2 by ann" for day in days]


def test_the_order_of_lines_does_not_matter(kpi: Kpi, log: Path) -> None:
    before = kpi("history", "--changed-since", "2026-11-01", "--json")
    log.write_text("".join(reversed(LOG.splitlines(keepends=True))) + LOG)
    assert kpi("history", "--changed-since", "2026-11-01", "--json") == before


def test_a_folder_of_logs_is_asked_too(kpi: Kpi, log: Path) -> None:
    (kpi.folder / "kpis.toml").write_text(f'log = "kpis.log/"\n{TOML}')
    (kpi.folder / "kpis.log").mkdir()
    log.rename(kpi.folder / "kpis.log" / "old.jsonl")
    assert told(kpi, "2026-11-01", *DAY) == [REVENUE, ORDERS, COMPLAINTS]


def test_json_says_what_stood_as_previous(kpi: Kpi) -> None:
    found = answer(kpi, "revenue", "--changed-since", "2026-11-01", *DAY)
    assert found == {
        "schema": "kpi.history/1",
        "as_of": "2026-11-05",
        "changed_since": "2026-11-01",
        "records": [
            {
                "kpi": "revenue",
                "period": "2026-09",
                "previous": "507000",
                "value": "505000",
                "unit": "kr",
                "at": "2026-11-03T08:00:00.000000Z",
                "by": "ann",
                "note": '=late "returns"\n[b]',
                "skip": False,
                "replaces": None,
            }
        ],
        "targets": [],
        "warnings": [],
    }


PLAIN = r"""
Revenue     2026-09   507,000 kr  505,000 kr  2026-11-03  ann   =late "returns"\x0a[b]
Orders      2026-09          620     nothing  2026-11-04  cleo  -
Complaints  2026-W40           9          11  2026-11-02  bob   -
"""
CSV = r"""
kpi,period,previous,value,unit,at,by,note,skip,replaces
revenue,2026-09,507000,505000,kr,2026-11-03T08:00:00.000000Z,ann,"'=late ""returns""\x0a[b]",false,
orders,2026-09,620,,,2026-11-04T08:00:00.000000Z,cleo,,false,
complaints,2026-W40,9,11,,2026-11-02T23:30:00.000000Z,bob,,false,
"""
MARKDOWN = r"""
| Orders | 2026-09 | 620 | nothing | 2026-11-04 | cleo |  |
"""


@pytest.mark.parametrize(
    ("name", "expected"), [("plain", PLAIN), ("csv", CSV), ("markdown", MARKDOWN)]
)
def test_every_format_says_what_stood_and_what_stands(kpi: Kpi, name: str, expected: str) -> None:
    run = kpi("history", "--changed-since", "2026-11-01", "--format", name, *DAY)
    assert (run.code, run.err) == (0, "")
    assert expected.lstrip() in run.out


@pytest.mark.parametrize("columns", [1, 30, 50, 80, 200])
def test_a_terminal_of_any_width(terminal: Terminal, columns: int) -> None:
    screen = terminal("history", "--changed-since", "2026-11-01", *DAY, columns=columns)
    text = bare(screen.sent)
    assert screen.code == 0
    for word in ("2026-W40", "505,000 kr", "nothing"):
        assert word in text
    if columns > 30:
        assert "3 actuals changed since 2026-11-01" in text
        assert max(map(len, text.splitlines())) <= columns


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["2026-11-20"], "nothing changed since 2026-11-20\n"),
        (["2026-11-01", "margin"], "nothing changed of margin since 2026-11-01\n"),
        (["2026-11-01", "--period", "2025"], "nothing changed in 2025 since 2026-11-01\n"),
    ],
)
def test_that_nothing_was_restated_is_said(kpi: Kpi, args: list[str], said: str) -> None:
    run = kpi("history", "--changed-since", *args)
    assert (run.code, run.out, run.err) == (0, "", said)


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["2026-11"], "--changed-since takes a day\nhint: as in --changed-since 2026-11-05"),
        (["2026-02-30"], "--changed-since '2026-02-30'"),
        (["someday"], "--changed-since 'someday' is not a period"),
        (["2026-11-01", "--all"], "--all and --changed-since are two histories: give one of them"),
        (["2026-11-01", "-n", "3"], "-n and --changed-since are two histories: give one of them"),
        (["2026-11-01", "revnue"], "unknown KPI 'revnue'"),
    ],
)
def test_what_can_not_be_meant_is_refused(kpi: Kpi, args: list[str], said: str) -> None:
    run = kpi("history", "--changed-since", *args)
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith(f"kpi: error: {said}")


def test_the_flag_stands_before_the_command_too(kpi: Kpi) -> None:
    after = kpi("history", "revenue", "--changed-since=2026-11-01")
    assert kpi("--changed-since", "2026-11-01", "history", "revenue") == after
    assert after.out.count("2026-09") == 1


@pytest.mark.parametrize(
    "at",
    [
        pytest.param("2026-11-05T08:00:00Z", id="perhaps already then"),
        pytest.param("2026-11-05T08:00:00.000000Z", id="since then"),
    ],
)
def test_what_damage_hides_is_not_called_restated(kpi: Kpi, log: Path, at: str) -> None:
    with log.open("a") as file:
        file.write(f'{{"kpi":"revenue","period":"2026-09","value":"4","at":"{at}"}}\n')
    assert told(kpi, "2026-11-01", "revenue", code=3) == []
    run = kpi("history", "revenue", "--changed-since", "2026-11-01")
    assert (run.code, run.out) == (3, "")
    assert "kpis.jsonl:16: value must be a plain decimal number\n" in run.err
    assert "nothing changed of revenue since 2026-11-01\n" in run.err


def test_what_damage_hid_then_is_not_called_restated_once_it_is_healed(kpi: Kpi, log: Path) -> None:
    healed = Record("revenue", read_period("2026-09"), Decimal(1), "2026-11-06T08:00:00.000000Z")
    damaged = '{"kpi":"revenue","period":"2026-09","value":"4","at":"2026-10-05T08:00:00.000000Z"}'
    log.write_text(f"{damaged}\n{LOG}{write_line(healed)[0].decode()}")
    assert told(kpi, "2026-11-01", "revenue", code=3) == []


def test_no_log_yet_is_nothing_restated(kpi: Kpi, log: Path) -> None:
    log.unlink()
    run = kpi("history", "--changed-since", "2026-11-01")
    assert (run.code, run.out, run.err) == (0, "", "nothing changed since 2026-11-01\n")


def test_of_what_is_computed_the_reckoning_is_named_instead(kpi: Kpi) -> None:
    (kpi.folder / "kpis.toml").write_text(f'{TOML}\n[kpis.size]\nformula = "revenue / orders"\n')
    run = kpi("history", "size")
    assert (run.code, run.out) == (0, "")
    assert run.err == "nothing recorded of size: it is computed, and kpi explain size says how\n"
