"""What is asked and said while a board is started."""

from collections.abc import Iterator, Sequence

from kpicli.analysis.proposal import Draft
from kpicli.model.board import Board
from kpicli.text import pad, shown
from kpicli.views.add import sample

INVITATION = "A board to start from, as others of your kind have one:"
WHICH = "Which one? Enter for a plain example: "


def offered(boards: Sequence[Board]) -> Iterator[str]:
    """A line a board, numbered from 1."""
    widest = max(len(one.name) for one in boards)
    for number, one in enumerate(boards, 1):
        yield f"  {number}  {pad(one.name, widest)}  {one.explains}"


def target_asked(draft: Draft) -> str:
    """`Monthly Revenue, higher is better. Target such as >=50000 kr, or Enter for later: `."""
    way = draft.keys["direction"]
    return f"{draft.name}, {way} is better. Target such as {sample(draft)}, or Enter for later: "


def left(name: str, text: str) -> Iterator[str]:
    """What is left to be filled in, line by line, and what comes then."""
    gaps = list(_gaps(text))
    if "[kpis." not in text:
        yield "next: kpi add, or kpi catalog to find out what others watch"
        return
    if gaps:
        yield f"next: fill in what is left behind a # in {shown(name)}"
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
            yield number, f"{key} of {_WHOSE.get(kpi, kpi)}"


_OPEN = ("# owner = ", "# target = ")
_WHOSE = {"defaults": "all that name nobody else"}
