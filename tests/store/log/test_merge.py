import random
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.errors import NotationError
from kpicli.model.period import read_period
from kpicli.model.record import LogLine, Record
from kpicli.store.log.codec import read_line, write_line
from kpicli.store.log.merge import NOTHING_MERGED, Copied, copied, merge, sealed

IDS = {"mrr": "mrr", "was": "mrr", "churn": "churn"}


def record(
    kpi: str = "mrr", value: str | None = "5", second: int = 0, *, note: str = "", by: str = "ann"
) -> Record:
    at = f"2026-11-02T08:00:{second:02}.000000Z"
    number = None if value is None else Decimal(value)
    return Record(kpi, read_period("2026-10"), number, at, by=by, note=note)


def written(*records: Record) -> list[bytes]:
    """The lines of a log, without their ends."""
    return [write_line(one)[0].removesuffix(b"\n") for one in records]


def read(*raws: bytes) -> list[LogLine]:
    return [read_line(raw, number) for number, raw in enumerate(raws, 1)]


UNSEALED = (
    b'{"kpi":"was","period":"2026-10","value":5.0,"at":"2026-11-02T10:00:00+02:00","by":"ann"}'
)


def test_no_copies_are_no_merge() -> None:
    assert merge(read(*written(record())), [], IDS) == NOTHING_MERGED


def test_lines_are_kept_as_they_are_and_in_their_order() -> None:
    raws = written(record(second=2), record("nps"), record(value=None, second=1))
    found = merge([], [copied(raw, number) for number, raw in enumerate(raws, 1)], IDS)
    assert found.content == b"".join(raw + b"\n" for raw in raws)
    assert [(one.kpi, one.line) for one in found.new] == [("mrr", 1), ("nps", 2), ("mrr", 3)]
    assert (found.duplicates, found.faults) == (0, ())


def test_a_line_that_is_here_or_given_twice_is_taken_once() -> None:
    old, new = written(record(), record(second=1))
    copies = [copied(raw, number) for number, raw in enumerate([old, new, new, old], 1)]
    found = merge(read(old, old), copies, IDS)
    assert (found.content, found.duplicates) == (new + b"\n", 1)


def test_a_damaged_line_is_refused() -> None:
    (raw,) = written(record())
    with pytest.raises(NotationError, match="record changed after it was written"):
        copied(raw.replace(b":5,", b":6,"), 1)


@pytest.mark.parametrize(
    ("here", "there"),
    [
        pytest.param(written(record())[0], record(), id="the same line"),
        pytest.param(UNSEALED, record(), id="without a seal, a former id, an offset, a zero more"),
        pytest.param(
            written(record("was"))[0], record(value="5.00"), id="a former id, other zeros"
        ),
        pytest.param(
            b'{"at":"2026-11-02T08:00:00Z","kpi":"mrr","value":-0,"x":[1],"period":"2026-10",'
            b'"note":"\\u00e5"}',
            record(value="0", note="å", by=""),
            id="another order, another key, an escape, a minus before zero",
        ),
        pytest.param(written(record(value=None))[0], record(value=None), id="taken back"),
    ],
)
def test_what_a_line_says_already_is_here_however_it_is_written(here: bytes, there: Record) -> None:
    other = written(record("churn"), record(second=9), record(value="7"))
    for lines in (read(here, *other), read(*other, here)):
        found = merge(lines, [sealed(there, 4)], IDS)
        assert (found.content, found.duplicates, found.faults) == (b"", 1, ())


@pytest.mark.parametrize(
    "there",
    [record(value="6"), record(value=None), record(note="why"), record(by="bob"), record(by="")],
    ids=["another value", "none", "another note", "another name", "no name"],
)
def test_what_says_something_else_of_the_same_instant_is_a_fault(there: Record) -> None:
    found = merge(read(UNSEALED), [sealed(there, 4), sealed(record(second=1), 5)], IDS)
    ((line, fault),) = found.faults
    assert line == 4
    assert fault.message == (
        "mrr 2026-10: another record of the same instant, 2026-11-02T08:00:00.000000Z, "
        "is here already"
    )


def test_two_copies_that_say_something_else_of_the_same_instant_are_a_fault() -> None:
    copies = [sealed(record(value=value), line) for line, value in ((2, "5"), (3, "5.0"), (4, "6"))]
    ((line, fault),) = merge([], copies, IDS).faults
    assert line == 4
    assert fault.message.startswith("mrr 2026-10 also on line 2 with the same at, 2026-11-02T08")
    known = merge(read(*written(record(value="5"), record(value="6"))), copies, IDS)
    assert (known.content, known.duplicates, known.faults) == (b"", 3, ())


@pytest.mark.parametrize(
    "other", [record("churn"), record(second=1), record("was", second=1)], ids=str
)
def test_other_instants_and_other_kpis_are_no_fault(other: Record) -> None:
    found = merge(read(*written(record())), [sealed(other, 2)], IDS)
    assert (len(found.new), found.faults) == (1, ())


def test_a_very_line_is_no_fault_whatever_else_is_here() -> None:
    (raw,) = written(record(value="6"))
    found = merge(read(*written(record())), [copied(raw, 1)], IDS)
    assert (found.content, found.faults) == (raw + b"\n", ())


def test_the_line_of_a_copy_is_the_one_that_is_written() -> None:
    one = record(note="“x”")
    content, id = write_line(one)
    copy = sealed(one, 7)
    assert (copy.content, copy.id, copy.line) == (content, id, 7)
    assert copied(content.removesuffix(b"\n"), 7) == copy._replace(fields=())


RECORDS = st.builds(
    lambda kpi, value, second: record(kpi, value, second, by=str(value)),
    st.sampled_from(["mrr", "was", "churn"]),
    st.sampled_from(["1", "2", None]),
    st.integers(0, 3),
)


@given(st.lists(RECORDS, max_size=8), st.lists(RECORDS, max_size=8), st.randoms())
def test_a_merge_of_two_logs_holds_every_line_once(
    ours: list[Record], theirs: list[Record], chance: random.Random
) -> None:
    here, there = written(*ours), written(*theirs)
    copies: list[Copied] = [copied(raw, number) for number, raw in enumerate(there, 1)]
    found = merge(read(*here), copies, IDS)
    assert set(here) | set(found.content.splitlines()) == {*here, *there}
    assert len(found.new) + found.duplicates == len(set(there))
    chance.shuffle(copies)
    after = [*here, *found.content.splitlines()]
    again = merge(read(*after), copies, IDS)
    assert (again.content, again.duplicates) == (b"", len(set(there)))
