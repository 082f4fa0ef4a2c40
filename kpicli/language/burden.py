"""Burdens: what nobody wants more of, by the words of a name or of a definition's part."""

import re
from collections.abc import Iterator
from itertools import takewhile

from kpicli.language.concept import endings_of, expression, words_of
from kpicli.language.duration_name import is_duration
from kpicli.language.shortfall import clause_of, is_burden_word, is_repeated, is_undone
from kpicli.language.tokens import has_phrase, has_token, tokens, topic
from kpicli.model.unit import PERCENT

_ASIDE = re.compile(r"\s?[(\[][^()\[\]]*[)\]](?=\s\w)")
_AGED = r"^(?:<burden.aged>)[\s-]\d+s?[\s-](?!(?:<shortfall.spans>)\b)"
_THEME = re.compile(r"^[^:]*[\w)]:\s+(?=\S)|^(?:[^\W_]+-[^\W_]+,\s)+")
"""What stands before a colon, in a row of hyphens, or how old: `Hospital-wide, 30-day deaths`."""


def is_burden(text: str) -> bool:
    """Whether less of it is better, as it stands, without asides, or behind its theme."""
    plain = _ASIDE.sub("", text)
    about = _THEME.sub("", plain)
    if about == plain and any(map(str.isdigit, plain)):
        about = expression(_AGED, plain).sub("", plain)
    readings = dict.fromkeys((text, plain, about))
    return any(map(_is_burden, readings))


def _is_burden(text: str) -> bool:
    about, following = topic(text)
    is_named = has_phrase(text, "burden.phrases") or any(map(is_beside, _undenied(about)))
    is_of = following[2:] != () == following[3:] and following[0] in words_of("ratio.of")
    is_many = is_of and about[-1].endswith("s")  # `Postes de soignants vacants`
    is_named = is_named or (is_many and is_beside(following[-1]))
    if is_named or _is_extent_of(about, following) or _is_drawn(about, following):
        return True
    if is_repeated(tokens(text)) or has_bad_clause(text) or _is_condition(about, following):
        return True
    head = without_tails(about)
    is_suffered = following[:1] != () and following[0] in words_of("burden.dealt")
    if is_suffered and is_burden_word(following[-1]):
        return True
    is_burden = is_burden_word(head[-1]) or about[0] in words_of("burden.first_words")
    is_burden = is_burden or about[0].endswith(endings_of("burden.masses"))  # `Kostnad grundskola`
    is_both = len(following) > 2 and following[0] in words_of("text.and")  # `Gas and oil leaks`
    is_both = is_both and any(map(is_burden_word, topic(" ".join(following[1:]))[0][1:][-1:]))
    is_rate = any(map(_is_burden_rate, {about[0], about[-1]}))
    return is_burden or is_both or is_rate or _is_open(about)


def without_tails(about: tuple[str, ...]) -> tuple[str, ...]:
    """The words up to the one that measures follow: `Churn rate`, but not `Case backlog`."""
    tails, end = words_of("number.measures", "burden.tails", "burden.still"), len(about)
    while end > 1 and about[end - 1] in tails and not is_burden_word(about[end - 1]):
        end -= 1
    return about[:end]


def _is_open(about: tuple[str, ...]) -> bool:
    """Whether it ends in what is still to be done, or is of stand-ins for staff, or of urgency."""
    is_left = about[-1] in words_of("burden.left") and len(about) > 1
    is_left = is_left and about[-2] not in words_of("burden.gladly_left")  # `Loans outstanding`
    staff = words_of("activity.staff", "owner.role", "deed.doers")
    is_hired = about[0] in words_of("burden.stand_ins") and not staff.isdisjoint(about)
    is_rushed = about[-1] in words_of("burden.rushed_work")
    is_rushed = is_rushed and not words_of("burden.rushed").isdisjoint(about)
    return is_left or is_hired or is_rushed


def _is_extent_of(about: tuple[str, ...], following: tuple[str, ...]) -> bool:
    """Whether it is how much of something unwanted: `Frequency of outages`, `Hours of overtime`."""
    is_of = following[:1] != () and following[0] in words_of("ratio.of")
    is_time = is_of and is_duration(about[-1]) and any(map(is_burden_word, following[1:2]))
    is_extent = is_of and about[-1] in words_of("burden.extents")
    return is_time or (is_extent and _is_burden(" ".join(following[1:])))


