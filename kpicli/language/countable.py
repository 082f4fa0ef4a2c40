"""Whether words say that things are counted, or on which scale, so that a number needs no unit."""

import re
from functools import cache
from itertools import pairwise, takewhile

from kpicli.language.concept import endings_of, expression, words_of
from kpicli.language.currency import is_money
from kpicli.language.tokens import (
    has_phrase,
    has_token,
    has_word,
    opens_with,
    subject,
    tokens,
    topic,
    written_words,
)
from kpicli.plugins import split, words

_SHORTEST_THING = 4
_FEWEST_SMALL = 2
_LONGEST_LIST = 6
_FIRST_WORDS = 4  # among these stands who is divided by: `geteilt durch alle, die …`
_ACRONYMS = re.compile(r"[A-Z]{2,}s")
_SCALE = re.compile(r"\d\s?[-\u2013]\s?\d")
_IN_BRACKETS = re.compile(r"\(([^()]*)\)")
_ASIDE = r"(?:\([^()]*\)\s)?"
_ENDS = r"\s(?:5|6|7|10|100)\b"
_SCALE_IN_WORDS = rf"\b[01]\s{_ASIDE}(?:<number.up_to>){_ENDS}|\b(?:<number.out_of>){_ENDS}(?!\s?%)"
_QUOTIENT = re.compile(r"\b[A-Z]{2,}\s?[:/]\s?[A-Z]{2,}\b")


def is_counted(name: str, definition: str) -> bool:
    """Whether a name or a definition says that things are counted, or on which scale.

    What is divided is no count any more, unless the name says of what: `Orders per visit`.
    """
    units = words_of("number.units")
    counts_or_units = units | words_of("number.counts")
    is_part = opens_with_share(definition) or has_phrase(definition, "ratio.as_part")
    if is_part and "minus" not in tokens(definition):
        return has_word(name, units)
    is_told = any(pattern.search(name) for pattern in (_QUOTIENT, _SCALE, _per_many()))
    has_currency = any(map(is_money, (*tokens(name), *tokens(definition))))
    is_on_scale = has_word(definition, words_of("number.scales")) or ends_scale(definition)
    aside = _IN_BRACKETS.search(name)
    ends = endings_of("number.count_endings")
    is_score = any(word.endswith(ends) for word in tokens(name))
    undivided = " ".join(takewhile(lambda word: word not in words_of("text.per"), tokens(name)))
    is_told = is_told or is_score or has_word(undivided, counts_or_units)
    is_told = is_told or (aside is not None and has_token(aside[1], words_of("text.per")))
    if is_told or has_currency or is_on_scale:
        return True
    if divides_things(definition):
        is_quotient = _divides_money(definition) or _is_per_thing(name)
        return is_quotient or (names_things(name) and not is_part_of_same(definition))
    return has_word(definition, counts_or_units) or _is_of_things(name, definition)


@cache
def _per_many() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:per|pr|por|par|pro|je)\.? [0-9][0-9.,\s]*"
        r"|\b(?:pour|for|för|auf|på) [0-9][0-9.,\s]*00\b"
        r"|\b(?:per|pr|por|par|pro|je|pour|for|för|auf|på)\.? "
        r"(?:(?:every|each|one|a|hver|hvert|varje|cada|un|ein|et|ett) )?"
        r"(?:milli[oóe]\w*|miljon\w*|mio|mil|mille|thousand\w*|tusen\w*|tusind\w*|tausend\w*"
        r"|hundr\w+|hundert\w*|cien|cent)\b",
        re.IGNORECASE,
    )


def _is_per_thing(name: str) -> bool:
    """Whether it says of what, and for each of what: `Pupils per teacher`."""
    spoken = tokens(name)
    per = next((at for at, word in enumerate(spoken) if word in words_of("text.per")), 0)
    return 0 < per < len(spoken) - 1 and names_things(" ".join(spoken[:per]))


def _divides_money(definition: str) -> bool:
    """Whether it is one amount of money by another, and so a mere number: sales by stock."""
    amounts, ends = words_of("number.money"), endings_of("number.money_endings")
    parts = [tokens(part) for part in split_division(definition)]
    is_of_money = (any(word in amounts or word.endswith(ends) for word in part) for part in parts)
    return len(parts) > 1 and all(is_of_money)


def _is_of_things(name: str, definition: str) -> bool:
    """Whether things are counted, and no amount is named; of what says neither nobody can tell."""
    is_amount = not words_of("number.amounts_of").isdisjoint(topic(definition)[0])
    is_amount = is_amount or opens_with(definition, "number.how_much")
    if is_amount or (_is_amount(name) and definition.strip()):
        return False
    if names_things(name) or not definition.strip():
        return names_things(name)
    return names_things(definition) or not (
        _is_amount(definition) or _would_show_plurals(f"{name} {definition}")
    )


def _would_show_plurals(text: str) -> bool:
    """Whether its small words are those of a language in which an s tells that there are many."""
    spoken = {*tokens(text)}
    known = {language: len(small & spoken) for language, small in _small_words().items()}
    best = max(known.values())
    return best >= _FEWEST_SMALL and all(
        "plural_endings" not in words("number")[language]
        for language, count in known.items()
        if count == best
    )


