"""A company whose years start in April, from its first record to its report."""

import json
from pathlib import Path

import pytest

from tests.installed import Kpi

TOML = """\
title = "Highland Tea"
year_starts = "04"

[kpis.revenue]
name = "Revenue"
rollup = "sum"
targets = { "FY2026" = "£100", "FY2027" = "£120" }

[kpis.margin]
name = "Margin"
frequency = "quarterly"
rollup = "mean"
baseline = "20%"
start = "FY2026-Q4"
by = "FY2027-Q4"
target = "30%"

[kpis.profit]
name = "Profit"
frequency = "yearly"
target = "£10"

[kpis.visits]
name = "Visits"
frequency = "weekly"
rollup = "sum"
"""
CSV = """\
period,kpi,value
Q1 FY2026,margin,19%
FY26 Q2,margin,20%
FY2026-Q3,margin,21%
fy2025/26 q4,margin,22%
FY2026/27 Q1,margin,23%
FY2025,profit,9
FY2025/26,profit,11
"""
PLAIN = TOML.replace('year_starts = "04"\n', "").replace("FY", "")


@pytest.fixture(autouse=True)
def board(kpi: Kpi) -> Path:
    path = kpi.folder / "kpis.toml"
    path.write_text(TOML)
    months = [f"2025-{month:02}" for month in range(4, 13)]
    months += [f"2026-{month:02}" for month in range(1, 11)]
    lines = [
        f'{{"kpi":"revenue","period":"{month}","value":{100 + at},"at":"2026-11-02T08:00:00Z"}}\n'
        for at, month in enumerate(months)
    ]
    lines.append(lines[-1].replace("revenue", "visits").replace("2026-10", "2026-W44"))
    path.with_suffix(".jsonl").write_text("".join(lines))
    return path


def status(kpi: Kpi, *args: str) -> dict[str, list[object]]:
    rows = json.loads(kpi("status", "--as-of=2026-11-05", "--json", *args).out)["kpis"]
    return {row["id"]: [row["period"], row["actual"], row["reason"]] for row in rows}


def imported(kpi: Kpi) -> None:
    (kpi.folder / "in.csv").write_text(CSV)
    run = kpi("import", "in.csv")
    assert (run.code, run.err.splitlines()[-1]) == (0, "7 new, 0 already recorded")


# 100 to 111 from April to March are 1,266; 112 to 118 from April to October are 805.
@pytest.mark.parametrize(
    ("args", "expected"),
    [
        (["--period", "FY2026"], ["FY2026", 1266, None]),
        (["--period", "FY26"], ["FY2026", 1266, None]),
        (["--period", "FY2026-Q1"], ["FY2026-Q1", 303, None]),
        (["--period", "Q4 FY2025/26"], ["FY2026-Q4", 330, None]),
        (["--frequency", "yearly"], ["FY2027", 805, None]),
        (["--frequency", "yearly", "--period", "last"], ["FY2026", 1266, None]),
        (["--frequency", "quarterly", "--period", "last"], ["FY2027-Q2", 348, None]),
        (["--period", "2026-Q9"], None),
    ],
)
def test_a_view_of_a_fiscal_period(
    kpi: Kpi, args: list[str], expected: list[object] | None
) -> None:
    if expected is None:
        assert kpi("status", *args).code == 2
    else:
        assert status(kpi, *args)["revenue"] == expected


def test_a_table_may_write_them_in_any_way(kpi: Kpi) -> None:
    imported(kpi)
    lines = kpi("history", "margin", "profit", "--format=csv").out.splitlines()[1:]
    assert [line.split(",")[:3] for line in lines] == [
        *(["margin", f"FY2026-Q{quarter}", str(18 + quarter)] for quarter in range(1, 5)),
        ["margin", "FY2027-Q1", "23"],
        ["profit", "FY2025", "9"],
        ["profit", "FY2026", "11"],
    ]
    log = (kpi.folder / "kpis.jsonl").read_text("utf-8")
    assert '"kpi":"margin","period":"FY2027-Q1","value":23' in log


