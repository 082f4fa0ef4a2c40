"""Owners that are nobody: everyone, a whole team, or a place that is still empty."""

from functools import lru_cache

from kpicli.language.concept import endings_of, expression, words_of
from kpicli.language.tokens import has_phrase, has_token, hyphenated_words, tokens, written_words

_CACHED = 1024  # so many answers are kept: few people own many KPIs


@lru_cache(_CACHED)
def is_nobody(owner: str) -> bool:
    """Whether an owner names no one person or role who can be asked."""
    spoken = tokens(owner)
    is_role = _names_role(owner)
    empty, everybody = words_of("owner.empty"), words_of("owner.all")
    if not spoken or (has_phrase(owner, "owner.empty_phrases") and not is_role):
        return True
    is_denied = spoken[0] in words_of("placeholder.denying") and not is_role
    if is_denied or set(spoken) <= empty | words_of("owner.alone"):
        return True
    first, *following = hyphenated_words(owner)
    if first in everybody or (
        first in words_of("text.articles") and following[:1] != [] and following[0] in everybody
    ):
        return words_of("owner.particles").isdisjoint(spoken[1:2])
    if is_role:
        return False
    return spoken[-1] in everybody or spoken[0] in empty or has_phrase(owner, "owner.whole")


@lru_cache(_CACHED)
def is_group(owner: str) -> bool:
    """Whether an owner is a department, a board or two people, of whom nobody is the one."""
    if _names_many(owner):
        return True
    return _names_two_roles(owner) if _names_role(owner) else _is_of_group(owner)


def _names_many(owner: str) -> bool:
    """Whether it is a role that several have: `Les vétérinaires`, `Ward nurses`."""
    first, last = tokens(owner)[0], tokens(owner)[-1]
    is_role = last.endswith("s") and last.removesuffix("s") in words_of("owner.role")
    is_many = is_role and last not in words_of("owner.surnames")
    return is_many or first in words_of("owner.plural_articles")


def _is_of_group(owner: str) -> bool:
    """Whether it is a part of a house, or several: `Finance`, `Sales and Despatch`."""
    spoken, functions = tokens(owner), words_of("owner.functions")
    is_house = spoken[-1] in words_of("owner.houses") or spoken[0] in words_of("owner.first_houses")
    is_part = is_house or has_token(owner, words_of("owner.groups"))
    is_part = is_part or any(word.endswith(endings_of("owner.group_endings")) for word in spoken)
    if is_part or " ".join(spoken) in functions:
        return True
    parts = _parts(owner)
    are_functions = [part.casefold() in functions for part in parts]
    if len(parts) < 2:
        return all(are_functions) or _is_plural_agent(owner)
    return "," not in owner or any(are_functions) or all(" " in part for part in parts)


def _is_plural_agent(owner: str) -> bool:
    """Whether it is what several are, `Drivers`, `Pedagogene`; a surname stands behind a name."""
    *before, last = written_words(owner)
    is_word = not before or last.islower()
    return is_word and last.casefold().endswith(endings_of("owner.agents"))


def _names_role(owner: str) -> bool:
    """Whether one of its words is a role, or ends in one: `Amtsleiterin`."""
    if has_token(owner, words_of("owner.role")):
        return True
    return any(word.endswith(endings_of("owner.role_endings")) for word in tokens(owner))


def _names_two_roles(owner: str) -> bool:
    """Whether its ends are roles: `CFO and COO`, not `Head of Sales and Service`."""
    first, *others = _parts(owner)
    return _names_role(first) and others != [] and _names_role(others[-1])


def _parts(owner: str) -> list[str]:
    parts = expression(r"\s(?:<text.and compound.or>)\s|\s?[&+/;,]\s?", owner).split(owner)
    return [part for part in map(str.strip, parts) if part]
