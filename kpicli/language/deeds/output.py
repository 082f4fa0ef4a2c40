"""Outputs: what was built, taught or held, as plans count it; courses that staff went through."""

from itertools import pairwise

from kpicli.language.concept import endings_of, words_of
from kpicli.language.deeds.doer import is_doer, names_outsider
from kpicli.language.duration_name import durations, is_duration
from kpicli.language.tokens import has_phrase, has_token, tokens, topic
from kpicli.model.unit import PERCENT


def is_output(name: str, definition: str, unit: str) -> bool:
    """Whether a name by itself counts what was done, and a definition says no effect of it."""
    is_care = definition != "" and has_token(name, words_of("deed.care"))
    if is_care or has_token(definition, words_of("deed.clauses", "deed.outcomes", "deed.kept")):
        return False  # `Wells that a village drinks from`
    ends, outputs = tokens(name)[-2:], words_of("deed.outputs")
    is_both_done = "/" in name and len(ends) > 1 and outputs.issuperset(ends)  # `built/ repaired`
    if is_both_done or _is_built_or_taught(name) or _is_own_work(name, unit):
        return True
    is_end = ends[-1:] != () and ends[-1] in words_of("deed.last_outputs")  # `Vías mejoradas`
    is_recorded = has_phrase(name, "deed.done_at_end")  # `Patients whose weight is recorded`
    is_recorded = is_recorded and not names_outsider(name)
    return is_recorded or (unit != PERCENT and (is_end or _is_plan(name)))


def _is_plan(name: str) -> bool:
    """Whether it is a plan by name alone: `Climate adaptation strategy`, `Plan de mobilité`."""
    about, rest = topic(name)
    plans, ends = words_of("deed.plans"), endings_of("deed.product_endings")
    is_whole = rest[:1] == () or rest[0] in words_of("ratio.of", "deed.for")
    is_counted = not words_of("number.counts").isdisjoint(tokens(name))
    is_first = rest != () and about[0] in words_of("deed.first_plans")
    is_plan = is_first or about[-1] in plans or about[-1].endswith(ends)
    return is_whole and is_plan and not is_counted


def _is_built_or_taught(name: str) -> bool:
    """Whether it counts what was built or done, and goes on to no effect: `Wells constructed`."""
    spoken = tokens(name)
    counted = words_of("number.numbers", "deed.counting", "ratio.shares", "deed.quantities")
    outputs, ends = words_of("deed.outputs"), words_of("text.joints", "text.and") | {""}
    done = next((at for at, word in enumerate(spoken) if word in outputs), 0)
    if not done or spoken[0] not in counted or (done == 1 and len(spoken) < _NEAR):
        return False
    if spoken[done] in words_of("deed.served") and spoken[done - 1] in words_of("deed.others"):
        return False  # `Tonnes of fish produced`
    if spoken[done] in words_of("deed.tested") and (*spoken, "")[done + 1] not in ends:
        return False  # `Homes that use a certified boiler`
    clauses = words_of("deed.clauses", "deed.using", "shortfall.not", "shortfall.without")
    effects = words_of("deed.outcomes", "deed.clauses", "burden.relief")
    about, rest = topic(name)
    is_beside = rest[:1] != () and rest[0] not in words_of("ratio.of")
    if is_beside and about[-1] in words_of("burden.words"):
        return False  # `Complaints against officers trained in …`
    is_plain = clauses.isdisjoint(spoken[:done]) and effects.isdisjoint(spoken[done + 1 :])
    is_result = has_phrase(name, "deed.in_time") or has_phrase(name, "deed.results")
    return is_plain and not is_result


def _is_own_work(name: str, unit: str) -> bool:
    """Whether it counts meetings, reports or checks of one's own: `Number of ward forums`."""
    about, rest = topic(name)
    counting = words_of("number.numbers", "deed.counting")
    is_ratio = unit == PERCENT or is_duration(unit) or is_per_thing(name)
    if is_ratio or counting.isdisjoint(tokens(name)[:_FEWEST_BEFORE]):
        return False
    work, first = words_of("deed.own_work"), words_of("deed.first_own_work")
    long = tuple(word for word in work if len(word) >= _SHORTEST_END)
    if about[-1] not in work and not about[-1].endswith(long) and about[0] not in first:
        return False
    clauses = words_of("deed.clauses", "deed.clause_words", "deed.no_own_work", "deed.outcomes")
    return clauses.isdisjoint(tokens(name)) and not has_phrase(" ".join(rest), "deed.results")


def is_per_thing(text: str) -> bool:
    """Whether it is a ratio of its own: `Interviews per hire`, but not `Calls per week`."""
    shared_out = words_of("number.times", "activity.staff", "activity.each", "deed.places")
    shared_out |= words_of("text.articles")  # `Visites par les pompiers`
    per = words_of("text.per")
    divisors = (word for before, word in pairwise(tokens(text)) if before in per)
    return any(word not in shared_out and not is_doer(word) for word in divisors)


_NEAR = 3  # so many words after `hours of` are looked at for what is taught
_FEWEST_BEFORE = 2  # so many words before a participle say what is counted
_SHORTEST_END = 7  # so many letters has a word at least that a compound may end in


def is_time_taught(name: str) -> bool:
    """Whether it counts hours of teaching: `Hours of coaching delivered`, `Fortbildungsstunden`."""
    about, rest = topic(name)
    taught, sold = words_of("activity.taught"), words_of("deed.billed")
    if has_token(name, sold) or not words_of("direction.down").isdisjoint(tokens(name)[:1]):
        return False  # `Training hours billed`, `Shrink onboarding time`
    if any(map(is_duration, about[1:])) and not taught.isdisjoint(about):
        return True
    is_of = rest[:1] != () and rest[0] in words_of("ratio.of", "burden.having")
    if is_of and is_duration(about[0]):
        return not taught.isdisjoint(rest[: 1 + _NEAR])
    return any(map(_is_hours_taught, about))


def _is_hours_taught(word: str) -> bool:
    """Whether it is a compound of what is taught and a time: `Schulungsstunden`."""
    ends = tuple(f"{end}{joint}" for end in words_of("activity.taught") for joint in ("", "s"))
    starts = (word.removesuffix(unit) for unit in durations() if word.endswith(unit))
    return any(start.endswith(ends) for start in starts)


def is_training_taken(text: str) -> bool:
    """Whether staff went through a course, `Staff who completed the training`, and no more."""
    if _is_on_course(text):
        return True
    parts = ("activity.staff", "activity.taken")
    courses, ends = words_of("activity.training"), endings_of("activity.training_endings")
    is_course = any(word in courses or word.endswith(ends) for word in tokens(text))
    is_taken = is_course and all(has_token(text, words_of(part)) for part in parts)
    return is_taken and not has_token(text, words_of("activity.tested"))


def _is_on_course(text: str) -> bool:
    """Whether it is of staff on a course: `Ledere på lederkursus`."""
    about, rest = topic(text)
    ends = endings_of("activity.training_endings")
    on = words_of("burden.having") - words_of("ratio.telling")
    courses = words_of("activity.training")
    is_course = rest != () and (rest[-1] in courses or rest[-1].endswith(ends))
    is_on = is_course and rest[0] in on and not has_token(text, words_of("deed.outcomes"))
    return is_on and not words_of("activity.staff").isdisjoint(about)
