"""Shortfalls: a name that says what was not done, is late or older than it should be."""

import re
from functools import cache, lru_cache
from itertools import dropwhile, takewhile

from kpicli.language.concept import endings_of, expression, words_of
from kpicli.language.tokens import has_phrase, has_token, hyphenated_words, tokens, topic
from kpicli.plugins import split, words

_LENGTH = r"(?:\w+\s){0,2}?[\w,.]+[\s-](?:working\s|calendar\s|business\s)?(?:<shortfall.spans>)\b"
_OLDER = rf"\b(?:<shortfall.older>)\s{_LENGTH}"
_AGE = r"(?:\w+\s){0,2}?[\w,.]+(?:-\w+)?[\s-](?:<shortfall.spans shortfall.years>)"
_OLD = (
    rf"\b(?:(?:<shortfall.longer>)\s{_AGE}\s(?:<shortfall.old>)|(?:<shortfall.older>)\s?{_AGE})\b"
)
_DENIED = r"\b(?:<shortfall.not shortfall.negation>)\s\w+(?:\s\w+)?"
_LONGER = rf"\b(?:<shortfall.longer>)\s{_LENGTH}"
_BELOW = (
    r"\b(?:(?:<shortfall.below>)\s(?:[\w-]+\s){0,3}(?:<shortfall.expected>)"
    r"|(?:<shortfall.outside>)\s(?:[\w-]+\s){0,3}(?:<shortfall.bounds>))\b"
)
_AFTER = rf"\b(?:<shortfall.done_late>)\s(?:\w+\s)?(?:<shortfall.after>)\s{_LENGTH}"
_PEOPLE = "compound.people", "deed.outsiders", "activity.staff", "activity.outsiders"


@lru_cache(1024)
def names_shortfall(name: str) -> bool:
    """Whether it counts what ought not to be: `Bills not paid`, no `Patients not readmitted`."""
    failing = "shortfall.failing"
    if has_phrase(name, failing) and has_phrase(expression(_DENIED, name).sub("", name), failing):
        return True
    clause = " ".join(clause_of(name)[: 1 + _NEAR])  # `Pupils who must repeat a year`
    if _is_denied(name) or _is_below(name) or has_phrase(clause, "shortfall.must"):
        return True
    return _is_late(name) or _is_too_old(name) or _is_not_done(name) or _lacks_something(name)


def _is_denied(name: str) -> bool:
    """Whether a clause denies something that ought to be: `Pupils who do not pass`."""
    rest = clause_of(name)
    denied = next((at for at, word in enumerate(rest) if word in words_of("shortfall.negation")), 0)
    after = rest[denied + 1 :]
    good = words_of("shortfall.not_with")
    return 0 < denied <= _NEAR and not any(_is_unwanted(word) or word in good for word in after)


def clause_of(text: str) -> tuple[str, ...]:
    """The clause right behind what a text is about, with the word that begins it; else nothing."""
    about, rest = topic(text)
    clauses = words_of("deed.clauses")
    in_two_languages = words_of("deed.clauses_after_comma")
    if rest[:1] != () and rest[0] in clauses:
        is_of = text.partition(f" {rest[0]} ")[2][:1].isupper()  # `Fehlerquote der Montage`
        return () if is_of and rest[0] in in_two_languages else rest
    plain = clauses - in_two_languages
    if "," not in text and not words_of("burden.population").isdisjoint(about):
        return tuple(dropwhile(lambda word: word not in plain, rest))  # `Children under five who …`
    first, comma, after = text.partition(",")
    words = tokens(after) if comma and len(tokens(first)) <= _LONGEST_HEAD else ()
    begins = words_of("deed.clauses", "deed.clauses_after_comma")
    return words if words[:1] != () and words[0] in begins else ()


def _is_below(name: str) -> bool:
    """Whether it is of those below what is expected: `Pupils below their age`, `Roads below par`.

    So is what has too few of something: `Courses with fewer than ten students`.
    """
    about, rest = topic(name)
    is_short = has_phrase(name, "shortfall.too_few") and not any(map(_is_unwanted, rest))
    places = words_of("shortfall.below", "shortfall.outside")
    good_below = is_burden_word(about[-1]) or about[-1] in words_of("burden.time")
    is_right_below = {*rest[:1]} <= places and not good_below  # no `Response times below target`
    is_of_those = is_right_below or has_token(name, words_of(*_PEOPLE))
    return is_short or (is_of_those and expression(_BELOW, name).search(name) is not None)


def is_undone(word: str) -> bool:
    """Whether a prefix says that something was not done: `unbilled`, `unerledigte`."""
    is_plain = word in words_of("shortfall.not_prefixed")
    return not is_plain and bool(_undone(word[:1]).fullmatch(word))


@cache
def _undone(letter: str) -> re.Pattern[str]:
    """For each language its prefix that begins so, and the endings of what was or was not done."""
    forms = []
    for language in words("shortfall").values():
        for prefix in filter(lambda it: it[0] == letter, split(language.get("prefix", ""))):
            endings = "|".join(split(language["prefixed_endings"]))
            forms.append(rf"{prefix}(?:{endings})")
    return re.compile("|".join(forms) or r"(?!)")


def _is_late(name: str) -> bool:
    """Whether what it is about ends in `late`, whatever was done then: `Orders shipped late`."""
    about, rest = topic(name)
    is_last = len(about) > 1 and about[-1] in words_of("shortfall.late")
    return (is_last and rest[:1] != ("for",)) or has_phrase(name, "shortfall.late_phrases")


