"""Deeds that are told as a sentence, and what only looks like one."""

import pytest

from kpicli.language.concept import words_of
from kpicli.language.deeds.activity import is_activity


@pytest.mark.parametrize(
    "name",
    [
        "How often the director visits the depots",
        "How many times we call our suppliers",
        "We talk to our neighbours",
        "Wir sprechen mit den Nachbarn",
        "Wie oft der Chef die Baustellen besucht",
        "Rektor er ute blant elevene",
        "Nous visitons chaque école",
        "Hablamos con los vecinos",
    ],
)
def test_a_sentence_about_staff_tells_a_deed(name: str) -> None:
    assert is_activity(name, "", "")


@pytest.mark.parametrize(
    "name",
    [
        "How often customers come back",
        "Library visits",
        "We win the bids that we make",
        "Forms filled in by applicants",
        "Scheduled miles run",
        "Queries avoided by self-service",
        "Clean audits",
    ],
)
def test_what_others_do_and_what_came_out_well_is_no_deed(name: str) -> None:
    assert not is_activity(name, "", "")


def test_words_are_known_without_their_accents() -> None:
    assert {"dictámenes", "dictamenes"} <= words_of("activity.work")
    assert {"maßnahmen", "massnahmen"} <= words_of("activity.work")
