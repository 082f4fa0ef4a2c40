"""Ratios by their words: whether both parts are named, and whether it is a share of a whole."""

import re
from functools import cache

from kpicli.language.concept import pattern_of, words_of
from kpicli.language.countable import (
    divides_things,
    is_part_of_same,
    is_plural,
    opens_with_share,
    split_division,
)
from kpicli.language.direction import is_duration
from kpicli.language.tokens import has_phrase, has_token, has_word, tokens, topic, written_words
from kpicli.model.kpi import Kpi, Rollup
from kpicli.model.unit import PERCENT

_TIMES = re.compile(r"(?<=[^\W\d])\s(?:times|ganger|gange|gånger|mal|fois|por)\s(?=[^\W\d])")
_QUOTIENT = re.compile(r"\w\s?[:/]\s?\w")
_WHOLE = 100
_FEWEST_OF_BOTH = 6
"""Words of a share that can name both of its parts."""


def is_ratio(kpi: Kpi) -> bool:
    """Whether it is one part divided by another: by its unit, else by what its name ends in."""
    if _names_score(kpi.name) or _is_scored(kpi.definition or ""):
        return False
    if kpi.unit == PERCENT:
        return True
    is_plain = not kpi.unit or kpi.unit.casefold() in words_of("ratio.without_unit")
    return is_plain and topic(kpi.name)[0][-1] in words_of("ratio.heads")


def is_score(kpi: Kpi) -> bool:
    """Whether it is a point on a scale, which nobody adds up: a grade, stars, an NPS."""
    is_scale = has_word(kpi.unit, words_of("number.scales"))
    return is_scale or _names_score(kpi.name) or _is_scored(kpi.definition or "")


def _names_score(text: str) -> bool:
    return has_word(text, words_of("number.scales", "number.scores", "ratio.natural"))


def _is_scored(definition: str) -> bool:
    """Whether it is a point on a scale, and not a share of answers."""
    if not _names_score(definition) or _share().search(definition) or divides(definition):
        return False
    return has_word(definition, words_of("number.scales", "number.means", "ratio.natural"))


def names_both_parts(text: str) -> bool:
    """Whether a text says what is divided by what."""
    if divides(text) or has_phrase(text, "ratio.over") or _is_product(text):
        return True
    if _begins_with_whole(text) or _of_them().search(text):
        return True
    if has_phrase(text, "ratio.earlier") and has_word(text, words_of("ratio.change")):
        return True
    share = _part_of().search(text)
    whole = tokens(text[share.end() :]) if share else ()
    if len([word for word in whole if word not in words_of("text.articles")]) >= 2:
        return True
    if opens_with_share(text) and _tells_which(text):
        return True
    things = [word.casefold() for word in written_words(text) if is_plural(word)]
    return len(things) > len(set(things))  # `Orders on time, of the orders sent`


def _begins_with_whole(text: str) -> bool:
    """Whether it names the whole first: `Of the loans approved, those that are paid`."""
    whole, comma, part = text.strip().partition(",")
    opening = f"{' '.join(tokens(whole))} "
    return bool(comma) and len(tokens(part)) > 1 and opening.startswith(_wholes())


@cache
def _of_them() -> re.Pattern[str]:
    return re.compile(rf",\s(?:{pattern_of('ratio.of_them')})\s", re.IGNORECASE)


@cache
def _wholes() -> tuple[str, ...]:
    return tuple(f"{phrase} " for phrase in sorted(words_of("ratio.whole_first")))


def _tells_which(text: str) -> bool:
    """Whether a share goes on at length to say of whom, and who of them."""
    spoken = tokens(text)
    is_long = len(spoken) >= _FEWEST_OF_BOTH
    return is_long and not words_of("ratio.telling").isdisjoint(spoken)


def _is_product(text: str) -> bool:
    """Whether it is several things multiplied: `availability multiplied by performance`."""
    if "\u00d7" in text or has_phrase(text, "ratio.multiplied"):
        return True
    return len(_TIMES.findall(text)) > 1


@cache
def _part_of() -> re.Pattern[str]:
    """`Share of `, and not `rate of `, behind which may stand what is counted."""
    shares = words_of("ratio.shares") - words_of("ratio.heads", "ratio.rates")
    pattern = "|".join(re.escape(word) for word in sorted(shares, key=len, reverse=True))
    of = pattern_of("ratio.of")
    return re.compile(rf"(?:\b(?:{pattern})|%)\s+(?:{of})\s+(?=.)", re.IGNORECASE | re.DOTALL)


