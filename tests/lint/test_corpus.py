"""The rules against definitions that were labelled by hand: precision and recall by letter."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kpicli.lint.engine import rule_files
from tests.lint.labelled import cases, codes, differences, scores

LEAST, FEWEST = 0.97, 400

CASES = cases(Path(__file__).parent / "corpus")
LETTERS = sorted({code[0] for code in rule_files()} - {"U"}, key="SMARTE".index)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    folder = tmp_path_factory.mktemp("corpus")
    return {case["name"]: codes(folder, case) for case in CASES}


@pytest.mark.parametrize("letter", LETTERS)
def test_what_is_found_is_right_and_what_is_wrong_is_found(
    letter: str, found: dict[str, set[str]], record_property: Callable[[str, object], None]
) -> None:
    score = scores(CASES, found, lambda code: code[0])[letter]
    record_property("corpus", f"{letter}  {score} in {len(CASES)} cases")
    assert min(score.precision, score.recall) >= LEAST, "\n".join(differences(CASES, found, letter))


def test_there_are_enough_cases_and_half_of_them_are_good() -> None:
    names = [case["name"] for case in CASES]
    good = [case for case in CASES if not case["expected"]]
    assert len(names) == len(set(names)) >= FEWEST
    assert len(good) >= 0.4 * len(CASES)


def test_every_rule_is_wanted_somewhere() -> None:
    wanted = {code for case in CASES for code in case["expected"]}
    assert set(rule_files()) - wanted <= {"S07"}
    assert wanted <= set(rule_files())
