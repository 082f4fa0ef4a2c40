"""Check definitions, and what was recorded, by the SMART rules."""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress

from kpicli.cli.board_memory import board_findings, located_findings
from kpicli.cli.check_options import CorrectionOptions, GateOptions, RuleOptions, ShapeOptions
from kpicli.cli.options import DayOptions, FileOptions, KpiIds, command
from kpicli.cli.output import exit_code, say, say_all, show, write
from kpicli.cli.output_options import OutputOptions
from kpicli.errors import Exit, KpiError
from kpicli.evaluation.active import is_active
from kpicli.evaluation.selection import named_kpis
from kpicli.language.stems import is_foreign
from kpicli.lint.engine import explanation, rule_codes
from kpicli.lint.summary import fold, summarize
from kpicli.model.finding import Finding
from kpicli.model.kpi import Kpi
from kpicli.noun import NamedTuple
from kpicli.services.load import Loaded, load_board
from kpicli.text import clipped, plural, safe
from kpicli.views.findings import FOREIGN, findings_view, no_findings_text, statistics_view
from kpicli.views.parts.view import View
from kpicli.views.smart_card import LETTERS, card_view
from kpicli.views.words.next_steps import NO_KPIS

FORMATS = ("github", "junit", "sarif")
EXAMPLES = """\
kpi check
kpi check churn --card
kpi check boards/*.toml --format sarif -o kpis.sarif
kpi check --select M,R03 --fail-on error
kpi check --baseline kpis.baseline --write-baseline
kpi check --fix --diff
kpi check --json | jq -r '.findings[].hint'
"""


class _Board(NamedTuple):
    """A board that was checked: the KPIs that were asked about, and what was found of them."""

    loaded: Loaded
    kpis: Sequence[Kpi]
    active: Sequence[Kpi]
    codes: Sequence[str]
    findings: Sequence[Finding]
    is_whole: bool
    known: int = 0

    @property
    def is_foreign(self) -> bool:
        """Whether its names are in a language that kpi has no words of."""
        return is_foreign(kpi.name for kpi in self.active)


@command
def run(
    kpis: KpiIds = None,
    *,
    rules: RuleOptions,
    shape: ShapeOptions,
    gate: GateOptions,
    correction: CorrectionOptions,
    files: FileOptions,
    day: DayOptions,
    output: OutputOptions,
) -> int:
    """Check definitions, and what was recorded, by the SMART rules.

    Words that end in .toml are definitions files, each a board of its own. Exit code 1 where there
    is an error or a warning; advice alone is 0. See kpi rules.
    """
    if shape.card and shape.statistics:
        raise KpiError("--card and --statistics are two answers", hint="give one of the two")
    new_baseline, failing = gate.new_baseline, gate.failing
    paths = [word for word in kpis or () if word.endswith(".toml") or os.sep in word]
    ids = [word for word in kpis or () if word not in paths]
    places = [*map(FileOptions, paths)] or [files]
    boards = [_checked(place, ids, rules, day) for place in places]
    if correction.diff or correction.fix:
        # Lest these fail once it is written.
        output.drawing(_view(boards, shape, for_screen=False))
        if gate.baseline is not None and not new_baseline:
            list(_without_known(gate.baseline, boards))
        is_changed = [_corrected(board, is_shown=correction.diff) for board in boards]
        if correction.diff:
            return Exit.FINDINGS if any(is_changed) else Exit.FINE
        boards = [_checked(place, ids, rules, day) for place in places]
    if new_baseline:
        return _write_baseline(new_baseline, boards)
    if gate.baseline is not None:
        boards = list(_without_known(gate.baseline, boards))
    for_screen = output.is_for_screen and not shape.verbose
    view = _view(boards, shape, for_screen=for_screen)
    protected = [path for board in boards for path in board.loaded.paths]
    show(output.drawing(view), protected)
    say_all(line for board in boards for line in _remarks(board, is_card=shape.card))
    has_findings = any(each.severity in failing for board in boards for each in board.findings)
    has_damage = any(board.loaded.damages for board in boards)
    return exit_code(has_damage=has_damage, has_findings=has_findings)


def _checked(
    place: FileOptions, names: Iterable[str], rules: RuleOptions, day: DayOptions
) -> _Board:
    file = place.definitions(day)
    definitions = file.definitions
    codes = rules.codes(file)
    ids = {kpi.id for kpi in named_kpis(definitions, names)}
    kpis = [kpi for kpi in definitions.kpis.values() if not ids or kpi.id in ids]
    active = [kpi for kpi in kpis if is_active(kpi, day.today)]
    loaded = load_board(file, day.moment)
    found = board_findings(loaded, codes)
    findings = [finding for finding in found if not ids or finding.kpi in ids]
    return _Board(loaded, kpis, active, codes, findings, not ids)


