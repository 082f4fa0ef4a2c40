"""Activities: what a name or a definition says that people do, and not what comes of it."""

import re
from functools import cache
from itertools import dropwhile

from kpicli.language.concept import endings_of, expression, words_of
from kpicli.language.countable import divides_things, is_part_of_same, split_division
from kpicli.language.currency import is_money
from kpicli.language.deeds.deed import done_words, is_of_product, is_told_to, names_deed, says_done
from kpicli.language.deeds.doer import (
    goes_on_to_outcome,
    is_doer,
    is_gone_wrong,
    is_told_of_staff,
    names_doer,
    names_outsider,
)
from kpicli.language.deeds.output import is_output, is_per_thing, is_time_taught, is_training_taken
from kpicli.language.duration_name import is_duration, is_in_time
from kpicli.language.ratio import divides
from kpicli.language.tokens import has_phrase, has_token, tokens, topic, written_words
from kpicli.language.vanity_metric import goes_on_from_start
from kpicli.model.unit import PERCENT

_ITEM = re.compile(r"^\s*\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})[.)]\s+", re.IGNORECASE)
_GROUPS = re.compile(r"\s?\(\w+(?:\s?/\s?\w+)+\)$")
"""The letter or number of a list before a name, and whom it is told apart by: `b. Staff (M/F)`."""
_THEME = re.compile(r"^[^:]*\w:\s+(?=\S)")
_ASIDE = re.compile(r"(?<=\w)\s\([^()]*\)$")
_WHOLE = r",?\s(?:<ratio.of_all text.divided>)\s"  # before the whole that has the part


def is_activity(name: str, definition: str, unit: str) -> bool:
    """Whether it says what is done; money that comes in or goes out is always an outcome."""
    name = _ASIDE.sub("", _THEME.sub("", _GROUPS.sub("", _ITEM.sub("", name).strip())))
    is_score = topic(name)[0][-1] in words_of("number.scales", "activity.effects")
    is_score = is_score or is_gone_wrong(name) or has_phrase(name, "deed.no_deeds")
    is_total = goes_on_from_start(name.partition("(")[0]) or goes_on_from_start(definition)
    is_recorded = not definition and has_phrase(name, "deed.done_at_end")
    is_outcome = not is_recorded and _is_outcome(name, definition)
    if is_score or is_total or any(map(is_money, tokens(unit))) or is_outcome:
        return False
    part = expression(_WHOLE, definition).split(definition, maxsplit=1)[0]
    is_done_by_staff = any(_is_about_staff(text) or names_doer(text) for text in (part, name))
    is_service = is_in_time(name, unit)
    if (is_service and not _is_about_staff(name)) or "vs" in tokens(name):
        return False
    is_by_head = divides(name) and not is_per_thing(name)  # `Customer meetings per adviser`
    is_own_work = (is_by_head or _is_done_with_work(name)) and _is_own_work(definition)
    is_ratio = divides_things(definition) or has_phrase(definition, "ratio.as_part")
    is_ratio_of_others = is_ratio and not (is_done_by_staff or is_own_work)
    is_said_twice = (says_done(name) or _counts_work(name)) and not is_ratio_of_others
    is_told = is_output(name, definition, unit) or (is_said_twice and names_doer(part))
    if is_told or _is_done_in_name(name, unit, is_ratio_of_others=is_ratio_of_others):
        return True
    outcomes = words_of("activity.outcomes", "burden.words", "burden.beside", "deed.outcomes")
    if is_ratio_of_others or is_per_thing(name) or has_token(name, outcomes):
        return False
    is_deed_too = is_said_twice and names_deed(definition, unit, is_name=False)
    is_noted = has_token(part, words_of("deed.evidence")) and all(map(_counts_work, (name, part)))
    is_by_each = is_by_head and is_own_work and _counts_work(name)
    return _names_work(part) or is_deed_too or is_noted or is_by_each


def _counts_work(text: str) -> bool:
    """Whether it is about work that somebody may have written down: `Bedriftsbesøk`."""
    about, work = topic(text)[0], ("activity.work", "deed.own_work", "activity.nouns")
    is_compound = any(word.endswith(_long_nouns(*work)) for word in about)
    return (is_compound or not words_of(*work).isdisjoint(about)) and not is_duration(about[0])


