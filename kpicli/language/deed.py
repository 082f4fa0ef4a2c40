"""Deeds: a sentence that says at its head or its end what somebody did, whatever it was done to."""

from kpicli.language.concept import endings_of, words_of
from kpicli.language.tokens import has_phrase, has_token, tokens, topic
from kpicli.model.unit import PERCENT


def names_deed(text: str, unit: str, *, is_name: bool) -> bool:
    """Whether it counts what was done: `Policies reviewed`, `Development of a transport plan`.

    What others do, or what somebody pays for, is none: `Applications submitted`, `Units produced`.
    A share that was done in time is a service.
    """
    spoken = tokens(text)
    is_share = unit == PERCENT or has_token(text, words_of("ratio.shares"))
    if is_share and has_phrase(text, "deed.in_time"):
        return False
    return _begins_with_noun(spoken) or _has_participle(text, is_name=is_name)


def _begins_with_noun(spoken: tuple[str, ...]) -> bool:
    """Whether it begins with `Development` or the like, of something that is written or built."""
    openings = words_of("text.openings")
    start = next((at for at, word in enumerate(spoken) if word not in openings), len(spoken))
    first, following, *rest = (*spoken[start:], "", "")
    if first in words_of("deed.nouns"):
        return following in words_of("ratio.of", "text.articles", "activity.determiners")
    if first not in words_of("deed.maybe_nouns"):
        return False
    products = words_of("deed.products", "activity.work", "activity.projects")
    endings = endings_of("deed.product_endings")
    return any(word in products or word.endswith(endings) for word in (following, *rest))


def _has_participle(text: str, *, is_name: bool) -> bool:
    """Whether what it is about ends or begins in what was done, or a name as a whole does."""
    passive = words_of("activity.passive")
    active = " ".join(word for word in tokens(text) if word not in passive)
    about, rest = topic(active)
    if _says_what_came_of_it(text, rest):
        return False
    if about[-1] in words_of("deed.particles"):
        about = about[:-1] or about
    thing = _thing_done(about, rest if is_name else ())
    others = words_of("deed.others", "activity.sold", "compound.people", "activity.outsiders")
    is_others = thing in others or not words_of("deed.first_others").isdisjoint(about)
    has_outcome = has_token(text, words_of("deed.outcomes"))
    return thing not in words_of("deed.done") | {""} and not is_others and not has_outcome


def _says_what_came_of_it(text: str, rest: tuple[str, ...]) -> bool:
    """Whether the sentence goes on: `Letters sent without a mistake`, `Cases reviewed and changed`.

    What it goes on with is another deed in `Reports written and sent`.
    """
    if has_phrase(" ".join(rest), "deed.results"):
        return True
    clause, goes_on = words_of("deed.clauses"), words_of("text.and")
    after = topic(text)[1]
    done = words_of("deed.done", "activity.done", "activity.done_with_work")
    if after[:1] != () and after[0] in clause:
        is_active = after[1:2] != () and after[1] in done
        return is_active or done.isdisjoint(after)
    is_joined = after[:1] != () and after[0] in goes_on and topic(text)[0][-1] in done
    return is_joined and len(after) > 1 and _is_participle(after[1]) and after[1] not in done


def _is_participle(word: str) -> bool:
    return word in words_of("number.participles") or word.endswith(endings_of("vague.done_endings"))


def _thing_done(about: tuple[str, ...], rest: tuple[str, ...]) -> str:
    """What something was done to, by what a text is about and what follows that; else nothing."""
    done, work = words_of("deed.done"), words_of("activity.work", "deed.products")
    if about[-1] in done:
        return about[-2] if len(about) > 1 else ""
    is_head = about[0] in done and 1 < len(about) <= _LONGEST
    is_end = rest != () and rest[-1] in done
    is_work = about[-1] in work and not done.isdisjoint(rest)
    return about[-1] if is_head or is_end or is_work else ""


_LONGEST = 4
"""So many words are one phrase with its participle, and no sentence yet."""
