"""What is of another type than a method says is refused in kpi's own words, like all else."""

from pathlib import Path
from typing import Any

import pytest

import kpicli
from kpicli.errors import KpiError

STRANGE = (5, 1.5, b"x", ["x"], {"a": 1}, object())
TEXTS = {
    "status": ("area", "owner", "goal", "frequency"),
    "due": ("area", "owner", "goal"),
    "forecast": ("id",),
    "drivers": ("id", "against"),
    "record": ("id", "note", "by"),
    "note": ("id", "text", "by"),
}
ARGUMENTS: dict[str, dict[str, Any]] = {
    "forecast": {"id": "rate"},
    "drivers": {"id": "rate"},
    "record": {"id": "orders", "value": 5, "period": "2026-10"},
    "note": {"id": "orders", "text": "x", "period": "2026-10"},
}


@pytest.fixture
def board(tmp_path: Path) -> kpicli.Board:
    text = '[kpis.orders]\nrollup = "sum"\n[kpis.rate]\nformula = "orders * 2"\n'
    (tmp_path / "kpis.toml").write_text(text)
    return kpicli.load(tmp_path)


@pytest.mark.parametrize(("method", "names"), TEXTS.items(), ids=TEXTS.keys())
@pytest.mark.parametrize("value", STRANGE, ids=lambda value: type(value).__name__)
def test_what_is_no_text(
    board: kpicli.Board, method: str, names: tuple[str, ...], value: object
) -> None:
    for name in names:
        with pytest.raises(KpiError, match=f"{name} cannot be a {type(value).__name__}"):
            getattr(board, method)(**{**ARGUMENTS.get(method, {}), name: value})
    assert not Path(board.path).with_suffix(".jsonl").exists()


@pytest.mark.parametrize("kpis", [5, None, [1], ("orders", 2), b"x"], ids=repr)
def test_what_names_no_kpis(board: kpicli.Board, kpis: Any) -> None:
    for method in (board.status, board.history, board.due):
        with pytest.raises(KpiError, match="kpis cannot be a"):
            method(kpis=kpis)


def test_a_float_is_no_period(board: kpicli.Board) -> None:
    october: Any = 2026.10
    for method in (board.status, board.history):
        with pytest.raises(KpiError, match="period cannot be a float"):
            method(period=october)
    with pytest.raises(KpiError, match="period cannot be a float"):
        board.record("orders", 5, period=october)


@pytest.mark.parametrize("flag", ["yes", "replace", "fractions", "trust_log"])
def test_a_text_is_no_consent(board: kpicli.Board, flag: str) -> None:
    with pytest.raises(KpiError, match=f"{flag} cannot be a str") as refusal:
        board.record("orders", 5, period="2026-10", **{flag: "false"})  # type: ignore[arg-type]
    assert refusal.value.hint == "give bool"


def test_what_is_no_depth_and_no_path(board: kpicli.Board) -> None:
    with pytest.raises(KpiError, match="depth cannot be a list"):
        board.drivers("rate", depth=[1])  # type: ignore[arg-type]
    with pytest.raises(KpiError, match="path cannot be a dict"):
        kpicli.load({})  # type: ignore[arg-type]
