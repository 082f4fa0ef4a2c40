"""A frame of pandas or polars made of an answer; skipped where these are not installed."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kpicli import Board, Rows, load
from kpicli.api.rows import Recorded, Standing
from tests.api.boards import AS_OF

SCALES = ("480000", "3.20", "0.123456789012", "123456789012345678.5", "-7")


@pytest.fixture
def pandas() -> Any:
    return pytest.importorskip("pandas", reason="pandas is not installed")


@pytest.fixture
def polars() -> Any:
    return pytest.importorskip("polars", reason="polars is not installed")


@pytest.fixture
def scales(tmp_path: Path) -> Rows[Recorded]:
    """A hundred and more whole numbers, and then others."""
    (tmp_path / "kpis.toml").write_text("[kpis.a]\nfrequency = 'daily'\n")
    days = [f"{year}-{month:02}-01" for year in range(2010, 2020) for month in range(1, 13)]
    given = [*["1"] * (len(days) - len(SCALES)), *SCALES]
    (tmp_path / "kpis.jsonl").write_text(
        "".join(
            f'{{"kpi":"a","period":"{day}","value":{value},"at":"2020-01-02T08:00:00Z"}}\n'
            for day, value in zip(days, given, strict=True)
        )
    )
    return load(tmp_path).history()


def test_pandas_makes_a_frame_of_a_status(board: Board, pandas: Any) -> None:
    rows = board.status(as_of=AS_OF)
    frame = pandas.DataFrame(rows)
    assert tuple(frame.columns) == Standing._fields
    assert list(frame["id"]) == list(board.ids)
    known = frame.set_index("id").loc["conversion"]
    assert (str(known["actual"]), known["status"]) == ("3.20", "on_target")
    assert list(frame["to_date"]) == [row.to_date for row in rows]


def test_pandas_keeps_every_digit(scales: Rows[Recorded], pandas: Any) -> None:
    frame = pandas.DataFrame(scales)
    assert tuple(frame.columns) == Recorded._fields
    assert [str(value) for value in frame["value"]][-len(SCALES) :] == list(SCALES)


def test_pandas_makes_a_frame_of_nothing(board: Board, pandas: Any) -> None:
    rows = board.history("margin")
    assert tuple(pandas.DataFrame(rows, columns=Recorded._fields).columns) == Recorded._fields


def test_polars_makes_a_frame_of_a_status(board: Board, polars: Any) -> None:
    rows = board.status(as_of=AS_OF)
    frame = polars.DataFrame(rows)
    assert tuple(frame.columns) == Standing._fields
    assert frame.rows() == list(rows)
    assert frame.filter(polars.col("status") == "at_risk")["id"].to_list() == ["revenue"]


def test_polars_keeps_every_digit(scales: Rows[Recorded], polars: Any) -> None:
    frame = polars.DataFrame(scales, infer_schema_length=None)
    assert frame["value"].to_list()[-len(SCALES) :] == list(map(Decimal, SCALES))
    assert tuple(frame.columns) == Recorded._fields


def test_neither_is_imported(board: Board) -> None:
    import subprocess
    import sys

    code = (
        "import sys, kpicli\n"
        "board = kpicli.load()\n"
        "str(board.status()), board.status()._repr_html_(), board.history()\n"
        "print(*{name.partition('.')[0] for name in sys.modules})"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(board.path).parent,
        capture_output=True,
        text=True,
        check=True,
    )
    assert set(done.stdout.split()) & {"pandas", "polars", "numpy", "rich", "typer"} == set()
