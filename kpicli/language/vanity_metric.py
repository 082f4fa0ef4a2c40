"""Counts that only ever grow, and so look good whatever is done."""

from kpicli.language.concept import endings_of, expression, words_of
from kpicli.language.countable import divides_things
from kpicli.language.currency import is_money
from kpicli.language.duration_name import is_duration
from kpicli.language.ratio import divides
from kpicli.language.tokens import has_phrase, has_token, tokens, topic
from kpicli.model.kpi import Definitions
from kpicli.model.unit import PERCENT

_FROM_YEAR = r"\b(?:<vanity.from>)\s(?:\w+\.?\s){0,2}(?:19|20)\d\d\b"
_FROM_PERIOD = r"\b(?:<vanity.period_starts>)\s(?:\w+\s){0,3}(?:<number.times>)\b"
"""What begins anew with each: `since the start of the training year`."""
_NEAR = 6  # so many words after `since` stands what it was


def is_vanity(name: str, definition: str, unit: str) -> bool:
    """Whether by its words it is a count that only ever grows, and no ratio of its own."""
    if not is_count(name, unit, definition) or divides(name):
        return False
    if goes_on_from_start(name):
        return not divides_things(definition)  # `die je kamen` divides nothing
    definition = expression(r"\b(?:<vanity.either>)\b", definition).sub("", definition)
    about, counted = topic(name)[0], topic(definition)[0]
    if divides(definition) or not words_of("number.amounts").isdisjoint((*about, *counted)):
        return False
    if goes_on_from_start(definition):
        return True
    heads = {about[0], about[-1], counted[-1]}
    words, ends = words_of("vanity.words"), endings_of("vanity.endings")
    is_vain = any(head in words or head.endswith(ends) for head in heads)
    is_acting = has_token(definition, words_of("vanity.acting"))
    return not is_acting and (is_vain or has_phrase(name, "vanity.phrases"))


def goes_on_from_start(text: str) -> bool:
    """Whether it says that it never begins anew: `Cards issued to date`, but not `up to date`."""
    if not has_phrase(text, "vanity.since") and not _counts_from(text):
        return False
    is_current = has_phrase(text, "vanity.current")
    return not is_current and not expression(_FROM_PERIOD, text).search(text)


def _counts_from(text: str) -> bool:
    """Whether it counts from a year or an event on: `visitors since May 2022`."""
    if any(map(str.isdigit, text)) and expression(_FROM_YEAR, text).search(text):
        return True
    spoken = tokens(text)
    since, events = words_of("vanity.after"), words_of("vanity.events")
    spans = words_of("shortfall.spans", "shortfall.years")  # `Years since installation`
    starts = (at for at, word in enumerate(spoken) if word in since)
    return any(
        not events.isdisjoint(spoken[at + 1 : at + _NEAR]) and spans.isdisjoint(spoken[:at][-1:])
        for at in starts
    )


def is_count(name: str, unit: str, definition: str = "") -> bool:
    """Whether it is neither measured nor of those who are more than a number."""
    spoken, real = tokens(unit), words_of("vanity.real")
    is_amount = any(is_money(word) or is_duration(word) for word in spoken)
    if PERCENT in spoken or (is_amount and not goes_on_from_start(name)):
        return False
    if has_token(name, real) and any(map(goes_on_from_start, (name, definition))):
        real -= words_of("deed.clauses", "vanity.then")  # `Readers, all time`
    return not has_token(name, real)


def ratio_inputs(definitions: Definitions) -> frozenset[str]:
    """The ids of the KPIs that a formula with a division is over."""
    formulas = [kpi.formula for kpi in definitions.kpis.values() if kpi.formula]
    return frozenset(
        step.id for formula in formulas if "/" in formula.text for step in formula.inputs
    )
