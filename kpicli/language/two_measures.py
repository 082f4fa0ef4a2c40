"""Two measures of which a definition says what each is, one after the other or each by a word."""

import re
from itertools import islice

from kpicli.language.burden import is_burden
from kpicli.language.concept import endings_of, expression, words_of
from kpicli.language.countable import is_plural
from kpicli.language.duration_name import is_duration
from kpicli.language.ratio import divides
from kpicli.language.stems import stem
from kpicli.language.tokens import tokens

_CLAUSE_END = re.compile(r"\s?;\s|[.]\s+(?=[A-Z])")
_AND, _COMMA_AND = r"\s(?:<text.and>)\s|\s?[&+/]\s?", r",\s(?:<text.and>)\s"
_APART = r"(?P<cut>;\s|[.]\s(?=[A-Z])|,\s(?:<text.and>)\s|,?\s(?:<compound.besides>)\s)"
_AGAIN = re.compile(r"(\w{4,})\b[^;.,]*(?P<cut>,\s(?:\w{1,4}\s)?)(?=\1\b)", re.IGNORECASE)
"""What says one thing of each of two: `Loads that came late, and loads with damage`."""
_LIST = rf",\s(?:(?:<text.and>)\s)?|{_AND}"
_MOST_JOINTS = 8  # so many places are tried at which a definition may be taken apart
_FEWEST_LISTED = 3
_FEWEST_OF_MEAN = 5  # so many words say of what a mean is, and not only that it is one
_ALIKE = 5  # so many letters at the beginning make one word of two


def halves_told_apart(name: str, definition: str) -> tuple[str, str] | None:
    """The two of a name that a definition tells apart, as it may do in several ways."""
    ways = (_aligned, _in_turn, _apart, _parallel)
    return next(filter(None, (way(name, definition) for way in ways)), None)


def _aligned(name: str, definition: str) -> tuple[str, str] | None:
    """The halves of a name that the definition goes through one after the other.

    It does where both of its clauses divide, or where each has a word of one half alone.
    """
    halves = _halves(name)
    is_listed = definition.count(";") == 1
    parts = definition.split(",") if "/" in name and not is_listed else _clauses(definition)
    clauses = [clause for clause in parts if len(tokens(clause)) >= (1 if is_listed else 2)]
    if not halves or len(clauses) != 2:
        return None
    first, second = ({*map(stem, _telling(half))} for half in halves)
    one, other = ({*map(stem, _telling(clause))} for clause in clauses)
    is_in_turn = first & one - second and second & other - first
    scored, heads = words_of("number.means"), [tokens(clause)[0] for clause in clauses]
    is_parallel = is_listed and heads[0] == heads[1]
    is_second = second & other or heads[1] in scored or _begins_alike(halves[1], clauses[1])
    is_own = is_parallel or (is_listed and is_second)
    is_crossed = not is_own and (first & other - one or second & one - other)
    ends = [measured_end(tokens(half)) for half in halves]
    is_bare = ends[1] == tokens(halves[1])[0]  # and no head for both, as in `Fruit and meat waste`
    is_alone = (any if is_bare else all)(map(stands_alone, ends))
    measured = words_of("number.means", "ratio.openings", "number.numbers", "number.units")
    is_measured = is_alone or divides(clauses[1]) or heads[1] in measured
    is_first_or_second = any(map(_begins_alike, halves, clauses))
    numbers = words_of("number.numbers")
    are_measures = is_listed and all(
        stands_alone(end) or is_plural(end) or end in numbers for end in ends
    )
    is_told = is_parallel or are_measures or is_in_turn or is_measured or is_first_or_second
    is_reckoned = any(divides(clause) or "minus" in tokens(clause) for clause in clauses)
    is_remark = not is_own and _is_remark(clauses[1])
    is_two = is_told and not (is_crossed and not is_reckoned) and not is_remark
    return halves if is_two or all(map(divides, clauses)) else None


def _halves(name: str) -> tuple[str, str] | None:
    """What stands before and behind the first `and` of a name."""
    halves = [part.strip() for part in expression(_AND, name).split(name, maxsplit=1)]
    if len(halves) < 2 or not all(map(tokens, halves)) or is_done_twice(*map(tokens, halves)):
        return None
    return halves[0], halves[1]


