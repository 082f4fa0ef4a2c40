"""What needs a person, and why, in words."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from kpicli.analysis.attention import Attention, Concern
from kpicli.analysis.news import Turn
from kpicli.evaluation.evaluate import Evaluation
from kpicli.evaluation.ledger import Ledger
from kpicli.model.status import Status
from kpicli.text import clipped, safe
from kpicli.views.parts.cells import Items, Prose, Verdict
from kpicli.views.parts.evaluation_columns import (
    ACTUAL,
    AREA,
    GOAL,
    ID,
    NAME,
    OVERDUE,
    OWNER,
    PERIOD,
    STATUS,
    TARGET,
    UNIT,
    VARIANCE,
)
from kpicli.views.parts.view import Column, Field, Fields, Note, View, table_of
from kpicli.views.status import status_counts
from kpicli.views.words.behaviour import chance_text, signal_text
from kpicli.views.words.numbers import NumberFormat
from kpicli.views.words.status_sentence import overdue_text, status_sentence


class AttentionRow(NamedTuple):
    """A KPI that needs attention, and why; where it is news, which way it went."""

    attention: Attention
    text: str
    turn: Turn | None = None

    @property
    def evaluation(self) -> Evaluation:
        """How it stands."""
        return self.attention.evaluation

    def odds(self, name: str) -> Decimal | None:
        """One of the chances of the period in which it is likely to be worse."""
        odds = self.attention.sliding
        return Decimal(f"{getattr(odds, name):.3f}") if odds else None


ATTENTION_COLUMNS: tuple[Column[AttentionRow], ...] = (
    *(ID, NAME, AREA, GOAL, OWNER, PERIOD, UNIT, ACTUAL),
    *(*TARGET, VARIANCE, STATUS, OVERDUE),
    Column("concerns", of=lambda row: Items(row.attention.concerns)),
    Column(
        "odds_period",
        of=lambda row: row.attention.sliding.period if row.attention.sliding else None,
    ),
    Column("odds_met", of=lambda row: row.odds("met")),
    Column("odds_off", of=lambda row: row.odds("off")),
    Column("text", of=lambda row: row.text),
    Column("", "KPI", lambda row: row.evaluation.kpi.name, is_brief=True),
    Column("", "Status", lambda row: Verdict(row.evaluation.status), is_brief=True),
    Column("", "Why", lambda row: Prose(row.text)),
    Column("", "Owner", lambda row: row.evaluation.kpi.owner, rank=1),
)


def attention_view(
    scorecard: Ledger,
    evaluations: Sequence[Evaluation],
    attentions: Sequence[Attention],
    warnings: tuple[str, ...] = (),
) -> View:
    """A row a KPI, most urgent first; where there is none, one line that says so."""
    definitions = scorecard.definitions
    as_of = scorecard.clock.today.isoformat()
    head = Fields((Field("title", definitions.title or None), Field("as_of", as_of)))
    counts = status_counts(evaluations)
    rows = [
        AttentionRow(attention, attention_text(attention, scorecard)) for attention in attentions
    ]
    table = table_of("attention", ATTENTION_COLUMNS, rows).without_empty()
    if not rows:
        nothing = Note(f"nothing needs attention · {counts}")
        return View("attention", "", (head, table, nothing), "", warnings)
    heading = " · ".join(filter(None, (clipped(definitions.title), "needs attention")))
    verb = "needs" if len(rows) == 1 else "need"
    footer = f"{counts} · {len(rows):,} {verb} attention"
    return View("attention", heading, (head, table), footer, warnings)


def attention_text(attention: Attention, scorecard: Ledger) -> str:
    """`480,000 kr, 20,000 kr short of 500,000 kr; 8 months in a row below average`."""
    evaluation = attention.evaluation
    sentences = {
        Concern.OFF_TARGET: _off_target(evaluation, scorecard),
        Concern.SLIDING: _sliding(attention),
        Concern.SIGNAL: _signals(attention),
        Concern.OVERDUE: f"overdue: {overdue_text(scorecard, evaluation)}",
        Concern.DAMAGED: evaluation.reason,
    }
    return safe("; ".join(sentences[concern] for concern in attention.concerns))


def _off_target(evaluation: Evaluation, scorecard: Ledger) -> str:
    """How far off target it is, and in which period that was."""
    text = status_sentence(NumberFormat(evaluation, scorecard.definitions))
    period = str(evaluation.period)
    return text if period in text else f"{text} in {period}"


def _signals(attention: Attention) -> str:
    """What is unusual, and whether the limits are on trial yet."""
    kpi = attention.evaluation.kpi
    text = "; ".join(signal_text(signal, kpi) for signal in attention.signals)
    return f"{text} (provisional limits)" if attention.is_trial else text


def _sliding(attention: Attention) -> str:
    """`on target now, 64% to miss 2026-12`."""
    if attention.sliding is None:
        return ""
    status = attention.evaluation.status
    worse = "miss" if status is Status.ON_TARGET else "be off target in"
    chance = chance_text(attention.chance)
    return f"{status.word} now, {chance} to {worse} {attention.sliding.period}"
