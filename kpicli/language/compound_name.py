"""Names that mean two KPIs in one: `Revenue and margin`, but not `Sales and marketing spend`."""

import re
from itertools import islice

from kpicli.language.concept import endings_of, expression, words_of
from kpicli.language.countable import divides_things, is_plural
from kpicli.language.duration_name import opens_with_time
from kpicli.language.ratio import divides, is_quotient, names_share
from kpicli.language.tokens import begins_phrase, has_phrase, has_token, tokens
from kpicli.language.two_measures import (
    common_words,
    halves_told_apart,
    is_done_twice,
    measured_end,
    stands_alone,
)

_MOST_JOINTS = 8  # so many places are tried at which a name may be taken apart
_BOTH_ASIDE = r"[(\[](?:<number.numbers>)\s(?:(?:<text.and>)\s|[&+]\s?)([^()\[\]]+)[)\]]$"
_ASIDE = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_FIRST_ITEM = re.compile(r"(?:^|[:.;])\s*\(?(i|a|1)[.)]\s", re.IGNORECASE)
_SECOND_ITEM = re.compile(r"(?:\(|[:.;,]\s*|\band\s|\s(?=\w+\)))(ii|b|2)[.)]\s", re.IGNORECASE)
_SECOND_MARKS = {"i": "ii", "a": "b", "1": "2"}
_THEME = re.compile(r"^[^:]*\w:\s+(?=\S)")
"""What stands before a colon says only where: `Stop and search: find rate`."""
_CLAUSE_END = re.compile(r"\s?;\s|[.]\s+(?=[A-Z])")
_JOINT = r"\s(?:<text.and>)\s|\s?[&+]\s?|\s?/\s?|\s?;\s?|,\s"
_COUNTS = ("number.numbers", "number.means", "ratio.openings")
_COUNT = rf"(?:(?:<text.articles>)\s)?(?:<{' '.join(_COUNTS)}>)\b"
_TWO_COUNTS = rf"{_COUNT}[^.;]*?(\s(?:<text.and>)\s|;\s){_COUNT}"


def two_names(name: str, definition: str) -> tuple[str, str] | None:
    """The two that a name, or else a definition, makes one of; nothing where it is one."""
    spoken = tokens(definition)
    is_joined = has_token(definition, words_of("compound.joined"))
    name = _THEME.sub("", name)
    halves = halves_told_apart(name, definition) or _in_aside(name) or _ratios(definition)
    if halves:
        return halves
    is_ratio = has_token(definition, words_of("compound.ratio")) or "divided" in tokens(name)
    if is_ratio or ("minus" in spoken and not is_joined):
        return None
    if not has_phrase(name.replace("&", " and "), "compound.one_thing"):
        for joint in islice(expression(_JOINT, name).finditer(name), _MOST_JOINTS):
            first, second = name[: joint.start()].strip(), name[joint.end() :].strip()
            mark = joint[0].strip()
            if not first or not second or (mark == "/" and is_quotient(first, second, definition)):
                continue
            if _are_two(first, second, definition, is_comma=mark == ","):
                return first, second
    for text, is_divided in ((name, divides_things(name)), (definition, divides(definition))):
        if (items := _items(text)) and not is_divided:
            return items
    is_sum = not words_of("compound.together").isdisjoint(spoken[3:])
    is_count = any(begins_phrase(definition, concept) for concept in _COUNTS)
    if not is_sum and is_count and (both := expression(_TWO_COUNTS, definition).match(definition)):
        first, second = definition[: both.start(1)].strip(), definition[both.end(1) :].strip()
        return None if common_words(first, second) else (first, second)  # one is set over the other
    return None


def _in_aside(name: str) -> tuple[str, str] | None:
    """The two that a bracket wants: `Permits (number and days taken)`."""
    both = name[-1:] in {")", "]"} and expression(_BOTH_ASIDE, name).search(name)
    return (name[: both.start()].strip(), both[1]) if both else None


def _ratios(text: str) -> tuple[str, str] | None:
    """The first two of a list of which each divides: `(a) leavers / staff (b) days lost / days`."""
    items = _items(text)
    return items if items and all(divides(item) or names_share(item) for item in items) else None


def _items(text: str) -> tuple[str, str] | None:
    """The first two of a list such as `(i) response time (ii) satisfaction`, `a. pupils b. …`."""
    first = _FIRST_ITEM.search(text)
    second = _SECOND_ITEM.search(text, first.end()) if first else None
    if not first or not second or _SECOND_MARKS[first[1].casefold()] != second[1].casefold():
        return None
    return text[first.end() : second.start()].strip(), text[second.end() :].strip()


def _are_two(first: str, second: str, definition: str, *, is_comma: bool) -> bool:
    first_words, second_words = tokens(first), tokens(_ASIDE.sub(" ", second))
    is_apart = ";" in definition or has_token(definition, words_of("compound.joined"))
    is_none = not first_words or not second_words
    if is_none or (not is_apart if is_comma else is_done_twice(first_words, second_words)):
        return False  # `Lead time, online orders`
    if second_words[0] in words_of("compound.clause"):
        return len(second_words) > 1  # `Reviews of four stars and more`
    is_time_too = second_words[-1].endswith(endings_of("compound.standing_endings"))
    is_mean = second_words[0] in words_of("number.means") and len(first_words) > 1
    is_number_too = (is_time_too or is_mean) and first_words[0] in words_of("number.numbers")
    if is_number_too or (opens_with_time(second_words) and not opens_with_time(first_words)):
        return not _is_one_ratio(definition)
    is_all = second_words[0] in words_of("compound.all")
    if is_all or _is_one_of_both(first_words, second_words, definition):
        return False
    ends = measured_end(first_words), measured_end(second_words)
    is_joined = not is_comma and has_token(definition, words_of("compound.joined"))
    if all(stands_alone(end) or (is_joined and is_plural(end)) for end in ends):
        is_sum = has_token(definition, words_of("compound.together")) or _is_one_ratio(definition)
        return not is_sum or not words_of("compound.unadded", "compound.unsummed").isdisjoint(ends)
    people, unadded = words_of("compound.people"), words_of("compound.unadded")
    # `Customer and employee satisfaction`, `Satisfaction of customers and employees`
    is_before = second_words[0] in people and ends[1] in unadded
    is_after = second_words[-1] in people and ends[0] in unadded
    return first_words[-1] in people and (is_before or is_after)


def _is_one_of_both(first: tuple[str, ...], second: tuple[str, ...], definition: str) -> bool:
    """Whether one thing is of both together: `Error and fraud rate`, by `error and fraud`."""
    head = measured_end(second)
    spoken = f" {' '.join(tokens(definition))} "
    pairs = (f" {first[-1]} {word} {second[0]} " for word in words_of("text.and"))
    if second[0] == head or first[-1] in words_of("ratio.heads"):
        are_many = is_plural(head) and is_plural(first[-1]) and ";" not in definition
        return are_many and any(pair in spoken for pair in pairs)  # `Falls and slips`
    is_either = any(f" {word} {second[0]} " in spoken for word in words_of("compound.or"))
    return is_either or any(pair in spoken and f"{pair}{head} " not in spoken for pair in pairs)


def _is_one_ratio(definition: str) -> bool:
    """Whether it divides once, by both being a part of that: `Falls and burns per stay`."""
    is_one = len(_CLAUSE_END.split(definition.strip(" .;"))) == 1
    return is_one and (divides_things(definition) or names_share(definition))
