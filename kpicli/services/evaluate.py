"""Judge what was asked for by as much of the log as that takes, and no more of it."""

from collections.abc import Sequence
from typing import NamedTuple

from kpicli.evaluation.evaluate import Evaluation, evaluate
from kpicli.evaluation.latest import latest_evaluation
from kpicli.evaluation.lookback import EvaluationRequest, further_requests, lookback_of
from kpicli.model.record import Clock
from kpicli.model.scorecard import Scorecard
from kpicli.services.load import Loaded, load
from kpicli.store.definitions.read import DefinitionsFile


class Judged(NamedTuple):
    """What was loaded, and an evaluation of everything that was asked for, in that order."""

    loaded: Loaded
    evaluations: Sequence[Evaluation]

    @property
    def scorecard(self) -> Scorecard:
        """What it was judged by."""
        return self.loaded.scorecard


def judged(
    file: DefinitionsFile, clock: Clock, until: str, asked: Sequence[EvaluationRequest]
) -> Judged:
    """By as much of the log as is looked at first, and by more of it where that falls short.

    Only what was recorded before the instant `until` counts, if there is one.
    """
    while True:
        first = lookback_of(file.definitions, asked, clock.today)
        loaded = load(file, clock, until, first)
        found = [_evaluation(loaded.scorecard, one) for one in asked]
        pairs = zip(asked, found, strict=True)
        instead = further_requests(loaded.scorecard, pairs, loaded.reading.left_out)
        if instead == list(asked):
            return Judged(loaded, found)
        asked = instead


def _evaluation(scorecard: Scorecard, asked: EvaluationRequest) -> Evaluation:
    if asked.period is None:
        return latest_evaluation(scorecard, asked.kpi, asked.frequency)
    return evaluate(scorecard, asked.kpi, asked.period)
