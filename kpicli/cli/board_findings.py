"""What the rules find of a board; what definitions alone tell is kept as long as these stay."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kpicli.cli.board_memory import BoardMemory
from kpicli.evaluation.active import active_kpis
from kpicli.lint.context import rising_kpis
from kpicli.lint.engine import FindingsByKpi, lint
from kpicli.model.finding import Finding
from kpicli.services.load import Loaded
from kpicli.store.definitions.packed_nouns import pack, unpack

if TYPE_CHECKING:
    from kpicli.catalogue.term import Template

_ROOMS = ("catalogue", "language", "language/deeds", "language/words", "lint", "lint/rules")


def board_findings(loaded: Loaded, codes: Iterable[str]) -> list[Finding]:
    """What the rules of these codes find."""
    active = [kpi.id for kpi in active_kpis(loaded.scorecard)]
    seen = f"{active}, {sorted(rising_kpis(loaded.scorecard))}\n{loaded.file.text}"
    memory = BoardMemory("findings-1", _ROOMS, seen)
    known: dict[str, FindingsByKpi] = unpack(memory.known["all"]) if memory.known else {}
    count = len(known)
    findings = [*lint(loaded.scorecard, codes, _term, known)]
    if len(known) > count:
        memory.keep({"all": pack(known)})
    return findings


def _term(name: str) -> "Template | None":
    from kpicli.catalogue.lookup import term

    return term(name)
