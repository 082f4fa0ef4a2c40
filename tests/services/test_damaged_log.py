"""A newer record that was damaged: the older one is never shown in its place."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from kpicli.environment import Moment
from kpicli.model.period import Period, read_period
from kpicli.model.record import Series
from kpicli.model.scorecard import Clock
from kpicli.services.load import Loaded, load_board
from kpicli.store.definitions.read import load_definitions
from tests.store.logs import line
from tests.tiers import sampled

CLOCK = Clock(date(2026, 11, 5), lambda at: date.fromisoformat(at[:10]))
MONTH = read_period("2026-09")
OLDER = line("churn", "2026-09", 2, at="2026-10-01T08:00:00.000000Z")
NEWER = line("churn", "2026-09", 3, at="2026-10-02T08:00:00.000000Z", note="J* é")
OTHER = line("mrr", "2026-09", 7, at="2026-10-01T09:00:00.000000Z")
HEALING = line("churn", "2026-09", 4, at="2026-10-03T08:00:00.000000Z")
TOML = "[kpis.churn]\n[kpis.mrr]\n"


def above(folder: Path, newer: bytes) -> None:
    (folder / "kpis.jsonl").write_bytes(newer + OLDER + OTHER)


def below(folder: Path, newer: bytes) -> None:
    (folder / "kpis.jsonl").write_bytes(OTHER + OLDER + newer)


def beside(folder: Path, newer: bytes) -> None:
    (folder / "kpis.toml").write_text(f'log = "kpis.log/"\n{TOML}')
    (folder / "kpis.log").mkdir(exist_ok=True)
    (folder / "kpis.log/ana.jsonl").write_bytes(newer)
    (folder / "kpis.log/bob.jsonl").write_bytes(OTHER + OLDER)


def loaded(folder: Path, until: str = "") -> Loaded:
    return load_board(
        load_definitions(str(folder / "kpis.toml"), str(folder)), Moment(CLOCK, until)
    )


def value(series: Series, period: Period = MONTH) -> str:
    """What stands, as a view would show it."""
    if period in series.damaged:
        return "damaged"
    record = series.records.get(period)
    return str(record.value) if record else "nothing"


def flips(raw: bytes, bit: int) -> Iterator[bytes]:
    for at in range(len(raw)):
        yield raw[:at] + bytes([raw[at] ^ 1 << bit]) + raw[at + 1 :]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "kpis.toml").write_text(TOML)
    return tmp_path


@sampled("bit", range(8), {0})
@pytest.mark.parametrize("put", [above, below, beside])
@pytest.mark.parametrize("until", ["", "2026-10-04T00:00:00.000000Z"])
def test_no_flipped_bit_answers_with_the_older_number(
    folder: Path, put: Callable[[Path, bytes], None], until: str, bit: int
) -> None:
    put(folder, NEWER)
    file = loaded(folder).file
    for newer in flips(NEWER, bit):
        put(folder, newer)
        churn = load_board(file, Moment(CLOCK, until)).scorecard.series["churn"]
        assert value(churn) in {"damaged", "3"}, newer


@pytest.mark.parametrize("put", [above, below, beside])
@pytest.mark.parametrize(
    "newer",
    [
        pytest.param(NEWER.replace(b'"churn"', b'"mrr"'), id="another KPI"),
        pytest.param(NEWER.replace(b"2026-09", b"2026-10"), id="another period"),
        pytest.param(NEWER.replace(b"2026-10-02", b"2025-01-02"), id="an instant long before"),
        pytest.param(NEWER.replace(b"2026-10-02", b"2027-01-02"), id="an instant long after"),
        pytest.param(NEWER.replace(b":3,", b":999999,"), id="another value"),
        pytest.param(NEWER.replace(b":3,", b":4,").replace(b"-09", b"-08"), id="value and period"),
        pytest.param(NEWER[:-1] + b" \n", id="a space behind it"),
        pytest.param(NEWER[:-1] + b"\r" + OTHER, id="joined with another"),
    ],
)
def test_no_damage_answers_with_the_older_number(
    folder: Path, put: Callable[[Path, bytes], None], newer: bytes
) -> None:
    put(folder, newer)
    assert value(loaded(folder).scorecard.series["churn"]) == "damaged"


@pytest.mark.parametrize("put", [below, beside])
@pytest.mark.parametrize(
    "newer",
    [
        pytest.param(NEWER[:50] + b"\n", id="cut off"),
        pytest.param(NEWER[-60:], id="cut off at the start"),
        pytest.param(b"x" * len(NEWER) + b"\n", id="overwritten"),
        pytest.param(bytes(len(NEWER)) + b"\n", id="zeros"),
        pytest.param(b"\x1f\x8b garbage\n", id="garbage"),
    ],
)
def test_what_shows_no_instant_hides_what_stands_above_it(
    folder: Path, put: Callable[[Path, bytes], None], newer: bytes
) -> None:
    put(folder, newer)
    assert value(loaded(folder).scorecard.series["churn"]) == "damaged"


def test_the_rest_of_the_board_is_shown_where_the_pair_is_proven(folder: Path) -> None:
    below(folder, NEWER.replace(b":3,", b":4,"))
    series = loaded(folder).scorecard.series
    assert (value(series["churn"]), value(series["mrr"])) == ("damaged", "7")
    assert value(series["churn"], read_period("2026-08")) == "nothing"


def test_all_of_the_kpi_is_hidden_where_its_period_is_not_proven(folder: Path) -> None:
    below(folder, NEWER.replace(b":3,", b":999999,"))
    series = loaded(folder).scorecard.series
    assert (value(series["churn"]), value(series["mrr"])) == ("damaged", "7")
    assert value(series["churn"], read_period("2026-08")) == "damaged"


def test_all_is_hidden_where_nothing_is_known(folder: Path) -> None:
    below(folder, b"garbage\n")
    series = loaded(folder).scorecard.series
    assert {value(each) for each in series.values()} == {"damaged"}


@pytest.mark.parametrize("newer", [NEWER.replace(b":3,", b":4,"), b"garbage\n"])
def test_a_later_sealed_record_heals_its_pair(folder: Path, newer: bytes) -> None:
    below(folder, newer + HEALING)
    assert value(loaded(folder).scorecard.series["churn"]) == "4"


def test_the_very_record_elsewhere_heals_it(folder: Path) -> None:
    below(folder, NEWER.replace(b":3,", b":4,") + NEWER)
    assert value(loaded(folder).scorecard.series["churn"]) == "3"


def test_what_was_proven_to_be_made_later_hides_nothing_before(folder: Path) -> None:
    until = "2026-10-02T00:00:00.000000Z"
    below(folder, NEWER.replace(b":3,", b":4,"))
    assert value(loaded(folder, until).scorecard.series["churn"]) == "2"
    below(folder, NEWER.replace(b":3,", b":999999,"))
    assert value(loaded(folder, until).scorecard.series["churn"]) == "damaged"