def test_days_are_labels_of_fiscal_quarters(kpi: Kpi) -> None:
    days = "date,margin\n2025-04-01,19\n2025-07-01,20\n2025-10-01,21\n"
    run = kpi("import", "-", stdin=days)
    assert "2025-04-01 stands for FY2026-Q1" in run.err
    assert kpi("history", "margin", "--format=csv").out.count(",FY2026-Q") == 3


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (
            ["record", "profit", "9", "--period", "2026"],
            (
                "kpi: error: '2026' is a calendar year, and years here start in month 04\n"
                "hint: write FY2026, which starts in 2025-04\n"
            ),
        ),
        (
            ["status", "--period", "2026-Q1"],
            (
                "kpi: error: '2026-Q1' is a calendar quarter, and years here start in month 04\n"
                "hint: write FY2026-Q1, which starts in 2025-04; "
                "the days of 2026-Q1 are FY2026-Q4\n"
            ),
        ),
        (
            ["record", "profit", "9", "--period", "2026-W10"],
            (
                "kpi: error: profit is yearly: weeks do not fit into fiscal years\n"
                "hint: record a year, or a day of one\n"
            ),
        ),
        (
            ["report", "--since", "2026"],
            (
                "kpi: error: '2026' is a calendar year, and years here start in month 04\n"
                "hint: write FY2026, which starts in 2025-04\n"
            ),
        ),
    ],
)
def test_a_plain_quarter_or_year_is_refused(kpi: Kpi, args: list[str], message: str) -> None:
    run = kpi(*args)
    assert (run.code, run.out, run.err) == (2, "", message)


@pytest.mark.parametrize(
    ("args", "hint"),
    [
        (["record", "profit", "9", "FY2026"], "kpi record profit 9 --period FY2026"),
        (["record", "FY2026", "profit", "9"], "kpi record profit 9 --period FY2026"),
        (["record", "FY2026"], "kpi record --period FY2026"),
        (["status", "FY2026"], "--period FY2026"),
        (["status", "--as-of", "FY2026"], "as in --as-of 2026-11-05"),
    ],
)
def test_in_another_place_it_is_taken_for_a_period(kpi: Kpi, args: list[str], hint: str) -> None:
    run = kpi(*args)
    assert (run.code, run.err.splitlines()[-1]) == (2, f"hint: {hint}")


def test_weeks_are_of_no_fiscal_year(kpi: Kpi) -> None:
    reason = "weeks do not fill a fiscal year"
    assert status(kpi, "--frequency", "yearly")["visits"] == ["FY2027", None, reason]


def test_a_climb_of_fiscal_quarters_and_what_is_expected_of_it(kpi: Kpi) -> None:
    imported(kpi)
    answer = json.loads(kpi("show", "margin", "--json").out)
    assert next(row["period"] for row in answer["periods"]) == "FY2027-Q1"
    assert [row["target"] for row in answer["periods"]][:2] == [22.5, 20]


@pytest.mark.parametrize(
    "format", ["plain", "terminal", "json", "jsonl", "csv", "markdown", "html"]
)
def test_every_format_has_its_label(kpi: Kpi, format: str) -> None:
    args = ["--period", "FY2026", "--as-of", "2026-11-05", "--format", format]
    assert "FY2026" in kpi("status", *args).out


def test_a_shell_completes_them(kpi: Kpi) -> None:
    asked = {"COMP_WORDS": "kpi status --period ", "COMP_CWORD": "3"}
    words = set(kpi(env={"_KPI_COMPLETE": "complete_bash", **asked}).out.split())
    assert {word[:2] for word in words if len(word) == 6 or "-Q" in word} >= {"FY"}
    assert not [word for word in words if word.startswith("20") and "-Q" in word]