def _is_condition(about: tuple[str, ...], following: tuple[str, ...]) -> bool:
    """Whether it is how many have an illness, and goes on to nothing done: `Adults with asthma`."""
    conditions, people = words_of("burden.conditions"), words_of("burden.population")
    is_having = following[:1] != () and following[0] in words_of("burden.having")
    if _is_cared_for(following):
        return False
    if not people.isdisjoint(about) and not words_of("burden.suffering").isdisjoint(following):
        return True
    if not people.isdisjoint(about[:1]) and not words_of("burden.undergoing").isdisjoint(about):
        return any(map(is_burden_word, (*about, *following)))  # `People reporting vandalism`
    if is_having and not people.isdisjoint(about):
        is_beset = any(map(is_beside, following[1:_FEW]))  # `Children in unregulated homes`
        return is_beset or (following[-1] in conditions and len(following) <= _NEAR)
    is_extent = about[-1] in words_of("burden.tails", "burden.extents")
    is_named = is_extent and not conditions.isdisjoint(about[-2:-1])  # no `Stress-test pass rate`
    return is_named or about[0] in words_of("burden.first_conditions")


def _is_cared_for(following: tuple[str, ...]) -> bool:
    """Whether those with an illness do or get something: `with HIV who know it`, `… on therapy`."""
    is_ill = not words_of("burden.conditions").isdisjoint(following[1 : 1 + _FEW])
    is_clause = not words_of("deed.clauses").isdisjoint(following[1:])
    return is_ill and (is_clause or has_phrase(" ".join(following), "burden.treated"))


def is_beside(word: str) -> bool:
    """Whether a word makes a burden of what it stands beside: `late`, `unbilled`, `verletzte`."""
    return word in words_of("burden.beside") or is_undone(word) or is_bad(word)


def is_bad(word: str) -> bool:
    """Whether it begins as what has gone wrong does: `injured`, `wasted`."""
    is_free = word.endswith(endings_of("burden.free_endings"))
    return word.startswith(endings_of("burden.bad_stems")) and not is_free


def is_bad_still(word: str) -> bool:
    """Whether of a burden that it says something of nobody wants more: `upheld`, `not`, `again`."""
    denials = "shortfall.negation", "shortfall.not"
    still = words_of("burden.still", *denials, "shortfall.late", "burden.repeated")
    return word in still or is_beside(word) or is_burden_word(word)


def _undenied(words: tuple[str, ...]) -> Iterator[str]:
    """The words before one that denies what follows."""
    denials = words_of("shortfall.not", "shortfall.not_before_participle", "shortfall.negation")
    return takewhile(lambda word: word not in denials, words)


def has_bad_clause(text: str) -> bool:
    """Whether what follows says something bad: `Pupils who failed`, `Patients with bed sores`."""
    if clause := clause_of(text):
        verb, what = {*clause[1:2]}, clause[1 : 1 + _NEAR]
        free = words_of("shortfall.negation", "shortfall.without", "burden.relief")
        is_suffered = verb <= words_of("burden.suffers") and free.isdisjoint(what)
        is_bad_too = is_suffered and any(map(is_burden_word, what))  # `… who feel loneliness`
        return is_bad_too or any(map(is_beside, _undenied(what)))
    rest = topic(text)[1]
    if rest[:1] == () or rest[0] not in words_of("burden.having") or _is_cared_for(rest):
        return False
    ends = words_of("deed.clauses", "deed.for")  # `Adults with medicines for an illness`
    near = {*takewhile(lambda word: word not in ends, rest[1 : 1 + _FEW])}
    is_free = not words_of("shortfall.negation", "shortfall.without").isdisjoint(near)
    near -= words_of("burden.least")
    return not is_free and any(is_burden_word(it) or is_bad(it) or is_undone(it) for it in near)


