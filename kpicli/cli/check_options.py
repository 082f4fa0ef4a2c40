"""Flags of `kpi check`: by which rules, what fails, what is known, what is corrected."""

from collections.abc import Iterable, Sequence
from typing import Annotated

from kpicli.cli.options import flag, switch
from kpicli.errors import KpiError
from kpicli.lint.engine import codes_to_check, rule_codes
from kpicli.model.finding import Severity
from kpicli.noun import NamedTuple
from kpicli.plugins import choice
from kpicli.store.definitions.read import DefinitionsFile
from kpicli.text import safe


class RuleOptions(NamedTuple):
    """By which rules; what stands in `[check]` holds where nothing is said."""

    select: Annotated[
        list[str] | None, flag("CODES", "Only these rules: codes, names or letters, as in M,R03.")
    ] = None
    ignore: Annotated[list[str] | None, flag("CODES", "All rules but these; repeatable.")] = None

    def codes(self, file: DefinitionsFile) -> list[str]:
        """The codes to judge a board by; a rule of `[check]` that there is not has its place."""
        settings = file.definitions.check_settings
        _refuse_unknown(file, "select", settings.select)
        _refuse_unknown(file, "ignore", settings.ignore)
        _refuse_unknown(file, "severity", settings.severity)
        return codes_to_check(settings, self.select, self.ignore or ())


def _refuse_unknown(file: DefinitionsFile, key: str, words: Iterable[str]) -> None:
    try:
        for word in ",".join(words).split(","):
            _ = rule_codes(word) if word.strip() else ()
    except KpiError as error:
        from kpicli.store.definitions.positions import Positions

        line, _ = Positions(file.text).of(("check", key))
        where, message = f"{safe(file.name)}:{line}", f"check.{key}: {error.message}"
        raise KpiError(message, hint=error.hint, where=where) from None


class ShapeOptions(NamedTuple):
    """What is shown of the findings."""

    card: Annotated[bool, switch("Five letters per KPI: which are met, and by what.")] = False
    statistics: Annotated[bool, switch("How many findings of each rule.")] = False
    verbose: Annotated[
        bool, switch("Each finding by itself, however many are alike.", "--verbose", "-v")
    ] = False


class GateOptions(NamedTuple):
    """What makes the exit code 1."""

    fail_on: Annotated[
        str, flag("SEVERITY", "Fail on error, warning or advice, and what is graver.")
    ] = "warning"
    exit_zero: Annotated[
        bool, switch("Exit 0 whatever is found; damage in the log is still 3.")
    ] = False
    baseline: Annotated[
        str | None, flag("FILE", "Leave out the findings that this file names; new ones fail.")
    ] = None
    write_baseline: Annotated[bool, switch("Put the findings of today into that file.")] = False

    @property
    def failing(self) -> Sequence[Severity]:
        """The severities that fail; raises `KpiError` for another word."""
        severities = [*Severity]
        least = severities.index(Severity(choice("--fail-on", self.fail_on, severities)))
        return [] if self.exit_zero else severities[: least + 1]

    @property
    def new_baseline(self) -> str:
        """The file that the findings are to be put into, or nothing."""
        if not self.write_baseline:
            return ""
        if self.baseline is None:
            hint = "as in --baseline kpis.baseline --write-baseline"
            raise KpiError("--write-baseline needs the file", hint=hint)
        return self.baseline


class CorrectionOptions(NamedTuple):
    """What is corrected: only what is certain."""

    fix: Annotated[
        bool, switch("Write what is certain: a target's sign, a frequency. --diff first.")
    ] = False
    diff: Annotated[bool, switch("Show what --fix would write.")] = False
