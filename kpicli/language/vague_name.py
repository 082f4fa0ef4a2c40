"""Vague names: they say that something should be good, and nothing that makes it a number."""

from kpicli.language.concept import endings_of, words_of
from kpicli.language.countable import divides_things, names_scale, names_things, opens_with_share
from kpicli.language.stated_direction import stated_direction
from kpicli.language.tokens import (
    has_phrase,
    has_word,
    hyphenated_words,
    subject,
    tokens,
    written_words,
)

_SHORTEST_VISION = 3
_LONGEST_HEAD = 7  # so many words of a sentence are looked at for its verb
_LONGEST_ARTICLE = 2  # so many characters tell `A place` from `A&E`


def is_vague(name: str, definition: str) -> bool:
    """Whether a name is a wish, and the definition does not make a number of it."""
    is_hoped = is_wish(name) or is_vision(name)
    if not is_hoped:
        return is_statement(definition) and not _is_numeric(name)
    return not (definition.strip() and _makes_a_number(definition))


def is_statement(definition: str) -> bool:
    """Whether it is a sentence of how things should be, and counts nothing.

    `Leaders inspire their people` is one; `Leaders who inspire` and `Share of leaders …` are none.
    """
    spoken = tokens(definition)
    if len(spoken) < _SHORTEST_VISION or any(word[0].isdigit() for word in spoken):
        return False
    if divides_things(definition) or has_word(definition, _numbers()) or names_scale(definition):
        return False
    clauses = words_of("deed.clauses", "text.joints") - words_of("text.and")
    clause = next((at for at, word in enumerate(spoken) if word in clauses), len(spoken))
    head = spoken[: min(clause, _LONGEST_HEAD)]
    return not words_of("vague.finite_verbs").isdisjoint(head[1:] if len(head) > 1 else head) or (
        head[:1] != () and head[0] in words_of("vague.people_who_wish")
    )


def _is_numeric(name: str) -> bool:
    """Whether a name says how it is measured, or counts things."""
    if has_word(name, _numbers()) or names_scale(name) or divides_things(name):
        return True
    return any(word[0].isdigit() for word in tokens(name)) or names_things(name)


def is_mere_vision(name: str, definition: str) -> bool:
    """Whether a name paints a future and the definition too, so that a unit tells nothing."""
    if not definition.strip() or _makes_a_number(definition):
        return False
    first = hyphenated_words(name)[:1]
    is_wish_first = first != () and first[0] in words_of("vague.verbs", "vague.making")
    is_hoped = _is_hoped(definition)
    if is_vision(name) or (is_hoped and is_wish_first):
        return True
    asks = words_of("direction.up", "direction.down")  # `Fewer complaints` says which way
    is_wished = is_wish(name) and asks.isdisjoint(first)
    return is_wished and (is_hoped or is_statement(definition))


def is_painted(name: str, definition: str) -> bool:
    """Whether a definition paints something, `A lively street`, and nothing is counted."""
    return is_vision(definition) and not _makes_a_number(definition) and not _is_numeric(name)


def _is_hoped(definition: str) -> bool:
    hopes = words_of("vague.hoping", "vague.wishing")
    return has_word(definition, hopes) or has_phrase(definition, "vague.visions")


def is_vision(name: str) -> bool:
    """Whether a name paints what shall be: `A place to be proud of`, `Ein starker Partner`."""
    spoken = hyphenated_words(name)
    if has_phrase(name, "vague.visions"):
        return True
    if len(spoken) < _SHORTEST_VISION or not name[:_LONGEST_ARTICLE].strip().isalpha():
        return False
    is_one = spoken[0] in words_of("vague.one") and not names_things(name)
    return is_one and not has_word(name, _numbers()) and not names_scale(name)


def is_wish(name: str) -> bool:
    """Whether a name says that something should be good, and not what is measured."""
    spoken = hyphenated_words(name)
    if not spoken:
        return False
    if spoken[0] == "to" and len(spoken) > 1:
        spoken = spoken[1:]
    if spoken[0] in words_of("vague.verbs") or spoken[-1] in words_of("vague.last_verbs"):
        return True
    if has_word(name, _numbers()) or names_scale(name):
        return False
    about = tuple(word.casefold() for word in subject(name))
    is_good = _has_quality(spoken) and not stated_direction(name)  # `Reports, more is better`
    if is_good or (len(about) == 1 and about[0] in words_of("vague.alone")):
        return True
    return bool(about) and (
        about[-1] in words_of("vague.virtues")
        or about[-1].endswith(endings_of("vague.virtue_endings"))
        or about[0] in words_of("vague.first_virtues")
    )


def without_wish(name: str) -> str:
    """What is left of a name to be counted: `customers` of `Happy customers`."""
    wishes = words_of("vague.verbs", "vague.qualities", "vague.virtues")
    return " ".join(word for word in written_words(name) if word.casefold() not in wishes)


def _numbers() -> frozenset[str]:
    return words_of("number.counts", "number.units", "number.measures")


def _has_quality(spoken: tuple[str, ...]) -> bool:
    before, after = ("", *spoken), (*spoken[1:], "")
    return any(
        word in words_of("vague.qualities") and previous != "or" and following != "than"
        for previous, word, following in zip(before, spoken, after, strict=False)
    )


def _makes_a_number(definition: str) -> bool:
    """Whether it counts, measures or tells things apart; another wish does none of these."""
    if has_phrase(definition, "vague.boasts"):
        return False
    is_share = divides_things(definition) or has_phrase(definition, "ratio.as_part")
    if is_share or any(char.isdigit() for char in definition):
        return True
    about = [word.casefold() for word in subject(definition)]
    is_vision = has_phrase(definition, "vague.visions") and not opens_with_share(definition)
    if is_vision or not words_of("vague.hoping").isdisjoint(about):
        return False
    if has_word(definition, _numbers()):
        return True
    is_wished = not words_of("vague.wishing").isdisjoint(about)
    if is_statement(definition) or _has_quality(hyphenated_words(definition)) or is_wished:
        return False
    is_done = about[:1] != [] and about[0].endswith(endings_of("vague.done_endings"))
    return is_done or names_things(definition)
