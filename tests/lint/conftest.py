"""Rules are judged on what the real loader makes of two files."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from kpicli.analysis.analysis_ledger import AnalysisLedger
from kpicli.catalogue.lookup import term
from kpicli.environment import Moment, local_day
from kpicli.lint.engine import lint, rule_files
from kpicli.model.scorecard import Clock
from kpicli.services.load import load_board as load_scorecard
from kpicli.store.definitions.read import load_definitions

AS_OF = "2026-11-05"


def loaded(folder: Path, definitions: str, log: str, as_of: str) -> AnalysisLedger:
    """What the real loader makes of two files in a folder."""
    (folder / "kpis.toml").write_text(definitions, "utf-8")
    (folder / "kpis.jsonl").unlink(missing_ok=True)
    if log:
        (folder / "kpis.jsonl").write_text(log, "utf-8")
    moment = Moment(Clock(date.fromisoformat(as_of), local_day))
    file = load_definitions(str(folder / "kpis.toml"))
    return AnalysisLedger.of(load_scorecard(file, moment).scorecard)


@pytest.fixture
def scorecard(tmp_path: Path) -> Callable[..., AnalysisLedger]:
    """The real loader on a definitions file and a log."""

    def made(definitions: str, log: str = "", as_of: str = AS_OF) -> AnalysisLedger:
        return loaded(tmp_path, definitions, log, as_of)

    return made


@pytest.fixture
def judged(scorecard: Callable[..., AnalysisLedger]) -> Callable[..., list[str]]:
    """`CODE path` of every finding, sorted; of one rule where a code is given."""

    def found(definitions: str, code: str = "", **more: str) -> list[str]:
        findings = lint(scorecard(definitions, **more), [code] if code else rule_files(), term)
        return sorted(f"{finding.code} {'.'.join(finding.path)}" for finding in findings)

    return found
