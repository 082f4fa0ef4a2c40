"""Ratios by their words: whether both of their parts are named, and what is a score instead."""

import re

from kpicli.language.concept import expression, words_of
from kpicli.language.countable import divides_things, is_plural, names_per_many, opens_with_share
from kpicli.language.duration_name import is_duration
from kpicli.language.tokens import (
    has_phrase,
    has_token,
    has_word,
    opens_with,
    tokens,
    topic,
    written_words,
)
from kpicli.model.kpi import Kpi, Rollup
from kpicli.model.unit import PERCENT

_TIMES = re.compile(r"(?<=[^\W\d])\s(?:times|ganger|gange|gånger|mal|fois|por|x)\s(?=[^\W\d])")
_SHARE_OF = r"(?:\b(?:<ratio.shares>)|%)\s+(?:<ratio.of>)\s+(?!\Z)"
_PART_OF = _SHARE_OF.replace("shares", "shares -ratio.heads -ratio.rates")
"""`Share of `, and not `rate of `, behind which may stand what is counted."""
_QUOTIENT = re.compile(r"[\w)](?:[:/]\s?|\s[:/]\s)\w")
_NOT_EACH = "cent|les?|las?|los|el|une?|una|the|nos|des|leurs|sus|nuestr[ao]s"
_PER = rf"(?<!\bas )\b(?!por\s\w+[aeo]s\b)(?:<text.per>)\.?\s+(?!(?:{_NOT_EACH})\b)(\w+)"
"""What stands behind `par` or `por` where it says by whom, and not for each."""
_THROUGH = r"[^,;.]+\s(?:<ratio.through>)\s[^\d][^,;.]+$"
_FEWEST_TOLD = 5  # words of a share that names them and then which of them
_SHORTEST_HEAD = 5  # so many letters has a thing at least that a compound may end in
_LONGEST_DEFINITION = 28  # more words describe a field, and what is counted stands elsewhere
_FURTHEST = 12  # so many things further on the same may stand again


def is_ratio(kpi: Kpi) -> bool:
    """Whether it is one part divided by another: by its unit, else by what its name ends in."""
    heads = words_of("ratio.heads")
    is_score = _names_score(kpi.name) and heads.isdisjoint(tokens(kpi.name))  # `Taux de réponse`
    is_score = is_score or has_word(kpi.name, words_of("ratio.natural"))
    if is_score or _is_scored(kpi.definition or ""):
        return False
    if kpi.unit == PERCENT:
        return True
    is_plain = not kpi.unit or kpi.unit.casefold() in words_of("ratio.without_unit")
    return is_plain and topic(kpi.name)[0][-1] in heads


def is_score(kpi: Kpi) -> bool:
    """Whether it is a point on a scale, which nobody adds up: a grade, stars, an NPS."""
    is_scale = has_word(kpi.unit, words_of("number.scales"))
    return is_scale or _names_score(kpi.name) or _is_scored(kpi.definition or "")


def _names_score(text: str) -> bool:
    return has_word(text, words_of("number.scales", "number.scores", "ratio.natural"))


def _is_scored(definition: str) -> bool:
    """Whether it is a point on a scale, and not a share of answers."""
    if not _names_score(definition) or tells_share(definition) or divides(definition):
        return False
    return has_word(definition, words_of("number.scales", "number.means", "ratio.natural"))


def names_both_parts(text: str) -> bool:
    """Whether a text says what is divided by what."""
    is_prose = len(tokens(text)) > _LONGEST_DEFINITION
    if is_prose or divides(text) or has_phrase(text, "ratio.over") or _is_product(text):
        return True
    is_through = has_token(text, words_of("ratio.through"))  # `Mängd utsläpp genom mängd vatten`
    if is_through and expression(_THROUGH, text).match(text):
        return True
    if _begins_with_whole(text) or expression(r",\s(?:<ratio.of_them>)\s", text).search(text):
        return True
    if has_phrase(text, "ratio.earlier") and has_word(text, words_of("ratio.change")):
        return True
    share = expression(_PART_OF, text).search(text)
    whole = tokens(text[share.end() :]) if share else ()
    if len([word for word in whole if word not in words_of("text.articles")]) >= 2:
        return True
    is_told = opens_with_share(text) and len(tokens(text)) >= _FEWEST_TOLD
    return is_told or _is_on_average(text) or _names_twice(text)


