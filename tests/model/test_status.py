import pytest

from kpicli.model.status import Status


@pytest.mark.parametrize(
    ("status", "mark", "word"),
    [
        (Status.ON_TARGET, "🟢", "on target"),
        (Status.AT_RISK, "🟡", "at risk"),
        (Status.OFF_TARGET, "🔴", "off target"),
        (Status.TOO_EARLY, "⚪", "too early"),
        (Status.NO_TARGET, "⚪", "no target"),
        (Status.NO_DATA, "⚪", "no data"),
    ],
)
def test_a_status_is_told_by_mark_and_word(status: Status, mark: str, word: str) -> None:
    assert (status.mark, status.word) == (mark, word)


def test_the_worst_status_is_the_most_urgent() -> None:
    assert sorted(Status, key=lambda status: status.urgency) == [
        Status.OFF_TARGET,
        Status.AT_RISK,
        Status.NO_DATA,
        Status.NO_TARGET,
        Status.TOO_EARLY,
        Status.ON_TARGET,
    ]
