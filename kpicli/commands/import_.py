"""Record many actuals from a file or a pipe."""

import os
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Annotated

from kpicli.cli.import_options import ImportOptions, TableOptions
from kpicli.cli.options import DayOptions, FileOptions, Text, argument, command
from kpicli.cli.output import (
    DRY_RUN,
    confirming,
    is_agreed,
    is_conversation,
    require_agreement,
    say,
    say_all,
    with_progress,
    write,
)
from kpicli.cli.prompts.columns import with_columns_asked
from kpicli.cli.write_options import By, Replace, WriteOptions
from kpicli.environment import now
from kpicli.errors import MOST_CAUSES, Exit, KpiError, ManyErrors
from kpicli.model.kpi import Rollup
from kpicli.model.source import Source, SourceRow
from kpicli.plugins import choice
from kpicli.recording.plausibility import current_record
from kpicli.services import import_ as service
from kpicli.services.import_ import Intake
from kpicli.services.import_plan import (
    Plan,
    RowConcern,
    add_targets,
    is_without_target,
    parts_of_wholes,
    planned,
    row_concerns,
    schedules,
)
from kpicli.services.record import Stream, append_records, remarks, writer
from kpicli.sources._board import KINDS
from kpicli.sources._input import read_inputs
from kpicli.store.definitions.read import DefinitionsFile
from kpicli.store.definitions.write import inline, text_of
from kpicli.text import plural
from kpicli.views.words import importing as words
from kpicli.views.words.recording import (
    batch_line,
    batch_summary,
    consent_hint,
    copied_line,
    doubt_question,
    undo_scope_text,
)

EXAMPLES = """\
kpi import omsetning.csv
kpi import report.xlsx --explain
kpi import sales.csv --columns period=Month,orders=Ordre
kpi import - --dry-run < actuals.csv
kpi import ../laptop/kpis.jsonl            # a copy of the log: its lines are kept as they are
"""
_FIRST = 5  # rows that --explain shows


@command
def run(
    path: Annotated[Text, argument("[FILE]", "CSV, TSV, JSON or a workbook; - is stdin.")] = None,
    *,
    writing: WriteOptions,
    table: TableOptions,
    options: ImportOptions,
    replace: Replace = False,
    by: By = None,
    where: FileOptions,
) -> int:
    """Record many actuals at once: all of them, or nothing.

    A table may have one row per value, one column per KPI, or its periods across the top;
    kpi finds out which, and says so. What is already recorded is not recorded again.
    """
    file, who = where.definitions(), writer(by)
    take_in = partial(_intake, path, file, options=options, by=who)
    intake = with_columns_asked(take_in, table.source(file.definitions, options.source), file)
    _settle_dates(intake, is_explained=options.explain)
    if options.explain:
        _explain(intake)
    elif not writing.quiet:
        say_all(_readings(intake))
    plan = planned(intake, say_all, writing.agrees_to_log)
    concerns = [] if writing.yes else list(row_concerns(intake, plan, may_replace=replace))
    if options.explain:
        say_all(fault.lines()[0] for fault in _faults(intake, concerns))
        return Exit.FINE
    _agree(intake, concerns)
    at = ""
    if (plan.news or plan.merged.new) and not writing.dry_run:
        news = plan.news
        records = Stream(lambda: (draft.record for draft in news), len(news))
        at = append_records(
            plan.loaded, records, by=who, is_final=writing.yes, copies=plan.merged.new
        )
    with confirming():
        if at:
            say_all(remarks(plan.loaded, at))
        if not writing.quiet:
            _confirm(intake, plan, by=who, is_dry=writing.dry_run)
    _targets(intake, is_written=options.targets and not writing.dry_run)
    return Exit.FINE


def _intake(
    path: str | None, file: DefinitionsFile, source: Source, options: ImportOptions, by: str
) -> Intake:
    """The rows of the file that is named, or of those that the source means."""
    if options.format is not None:
        choice("--format", options.format, KINDS)
    pattern = options.pattern(source, path)
    inputs = read_inputs(path, pattern, os.path.dirname(file.path))
    lines = sum(given.content.count(b"\n") for given in inputs)
    return service.take_in(
        file,
        inputs,
        source,
        format=options.format,
        by=by,
        clock=DayOptions().clock,
        now=now(),
        watch=partial(with_progress, total=lines, doing="reading", position=_line),
    )


def _line(row: SourceRow | KpiError) -> int:
    return row.line if isinstance(row, SourceRow) else 0


def _settle_dates(intake: Intake, *, is_explained: bool) -> None:
    """Have somebody say for what the dates stand, where the table leaves that open."""
    dates = service.open_dates(intake)
    if dates and is_explained:
        say(f"{words.open_dates_message(dates)} \u2014 {words.OPEN_DATES_HINT}")
        intake.are_labels, intake.are_dates_open = True, True
    elif dates and not is_conversation():
        hint = f"nothing recorded; {words.OPEN_DATES_HINT}"
        raise KpiError(words.open_dates_message(dates), where=intake.names[0], hint=hint)
    elif dates:
        intake.are_labels = is_agreed(words.open_dates_question(dates))
    service.settle(intake)


