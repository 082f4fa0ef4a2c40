"""Which way a name points: what it asks for, and whether less of it is better."""

import re
from collections.abc import Iterator
from itertools import dropwhile, takewhile

from kpicli.language.burden import (
    has_bad_clause,
    is_bad_still,
    is_beside,
    is_burden,
    is_crowding,
    is_leaving,
    is_made_good,
    is_merit,
    is_settled,
    is_spent,
    without_tails,
)
from kpicli.language.concept import endings_of, expression, words_of
from kpicli.language.countable import is_part_of_same, opens_with_share, split_division
from kpicli.language.currency import is_money
from kpicli.language.duration_name import (
    is_age,
    is_clinical_stay,
    is_duration,
    is_good_span,
    is_good_stay,
    is_until_fault,
    is_waiting,
)
from kpicli.language.shortfall import clause_of, is_burden_word, is_repeated, names_shortfall
from kpicli.language.tokens import (
    has_phrase,
    has_token,
    has_word,
    hyphenated_words,
    opens_with,
    tokens,
    topic,
)
from kpicli.model.kpi import Kpi
from kpicli.model.target import Direction
from kpicli.model.unit import PERCENT

_LONG_FORM = re.compile(r"^[A-Z][A-Z\d]+s?\s\(([^()]+\s[^()]+)\)$")
_FURTHER = r"[.;]|,\s(?!<deed.clauses deed.clauses_after_comma>)"
"""Where a definition goes on to how it is counted: `…, unsubscribed ones not removed`."""
_AS_PART = r",?\s(?:<ratio.as_part>)\s"
_BEGINNING = 5  # so many letters at the beginning make one word of two


def direction_in_name(kpi: Kpi) -> Direction | None:
    """The way that the name asks for, where it asks: down in `Reduce churn`."""
    spoken = tokens(kpi.name)
    is_noun = len(spoken) > 1 and spoken[0] in words_of("direction.down_nouns")
    if len(spoken) < 2 or (spoken[1] in words_of("direction.no_verb") and not is_noun):
        return None
    first, last = hyphenated_words(kpi.name)[0], spoken[-1]
    is_up = first in words_of("direction.up") or opens_with(kpi.name, "direction.up_phrases")
    if is_up or last in words_of("direction.last_up"):
        return Direction.HIGHER
    is_down = (
        first in words_of("direction.down")
        or opens_with(kpi.name, "direction.down_phrases")
        or (is_noun and kpi.unit != PERCENT and _counts_burdens(kpi.definition or ""))
        or last in words_of("direction.last_down")
        or (first in words_of("direction.faster") and is_duration(kpi.unit))
        or (first in words_of("direction.cheaper") and is_money(kpi.unit))
    )
    definition = kpi.definition or ""
    counts_change = has_token(definition, words_of("direction.change"))
    counts_change = counts_change or opens_with(definition, "direction.before")
    return Direction.LOWER if is_down and "by" not in spoken and not counts_change else None


def is_less_better(kpi: Kpi) -> bool:
    """Whether by its words less of it is better: churn, cost, time, complaints, defects."""
    name, definition = _counted(kpi.name), kpi.definition or ""
    is_much = is_age(name) or is_crowding(name) or is_clinical_stay(name, definition, kpi.unit)
    if is_much or is_leaving(name, kpi.unit) or is_spent(name) or has_phrase(name, "burden.always"):
        return True
    if is_until_fault(name, definition, kpi.unit) or has_phrase(name, "burden.never"):
        return False
    is_short = names_shortfall(name)
    if not is_short and (is_merit(name) or is_good_stay(name, definition, kpi.unit)):
        return False
    if is_short or is_waiting(name, definition, kpi.unit):
        return is_short or words_of("burden.saved").isdisjoint(tokens(name))
    if name != kpi.name:
        return is_burden(name) and not _is_part_of_burdens(name)
    denials = words_of("shortfall.negation", "shortfall.without")
    is_denied = not denials.isdisjoint(tokens(name))  # `Homes with no defect`
    is_bad = is_burden(name) or (not is_denied and _counts_burdens(definition))
    return is_bad and not _is_dealt_with(kpi)


