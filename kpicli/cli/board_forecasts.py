"""The forecasts of a board: what follows some values is kept for the next report on them."""

from collections.abc import Iterator
from contextlib import contextmanager

from kpicli.cli.board_memory import BoardMemory
from kpicli.services.load import Loaded
from kpicli.stats.predictive_distribution import PredictiveDistribution, Shares

_KEPT = 2
"""So many a KPI: two days may be asked about in turn."""


@contextmanager
def known_forecasts(loaded: Loaded) -> Iterator[None]:
    """Within it nothing is worked out that was for this board before."""
    answers = loaded.scorecard.answers[""]
    memory = BoardMemory("forecasts-1", ["stats"], loaded.file.path)
    for series, (*parts, shares) in memory.known.items():
        answers[series] = PredictiveDistribution._make((*parts, shares and Shares(*shares)))
    yield
    latest = [*answers.items()][-_KEPT * len(loaded.file.definitions.kpis) :]
    memory.keep({series: (*it[:-1], it.shares and (*it.shares,)) for series, it in latest if it})
