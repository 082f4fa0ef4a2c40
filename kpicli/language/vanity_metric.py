"""Counts that only ever grow, and so look good whatever is done."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import pairwise

from kpicli.language.ratio import divides
from kpicli.language.tokens import phrase_list, says_phrase, spoken, topic, word_set
from kpicli.model.kpi import Definitions, Kpi, Rollup
from kpicli.model.scorecard import Scorecard

_VANITY = word_set(
    """followers follower views pageviews impressions likes downloads installs hits fans reach
    følgere følgjere følgare följare visninger visningar sidevisninger sidvisningar nedlastinger
    nedladdningar downloads aufrufe seitenaufrufe impressionen eyeballs
    retweets upvotes plays streams? klicks"""
)
_PHRASES = phrase_list(
    """page views|profile views|video views|app downloads|app installs|registered users
    |registered accounts|registered members|registered customers|total users|total customers
    |total accounts|total signups|total sign ups|total registrations|total members|total downloads
    |cumulative users|cumulative customers|cumulative revenue|cumulative orders|cumulative sales
    |users in total|customers in total|users ever|customers ever|all time users|all time customers
    |accounts created|user accounts|cumulative signups|lifetime users|lifetime signups
    |newsletter subscribers|email subscribers|youtube subscribers|channel subscribers
    |mailing list size|email list size|list size|registrerte brukere|registrerede brugere
    |registrerade användare|registrierte nutzer|registrierte benutzer|gesamtzahl nutzer
    |social media reach|total reach|members in total|cumulative downloads|social media followers
    |total registered users|user base|signed up users|users registered|customers registered
    |accounts registered|downloads in total|since launch|since the start|since we started|ever
    |all time|to date|in total since|siden lansering|siden start|seit start|sedan starten"""
)
_SINCE = phrase_list(
    """since launch|since the start|since we started|since the beginning|ever registered
    |ever created|ever opened|ever signed up|ever downloaded|all time|cumulative|cumulatively
    |running total|who ever|ever made|since founding|since day one|siden lansering|siden start
    |seit start|sedan starten|kumulativ|kumulativt|active or not|whether active or not
    |whether or not they"""
)
_REAL = word_set(
    """active paying paid qualified who that which buying monthly-active new retained returning
    cost costs revenue rate time value premium aktive betalende betalande aktiva zahlende
    aktivierte unsubscribed converted engaged repeat per ratio share"""
)
_ACTING = word_set("active paying paid buy bought order orders ordered fee")
"""What those do who are more than a number."""
_NO_COUNT = word_set("% kr nok sek dkk eur usd gbp chf $ € £ ¥ hours minutes days seconds ms h min")
_PERIODS = 12


def is_vanity(name: str, definition: str, unit: str) -> bool:
    """Whether by its words it is a count that only ever grows, and no ratio of its own."""
    if not _NO_COUNT.isdisjoint(spoken(unit)) or divides(name) or divides(definition):
        return False
    said = spoken(name)
    if not _REAL.isdisjoint(said):
        return False
    about, _ = topic(name)
    by_name = about[-1] in _VANITY or about[0] in _VANITY or says_phrase(name, _PHRASES)
    if not by_name and not says_phrase(definition, _SINCE):
        return False
    return says_phrase(definition, _SINCE) or _ACTING.isdisjoint(spoken(definition))


def feeds_ratio(definitions: Definitions, kpi: Kpi) -> bool:
    """Whether another KPI is computed from it by a division."""
    return any(
        any(step.id == kpi.id for step in other.formula.inputs) and "/" in other.formula.text
        for other in definitions.kpis.values()
        if other.formula
    )


def is_running_total(scorecard: Scorecard, kpi: Kpi) -> bool:
    """Whether a count without end never fell in all of its recorded periods, twelve or more."""
    if kpi.rollup is Rollup.SUM or not _NO_COUNT.isdisjoint(spoken(kpi.unit)):
        return False
    if not _REAL.isdisjoint(spoken(kpi.name)):
        return False
    values = list(_values(scorecard, kpi))
    return len(values) >= _PERIODS and values[0] < values[-1] and _never_falls(values)


def _never_falls(values: Sequence[Fraction]) -> bool:
    return all(earlier <= later for earlier, later in pairwise(values))


def _values(scorecard: Scorecard, kpi: Kpi) -> Iterable[Fraction]:
    """What was recorded for own periods, in order of time."""
    records = scorecard.series_of(kpi).records
    own = sorted(at for at in records if at.frequency is kpi.frequency)
    return [Fraction(value) for at in own if (value := records[at].value) is not None]
