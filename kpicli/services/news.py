"""What needs attention on a day and did not on an earlier one: the board on both days."""

from collections.abc import Collection

from kpicli.analysis.analysis_ledger import AnalysisLedger
from kpicli.analysis.attention import Attention, attention
from kpicli.analysis.news import NewsSince, news
from kpicli.environment import Moment
from kpicli.evaluation.period_query import PeriodQuery, evaluation_requests
from kpicli.noun import NamedTuple
from kpicli.services.evaluate import EvaluatedBoard, evaluate_board
from kpicli.store.definitions.committed import definitions_on
from kpicli.store.definitions.read import DefinitionsFile


class NewsQuery(NamedTuple):
    """The end of the earlier day, and what the definitions of that day are found with.

    These are the file as it is today, and the cache; and of them only the KPIs of the `ids`, else
    all.
    """

    since: Moment
    file: DefinitionsFile
    ids: Collection[str] | None
    cache: str | None


class BoardNews(NamedTuple):
    """The news, and the definitions that the earlier day was judged by."""

    since: NewsSince
    file: DefinitionsFile


def board_news(query: NewsQuery, board: EvaluatedBoard, needs: tuple[Attention, ...]) -> BoardNews:
    """What is different from the earlier day, by what had been recorded and committed then."""
    clock, until = query.since
    file = definitions_on(query.file, until, query.cache)
    today_ids = board.loaded.file.definitions.ids
    kpis = [
        kpi
        for kpi in file.definitions.kpis.values()
        if query.ids is None or today_ids.get(kpi.id, kpi.id) in query.ids
    ]
    requests = evaluation_requests(kpis, PeriodQuery(), clock.today, has_past=True)
    then = evaluate_board(file, clock, until, requests)
    earlier = attention(AnalysisLedger.of(then.scorecard), then.evaluations)
    found = news(earlier, needs, board.evaluations, today_ids)
    return BoardNews(NewsSince(clock.today, found, len(needs)), file)
