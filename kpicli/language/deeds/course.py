"""Courses: staff that went through one, and the hours that were taught."""

from kpicli.language.concept import endings_of, words_of
from kpicli.language.duration_name import durations, is_duration
from kpicli.language.tokens import has_token, tokens, topic

_NEAR = 3
"""So many words after `hours of` are looked at for what is taught."""


def is_time_taught(name: str) -> bool:
    """Whether it counts hours of teaching: `Hours of coaching delivered`, `Fortbildungsstunden`."""
    about, rest = topic(name)
    taught = words_of("activity.taught")
    if any(map(is_duration, about[1:])) and not taught.isdisjoint(about):
        return True
    if (
        is_duration(about[0])
        and rest[:1] != ()
        and rest[0] in words_of("ratio.of", "burden.having")
    ):
        return not taught.isdisjoint(rest[: 1 + _NEAR])
    return any(map(_is_hours_taught, about))


def _is_hours_taught(word: str) -> bool:
    """Whether it is a compound of what is taught and a time: `Schulungsstunden`."""
    taught = endings_of("activity.taught")
    starts = (word.removesuffix(unit) for unit in durations() if word.endswith(unit))
    return any(
        start.removesuffix("s").endswith(taught) or start.endswith(taught) for start in starts
    )


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
    is_on = rest[:1] != () and rest[0] in on and rest[-1].endswith(ends)
    return is_on and about[-1] in words_of("activity.staff")
