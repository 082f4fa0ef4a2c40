"""Shares of a whole, which lie between 0% and 100%, and what is none: it may pass 100%."""

from kpicli.language.concept import endings_of, words_of
from kpicli.language.countable import divides_things, is_part_of_same, split_division
from kpicli.language.ratio import is_share_of_same, tells_share
from kpicli.language.tokens import has_phrase, has_token, tokens
from kpicli.model.kpi import Kpi
from kpicli.model.unit import PERCENT

_WHOLE = 100


def is_share_of_whole(kpi: Kpi) -> bool:
    """Whether its words show that it lies between 0% and 100%: a part of what it is divided by."""
    if kpi.unit != PERCENT or _keeps_money(kpi):
        return False
    definition = kpi.definition or ""
    is_difference = has_token(definition, words_of("burden.taking_off"))
    is_difference = is_difference and not has_phrase(definition, "deed.in_time")  # `en moins de`
    if not is_difference and is_share_of_same(definition):
        return True
    if is_difference or has_phrase(definition, "ratio.beyond") or _is_by_yardstick(definition):
        return False
    is_part, is_bound = _is_part(kpi), has_token(kpi.name, words_of("ratio.bound", "ratio.filled"))
    return (is_part and is_bound) if _is_unbound(kpi) else (is_part or is_bound)


def lies_within_whole(kpi: Kpi) -> bool:
    """Whether no value of it is above 100%: a share, or how much of a capacity is in use."""
    definition = kpi.definition or ""
    if is_share_of_whole(kpi):
        return True
    if kpi.unit != PERCENT or _keeps_money(kpi) or not divides_things(definition):
        return False
    if has_phrase(definition, "ratio.beyond") or _is_by_yardstick(definition):
        return False
    return has_token(kpi.name, words_of("ratio.filled")) or not _is_unbound(kpi)


def _is_by_yardstick(definition: str) -> bool:
    """Whether it is divided by what was set, and may be passed: `Repairs divided by budget`."""
    if is_part_of_same(definition):
        return False
    yardsticks, ends = words_of("ratio.yardsticks"), endings_of("ratio.yardstick_endings")
    divisors = [word for text in split_division(definition)[1:] for word in tokens(text)]
    return any(word in yardsticks or word.endswith(ends) for word in divisors)


def divides_unlike(kpi: Kpi) -> bool:
    """Whether it divides one thing by another: `Applications divided by places`."""
    definition = kpi.definition or ""
    divisors = split_division(definition)[1:]
    if has_token(kpi.name, words_of("ratio.bound") - words_of("ratio.shares")):
        return False
    is_of_whole = any(has_token(text, words_of("text.whole")) for text in divisors)
    return bool(divisors) and not is_of_whole and not is_part_of_same(definition)


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
    ends = endings_of("ratio.margins")
    is_margin = any(word.endswith(ends) for word in tokens(kpi.name))
    spoken_of = f"{kpi.name} {kpi.definition or ''}"
    return kpi.unit == PERCENT and is_margin and not has_phrase(spoken_of, "ratio.beyond")


def _is_unbound(kpi: Kpi) -> bool:
    is_return = has_phrase(kpi.name, "ratio.returns")
    return is_return or has_token(kpi.name, words_of("ratio.unbound"))


def _is_part(kpi: Kpi) -> bool:
    """Whether the definition, or the name, says `share of …` or `… of all …`."""
    texts = (kpi.name, kpi.definition or "")
    if any(tells_share(text) or has_phrase(text, "ratio.of_all") for text in texts):
        return True
    return is_part_of_same(kpi.definition or "")
