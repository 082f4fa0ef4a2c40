import pytest

from kpicli.model.notation.target import read_target
from kpicli.model.period import read_period
from kpicli.model.target import Schedule


@pytest.mark.parametrize(
    ("label", "target"),
    [
        pytest.param("2025-12", None, id="before the first entry there is none"),
        pytest.param("2026-01", "450", id="from its own start"),
        pytest.param("2026-06", "450", id="until the next entry"),
        pytest.param("2026-07", "500", id="the next entry, from its start"),
        pytest.param("2030-01", "500", id="the last entry for good"),
        pytest.param("2026-Q1", "450", id="a period of another length"),
        pytest.param("2026-W27", "450", id="a week that starts before the entry"),
    ],
)
def test_a_schedule_governs_the_periods_that_start_in_it(label: str, target: str | None) -> None:
    schedule = Schedule(
        (
            (read_period("2026-01"), read_target("450")),
            (read_period("2026-07"), read_target("500")),
        )
    )
    assert schedule.at(read_period(label)) == (read_target(target) if target else None)


def test_an_empty_schedule_governs_nothing() -> None:
    assert Schedule(()).at(read_period("2026-01")) is None
