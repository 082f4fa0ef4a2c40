"""Signals, chances and what needs a person, in words."""

from collections.abc import Iterable, Sequence

from kpicli.analysis.attention import IN_A_ROW, Attention, Concern, GoodNews
from kpicli.analysis.control_chart import Signal
from kpicli.analysis.news import News
from kpicli.analysis.trend import TrendDirection
from kpicli.evaluation.evaluate import Evaluation
from kpicli.evaluation.ledger import Ledger
from kpicli.model.kpi import Kpi
from kpicli.model.status import Status
from kpicli.stats.signal_runs import SignalRule
from kpicli.text import clipped, comma_list, plural, safe
from kpicli.views.words.numbers import NumberFormat
from kpicli.views.words.status_sentence import overdue_text, status_sentence

_WORDS = {
    Concern.OFF_TARGET: "off target",
    Concern.OVERDUE: "overdue",
    Concern.DAMAGED: "damaged",
    Concern.AT_RISK: "likely to stay at risk",
    Concern.SLIDING: "sliding",
    Concern.SIGNAL: "newly unusual",
}


def signal_text(signal: Signal, kpi: Kpi) -> str:
    """`8 months in a row below average`, `2026-03 is above its usual range`.

    With a gap among them it is `8 known months in a row`. What is no news any more is told with the
    period in which it was, or a season before: `…, as in 2025-03`.
    """
    is_other = signal.as_in not in {None, signal.last} or signal.size > 1
    again = f", as in {signal.as_in}" if signal.as_in and is_other else ""
    return f"{_subject(signal, kpi)} {_place(signal)}{again}"


def _subject(signal: Signal, kpi: Kpi) -> str:
    """The period that is meant, or how many of them."""
    if signal.size == 1:
        return f"{signal.last} is"
    noun, months = kpi.frequency.noun, signal.last.since(signal.first) + 1
    if signal.size == months:
        return f"{plural(months, noun)} in a row"
    if signal.rule is SignalRule.NEAR:
        return f"{signal.size} of {plural(months, noun)}"
    return f"{plural(signal.size, f'known {noun}')} in a row"


def _place(signal: Signal) -> str:
    """Where they lie."""
    above, top = ("above", "top") if signal.is_above else ("below", "bottom")
    places = {
        SignalRule.OUTSIDE: f"{above} its usual range",
        SignalRule.RUN: f"{above} average",
        SignalRule.NEAR: f"near the {top} of its usual range",
    }
    return places[signal.rule]


def chance_text(share: float) -> str:
    """`23%`, `under 1%`, `over 99%`; nothing but what is certain is 0% or 100%."""
    if 0 < share < 0.01:
        return "under 1%"
    return "over 99%" if 0.99 < share < 1 else f"{round(100 * share)}%"


def attention_text(attention: Attention, scorecard: Ledger) -> str:
    """`480,000 kr, 20,000 kr short of 500,000 kr; 8 months in a row below average`.

    Signals that are no news any more are told beside what is, and so is how far short it is where
    that is no concern.
    """
    evaluation, concerns = attention.evaluation, attention.concerns
    is_missed = evaluation.status in {Status.AT_RISK, Status.OFF_TARGET}
    signals = signal_list(attention.signals, evaluation)
    texts = (
        _standing(attention, scorecard) if is_missed or Concern.SLIDING in concerns else "",
        f"overdue: {overdue_text(scorecard, evaluation)}" if Concern.OVERDUE in concerns else "",
        evaluation.reason if Concern.DAMAGED in concerns else "",
        signals + (" (provisional limits)" if signals and attention.is_trial else ""),
    )
    return safe("; ".join(filter(None, texts)))


def _standing(attention: Attention, scorecard: Ledger) -> str:
    """How it stands and in which period, since when, how likely it misses, and where it goes."""
    kpi, count, odds = attention.evaluation.kpi, attention.in_a_row, attention.odds
    texts = [_dated(attention.evaluation, scorecard)]
    if count >= IN_A_ROW:
        texts.append(f"{plural(count, kpi.frequency.noun)} in a row")
    if odds:
        texts.append(f"{chance_text(attention.chance)} to miss {odds.period}")
    if attention.move:
        is_still = attention.move is TrendDirection.FLAT
        texts.append("and it stands still" if is_still else f"and it goes {attention.move}")
    return ", ".join(texts)


def _dated(evaluation: Evaluation, scorecard: Ledger) -> str:
    """How it stands, and in which period that was."""
    text = status_sentence(NumberFormat(evaluation, scorecard.definitions))
    period = str(evaluation.period)
    return text if period in text else f"{text} in {period}"


def signal_list(signals: Iterable[Signal], evaluation: Evaluation) -> str:
    """What all of them say."""
    return "; ".join(signal_text(signal, evaluation.kpi) for signal in signals)


def good_news_text(good_news: Sequence[GoodNews]) -> str:
    """`for the better: Orders (8 months in a row above average), Visitors (…)`."""
    texts = [
        f"{clipped(news.evaluation.kpi.name)} ({signal_list(news.signals, news.evaluation)})"
        for news in good_news
    ]
    return f"for the better: {', '.join(texts)}"


def over_text(news: News, scorecard: Ledger) -> str:
    """`no longer off target or overdue; 505,000 kr, 5,000 kr above 500,000 kr in 2026-10`."""
    if news.now is None:
        return "no longer kept"
    is_behind = news.now.status is Status.OFF_TARGET
    known = _WORDS | ({Concern.OFF_TARGET: "likely to miss its target"} if is_behind else {})
    words = [known[concern] for concern in news.attention.concerns]
    return safe(f"no longer {comma_list(words, 'or')}; {_dated(news.now, scorecard)}")
