"""Record many actuals from a file or a pipe."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, NamedTuple

from typer import Argument, Option

from kpicli import plugins
from kpicli.cli.options import By, DayOptions, DryRun, FileOptions, Quiet, Yes, command
from kpicli.cli.output import (
    confirming,
    is_conversation,
    require_agreement,
    say,
    say_all,
    with_progress,
)
from kpicli.environment import now
from kpicli.errors import Exit, KpiError, ManyErrors
from kpicli.evaluation.lookback import full_lookback
from kpicli.model.number import Mark
from kpicli.model.scorecard import Scorecard
from kpicli.plugins import choice
from kpicli.recording.batch import Batch, BatchRecord, records_by_kpi, restatements
from kpicli.recording.plausibility import batch_concerns, current_record, is_unchanged
from kpicli.services.load import Loaded, log_of
from kpicli.services.record import append_records, load_to_record, remarks, writer
from kpicli.sources import Row, source
from kpicli.sources import chosen as source_of
from kpicli.sources._input import handed
from kpicli.store.definitions.read import DefinitionsFile
from kpicli.store.log.merge import NOTHING_MERGED, Copied, Merge, copied, merge, sealed
from kpicli.text import plural
from kpicli.views.words.recording import (
    batch_line,
    batch_summary,
    copied_line,
    doubt_question,
    undo_scope_text,
)

EXAMPLES = """\
kpi import actuals.csv
kpi import - --dry-run < actuals.csv
kpi import umsatz.csv --delimiter ';' --decimal ,
kpi import ../laptop/kpis.jsonl            # a copy of the log: its lines are kept as they are
"""
_NOTHING = "nothing recorded; correct it and import it again"


class _Given(NamedTuple):
    """What the flags say of the rows."""

    by: str
    format: str | None
    delimiter: str | None
    mark: Mark | None


@command
def run(
    path: Annotated[str, Argument(metavar="FILE", help="CSV, TSV or JSON Lines; - is stdin.")],
    *,
    format: Annotated[
        str | None,
        Option(
            metavar="NAME", help=f"{', '.join(plugins.names('sources'))}; else by name or looks."
        ),
    ] = None,
    delimiter: Annotated[
        str | None, Option(metavar="CHAR", help="What stands between two cells.")
    ] = None,
    decimal: Annotated[
        str | None,
        Option(metavar="MARK", help="The decimal mark, . or ,; else that of the definitions."),
    ] = None,
    by: By = None,
    yes: Yes = False,
    dry_run: DryRun = False,
    quiet: Quiet = False,
    where: FileOptions,
) -> int:
    """Record many actuals at once: all of them, or nothing.

    Long: columns kpi, period, value, and if you like note, by and at. Wide: period, and a column
    for each KPI. What is recorded already is not recorded again.
    """
    given = _Given(writer(by), format, delimiter, _mark(decimal))
    board = where.definitions()
    name, content = handed(path)
    intake, copies = _taken(board, name, content, given)
    reach = full_lookback(board.definitions, intake.ids)
    loaded = load_to_record(board, DayOptions().clock, reach, say_all)
    again = [sealed(*draft) for draft in intake.dated]
    merged = _merged(loaded, name, [*copies, *again])
    news = [draft for draft in intake if not is_unchanged(loaded.scorecard, draft.record)]
    if not yes:
        new = {copy.id for copy in merged.new}
        dated = [draft for draft, copy in zip(intake.dated, again, strict=True) if copy.id in new]
        _settle(
            name, [*_doubted(loaded.scorecard, news, intake), *_replacing(loaded.scorecard, dated)]
        )
    at = ""
    if (news or merged.new) and not dry_run:
        records = [draft.record for draft in news]
        at = append_records(loaded, records, by=given.by, is_final=yes, copies=merged.new)
    with confirming():
        if at:
            say_all(remarks(loaded, at))
        if not quiet:
            known = intake.count - len(news)
            _confirm(loaded.scorecard, news, merged, known, by=given.by, is_dry=dry_run)
    return Exit.FINE


def _mark(text: str | None) -> Mark | None:
    marks: dict[str, Mark] = {".": ".", ",": ","}
    return None if text is None else marks[choice("--decimal", text, marks)]


def _taken(
    board: DefinitionsFile, name: str, content: bytes, given: _Given
) -> tuple[Batch, list[Copied]]:
    """Rows held against the definitions, and sealed lines; all that is wrong is said at once."""
    kind = given.format or source_of(name, content)
    intake = Batch(
        Scorecard(board.definitions, {}, DayOptions().clock), given.by, given.mark, now()
    )
    copies: list[Copied] = []
    faults: list[KpiError] = []
    rows = source(kind).read(content, name, given.delimiter)
    for row in with_progress(rows, content.count(b"\n"), "reading", _line):
        if isinstance(row, KpiError):
            faults.append(row)
            continue
        try:
            if row.is_sealed:
                copies.append(copied(row.raw, row.line))
            else:
                intake.take(row)
        except KpiError as error:
            is_unknown = row.kpi not in board.definitions.ids
            faults.append(_placed(name, (row.head if is_unknown else 0) or row.line, error))
    if faults:
        once = {(error.where, error.message): error for error in faults}
        raise ManyErrors(list(once.values()), hint=_NOTHING)
    return intake, copies


def _line(row: Row | KpiError) -> int:
    return row.line if isinstance(row, Row) else 0


def _placed(name: str, line: int, error: KpiError) -> KpiError:
    return KpiError(error.message, where=f"{name}:{line}", hint=error.hint)


def _merged(loaded: Loaded, name: str, copies: Sequence[Copied]) -> Merge:
    """The copies that the log does not have yet, found in a pass of its own where there are any."""
    if not copies:
        return NOTHING_MERGED
    merged = merge(log_of(loaded.file).lines(), copies, loaded.file.definitions.ids)
    if merged.faults:
        faults = [_placed(name, line, error) for line, error in merged.faults]
        raise ManyErrors(faults, hint=_NOTHING)
    return merged


def _doubted(
    scorecard: Scorecard, news: Iterable[BatchRecord], intake: Batch
) -> Iterator[tuple[int, str]]:
    """The lines that change an actual or look odd, and what there is to ask of each."""
    for kpi, drafts in records_by_kpi(scorecard.definitions, news):
        for one, against in batch_concerns(scorecard, kpi, drafts):
            line = intake.drafts[kpi.id][one.period].line
            yield line, doubt_question(scorecard, kpi, one, against)


def _replacing(scorecard: Scorecard, dated: Iterable[BatchRecord]) -> Iterator[tuple[int, str]]:
    """The same of lines that say themselves when they were recorded."""
    for draft, against in restatements(scorecard, dated):
        kpi = scorecard.definitions.kpis[draft.record.kpi]
        yield draft.line, doubt_question(scorecard, kpi, draft.record, against)


def _settle(name: str, doubted: Sequence[tuple[int, str]]) -> None:
    """What is doubted is asked about once; where nobody can answer all of it is refused."""
    if not doubted:
        return
    faults = [_placed(name, line, KpiError(asked)) for line, asked in sorted(doubted)]
    if not is_conversation():
        raise ManyErrors(faults, hint="nothing recorded; if that is right, add --yes")
    for error in faults:
        say(error.lines()[0])
    require_agreement(f"record {plural(len(faults), 'row')} like that")


def _confirm(
    scorecard: Scorecard,
    news: Sequence[BatchRecord],
    merged: Merge,
    known: int,
    *,
    by: str,
    is_dry: bool,
) -> None:
    for draft in news if is_dry else ():
        say(f"= {batch_line(scorecard, draft.record)}")
    for copy in merged.new if is_dry else ():
        say(f"= {copied_line(scorecard, copy.kpi, copy.period, copy.at)}")
    changed = sum(current_record(scorecard, draft.record) is not None for draft in news)
    new = len(news) - changed + len(merged.new)
    summary = batch_summary(new, changed, known + merged.duplicates)
    say(f"= {summary}" if is_dry else summary)
    others = sorted({draft.record.by for draft in news} - {by})
    if (others or merged.new) and not is_dry:
        say(undo_scope_text(others, has_copies=bool(merged.new)))
