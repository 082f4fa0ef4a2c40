"""Durations by their names: which of them are waits, and which are good when they are long."""

import re
from functools import cache
from itertools import dropwhile

from kpicli.language.concept import endings_of, words_of
from kpicli.language.tokens import has_phrase, has_token, tokens, topic
from kpicli.model.unit import PERCENT
from kpicli.plugins import split, words


def is_waiting(name: str, definition: str, unit: str) -> bool:
    """Whether it is time that passes before something is done; a share of time is none."""
    if unit == PERCENT or not tokens(name):
        return False
    is_time_unit = not unit or is_duration(unit)
    if topic(name)[0][0] in words_of("burden.first_waits") and is_time_unit:
        return True  # `Délai de remboursement des soins`
    is_answer = is_duration(unit) and topic(name)[0][-1] in words_of("burden.waits")
    if is_answer or _is_wait(name) or _is_since_done(name):
        return True
    called = name.casefold().partition(" from ")[0]
    is_good = any(map(_is_good_time, tokens(called)))
    if is_good or has_phrase(name, "burden.good_phrases"):
        return False
    about, rest = topic(definition)
    is_time = is_duration(about[-1]) or about[-1] in words_of("burden.time")
    is_from = is_time and rest[:1] != () and rest[0] in words_of("burden.from_to")
    is_spent = is_duration(about[-1]) and {*rest[:1]} <= words_of("burden.spent_on")
    last = name.rpartition(": ")[2]  # `Search: Time to the first result`
    is_timed = is_duration(unit) or (not unit and _is_called_time(last))
    is_timed = is_timed and not (is_spent and rest)  # `Days on which a lift was open`
    return (is_from and is_time_unit) or _is_time_until(last, is_duration=is_timed)


def is_until_fault(name: str, definition: str, unit: str) -> bool:
    """Whether it is time in which nothing goes wrong: `Hours between two unplanned stops`."""
    phrases = (_FURTHER.split(text, maxsplit=1)[0] for text in (name, definition))
    is_answer = topic(name)[0][-1] in words_of("burden.waits")  # `Response to an incident`
    return unit != PERCENT and not is_answer and any(map(_is_until_fault, phrases))


def _is_until_fault(phrase: str) -> bool:
    spoken, until = tokens(phrase), words_of("burden.between", "burden.until_fault")
    which, faults = words_of("text.articles", "burden.next"), endings_of("burden.faults")
    mended = endings_of("burden.no_endings")  # `Zeit bis zur Entstörung`
    for at in (at for at, word in enumerate(spoken, 1) if word in until):
        following = spoken[at : at + _NEAR]
        starts = (at for at, word in enumerate(following) if word.endswith(faults))
        fault = next((at for at in starts if not following[at].endswith(mended)), None)
        if spoken[at - 2] in words_of("burden.lost"):
            return False  # `Days lost to injury`
        if fault is not None and (not fault or following[0] in which):
            ends = words_of("text.joints", "burden.next") - words_of("text.and")
            return {*spoken[at + fault + 1 : at + fault + 2]} <= ends
    return False


def _is_good_time(word: str) -> bool:
    """Whether it is good when long, or ends so: `Betreuungszeit`, `Kundeforhold`."""
    good, lasting = words_of("burden.good_times"), words_of("burden.free_endings", "burden.bonds")
    if word in words_of("burden.words", "burden.first_words"):
        return False  # `Durchlaufzeit`, and no `Laufzeit`
    if word in good or word.endswith(tuple(lasting)):
        return True
    ends = (end for end in endings_of("burden.time_endings") if word.endswith(end))
    return any(word.removesuffix(end).removesuffix("s") in good for end in ends)


def is_good_span(name: str) -> bool:
    """Whether it is how long something good lasts: `Dauer der Mitgliedschaft`."""
    last, spoken = topic(name)[0][-1], tokens(name)
    if last in words_of("burden.length"):
        return any(map(_is_good_time, spoken[spoken.index(last) + 1 :]))
    return last.endswith(endings_of("burden.time_endings")) and _is_good_time(last)


def _is_since_done(name: str) -> bool:
    """Whether it is how long ago somebody looked after it: `Days since the last review`."""
    spoken, since = tokens(name), words_of("vanity.after")
    at = next((at for at, word in enumerate(spoken) if word in since), 0)
    is_span = at > 0 and is_duration(spoken[at - 1])
    refreshed, missed = words_of("burden.refreshed"), words_of("burden.beside")
    return is_span and not refreshed.isdisjoint(spoken[at:]) and missed.isdisjoint(spoken[at:])


