"""What needs attention: all that does, or with --since what is new and what is over."""

from collections.abc import Collection

from kpicli.analysis.analysis_ledger import AnalysisLedger
from kpicli.analysis.attention import Attention, GoodNews, attention, good_news
from kpicli.analysis.news import NewsSince, news
from kpicli.cli.board_memory import known_forecasts
from kpicli.cli.options import FileOptions
from kpicli.cli.output import say
from kpicli.environment import Moment, cache_folder
from kpicli.evaluation.period_query import PeriodQuery, evaluation_requests
from kpicli.noun import NamedTuple
from kpicli.services.load import EvaluatedBoard, evaluate_board
from kpicli.store.definitions.committed import definitions_on
from kpicli.store.definitions.read import DefinitionsFile
from kpicli.views.attention import attention_view, news_view
from kpicli.views.parts.view import View


class Needs(NamedTuple):
    """What needs attention on a board, and what of that is news, where that was asked for."""

    board: EvaluatedBoard
    attentions: tuple[Attention, ...]
    good_news: tuple[GoodNews, ...] = ()
    news: NewsSince | None = None
    earlier_warnings: tuple[str, ...] = ()

    @property
    def has_new(self) -> bool:
        """Whether any of it is new."""
        return self.news is not None and self.news.has_new

    def view(self, most: int | None) -> View:
        """A row a KPI; no more than so many of all that need attention."""
        board, warnings = self.board, self.board.loaded.warnings
        if self.news is None:
            needs, good = self.attentions, self.good_news
            return attention_view(board.scorecard, board.evaluations, needs, good, warnings, most)
        lines = tuple(dict.fromkeys((*self.earlier_warnings, *warnings)))
        return news_view(board.scorecard, board.evaluations, self.news, lines)


def needs_of(
    board: EvaluatedBoard, since: Moment | None, files: FileOptions, ids: Collection[str] | None
) -> Needs:
    """What needs attention now, and what of that is news since a day; of some KPIs, else of all."""
    ledger = AnalysisLedger.of(board.scorecard)
    with known_forecasts(board.loaded):
        attentions = attention(ledger, board.evaluations)
    if since is None:
        return Needs(board, attentions, good_news(ledger, board.evaluations, attentions))
    file = definitions_on(files.definitions(), since.until, cache_folder())
    found = _news(since, file, ids, board, attentions)
    if file.version:
        say(f"{since.clock.today} judged by {file.name} {file.version}")
    return Needs(board, attentions, news=found, earlier_warnings=file.warnings)


def _news(
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
    today_ids = board.loaded.file.definitions.ids
    kpis = [
        kpi
        for kpi in file.definitions.kpis.values()
        if ids is None or today_ids.get(kpi.id, kpi.id) in ids
    ]
    requests = evaluation_requests(kpis, PeriodQuery(), since.clock.today, has_past=True)
    then = evaluate_board(file, since, requests)
    earlier = attention(AnalysisLedger.of(then.scorecard), then.evaluations)
    found = news(earlier, needs, board.evaluations, today_ids)
    return NewsSince(since.clock.today, found, len(needs))