def _is_outcome(name: str, definition: str) -> bool:
    """Whether a clause of the name says what came of it, or a share is of them that are good."""
    if is_told_to(name) or _begins_with_task(name):
        return False
    if goes_on_to_outcome(name) and not names_doer(name):
        return True
    about, rest = topic(name)
    nouns = words_of("deed.nouns", "deed.maybe_nouns", "deed.always", "activity.nouns")
    is_having = rest[:1] != () and rest[0] in words_of("ratio.telling")
    is_deed = not nouns.isdisjoint((*about, *tokens(name)[:1]))
    if is_having and not _is_about_staff(name) and done_words().isdisjoint(tokens(name)):
        return is_part_of_same(definition)  # `Meetings with a decision`
    return not (is_deed or names_doer(name)) and _is_part_of_others(definition)


def _is_done_in_name(name: str, unit: str, *, is_ratio_of_others: bool) -> bool:
    """Whether a name alone says what is done; a time or a ratio of its own is none."""
    is_measured = is_per_thing(name) or is_duration(topic(name)[0][-1])
    is_share = unit == PERCENT and is_ratio_of_others and not is_of_product(name)
    is_deed = not (is_measured or is_share) and names_deed(name, unit, is_name=True)
    if is_deed or _names_work(name, is_ratio_of_others):
        return True
    is_told = is_told_to(name) or is_told_of_staff(name)
    return is_told or names_doer(name) or is_time_taught(name)


def _is_own_work(definition: str) -> bool:
    """Whether what is divided is work of one's own: `Audits returned divided by wards`."""
    about = topic(definition)[0]
    came_of_it = has_token(definition, words_of("deed.outcomes", "deed.kept"))
    in_time = has_phrase(definition, "deed.in_time")
    return not (came_of_it or in_time) and not words_of("activity.work").isdisjoint(about)


def _is_part_of_others(definition: str) -> bool:
    """Whether it is a share of them of which nothing was done: `Reports without a fault …`."""
    part = split_division(definition)[0]
    if names_outsider(part):
        return is_part_of_same(definition)
    done, staff = done_words(), words_of("activity.staff", "activity.work", "deed.doers")
    return is_part_of_same(definition) and (done | staff).isdisjoint(tokens(part))


def _is_about_staff(text: str) -> bool:
    return not words_of("activity.staff").isdisjoint(topic(text)[0])


def _names_work(text: str, is_ratio_of_others: bool = False) -> bool:  # noqa: FBT001, FBT002 - a shade of the question
    spoken = tokens(text)
    if _is_command(text) or _ends_in_command(text):
        closing = words_of("number.measures", "activity.closing_measures")
        return spoken[-1] not in closing
    if is_training_taken(text):
        return True
    sold = words_of("activity.sold")
    if _is_phrase(text):
        sold -= words_of("activity.outsiders") | {"customer", "client"}
    if has_token(_without_modifier(text), sold) or is_per_thing(text):
        return False
    return _is_done(text) or (not is_ratio_of_others and _is_done_with_work(text)) or _is_work(text)


def _without_modifier(text: str) -> str:
    """The text without what only says which work it is: `Resident engagement events`."""
    spoken, work = tokens(text), words_of("activity.work")
    people = words_of("compound.people", "activity.outsiders", "deed.outsiders")
    following = (*spoken[1:], "")
    return " ".join(
        word
        for word, after in zip(spoken, following, strict=False)
        if after not in work or word in people or not word.endswith(("ment", "ness"))
    )


def _ends_in_command(text: str) -> bool:
    """Whether it ends in what is to be done: `Mitarbeiter schulen`, but not `der Schulen`."""
    *before, last = written_words(text) or [""]
    return before != [] and last.islower() and last in words_of("activity.last_verbs")


