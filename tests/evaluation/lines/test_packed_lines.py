"""Lines that are packed come out as they went in."""

import pytest

from kpicli.evaluation.lines.kpi_lines import NewestLines
from kpicli.evaluation.series import newest_lines, series_by_kpi
from kpicli.model.record import LogLine

AT, ID = "2026-11-02T08:15:30.123456Z", "0123456789abcdef"
PLAIN = LogLine("mrr", "2026-10", AT, ID, "480000.50", "ana", "", True, 7, "kpis.jsonl")  # noqa: FBT003 - as it stands in the noun
LINES = {
    "as most are": PLAIN,
    "the largest number": PLAIN._replace(value=f"-{'9' * 18}.{'9' * 12}"),
    "taken back": PLAIN._replace(value="null"),
    "skipped": PLAIN._replace(value="null", skip=True),
    "a note": PLAIN._replace(note="l\u00e6ngere \u00e5bent\x00 \U0001f600" * 90),
    "a note of half a character": PLAIN._replace(note="\ud83d"),
    "what it replaces": PLAIN._replace(replaces=" ".join([ID] * 30)),
    "both": PLAIN._replace(note="corrected", replaces="none"),
    "a unit, a source, a former id": PLAIN._replace(kpi="was", unit="kr", source="erp"),
    "unsealed": PLAIN._replace(is_sealed=False, by=""),
    "the first instant": PLAIN._replace(at="0001-01-01T00:00:00.000000Z", id="0" * 16),
    "an instant that no reading makes": PLAIN._replace(at="2026-11-02"),
    "an id that no reading makes": PLAIN._replace(id="x" * 16),
    "far down": PLAIN._replace(number=1 << 33),
}


@pytest.mark.parametrize("line", LINES.values(), ids=LINES.keys())
def test_a_line_comes_out_as_it_went_in(line: LogLine) -> None:
    packed = NewestLines()
    lines = packed.of("mrr")
    lines[line.period] = line
    packed.pack()
    lines = packed.of("mrr")
    assert dict(packed) == {("mrr", line.period): line}
    for other in LINES.values():
        lines[line.period] = other
    lines[line.period] = line
    assert dict(packed) == {("mrr", line.period): line}
    assert lines.get("2026-11") is packed.get(("mrr", "2026-11")) is None
    assert packed.get(("churn", "2026-10")) is None


def test_many_periods_are_as_in_a_short_log() -> None:
    labels = [f"2026-{month:02}-{day:02}" for day in range(28, 0, -1) for month in range(1, 13)]
    lines = [
        PLAIN._replace(period=label, value=str(at), note="n" * (at % 7 == 3), skip=at % 5 == 2)
        for at, label in enumerate(labels)
    ]
    plain, packed = (newest_lines([*lines, *lines[::7]], {}, many=many) for many in (9999, 5))
    assert dict(packed) == dict(plain)
    assert len(packed) == len(plain)
    series, other = (series_by_kpi(each, (), {})["mrr"] for each in (plain, packed))
    assert series == other
    assert series.records.keys() == other.records.keys()
    for name in ("standing", "standing_periods", "valued_periods", "noted"):
        assert sorted(getattr(series, name)) == sorted(getattr(other, name))