def _counted(name: str) -> str:
    """What is counted, without what it is counted instead of: `Exchange instead of refund`."""
    if long := _LONG_FORM.match(name):
        return long[1]  # `CPR (Cost per registration)`
    return expression(r"\s(?:<direction.instead>)\s", name).split(name, maxsplit=1)[0]


def _is_dealt_with(kpi: Kpi) -> bool:
    """Whether it asks for less itself, or is about burdens that something was done about."""
    spoken = tokens(kpi.name)
    asks_for_less = bool(spoken) and spoken[0] in words_of("direction.down")
    about, _ = topic(kpi.name)
    is_earned = about[-1] in words_of("burden.earned") and not any(map(is_beside, about))
    is_time = is_duration(about[0]) or about[0] in words_of("burden.time")
    is_good_time = is_time and has_phrase(kpi.name, "burden.good_phrases")
    is_good_time = is_good_time or (kpi.unit != PERCENT and is_good_span(kpi.name))
    is_good_time = is_good_time and not is_beside(about[0])  # `Ausgefallene Unterrichtsstunden`
    spoken_of = {*tokens(kpi.definition or "")}  # of `Paper per household`
    is_sorted = not words_of("burden.gathered").isdisjoint(spoken_of)
    is_sorted = is_sorted and words_of("shortfall.not").isdisjoint(spoken_of)
    is_good = is_earned or is_good_time or is_sorted or is_made_good(kpi.name)
    if asks_for_less or is_good or is_settled(kpi.name) or _is_relieved(kpi.name):
        return True
    is_part = _is_part_of_burdens(kpi.name) or _is_part_of_same_burden(kpi)
    return kpi.unit == PERCENT and is_part


def _is_relieved(name: str) -> bool:
    """Whether something was done about the burdens; money for it is one: `Cost of collection`."""
    per = words_of("text.per", "burden.of_whom")
    if "," in name and tokens(name)[-1] in words_of("deed.places"):
        name = name.partition(",")[0]  # `Test positivity, prevention services`
    divided = tuple(takewhile(lambda word: word not in per, hyphenated_words(name)))
    *before, head = without_tails(topic(name)[0])
    is_noun = is_burden_word(head)  # `Treatment delays`
    if is_noun or (is_beside(head) and len(before) > 1):
        kind = "burden.relief_nouns" if is_noun else "burden.handled"  # `Meals returned unopened`
        divided = tuple(it for it in divided if it not in words_of(kind) or it not in before)
    stems, spoken = endings_of("burden.relief_stems"), " ".join(_without_time_limit(divided))
    may_be = endings_of("burden.able_endings")  # `Behobene Störungen`, no `Avoidable deaths`
    is_cured = any(word.startswith(stems) and not word.endswith(may_be) for word in divided)
    if is_cured or has_word(spoken, words_of("burden.relief")) or has_phrase(name, "burden.timely"):
        return True
    is_money = topic(name)[0][-1] in words_of("burden.spent")
    return not is_money and has_word(spoken, words_of("burden.handled"))


def _without_time_limit(words: tuple[str, ...]) -> Iterator[str]:
    """The words but for the `within` of `Readmissions within 30 days`, which is no relief."""
    is_again = is_repeated(words)
    long = not words_of("burden.long_spans").isdisjoint(words)
    under, each = words_of("burden.under"), words_of("text.articles", "activity.determiners")
    for before, word, after in zip(("", *words), words, (*words[1:], ""), strict=False):
        is_during = word in under and not after[:1].isdigit() and after not in each
        is_burden = is_again or is_burden_word(before) or (long and is_beside(before))
        is_limit = word in words_of("burden.within") and is_burden
        is_range = word in words_of("burden.between") and before in words_of("burden.lost")
        is_less_than = word == "less" and after == "than"
        starts = words_of("text.articles") | {""}
        is_age = after[:1].isdigit() and (before in starts or after[-1] == "s")  # `Under 75s`
        if is_limit and is_again and not words_of("ratio.of").isdisjoint(words):
            return  # `Repeat scans within a month of the treatment`
        if not (is_limit or is_range or is_less_than or is_age or is_during):
            yield word