def _is_command(text: str) -> bool:
    """Whether it tells people what to do: `Post 30 times`, `Mitarbeiter schulen`."""
    spoken = tokens(text)
    if written_words(text)[:1] and "-" in written_words(text)[0]:
        return False  # `Set-up time`
    first, following, third = (*spoken, "", "", "")[:3]
    if first in words_of("activity.verbs"):
        return True
    staff = words_of("activity.staff")
    if not following or first not in words_of("activity.maybe_verbs"):
        return False
    if following[0].isdigit() or following in words_of("activity.determiners"):
        return True
    objects = staff | words_of("activity.work", "activity.projects", "activity.outsiders")
    goes_on = following in objects and third in words_of("activity.afterwards")
    is_time = is_duration(spoken[-1])  # `within five minutes`, and no minutes of a meeting
    has_object = (spoken[-1] in objects and not is_time) or goes_on
    return has_object and first not in words_of("activity.weak_verbs")


def _done_topic(text: str) -> tuple[str, ...]:
    passive = words_of("activity.passive")
    about, rest = topic(" ".join(word for word in tokens(text) if word not in passive))
    return (*about, *topic(" ".join(rest[1:]))[0]) if {*rest[:1]} & words_of("text.and") else about


def _is_done(text: str) -> bool:
    """Whether something was done: `85% of staff briefed`, `Trained staff`."""
    verbs, staff, rest = words_of("activity.done"), words_of("activity.staff"), topic(text)[1]
    if rest[:1] != () and rest[0] in words_of("deed.by") and staff.isdisjoint(rest):
        return False  # `Graduates hired by partner companies`
    *before, last = _done_topic(text)
    if not staff.isdisjoint(_done_topic(text)) and tokens(text)[-1] in verbs:
        return True
    if not before:
        return False
    return last in verbs or (before[0] in verbs and last in staff | words_of("activity.work"))


def _is_done_with_work(text: str) -> bool:
    """Whether work was finished: `Newsletters sent`."""
    about = _done_topic(text)
    is_work = not words_of("activity.work").isdisjoint(about[:-1])
    is_sold = not words_of("activity.sold").isdisjoint(about)  # `Posts filled`
    return is_work and not is_sold and not words_of("activity.done_with_work").isdisjoint(about)


def _is_work(text: str) -> bool:
    about, rest = topic(text)
    if not words_of("deed.outcomes").isdisjoint(rest) or has_phrase(" ".join(rest), "deed.results"):
        return False
    is_by_doer = len(rest) > 1 and is_doer(rest[1])  # `Hausbesuche der Hebammen`
    is_clause = rest[:1] != () and rest[0] in words_of("deed.clauses") and not is_by_doer
    if is_clause and not says_done(" ".join(rest)):
        return False  # `Meetings that end on time`
    is_project = not words_of("activity.projects").isdisjoint(about)
    is_noun = about[-1] in words_of("activity.nouns") or about[-1].endswith(
        _long_nouns("activity.nouns")
    )
    if is_noun or about[0] in words_of("activity.first_nouns"):
        return True
    if not words_of("activity.progress").isdisjoint((about[0], about[-1])):
        projects, ends = words_of("activity.projects"), endings_of("deed.product_endings")
        is_of_plan = any(word in projects or word.endswith(ends) for word in rest)
        return is_project or (len(about) == 1 and is_of_plan) or _is_phrase(text)
    return _is_phrase(text)


@cache
def _long_nouns(*concepts: str) -> tuple[str, ...]:
    """What a compound may end in: `Hygieneschulungen`."""
    return tuple(noun for noun in words_of(*concepts) if len(noun) > _SHORTEST_END)


def _is_phrase(text: str) -> bool:
    about, rest = topic(text)
    if rest[:1] != () and rest[0] in words_of("burden.within"):
        return False  # `Pull requests merged within two days`
    if rest[:1] != () and rest[0] in words_of("text.and"):
        about = (*about, *topic(" ".join(rest[1:]))[0])
    if _begins_with_task(text) or has_phrase(" ".join(about), "activity.rates"):
        return True
    is_measured = about[-1] in words_of("number.measures")
    return not is_measured and has_phrase(" ".join(about), "activity.phrases")


def _begins_with_task(text: str) -> bool:
    """Whether it begins with a task by name, in languages that put first what a name is about."""
    openings = words_of("text.openings")
    task = " ".join(dropwhile(lambda word: word in openings, tokens(text)))
    return task.startswith(endings_of("activity.first_phrases"))


_SHORTEST_END = 6  # more letters than that has a noun that a compound may end in
