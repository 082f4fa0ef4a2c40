"""What needs attention on a day and did not on an earlier one: the board on both days."""

from collections.abc import Collection

from kpicli.analysis.analysis_ledger import AnalysisLedger
from kpicli.analysis.attention import Attention, attention
from kpicli.analysis.news import NewsSince, news
from kpicli.environment import Moment
from kpicli.evaluation.period_query import PeriodQuery, evaluation_requests
from kpicli.services.load import EvaluatedBoard, evaluate_board
from kpicli.store.definitions.read import DefinitionsFile


def board_news(
    since: Moment,
    file: DefinitionsFile,
    ids: Collection[str] | None,
    board: EvaluatedBoard,
    needs: tuple[Attention, ...],
) -> NewsSince:
    """What is different from an earlier day, by what had been recorded then.

    `since` is the end of that day and `file` the definitions that it had; of them only the KPIs of
    the `ids` are looked at, else all.
    """
    clock, until = since
    today_ids = board.loaded.file.definitions.ids
    kpis = [
        kpi
        for kpi in file.definitions.kpis.values()
        if ids is None or today_ids.get(kpi.id, kpi.id) in ids
    ]
    requests = evaluation_requests(kpis, PeriodQuery(), clock.today, has_past=True)
    then = evaluate_board(file, clock, until, requests)
    earlier = attention(AnalysisLedger.of(then.scorecard), then.evaluations)
    found = news(earlier, needs, board.evaluations, today_ids)
    return NewsSince(clock.today, found, len(needs))
