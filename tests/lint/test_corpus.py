"""The rules against definitions that were labelled by hand: precision and recall by letter.

Each case is a definitions file, its log if it has one, and the codes that an expert wants there.
"""

import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from kpicli.analysis.analysis_ledger import AnalysisLedger
from kpicli.catalogue.lookup import term
from kpicli.lint.engine import lint, rule_files

CORPUS = Path(__file__).parent / "corpus"
AS_OF = "2026-11-05"
LEAST, FEWEST = 0.95, 150

Case = dict[str, Any]


class Score(NamedTuple):
    """Of one letter: pairs of case and code that were found rightly, wrongly, or not at all."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        found = self.right + self.wrong
        return self.right / found if found else 1

    @property
    def recall(self) -> float:
        wanted = self.right + self.missed
        return self.right / wanted if wanted else 1


def read() -> list[Case]:
    files = sorted(CORPUS.glob("*.toml"))
    return [case for file in files for case in tomllib.loads(file.read_text("utf-8"))["case"]]


CASES = read()
LETTERS = sorted({code[0] for code in rule_files()} - {"U"}, key="SMARTE".index)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    from tests.lint.conftest import loaded

    folder = tmp_path_factory.mktemp("corpus")
    return {case["name"]: codes(loaded, folder, case) for case in CASES}


def codes(loaded: Callable[..., AnalysisLedger], folder: Path, case: Case) -> set[str]:
    card = loaded(folder, case["definitions"], case.get("log", ""), case.get("as_of", AS_OF))
    return {finding.code for finding in lint(card, rule_files(), term)}


def differences(found: dict[str, set[str]], letter: str) -> Iterator[str]:
    for case in CASES:
        wanted = {code for code in case["expected"] if code[0] == letter}
        had = {code for code in found[case["name"]] if code[0] == letter}
        if wanted != had:
            yield f"{case['name']}: wanted {sorted(wanted)}, found {sorted(had)}"


def score(found: dict[str, set[str]], letter: str) -> Score:
    counted: Counter[str] = Counter()
    for case in CASES:
        wanted = {code for code in case["expected"] if code[0] == letter}
        had = {code for code in found[case["name"]] if code[0] == letter}
        counted["right"] += len(wanted & had)
        counted["wrong"] += len(had - wanted)
        counted["missed"] += len(wanted - had)
    return Score(counted["right"], counted["wrong"], counted["missed"])


@pytest.mark.parametrize("letter", LETTERS)
def test_what_is_found_is_right_and_what_is_wrong_is_found(
    letter: str, found: dict[str, set[str]], record_property: Callable[[str, object], None]
) -> None:
    of = score(found, letter)
    record_property(
        "corpus",
        f"{letter}  precision {of.precision:.3f}  recall {of.recall:.3f}"
        f"  ({of.right} found, {of.wrong} wrongly, {of.missed} missed, in {len(CASES)} cases)",
    )
    assert min(of.precision, of.recall) >= LEAST, "\n".join(differences(found, letter))


def test_there_are_enough_cases_and_half_of_them_are_good() -> None:
    names = [case["name"] for case in CASES]
    good = [case for case in CASES if not case["expected"]]
    assert len(names) == len(set(names)) >= FEWEST
    assert len(good) >= 0.45 * len(CASES)


def test_every_rule_is_wanted_somewhere() -> None:
    wanted = {code for case in CASES for code in case["expected"]}
    assert set(rule_files()) - wanted <= {"S07"}
    assert wanted <= set(rule_files())