def test_what_was_recorded_before_years_were_fiscal_is_said(kpi: Kpi, board: Path) -> None:
    board.write_text(PLAIN)
    assert kpi("record", "profit", "12", "--period", "2025").code == 0
    board.write_text(TOML)
    reason = "2025 is a calendar year, and years here start in month 04"
    assert status(kpi)["profit"] == ["FY2026", None, "nothing recorded for FY2026"]
    assert f"kpis.jsonl:21: {reason}\n" in kpi("verify").out
    assert f"has 1 record in the log that nothing uses: {reason}" in kpi("check").out
    record = kpi("record", "profit", "9", "--period", "FY2025")
    assert record.err == "Profit FY2025: £9, at risk (target £10)\n"
    assert kpi("retract", "profit", "--period", "2025", "--yes").err == (
        "Profit 2025: £12 taken back\n"
    )
    assert kpi("retract", "profit", "--period", "2024", "--yes").code == 2


def test_and_what_was_while_they_were(kpi: Kpi, board: Path) -> None:
    imported(kpi)
    board.write_text(PLAIN)
    reason = "FY2026-Q1 is a fiscal quarter, and the years of this board are not"
    assert f"kpis.jsonl:21: {reason}\n" in kpi("verify").out
    assert status(kpi)["margin"][1] is None
    assert kpi("status", "--period", "FY2026").err == (
        "kpi: error: 'FY2026' is fiscal, and the years of this board are not\n"
        "hint: write 2026, or say in which month years start: "
        'year_starts = "04" at the top\n'
    )


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('year_starts = "4"', "got '4' — did you mean '04'?"),
        ("year_starts = 4", "got the number 4"),
        ('year_starts = "13"', "got '13'"),
    ],
)
def test_a_month_is_two_digits(kpi: Kpi, board: Path, line: str, message: str) -> None:
    board.write_text(TOML.replace('year_starts = "04"', line))
    run = kpi("check")
    assert run.code == 2
    assert message in run.err


def test_plain_labels_in_the_definitions_are_refused_all_at_once(kpi: Kpi, board: Path) -> None:
    board.write_text(TOML.replace('"FY2026"', '"2026"').replace('by = "FY', 'by = "'))
    run = kpi("check")
    assert run.code == 2
    first, second = run.err.splitlines()[:2]
    assert first == (
        "kpis.toml:7: kpis.revenue.targets.2026: '2026' is a calendar year, "
        "and years here start in month 04 — write FY2026, which starts in 2025-04"
    )
    assert second == (
        "kpis.toml:15: kpis.margin.by: '2027-Q4' is a calendar quarter, and years here start in "
        "month 04 — write FY2027-Q4, which starts in 2027-01; the days of 2027-Q4 are FY2028-Q3"
    )


def test_months_beneath_fiscal_years_are_of_them(kpi: Kpi) -> None:
    table = "Month,2024/25,2025/26\nMar,80,90\nApr,70,100\n"
    run = kpi("import", "-", "--kpi", "revenue", "--dry-run", "--replace", stdin=table)
    assert (run.code, run.err.splitlines()[-1]) == (
        0,
        "dry run: 2 new, 1 changed, 1 already recorded",
    )
    (kpi.folder / "kpis.toml").write_text(PLAIN)
    refused = kpi("import", "-", "--kpi", "revenue", stdin=table)
    assert refused.code == 2
    assert "'FY2025' is fiscal, and the years of this board are not" in refused.err


def test_months_of_a_fiscal_year_lie_in_two_others(kpi: Kpi) -> None:
    table = "Month,revenue\nDec FY26,80\nJan FY26,90\n"
    run = kpi("import", "-", "--dry-run", "--replace", stdin=table)
    said = ["dry run: Revenue 2025-12: £80", "dry run: Revenue 2026-01: £90"]
    assert [line for line in said if line not in run.err] == [], run.err
