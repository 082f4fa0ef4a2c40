"""Deeds: a sentence that says at its head or its end what somebody did, whatever it was done to."""

import re
from functools import cache
from itertools import dropwhile, takewhile

from kpicli.language.concept import caseless, endings_of, words_of
from kpicli.language.duration_name import is_in_time
from kpicli.language.shortfall import is_burden_word
from kpicli.language.tokens import has_phrase, has_token, opens_with, tokens, topic
from kpicli.plugins import split, words


def names_deed(text: str, unit: str, *, is_name: bool) -> bool:
    """Whether it counts what was done: `Policies reviewed`, `Development of a transport plan`.

    What others do, or what somebody pays for, is none: `Applications submitted`, `Units produced`.
    A share that was done in time is a service.
    """
    spoken = tokens(text)
    if is_in_time(text, unit):
        return False
    (*_, about), rest = topic(text)
    measures = words_of("number.units", "burden.extents")
    if about in measures and rest[:1] != () and rest[0] in words_of("ratio.of"):
        text = " ".join(rest[1:])  # `Kilometres of sewer surveyed by camera`
    return _begins_with_noun(spoken) or _has_participle(text, is_name=is_name)


def is_of_product(name: str) -> bool:
    """Whether it begins with a deed by name, or is about what is written: plans, policies."""
    spoken, ends = tokens(name), endings_of("deed.product_endings")
    products = words_of("deed.products", "deed.plans", "deed.always")
    is_written = any(word in products or word.endswith(ends) for word in spoken)
    return is_written or _begins_with_noun(spoken)


def _begins_with_noun(spoken: tuple[str, ...]) -> bool:
    """Whether it begins with `Development` or the like, of something that is written or built."""
    openings = words_of("text.openings")
    start = next((at for at, word in enumerate(spoken) if word not in openings), len(spoken))
    first, following, *rest = (*spoken[start:], "", "")
    if first in words_of("deed.nouns"):
        return following in words_of("ratio.of", "text.articles", "activity.determiners")
    is_built = first in words_of("deed.building")
    if not is_built and first not in words_of("deed.maybe_nouns"):
        return False
    made = ("deed.works",) if is_built else ("deed.products", "activity.work", "activity.projects")
    products = words_of(*made)
    endings = endings_of("deed.product_endings")
    ends = words_of("text.joints") - words_of("ratio.of", "text.and")
    phrase = takewhile(lambda word: word not in ends, (following, *rest))
    return any(word in products or word.endswith(endings) for word in phrase)


def _has_participle(text: str, *, is_name: bool) -> bool:
    """Whether what it is about ends or begins in what was done, or a name as a whole does."""
    passive = words_of("activity.passive")
    text = _without_first_of_two(text)
    active = " ".join(word for word in tokens(text) if word not in passive)
    about, rest = topic(active)
    if _says_what_came_of_it(text, rest):
        return False
    particles = words_of("deed.particles")
    about, rest = _without_end(about, particles) or about, _without_end(rest, particles)
    products, endings = words_of("deed.products"), endings_of("deed.product_endings")
    product = about[-2] if len(about) > 1 and about[-1] in words_of("deed.settled") else ""
    if product in products or product.endswith(endings):
        return True
    thing = _thing_done(about, rest if is_name else ())
    people = words_of("compound.people", "activity.outsiders", "deed.outsiders")
    others = words_of("deed.others", "activity.sold") | people
    is_of_others = thing in others or not words_of("deed.first_others").isdisjoint(about)
    always = words_of("deed.always")
    is_of_others = is_of_others or (not rest and is_burden_word(thing))  # `Grievances lodged`
    if is_of_others:
        always -= words_of("deed.custody")  # `Prisoners held in the wrong region`
    is_others = is_of_others and always.isdisjoint(about)
    is_sent_off = not words_of("deed.funders").isdisjoint(rest)
    is_others = is_others and not is_sent_off
    has_outcome = has_token(text, words_of("deed.outcomes"))
    return thing not in words_of("deed.done") | {""} and not is_others and not has_outcome


def _without_first_of_two(text: str) -> str:
    """The text from its second participle on: `Revised and reissued leaflets`."""
    about, rest = topic(text)
    done = words_of("deed.done")
    is_joined = len(about) == 1 and is_form_of(about[0], done)
    if not is_joined or rest[:1] == () or rest[0] not in words_of("text.and"):
        return text
    return " ".join(dropwhile(lambda word: not is_form_of(word, done), rest))