def _is_part_of_burdens(name: str) -> bool:
    """Whether it is a share of burdens that something was done about: `… that led to action`."""
    about, rest = topic(name)
    dealt = words_of("burden.dealt")
    clause = tuple(dropwhile(lambda word: word not in dealt, rest)) or clause_of(name)
    before = ("", *rest[: len(rest) - len(clause)])  # `Absence of staff who teach` is no part
    if before[-1].endswith(endings_of("burden.workers")):
        return False
    is_bad_too = has_phrase(" ".join(clause), "shortfall.longer") or any(map(is_beside, clause))
    return bool(clause) and not is_bad_too and is_burden(" ".join(about))


def _is_part_of_same_burden(kpi: Kpi) -> bool:
    """Whether it is a share of burdens with which it went well: `Errors found, of all errors`."""
    definition = kpi.definition or ""
    part, *rest = split_division(definition)
    if not rest:  # `Claims notified in time, as a share of claims`
        part, *rest = expression(_AS_PART, definition).split(definition, maxsplit=1)
    whole = " ".join(dropwhile(words_of("text.joints").__contains__, tokens(" ".join(rest))))
    about, following = topic(definition)
    is_clause = following != () and following[0] in words_of("deed.clauses")
    if not rest and is_clause and opens_with_share(definition):
        part, whole = " ".join(following), " ".join(about)  # `Share of the lapsed who renewed`
    is_of_burdens = is_burden(whole) and words_of("burden.spent").isdisjoint(tokens(whole))
    return is_of_burdens and not any(_goes_badly(text, whole) for text in (part, kpi.name))


def _goes_badly(text: str, whole: str) -> bool:
    """Whether it says something bad, beyond the whole, that it does not deny: `with no injury`."""
    beginnings = {word[:_BEGINNING] for word in tokens(whole)}
    said = [word for word in tokens(text) if word[:_BEGINNING] not in beginnings]
    denials = words_of("shortfall.negation", "shortfall.not", "shortfall.without")
    bad = [word for word in said if is_bad_still(word)]
    is_denied = not denials.isdisjoint(said) and any(word not in denials for word in bad)
    return bad != [] and not is_denied


def _counts_burdens(definition: str) -> bool:
    """Whether the definition begins with what is unwanted: `Defective units`, `Pupils who failed`.

    A share that was not done is so of whatever it is a part.
    """
    if opens_with(definition, "compound.excluded"):
        return False  # `Excludes volatility`
    parts = split_division(definition)
    as_part = expression(_AS_PART, parts[0]).split(parts[0], maxsplit=1)
    part = expression(_FURTHER, as_part[0]).split(as_part[0], maxsplit=1)[0]
    good = words_of("burden.relief", "burden.caught", "burden.handled")
    is_short = len(parts) > 1 and names_shortfall(part)
    if not has_token(part, good) and (is_short or has_bad_clause(part)):
        return True
    if has_token(definition, words_of("burden.relief", "burden.caught")):
        return False
    about, _ = topic(definition)
    if about[0] in words_of("burden.spent") or not is_burden(" ".join(about)):
        return not is_duration(about[0]) and _says_bad(part, " ".join((*parts[1:], *as_part[1:])))
    return not is_part_of_same(definition)


def _says_bad(part: str, whole: str) -> bool:
    """Whether it says something bad of what it counts, which the whole is not: `Offers refused`."""
    spoken = {*tokens(part)}
    good = ("burden.handled", "burden.made_good", "burden.taking_off", "burden.good_times")
    denied = ("shortfall.negation", "shortfall.not", "shortfall.without", "deed.outcomes")
    if not words_of(*good, *denied).isdisjoint(spoken):
        return False
    if any(word.startswith(endings_of("burden.relief_stems")) for word in spoken):
        return False
    bad = {word for word in spoken if is_beside(word)}
    return bad != set() and bad.isdisjoint(tokens(whole))


def may_be_negative(name: str) -> bool:
    """Whether it may lie below zero, so that zero is something to reach: profit, growth, an NPS."""
    return has_token(name, words_of("direction.signed"))
