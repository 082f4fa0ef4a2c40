"""What the rules find of a board; what definitions alone tell is kept as long as these stay."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from kpicli.cli.board_memory import BoardMemory
from kpicli.evaluation.active import active_kpis
from kpicli.lint.context import rising_kpis
from kpicli.lint.engine import lint
from kpicli.model.finding import Correction, Finding, Severity
from kpicli.services.load import Loaded

if TYPE_CHECKING:
    from kpicli.catalogue.term import Entry

_ROOMS = ("catalogue", "language", "language/deeds", "language/words", "lint", "lint/rules")


def board_findings(loaded: Loaded, codes: Iterable[str]) -> list[Finding]:
    """What the rules of these codes find."""
    active = [kpi.id for kpi in active_kpis(loaded.scorecard)]
    seen = f"{active}, {sorted(rising_kpis(loaded.scorecard))}\n{loaded.file.text}"
    memory = BoardMemory("findings-1", _ROOMS, seen)
    known = _each(_restored, memory.known)
    findings = [*lint(loaded.scorecard, codes, _term, known)]
    memory.keep(_each(_plain, known))
    return findings


def _each(change: Callable[[Any], Any], rules: dict[str, Any]) -> dict[str, Any]:
    return {
        file: {id: [*map(change, findings)] for id, findings in by_kpi.items()}
        for file, by_kpi in rules.items()
    }


def _term(name: str) -> "Entry | None":
    from kpicli.catalogue.lookup import term

    return term(name)


def _plain(finding: Finding) -> tuple[Any, ...]:
    """What can be kept of it, which is all."""
    *parts, correction, code, name, severity = finding
    return *parts, correction and (*correction,), code, name, severity.value


def _restored(plain: tuple[Any, ...]) -> Finding:
    *parts, correction, code, name, severity = plain
    correction = correction and Correction(*correction)
    return Finding._make((*parts, correction, code, name, Severity(severity)))
