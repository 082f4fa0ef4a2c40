"""Names that mean two KPIs in one: `Revenue and margin`, but not `Sales and marketing spend`."""

import re

from kpicli.language.countable import is_plural
from kpicli.language.direction import BURDENS
from kpicli.language.tokens import phrase_list, says_phrase, spoken, word_set

_ASIDE = re.compile(r"[(\[]([^)\]]*)[)\]]")
_AND = re.compile(
    r"\s+(?:and|og|och|und|samt|as well as|plus)\s+|\s*[&+]\s*|\s*/\s*|\s*;\s*|,\s+", re.IGNORECASE
)
_STANDING = word_set(
    """revenue profit profits sales cost costs margin margins churn retention satisfaction quality
    speed conversion growth engagement loyalty nps enps csat ces leads orders traffic visits
    uptime productivity efficiency attendance absence complaints returns refunds awareness reach
    accuracy turnover time punctuality safety reliability volume utilisation utilization
    compliance happiness wellbeing ctr roas roi cac ltv mrr arr aov grades incidents defects bugs
    downtime innovation performance results wait occupancy availability throughput output yield
    waste signups downloads followers likes acquisition adoption activation delivery price backlog
    headcount staffing pipeline bookings invoices cash liquidity score rate value frequency
    duration motivation wellness retention recruitment attrition learning morale trust stability
    latency overskudd overskud överskott ebit ebitda scrap deliveries income earnings spend nrr
    ndr inntekt intäkter dekningsgrad dækningsgrad likviditet soliditet vinst resultatet förlust
    omsetning omsætning omsättning resultat lønnsomhet salg kvalitet tilfredshet tilfredshed
    kundetilfredshet kundetilfredshed kundnöjdhet fravær sykefravær leveringstid leveransetid
    kostnader omkostninger kostnad marginal vekst vækst tillväxt lönsamhet försäljning umsatz
    gewinn kosten qualität zufriedenheit kundenzufriedenheit wachstum termintreue frafall
    produktivitet effektivitet klager trivsel lieferzeit fluktuation marge reklamationen"""
)
"""What a measure ends in, so that it can stand alone."""
_STANDING_ENDINGS = (
    *("zeit", "kosten", "quote", "qualität", "zufriedenheit", "umsatz", "wachstum", "effizienz"),
    *("tid", "kostnad", "kostnader", "omkostninger", "kvalitet", "tilfredshet", "tilfredshed"),
    *("nöjdhet", "omsetning", "omsætning", "omsättning", "vekst", "vækst", "tillväxt", "fravær"),
    *("frånvaro", "effektivitet", "produktivitet", "grad", "treue", "sikkerhet", "sikkerhed"),
)
_PEOPLE = word_set(
    """customer customers employee employees staff student students parent parents patient patients
    supplier suppliers partner partners teacher teachers user users member members pupil pupils
    kunde kunder medarbeider medarbejder ansatt elev elever kunden mitarbeiter"""
)
_UNADDED = word_set(
    """satisfaction loyalty retention engagement nps score rate churn happiness turnover growth
    tilfredshet tilfredshed nöjdhet zufriedenheit trivsel wellbeing experience trust"""
)
"""What two groups of people cannot have in one sum."""
_ONE_THING = phrase_list(
    """sales and marketing|research and development|profit and loss|health and safety
    |terms and conditions|repair and maintenance|food and beverage|pick and pack|time and material
    |time and materials|cost and freight|supply and demand|learning and development|wear and tear
    |diversity and inclusion|mergers and acquisitions|salg og marked|salg og markedsføring
    |forskning og utvikling|helse miljø og sikkerhet|drift og vedlikehold|forskning och utveckling
    |forschung und entwicklung|vertrieb und marketing|cost and volume|property and casualty
    |wages and salaries|salaries and wages|bed and breakfast|plan and actual|care and support
    |search and rescue|time and attendance|quality and safety|command and control|over and under
    |customer and market|hits and misses|goods and services|products and services|arts and crafts
    |price and volume|returns and allowances|sales and operations|sales and service"""
)
_TOGETHER = word_set(
    """plus sum total together combined either both altogether summed added or all-in minus
    sammen samlet sum summe zusammen insgesamt tillsammans totalt samt"""
)
_CLAUSE = word_set(
    """improve increase grow boost reduce decrease raise cut lower fewer more better higher less
    minimise minimize maximise maximize launch hire keep retain øke redusere forbedre öka minska
    förbättra steigern senken"""
)
_TWO_COUNTS = re.compile(
    r"\b(?:number|share|percentage|average|total|proportion|sum|count)\s+(?:of\s+)?[^.;]*?"
    r"(?:\band\b|\bas well as\b|;|\+)\s+(?:also\s+)?(?:the\s+|their\s+)?"
    r"(?:number|share|percentage|average|total|proportion|how (?:many|much|often|long|well))\b",
    re.IGNORECASE,
)
_RATIO_WORDS = word_set("ratio between divided difference relative against times multiplied over")


