"""Ratios by their words: whether both parts are named, and whether it is a share of a whole."""

import re

from kpicli.language.countable import DIVISION, is_part_of_same, is_plural
from kpicli.language.tokens import (
    TIMES,
    phrase_list,
    says,
    says_phrase,
    spelled,
    spoken,
    topic,
    word_set,
)
from kpicli.model.kpi import Kpi, Rollup
from kpicli.model.quantity import PERCENT

_OVER = phrase_list(
    """as a share of|among|as share of|as a percentage of|as percentage of|as percent of
    |as a percent of|as % of|as a % of|as a proportion of|as proportion of|as a fraction of|of all
    |of those|of them|out of|of the total|of total|relative to|compared with|compared to
    |in relation to|against|versus|vs|than|of every|for every|of the same|in proportion to
    |over the same|from their|of their|av alle|av totalt|av alle som|i forhold til|i prosent av
    |som andel av|sammenlignet|målt mot|av samtlige|af alle|i procent af|i procent av|som andel af
    |sammenlignet med|jämfört med|av samtliga|av alla|i förhållande till|im verhältnis|an allen
    |von allen|gegenüber|im vergleich|aller|an der gesamtzahl|sämtlicher|an gesamt|av det totale
    |af det samlede|av totalen|delt på|delat på|delat med|geteilt durch|mot samme
    |samme måned i fjor"""
)
"""With these a definition says of what, or compared with what."""
_EARLIER = phrase_list(
    """year on year|year over year|last year|previous year|year before|quarter before|month before
    |previous month|previous quarter|last month|last quarter|year earlier|a year ago|i fjor
    |vorjahr"""
)
_CHANGE = word_set(
    """growth change increase decrease rise difference vekst vækst tillväxt wachstum endring
    ændring förändring veränderung year-on-year yoy"""
)
_SHARE = re.compile(
    r"\b(?:share|percentage|percent|per cent|proportion|fraction|rate|ratio|andel(?:en)?|prosent"
    r"|procent|prozent|anteil)\s+(?:of|av|af|an|der|des|von|on)\s+(.+)|%\s+(?:of|av|af|der)\s+(.+)",
    re.IGNORECASE | re.DOTALL,
)
_GERMAN_SHARE = re.compile(r"\banteil\s+(?:der|des|von)\s+(.+)", re.IGNORECASE)
_PER = re.compile(
    r"(?<!\bas )\b(?:per|pr\.?|pro|je|for each|for every|of each)\s+(?!cent\b)(\w+)", re.IGNORECASE
)
_EMPTY = word_set("the our a an all my its their in this that total whole den det de der die das")
_SCORES = word_set(
    """score scores points scale index rating ratings answer answers survey grade grades karakter
    poeng poäng punkte skala nps enps csat ces apdex interest inflation"""
)
_RATIO_HEADS = word_set("rate ratio quota quote ratioen rater rates ratios quotient")
_WITHOUT_UNIT = {"", "x", "times", "ganger", "gange", "mal"}


def is_ratio(kpi: Kpi) -> bool:
    """Whether it is one part divided by another: by its unit, else by what its name ends in."""
    if says(kpi.name, _SCORES) or _is_scored(kpi.definition or ""):
        return False
    if kpi.unit == PERCENT:
        return True
    return kpi.unit.casefold() in _WITHOUT_UNIT and topic(kpi.name)[0][-1] in _RATIO_HEADS


def _is_scored(definition: str) -> bool:
    """Whether it is a point on a scale, and not a share of answers."""
    if not says(definition, _SCORES) or _SHARE.search(definition) or divides(definition):
        return False
    return says(definition, _POINTS) or says(definition, _MEANS)


_POINTS = word_set("score scores points scale index poeng poäng punkte skala interest inflation")
_MEANS = word_set("average avg mean median snitt gjennomsnitt gennemsnit medel durchschnitt")


def names_both_parts(text: str) -> bool:
    """Whether a text says what is divided by what."""
    if divides(text) or says_phrase(text, _OVER):
        return True
    if says_phrase(text, _EARLIER) and says(text, _CHANGE):
        return True
    found = _SHARE.search(text) or _GERMAN_SHARE.search(text)
    if found and len(_content(next(filter(None, found.groups())))) >= 2:
        return True
    return _repeats(text)


def divides(text: str) -> bool:
    """Whether it says so in as many words: `divided by`, `/`, `per order`."""
    if DIVISION.search(text) or (re.search(r"\w\s?[:/]\s?\w", text) and "/" in text):
        return True
    return any(found[1].casefold() not in TIMES for found in _PER.finditer(text))


def _content(text: str) -> list[str]:
    return [word for word in spoken(text) if word not in _EMPTY]


def _repeats(text: str) -> bool:
    """Whether things are named twice: `Orders on time, of the orders sent`."""
    things = [word.casefold() for word in spelled(text) if is_plural(word)]
    return len(things) > len(set(things))


