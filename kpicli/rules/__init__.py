"""SMART rules, one a file: its name is the code and the name, its docstring the documentation."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Protocol, cast

from kpicli import plugs
from kpicli.model.finding import Finding, Severity
from kpicli.model.scorecard import Scorecard


class Rule(Protocol):
    """The shape of a member of this board.

    The docstring's first line says what is wrong; then why, then `Bad:` and `Good:` with a
    definitions file each, indented.
    """

    @property
    def SEVERITY(self) -> Severity: ...  # noqa: D102, N802 - a constant of a module

    def check(self, scorecard: Scorecard) -> Iterator[Finding]:
        """Every place where the rule is broken."""
        ...


def judge(scorecard: Scorecard, codes: Iterable[str]) -> Iterator[Finding]:
    """What the rules of these codes find, but for what a KPI's own `ignore` leaves out."""
    wanted = set(codes)
    for file in plugs.names("rules"):
        code, name = code_and_name(file)
        if code not in wanted:
            continue
        rule = cast("Rule", plugs.load("rules", file))
        for finding in rule.check(scorecard):
            kpi = scorecard.definitions.kpis.get(finding.kpi)
            if kpi is None or code not in kpi.ignore:
                yield replace(finding, code=code, name=name, severity=rule.SEVERITY)


def code_and_name(file: str) -> tuple[str, str]:
    """`R03` and `too_many_top_level` of `r03_too_many_top_level`."""
    code, _, name = file.partition("_")
    return code.upper(), name
