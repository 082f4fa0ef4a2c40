"""How a KPI stands in a sentence."""

import pytest

from kpicli.views.words.numbers import NumberFormat
from kpicli.views.words.status_sentence import status_sentence
from tests.evaluation.board import board, latest

CLIMB = 'baseline = "100 kr"\nstart = "2026-08"\nby = "2026-12"\ntarget = "200 kr"'
SUM = 'rollup = "sum"\ntarget = "500,000 kr"'


@pytest.mark.parametrize(
    ("lines", "record", "text"),
    [
        ('target = "500 kr"', "2026-10 480", "480 kr, 20 kr short of 500 kr"),
        ('target = "500 kr"', "2026-10 512.5", "512.5 kr, 12.5 kr above 500 kr"),
        ('target = "500 kr"', "2026-10 500", "500 kr, exactly on target"),
        ('target = ">3%"', "2026-10 3.2", "3.2%, 0.2 pp above 3%"),
        ('target = "<60%"', "2026-10 58", "58%, 2 pp below 60%"),
        ('target = "<60%"', "2026-10 62", "62%, 2 pp over 60%"),
        ('target = "<60%"', "2026-10 60", "60%, which just misses <60%"),
        ('target = "<=60%"', "2026-10 60", "60%, exactly on target"),
        ('target = "40..60%"', "2026-10 45", "45%, within 40..60%"),
        ('target = "40..60%"', "2026-10 38", "38%, 2 pp below 40..60%"),
        ('target = "40..60%"', "2026-10 62", "62%, 2 pp above 40..60%"),
        ('target = ">=-5 kr"', "2026-10 -8", "-8 kr, 3 kr short of -5 kr"),
        ('target = "500 kr"', "2026-10 499.9", "499.9 kr, 0.1 kr short of 500 kr"),
        ('unit = "kr"', "2026-10 480", "480 kr"),
        ('target = "8 points"', "2026-10 9", "9 points, 1 point above 8 points"),
        ('target = "8 points"', "2026-10 9.5", "9.5 points, 1.5 points above 8 points"),
        ('target = "1 orders"', "2026-10 1", "1 order, exactly on target"),
        ('target = "1 orders"', "2026-10 0", "0 orders, 1 order short of 1 order"),
        ('unit = "orders"', "2026-10 1.0", "1.0 orders"),
        ('unit = "orders"', "2026-10 11", "11 orders"),
        ('unit = "replies"', "2026-10 1", "1 replies"),
        ('unit = "boxes"', "2026-10 1", "1 boxes"),
        ('unit = "losses"', "2026-10 1", "1 losses"),
        ('unit = "gas"', "2026-10 1", "1 gas"),
        ('unit = "class"', "2026-10 1", "1 class"),
        ('unit = "bonus"', "2026-10 1", "1 bonus"),
        ('unit = "mbps"', "2026-10 1", "1 mbps"),
        ('targets = { "2026-11" = "5 kr" }', "2026-10 4", "4 kr; no target for 2026-10"),
        ('target = "5 kr"', "2026-10 none", "nothing recorded for 2026-10"),
        (
            CLIMB,
            "2026-10 140",
            "140 kr, 10 kr short of the 150 kr due in 2026-10 (200 kr by 2026-12)",
        ),
        (CLIMB, "2026-10 150", "150 kr, exactly the 150 kr due in 2026-10 (200 kr by 2026-12)"),
        (CLIMB, "2026-12 190", "190 kr, 10 kr short of 200 kr"),
        (
            SUM,
            "2026-11-10 100000",
            "100,000 kr to date, 66,667 kr short of the 166,667 kr due by then (500,000 kr in all)",
        ),
        (
            SUM,
            "2026-11-03 90000",
            "90,000 kr to date of 500,000 kr, under a fifth of 2026-11 measured",
        ),
        (
            'rollup = "sum"\ntarget = "<500 kr"',
            "2026-11-10 600",
            "600 kr to date, 433 kr over the 167 kr due by then (500 kr in all)",
        ),
    ],
)
def test_it_says_what_was_measured_and_what_was_wanted(lines: str, record: str, text: str) -> None:
    today = "2027-01-05" if "2026-12" in record else "2026-11-11"
    scorecard = board(f"[kpis.it]\n{lines}", f"it {record}", today=today)
    assert status_sentence(NumberFormat(latest(scorecard, "it"), scorecard.definitions)) == text


def test_what_people_wrote_is_made_safe() -> None:
    scorecard = board('[kpis.it]\nunit = "k\\u001br"', "it 2026-10 4")
    assert (
        status_sentence(NumberFormat(latest(scorecard, "it"), scorecard.definitions)) == "4 k\\x1br"
    )
