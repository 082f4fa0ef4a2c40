"""Activities: what a name or a definition says that people do, and not what comes of it."""

from collections.abc import Sequence
from itertools import pairwise

from kpicli.language.countable import DIVISION
from kpicli.language.tokens import (
    MEASURES,
    TIMES,
    phrase_list,
    says_phrase,
    spoken,
    topic,
    word_set,
)

_VERBS = word_set(
    """implement introduce organise organize conduct publish recruit establish educate redesign
    relaunch write send attend arrange inform finalise finalize migrate digitise digitize
    digitalise implementing introducing organising organizing conducting publishing recruiting
    establishing educating redesigning launching hiring migrating digitising rolling lansere
    lancere lansera rekruttere rekrutera gennemføre gjennomføre genomföra innføre indføre införa
    avholde arrangere arrangera publisere publicere publicera implementere implementera udrulle
    oprette opprette ansette ansætte anställa uddanne utbilda utdanne einführen"""
)
"""What a name begins with that tells people what to do."""

_MAYBE_VERBS = word_set(
    """launch post hire train run hold open call visit contact brief complete start build release
    update upgrade plan deliver make do give add test review audit design coach meet email invite
    host deploy create develop install teach appoint onboard set prepare produce cover
    posting training running holding building creating developing sending writing making
    holde hålla poste posta bygge bygga utvikle udvikle utveckla sende skicka trene træne skrive
    skriva afholde"""
)
"""Verbs that may be nouns or adjectives too: `Post 30 times`, but `Post reach`."""

_LAST_VERBS = word_set(
    """launchen schulen einführen versenden durchführen einstellen veröffentlichen organisieren
    umsetzen ausrollen aufbauen entwickeln schreiben implementieren posten"""
)
"""In German it comes last: `Mitarbeiter schulen`."""

_DETERMINERS = word_set(
    """a an the new our all more every each another weekly daily regularly out up en et ett ein
    eine einen das die den alle nye nya nytt neue neuen flere fler"""
)
_STAFF = word_set(
    """staff employees employee team teams colleagues managers workers personnel engineers
    developers salespeople reps sellers nurses teachers operators volunteers people recruits
    ansatte medarbeidere medarbejdere medarbetare anställda mitarbeiter mitarbeitende kollegen
    ledere chefer führungskräfte"""
)
_OUTSIDERS = word_set("customers clients prospects leads journalists partners influencers")
_WORK = word_set(
    """calls visits meetings demos presentations workshops trainings sessions courses emails mails
    newsletters newsletter posts articles blogs reports campaigns campaign webinars events
    seminars letters policies documents procedures audits inspections reviews interviews features
    surveys videos flyers ads modules milestones activities tasks initiatives actions steps plans
    briefings talks appraisals checklists manuals proposals offers leaflets stories
    reels tweets releases kurs møter møder möten besøk besøg innlegg opslag inlägg kampanjer
    kampagner schulungen besuche beiträge termine newsletters projects deliverables drills lessons
    podcasts episodes"""
)
_PROJECTS = word_set(
    """website site app webshop shop store stores crm erp system platform intranet portal programme
    program project product products dashboard process tool office"""
)
_STRONG = word_set(
    """launched relaunched hired posted trained briefed organised organized conducted arranged
    implemented introduced educated coached informed notified contacted migrated emailed phoned
    redesigned digitised mailed opplært uddannet trænet utbildade utbildet geschult lansert
    lanceret lanserade avholdt afholdt gjennomført gennemført genomförda durchgeführt eingestellt
    veröffentlicht publisert publiceret publicerade sendte skickade kontaktet"""
)
"""What was done with people or things, whatever they are."""
_WEAK = word_set(
    """made given run done completed delivered created produced updated sent written planned
    scheduled attended held published hosted distributed shared visited called booked released
    shipped finished performed carried closed recorded filmed
    geschrieben versendet verschickt gehalten skrevet skrivna holdt hållna sendt"""
)
"""What was done, if it was done with work of one's own."""

