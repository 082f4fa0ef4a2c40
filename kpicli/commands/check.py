"""Check the definitions, and what was recorded, by the SMART rules."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Annotated

from typer import Option

from kpicli.catalogue.lookup import term
from kpicli.cli.options import DayOptions, FileOptions, KpiIds, command
from kpicli.cli.output import exit_code, say, show
from kpicli.cli.output_options import OutputOptions
from kpicli.errors import KpiError
from kpicli.evaluation.active import is_active
from kpicli.lint.engine import explanation, lint, rule_codes, rule_files
from kpicli.lint.summary import fold, summarize
from kpicli.model.finding import Finding, Severity
from kpicli.model.kpi import Kpi
from kpicli.services.load import Loaded, load_board
from kpicli.store.definitions.positions import located_in
from kpicli.text import clipped
from kpicli.views.findings import findings_view, no_findings_text, statistics_view
from kpicli.views.parts.view import View
from kpicli.views.smart_card import LETTERS, card_view
from kpicli.views.words.next_steps import NO_KPIS

EXAMPLES = """\
kpi check
kpi check churn --card
kpi check --select M,R03
kpi check --ignore no_owner --ignore T
kpi check --format github
kpi check --json | jq -r '.findings[].hint'
"""


@command
def run(
    kpis: KpiIds = None,
    *,
    select: Annotated[
        list[str] | None,
        Option(metavar="CODES", help="Only these rules: codes, names or letters, as in M,R03."),
    ] = None,
    ignore: Annotated[
        list[str] | None, Option(metavar="CODES", help="All rules but these; repeatable.")
    ] = None,
    card: Annotated[
        bool, Option("--card", help="Five letters per KPI: which are met, and by what.")
    ] = False,
    statistics: Annotated[
        bool, Option("--statistics", help="How many findings of each rule.")
    ] = False,
    verbose: Annotated[
        bool, Option("--verbose", "-v", help="Each finding by itself, however many are alike.")
    ] = False,
    exit_zero: Annotated[
        bool, Option("--exit-zero", help="Exit 0 whatever is found; damage in the log is still 3.")
    ] = False,
    files: FileOptions,
    day: DayOptions,
    output: OutputOptions,
) -> int:
    """Check the definitions, and what was recorded, by the SMART rules.

    Exit code 1 where there is an error or a warning; advice alone is 0. See kpi rules.
    """
    if card and statistics:
        raise KpiError("--card and --statistics are two answers", hint="give one of the two")
    codes = _codes_to_check(select, ignore)
    file = files.definitions(day)
    ids = {file.definitions.kpi(id).id for id in kpis or ()}
    subjects = [kpi for kpi in file.definitions.kpis.values() if not ids or kpi.id in ids]
    active = [kpi for kpi in subjects if is_active(kpi, day.today)]
    loaded = load_board(file, day.clock, day.until)
    findings = [
        finding for finding in lint(loaded.scorecard, codes, term) if not ids or finding.kpi in ids
    ]
    if card:
        view = _card(loaded, active, findings, codes)
    elif statistics:
        view = _statistics(loaded, findings)
    else:
        is_whole = not verbose and not ids
        shown = summarize(findings, len(active), _summary_of) if is_whole else findings
        if not verbose and output.is_for_screen:
            names = {kpi.id: kpi.name for kpi in subjects}
            shown = fold(shown, names)
        view = _findings(loaded, shown, len(findings))
    show(output.drawing(view), loaded.paths)
    for warning in loaded.warnings:
        say(warning)
    for kpi in subjects:
        if ids and kpi not in active:
            say(f"{clipped(kpi.name)} is retired and no longer checked")
    if not file.definitions.kpis:
        say(NO_KPIS)
    elif not findings and not card:
        say(no_findings_text(len(active), len(codes)))
    is_failed = any(finding.severity is not Severity.ADVICE for finding in findings)
    return exit_code(has_damage=bool(loaded.damages), has_findings=is_failed and not exit_zero)


def _summary_of(code: str) -> str:
    """What the rule of a code finds, in one sentence."""
    return explanation(code).summary


def _card(
    loaded: Loaded, kpis: Sequence[Kpi], findings: Iterable[Finding], codes: Iterable[str]
) -> View:
    checked_letters = {code[0] for code in codes}
    letters = "".join(letter for letter in LETTERS if letter in checked_letters)
    if not letters:
        raise KpiError("no letter is selected for the card", hint="as in --card --select S,M")
    definitions, today = loaded.file.definitions, loaded.scorecard.clock.today
    ignored = {kpi.id: list(_ignored(kpi)) for kpi in kpis}
    return card_view(
        definitions, kpis, findings, today, loaded.warnings, letters=letters, ignored=ignored
    )


def _ignored(kpi: Kpi) -> Iterable[str]:
    """The codes of the rules that a KPI leaves out; a word that means none is a finding itself."""
    for word in kpi.ignore:
        with suppress(KpiError):
            yield from rule_codes(word)


def _findings(loaded: Loaded, findings: Iterable[Finding], total: int) -> View:
    file, today = loaded.file, loaded.scorecard.clock.today
    located = located_in(file.text, findings)
    return findings_view(file.name, file.definitions, located, today, loaded.warnings, total=total)


def _statistics(loaded: Loaded, findings: Iterable[Finding]) -> View:
    file, today = loaded.file, loaded.scorecard.clock.today
    return statistics_view(file.name, located_in(file.text, findings), today, loaded.warnings)


def _codes_to_check(select: Iterable[str] | None, ignore: Iterable[str] | None) -> list[str]:
    """The codes to judge by; raises `KpiError` for an unknown one, and where none is left."""
    kpis = rule_files() if select is None else _codes(select)
    dropped = _codes(ignore or ())
    codes = [code for code in kpis if code not in dropped]
    if not codes:
        raise KpiError("no rule is selected", hint="as in --select M,R03 --ignore T")
    return codes


def _codes(texts: Iterable[str]) -> list[str]:
    words = [word for text in texts for word in text.split(",") if word.strip()]
    return list(dict.fromkeys(code for word in words for code in rule_codes(word)))
