"""Rows for programs: frozen, printed as a pipe shows them, drawn by a notebook."""

import copy
import pickle
import re
from collections.abc import Sequence
from dataclasses import FrozenInstanceError
from pathlib import Path

import html5lib
import pytest

from kpicli import Board, KpiError, load
from tests.api.boards import AS_OF
from tests.commands.shop import TOML
from tests.failures.names import quoted

HOSTILE = "</style><script>alert(1)</script><img src=x onerror=alert(1)>\"'&\x1b[31m"


def test_they_are_a_sequence(board: Board) -> None:
    rows = board.status(as_of=AS_OF)
    assert isinstance(rows, Sequence)
    assert [row.id for row in rows] == list(board.ids)
    assert rows[-1].id == "margin"
    assert rows[:2] == tuple(rows)[:2]
    assert rows[0] in rows
    assert rows.index(rows[1]) == 1


def test_nothing_of_them_changes(board: Board) -> None:
    rows = board.status(as_of=AS_OF)
    with pytest.raises(FrozenInstanceError):
        rows._rows = ()  # type: ignore[misc] # noqa: SLF001
    with pytest.raises(AttributeError):
        rows[0].actual = None  # type: ignore[misc]
    assert hash(rows) == hash(board.status(as_of=AS_OF))


def test_they_pass_between_processes(board: Board) -> None:
    rows = board.status(as_of=AS_OF)
    assert pickle.loads(pickle.dumps(rows)) == rows == copy.deepcopy(rows)  # noqa: S301 - our own


@pytest.mark.parametrize(
    "written", ["a = 1\nb = 2\n", TOML], ids=["several faults", "one that a call finds"]
)
def test_so_does_an_error(board: Board, written: str) -> None:
    Path(board.path).write_text(written)
    with pytest.raises(KpiError) as found:
        load(board.path).status(kpis="chrun")
    again = pickle.loads(pickle.dumps(found.value))  # noqa: S301 - our own
    assert (type(again), str(again)) == (type(found.value), str(found.value))


def test_they_print_as_a_pipe_shows_them(board: Board) -> None:
    first, second, *_ = str(board.status("2026-10", as_of=AS_OF)).splitlines()
    assert re.split(r"\s{2,}", first)[:4] == ["Revenue", "500,000 kr", "480,000 kr", "🟡 at risk"]
    assert second.startswith("  Orders")
    assert repr(board.status(as_of=AS_OF)) == str(board.status(as_of=AS_OF))


def test_where_there_are_none_that_is_said(board: Board) -> None:
    Path(board.path).write_text("")
    nothing = load(board.path)
    assert (str(nothing.status()), len(nothing.status())) == ("no KPIs", 0)
    assert "no KPIs" in nothing.status()._repr_html_()
    assert str(nothing.history()) == "0 actuals"


def test_a_notebook_shows_a_table_and_a_board_how_it_stands(board: Board) -> None:
    shown = board.status()._repr_html_()
    assert board._repr_html_() == shown
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parseFragment(shown)
    assert [head.text for head in tree.iter("th")][:3] == ["KPI", "Target", "Actual"]
    assert len(tree.findall(".//tbody/tr")) == len(board.ids)
    assert tree.findtext(".//caption") == "Shop"
    assert "5 KPIs: " in shown


def test_a_notebook_shows_a_forecast_and_a_history_too(board: Board, tmp_path: Path) -> None:
    with (tmp_path / "kpis.jsonl").open("a") as log:
        for month in range(1, 10):
            log.write(
                f'{{"kpi":"orders","period":"2025-{month:02}","value":{600 + month},'
                '"at":"2025-10-02T08:00:00Z"}\n'
            )
    rows = board.forecast("orders", as_of="2025-10-05")
    assert "Orders · 9 months to come" in rows._repr_html_()
    assert board.history()._repr_html_().count("<tr>") == 15


@pytest.mark.parametrize("place", ["name", "owner", "title"])
def test_what_people_wrote_is_text_in_a_notebook(board: Board, place: str) -> None:
    written = {
        "name": TOML.replace('"Revenue"', quoted(HOSTILE)),
        "owner": TOML.replace('"Ann"', quoted(HOSTILE)),
        "title": TOML.replace('"Shop"', quoted(HOSTILE)),
    }[place]
    Path(board.path).write_text(written)
    shown = load(board.path).status()._repr_html_()
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parseFragment(shown)
    assert {element.tag for element in tree.iter()} & {"script", "img", "iframe", "a"} == set()
    assert not any(key.startswith("on") for element in tree.iter() for key in element.attrib)
    assert "\x1b" not in shown
    assert len(list(tree.iter("style"))) == 1
    assert any(r"onerror=alert(1)>" in (element.text or "") for element in tree.iter())


def test_what_people_wrote_reaches_no_terminal(board: Board) -> None:
    Path(board.path).write_text(TOML.replace('"Revenue"', quoted(HOSTILE)))
    assert "\x1b" not in str(load(board.path).status())
    assert load(board.path).status()[0].name == HOSTILE