_NOUNS = word_set(
    """launch relaunch rollout implementation migration posts trainings workshops webinars
    newsletters campaigns meetings seminars hires tweets reels articles briefings roadshows
    kampanjer kampagner kurser möten møter møder nyhetsbrev nyhedsbreve innlegg inlägg opslag
    implementering innføring indføring införande einführung gjennomføring gennemførelse udrulning
    utrulling schulungen beiträge veranstaltungen kampagnen lansering lancering workshopper
    pressemeldinger"""
)
"""What a name is about where it is about work."""
_NOUN_PHRASES = phrase_list(
    """sales calls|cold calls|outbound calls|training hours|training days|training sessions
    |blog posts|press releases|roll out|go live|team meetings|customer visits|client visits
    |sales visits|new hires|coaching sessions|training courses|social media posts|sales meetings
    |trade fairs|trade shows|emails sent|hours of training|days of training|milestones reached
    |milestones met|project progress|project completion|implementation progress|rollout progress
    |project milestones|migration progress|one to ones|site inspections|toolbox talks"""
)
_PROGRESS = word_set("progress completion completed fremdrift fremgang framsteg fortschritt")
_TRAINING = word_set(
    """training course courses elearning workshop workshops briefing onboarding induction webinar
    kurs kursus opplæring opplæringen uddannelse utbildning schulung module modules"""
)
_TAKEN = word_set(
    """completed complete completing attended attend received taken took had finished trained done
    participated been completion fullført gjennomført gennemført deltaget deltatt genomfört
    teilgenommen abgeschlossen absolviert through attendance participation"""
)
_SOLD = word_set(
    """paying paid sold bought buy customers customer learners learner students student pupils
    clients participants users user patients vacant unfilled filled open pass passed passing
    certified certification revenue profit suggestions ideas recommendations stay stayed retained
    still engagement reach satisfied rated goal missed late cancelled failed overdue"""
)
"""Words that make an outcome of it: it is what is sold, or what came of it."""
_PASSIVE = word_set(
    "who that which have has had been were was are is have har er blitt blevet har hat haben"
)
_OUTCOMES = word_set(
    """revenue profit retention churn satisfaction nps enps csat conversion leads orders quality
    time cost costs margin sales growth turnover absence complaints pipeline deals income bookings
    throughput uptime attendance productivity efficiency omsetning umsatz omsætning csat lead"""
)
_CURRENCIES = word_set("kr nok sek dkk eur usd gbp chf euro euros dollars pounds $ € £ ¥")


def is_activity(name: str, definition: str, unit: str) -> bool:
    """Whether it says what is done; money that comes in or goes out is always an outcome."""
    if not _CURRENCIES.isdisjoint(spoken(unit)):
        return False
    is_of_others = bool(DIVISION.search(definition)) and _STAFF.isdisjoint(
        spoken(f"{definition} {name}")
    )
    if _says_work(name, weakly=not is_of_others):
        return True
    if not _OUTCOMES.isdisjoint(spoken(name)) or _is_for_each(name):
        return False
    return not is_of_others and _says_work(definition, weakly=True)


def _is_for_each(text: str) -> bool:
    """Whether it is a ratio of its own: `Interviews per hire`, but not `Calls per week`."""
    said = spoken(text)
    beside = [word for per, word in pairwise(said) if per in {"per", "pr", "pro"}]
    return any(word not in TIMES | _STAFF | {"rep", "person", "head", "fte"} for word in beside)


def _says_work(text: str, *, weakly: bool) -> bool:
    said = spoken(text)
    if not said:
        return False
    if _is_command(said):
        return not _ends_in_measure(said)
    if _is_training_taken(said):
        return True
    sold = _SOLD - _OUTSIDERS - {"customer", "client"} if _is_phrase(text) else _SOLD
    if not sold.isdisjoint(said) or _is_for_each(text):
        return False
    return _is_done(text, weakly=weakly) or _is_work(text)


def _is_command(said: Sequence[str]) -> bool:
    """Whether it tells people what to do: `Post 30 times`, `Mitarbeiter schulen`."""
    first, following = said[0], (said[1] if len(said) > 1 else "")
    if first in _VERBS or (len(said) > 1 and said[-1] in _LAST_VERBS):
        return True
    if first == "training" and following in {"of", "for"}:
        return not _STAFF.isdisjoint(said[2:])
    if first not in _MAYBE_VERBS or not following:
        return False
    if following[0].isdigit() or following in _DETERMINERS:
        return True
    if first in {"open", "complete", "test", "plan", "review", "start", "cover", "set"}:
        return False
    objects = _STAFF | _WORK | _PROJECTS | _OUTSIDERS
    return said[-1] in objects or (following in objects and len(said) > 2 and said[2] in _AFTER)


_AFTER = word_set("to in on for with at about every before by until within i på til für")


def _ends_in_measure(said: Sequence[str]) -> bool:
    return said[-1] in MEASURES or said[-1] in {"score", "ratio", "costs", "index"}


def _is_training_taken(said: Sequence[str]) -> bool:
    """Whether staff went through a course, `Staff who completed the training`, and no more."""
    if {"pass", "passed", "certified", "test", "effect", "score"} & set(said):
        return False
    return not any(found.isdisjoint(said) for found in (_STAFF, _TRAINING, _TAKEN))


def _is_done(text: str, *, weakly: bool) -> bool:
    """Whether something was done: `85% of staff briefed`, `Newsletters sent`, `Trained staff`."""
    about, _ = topic(" ".join(word for word in spoken(text) if word not in _PASSIVE))
    rest = set(about[:-1])
    if about[-1] in _STRONG and rest:
        return True
    if len(about) > 1 and about[0] in _STRONG and about[-1] in _STAFF | _WORK:
        return True
    return weakly and not _WEAK.isdisjoint(about) and not _WORK.isdisjoint(rest)


def _is_work(text: str) -> bool:
    about, _ = topic(text)
    if about[-1] in _NOUNS or (about[-1] in _PROGRESS and not _PROJECTS.isdisjoint(about)):
        return True
    return _is_phrase(text)


def _is_phrase(text: str) -> bool:
    about, _ = topic(text)
    return about[-1] not in MEASURES and says_phrase(" ".join(about), _NOUN_PHRASES)