@cache
def _share() -> re.Pattern[str]:
    """`Share of `, and what it is a share of behind it."""
    shares, of = pattern_of("ratio.shares"), pattern_of("ratio.of")
    return re.compile(rf"(?:\b(?:{shares})|%)\s+(?:{of})\s+(?=.)", re.IGNORECASE | re.DOTALL)


def names_share(text: str) -> bool:
    """Whether it says of what something is a share: `as a share of all visits`."""
    return has_phrase(text, "ratio.of_all") or bool(_share().search(text))


def divides(text: str) -> bool:
    """Whether it says so in as many words: `divided by`, `/`, `per order`."""
    if divides_things(text) or ("/" in text and _QUOTIENT.search(text)):
        return True
    times = words_of("number.times")
    return any(per[1].casefold() not in times for per in _per().finditer(text))


@cache
def _per() -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\bas )\b(?:{pattern_of('text.per')})\.?\s+(?!cent\b)(\w+)", re.IGNORECASE
    )


def says_number_for_ratio(kpi: Kpi) -> bool:
    """Whether the name begins with `Number of`, and the definition says that it is divided.

    An average number of days is a number all the same, and so is one per thousand.
    """
    first, definition = tokens(kpi.name)[:1], kpi.definition or ""
    is_number = bool(first) and first[0] in words_of("number.numbers") and not divides(kpi.name)
    if not is_number or is_duration(kpi.unit) or has_word(definition, words_of("number.means")):
        return False
    is_share = kpi.unit == PERCENT and bool(_share().search(definition))
    return is_share or opens_with_share(definition) or divides_things(definition)


def is_share_of_whole(kpi: Kpi) -> bool:
    """Whether its words show that it lies between 0% and 100%: a part of what it is divided by."""
    if kpi.unit != PERCENT or _keeps_money(kpi):
        return False
    if has_phrase(kpi.definition or "", "ratio.beyond"):
        return False
    is_part, is_bound = _is_part(kpi), has_token(kpi.name, words_of("ratio.bound"))
    return (is_part and is_bound) if _is_unbound(kpi) else (is_part or is_bound)


def is_of_what_comes_in(definition: str) -> bool:
    """Whether it is divided by what comes in anew, and not by all of what there is."""
    denominators = split_division(definition)[1:]
    inflow, whole = words_of("ratio.inflow"), words_of("text.whole")
    return any(has_token(text, inflow) and not has_token(text, whole) for text in denominators)


def is_no_share(kpi: Kpi) -> bool:
    """Whether it may clearly pass 100%: growth, net retention, return on spend, plan reached."""
    if kpi.unit != PERCENT or _keeps_money(kpi):
        return True
    if is_share_of_whole(kpi):
        return False
    is_beyond = any(target.number > _WHOLE and not target.is_relative for target in kpi.all_targets)
    return is_beyond or _is_unbound(kpi) or has_phrase(kpi.definition or "", "ratio.beyond")


def _keeps_money(kpi: Kpi) -> bool:
    """Whether it is retention of revenue, which new sales to old customers take past 100%."""
    spoken = tokens(kpi.name)
    if "gross" in spoken:
        return False
    keeps_money = "retention" in spoken and has_token(kpi.name, words_of("ratio.money"))
    return keeps_money or has_token(kpi.name, words_of("ratio.net"))


def keeps_part_of_sales(kpi: Kpi) -> bool:
    """Whether it is a margin: what is left of sales, which may be less than none of them."""
    is_margin = has_token(kpi.name, words_of("ratio.margins"))
    spoken_of = f"{kpi.name} {kpi.definition or ''}"
    return kpi.unit == PERCENT and is_margin and not has_phrase(spoken_of, "ratio.beyond")


def _is_unbound(kpi: Kpi) -> bool:
    is_return = has_phrase(kpi.name, "ratio.returns")
    return is_return or has_token(kpi.name, words_of("ratio.unbound"))


def _is_part(kpi: Kpi) -> bool:
    """Whether the definition, or the name, says `share of …` or `… of all …`."""
    texts = (kpi.name, kpi.definition or "")
    if any(_share().search(text) or has_phrase(text, "ratio.of_all") for text in texts):
        return True
    return is_part_of_same(kpi.definition or "")


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