def is_done_twice(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """Whether two things were done to one: `Permits requested and refused`."""
    ends, named = endings_of("compound.participle_endings"), words_of("number.participles")
    is_done = all(word in named or word.endswith(ends) for word in (first[-1], second[0]))
    return is_done and len(first) > 1


def _apart(name: str, definition: str) -> tuple[str, str] | None:
    """The halves of a name of which a definition says what each is: `Sales as well as stars`.

    It takes one up by its word, and the other not with it; or nobody would add the two, as of one
    less is better.
    """
    sums = words_of("compound.together", "text.divided") - words_of("compound.besides")
    halves = _halves(name) if sums.isdisjoint(tokens(definition)) else None
    again = _AGAIN.match(definition) if halves else None
    if not halves or not (cut := again or expression(_APART, definition).search(definition)):
        return None
    parts = definition[: cut.start("cut")], definition[cut.end() :]
    opening = tokens(parts[1])[0]
    is_own = again or opening == tokens(halves[1])[0]  # `…, as well as margin over sales`
    is_sum = divides(definition) or all(map(is_burden, halves))
    is_remark = opening in words_of("compound.remarks", "text.joints", "text.speakers")
    if is_remark or (is_sum and not is_own):
        return None
    is_crossed = _is_alike(halves[0], parts[1], parts[0]) or _is_alike(halves[1], *parts)
    is_in_turn = any(map(_is_alike, halves, parts, reversed(parts))) and not is_crossed
    is_against = is_burden(halves[0]) is not is_burden(halves[1])
    return halves if is_in_turn or is_own or is_against else None


def _is_alike(half: str, clause: str, other: str) -> bool:
    """Whether a clause has a word of the half, be it the end of a compound, and the other none."""
    return bool(common_words(half, clause)) and not common_words(half, other)


def common_words(half: str, clause: str) -> list[str]:
    """The words of one text that stand in the other, or end or begin a compound there."""
    return [
        word
        for word in _telling(half)
        for later in _telling(clause)
        if stem(word) == stem(later)
        or (min(len(word), len(later)) >= _ALIKE and (word.endswith(later) or later.endswith(word)))
    ]


def _in_turn(name: str, definition: str) -> tuple[str, str] | None:
    """The first two of three things or more that a definition takes up, each after a `;`."""
    clauses = [clause for clause in definition.split(";") if clause.strip()]
    if len(clauses) < _FEWEST_LISTED:
        return None
    items = [item.strip() for item in expression(_LIST, name).split(name)]
    return (items[0], items[1]) if len(items) == len(clauses) and all(items) else None


def _parallel(name: str, definition: str) -> tuple[str, str] | None:
    """The halves of a name of which a definition measures one and then, by itself, the other.

    `Index för bemötande och index för tillgänglighet`, `Mean of used CPU, and of used memory`.
    """
    halves = _halves(name)
    if not halves:
        return None
    for place in islice(expression(_AND, definition).finditer(definition), _MOST_JOINTS):
        left, right = definition[: place.start()], definition[place.end() :]
        opening = tokens(right)[:1]
        is_again = {*opening} & {*tokens(left)} and any(map(_tells_score, tokens(left)))
        is_time = any(map(is_duration, opening)) and not is_duration(tokens(left)[0])
        is_measured = is_again or is_time or any(map(_tells_score, opening))
        if is_measured and _begins_alike(halves[1], right) and not _begins_alike(halves[1], left):
            return halves
    return None


def _tells_score(word: str) -> bool:
    """Whether it says how something is measured, so that two of it are never added up."""
    scores = words_of("number.means", "number.scales", "number.scores", "ratio.heads")
    is_number = word in words_of("number.numbers")
    return word in scores or (not is_number and word.endswith(endings_of("number.count_endings")))


def _begins_alike(half: str, clause: str) -> bool:
    """Whether a word of each begins alike, in languages whose endings kpi does not know."""
    starts = {word[:_ALIKE] for word in _telling(half) if len(word) >= _ALIKE}
    return any(word[:_ALIKE] in starts for word in _telling(clause))


def _is_remark(clause: str) -> bool:
    """Whether a clause only says more of what the first one counts: `excluding VAT`."""
    words = tokens(clause)
    if words[0] in words_of("number.means") and len(words) >= _FEWEST_OF_MEAN:
        return False
    first = words_of("compound.remarks", "text.joints", "text.speakers", "compound.all")
    return words[0] in first or not words_of("compound.both").isdisjoint(words)


def _clauses(definition: str) -> list[str]:
    """Its clauses, parted by `;` or a full stop, else by one comma before `and`."""
    clauses = _CLAUSE_END.split(definition)
    return clauses if len(clauses) > 1 else expression(_COMMA_AND, definition).split(definition)


def _telling(text: str) -> list[str]:
    small = words_of("synonyms.small", "text.joints", "text.articles", "text.openings")
    return [word for word in tokens(text) if word not in small]


def stands_alone(end: str) -> bool:
    """Whether a word alone is something that is measured."""
    standing = words_of("compound.standing", "compound.unadded", "burden.words")
    return end in standing or end.endswith(endings_of("compound.standing_endings"))


def measured_end(spoken: tuple[str, ...]) -> str:
    """The word that a measure ends in, before what it is of."""
    stops = words_of("compound.stops")
    at = next((at for at, word in enumerate(spoken) if at and word in stops), len(spoken))
    return spoken[at - 1]