def _is_time_until(name: str, *, is_duration: bool) -> bool:
    """Whether it is called time, or is some, and not that on or in something."""
    about, rest = topic(name)
    following, last = rest[0] if rest else "", tokens(name)[-1]
    if following in words_of("burden.at"):
        return False
    time, until = words_of("burden.time"), words_of("burden.until")
    if last in time:
        within = words_of("burden.at", "burden.in_time", "burden.within", "text.per")
        return last != name.strip().casefold() and within.isdisjoint(tokens(name)[-3:-1])
    if about[-1] in time:
        return len(about) > 1 or following in until
    if about[-1] in words_of("burden.spans"):
        return following in words_of("burden.span_until")
    return is_duration


def _is_wait(name: str) -> bool:
    """Whether it is time that is waited, or between two things: `Queueing time at the desk`."""
    (*before, last), rest = topic(name)
    is_between = rest[:1] != () and rest[0] in words_of("burden.between")
    is_of_two = is_between and not words_of("text.and").isdisjoint(rest)
    if is_of_two and last in words_of("burden.time", "burden.first_time"):
        return True
    is_wait = last in words_of("burden.time") and before[-1:] != []
    return is_wait and before[-1] in words_of("burden.waits")


def _is_called_time(name: str) -> bool:
    """Whether it is time by what it is called: `Ausrückzeit`, `Temps de changement de série`."""
    about, rest = topic(name)
    is_first = rest != () and about[0] in words_of("burden.first_time")
    is_first = is_first and words_of("burden.no_waits").isdisjoint((*about, *rest))
    return is_first or about[-1].endswith(endings_of("burden.called_time"))


def opens_with_time(words: tuple[str, ...]) -> bool:
    """Whether it begins as what takes time is called: `average days to fix`, `time taken`."""
    start = tuple(dropwhile(words_of("number.means", "text.openings").__contains__, words))
    is_time = start[:1] != () and (is_duration(start[0]) or start[0] in words_of("burden.time"))
    return is_time and not words_of("text.joints").isdisjoint(start[1:3])


def is_age(name: str) -> bool:
    """Whether it is how old things are that had better be new, and no living thing."""
    about, rest = topic(name)
    is_of = rest[:1] != () and rest[0] in words_of("burden.aged_of")
    is_old = is_of and not words_of("burden.age").isdisjoint((about[0], about[-1]))
    living = words_of("burden.age_well", "activity.staff", "deed.outsiders", "burden.population")
    people, things = endings_of("deed.doer_endings"), words_of("deed.no_agents")
    is_living = rest != () and rest[-1].endswith(people) and rest[-1] not in things
    return is_old and living.isdisjoint(rest) and not is_living


def is_good_stay(name: str, definition: str, unit: str) -> bool:
    """Whether it is how long visitors stay."""
    text = f"{name} {definition} {unit}"
    if has_token(text, words_of("burden.clinical")):
        return False
    return has_phrase(name, "burden.stays") and has_token(text, words_of("burden.visitors"))


def is_duration(unit: str) -> bool:
    """Whether a unit is one of time."""
    return unit.casefold() in durations()


def is_in_time(text: str, unit: str) -> bool:
    """Whether it is a share of what is done in time, or so many: `Visits made within 5 days`."""
    if has_phrase(text, "deed.punctual"):
        return True
    is_share = unit == PERCENT or has_token(text, words_of("ratio.shares"))
    return (is_share or any(map(str.isdigit, text))) and has_phrase(text, "deed.in_time")


def is_clinical_stay(name: str, definition: str, unit: str) -> bool:
    """Whether it is how long patients stay, which they had better not do long."""
    is_stay = has_phrase(name, "burden.stays") and is_duration(unit)
    return is_stay and has_token(f"{name} {definition}", words_of("burden.clinical"))


@cache
def durations() -> frozenset[str]:
    """All that time is counted in, as it is written."""
    return frozenset(
        word
        for durations in words("durations").values()
        for spelled in durations.values()
        for word in split(spelled)
    )


_FURTHER = re.compile(r"[,;.(]")
_NEAR = 6  # so many words behind a length of time may stand what did not happen in it
