"""What `kpi status --attention` lists of the examples, and of ten boards of real series.

Each list stands in `attention/`, and beneath each of its lines why somebody has to look.
`REWRITE=1` writes the lists anew and keeps the reasons; a line without one has `?` there, and is
red until somebody has judged it.

The ten boards have ten series each of the M1 competition (Makridakis et al., Journal of Forecasting
1, 1982): the last three years of months of companies and industries. Their targets are what people
set: every other one is the mean of two years ago and 2% more, the rest are the same month of last
year and 2% more; of every fifth less is better, and 2% less is asked for.
"""

import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from kpicli.analysis.attention import attention, good_news
from kpicli.model.period import read_period
from kpicli.render.canvas import Canvas
from kpicli.render.formats import plain
from kpicli.views.attention import MOST, attention_view
from tests.evaluation.board import board
from tests.installed import Kpi

ROOT = Path(__file__).parents[2]
LISTS = Path(__file__).parent / "attention"
SERIES: list[dict[str, list[float]]] = json.loads((LISTS / "m1.json").read_text("utf-8"))
MONTHS, YEAR, GROWTH = 36, 12, 0.02
FIRST = read_period("2026-10").shift(1 - MONTHS)
WHY, OPEN = "    why: ", "?"
EXAMPLES = {
    "example": "kpis.example.toml",
    "saas": "examples/saas/kpis.toml",
    "webshop": "examples/webshop/kpis.toml",
}
DAYS = ("2025-11-05", "2026-03-05", "2026-07-05", "2026-11-05")


def judged(name: str, lines: Sequence[str]) -> None:
    """The list is the one that is kept, and every line of it has its reason.

    How likely a miss is depends on the forecast, and is left open.
    """
    path = LISTS / f"{name}.txt"
    kept = path.read_text("utf-8") if path.exists() else ""
    reasons = dict(_reasons(kept.splitlines()))
    masked = [re.sub(r"\d+% to miss", "…% to miss", line) for line in lines]
    text = "".join(
        f"{line}\n" + (f"{WHY}{reasons.get(key, OPEN)}\n" if key[1] else "")
        for line, key in _keyed(masked)
    )
    if os.environ.get("REWRITE"):
        path.write_text(text, "utf-8")
    else:
        assert text == kept
    assert f"{WHY}{OPEN}" not in text, "say why somebody has to look"


def _keyed(lines: Iterable[str]) -> Iterator[tuple[str, tuple[str, str]]]:
    """Each line with its day, and the KPI that it lists and how that stands, if it lists one."""
    day = ""
    for line in lines:
        if line.startswith("=="):
            day = line
        found = re.match(r"\s*(.+?)\s+([🔴🟡🟢⚪])", line)
        yield line, (day, f"{found[1]} {found[2]}" if found else "")


def _reasons(lines: Sequence[str]) -> Iterator[tuple[tuple[str, str], str]]:
    for (_, key), (reason, _) in pairwise(_keyed(lines)):
        if reason.startswith(WHY):
            yield key, reason.removeprefix(WHY)


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_lists_what_somebody_has_to_look_at(kpi: Kpi, name: str) -> None:
    file = ROOT / EXAMPLES[name]
    lines = []
    for day in DAYS:
        run = kpi("-f", str(file), "status", "--attention", "--as-of", day)
        lines += [f"== {day}", *run.out.splitlines()]
    judged(name, lines)


def test_the_example_that_fills_itself_does(kpi: Kpi, tmp_path: Path) -> None:
    """As if all had been pulled at the beginning of November."""
    folder = tmp_path / "pull"
    shutil.copytree(ROOT / "examples" / "pull", folder)
    file, log = str(folder / "kpis.toml"), folder / "kpis.jsonl"
    assert kpi("-f", file, "pull", "--trust", "--since", "2025-01").code == 0
    pulled = re.sub(r'"id":"\w+",|(?<="at":")[^"]+', _unsealed, log.read_text("utf-8"))
    lines = (line for line in pulled.splitlines(keepends=True) if '"period":"2026-1' not in line)
    october = (line for line in pulled.splitlines(keepends=True) if '"period":"2026-10"' in line)
    log.write_text("".join((*lines, *october)), "utf-8")
    run = kpi("-f", file, "status", "--attention", "--as-of", DAYS[-1])
    judged("pull", [f"== {DAYS[-1]}", *run.out.splitlines()])


def _unsealed(found: re.Match[str]) -> str:
    return "" if found[0].startswith('"id"') else "2026-11-02T08:00:00.000000Z"


@pytest.mark.parametrize("number", range(1, len(SERIES) + 1))
def test_a_board_of_real_series_does(number: int) -> None:
    ledger = board("".join(_definitions(number)), *_records(number))
    evaluations = [ledger.latest(kpi) for kpi in ledger.definitions.kpis.values()]
    needs = attention(ledger, evaluations)
    good = good_news(ledger, evaluations, needs)
    view = attention_view(ledger, evaluations, needs, good, most=MOST)
    judged(f"m1-{number:02}", "".join(plain.render(view, Canvas())).splitlines())


def _definitions(number: int) -> Iterator[str]:
    yield 'decimal = "."\n'
    for place, (name, values) in enumerate(SERIES[number - 1].items()):
        sign, factor = ("<", 1 - GROWTH) if place % 5 == 4 else (">=", 1 + GROWTH)
        yield f'[kpis.{name.lower()}]\nname = "{name}"\n'
        if place % 2 == 0:
            mean = sum(values[-2 * YEAR : -YEAR]) / YEAR
            yield f'target = "{sign}{_rounded(factor * mean)}"\n'
            continue
        yield f"[kpis.{name.lower()}.targets]\n"
        for at in range(MONTHS - YEAR, MONTHS + YEAR):
            yield f'"{FIRST.shift(at)}" = "{sign}{_rounded(factor * values[at - YEAR])}"\n'


def _rounded(number: float) -> str:
    """To four digits, as people set targets."""
    return f"{Decimal(f'{number:.4g}'):f}"


def _records(number: int) -> Iterator[str]:
    for name, values in SERIES[number - 1].items():
        for at, value in enumerate(values):
            yield f"{name.lower()} {FIRST.shift(at)} {value}"
