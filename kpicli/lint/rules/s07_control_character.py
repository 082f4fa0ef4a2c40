r"""A text holds a character that nobody sees.

Pasted from a page or a chat, an escape, a line break or a mark that turns the writing direction
around makes two names look alike that are not, or one look different from what it is. kpi shows
such a character as \x1b or \u202e, so that it does no harm; it still does not belong there.

Bad sample:
    [kpis.monthly_revenue]
    name = "Monthly \u001b[31mRevenue"

Good:
    [kpis.monthly_revenue]
    name = "Monthly Revenue"
"""

from collections.abc import Iterator
from itertools import zip_longest

from kpicli.evaluation.active import active_kpis
from kpicli.model.finding import Finding, Severity
from kpicli.model.kpi import Kpi
from kpicli.model.scorecard import Scorecard
from kpicli.text import safe

SEVERITY = Severity.WARNING


def check(scorecard: Scorecard) -> Iterator[Finding]:
    """Each text of a KPI that would not be printed as it is."""
    for kpi in active_kpis(scorecard):
        for key, text in _texts(kpi):
            if char := _hidden(text):
                yield Finding(
                    path=("kpis", kpi.id, key),
                    message=f"control character U+{ord(char):04X} in {key} of {kpi.id}",
                    hint=f"write {key} again, without it",
                )


def _texts(kpi: Kpi) -> Iterator[tuple[str, str]]:
    """Every text with its key; a definition or source may have several lines."""
    for key in ("name", "area", "owner", "unit"):
        yield key, getattr(kpi, key) or ""
    for key in ("definition", "source"):
        yield key, (getattr(kpi, key) or "").replace("\n", " ")
    yield from (("levers", lever) for lever in kpi.levers)


def _hidden(text: str) -> str:
    """The first character that is not printed as itself."""
    pairs = zip_longest(text, safe(text), fillvalue="")
    return next((char for char, printed in pairs if char != printed), "")
