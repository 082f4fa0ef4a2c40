"""SMART rules, one a file: its name is the code and the name, its docstring the documentation."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Protocol, cast

from kpicli import plugins
from kpicli.errors import KpiError
from kpicli.evaluation.ledger import Ledger
from kpicli.lint.context import FindTerm, LintContext, no_term, rising_kpis
from kpicli.model.finding import CheckSettings, Finding, Severity
from kpicli.model.kpi import Definitions
from kpicli.model.scorecard import Clock
from kpicli.text import did_you_mean, safe

if TYPE_CHECKING:
    from kpicli.lint.documentation import Explanation

FindingsByKpi = dict[str, tuple[Finding, ...]]  # by the id of the KPI; empty for the board
_BOARD = "lint/rules"
_LETTERS = "SMART"


class Rule(Protocol):
    """The shape of a member of this board.

    Its docstring is the rule's documentation: see `lint/documentation`. One with `READS_WORDS` is
    silent about names whose words are fine by the settings, or in a language that kpi can't read.
    Without `READS_RECORDS` it is shown no record, only which KPIs are `rising`, and may ask of the
    clock only which are retired.
    """

    @property
    def SEVERITY(self) -> Severity: ...  # noqa: D102, N802 - a constant of a module

    def check(self, context: LintContext, /) -> Iterator[Finding]:
        """Every place where the rule is broken; a rule that needs no more takes a scorecard."""
        ...


def lint(
    ledger: Ledger,
    codes: Iterable[str],
    find_term: FindTerm = no_term,
    known: dict[str, FindingsByKpi] | None = None,
) -> Iterator[Finding]:
    """What the rules of these codes find, but for what a KPI's own `ignore` leaves out.

    `known` is what rules, by their file, find of these definitions, active and rising KPIs; those
    that are missing there and read no records are added.
    """
    rules = _Rules(ledger, find_term, {} if known is None else known)
    code_set = set(codes)
    for file in plugins.names(_BOARD):
        if code_and_name(file)[0] in code_set:
            yield from rules.findings(file)


def lint_definitions(
    definitions: Definitions, clock: Clock, find_term: FindTerm = no_term
) -> Iterator[Finding]:
    """What the rules find by the definitions alone, as these want to be checked."""
    ledger = Ledger(definitions, {}, clock)
    return lint(ledger, codes_to_check(definitions.check_settings), find_term)


class _Rules:
    """Runs each rule once, and only where something asks what it finds."""

    def __init__(
        self, ledger: Ledger, find_term: FindTerm, known: dict[str, FindingsByKpi]
    ) -> None:
        files = {word: file for file in plugins.names(_BOARD) for word in _words(file)}
        self.known, self.context = known, LintContext.of(ledger)
        self.without_records = LintContext.of(Ledger(ledger.definitions, {}, ledger.clock))
        self.without_records.find_term = self.context.find_term = find_term
        self.without_records.rising = rising_kpis(ledger)
        self.context.is_broken = self.is_broken
        self.context.rule_words = tuple(files)
        self._files = files
        self._severities = {
            code: severity
            for word, severity in ledger.definitions.check_settings.severity.items()
            for code in rule_codes(word)
        }
        self._findings = {**known}

    def findings(self, file: str) -> Iterator[Finding]:
        """What a rule finds, but for what is ignored."""
        for id, findings in self._findings_by_kpi(file).items():
            kpi = self.context.definitions.kpis.get(id)
            ignored = {word.strip().lower() for word in kpi.ignore} if kpi else set()
            if ignored.isdisjoint(_words(file)):
                yield from findings

    def _is_silent(self, rule: object, id: str) -> bool:
        """Whether it goes by words, and those of the name are fine, or of an unknown language."""
        kpi = self.context.definitions.kpis.get(id)
        if not getattr(rule, "READS_WORDS", False) or kpi is None:
            return False
        from kpicli.language.tokens import names_any

        fine = self.context.definitions.check_settings.fine
        return self.context.is_foreign or names_any(kpi.name, fine)

    def is_broken(self, word: str, id: str) -> bool | None:
        """Whether the rule of a code or name finds anything about a KPI; see `LintContext`."""
        file = self._files.get(word)
        return None if file is None else id in self._findings_by_kpi(file)

    def _findings_by_kpi(self, file: str) -> FindingsByKpi:
        if file not in self._findings:
            code, name = code_and_name(file)
            rule = cast("Rule", plugins.load_member(_BOARD, file))
            reads_records = getattr(rule, "READS_RECORDS", False)
            findings: FindingsByKpi = {}
            for finding in rule.check(self.context if reads_records else self.without_records):
                if self._is_silent(rule, finding.kpi):
                    continue
                least = min(finding.severity, rule.SEVERITY, key=[*Severity][::-1].index)
                severity = self._severities.get(code, least)
                complete = finding._replace(code=code, name=name, severity=severity)
                findings[finding.kpi] = (*findings.get(finding.kpi, ()), complete)
            self._findings[file] = findings
            if not reads_records:
                self.known[file] = findings
        return self._findings[file]


@cache
def code_and_name(file: str) -> tuple[str, str]:
    """`R03` and `too_many_top_level` of `r03_too_many_top_level`."""
    code, _, name = file.partition("_")
    return code.upper(), name


def rule_files() -> dict[str, str]:
    """The file of each code, in the order of the letters of SMART, then of the others."""
    files = {code_and_name(file)[0]: file for file in plugins.names(_BOARD)}
    return {code: files[code] for code in sorted(files, key=_in_order)}


def _in_order(code: str) -> tuple[int, str]:
    place = _LETTERS.find(code[0])
    return len(_LETTERS) if place < 0 else place, code


def rule_codes(word: str) -> list[str]:
    """The codes that a code, a name or a letter means; raises `KpiError` with what is close."""
    files = rule_files()
    key = word.strip().lower()
    codes = [code for code, file in files.items() if key in {code[0].lower(), *_words(file)}]
    if not codes:
        hint = did_you_mean(key, [name for file in files.values() for name in _words(file)])
        raise KpiError(
            f"unknown rule '{safe(word[:80])}'",
            hint=hint or f"known: {', '.join(files)}; kpi rules says what each finds",
        )
    return codes


def _words(file: str) -> tuple[str, str]:
    """The code and the name of a rule, as they are typed."""
    code, name = code_and_name(file)
    return code.lower(), name


def codes_to_check(
    settings: CheckSettings, select: Iterable[str] | None = None, ignore: Iterable[str] = ()
) -> list[str]:
    """The codes to judge by: those that are asked for, else those of the settings, else all.

    Raises `KpiError` for an unknown one, and where none is left.
    """
    chosen = _codes(select if select is not None else settings.select)
    dropped = _codes((*ignore, *settings.ignore)) if select is None else _codes(ignore)
    is_all = select is None and not settings.select
    codes = [code for code in (rule_files() if is_all else chosen) if code not in dropped]
    if not codes:
        raise KpiError("no rule is selected", hint="as in --select M,R03 --ignore T")
    return codes


def _codes(texts: Iterable[str]) -> list[str]:
    words = [word for text in texts for word in text.split(",") if word.strip()]
    return list(dict.fromkeys(code for word in words for code in rule_codes(word)))


def explanation(code: str) -> "Explanation":
    """The documentation of the rule of a code."""
    from kpicli.lint.documentation import read_explanation

    file = rule_files()[code]
    rule = plugins.load_member(_BOARD, file)
    return read_explanation(*code_and_name(file), cast("Rule", rule).SEVERITY, rule.__doc__ or "")
