"""Record what was measured."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option

from kpicli.cli.options import (
    By,
    DayOptions,
    DryRun,
    FileOptions,
    Fractions,
    Note,
    Quiet,
    Replace,
    TrustLog,
    Yes,
    command,
)
from kpicli.cli.output import DRY_RUN, agrees_to_log, confirming, say, say_all
from kpicli.cli.record_prompts import RecordOptions, agreed_drafts, ask_for_values
from kpicli.environment import checked_note, now
from kpicli.errors import Exit, KpiError, ManyErrors
from kpicli.evaluation.ledger import Ledger
from kpicli.evaluation.lookback import full_lookback
from kpicli.model.record import Record
from kpicli.model.unit import PERCENT
from kpicli.recording.plausibility import is_unchanged, with_records
from kpicli.recording.word_order import WordReader
from kpicli.services.load import Loaded
from kpicli.services.record import load_to_record, record, remarks, writer
from kpicli.views.words.recording import confirmation, default_period_text, unchanged_text

if TYPE_CHECKING:
    from kpicli.model.period import Period

EXAMPLES = """\
kpi record monthly_revenue 480,000
kpi record monthly_revenue=480k conversion_rate=3.2% --period 2026-10
kpi record profit -5.2 --note 'one-off repair' --yes
kpi record churn 0.021 --fractions    # 2.1%
kpi record orders n/a --period 2026-07 --note 'closed in July'
kpi record
"""
_CORRECT = "nothing recorded; correct it and run it again"


@command
def run(
    words: Annotated[
        list[str] | None,
        Argument(
            metavar="[KPI VALUE | KPI=VALUE...]",
            help="What was measured; nothing at all asks, on a terminal, for what is due.",
        ),
    ] = None,
    *,
    period: Annotated[
        str | None,
        Option(metavar="PERIOD", help="2026-10, 2026-W44, today, current …; else the last closed."),
    ] = None,
    note: Note = "",
    by: By = None,
    replace: Replace = False,
    fractions: Fractions = False,
    yes: Yes = False,
    dry_run: DryRun = False,
    trust_log: TrustLog = False,
    quiet: Quiet = False,
    files: FileOptions,
) -> int:
    """Record what was measured: all of it, or nothing.

    Without --period it is for the last closed period of each KPI's own length. The value n/a says
    that there is nothing to measure in it.
    """
    options = RecordOptions(
        period, checked_note(note), writer(by), fractions, replace, yes, dry_run, quiet
    )
    file, clock = files.definitions(), DayOptions().clock
    pairs = WordReader(file.definitions, clock.today, options.note).pairs(words or ())
    names = [name for name, _ in pairs] or [" ".join(words)] if words else []
    kpis = [kpi for name in names if (kpi := file.definitions.kpi_named(name))]
    first = full_lookback(file.definitions, [kpi.id for kpi in kpis]) if words else None
    loaded = load_to_record(file, clock, first, say_all, agrees_to_log(is_trusted=trust_log))
    if pairs:
        drafts = _read(loaded.scorecard, pairs, options)
        if period is None and not quiet:
            say(default_period_text(drafts))
    else:
        drafts = ask_for_values(loaded.scorecard, names, options)
    return _write(loaded, drafts, options, is_settled=not pairs)


def _read(
    scorecard: Ledger, pairs: Sequence[tuple[str, str]], options: RecordOptions
) -> list[Record]:
    """The records of the pairs; everything that is wrong with them is said at once."""
    drafts: dict[tuple[str, Period], Record] = {}
    faults: list[KpiError] = []
    for name, text in pairs:
        try:
            kpi = scorecard.definitions.kpi(name)
            draft = options.draft(scorecard, kpi, text)
            if (draft.kpi, draft.period) in drafts:
                raise KpiError(f"{kpi.id} is given twice", hint="give each KPI once")
            drafts[draft.kpi, draft.period] = draft
        except KpiError as error:
            faults.append(error)
    if faults:
        raise ManyErrors(faults, hint=_CORRECT) if len(faults) > 1 else faults[0]
    kpis = scorecard.definitions.kpis
    if options.are_fractions and all(kpis[id].unit != PERCENT for id, _ in drafts):
        raise KpiError("--fractions is for KPIs that are counted in %", hint="leave it out")
    return list(drafts.values())


def _write(
    loaded: Loaded, drafts: Sequence[Record], options: RecordOptions, *, is_settled: bool
) -> int:
    """Settle what is doubtful, append, confirm; settle again where another writer came first."""

    def decide(loaded: Loaded, is_again: bool) -> Sequence[Record]:  # noqa: FBT001 - a callback
        news = [draft for draft in drafts if not _is_unchanged(loaded, draft, options)]
        return (
            news if is_settled and not is_again else agreed_drafts(loaded.scorecard, news, options)
        )

    recording = record(
        loaded, decide, by=options.by, is_final=options.is_agreed, is_dry=options.is_dry
    )
    with confirming():
        if recording.at:
            say_all(remarks(recording.loaded, recording.at))
        _confirm(recording.loaded.scorecard, recording.records, options)
    return Exit.FINE


def _is_unchanged(loaded: Loaded, draft: Record, options: RecordOptions) -> bool:
    """Whether the same value stands, and there is no new note to keep."""
    if not is_unchanged(loaded.scorecard, draft):
        return False
    if not options.is_quiet:
        say(unchanged_text(loaded.scorecard, loaded.file.definitions.kpis[draft.kpi], draft))
    return True


def _confirm(scorecard: Ledger, records: Sequence[Record], options: RecordOptions) -> None:
    if options.is_quiet:
        return
    dated = [draft if draft.at else draft._replace(at=now()) for draft in records]
    after = with_records(scorecard, dated)
    for draft in dated:
        text = confirmation(scorecard, after, scorecard.definitions.kpis[draft.kpi], draft)
        say(f"{DRY_RUN}{text}" if options.is_dry else text)