def _says_what_came_of_it(text: str, rest: tuple[str, ...]) -> bool:
    """Whether it goes on: `Cases reviewed and changed`, but not `Reports written and sent`."""
    if has_phrase(" ".join(rest), "deed.results"):
        return True
    clause, goes_on = words_of("deed.clauses"), words_of("text.and")
    after = topic(text)[1]
    done = words_of("deed.done", "activity.done", "activity.done_with_work")
    if after[:1] != () and after[0] in clause:
        is_active = after[1:2] != () and after[1] in done
        return is_active or done.isdisjoint(after)
    is_joined = len(after) > 1 and after[0] in goes_on and topic(text)[0][-1] in done
    participles, ends = words_of("number.participles"), endings_of("vague.done_endings")
    is_participle = is_joined and (after[1] in participles or after[1].endswith(ends))
    return is_participle and after[1] not in done


def is_form_of(word: str, verbs: frozenset[str]) -> bool:
    """Whether it is one of the verbs, with an ending of number, gender or case: `abgehaltener`."""
    if word in verbs:
        return True
    stems = {word[:-1], word[:-2]} if len(word) >= _SHORTEST_INFLECTED else set()
    return not verbs.isdisjoint(stems | {f"{stem}o" for stem in stems})


def _thing_done(about: tuple[str, ...], rest: tuple[str, ...]) -> str:
    """What something was done to, by what a text is about and what follows that; else nothing."""
    done, work = words_of("deed.done"), words_of("activity.work", "deed.products")
    if is_form_of(about[-1], done):
        return about[-2] if len(about) > 1 else ""
    ends = endings_of("vague.done_endings")
    is_adjective = about[-1].endswith(ends) or about[-1] in done_words()  # `Scheduled miles run`
    is_head = is_form_of(about[0], done) and 1 < len(about) <= _LONGEST and not is_adjective
    is_end = rest != () and is_form_of(rest[-1], done)
    is_work = about[-1] in work and not done.isdisjoint(rest)
    return about[-1] if is_head or is_end or is_work else ""


def _without_end(words: tuple[str, ...], ends: frozenset[str]) -> tuple[str, ...]:
    return words[:-1] if words and words[-1] in ends else words


def says_done(name: str) -> bool:
    """Whether a word of it is what somebody does, so that a definition may say that it was us."""
    done = done_words() | words_of("deed.nouns", "deed.maybe_nouns", "activity.training")
    return any(is_form_of(word, done) for word in tokens(name))


@cache
def done_words() -> frozenset[str]:
    """What says that somebody did something, as a participle or in the past."""
    concepts = ("deed.done", "deed.did", "activity.done", "activity.done_with_work")
    return words_of(*concepts)


def is_told_to(name: str) -> bool:
    """Whether a verb and its object stand first, and no wish: `Publish the annual report`."""
    match = _order(name)
    asks = "direction.down_phrases", "direction.up_phrases"  # `Close the gap to 12 points`
    if not match or any(opens_with(name, phrases) for phrases in asks):
        return False
    verb = match["verb"].casefold()
    wishes = words_of("vague.verbs", "direction.up", "direction.down", "direction.faster")
    other = words_of(
        "limit.asking", "text.joints", "text.openings", "text.articles", "deed.no_verbs"
    )
    nouns = words_of("burden.words", "burden.first_words", "activity.first_nouns")
    other |= words_of("vague.first_virtues")
    return verb not in wishes | other | nouns


def _order(text: str) -> re.Match[str] | None:
    """For each language a verb by its endings, and what of its object follows."""
    forms, plain = [], caseless(text)
    for language in words("deed").values():
        objects = split(language.get("order_objects", ""))
        if any(f" {word}" in plain for word in objects):
            endings = "|".join(split(language.get("order_endings", "")))
            particles = "|".join(split(language.get("order_particles", "")))
            after = rf"(?=(?:\s(?:{particles}))?\s(?:{'|'.join(objects)})\b)"
            forms.append(rf"\w*(?:{endings}){after}")
    return re.match(rf"(?P<verb>{'|'.join(forms)})", text, re.IGNORECASE) if forms else None


_SHORTEST_INFLECTED = 7  # so many letters has a word at least of which an ending is cut
_LONGEST = 4  # so many words are one phrase with its participle, and no sentence yet
