"""SMART rules, one a file: its name is the code and the name, its docstring the documentation."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Protocol, cast

from kpicli import plugins
from kpicli.catalogue.term import Entry
from kpicli.errors import KpiError
from kpicli.evaluation.ledger import Ledger
from kpicli.lint.context import LintContext
from kpicli.lint.documentation import Explanation, read_explanation
from kpicli.model.finding import Finding, Severity
from kpicli.text import did_you_mean, safe

_LETTERS = "SMART"


class Rule(Protocol):
    """The shape of a member of this board.

    The docstring's first line says what is wrong; then why, then `Bad:` and `Good:` with a
    definitions file each, indented; each may be followed by its `Log:`, and both by an `As of:`.
    """

    @property
    def SEVERITY(self) -> Severity: ...  # noqa: D102, N802 - a constant of a module

    def check(self, context: LintContext, /) -> Iterator[Finding]:
        """Every place where the rule is broken; a rule that needs no more takes a scorecard."""
        ...


def lint(
    ledger: Ledger,
    codes: Iterable[str],
    called: Callable[[str], Entry | None] = lambda _name: None,
) -> Iterator[Finding]:
    """What the rules of these codes find, but for what a KPI's own `ignore` leaves out.

    `called` is the term of the catalogue that goes by a name.
    """
    wanted, lint = set(codes), _Judge(ledger, called)
    for file in plugins.names("lint/rules"):
        if code_and_name(file)[0] in wanted:
            yield from lint.findings(file)


class _Judge:
    """Runs each rule once, and at all only where somebody asks what it finds."""

    def __init__(self, ledger: Ledger, called: Callable[[str], Entry | None]) -> None:
        self.context = LintContext.of(ledger)
        self.context.called = called
        self.context.finds = self.finds
        self.context.words = tuple(
            word for file in plugins.names("lint/rules") for word in _spoken(file)
        )
        self._found: dict[str, tuple[Finding, ...]] = {}

    def findings(self, file: str) -> Iterator[Finding]:
        """What a rule finds, but for what is ignored."""
        for finding in self._all(file):
            kpi = self.context.definitions.kpis.get(finding.kpi)
            ignored = {word.strip().lower() for word in kpi.ignore} if kpi else set()
            if not ignored & {*_spoken(file)}:
                yield finding

    def finds(self, word: str, id: str) -> bool | None:
        """Whether the rule that a word means finds anything about a KPI; see `Evidence`."""
        file = next((file for file in plugins.names("lint/rules") if word in _spoken(file)), None)
        return None if file is None else any(one.kpi == id for one in self._all(file))

    def _all(self, file: str) -> tuple[Finding, ...]:
        if file not in self._found:
            code, name = code_and_name(file)
            rule = cast("Rule", plugins.load_member("lint/rules", file))
            self._found[file] = tuple(
                replace(finding, code=code, name=name, severity=rule.SEVERITY)
                for finding in rule.check(self.context)
            )
        return self._found[file]


def code_and_name(file: str) -> tuple[str, str]:
    """`R03` and `too_many_top_level` of `r03_too_many_top_level`."""
    code, _, name = file.partition("_")
    return code.upper(), name


def rule_files() -> dict[str, str]:
    """The file of each code, in the order of the letters of SMART, then of the others."""
    files = {code_and_name(file)[0]: file for file in plugins.names("lint/rules")}
    return {code: files[code] for code in sorted(files, key=_in_order)}


def _in_order(code: str) -> tuple[int, str]:
    place = _LETTERS.find(code[0])
    return len(_LETTERS) if place < 0 else place, code


def rule_codes(word: str) -> list[str]:
    """The codes that a code, a name or a letter means; raises `KpiError` with what is close."""
    files = rule_files()
    wanted = word.strip().lower()
    found = [code for code, file in files.items() if wanted in {code[0].lower(), *_spoken(file)}]
    if not found:
        hint = did_you_mean(wanted, [name for file in files.values() for name in _spoken(file)])
        raise KpiError(
            f"unknown rule '{safe(word[:80])}'",
            hint=hint or f"known are {', '.join(files)}; kpi rules says what each finds",
        )
    return found


def _spoken(file: str) -> tuple[str, str]:
    code, name = code_and_name(file)
    return code.lower(), name


def explanation(code: str) -> Explanation:
    """The documentation of the rule of a code."""
    file = rule_files()[code]
    rule = plugins.load_member("lint/rules", file)
    severity = cast("Rule", rule).SEVERITY
    return read_explanation(*code_and_name(file), severity, rule.__doc__ or "")
