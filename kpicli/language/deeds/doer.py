"""Who did it, and what came of it: `… held by our team`, `… that led to an order`."""

from itertools import dropwhile

from kpicli.language.burden import has_bad_clause, is_beside
from kpicli.language.concept import endings_of, phrases_of, words_of
from kpicli.language.deeds.deed import done_words, is_form_of
from kpicli.language.shortfall import names_shortfall
from kpicli.language.tokens import has_phrase, has_token, opens_with, tokens, topic

_FAR = 5  # so many words behind `by` or `that` stands who did it, and what
_NEAR = 2  # so many words may a participle stand before `by`
_LONGEST = 4  # so many words are one phrase with its participle, and no sentence yet


def names_doer(text: str) -> bool:
    """Whether it says that staff did it, and did not find it: `Talks that our team gave`."""
    spoken = tokens(text)
    about, _ = topic(text)
    people, done = words_of("activity.staff", "deed.doers"), done_words()
    found = words_of("deed.found", "burden.words", "activity.sold")
    things = ["", *(word for word in about if not is_form_of(word, done))]
    if things[-1] in found or has_token(text, words_of("deed.outcomes")):
        return False
    for at, word in enumerate(spoken):
        following = spoken[at + 1 : at + 1 + _FAR]
        if at and word in words_of("deed.us") and not done.isdisjoint(following[:_NEAR]):
            return found.isdisjoint(spoken[:at])  # `Replies we posted`
        doer = next((place for place, other in enumerate(following) if is_doer(other)), None)
        if doer is None:
            continue
        if word in words_of("deed.by"):
            after = following[doer + 1 : doer + 2]
            is_work = _is_work(about, spoken[:at]) and found.isdisjoint(spoken[:at])
            return is_work or _is_done_by(about, spoken[:at], after)
        if word in words_of("deed.clauses", "deed.which"):
            is_of_staff = not people.isdisjoint(about)
            return not is_of_staff and not done.isdisjoint(following[doer + 1 :])
    return False


def names_outsider(text: str) -> bool:
    """Whether it says that somebody did it who does not work here: `signed by the resident`."""
    spoken = tokens(text)
    by, outside = words_of("deed.by"), words_of("deed.outsiders")
    starts = (at for at, word in enumerate(spoken) if word in by)
    return any(not outside.isdisjoint(spoken[at + 1 : at + 1 + _FAR]) for at in starts)


def is_told_of_staff(name: str) -> bool:
    """Whether it tells what they do: `How often the GM walks the floors`, `We talk to tenants`."""
    words = f" {' '.join(tokens(name))} "
    asked = next((ask for ask in phrases_of("deed.how_often") if words.startswith(ask)), " ")
    articles = words_of("text.articles", "activity.determiners") - words_of("deed.us")
    spoken = tuple(dropwhile(lambda word: word in articles, words[len(asked) :].split()))
    if not spoken or spoken[0] in words_of("deed.we_do"):
        return spoken != ()
    nouns = words_of("activity.work", "activity.maybe_verbs")  # `Library visits`
    is_sentence = asked != " " or nouns.isdisjoint(spoken[1:2])
    is_ours = spoken[0] in words_of("deed.us") or (is_sentence and is_doer(spoken[0]))
    is_end = asked != " " and spoken[-1] in words_of("deed.doing")  # `Wie oft der Chef sie besucht`
    return is_ours and (is_end or opens_with(" ".join(spoken[1:]), "deed.doing"))


def _is_done_by(about: tuple[str, ...], before: tuple[str, ...], after: tuple[str, ...]) -> bool:
    """Whether it is a deed of theirs; what others send is in a few words only, or sent off."""
    is_others = not words_of("deed.others").isdisjoint(about)
    if is_others and words_of("deed.funders").isdisjoint(before):
        done = words_of("deed.done", "activity.done")
        return any(is_form_of(word, done) for word in before + after)
    is_done = any(is_form_of(word, done_words()) for word in before + after)
    return is_done or _is_any_deed(before)


