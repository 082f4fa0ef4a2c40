"""Which way a name points: what it asks for, and whether less of it is better."""

from kpicli.language.countable import is_part_of_same
from kpicli.language.tokens import (
    MEASURES,
    phrase_list,
    says_phrase,
    spoken,
    topic,
    word_set,
)
from kpicli.model.kpi import Kpi
from kpicli.model.quantity import PERCENT
from kpicli.model.target import Direction

_UP = word_set(
    """increase grow raise boost maximise maximize more higher longer expand increasing growing
    øke øk øge öka höja mer mere flere fler høyere højere högre mehr höhere längere"""
)
_DOWN = word_set(
    """reduce decrease lower cut minimise minimize fewer less shrink shorter shorten reducing
    lowering cutting minimising minimizing redusere reduser reducere reducer reducera senke senk
    sænke sänka minske minska nedbringe færre lavere kortere kortare lägre weniger niedrigere
    kürzere"""
)
_LAST_UP = word_set("steigern erhöhen maximieren")
_LAST_DOWN = word_set("senken reduzieren verringern minimieren verkürzen")
_FASTER = word_set(
    "faster quicker raskere hurtigere snabbare schneller schnellere speed accelerate"
)
_CHEAPER = word_set("cheaper billigere billigare billiger günstiger")
_NO_VERB = word_set("in of by than quartile limb secondary school bound income education vs av af")
"""After these a first word is none: `Increase in complaints`, `Lower quartile pay`."""
_CHANGE = word_set(
    """reduction decrease decline drop saved saving savings cut reduced less fewer lower
    improvement reduksjon reduktion minskning nedgang fald rückgang senkung einsparung spart"""
)
_DURATIONS = word_set(
    """ms s sec secs second seconds min mins minute minutes h hr hrs hour hours day days week weeks
    month months sekunder minutter minuter minuten timer timmar stunden dager dage dagar tage"""
)
_MONEY = word_set("kr nok sek dkk eur usd gbp chf euro $ € £ ¥")


def asked_for(kpi: Kpi) -> Direction | None:
    """The way that the name asks for, where it asks: down in `Reduce churn`."""
    said = spoken(kpi.name)
    first, following = said[0] if said else "", said[1] if len(said) > 1 else ""
    if not following or following in _NO_VERB:
        return None
    is_down = first in _DOWN or said[-1] in _LAST_DOWN
    if first in _UP or said[-1] in _LAST_UP:
        return Direction.HIGHER
    is_down = is_down or (first in _FASTER and kpi.unit.casefold() in _DURATIONS)
    is_down = is_down or (first in _CHEAPER and kpi.unit.casefold() in _MONEY)
    if not is_down or "by" in said or not _CHANGE.isdisjoint(spoken(kpi.definition or "")):
        return None
    return Direction.LOWER


BURDENS = word_set(
    """payback deviation intensity wait waits waiting queue queues churn cost costs expense
    expenses abandonment complaint complaints defect defects error errors failure failures
    incident incidents accident accidents injury injuries delay delays bug bugs downtime overtime
    absence absences absenteeism attrition waste scrap rework emissions emission co2 co2e backlog
    debt mortality deaths readmission readmissions infection infections dropout dropouts truancy
    shrinkage stockout stockouts latency vulnerability vulnerabilities escalation escalations
    refund refunds chargeback chargebacks cancellation cancellations dispute disputes spam crash
    crashes outage outages detractors unsubscribe unsubscribes unsubscribed bounce spillage
    breakage leakage leakages vacancy vacancies lateness tardiness faults fault misses mistakes
    mistake grievances grievance claims arrears overspend reject rejects rejections cac cpa cpc
    cpl cpo cpm dso mttr mttd ltifr trir ltir aht returns breaches breach theft fraud turnaround
    consumption wastage exclusions lawsuits violations nonconformities burglaries frafall
    frafallet avgang kundeavgang bortfall frånfall sykefravær sygefravær sjukfrånvaro fravær
    frånvaro klager klagomål reklamasjoner reklamationer kostnad kostnader kostnadene omkostninger
    utgifter avvik feil fejl fel ventetid svartid responstid leveringstid behandlingstid
    gjennomløpstid nedetid svarstid leveranstid väntetid ledtid ledetid gennemløbstid
    genomloppstid sagsbehandlingstid saksbehandlingstid ulykker olyckor skader skador utslipp
    udledning utsläpp avfall affald svinn svind matsvinn madspild kassasjon returer kosten
    stückkosten beschwerden reklamationen reklamation reklamationsquote fehler fehlerquote
    ausfälle ausfallzeit wartezeit lieferzeit reaktionszeit antwortzeit durchlaufzeit
    bearbeitungszeit krankenstand fluktuation kündigungen unfälle abwanderung abbruchrate
    stornoquote ausschuss ausschussquote absprungrate gjennomtrekk personaleomsætning
    personalomsättning kundeflukt uteståender"""
)
"""What one wants less of."""
_BURDEN_PHRASES = phrase_list(
    """length of stay|sales cycle|cash conversion cycle|voluntary turnover|receivables over
    |receivable over|cycle length|no show|no shows|drop out|drop outs|stock outs|stock out
    |return rate|returns rate|burn rate|sick leave|sick days|energy use|energy consumption
    |fuel consumption|water use|water consumption|staff turnover|employee turnover
    |personnel turnover|labour turnover|labor turnover|workforce turnover|near misses
    |days sales outstanding|patient falls|rate of returns|fuel burnt|product returns
    |product return rate|customer acquisition cost|food waste|lost time injuries|late deliveries
    |days lost|lost days|energy used|teacher turnover|nurse turnover"""
)
_BURDEN_BESIDE = word_set(
    """late failed failing overdue missed lost abandoned cancelled canceled unplanned unresolved
    rejected defective wasted delayed churned unpaid damaged faulty broken incorrect wrong
    forsinkede forsinkete försenade verspätete verlorene tapte mistede förlorade"""
)
"""What makes a burden of the thing that it stands beside: `Late deliveries`, `Customers lost`."""
_RELIEF = word_set(
    """saved saving savings reduction avoided prevented avoidance prevention resolved closed
    answered handled fixed recovered recovery recovering won back free without reduced decrease
    improvement fewer eliminated detected detection compliance time-in within solved recall met
    removal reclaimed recycled recycling reused budget paid tracked covered coverage contained
    survived refuted responded acknowledged satisfaction retained regained rescued restored
    between mtbf savers corrected remedied removed forgiven reports reporting cleared compensation
    winback spart besvart løst besparelse besparelser besparing einsparung einsparungen vermieden
    gelöst beantwortet besvarede løste lösta avklart behandlet redirected awareness model forecast
    accuracy under below less lower prior ontime on-time advantage ability"""
)
"""With these less of a burden is counted as more."""
_TAILS = MEASURES | word_set(
    """rate rates ratio % percentage level levels cases volume value index days received reported
    registered recorded logged raised filed opened found minutes hours frequency incurred made
    emitted occurred figure per count"""
)
_GOOD_TIMES = word_set(
    """retention session sessions engagement watch watching viewing view play playing study
    instruction teaching reading dwell active up selling focus learning practice volunteer running
    available contact on in full part real prime day just machine screen patient-facing facing
    quality listening spent training uninterrupted flow free leisure family visit visiting run
    life face productive billable operating operation operational flying drive exercise"""
)


