"""Report: a board of which KPIs stand beneath others, with targets of all kinds, and its log.

One KPI in five stands at the top, with four beneath it; all have an owner, a definition, a source
and levers. The page of 50 with 36 months is below 600,000 bytes.
"""

from collections.abc import Iterator
from math import sin
from pathlib import Path
from random import Random

AS_OF = "2026-11-05"
LAST_YEAR, LAST_MONTH = 2026, 10
TARGETS = (
    'target = "1,200 kr"',
    'target = "1,500 kr"\nbaseline = "1,000 kr"\nstart = "2024-01"\nby = "2026-12"',
    'targets = { "2024-01" = "1,000 kr", "2026-01" = "1,200 kr" }',
    'target = "<1,300 kr"',
    'target = "900..1,400 kr"',
)


def write(folder: Path, kpis: int, months: int) -> None:
    """The definitions of a board, and the log of all its months."""
    tables = (_definition(number) for number in range(kpis))
    head = 'title = "Benchmark"\n\n[goals.growth]\nname = "Grow the business"\n'
    (folder / "kpis.toml").write_text("\n".join([head, *tables]))
    random = Random(1)  # noqa: S311 -- to be guessed is what it is for
    lines = (_lines(number, months, random) for number in range(kpis))
    (folder / "kpis.jsonl").write_text("".join(line for some in lines for line in some))


def _definition(number: int) -> str:
    above = f'supports = "kpi_{number - number % 5}"\n' if number % 5 else 'goal = "growth"\n'
    return (
        f'[kpis.kpi_{number}]\nname = "KPI number {number}"\nowner = "Head of {number % 7}"\n'
        f'area = "sales"\ndefinition = "What is counted of {number}, without what is not"\n'
        f'source = "accounting system, report {number}"\nlevers = ["prices", "campaigns"]\n'
        f'frequency = "monthly"\n{above}{TARGETS[number // 2 % len(TARGETS)]}\n'
    )


def _lines(number: int, months: int, random: Random) -> Iterator[str]:
    """Unsealed lines, as an editor writes them; one in twelve has a note."""
    for back in reversed(range(months)):
        month = LAST_YEAR * 12 + LAST_MONTH - 1 - back
        year, place = divmod(month, 12)
        value = 1000 + 5 * (months - back) + 60 * sin(place + number) + random.gauss(0, 30)
        note = ',"note":"a campaign, moved by a week"' if back % 12 == 3 else ""
        yield (
            f'{{"kpi":"kpi_{number}","period":"{year}-{place + 1:02}","value":{value:.0f},'
            f'"at":"{year + place // 11}-{(place + 1) % 12 + 1:02}-02T08:00:00.000000Z",'
            f'"by":"finance"{note}}}\n'
        )
