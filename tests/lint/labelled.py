"""Definitions that were labelled by hand, and how well the rules do on them.

A file of them holds `[[case]]`: its `name`, its `definitions`, the codes that are `expected` there,
and, where it matters, its `log` and the day `as_of`. What stands in `head` goes before the
definitions of every case of the file; that a goal of it has no KPI in a case is no finding. Where
`labelled` stands at the top, its codes alone were looked for, and no others count.
"""

import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from kpicli.catalogue.lookup import term
from kpicli.environment import local_day
from kpicli.evaluation.ledger import Ledger
from kpicli.lint.engine import lint, rule_files
from kpicli.model.finding import Finding
from kpicli.model.scorecard import Clock
from kpicli.store.definitions.read import read
from tests.lint.conftest import loaded

AS_OF = "2026-11-05"

Case = dict[str, Any]


def cases(folder: Path) -> list[Case]:
    """All cases of the files of a folder, each with its head."""
    files = [tomllib.loads(file.read_text("utf-8")) for file in sorted(folder.glob("*.toml"))]
    return [
        case
        | {
            "definitions": file.get("head", "") + case["definitions"],
            "goals": [*tomllib.loads(file.get("head", "")).get("goals", {})],
            "labelled": file.get("labelled", [*rule_files()]),
        }
        for file in files
        for case in file["case"]
    ]


def lint_case(folder: Path, case: Case) -> list[Finding]:
    """What the rules find in a case, which is written to a folder where it has a log."""
    as_of = case.get("as_of", AS_OF)
    if "log" in case:
        ledger: Ledger = loaded(folder, case["definitions"], case["log"], as_of)
    else:
        definitions = read("kpis.toml", case["definitions"].encode()).definitions
        ledger = Ledger(definitions, {}, Clock(date.fromisoformat(as_of), local_day))
    return list(lint(ledger, rule_files(), term))


def codes(case: Case, findings: Iterable[Finding]) -> set[str]:
    """The codes that were looked for and found in a case, but for goals that only its head has."""
    given = {("goals", goal) for goal in case.get("goals", ())}
    return {
        finding.code
        for finding in findings
        if (finding.path not in given or finding.code in case["expected"])
        and finding.code in case["labelled"]
    }


class Score(NamedTuple):
    """Pairs of case and code that were found rightly, wrongly, or not at all."""

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

    def __str__(self) -> str:
        return (
            f"precision {self.precision:.3f}  recall {self.recall:.3f}"
            f"  ({self.right} found, {self.wrong} wrongly, {self.missed} missed)"
        )


def scores(
    cases: Iterable[Case], found: Mapping[str, set[str]], of: Callable[[str], str]
) -> dict[str, Score]:
    """The score by what `of` makes of a code: its letter, or the code itself."""
    right, wrong, missed = Counter[str](), Counter[str](), Counter[str]()
    for case in cases:
        wanted, had = set(case["expected"]), found[case["name"]]
        right.update(map(of, wanted & had))
        wrong.update(map(of, had - wanted))
        missed.update(map(of, wanted - had))
    keys = sorted(right.keys() | wrong.keys() | missed.keys())
    return {key: Score(right[key], wrong[key], missed[key]) for key in keys}


def differences(cases: Iterable[Case], found: Mapping[str, set[str]], code_part: str) -> list[str]:
    """Where the codes that begin so were not found as they are wanted."""
    lines = []
    for case in cases:
        wanted = {code for code in case["expected"] if code.startswith(code_part)}
        had = {code for code in found[case["name"]] if code.startswith(code_part)}
        if wanted != had:
            lines.append(f"{case['name']}: wanted {sorted(wanted)}, found {sorted(had)}")
    return lines
