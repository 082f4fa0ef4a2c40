"""Evaluate KPIs by as much of the log as that takes, and no more of it."""

from collections.abc import Sequence

from kpicli.evaluation.evaluate import Evaluation
from kpicli.evaluation.ledger import Ledger
from kpicli.evaluation.lookback import EvaluationRequest, further_requests, lookback_of
from kpicli.model.record import Clock
from kpicli.noun import NamedTuple
from kpicli.services.load import Loaded, load_board
from kpicli.store.definitions.read import DefinitionsFile


class EvaluatedBoard(NamedTuple):
    """What was loaded, and an evaluation for every query, in that order."""

    loaded: Loaded
    evaluations: Sequence[Evaluation]

    @property
    def scorecard(self) -> Ledger:
        """What they were evaluated by."""
        return self.loaded.scorecard


def evaluate_board(
    file: DefinitionsFile, clock: Clock, until: str, queries: Sequence[EvaluationRequest]
) -> EvaluatedBoard:
    """By as much of the log as is looked at first, and by more of it where that falls short.

    Only what was recorded before the instant `until` counts, if there is one.
    """
    while True:
        first = lookback_of(file.definitions, queries, clock.today)
        loaded = load_board(file, clock, until, first)
        evaluations = [_evaluation(loaded.scorecard, query) for query in queries]
        pairs = zip(queries, evaluations, strict=True)
        further_queries = further_requests(loaded.scorecard, pairs, loaded.log.left_out)
        if further_queries == list(queries):
            return EvaluatedBoard(loaded, evaluations)
        queries = further_queries


def _evaluation(scorecard: Ledger, query: EvaluationRequest) -> Evaluation:
    if query.period is None:
        return scorecard.latest(query.kpi, query.frequency)
    return scorecard.evaluate(query.kpi, query.period)
