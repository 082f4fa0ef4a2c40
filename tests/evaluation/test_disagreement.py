"""What people recorded apart: known from the lines alone, in any order, until one records again."""

from itertools import permutations
from typing import TYPE_CHECKING

import pytest

from kpicli.evaluation.disagreement import disagreements
from kpicli.evaluation.series import newest_lines
from kpicli.store.log.codec import read_line, write_line
from tests.store.logs import record

if TYPE_CHECKING:
    from kpicli.model.record import LogLine

PAIR = "mrr", "2026-10"


class Log:
    """Lines of one KPI and period, each a second after the one before."""

    def __init__(self) -> None:
        self.lines: list[LogLine] = []

    def add(
        self, by: str, value: int | None, *seen: int, unit: str = "kr", source: str = ""
    ) -> "Log":
        """The record of somebody who had `seen` the lines at those places."""
        at = f"2026-11-02T08:15:{len(self.lines):02}.000000Z"
        draft = record(value=value, by=by, unit=unit, source=source)
        replaces = " ".join(self.lines[place].id for place in seen) or ("" if unit else "none")
        line, _ = write_line(draft._replace(replaces=replaces), at)
        self.lines.append(read_line(line.rstrip(b"\n")))
        return self

    def rivals(self) -> set[str]:
        """Whose values the one that counts had not seen; the same in whatever order."""
        answers = set()
        for lines in permutations(self.lines):
            contested = set[tuple[str, ...]]()
            newest_lines(lines, {}, contested=contested)
            found = disagreements(lines, contested, {})
            answers.add(frozenset(line.by for each in found.values() for line in each.rivals))
        (answer,) = answers
        return set(answer)


@pytest.mark.parametrize(
    ("log", "rivals"),
    [
        pytest.param(Log().add("ana", 1).add("bob", 2), {"ana"}, id="neither saw the other's"),
        pytest.param(Log().add("ana", 1).add("bob", 2, 0), set(), id="a correction"),
        pytest.param(Log().add("ana", 1).add("bob", 1), set(), id="the same value"),
        pytest.param(Log().add("ana", 1).add("ana", 2), set(), id="one person on two machines"),
        pytest.param(
            Log().add("ana", 1).add("bob", 2).add("bob", 3, 1), {"ana"}, id="a slip of one's own"
        ),
        pytest.param(
            Log().add("ana", 1).add("bob", 2).add("ana", 3, 1, 0), set(), id="recorded again"
        ),
        pytest.param(
            Log().add("ana", 1).add("bob", 2).add("cy", 3), {"ana", "bob"}, id="three people"
        ),
        pytest.param(
            Log().add("ana", 1).add("bob", 2, 0).add("cy", 3, 1), set(), id="one after the other"
        ),
        pytest.param(
            Log().add("ana", 1).add("bob", 2, 0).add("ana", 3, 0), {"bob"}, id="a fork later on"
        ),
        pytest.param(Log().add("ana", 1).add("bob", None), {"ana"}, id="taken back unseen"),
        pytest.param(
            Log().add("ana", 1, unit="").add("bob", 2, unit=""), {"ana"}, id="without a unit"
        ),
        pytest.param(Log().add("ana", 1, source="db").add("bob", 2), set(), id="a pull"),
    ],
)
def test_who_had_not_seen_what(log: Log, rivals: set[str]) -> None:
    assert log.rivals() == rivals


def test_lines_that_do_not_say_what_they_replace_are_no_disagreement() -> None:
    first = read_line(write_line(record(value=1, by="ana"))[0].rstrip(b"\n"))
    later = record(value=2, by="bob", at="2026-11-03T00:00:00.000000Z")
    old = read_line(write_line(later)[0].rstrip(b"\n"))
    unknown = later._replace(unit="kr", replaces="unknown")
    anew = read_line(write_line(unknown)[0].rstrip(b"\n"))
    for line in (old, anew):
        assert disagreements([first, line], {PAIR}, {}) == {}