def _is_too_old(name: str) -> bool:
    """Whether it is of what is older, or waits or takes longer, than so many days."""
    if not has_phrase(name, "shortfall.older") and not has_phrase(name, "shortfall.longer"):
        return False
    if expression(_AFTER, name).search(name):
        return True
    if has_token(name, words_of("shortfall.lasting")):
        return False
    is_old = expression(_OLD, name).search(name) and not has_token(name, words_of(*_PEOPLE))
    if expression(_OLDER, name).search(name) or is_old:
        return True
    longer = expression(_LONGER, name).search(name)
    if not longer or has_token(name[longer.end() :], words_of("burden.relief")):
        return False  # `Debts over 90 days recovered`
    return has_token(name[: longer.start()], words_of("shortfall.pending"))


def _is_not_done(name: str) -> bool:
    """Whether a word says `not`, and the next is nothing that ought not to be."""
    spoken = tokens(name)
    for at, word in enumerate(spoken[:-1]):
        following = spoken[at + 1 :]
        is_noun = following[0].endswith(endings_of("shortfall.noun_endings"))
        is_noun = is_noun and following[0] not in words_of("shortfall.not_with")
        is_good = is_noun or following[0] in words_of("shortfall.lacked")
        if is_good and word in words_of("shortfall.non"):
            return True  # `Non-attendance`, and not `Non-clinical`
        if word not in words_of("shortfall.not", "shortfall.not_before_participle"):
            continue
        after = [word for word in following if word not in words_of("shortfall.between")]
        if not after or _is_unwanted(after[0]) or after[0] in words_of("shortfall.not_with"):
            continue
        is_done = after[0].endswith(endings_of("shortfall.participle_endings"))
        if is_done or word in words_of("shortfall.not"):
            return True
    return False


def _lacks_something(name: str) -> bool:
    """Whether it is of those without something that they ought to have: `… without a diploma`."""
    words = hyphenated_words(name)
    if _is_plainly_without(name):
        return True
    without, of = words_of("shortfall.without"), words_of("ratio.of")
    skipped = words_of("text.articles", "activity.determiners", "shortfall.between")
    for at, word in enumerate(words):
        if word in without:
            noun = takewhile(lambda later: later not in of, words[at + 1 :])
            after = [later for later in noun if later not in skipped][:_FAR]
            wanted, ends = words_of("shortfall.wanted"), endings_of("shortfall.wanted_endings")
            if not words_of("burden.beside").isdisjoint(after):
                return False  # `Shifts without a missed break`
            return any(later in wanted or later.endswith(ends) for later in after)
    return False


def _is_plainly_without(name: str) -> bool:
    """Whether it is of things with none of something: `Suppliers without a code of conduct`."""
    about, rest = topic(name)
    is_none = has_phrase(" ".join(rest[:2]), "shortfall.with_none") and rest[2:] != ()
    if len(rest) > 1 and about[-1] in words_of("burden.population", "shortfall.needy"):
        is_none = is_none or rest[0] in words_of("shortfall.without")
    free = words_of("burden.conditions", "shortfall.not_with")
    is_of_things = is_none and not about[-1].endswith(endings_of("vague.done_endings"))
    return is_of_things and not any(_is_unwanted(word) or word in free for word in rest)


def is_burden_word(word: str) -> bool:
    """Whether a word alone is something that one wants less of, be it the end of a compound."""
    if word in words_of("burden.words"):
        return True
    ends = _burden_endings()  # thousands: to look each up that it has is less than to compare all
    is_end = any(word[at:] in ends for at in range(len(word)))
    return is_end and not word.endswith(endings_of("burden.no_endings"))


@cache
def _burden_endings() -> frozenset[str]:
    """What ends a compound, in languages that write them as one word."""
    burdens = (table for table in words("burden").values() if "endings" in table)
    joined = (word for table in burdens for word in split(table["words"]))
    long = {word for word in joined if len(word) >= _SHORTEST_END}
    return words_of("burden.endings") | long


def is_plain_burden(name: str) -> bool:
    """Whether nobody can want more of it: `Cost per order`, `Customer complaints`."""
    about, _ = topic(name)
    is_timely = has_token(name, words_of("burden.within"))
    return not is_timely and not words_of("burden.plain").isdisjoint((about[0], about[-1]))


def is_repeated(spoken: tuple[str, ...]) -> bool:
    """Whether something had to be done again: `Repeat referrals`, but not `Repeat orders`."""
    again = [at for at, word in enumerate(spoken) if word in words_of("burden.repeated")]
    return any(words_of("burden.gladly_repeated").isdisjoint(spoken[at:]) for at in again)


def _is_unwanted(word: str) -> bool:
    is_listed = word in words_of("burden.words", "burden.beside", "shortfall.unwanted")
    is_sent_back = word.startswith(endings_of("shortfall.unwanted_stems"))
    return is_listed or is_sent_back or word.endswith(endings_of("burden.endings"))


_NEAR = 3  # so many words of a clause are looked at
_FAR = 5  # so many words after `without` are
_LONGEST_HEAD = 4  # so many words stand before a comma behind which a clause says more of them
_SHORTEST_END = 5  # so many letters of a word tell what a compound ends in: `Vannlekkasjer`