def two_names(name: str, definition: str) -> tuple[str, str] | None:
    """The two that a name, or else a definition, makes one of; nothing where it is one."""
    said = spoken(definition)
    if not _RATIO_WORDS.isdisjoint(said) or "divided" in spoken(name):
        return None
    if "minus" in said and _JOINED.isdisjoint(said):
        return None
    if not says_phrase(name.replace("&", " and "), _ONE_THING):
        for joint in _AND.finditer(name):
            left, right = name[: joint.start()].strip(), name[joint.end() :].strip()
            is_quotient = joint[0].strip() == "/" and _is_quotient(left, right, said)
            if left and right and not is_quotient and _are_two(left, right, said):
                return left, right
    if _TWO_COUNTS.search(definition) and _TOGETHER.isdisjoint(said[3:]):
        left, right = re.split(r"\band\b|\bas well as\b|;|\+", definition, maxsplit=1)
        return left.strip(), right.strip()
    return None


def _is_quotient(left: str, right: str, definition: tuple[str, ...]) -> bool:
    """Whether the stroke divides: `LTV/CAC`, or what the definition calls a share."""
    if left.rsplit(maxsplit=1)[-1].isupper() and right.split(maxsplit=1)[0].isupper():
        return True
    says_per = not {"per", "share", "delt", "pr"}.isdisjoint(definition)
    return says_per and _JOINED.isdisjoint(definition)


def _are_two(left: str, right: str, definition: tuple[str, ...]) -> bool:
    one, other = spoken(left), spoken(_ASIDE.sub(" ", right))
    if not one or not other:
        return False
    if other[0] in _CLAUSE:
        return True
    ends = _end(one), _end(other)
    is_joined = not _JOINED.isdisjoint(definition)
    if all(_stands(end) or (is_joined and is_plural(end)) for end in ends):
        return not (_is_summed(definition) and _can_be_summed(ends))
    return one[-1] in _PEOPLE and other[0] in _PEOPLE and ends[1] in _UNADDED


_JOINED = word_set("and og och und as")


def _stands(end: str) -> bool:
    """Whether a word alone is something that is measured."""
    return end in _STANDING | _UNADDED | BURDENS or end.endswith(_STANDING_ENDINGS)


def _end(said: tuple[str, ...]) -> str:
    """The word that a measure ends in, before what it is of."""
    stops = {
        "of",
        "per",
        "in",
        "by",
        "for",
        "from",
        "to",
        "on",
        "after",
        "within",
        "(",
        "%",
        "i",
        "på",
    }
    at = next((at for at, word in enumerate(said) if at and word in stops), len(said))
    return said[at - 1]


def _is_summed(definition: tuple[str, ...]) -> bool:
    return not _TOGETHER.isdisjoint(definition)


def _can_be_summed(ends: tuple[str, str]) -> bool:
    return _UNADDED.isdisjoint(ends) and not {"quality", "speed", "time", "nps"} & set(ends)