def _readings(intake: Intake) -> Iterator[str]:
    for survey in intake.surveys:
        line = words.reading_line(service.table_reading(intake, survey), intake.file.definitions)
        if line:
            yield line if len(intake.names) == 1 else f"{survey.mapping.grid.shown}: {line}"


def _explain(intake: Intake) -> None:
    """How it was read, its first actuals, and the source that reads it so again."""
    lines: list[str] = []
    for survey in intake.surveys:
        reading = service.table_reading(intake, survey)
        lines += words.reading_explanation(reading, intake.file.definitions)
    first = [draft.record for _, draft in zip(range(_FIRST), intake.batch.drafts, strict=False)]
    lines += ["", *(f"  {batch_line(intake.batch.scorecard, record)}" for record in first)]
    if (rest := len(intake.batch.drafts) - _FIRST) > 0:
        lines.append(f"  and {rest:,} more")
    if intake.surveys:
        lines += ["", text_of({"sources": service.source_block(intake)}).rstrip("\n")]
    write("".join(f"{line}\n" for line in lines))


def _agree(intake: Intake, concerns: Sequence[RowConcern]) -> None:
    """What looks odd is asked about once; where nobody can answer all of it is refused."""
    if not concerns:
        return
    faults = _faults(intake, concerns)
    if not is_conversation():
        raise ManyErrors(faults, hint=consent_hint(each.concerns for each in concerns))
    say_all(fault.lines()[0] for fault in faults)
    require_agreement(f"record {plural(len(concerns), 'row')} like that")


def _faults(intake: Intake, concerns: Sequence[RowConcern]) -> list[KpiError]:
    """A line a row, and how many more there are."""
    in_order = sorted(concerns, key=lambda concern: concern.line)
    first = in_order[:MOST_CAUSES]
    faults = [intake.placed(KpiError(_question(intake, each)), each.line) for each in first]
    if rest := in_order[MOST_CAUSES:]:
        faults.append(KpiError(f"{plural(len(rest), 'more row')} like that"))
    return faults


def _question(intake: Intake, each: RowConcern) -> str:
    scorecard = intake.batch.scorecard
    if each.fractions:
        return words.fractions_message(scorecard.definitions, each.kpi, each.draft, each.fractions)
    return doubt_question(scorecard, each.kpi, each.draft, each.concerns)


def _confirm(intake: Intake, plan: Plan, *, by: str, is_dry: bool) -> None:
    scorecard, news, merged = plan.loaded.scorecard, plan.news, plan.merged
    for draft in news if is_dry else ():
        say(f"{DRY_RUN}{batch_line(scorecard, draft.record)}")
    for copy in merged.new if is_dry else ():
        say(f"{DRY_RUN}{copied_line(scorecard, copy.kpi, copy.period, copy.at)}")
    drafts = news if scorecard.series else ()
    changed = sum(current_record(scorecard, draft.record) is not None for draft in drafts)
    known = len(intake.batch.drafts) - len(news) + merged.duplicates
    counts = batch_summary(len(news) - changed + len(merged.new), changed, known)
    repeats = sum(intake.batch.repeated.values())
    more = words.intake_remarks(intake.empty, repeats, intake.batch.numbers.rounded)
    summary = ", ".join([counts, *more])
    say(f"{DRY_RUN}{summary}" if is_dry else summary)
    kpis = scorecard.definitions.kpis
    say_all(words.conversion(kpis[id], unit) for id, unit in intake.batch.converted.items())
    if any(kpis[id].rollup is Rollup.SUM for id in intake.batch.repeated):
        say(words.REPEATED)
    say_all(words.without_effect(parts_of_wholes(plan)))
    others = sorted(news.writers - {by})
    if (others or merged.new) and not is_dry:
        say(undo_scope_text(others, has_copies=bool(merged.new)))


def _targets(intake: Intake, *, is_written: bool) -> None:
    """Print the targets of the table, or add those of KPIs that have none to the definitions."""
    found = schedules(intake)
    new = {id: table for id, table in found.items() if is_written and is_without_target(intake, id)}
    if new:
        add_targets(intake.file, new)
        say(f"added the targets of {plural(len(new), 'KPI')} to {intake.file.name}")
    rest = {id: table for id, table in found.items() if id not in new}
    for id, table in rest.items():
        heading = f"# {intake.file.name}, under [kpis.{id}]"
        line = f"targets = {inline(table)}"
        write(f"{heading}\n{line}\n" if len(line) <= 100 else text_of({"targets": {id: table}}))