def is_share_of_same(text: str) -> bool:
    """Whether things are a share of the same: `Seats taken as a share of the seats on board`."""
    is_told = has_phrase(text, "ratio.as_part") and not divides(text)
    return is_told and not has_phrase(text, "ratio.earlier") and _names_twice(text)


def _names_twice(text: str) -> bool:
    """Whether it names things of one kind twice: `Orders on time, of the orders sent`."""
    things = [word.casefold() for word in written_words(text) if is_plural(word)]
    bare = [thing.rstrip("ns") for thing in things]
    return any(
        later.endswith(thing) or (len(later) >= _SHORTEST_HEAD and thing.endswith(later))
        for at, thing in enumerate(bare)
        for later in bare[at + 1 : at + _FURTHEST]
    )


def _is_on_average(text: str) -> bool:
    """Whether it is set over a mean or a total: `Leavers, over average headcount`."""
    spoken = tokens(text)
    onto, wholes = words_of("ratio.onto"), words_of("number.means", "ratio.wholes")
    return any(
        word in onto and not wholes.isdisjoint(spoken[at + 1 : at + 4])
        for at, word in enumerate(spoken)
    )


def _begins_with_whole(text: str) -> bool:
    """Whether it names the whole first: `Of the loans approved, those that are paid`."""
    whole, comma, part = text.strip().partition(",")
    return bool(comma) and len(tokens(part)) > 1 and opens_with(whole, "ratio.whole_first")


def _is_product(text: str) -> bool:
    """Whether it is several things multiplied: `availability multiplied by performance`."""
    if "\u00d7" in text or has_phrase(text, "ratio.multiplied"):
        return True
    return len(_TIMES.findall(text)) > 1


def names_share(text: str) -> bool:
    """Whether it says of what something is a share: `as a share of all visits`."""
    return has_phrase(text, "ratio.of_all") or tells_share(text)


def tells_share(text: str) -> bool:
    """Whether it says `share of`, and what it is a share of behind it."""
    return bool(expression(_SHARE_OF, text).search(text))


def divides(text: str) -> bool:
    """Whether it says so in as many words: `divided by`, `/`, `per order`."""
    if divides_things(text) or ("/" in text and _QUOTIENT.search(text)):
        return True
    times = words_of("number.times")
    return any(per[1].casefold() not in times for per in expression(_PER, text).finditer(text))


def is_quotient(first: str, second: str, definition: str) -> bool:
    """Whether the stroke divides: `LTV/CAC`, or what the definition calls a share."""
    if first.rsplit(maxsplit=1)[-1].isupper() and second.split(maxsplit=1)[0].isupper():
        return True
    if names_share(definition):
        return True
    is_joined = has_token(definition, words_of("compound.joined"))
    return has_token(definition, words_of("compound.shared")) and not is_joined


def says_number_for_ratio(kpi: Kpi) -> bool:
    """Whether the name begins with `Number of`, and the definition says that it is divided.

    An average number of days is a number all the same, and so is one per thousand by its name.
    """
    definition = kpi.definition or ""
    is_number = "-" not in kpi.name.partition(" ")[0] and opens_with(kpi.name, "number.numbers")
    if divides(kpi.name) or names_per_many(kpi.name):
        return False
    is_share = opens_with_share(definition)
    is_mean = not is_share and has_word(definition, words_of("number.means"))
    if not is_number or is_mean or is_duration(kpi.unit):
        return False
    is_told = tells_share(definition) or has_phrase(definition, "ratio.over")
    is_told = (is_told and kpi.unit == PERCENT) or names_per_many(definition.partition("(")[0])
    return is_share or is_told or divides_things(definition)


def is_averaged(kpi: Kpi) -> bool:
    """Whether a longer period is the mean, or the last, of ratios whose parts could be recorded."""
    if kpi.rollup is Rollup.LAST and has_phrase(kpi.definition or "", "ratio.rolling"):
        return False
    return kpi.rollup in {Rollup.MEAN, Rollup.LAST} and has_parts(kpi)


def has_parts(kpi: Kpi) -> bool:
    """Whether it is a ratio whose parts could be recorded, and their sums be divided."""
    if kpi.formula:
        return "/" in kpi.formula.text
    definition = kpi.definition or ""
    if has_phrase(definition, "ratio.stock") or _names_score(kpi.name):
        return False
    return is_ratio(kpi) if kpi.unit == PERCENT else divides_things(definition)