_UNBOUND = word_set(
    """growth increase change net nrr ndr roas roi roe roa roce attainment achievement target
    plan budget forecast quota index markup leverage turnover capacity occupancy utilisation
    utilization yield ratio debt expansion uplift lift premium inflation profitability variance
    budgeted actual appreciation gain deviation coverage payback multiple cagr yoy mom
    vekst vækst tillväxt wachstum økning ökning steigerung budsjett budsjettet budget måloppnåelse
    avkastning rendite endring ændring förändring veränderung netto surplus earnings productivity
    performance overhead backlog inflation efficiency"""
)
_BEYOND = phrase_list(
    """divided by plan|divided by target|divided by budget|of target|of plan|of budget
    |compared with|compared to|last year|year on year|year before|a year ago|year earlier
    |twelve months ago|12 months ago|previous year|month before|quarter before|upsell|upsells
    |upgrades|expansion|expansions|ad spend|advertising spend|marketing spend|planned|forecast
    |divided by spend|same month|same quarter|last month|last quarter|budgeted|vs|versus
    |relative to|change in|growth in|growth of"""
)
_BOUND = word_set(
    """conversion churn abandonment attendance uptime availability completion bounce open click ctr
    ontime absence fill pass satisfaction compliance response win defect share accuracy adoption
    acceptance approval graduation dropout error scrap reject percentage proportion survival
    vaccination recycling retention punctuality satisfied participation turnout
    absenteeism spam unsubscribe frafall fravær frånvaro oppmøte andel anteil sykefravær sygefravær
    konvertering tilfredshet tilfredshed abschlussquote oppetid oppetid verfügbarkeit fremmøte
    loss reliability attrition failure readmission mortality infection renewal
    deliveries timely correct correctly complete resolved answered sla coverage oee fehlerquote"""
)
_MONEY = word_set("revenue mrr arr dollar omsetning umsatz")
_NET = word_set("net nrr ndr netto")
_RETURN = phrase_list("return on|returns on|cost of|cost to|cost share")
_OF_ALL = phrase_list(
    """of all|as a share of|as share of|as a percentage of|as percentage of|as a proportion of
    |out of|of those|of the total|as % of|divided by all|on time|in time|av alle|av alla|af alle
    |von allen|aller|som andel av"""
)


def is_share_of_whole(kpi: Kpi) -> bool:
    """Whether its words show that it lies between 0% and 100%: a part of what it is divided by."""
    if kpi.unit != PERCENT or _keeps_money(kpi) or says_phrase(kpi.definition or "", _BEYOND):
        return False
    is_part, is_bound = _is_part(kpi), not _BOUND.isdisjoint(spoken(kpi.name))
    return is_part and is_bound if _is_unbound(kpi) else is_part or is_bound


def is_no_share(kpi: Kpi) -> bool:
    """Whether it may clearly pass 100%: growth, net retention, return on spend, plan reached."""
    if kpi.unit != PERCENT or _keeps_money(kpi):
        return True
    if is_share_of_whole(kpi):
        return False
    is_beyond = any(one.number > _WHOLE and not one.is_relative for one in kpi.all_targets)
    return is_beyond or _is_unbound(kpi) or says_phrase(kpi.definition or "", _BEYOND)


_WHOLE = 100


def _keeps_money(kpi: Kpi) -> bool:
    """Whether it is retention of revenue, which new sales to old customers take past 100%."""
    said = set(spoken(kpi.name))
    if "gross" in said:
        return False
    return bool(said & _NET) or ("retention" in said and bool(said & _MONEY))


def _is_unbound(kpi: Kpi) -> bool:
    said = spoken(kpi.name)
    return not _UNBOUND.isdisjoint(said) or says_phrase(kpi.name, _RETURN)


def _is_part(kpi: Kpi) -> bool:
    """Whether the definition, or the name, says `share of …` or `… of all …`."""
    texts = (kpi.name, kpi.definition or "")
    if any(_SHARE.search(text) or says_phrase(text, _OF_ALL) for text in texts):
        return True
    return is_part_of_same(kpi.definition or "")


_STOCK = phrase_list(
    """at month end|at month's end|at the month's end|at the end of|end of the month|end of month
    |on the last day|at quarter end|at year end|at year's end|at quarter's end|at week's end|as of
    |right now|on payroll|today|currently|at close|at the close|ved månedens slutt
    |ved månedsslutt|ultimo|ved utgangen av|vid månadens slut|am monatsende|zum stichtag
    |end of quarter|end of week|end of the quarter|end of the week|end of the year|at any time"""
)
"""What is on a day, and not what happens in a period."""


def is_averaged(kpi: Kpi) -> bool:
    """Whether a longer period is the mean, or the last, of ratios whose parts could be recorded."""
    if kpi.rollup not in {Rollup.MEAN, Rollup.LAST}:
        return False
    if kpi.formula:
        return "/" in kpi.formula.text
    definition = kpi.definition or ""
    if says_phrase(definition, _STOCK) or says(kpi.name, _SCORES):
        return False
    if kpi.unit == PERCENT:
        return is_ratio(kpi)
    return bool(DIVISION.search(definition))
