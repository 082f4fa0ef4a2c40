"""`kpi report`: everything on one page or in one text, and a review by owner."""

import json
import os
import re
from pathlib import Path

import pytest

from tests.installed import Kpi, Run
from tests.page import elements, parsed, strangers, texts

TOML = """\
title = "Nordlys webshop"
[kpis.revenue]
name = "Monthly Revenue"
owner = "Head of Sales"
definition = "Invoiced sales excluding VAT"
source = "accounting system, report 12"
target = "500,000 kr"
rollup = "sum"
[kpis.conversion]
name = "Conversion Rate"
owner = "Head of Marketing"
target = "3%"
supports = "revenue"
[kpis.abandonment]
name = "Cart Abandonment"
owner = "Head of Marketing"
target = "<60%"
supports = "revenue"
[kpis.hires]
name = "Hires"
rollup = "sum"
"""
ACTUALS = {
    "revenue": (455, 470, 512, 505, 498, 521, 530, 515, 508, 480),
    "conversion": (2.9, 3.1, 3.0, 3.2, 3.1, 3.3, 3.2, 3.1, 2.9, 3.2),
    "abandonment": (58, 59, 57, 58, 59, 58, 57, 58, 58),
}
AS_OF = ("--as-of", "2026-11-05")

REVIEW = """\
## Nordlys webshop · Review

- **As of**: 2026-11-05

### Head of Sales

- **Monthly Revenue**: 🟡 at risk, was on target in 2026-09: 2026-10 480,000 kr, 20,000 kr short \
of 500,000 kr
- **Answer**:

### Head of Marketing

- **Conversion Rate**: 🟢 on target, was at risk in 2026-09: 2026-10 3.2%, 0.2 pp above 3%
- **Answer**:

- **Cart Abandonment**: 🟢 on target: 2026-09 58%, 2 pp below 60%
- **Due**: 2026-10, since 2026-11-01: kpi record abandonment VALUE --period 2026-10
- **Answer**:

### no owner

- **Hires**: ⚪ no data: nothing recorded for 2026-10
- **Due**: 2026-10, since 2026-11-01: kpi record hires VALUE --period 2026-10
- **Answer**:

4 KPIs: 2 changed status, 2 due
"""


@pytest.fixture
def webshop(kpi: Kpi) -> Kpi:
    """Ten months of a webshop, and a KPI that nobody has recorded."""
    (kpi.folder / "kpis.toml").write_text(TOML)
    lines = [
        json.dumps(
            {
                "kpi": id,
                "period": f"2026-{month:02}",
                "value": value * 1000 if id == "revenue" else value,
                "at": f"2026-{month + 1:02}-02T08:00:00Z",
                "by": "finance",
                **({"note": "free shipping since 1 October"} if month == 10 else {}),
            }
        )
        for id, values in ACTUALS.items()
        for month, value in enumerate(values, 1)
    ]
    (kpi.folder / "kpis.jsonl").write_text("".join(f"{line}\n" for line in lines))
    return kpi


def answer(kpi: Kpi, *args: str) -> str:
    run = kpi("report", *args, *AS_OF)
    assert (run.code, run.err) == (0, "")
    return run.out


def headings(page: str) -> list[str]:
    tree = parsed(page)
    return ["".join(one.itertext()) for name, one in elements(tree) if re.fullmatch("h[12]", name)]


def test_a_page_goes_from_what_is_urgent_to_what_is_looked_up(webshop: Kpi) -> None:
    assert headings(answer(webshop, "--format", "html")) == [
        "Nordlys webshop · 2026-10",
        "Needs attention",
        "Where it sticks",
        "The board",
        "Monthly Revenue",
        "Conversion Rate",
        "Cart Abandonment",
        "Hires",
        "What kpi check found",
    ]


def test_markdown_carries_the_same(webshop: Kpi) -> None:
    text = answer(webshop, "--format", "markdown")
    page = answer(webshop, "--format", "html")
    assert re.findall(r"^##+ (.*)$", text, re.MULTILINE) == headings(page)
    said = " ".join(texts(parsed(page)))
    for one in (
        "4 KPIs: 2 on target, 1 at risk, 1 no data, 1 overdue",
        "480,000 kr, 20,000 kr short of 500,000 kr",
        "Invoiced sales excluding VAT",
        "accounting system, report 12",
        "free shipping since 1 October",
        "2026-11-02 08:00",
        "A04 no_lever",
    ):
        assert one in said
        assert one in text.replace("\\", "")
    assert re.search(r"\| [▁-█·]+ ", text), "a line of values"


def test_each_kpi_has_a_chart_and_a_table_behind_it(webshop: Kpi) -> None:
    tree = parsed(answer(webshop, "--format", "html"))
    assert strangers(tree) == set()
    charts = [one for name, one in elements(tree) if name == "svg" and one.get("role") == "img"]
    tables = [one.get("id") for name, one in elements(tree) if name == "table"]
    assert len(charts) == 3
    assert {one.get("aria-details") for one in charts} <= set(tables)


@pytest.mark.parametrize("args", ["", "--review", "--since 2026-06", "--period 2026-09"])
def test_the_same_board_gives_the_same_bytes(webshop: Kpi, args: str) -> None:
    for file in ("report.html", "report.md"):
        pages = set()
        for _ in range(2):
            assert answer(webshop, *args.split(), "-o", file) == ""
            pages.add((webshop.folder / file).read_bytes())
        assert len(pages) == 1


