"""What kpi remembers of a board between runs: forecasts, and what rules find by its files alone."""

import marshal
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from kpicli import __version__
from kpicli.environment import cache_folder
from kpicli.evaluation.active import active_kpis
from kpicli.lint.context import rising_kpis
from kpicli.lint.engine import FindingsByKpi, lint
from kpicli.model.finding import Finding
from kpicli.services.load import Loaded
from kpicli.stats.predictive_distribution import PredictiveDistribution, Shares
from kpicli.store.cache import Cache
from kpicli.store.definitions.packed_nouns import pack, unpack
from kpicli.store.definitions.positions import Place, Positions, located_in
from kpicli.views.findings import LocatedFindings

if TYPE_CHECKING:
    from kpicli.catalogue.term import Template
    from kpicli.store.definitions.read import DefinitionsFile

_MOST_FILES, _MOST_BYTES = 256, 16_000_000
_FORECASTS_KEPT = 2  # so many a KPI: two days may be asked about in turn


class BoardMemory:
    """Answers of one kind about one board: those `known`, and afterwards those to `keep`.

    They are kept for this very version: of kpi, of Python, and of the code in some `rooms`.
    """

    def __init__(self, kind: str, rooms: Iterable[str], about: str) -> None:
        home = cache_folder()
        self.known: dict[Any, Any] = {}
        self._cache = Cache(home, kind, _MOST_FILES, _MOST_BYTES) if home else None
        if self._cache:
            version = f"kpi {__version__}, Python {sys.version}, {_newest(rooms)}"
            self._about = f"{version}\n{about}".encode(errors="surrogateescape")
            content = self._cache.load(self._about)
            self.known = marshal.loads(content) if content else {}  # noqa: S302 - checked, and ours

    def keep(self, answers: dict[Any, Any]) -> None:
        """Remember these from now on, where they differ from those that are known."""
        if self._cache and answers != self.known:
            self._cache.save(self._about, marshal.dumps(answers))


def _newest(rooms: Iterable[str]) -> int:
    """When any file of some rooms was last changed."""
    folders = (os.path.join(os.path.dirname(__file__), "..", room) for room in rooms)
    files = (file for folder in folders for file in os.scandir(folder))
    return max(file.stat().st_mtime_ns for file in files if file.is_file())


@contextmanager
def known_forecasts(loaded: Loaded) -> Iterator[None]:
    """Within it no forecast is worked out that an earlier run made for this board."""
    answers = loaded.scorecard.answers[""]
    memory = BoardMemory("forecasts-1", ["stats"], loaded.file.path)
    for series, (*parts, shares) in memory.known.items():
        answers[series] = PredictiveDistribution._make((*parts, shares and Shares(*shares)))
    yield
    latest = [*answers.items()][-_FORECASTS_KEPT * len(loaded.file.definitions.kpis) :]
    memory.keep({series: (*it[:-1], it.shares and (*it.shares,)) for series, it in latest if it})


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


def located_findings(file: "DefinitionsFile", findings: Iterable[Finding]) -> LocatedFindings:
    """Each with the place of its key, which is kept as long as the text stays."""
    memory = BoardMemory("places-1", ["store/definitions"], file.text)
    known = {path: Place._make(place) for path, place in memory.known.items()}
    positions = Positions(file.text, known)
    if not known:
        memory.keep({path: tuple(place) for path, place in positions.known.items()})
    return LocatedFindings(file.address, file.definitions, tuple(located_in(positions, findings)))


def _term(name: str) -> "Template | None":
    from kpicli.catalogue.lookup import term

    return term(name)
