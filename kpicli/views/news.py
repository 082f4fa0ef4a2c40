"""What needs a person now and did not on an earlier day, and what no longer does, in words."""

from collections.abc import Sequence

from kpicli.analysis.attention import Concern
from kpicli.analysis.news import News, NewsSince, Turn
from kpicli.evaluation.evaluate import Evaluation
from kpicli.evaluation.ledger import Ledger
from kpicli.text import clipped, comma_list, safe
from kpicli.views.attention import ATTENTION_COLUMNS, AttentionRow, attention_text
from kpicli.views.parts.view import Column, Field, Note, View, board_head, table_of
from kpicli.views.status import status_counts
from kpicli.views.words.numbers import NumberFormat
from kpicli.views.words.status_sentence import status_sentence

_WORDS = {
    Concern.OFF_TARGET: "off target",
    Concern.OVERDUE: "overdue",
    Concern.DAMAGED: "damaged",
    Concern.AT_RISK: "likely to stay at risk",
    Concern.SLIDING: "likely to miss its target",
    Concern.SIGNAL: "newly unusual",
}


_COLUMNS: tuple[Column[AttentionRow], ...] = (
    Column("change", of=lambda row: row.turn),
    Column("", "News", lambda row: row.turn, is_brief=True),
    *ATTENTION_COLUMNS,
)


def news_view(
    scorecard: Ledger,
    evaluations: Sequence[Evaluation],
    since: NewsSince,
    warnings: tuple[str, ...] = (),
) -> View:
    """A row a KPI for what is new, most urgent first, then for what is over; or one line."""
    definitions = scorecard.definitions
    rows = [_row(news, scorecard) for news in since.news]
    blocks = (
        board_head(definitions, scorecard.clock.today, Field("since", since.day.isoformat())),
        table_of("attention", _COLUMNS, rows).without_empty(),
    )
    counts = status_counts(evaluations)
    if since.needy:
        verb = "needs" if since.needy == 1 else "need"
        counts = f"{counts} · {since.needy:,} {verb} attention in all"
    if not rows:
        nothing = Note(f"nothing new or over since {since.day} · {counts}")
        return View("attention", "", (*blocks, nothing), "", warnings)
    heading = " · ".join(filter(None, (clipped(definitions.title), f"news since {since.day}")))
    return View("attention", heading, blocks, counts, warnings)


def _row(news: News, scorecard: Ledger) -> AttentionRow:
    if news.turn is Turn.NEW:
        return AttentionRow(news.attention, attention_text(news.attention, scorecard), news.turn)
    over = news.attention._replace(evaluation=news.evaluation, odds=None, explains=None)
    return AttentionRow(over, _over_text(news, scorecard), news.turn)


def _over_text(news: News, scorecard: Ledger) -> str:
    """`no longer off target or overdue; 505,000 kr, 5,000 kr above 500,000 kr in 2026-10`."""
    words = [_WORDS[concern] for concern in news.attention.concerns]
    if news.now is None:
        return "no longer kept"
    sentence = status_sentence(NumberFormat(news.now, scorecard.definitions))
    period = "" if str(news.now.period) in sentence else f" in {news.now.period}"
    return safe(f"no longer {comma_list(words, 'or')}; {sentence}{period}")
