"""Pages in a real browser: at the width of a phone, a tablet and a desk, in light and in dark."""

import json
import os
from base64 import b64decode
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from re import findall, sub
from typing import Any

import pytest

from tests.browser import PROGRAM, Browser
from tests.installed import Kpi
from tests.render.formats.hard import drawn

ROOT = Path(__file__).parents[1]
AXE = Path(os.environ.get("AXE_CORE") or ROOT / "node_modules" / "axe-core" / "axe.min.js")
"""Deque's rules for what everybody can use: `npm install axe-core` puts them there."""

AS_OF = "2026-11-05"
LOOKS = [(width, scheme) for width in (360, 768, 1440) for scheme in ("light", "dark")]
COMMANDS = {
    "the board": ("webshop", "status"),
    "a board with climbs": ("saas", "status"),
    "groups compared": ("webshop", "status --group owner --compare previous"),
    "the card": ("webshop", "check --card"),
    "a rule": ("webshop", "rules M09"),
    "a reckoning": ("webshop", "explain monthly_revenue"),
    "drivers": ("saas", "drivers arpa"),
    "where it sticks": ("webshop", "drivers --group goal"),
    "what is due": ("webshop", "due --within 9w"),
    "what was recorded": ("webshop", "history --all"),
    "one KPI": ("saas", "show mrr"),
    "the report": ("saas", "report"),
    "a review": ("saas", "report --review"),
}
HARD = "a hard view"
PAGES = (*COMMANDS, HARD)
WIDER = "document.documentElement.scrollWidth - innerWidth"
UNFOLD = "document.querySelectorAll('details').forEach(one => { one.open = true })"
VIOLATIONS = """
axe.run(document).then(found => found.violations.map(
    one => one.id + ': ' + one.nodes.map(node => node.html).join(' | ')))
"""

pytestmark = [
    pytest.mark.installed,
    pytest.mark.skipif(PROGRAM is None, reason="no Chromium is installed here"),
]


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with Browser(tmp_path_factory.mktemp("profile")) as opened:
        yield opened


@pytest.fixture(params=PAGES)
def page(request: pytest.FixtureRequest, kpi: Kpi) -> Path:
    """A page of each kind."""
    return made(request.param, kpi)


def made(name: str, kpi: Kpi) -> Path:
    file = kpi.folder / "page.html"
    if name == HARD:
        file.write_text(drawn("html"))
        return file
    example, command = COMMANDS[name]
    words = command.split()
    if "rules" not in words:
        words += ["-f", str(ROOT / "examples" / example / "kpis.toml"), "--as-of", AS_OF]
    run = kpi(*words, "-o", str(file))
    assert (run.code, run.err) == (0, "")
    return file


def test_a_page_fits_says_nothing_and_asks_for_nothing(browser: Browser, page: Path) -> None:
    for width, scheme in LOOKS:
        opened = browser.open(page, width, scheme)
        browser.ask(UNFOLD)
        assert opened.said == []
        assert opened.asked == [page.as_uri()]
        assert browser.ask(WIDER) <= 0, f"wider than {width} pixels"


@pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not installed here")
def test_everybody_can_use_a_page(browser: Browser, page: Path) -> None:
    rules = AXE.read_text("utf-8")
    for width, scheme in [(360, "dark"), (1440, "light"), (1440, "dark")]:
        browser.open(page, width, scheme)
        browser.ask(UNFOLD)
        browser.ask(f"{rules};0")
        assert browser.ask(VIOLATIONS) == []


def test_a_page_is_dark_where_that_is_wanted(browser: Browser, kpi: Kpi) -> None:
    page = made("the board", kpi)
    colours = set()
    for scheme in ("light", "dark"):
        browser.open(page, 768, scheme)
        colours.add(browser.ask("getComputedStyle(document.body).backgroundColor"))
    assert colours == {"rgb(255, 255, 255)", "rgb(20, 24, 30)"}


def test_a_board_is_a_table_on_a_tablet(browser: Browser, kpi: Kpi) -> None:
    browser.open(made("the board", kpi), 768, "light")
    assert browser.ask("document.querySelectorAll('thead th').length") >= 6
    assert browser.ask("getComputedStyle(document.querySelector('tbody tr')).display") == (
        "table-row"
    )


def test_every_status_has_a_mark_of_one_size(browser: Browser, kpi: Kpi) -> None:
    """Measured on letters of the page: what no text font has is as wide as an em or more."""
    browser.open(made("the board", kpi), 1440, "light")
    measure = """[...'🟢🟡🔴⚪'].map(mark => {
        const span = document.body.appendChild(document.createElement('span'));
        span.textContent = mark; return Math.round(span.getBoundingClientRect().width) })"""
    assert len(set(browser.ask(measure))) == 1


def test_a_page_is_printed_on_paper_of_a4(browser: Browser, kpi: Kpi) -> None:
    browser.open(made("a board with climbs", kpi), 1440, "dark")
    paper = b64decode(browser.send("Page.printToPDF", preferCSSPageSize=True)["data"])
    sizes = findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", paper)
    assert {(round(float(wide)), round(float(high))) for wide, high in sizes} == {(595, 842)}


def test_a_page_says_of_each_kpi_what_json_says(browser: Browser, kpi: Kpi) -> None:
    browser.open(made("the board", kpi), 1440, "light")
    script = "[...document.querySelectorAll('tbody tr')].map(row => row.innerText.split('\\t'))"
    rows = browser.ask(script)
    folder = str(ROOT / "examples" / "webshop" / "kpis.toml")
    run = kpi("status", "--json", "-f", folder, "--as-of", AS_OF)
    known = json.loads(run.out, parse_int=Decimal, parse_float=Decimal)["kpis"]
    assert len(rows) == len(known) > 4
    for cells, one in zip(rows, known, strict=True):
        assert said(cells) == meant(one, cells)


def said(cells: list[str]) -> tuple[str, Decimal, str]:
    """Name, actual and status as they stand on the page."""
    name, _, actual, status, *_ = (cell.strip() for cell in cells)
    return name, Decimal(sub(r"[^\d.-]", "", actual)), status[2:].split(",")[0]


def meant(one: dict[str, Any], cells: list[str]) -> tuple[str, Decimal, str]:
    """The same in the JSON, rounded as it is shown."""
    shown = said(cells)[1]
    return one["name"], one["actual"].quantize(shown), one["status"].replace("_", " ")