def is_less_better(kpi: Kpi) -> bool:
    """Whether by its words less of it is better: churn, cost, time, complaints, defects."""
    said = spoken(kpi.name)
    if _is_waiting(kpi):
        return _SAVED.isdisjoint(said)
    if not _RELIEF.isdisjoint(said) or (said and said[0] in _DOWN):
        return False
    return _is_burden(kpi.name) or _counts_burdens(kpi.definition or "")


_SAVED = word_set("saved saving savings reduction avoided won recovered spart gespart")
_CAUGHT = word_set("caught found before identified returned contacted since last")


def _counts_burdens(definition: str) -> bool:
    """Whether the definition begins with what is unwanted: `Defective units per million`."""
    said = spoken(definition)
    if not (_RELIEF | _CAUGHT).isdisjoint(said) or is_part_of_same(definition):
        return False
    about, _ = topic(definition)
    return about[-1:] != () and about[0] not in _SPENT and _is_burden(" ".join(about))


_SPENT = word_set("cost costs expense expenses kostnad kostnader omkostninger kosten salaries")


def _is_burden(text: str) -> bool:
    about, rest = topic(text)
    if says_phrase(text, _BURDEN_PHRASES) or not _BURDEN_BESIDE.isdisjoint(about):
        return True
    head = list(about)
    if head[-1:] == ["absence"] and rest[:1] == ("of",):
        return False
    while len(head) > 1 and head[-1] in _TAILS - {"cost"}:
        head.pop()
    return bool(head) and (head[-1] in BURDENS or head[-1].endswith(_BURDEN_ENDINGS))


_BURDEN_ENDINGS = (
    *("kosten", "kostnad", "kostnader", "omkostninger", "fluktuation", "fehler", "unfälle"),
    *("fravær", "frånvaro", "fehlerquote", "wartezeit", "lieferzeit", "ventetid", "leveringstid"),
    *("svinn", "svind", "avfall", "klager", "klagomål", "beschwerden", "reklamationen", "ulykker"),
    *("forbruk", "forbrug", "förbrukning", "verbrauch", "utslipp", "utsläpp", "ausfälle"),
)


def _is_waiting(kpi: Kpi) -> bool:
    """Whether it is time that passes before something is done; a share of time is none."""
    said, unit = spoken(kpi.name), kpi.unit.casefold()
    if unit == PERCENT or not said or not _GOOD_TIMES.isdisjoint(said):
        return False
    about, rest = topic(kpi.name)
    following = rest[0] if rest else ""
    if following in {"on", "in", "with", "between", "at", "without"}:
        return False
    if said[-1] in {"time", "times"}:
        return len(said) > 1
    if about[-1] in {"time", "times"}:
        return len(about) > 1 or following in {"to", "from", "until", "for", "before"}
    if about[-1] in {"days", "hours", "minutes", "weeks"}:
        return following in {"to", "until"}
    return unit in _DURATIONS and "until" in spoken(kpi.definition or "")