@cache
def _small_words() -> dict[str, frozenset[str]]:
    """What stands between the words that tell something, by language."""
    return {
        language: frozenset(
            word for key in ("joints", "openings", "articles") for word in split(table.get(key, ""))
        )
        for language, table in words("text").items()
    }


def names_per_many(name: str) -> bool:
    """Whether it says for how many, `per 1,000`, `pour mille habitants`, and so is a number."""
    return bool(_per_many().search(name))


def names_scale(name: str) -> bool:
    """Whether it says on which scale it is answered: `Satisfaction (1-6)`."""
    return bool(_SCALE.search(name))


def ends_scale(definition: str) -> bool:
    """Whether it says on which scale something is answered: `1 to 5`, `out of 10`."""
    has_digit = any(map(str.isdigit, definition))
    return has_digit and bool(expression(_SCALE_IN_WORDS, definition).search(definition))


def _is_amount(text: str) -> bool:
    """Whether it is about what is no number of things: revenue, energy, a rate, an average."""
    *before, last = topic(text)[0]
    head = before[-1] if before and _follows_things(last) else last
    amounts = words_of("number.amounts", "ratio.heads", "burden.drawn")
    first = (*before, head)[0]  # `Behandlingstid byggesak`, `Dons collectés`
    is_listed = head in amounts or first in words_of("number.first_amounts")
    ends = endings_of("number.amount_endings")
    return is_listed or first.endswith(ends) or head.endswith(ends)


def opens_with_share(definition: str) -> bool:
    """Whether it begins with `Share of` or the like."""
    text = definition.strip()
    return bool(expression(r"(?:the )?(?:<ratio.openings>)\b", text).match(text))


def divides_things(text: str) -> bool:
    """Whether it says that something is divided: `divided by`, `/`."""
    return len(split_division(text)) > 1


def split_division(text: str) -> list[str]:
    """What is divided, and by what; the text alone where it divides nothing."""
    has_sign = "÷" in text or "/" in text
    may_divide = has_sign or has_phrase(text, "text.divided")
    division = r"\b(?:<text.divided>)\b|÷|\s/\s"
    return expression(division, text).split(text, maxsplit=1) if may_divide else [text]


def is_part_of_same(definition: str) -> bool:
    """Whether things are divided by things of their kind: `Orders on time divided by orders`."""
    numerator, *denominator = split_division(definition)
    about, divisor = topic(numerator)[0], " ".join(denominator)
    times = words_of("number.times")
    things = (word for word in written_words(numerator) if word.casefold().rstrip("s") not in times)
    plural = next(filter(is_plural, things), about[0])
    same = {plural.casefold(), about[0], about[-1]} - {""}
    bare = {thing.rstrip("ns") for thing in same if len(thing) >= _SHORTEST_THING}
    is_same = has_token(divisor, frozenset(same)) or _is_of_all(divisor)
    return is_same or any(word.rstrip("ns") in bare for word in tokens(divisor))


def _is_of_all(divisor: str) -> bool:
    """Whether it is all of them who did something: `by all who answered`, no `all that we owe`."""
    whole, clauses = words_of("text.whole"), words_of("deed.clauses", "deed.clauses_after_comma")
    opening = tokens(divisor)[:_FIRST_WORDS]
    is_of_all = any(word in whole and after in clauses for word, after in pairwise(opening))
    return is_of_all and not has_phrase(divisor, "number.how_much")


def names_things(text: str) -> bool:
    """Whether it is about things in plural: `Orders`, `Tickets closed`, `MQLs per week`."""
    first, *others = map(_names_things, _listed(text))
    return first or sum(others) > 1


def _listed(text: str) -> list[str]:
    """The text, or the parts of one that begins with a list: `Falls, slips and trips`."""
    joint = expression(r"[,/]|\s(?:<text.and>|or)\s", text)
    first = joint.split(text, maxsplit=1)[0]
    is_list = len(first) < len(text) and first.strip() == " ".join(subject(text))
    return joint.split(text)[:_LONGEST_LIST] if is_list else [text]


def _names_things(text: str) -> bool:
    about = list(subject(text))
    while len(about) > 1 and _follows_things(about[-1].casefold()):
        about.pop()
    return bool(about) and is_plural(about[-1])


def _follows_things(word: str) -> bool:
    """Whether it may stand behind the thing counted: `Tickets closed`, `Answers 9-10`."""
    is_participle = word in words_of("number.participles")
    return word[0].isdigit() or is_participle or (len(word) > 4 and word.endswith(("ed", "ing")))


def is_plural(word: str) -> bool:
    """Whether a word names several things."""
    folded = word.casefold()
    if folded in words_of("number.no_plurals"):
        return False
    if _ACRONYMS.fullmatch(word) or folded in words_of("number.plurals"):
        return True
    ends_in_s = len(folded) > 3 and folded.endswith("s")
    if ends_in_s and not folded.endswith(("ss", "us", "is", "'s", "\u2019s")):
        return True
    return folded.endswith(endings_of("number.plural_endings"))
