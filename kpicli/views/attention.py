"""What needs a person, and why; what of it is new since a day, and what is over."""

from collections.abc import Sequence
from decimal import Decimal

from kpicli.analysis.attention import Attention, GoodNews
from kpicli.analysis.news import News, NewsSince, Turn
from kpicli.evaluation.evaluate import Evaluation
from kpicli.evaluation.ledger import Ledger
from kpicli.noun import NamedTuple
from kpicli.text import clipped
from kpicli.views.parts.cells import Items, Prose, Verdict
from kpicli.views.parts.evaluation_columns import TARGET, shared
from kpicli.views.parts.view import (
    Block,
    Column,
    Field,
    Note,
    Table,
    View,
    attribute_columns,
    board_head,
    row_of,
    table_of,
)
from kpicli.views.status import status_counts
from kpicli.views.words.behaviour import attention_text, good_news_text, over_text, signal_list


class _Row(NamedTuple):
    """A KPI that needs attention, and why; where it is news, which way it went."""

    attention: Attention
    text: str
    turn: Turn | None = None

    @property
    def evaluation(self) -> Evaluation:
        return self.attention.evaluation

    def odds(self, name: str) -> Decimal | None:
        """One of the chances of the period in which it is likely to miss its target."""
        odds = self.attention.odds
        return Decimal(f"{getattr(odds, name):.3f}") if odds else None


_COLUMNS: tuple[Column[_Row], ...] = (
    *shared("id", "name", "area", "goal", "owner", "period", "unit", "actual"),
    *(*TARGET, *shared("variance", "status", "overdue")),
    Column("concerns", of=lambda row: Items(row.attention.concerns)),
    Column("odds_period", of=lambda row: row.attention.odds.period if row.attention.odds else None),
    Column("odds_met", of=lambda row: row.odds("met")),
    Column("odds_off", of=lambda row: row.odds("off")),
    Column("explains", of=lambda row: row.attention.explains),
    Column("text", of=lambda row: row.text),
    Column("", "KPI", lambda row: row.evaluation.kpi.name, is_brief=True),
    Column("", "Status", lambda row: Verdict(row.evaluation.status), is_brief=True),
    Column("", "Why", lambda row: Prose(row.text)),
    Column("", "Owner", lambda row: row.evaluation.kpi.owner, rank=1),
)
_NEWS_COLUMNS: tuple[Column[_Row], ...] = (
    Column("change", of=lambda row: row.turn),
    Column("", "News", lambda row: row.turn, is_brief=True),
    *_COLUMNS,
)


MOST = 7  # lines that are read; of more there is a count

_GOOD_NEWS: tuple[Column[GoodNews], ...] = (
    *attribute_columns("id", "name", of="evaluation.kpi"),
    Column("text", of=lambda row: signal_list(row.signals, row.evaluation)),
)


def attention_view(  # noqa: PLR0917 - two findings of a board, and how they are shown
    scorecard: Ledger,
    evaluations: Sequence[Evaluation],
    attentions: Sequence[Attention],
    good_news: Sequence[GoodNews] = (),
    warnings: tuple[str, ...] = (),
    most: int | None = None,
) -> View:
    """A row a KPI, most urgent first; where there is none, one line that says so.

    What explains another one stands beneath it. Of more than `most` rows a line has the count, and
    what is good is one line at the end.
    """
    definitions = scorecard.definitions
    head = board_head(definitions, scorecard.clock.today)
    counts = status_counts(evaluations)
    rows = [
        row_of(
            _COLUMNS,
            _Row(attention, attention_text(attention, scorecard)),
            depth=int(attention.explains is not None),
        )
        for attention in attentions[:most]
    ]
    blocks: list[Block] = [head, Table("attention", _COLUMNS, tuple(rows)).without_empty()]
    if len(attentions) > len(rows):
        blocks.append(Note(f"and {len(attentions) - len(rows):,} more: --all lists them"))
    blocks.append(table_of("favourable", _GOOD_NEWS, good_news, is_aside=True))
    end = [Note(good_news_text(good_news))] if good_news else []
    if not rows:
        nothing = Note(f"nothing needs attention · {counts}")
        return View("attention", "", (*blocks, nothing, *end), "", warnings)
    heading = " · ".join(filter(None, (clipped(definitions.title), "needs attention")))
    verb = "needs" if len(attentions) == 1 else "need"
    footer = f"{counts} · {len(attentions):,} {verb} attention"
    return View("attention", heading, (*blocks, *end), footer, warnings)


def news_view(
    scorecard: Ledger,
    evaluations: Sequence[Evaluation],
    since: NewsSince,
    warnings: tuple[str, ...],
) -> View:
    """A row a KPI for what is new, most urgent first, then for what is over; or one line."""
    definitions = scorecard.definitions
    rows = [_row(news, scorecard) for news in since.news]
    blocks = (
        board_head(definitions, scorecard.clock.today, Field("since", since.day.isoformat())),
        table_of("attention", _NEWS_COLUMNS, rows).without_empty(),
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


def _row(news: News, scorecard: Ledger) -> _Row:
    if news.turn is Turn.NEW:
        return _Row(news.attention, attention_text(news.attention, scorecard), news.turn)
    over = news.attention._replace(evaluation=news.evaluation, odds=None, explains=None)
    return _Row(over, over_text(news, scorecard), news.turn)
