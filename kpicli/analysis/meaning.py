"""What a person's words mean: small words left out, endings cut, and one word for all of a kind."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise
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
customer client buyer shopper guest patron consumer subscriber account
user member
employee staff worker colleague workforce personnel crew headcount
leave lose lost left loss quit churn cancel cancellation resign depart gone attrition leaver vanish
    lapse desert walk switch away elsewhere go_away run_away competitor rival
    competition expire defect
abandon abandonment leave give_up drop_out
retain retention loyal loyalty remain stay stick
back again repeat second twice loyal loyalty come_back
cost dear expensive costly spend spending spent pricey price cheap waste fortune budget expense
ad advert advertising advertisement campaign adword marketing promotion banner
cart basket trolley
visit visitor traffic session browse look
website site homepage webpage page webshop
search google seo organic invisible unknown famous heard
buy purchase order convert
sale sell sold selling deal
deal contract offer proposal quote tender pitch
pay paid payment invoice bill owe debt debtor receivable
late delay delayed overdue punctual
wait slow slowly long ages forever stuck drag late fast quick quickly rapid swift speed
answer reply respond response react
happy satisfied satisfaction content delighted love like joy glad please pleased unhappy angry
    annoyed dissatisfied complain complaint unsatisfied upset proud
recommend recommendation referral refer friend advocate
send_back return refund come_back
break broken broke crash fail failure failed
bug defect error fault mistake wrong flaw incorrect
outage down downtime offline unavailable uptime available availability crash
hire recruit recruiting hiring recruitment candidate applicant position vacancy
refuse accept acceptance decline turn_down
win won close beat
sick ill illness sickness absent absence absenteeism
profit margin earn earning left profitable
cash money liquidity bank
run_out runway burn last bankrupt survive
revenue income turnover takings sale
salary wage rent overhead
stock inventory warehouse shelf goods article
empty stockout sell_out
deliver delivery parcel package shipment shipping ship courier post arrive
email mail newsletter mailing
open read
click tap
use usage user used using adopt adoption
habit daily everyday
feature function
understand value start begin onboard onboarding activate activation sign_up signup register trial
release deploy deployment rollout launch change ship update
recover recovery restore repair get_back
solve resolve resolution
ticket question inquiry enquiry request inbox call
help support service helpdesk
backlog pile queue drown
escalate escalation pass_on forward someone_else
machine equipment plant line production
scrap waste rework yield
idle capacity utilisation utilization busy unused overworked
growth grow expand expansion
quota goal target
lead prospect inquiry enquiry
pipeline funnel opportunity
renew renewal extend subscription
recurring subscription monthly
large big bigger larger fuller
small little tiny
easy simple effort ease hard difficult
learn training learning skill course
supplier vendor
investor shareholder board
promise agreed agreement
"""
"""What people say for the same thing, a kind in a line or in two; a word may be of several."""

_PAIRS = word_set(
    """go_away run_away give_up drop_out come_back send_back turn_down run_out sell_out sign_up
    get_back pass_on someone_else"""
)
"""Two words that mean one thing, the first one as it stands in a dictionary."""

_VERBS = frozenset(pair.partition("_")[0] for pair in _PAIRS)

_WEAK = word_set("time day month week hour year back come new people")
"""Words that tell little."""

_NONE: frozenset[int] = frozenset()

_IRREGULAR = dict(
    form.split("/")
    for form in word_set(
        """bought/buy sent/send kept/keep paid/pay won/win came/come ran/run running/run
    went/go gone/go gave/give got/get sold/sell lost/lose left/leave shelves/shelf"""
    )
)
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
    telling = [word for word in _joined(said) if word not in _SMALL] or said
    return tuple(Meant(word, stem(word), _kinds().get(stem(word), _NONE)) for word in telling)


def _joined(said: Sequence[str]) -> Iterator[str]:
    """The words, those that mean one thing together as one."""
    is_taken = False
    for word, following in pairwise((*said, "")):
        pair = next((f"{base}_{following}" for base in _bases(word)), "")
        if is_taken:
            is_taken = False
        elif pair in _PAIRS:
            is_taken = True
            yield pair
        else:
            yield word


def _bases(word: str) -> Iterator[str]:
    """The verbs of pairs that a word may be a form of."""
    base = _IRREGULAR.get(word, word)
    yield from (verb for verb in _VERBS if base in {verb, f"{verb}s", f"{verb}es", f"{verb}ing"})


def worth(word: Meant) -> float:
    """How much a word tells at all."""
    return 0.4 if word.stem in _WEAK_STEMS else 1


def stem(word: str) -> str:
    """A word without its endings: `delivered`, `delivers` and `deliveries` are one."""
    cut = _IRREGULAR.get(word) or re.sub("['\u2019]s$", "", word)
    while (shorter := _ENDING.sub("", cut)) != cut:
        cut = shorter
    return _DOUBLED.sub(r"\1", cut)


@cache
def _kinds() -> Mapping[str, frozenset[int]]:
    kinds: dict[str, frozenset[int]] = {}
    for at, line in enumerate(_KINDS.replace("\n    ", " ").split("\n")):
        for word in line.split():
            kinds[stem(word)] = kinds.get(stem(word), _NONE) | {at}
    return kinds


_WEAK_STEMS = frozenset(map(stem, _WEAK))
