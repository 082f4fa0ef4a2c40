"""What words mean: their stems, the small ones, those that are one together, and their kinds."""

from collections import Counter
from itertools import combinations

import pytest

from kpicli.language.stems import meant, stem
from kpicli.language.synonyms import FORMS, KINDS, PAIRS, SMALL, WEAK

LINES = [line.split() for line in KINDS.strip().replace("\n    ", " ").split("\n")]


@pytest.mark.parametrize(
    "forms",
    [
        ("deliver", "delivers", "delivered", "delivery", "deliveries"),
        ("hire", "hires", "hired", "hiring"),
        ("cancel", "cancelled", "cancelling"),
        ("sell", "sells", "selling", "sold"),
        ("supplier", "suppliers", "supplier's", "supplier\u2019s"),
        ("price", "prices", "pricey"),
    ],
    ids=lambda forms: forms[0],
)
def test_the_forms_of_a_word_have_one_stem(forms: tuple[str, ...]) -> None:
    assert len({stem(form) for form in forms}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("waiter", "wait"),
        ("rating", "rate"),
        ("shopper", "shop"),
        ("reps", "reply"),
        ("off", "of"),
        ("user", "used"),
    ],
)
def test_what_only_looks_alike_has_stems_of_its_own(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("people send the parcel back", ("people", "send back", "parcel")),
        ("it was sent back", ("sent back",)),
        ("running out of money", ("running out", "money")),
        ("they signed up and gave up", ("signed up", "gave up")),
        ("send it on a long way back", ("send", "long", "back")),
        ("a cash-flow that lasts", ("cash flow", "lasts")),
        ("back they send it", ("back", "send")),
    ],
)
def test_a_verb_and_its_particle_are_one_word_where_they_stand_close(
    text: str, said: tuple[str, ...]
) -> None:
    assert tuple(word.said for word in meant(text)) == said


def test_small_words_are_left_out_unless_there_is_no_other() -> None:
    assert [word.said for word in meant("we want more of the leads")] == ["leads"]
    assert [word.said for word in meant("we want more")] == ["we", "want", "more"]
    assert meant("") == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [("clients", "customer"), ("quit", "leaving"), ("invoices", "bill"), ("parcels", "delivery")],
)
def test_words_of_a_kind_share_it(one: str, other: str) -> None:
    (here,), (there,) = meant(one), meant(other)
    assert here.stem != there.stem
    assert here.kinds & there.kinds


def test_what_tells_little_counts_less() -> None:
    (month,), (churn,) = meant("months"), meant("churn")
    assert 0 < month.worth < churn.worth


@pytest.mark.parametrize("words", LINES, ids=lambda words: words[0])
def test_no_word_of_a_kind_is_there_in_vain(words: list[str]) -> None:
    assert set(words) & SMALL == set()
    assert {word for word in words if "_" in word} <= PAIRS
    assert [found for found, count in Counter(map(stem, words)).items() if count > 1] == []


def test_no_pair_is_there_in_vain() -> None:
    assert set(KINDS.split()) >= PAIRS
    said = {pair: meant(pair.replace("_", " ")) for pair in PAIRS}
    assert [pair for pair, (word, *more) in said.items() if more or word.stem != stem(pair)] == []


def test_no_word_is_in_two_lists() -> None:
    lists = (SMALL, WEAK, PAIRS)
    assert [one & other for one, other in combinations(lists, 2) if one & other] == []


@pytest.mark.parametrize(("form", "word"), sorted(FORMS.items()))
def test_a_form_says_what_no_ending_says(form: str, word: str) -> None:
    assert stem(form) == stem(word)
    assert word not in FORMS
