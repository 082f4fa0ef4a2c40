"""What is asked and said while a board is started."""

from collections.abc import Iterator, Sequence

from kpicli.catalogue.draft import Draft
from kpicli.catalogue.term import StarterBoard
from kpicli.screen import pad
from kpicli.text import clipped
from kpicli.views.words.adding import target_example

STARTER_INVITATION = "Choose a board to start from:"
AMOUNT_QUESTION = "How do you write amounts, as in 480,000.50 kr or 480.000,50 €? "
"""One answer tells the decimal mark and the currency."""
AMOUNT_HINT = "with decimals and your currency, as in 480,000.50 kr"
STARTER_QUESTION = "Which one? Enter for a plain example: "


def starter_lines(boards: Sequence[StarterBoard]) -> Iterator[str]:
    """A line a board, numbered from 1."""
    widest = max(len(board.name) for board in boards)
    for number, board in enumerate(boards, 1):
        yield f"  {number}  {pad(board.name, widest)}  {board.explains}"


def title_question(default: str) -> str:
    """What stands above the board."""
    return f"What is the board called? [{clipped(default)}] "


def starter_owner_question(default: str) -> str:
    """Who is responsible for all of it, until it is said KPI by KPI."""
    return f"Who is responsible for them, a name or a role? [{clipped(default)}] "


def plain_target_question(default: str) -> str:
    """What the first KPI of the plain example is to reach."""
    return f"Monthly Revenue, higher is better. Target? [{default}] "


def starter_target_question(draft: Draft) -> str:
    """`Monthly Revenue, higher is better. Target such as >=50000 kr, or Enter for later: `."""
    way = draft.keys["direction"]
    example = target_example(draft)
    return f"{draft.name}, {way} is better. Target such as {example}, or Enter for later: "


def open_lines(name: str, text: str) -> Iterator[str]:
    """What is left to be filled in, line by line, and what comes then."""
    gaps = list(_gaps(text))
    if "[kpis." not in text:
        yield "next: kpi add, or kpi catalog to see what others measure"
        return
    if gaps:
        yield f"next: in {clipped(name)}, fill in these lines and remove the # in front of them"
        yield from (f"  line {line}: {what}" for line, what in gaps)
    yield "then kpi check, kpi record and kpi status" if gaps else "next: kpi check"


def _gaps(text: str) -> Iterator[tuple[int, str]]:
    """Each line that is left open, and what it is about."""
    kpi = ""
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith(("[", "name = ")):
            kpi = line.removeprefix("name = ").strip('"[]')
        elif line.startswith(_OPEN):
            key = line.removeprefix("# ").partition(" ")[0]
            yield number, f"{key} of {_GAP_OWNERS.get(kpi, kpi)}"


_OPEN = ("# owner = ", "# target = ")
_GAP_OWNERS = {"defaults": "all KPIs without an owner of their own"}
