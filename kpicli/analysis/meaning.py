"""What a person's words mean: small words left out, endings cut, and one word for all of a kind."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from kpicli.analysis.wording import spoken, word_set

_SMALL = word_set(
    """a an the this that these those it its i we you they he she me us them my our your their one
    ones who whom whose which what when where why how is are was were be been being am do does did
    doing done has have had having will would can could shall should may might must of in on at to
    for from by with without into onto off up out over under about as than then so and or but if
    because while until there here too very much many more most less least few fewer lot lots some
    any all each every both only just really quite even still always ever often again also
    get gets getting got make makes making made want wants wanted need needs let like thing things
    stuff something anything nothing everything way kind right now soon no not never nobody dont
    doesn't don't isn't aren't can't won't didn't cannot keep keeps keeping put puts go goes going
    take takes taking took know see good better best well bad worse worst great new enough high
    higher low lower raise improve reduce increase s t re ve ll d be it's we're they're hundred
    share average whether does"""
)
"""What is said of anything: it tells no KPI from another."""

_KINDS = """
leave lose lost left loss cancel quit churn attrition leaver disappear gone vanish defect expire
customer client buyer shopper subscriber consumer guest account
buy purchase order
sell sale sold selling
ad advert advertising advertisement campaign adword marketing promotion
cost dear expensive costly spend spending spent pricey price budget expense
cart basket trolley
return refund
wait slow slowly late delay delayed long ages forever stuck wait overdue
fast quick quickly rapid swift speed
happy satisfied satisfaction content delighted love joy glad please pleased
unhappy angry annoyed dissatisfied complain complaint unsatisfied upset
employee staff worker colleague workforce personnel crew
hire recruit recruiting hiring recruitment candidate applicant position vacancy
deliver delivery parcel shipment shipping package arrive courier
break broken broke crash fail failure failed outage down downtime
bug defect error fault mistake wrong
website site homepage webpage page
visit visitor traffic session
email mail newsletter mailing
cash liquidity bank
profit margin earn earning
revenue income turnover money
stock inventory warehouse shelf goods
sick ill illness sickness absent absence
recommend referral friend advocate
answer reply respond response
ticket question inquiry enquiry request inbox
help support service helpdesk
renew renewal extend
use usage user used
habit daily everyday
invoice bill
pay paid payment
deal contract offer proposal
release deploy deployment rollout launch
grow growth expand expansion
learn training learning skill course
machine equipment plant line
scrap waste rework
repeat back loyal loyalty
large big bigger larger
small little tiny
easy simple effort ease
search google seo
click tap
lead prospect
rival competition competitor compete
supplier vendor
investor shareholder board
quota goal target
signup register registration
promise agreed agreement
"""
"""A line a kind: what people say for the same thing. A word may be of several kinds."""

_NONE: frozenset[int] = frozenset()

_IRREGULAR = {"bought": "buy", "sent": "send", "kept": "keep", "paid": "pay", "won": "win"}
_ENDING = re.compile(r"(?<=[^\W\d_]{3})(?:ing|ed|er|es|ly|s|y|e|i)$")
_DOUBLED = re.compile(r"([^\W\d_aeiou])\1$")


class Meant(NamedTuple):
    """A word as it was said, its stem, and the kinds of words that it belongs to."""

    said: str
    stem: str
    kinds: frozenset[int]


@lru_cache(4096)
def meant(text: str) -> tuple[Meant, ...]:
    """The words of a text that tell something; all of them where none does."""
    said = spoken(text)
    telling = [word for word in said if word not in _SMALL] or said
    return tuple(Meant(word, stem(word), _kinds().get(stem(word), _NONE)) for word in telling)


def stem(word: str) -> str:
    """A word without its endings: `delivered`, `delivers` and `deliveries` are one."""
    cut = _IRREGULAR.get(word) or re.sub("['\u2019]s$", "", word)
    while (shorter := _ENDING.sub("", cut)) != cut:
        cut = shorter
    return _DOUBLED.sub(r"\1", cut)


@cache
def _kinds() -> Mapping[str, frozenset[int]]:
    kinds: dict[str, frozenset[int]] = {}
    for at, line in enumerate(_KINDS.split("\n")):
        for word in line.split():
            kinds[stem(word)] = kinds.get(stem(word), _NONE) | {at}
    return kinds
