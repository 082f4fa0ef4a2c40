from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.evaluation.series import newest_lines, series_by_kpi
from kpicli.model.log_issue import IssueKind, LogIssue, LostRecord
from kpicli.model.period import read_period
from kpicli.model.record import LogLine, Series
from tests.evaluation.board import damage

IDS = {"it": "it", "was": "it", "other": "other"}
FIRST, SECOND, THIRD = (f"2026-11-0{day}T12:00:00.000000Z" for day in (1, 2, 3))


def line(
    value: str = "1",
    at: str = FIRST,
    id: str = "0" * 16,
    kpi: str = "it",
    period: str = "2026-10",
    *,
    number: int = 1,
    is_sealed: bool = True,
) -> LogLine:
    return LogLine(
        kpi, period, at, id, value, is_sealed=is_sealed, number=number, file="kpis.jsonl"
    )


def read(
    lines: Sequence[LogLine], damages: Sequence[LogIssue] = (), until: str = ""
) -> dict[str, Series]:
    plain = series_by_kpi(newest_lines(lines, IDS, until), damages, IDS, until)
    packed = series_by_kpi(newest_lines(lines, IDS, until, many=1), damages, IDS, until)
    assert packed == plain
    return packed


def counts(
    lines: Sequence[LogLine], damages: Sequence[LogIssue] = (), until: str = ""
) -> dict[str, str]:
    """The values that stand, and `damaged`, for each `it 2026-10`."""
    found: dict[str, str] = {}
    for kpi, known in read(lines, damages, until).items():
        found |= {f"{kpi} {period}": str(one.value) for period, one in known.records.items()}
        found |= {f"{kpi} {period}": "damaged" for period in known.damaged}
    return found


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(
            [line("1", FIRST), line("2", SECOND)], {"it 2026-10": "2"}, id="the later instant"
        ),
        pytest.param(
            [line("2", SECOND), line("1", FIRST)], {"it 2026-10": "2"}, id="wherever it stands"
        ),
        pytest.param(
            [line("1", FIRST, "b" * 16), line("2", FIRST, "a" * 16)],
            {"it 2026-10": "1"},
            id="of one instant the greater id",
        ),
        pytest.param(
            [line("1", FIRST), line("null", SECOND)],
            {"it 2026-10": "None"},
            id="null takes it back, and nothing stands",
        ),
        pytest.param(
            [line("null", FIRST), line("1", SECOND)],
            {"it 2026-10": "1"},
            id="until it is given again",
        ),
        pytest.param(
            [line("1", period="2026-09"), line("2")],
            {"it 2026-09": "1", "it 2026-10": "2"},
            id="each period has its own",
        ),
        pytest.param(
            [line("1"), line("2", kpi="other")],
            {"it 2026-10": "1", "other 2026-10": "2"},
            id="each KPI has its own",
        ),
        pytest.param(
            [line("1", SECOND, kpi="was"), line("2", FIRST)],
            {"it 2026-10": "1"},
            id="a former id is the KPI's own",
        ),
        pytest.param(
            [line("1", kpi="stranger")], {"stranger 2026-10": "1"}, id="an unknown id is kept apart"
        ),
        pytest.param([], {}, id="an empty log"),
    ],
)
def test_the_greatest_by_instant_and_id_counts(
    lines: list[LogLine], expected: dict[str, str]
) -> None:
    assert counts(lines) == expected


@pytest.mark.parametrize(
    ("until", "expected"),
    [
        pytest.param("", "3", id="without an end, all of it"),
        pytest.param(THIRD, "2", id="what was recorded at the end itself is left out"),
        pytest.param(SECOND, "1", id="and all after it"),
        pytest.param(FIRST, None, id="before the first, nothing"),
    ],
)
def test_until_replays_what_was_known_then(until: str, expected: str | None) -> None:
    lines = [line("3", THIRD), line("1", FIRST), line("2", SECOND)]
    assert counts(lines, until=until).get("it 2026-10") == expected


