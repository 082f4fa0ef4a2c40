"""What words mean: their stems, the small ones, those that are one together, and their kinds."""

from collections import Counter
from itertools import combinations

import pytest

from kpicli.language.concept import words_of
from kpicli.language.stems import search_words, stem
from kpicli.plugins import split, words

SYNONYMS = words("synonyms")["en"]
KINDS = [split(kind) for kind in SYNONYMS["kinds"]]
SMALL, WEAK, PAIRS = (words_of(f"synonyms.{key}") for key in ("small", "weak", "pairs"))
FORMS = {
    form: word for word, forms in words("synonyms.forms")["en"].items() for form in split(forms)
}


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
    ("text", "joined"),
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
    text: str, joined: tuple[str, ...]
) -> None:
    assert tuple(word.text for word in search_words(text)) == joined


def test_small_words_are_left_out_unless_there_is_no_other() -> None:
    assert [word.text for word in search_words("we want more of the leads")] == ["leads"]
    assert [word.text for word in search_words("we want more")] == ["we", "want", "more"]
    assert search_words("") == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [("clients", "customer"), ("quit", "leaving"), ("invoices", "bill"), ("parcels", "delivery")],
)
def test_words_of_a_kind_share_it(one: str, other: str) -> None:
    (here,), (there,) = search_words(one), search_words(other)
    assert here.stem != there.stem
    assert here.kinds & there.kinds


def test_what_tells_little_counts_less() -> None:
    (month,), (churn,) = search_words("months"), search_words("churn")
    assert 0 < month.weight < churn.weight


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind[0])
def test_no_word_of_a_kind_is_there_in_vain(kind: tuple[str, ...]) -> None:
    assert set(kind) & SMALL == set()
    assert {word for word in kind if " " in word} <= PAIRS
    assert [root for root, count in Counter(map(stem, kind)).items() if count > 1] == []


def test_no_pair_is_there_in_vain() -> None:
    unanswered = {"health score"}  # no word of it alone is what it is
    assert {word for kind in KINDS for word in kind} >= PAIRS - unanswered
    pairs = {pair: search_words(pair) for pair in PAIRS}
    assert [pair for pair, (word, *more) in pairs.items() if more or word.stem != stem(pair)] == []


def test_no_word_is_in_two_lists() -> None:
    lists = (SMALL, WEAK, PAIRS)
    assert [left & right for left, right in combinations(lists, 2) if left & right] == []


@pytest.mark.parametrize(("form", "word"), sorted(FORMS.items()))
def test_a_form_says_what_no_ending_says(form: str, word: str) -> None:
    assert stem(form) == stem(word)
    assert word not in FORMS