def is_made_good(name: str) -> bool:
    """Whether what was lost is of use again: `Cancelled slots taken by others`."""
    spoken = tuple(takewhile(lambda word: word not in words_of("text.per"), tokens(name)))
    starts = (at for at, word in enumerate(spoken) if is_beside(word) or is_burden_word(word))
    bad = next(starts, len(spoken))
    made_good, late = words_of("burden.made_good"), words_of("shortfall.late")
    return not made_good.isdisjoint(spoken[bad + 1 :]) and late.isdisjoint(spoken)


def is_settled(name: str) -> bool:
    """Whether it is of those in a bad way who got what they lacked: `Unemployed people in work`."""
    about, rest = topic(name)
    lacking = words_of("shortfall.without", "shortfall.negation", "shortfall.not", "ratio.shares")
    if not {*rest[:1]} <= words_of("burden.having", "deed.clauses") or not lacking.isdisjoint(rest):
        return False
    is_settled = not words_of("burden.settled_in").isdisjoint(rest)
    return is_settled and any(map(is_beside, about)) and not is_burden_word(about[-1])


def is_crowding(name: str) -> bool:
    """Whether it is of how many each must serve: `Pupils per teacher`, `Learner-toilet ratio`."""
    spoken, servers = tokens(name), endings_of("burden.servers")
    is_ratio = "/" in name or has_token(name, words_of("burden.ratios"))
    served = (at for at, word in enumerate(spoken, 1) if word in words_of("burden.served"))
    per = (at for at in served if is_ratio or {*spoken[at : at + 1]} <= words_of("text.per"))
    return any(word.endswith(servers) for at in per for word in spoken[at : at + _FEW])


def is_leaving(name: str, unit: str) -> bool:
    """Whether it is how many leave: `Turnover` in percent, `Social worker turnover`."""
    *before, last = topic(name)[0]
    people = words_of("activity.staff", "owner.role", "deed.doers")
    is_turnover = unit == PERCENT and last in words_of("burden.turnover")
    return is_turnover and ({*before[-1:]} & people != set() or name.casefold() == last)


def is_spent(name: str) -> bool:
    """Whether it is what is spent by us, and not by those who come: `Legal spend`."""
    (*before, last), rest = topic(name)
    is_whole = {*rest[:1]} <= words_of("text.per") and before != []
    gladly = words_of("burden.gladly_spent")
    return is_whole and last in words_of("burden.spends") and gladly.isdisjoint((*before, *rest))


def is_merit(name: str) -> bool:
    """Whether it is a mark that somebody gives, whatever for: `Score in the delay survey`."""
    about, _ = topic(name)
    is_mark = about[-1] in words_of("burden.marks") or about[0] in words_of("burden.marks")
    return is_mark and not any(is_burden_word(word) or is_beside(word) for word in about)


def _is_drawn(about: tuple[str, ...], following: tuple[str, ...]) -> bool:
    """Whether it is energy or water for each of something: `Energy per tonne`."""
    agents = words_of("text.articles")  # `Energía generada por las placas`
    is_per = following[:1] != () and following[0] in words_of("text.per")
    is_per = is_per and agents.isdisjoint(following[1:2])
    drawn = endings_of("burden.drawn")
    long = tuple(end for end in drawn if len(end) >= _SHORTEST_END)  # no `Wheat per hectare`
    is_per = is_per or about[-1] in words_of("burden.consumed")
    return is_per and any(word in drawn or word.endswith(long) for word in about[-2:])


def _is_burden_rate(word: str) -> bool:
    """Whether a compound is the rate of a burden, whatever follows: `Ausschussquote Halle 4`."""
    endings = [end for end in endings_of("burden.rates") if word.endswith(end)]
    stems = [word.removesuffix(end) for end in endings]
    stems = [stem if stem.endswith("ss") else stem.removesuffix("s") for stem in stems]
    plurals = "", "s", "er", "ar", "en", "e", "n"  # `Avbokningsgrad`: `avbokningar`
    return any(is_burden_word(f"{stem}{end}") for stem in stems if stem for end in plurals)


_NEAR = 6  # so many words of a clause say what is bad
_FEW = 5  # so many words behind `with` or `in` say what somebody has
_SHORTEST_END = 5  # so many letters of what is drawn tell what a compound ends in: `Trinkwasser`