def _remarks(board: _Board, *, is_card: bool) -> Iterator[str]:
    yield from board.loaded.warnings
    for kpi in () if board.is_whole else board.kpis:
        if kpi not in board.active:
            yield f"{clipped(kpi.name)} is retired and no longer checked"
    if not board.loaded.file.definitions.kpis:
        yield NO_KPIS
    elif not board.findings and not board.known and not is_card:
        yield no_findings_text(len(board.active), len(board.codes))
    if board.is_foreign:
        yield FOREIGN


def _view(boards: Sequence[_Board], shape: ShapeOptions, *, for_screen: bool) -> View:
    today = boards[0].loaded.scorecard.clock.today
    warnings = tuple(warning for board in boards for warning in board.loaded.warnings)
    if shape.card:
        if len(boards) > 1:
            raise KpiError("--card is of one board", hint="name one definitions file")
        return _card(boards[0])
    if shape.statistics:
        located = [located_findings(board.loaded.file, board.findings) for board in boards]
        return statistics_view(located, today, warnings)
    listed = [
        _findings_for(board, is_listed=shape.verbose, for_screen=for_screen) for board in boards
    ]
    located = [
        located_findings(board.loaded.file, findings)
        for board, findings in zip(boards, listed, strict=True)
    ]
    total = sum(len(board.findings) for board in boards)
    return findings_view(located, today, warnings, total=total)


def _findings_for(board: _Board, *, is_listed: bool, for_screen: bool) -> Sequence[Finding]:
    """What is listed: alike findings as one, and on a screen no more than it has room for."""
    findings = board.findings
    if board.is_whole and not is_listed:
        findings = summarize(findings, len(board.active), lambda code: explanation(code).summary)
    names = {kpi.id: kpi.name for kpi in board.kpis}
    return fold(findings, names) if for_screen else findings


def _card(board: _Board) -> View:
    loaded = board.loaded
    checked_letters = {code[0] for code in board.codes}
    letters = "".join(letter for letter in LETTERS if letter in checked_letters)
    if not letters:
        raise KpiError("no letter is selected for the card", hint="as in --card --select S,M")
    definitions, today = loaded.file.definitions, loaded.scorecard.clock.today
    ignored = {kpi.id: list(_ignored(kpi)) for kpi in board.active}
    return card_view(
        definitions,
        board.active,
        board.findings,
        today,
        loaded.warnings,
        letters=letters,
        ignored=ignored,
        unread="SM" if board.is_foreign else "",
    )


def _ignored(kpi: Kpi) -> Iterable[str]:
    """The codes of the rules that a KPI leaves out; a word that means none is a finding itself."""
    for word in kpi.ignore:
        with suppress(KpiError):
            yield from rule_codes(word)


def _corrected(board: _Board, *, is_shown: bool) -> bool:
    """Show what is certain, or write it; whether there is anything."""
    from kpicli.services.findings import correct, corrections_of, difference

    file = board.loaded.file
    if file.version:
        hint = "run it without --as-of"
        raise KpiError("only the definitions of today can be corrected", hint=hint)
    corrections = corrections_of(board.findings, is_whole=board.is_whole)
    changes = difference(file, corrections)
    if is_shown:
        write("".join(f"{safe(line)}\n" for line in changes.splitlines()))
    elif changes:
        correct(file, corrections)
    count = sum(line[:1] == "+" and "=" in line for line in changes.splitlines()[2:])
    if not changes:
        say(f"{clipped(file.name)}: nothing that is certain")
    elif not is_shown:
        say(f"{clipped(file.name)}: {plural(count, 'line')} corrected")
    return bool(changes)


def _write_baseline(path: str, boards: Sequence[_Board]) -> int:
    from kpicli.services.findings import Baseline, baseline_text
    from kpicli.store.new_file import replace_file

    baseline = Baseline(path, frozenset())
    keys = [
        baseline.key(board.loaded.file.path, finding)
        for board in boards
        for finding in board.findings
    ]
    protected = [path for board in boards for path in board.loaded.paths]
    replace_file(path, [baseline_text(keys)], protected)
    say(f"{clipped(path)}: {plural(len(keys), 'finding')} written")
    return Exit.FINE


def _without_known(path: str, boards: Iterable[_Board]) -> Iterator[_Board]:
    from kpicli.services.findings import read_baseline

    baseline = read_baseline(path)
    for board in boards:
        new = baseline.new(board.loaded.file.path, board.findings)
        known = len(board.findings) - len(new)
        if known:
            new_ones = "nothing new" if not new else f"{len(new)} new"
            say(f"{plural(known, 'known finding')} left out by {clipped(path)}, {new_ones}")
        yield board._replace(findings=new, known=known)