@pytest.mark.parametrize(
    ("lines", "until", "expected"),
    [
        pytest.param([line("1")], "", "damaged", id="it hides an earlier record"),
        pytest.param([], "", "damaged", id="it hides where there is no record"),
        pytest.param(
            [line("1", THIRD, number=9)], "", "1", id="a later sealed record further down heals it"
        ),
        pytest.param([line("1", THIRD, number=2)], "", "damaged", id="not one above it"),
        pytest.param(
            [line("1", SECOND, number=9)], "", "damaged", id="not one of the same instant"
        ),
        pytest.param(
            [line("1", FIRST, number=9)], "", "damaged", id="not one that was made before"
        ),
        pytest.param(
            [line("1", THIRD, number=9, is_sealed=False)], "", "damaged", id="not an unsealed one"
        ),
        pytest.param(
            [line("1", THIRD, number=9, period="2026-09")], "", "damaged", id="not another period"
        ),
        pytest.param(
            [line("null", THIRD, number=9)], "", "None", id="taking the actual back heals it too"
        ),
        pytest.param([line("1")], SECOND, "damaged", id="its own instant proves nothing"),
        pytest.param([line("1")], THIRD, "damaged", id="but does from then on"),
        pytest.param(
            [line("1", THIRD, number=9)], THIRD, "damaged", id="healed later: damaged till then"
        ),
    ],
)
def test_damage_hides_its_pair_until_a_later_sealed_record_heals_it(
    lines: list[LogLine], until: str, expected: str
) -> None:
    found = counts(lines, [damage("it 2026-10", 5, "2026-11-02")], until)
    assert found["it 2026-10"] == expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [pytest.param(4, "damaged", id="above"), pytest.param(6, "1", id="below")],
)
def test_damage_that_shows_no_instant_is_healed_by_any_sealed_record_below(
    number: int, expected: str
) -> None:
    assert counts([line("1", number=number)], [damage("it 2026-10", 5)])["it 2026-10"] == expected


def test_damage_under_a_former_id_hides_the_kpis_own() -> None:
    assert counts([line("1")], [damage("was 2026-10", 5)]) == {"it 2026-10": "damaged"}


def test_damage_that_shows_nothing_hides_everything() -> None:
    lines = [line("1"), line("2", number=7, period="2026-09"), line("3", kpi="other")]
    lost = LogIssue(IssueKind.DAMAGED, "kpis.jsonl", 5, "not UTF-8", lost=(LostRecord(),))
    found = read(lines, [lost])
    assert found["it"].damaged.keys() == {read_period("2026-10")}
    assert read_period("2020") in found["it"].damaged
    assert read_period("2026-09") not in found["it"].damaged
    assert read_period("2026-10") in found["other"].damaged


def test_markers_hide_nothing() -> None:
    marker = LogIssue(IssueKind.CONFLICT, "kpis.jsonl", 5, "markers")
    assert counts([line("1")], [marker]) == {"it 2026-10": "1"}


def test_damage_may_show_several_pairs() -> None:
    lost = (LostRecord("it", read_period("2026-10")), LostRecord("other", read_period("2026-W01")))
    both = damage("it 2026-10", 5)._replace(lost=lost)
    assert counts([], [both]) == {"it 2026-10": "damaged", "other 2026-W01": "damaged"}


lines = st.builds(
    line,
    st.sampled_from(["1", "2", "-3.50", "null"]),
    st.sampled_from([FIRST, SECOND, THIRD]),
    st.sampled_from(["a" * 16, "b" * 16, "c" * 16]),
    st.sampled_from(["it", "was", "other", "stranger"]),
    st.sampled_from(["2026-10", "2026-11", "2026-Q4"]),
)


def distinct(found: Sequence[LogLine]) -> list[LogLine]:
    """In a log one id is one line: it is the hash of all that the line says."""
    return list({(one.at, one.id): one for one in found}.values())


@given(st.data())
def test_order_and_number_of_lines_do_not_matter(data: st.DataObject) -> None:
    log = distinct(data.draw(st.lists(lines, max_size=12)))
    again = data.draw(st.lists(st.sampled_from(log), max_size=6)) if log else []
    shuffled = data.draw(st.permutations([*log, *again]))
    until = data.draw(st.sampled_from(["", SECOND, THIRD]))
    assert counts(shuffled, until=until) == counts(log, until=until)


@given(st.lists(lines, max_size=8), st.lists(lines, max_size=8))
def test_logs_that_were_appended_to_apart_merge_to_the_same_answer(
    ours: list[LogLine], theirs: list[LogLine]
) -> None:
    log = distinct([*ours, *theirs])
    mine = [one for one in log if one in ours]
    yours = [one for one in log if one in theirs]
    assert counts([*mine, *yours]) == counts([*yours, *mine]) == counts(log)


@given(st.lists(lines, max_size=12))
def test_a_correction_wins(log: list[LogLine]) -> None:
    correction = line("42", "2026-12-01T00:00:00.000000Z")
    assert counts([correction, *distinct(log)])["it 2026-10"] == "42"
