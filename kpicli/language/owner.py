"""Owners that are nobody: everyone, a whole team, or a place that is still empty."""

from kpicli.language.concept import words_of
from kpicli.language.tokens import has_phrase, has_token, hyphenated_words, tokens


def is_nobody(owner: str) -> bool:
    """Whether an owner names no one person or role who can be asked."""
    spoken = tokens(owner)
    is_role = has_token(owner, words_of("owner.role"))
    empty, everybody = words_of("owner.empty"), words_of("owner.all")
    if not spoken or (has_phrase(owner, "owner.empty_phrases") and not is_role):
        return True
    if set(spoken) <= empty | words_of("owner.alone"):
        return True
    if hyphenated_words(owner)[0] in everybody:
        return words_of("owner.particles").isdisjoint(spoken[1:2])
    if is_role:
        return False
    return spoken[-1] in everybody or spoken[0] in empty or has_phrase(owner, "owner.whole")
