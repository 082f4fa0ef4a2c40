"""The clock and the time zone of a machine, in which not every instant can be reckoned with."""

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import NoReturn

import pytest

from kpicli import environment
from kpicli.errors import KpiError
from tests.installed import Kpi


@pytest.fixture(autouse=True)
def zone() -> Iterator[None]:
    """The zone of this process is as it was once a test has moved it."""
    yield
    time.tzset()


class Late(datetime):
    """A clock past 2262, of which Python can't tell the time."""

    @classmethod
    def now(cls, tz: object = None) -> NoReturn:
        raise OverflowError(f"timestamp too large to convert to C _PyTime_t {tz}")


def test_a_clock_past_what_can_be_told_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "datetime", Late)
    for ask in (environment.now, lambda: environment.moment(None)):
        with pytest.raises(KpiError, match="the clock of this machine") as caught:
            ask()
        assert caught.value.hint == "set the clock"


@pytest.mark.parametrize(
    "words", [["status"], ["record", "mrr", "5"], ["status", "--as-of", "2026-10-01"]]
)
@pytest.mark.parametrize("zone", ["XXX-99:99", "XXX+99:99", "<+>-30"])
def test_a_time_zone_that_is_none_is_one_line(kpi: Kpi, zone: str, words: list[str]) -> None:
    (kpi.folder / "kpis.toml").write_text("[kpis.mrr]\n")
    run = kpi(*words, env={"TZ": zone})
    assert (run.code, run.out) in {(0, run.out), (2, "")}
    assert "should not happen" not in run.err
    if run.code:
        assert run.err.startswith(f"kpi: error: TZ={zone} is no time zone")


@pytest.mark.parametrize(
    ("zone", "is_known"),
    [
        ("Europe/Olso", False),
        ("PDT", False),
        (":Nowhere", False),
        ("", True),
        ("UTC", True),
        ("Etc/UTC", True),
        (":Africa/Abidjan", True),
        ("Europe/Oslo", True),
        ("UTC0", True),
        ("<+00>0", True),
        ("CET-1CEST", True),
    ],
)
def test_a_time_zone_that_nobody_knows_is_said(
    monkeypatch: pytest.MonkeyPatch, zone: str, *, is_known: bool
) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    assert environment.unknown_time_zone() == ("" if is_known else zone.removeprefix(":"))


def test_whose_days_are_meant_is_a_warning(kpi: Kpi, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Europe/Olso")
    time.tzset()
    (kpi.folder / "kpis.toml").write_text("[kpis.mrr]\n")
    run = kpi("record", "mrr", "5", env={"TZ": "Europe/Olso"})
    assert run.code == 0
    assert run.err.startswith("warning: TZ=Europe/Olso is no time zone that this machine knows")


@pytest.mark.parametrize("word", ["off", "OFF", "0", "false", "no"])
def test_what_means_no_switches_the_cache_off(monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    monkeypatch.setenv("KPI_CACHE", word)
    assert environment.cache_folder() is None


def test_a_day_begins_where_the_reader_lives() -> None:
    day = date(2026, 10, 1)
    local = datetime(2026, 10, 1).astimezone(UTC).replace(tzinfo=None)
    assert environment.start_of(day) == f"{local.isoformat(timespec='microseconds')}Z"
