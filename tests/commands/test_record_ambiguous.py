"""`1.234` in definitions that state no decimal mark: asked about on a terminal, else refused."""

import json
from pathlib import Path

import pytest

from tests.installed import Kpi, Terminal

ORDERS = '[kpis.orders]\nname = "Orders"\n'
ARGS = ("record", "orders", "1.234", "--period", "2026-10")


def values(folder: Path) -> list[object]:
    lines = (folder / "kpis.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line)["value"] for line in lines]


def test_elsewhere_it_is_refused_with_both_readings_and_the_line(kpi: Kpi) -> None:
    (kpi.folder / "kpis.toml").write_text(ORDERS, "utf-8")
    run = kpi(*ARGS)
    assert (run.code, run.out) == (2, "")
    assert run.err == (
        "kpi: error: orders: '1.234' is ambiguous: 1.234 or 1234?\n"
        'hint: say which in kpis.toml: decimal = "." for 1.234, decimal = "," for 1234\n'
    )
    assert not (kpi.folder / "kpis.jsonl").exists()


@pytest.mark.parametrize(("mark", "value"), [(".", 1.234), (",", 1234)])
def test_a_stated_mark_settles_it(kpi: Kpi, mark: str, value: float) -> None:
    (kpi.folder / "kpis.toml").write_text(f'decimal = "{mark}"\n{ORDERS}', "utf-8")
    assert kpi(*ARGS).code == 0
    assert values(kpi.folder) == [value]


@pytest.mark.parametrize(("answer", "value"), [("1.234", 1.234), ("1234", 1234)])
def test_a_terminal_asks(terminal: Terminal, answer: str, value: float) -> None:
    (terminal.folder / "kpis.toml").write_text(ORDERS, "utf-8")
    screen = terminal(*ARGS, typed=[("[1.234/1234] ", f"{answer}\n")])
    assert screen.code == 0
    assert values(terminal.folder) == [value]


def test_no_answer_records_nothing(terminal: Terminal) -> None:
    (terminal.folder / "kpis.toml").write_text(ORDERS, "utf-8")
    screen = terminal(*ARGS, typed=[("[1.234/1234] ", "\n")])
    assert screen.code == 2
    assert not (terminal.folder / "kpis.jsonl").exists()