def _is_any_deed(before: tuple[str, ...]) -> bool:
    """Whether a participle stands right before who did it, and nothing served or bad is done."""
    nothing = words_of("deed.others", "activity.sold", "burden.beside")
    bad = endings_of("burden.bad_stems")
    if not nothing.isdisjoint(before) or any(word.startswith(bad) for word in before):
        return False
    ends = endings_of("deed.participle_endings")
    return any(word.endswith(ends) for word in before[1:][-_NEAR:])


def _is_work(about: tuple[str, ...], before: tuple[str, ...]) -> bool:
    """Whether the work stands right before who did it: `Visits by managers`."""
    work = words_of("activity.work") - words_of("activity.sold")
    ends = tuple(word for word in work if len(word) >= _SHORTEST_AGENT)
    is_work = any(word in work or word.endswith(ends) for word in (about[-1], *before[-1:]))
    return 0 < len(before) <= _LONGEST and is_work


def is_doer(word: str) -> bool:
    """Whether it is who works here: by name, or an agent who is neither served nor outside."""
    if word in words_of("deed.no_doers", "deed.no_agents"):
        return False
    if word in words_of("activity.staff", "deed.doers", "owner.role"):
        return True
    if word in words_of("deed.outsiders"):
        return False
    endings = (*endings_of("deed.doer_endings"), *endings_of("owner.group_endings"))
    return len(word) >= _SHORTEST_AGENT and word.endswith(endings)


_SHORTEST_AGENT = 6  # so many letters has an agent at least that is told by an ending


def is_gone_wrong(name: str) -> bool:
    """Whether it counts what was lost or is bad: `Training days lost`, `Loads with faults`."""
    about, rest = topic(name)
    first = about[:1] if len(about) <= _NEAR else ()
    last = rest[-1:] if len(rest) <= 1 + _NEAR and {*rest[:1]} <= words_of("ratio.of") else ()
    is_fall = about[0] in words_of("direction.down_nouns")
    is_modifier = has_token(name, words_of("shortfall.non"))  # `Trees planted on non-arable land`
    is_bad = has_phrase(name, "burden.always") or (names_shortfall(name) and not is_modifier)
    if is_bad or is_fall or any(map(is_beside, (about[-1], *first, *last))):
        return True  # `Hours of training lost`
    return {*rest[:1]} <= words_of("ratio.telling") and has_bad_clause(name)


def goes_on_to_outcome(name: str) -> bool:
    """Whether a clause says what came of it: `Nurses trained on the pump who use it alone`.

    That of `Letters to tenants who owe rent` is about the tenants.
    """
    start = _clause(name)
    spoken = tokens(name)
    if start is None or _is_of_nearest(name, spoken[: start + 1]):
        return False
    clause = spoken[start + 1 :]
    done = words_of("deed.done", "activity.done", "activity.done_with_work", "activity.taken")
    return bool(clause) and done.isdisjoint(clause)


def _clause(name: str) -> int | None:
    """Where the word stands that begins a clause behind what the name is about."""
    spoken = tokens(name)
    words = words_of("deed.clauses", "deed.clause_words")
    if "," in name:
        words |= words_of("deed.clauses_after_comma")
        before = len(tokens(name.partition(",")[0]))
    else:
        words -= words_of("deed.clauses_after_comma")
        before = 1
    return next((at for at in range(before, len(spoken)) if spoken[at] in words), None)


def _is_of_nearest(name: str, before: tuple[str, ...]) -> bool:
    """Whether the clause is about those before it, and not about what was done."""
    about, rest = topic(name)
    nearest = before[-2:-1]
    is_person = nearest != () and _is_person(nearest[0])
    return is_person and not any(map(_is_person, about)) and nearest[0] not in about and rest != ()


def _is_person(word: str) -> bool:
    people = words_of("activity.staff", "activity.outsiders", "compound.people", "deed.outsiders")
    return word in people