def test_what_is_remembered_of_forecasts_changes_no_byte(webshop: Kpi, tmp_path: Path) -> None:
    pages = []
    for day in ("2026-11-05", "2026-11-06", "2026-10-20", "2026-11-05"):
        words = ("report", "--format", "html", "--as-of", day)
        pages.append(webshop(*words).out)
        assert pages[-1] == webshop(*words, env={"KPI_CACHE": "off"}).out
    assert pages[0] == pages[-1] != pages[1]
    assert len([*(tmp_path / "cache/kpi/forecasts-1").iterdir()]) == 1


def test_a_folder_may_be_called_by_any_bytes(kpi: Kpi, tmp_path: Path) -> None:
    folder = tmp_path / os.fsdecode(b"m\xe5l")
    folder.mkdir()
    (folder / "kpis.toml").write_text(TOML)
    for words in (["report", "--plain"], ["status", "--attention"], ["check"]):
        assert "should not happen" not in kpi(*words, cwd=folder).err


def test_charts_begin_where_they_are_asked_to(webshop: Kpi) -> None:
    page = answer(webshop, "--format", "html", "--since", "2026-Q3")
    assert "Latest 4 months" in page
    assert "2026-06" not in " ".join(texts(parsed(page)))


def test_the_board_is_that_of_the_period_that_is_asked_for(webshop: Kpi) -> None:
    text = answer(webshop, "--format", "markdown", "--period", "2026-08")
    assert text.startswith("## Nordlys webshop · 2026-08\n")
    assert "| Monthly Revenue | 500,000 kr | 515,000 kr | 🟢 on target |" in text
    assert "- **Status**: 🟢 on target: 515,000 kr, 15,000 kr above 500,000 kr\n" in text


def test_only_what_is_chosen_is_reported(webshop: Kpi) -> None:
    page = answer(webshop, "--format", "html", "--owner", "head of sales")
    assert headings(page)[4:-1] == ["Monthly Revenue"]


def test_machines_get_the_board_and_what_needs_attention(webshop: Kpi) -> None:
    found = json.loads(answer(webshop, "--json"))
    assert found["schema"] == "kpi.report/1"
    assert [one["id"] for one in found["kpis"]] == [
        *("revenue", "conversion", "abandonment", "hires")
    ]
    assert {"attention", "findings", "as_of", "title"} <= found.keys()


def test_no_key_of_its_json_stands_twice(webshop: Kpi) -> None:
    def names(pairs: list[tuple[str, object]]) -> list[str]:
        return [key for key, _ in pairs]

    keys = json.loads(webshop("report", "--json").out, object_pairs_hook=names)
    assert len(keys) == len(set(keys))


def test_a_review_goes_from_owner_to_owner(webshop: Kpi) -> None:
    assert answer(webshop, "--review", "--format", "markdown") == REVIEW
    args = ("report", "--review", "--format", "terminal", *AS_OF)
    assert "\nMonthly Revenue\n        🟡 at risk" in webshop(*args, env={"COLUMNS": "28"}).out


def test_a_review_for_machines(webshop: Kpi) -> None:
    found = json.loads(answer(webshop, "--review", "--json"))
    assert found["topics"][0] == {
        "owner": "Head of Sales",
        "id": "revenue",
        "name": "Monthly Revenue",
        "period": "2026-10",
        "status": "at_risk",
        "actual": 480000,
        "variance": -20000,
        "previous_period": "2026-09",
        "previous_status": "on_target",
        "due_period": None,
        "due_periods": [],
        "late_from": None,
    }
    assert found["topics"][2]["due_period"] == "2026-10"
    assert found["topics"][2]["due_periods"] == ["2026-10"]
    assert found["topics"][2]["late_from"] == "2026-11-01"


def test_a_review_with_nothing_to_say_says_so(webshop: Kpi) -> None:
    text = answer(webshop, "--review", "--format", "markdown", "--period", "2026-08")
    assert text.endswith("\n4 KPIs: none changed status, 2 due\n")


def refused(run: Run) -> str:
    assert (run.code, run.out) == (2, "")
    return run.err


def test_what_does_not_go_together_is_refused(webshop: Kpi) -> None:
    said = refused(webshop("report", "--review", "--since", "2026-01", *AS_OF))
    assert said.startswith("kpi: error: --review draws no charts\n")
    said = refused(webshop("report", "--since", "2062", *AS_OF))
    assert said.startswith("kpi: error: --since 2062 has not begun\n")
    said = refused(webshop("report", "--format", "csv", *AS_OF))
    assert said.startswith("kpi: error: --format csv cannot show this answer\n")


def test_a_board_without_kpis_has_a_page_too(kpi: Kpi) -> None:
    (kpi.folder / "kpis.toml").write_text('title = "Empty"\n')
    run = kpi("report", "--format", "html", *AS_OF)
    assert (run.code, run.err) == (0, "no KPIs yet: kpi add\n")
    assert headings(run.out)[:2] == ["Empty", "Needs attention"]
    assert strangers(parsed(run.out)) == set()


def test_damage_is_said_on_the_page_and_by_the_exit_code(webshop: Kpi) -> None:
    log = Path(webshop.folder / "kpis.jsonl")
    log.write_text(log.read_text() + '{"kpi":"revenue","period":"2026-10"}\n')
    run = webshop("report", "-o", "r.html", *AS_OF)
    assert run.code == 3
    page = (webshop.folder / "r.html").read_text()
    assert 'class="warning"' in page
    assert "damaged: kpis.jsonl:30" in page
