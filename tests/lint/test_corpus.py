"""The rules against definitions that were labelled by hand: precision and recall by letter."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kpicli.lint.engine import rule_files
from kpicli.model.finding import Finding
from kpicli.store.definitions.read import read
from tests.lint.labelled import Case, cases, codes, differences, lint_case, scores
from tests.lint.test_hints import followed

LEAST, FEWEST = 0.97, 400

FOLDERS = "corpus", "opened"
"""What was written with the rules, and what was only measured until the rules were made on it."""

LETTERS = sorted({code[0] for code in rule_files()} - {"U"}, key="SMARTE".index)


@pytest.fixture(scope="module")
def corpus() -> list[Case]:
    return [case for folder in FOLDERS for case in cases(Path(__file__).parent / folder)]


@pytest.fixture(scope="module", params=[4, pytest.param(1, marks=pytest.mark.exhaustive)])
def sample(corpus: list[Case], request: pytest.FixtureRequest) -> list[Case]:
    """Every fourth case, and in the exhaustive tier all of them."""
    return corpus[:: request.param]


@pytest.fixture(scope="module")
def findings(
    sample: list[Case], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, list[Finding]]:
    folder = tmp_path_factory.mktemp("corpus")
    return {case["name"]: lint_case(folder, case) for case in sample}


def test_what_is_found_is_right_and_what_is_wrong_is_found(
    sample: list[Case],
    findings: dict[str, list[Finding]],
    record_property: Callable[[str, object], None],
) -> None:
    found = {case["name"]: codes(case, findings[case["name"]]) for case in sample}
    by_letter = scores(sample, found, lambda code: code[0])
    for letter in LETTERS:
        record_property("corpus", f"{letter}  {by_letter[letter]} in {len(sample)} cases")
    assert not [
        difference
        for letter, score in by_letter.items()
        if min(score.precision, score.recall) < LEAST
        for difference in differences(sample, found, letter)
    ]


def test_the_definitions_load_as_a_hint_tells(
    sample: list[Case], findings: dict[str, list[Finding]]
) -> None:
    for case in sample:
        for finding in findings[case["name"]]:
            if "=" in finding.hint:
                read("kpis.toml", followed(case["definitions"], finding).encode())


def test_there_are_enough_cases_and_half_of_them_are_good(corpus: list[Case]) -> None:
    names = [case["name"] for case in corpus]
    good = [case for case in corpus if not case["expected"]]
    assert len(names) == len(set(names)) >= FEWEST
    assert len(good) >= 0.4 * len(corpus)


def test_every_rule_is_wanted_somewhere(corpus: list[Case]) -> None:
    wanted = {code for case in corpus for code in case["expected"]}
    assert set(rule_files()) - wanted <= {"S07"}
    assert wanted <= set(rule_files())
