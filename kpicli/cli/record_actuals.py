"""Record actuals that are typed or asked for: settle what is doubtful, append, confirm."""

from collections.abc import Sequence
from contextlib import suppress

from kpicli.cli.options import DayOptions, FileOptions
from kpicli.cli.output import (
    NOTHING_RECORDED,
    DeclinedError,
    ask,
    confirming,
    is_agreed,
    is_conversation,
    say,
    say_all,
    say_fault,
)
from kpicli.cli.write_options import WriteOptions
from kpicli.environment import now
from kpicli.errors import Exit, KpiError, ManyErrors, NotationError
from kpicli.evaluation.ledger import Ledger
from kpicli.evaluation.lookback import full_lookback
from kpicli.model.kpi import Kpi
from kpicli.model.number import AmbiguousNumberError, Mark
from kpicli.model.period import Period
from kpicli.model.record import Record
from kpicli.model.unit import PERCENT
from kpicli.noun import NamedTuple
from kpicli.recording.draft import draft_record, period_to_record
from kpicli.recording.plausibility import Concerns, concerns, is_unchanged, with_records
from kpicli.recording.word_order import WordReader
from kpicli.services.load import Loaded
from kpicli.services.record import load_to_record, record, remarks
from kpicli.text import safe
from kpicli.views.words import recording as views

_PIPED = "kpi record KPI VALUE, or KPI - for a value from a pipe; kpi import - reads a table"
_CORRECT = "nothing recorded; correct it and run it again"


class RecordOptions(NamedTuple):
    """What the flags say of every record of this write."""

    period: str | None
    note: str
    by: str
    are_fractions: bool
    may_replace: bool
    writing: WriteOptions

    def draft(self, scorecard: Ledger, kpi: Kpi, text: str) -> Record:
        """The record of a value that was typed; raises `KpiError` for what can't be recorded."""

        def read(mark: Mark | None = None) -> Record:
            return draft_record(
                scorecard, kpi, text, self.period, are_fractions=self.are_fractions, mark=mark
            )

        try:
            draft = read()
        except AmbiguousNumberError as error:
            if not is_conversation():
                raise
            draft = read(_asked_mark(error))
        return draft._replace(by=self.by, note=self.note)

    def concerns(self, scorecard: Ledger, kpi: Kpi, draft: Record) -> Concerns | None:
        """What somebody has to agree to who has not agreed to it by a flag."""
        if self.writing.yes:
            return None
        found = concerns(scorecard, kpi, draft)
        return found if found.needs_consent(may_replace=self.may_replace) else None


def record_actuals(files: FileOptions, words: Sequence[str], options: RecordOptions) -> int:
    """Record what the words say, or without a value what a person answers; all of it or nothing."""
    file, clock = files.definitions(), DayOptions().clock
    pairs = WordReader(file.definitions, clock.today, options.note).pairs(words)
    names = [name for name, _ in pairs] or [" ".join(words)] if words else []
    kpis = [kpi for name in names if (kpi := file.definitions.kpi_named(name))]
    lookback = full_lookback(file.definitions, kpis) if words else None
    loaded = load_to_record(file, lookback, say_all, options.writing.agrees_to_log)
    if pairs:
        drafts = _read(loaded.scorecard, pairs, options)
        if options.period is None and not options.writing.quiet:
            say(views.default_period_text(drafts))
    else:
        drafts = ask_for_values(loaded.scorecard, names, options)
    return _write(loaded, drafts, options, is_settled=not pairs)


def _read(
    scorecard: Ledger, pairs: Sequence[tuple[str, str]], options: RecordOptions
) -> list[Record]:
    """The records of the pairs; everything that is wrong with them is said at once, and once."""
    drafts: dict[tuple[str, Period], Record] = {}
    faults: dict[str, KpiError] = {}
    for name, text in pairs:
        try:
            kpi = scorecard.definitions.kpi(name)
            draft = options.draft(scorecard, kpi, text)
            if (draft.kpi, draft.period) in drafts:
                raise KpiError(f"{kpi.id} is given twice", hint="give each KPI once")
            drafts[draft.kpi, draft.period] = draft
        except KpiError as error:
            faults[str(error)] = error
    if errors := [*faults.values()]:
        raise ManyErrors(errors, hint=_CORRECT) if len(errors) > 1 else errors[0]
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
        loaded, decide, by=options.by, is_final=options.writing.yes, is_dry=options.writing.dry_run
    )
    with confirming():
        if recording.at:
            say_all(remarks(recording.loaded, recording.at, recording.records))
        _confirm(recording.loaded.scorecard, recording.records, options)
    return Exit.FINE


def _is_unchanged(loaded: Loaded, draft: Record, options: RecordOptions) -> bool:
    """Whether the same value stands, and there is no new note to keep."""
    if not is_unchanged(loaded.scorecard, draft):
        return False
    if not options.writing.quiet:
        say(views.unchanged_text(loaded.scorecard, loaded.file.definitions.kpis[draft.kpi], draft))
    return True


def _confirm(scorecard: Ledger, records: Sequence[Record], options: RecordOptions) -> None:
    if options.writing.quiet:
        return
    dated = [draft if draft.at else draft._replace(at=now()) for draft in records]
    after = with_records(scorecard, dated)
    for draft in dated:
        text = views.confirmation(scorecard, after, scorecard.definitions.kpis[draft.kpi], draft)
        options.writing.confirm(text)


def _asked_mark(error: AmbiguousNumberError) -> Mark:
    """The decimal mark by which a person reads a number that has two readings."""
    readings = {f"{number}": mark for mark, number in error.readings.items()}
    answer = ask(f"{safe(error.message)} [{'/'.join(readings)}] ")
    if answer not in readings:
        raise error
    return readings[answer]


def ask_for_values(scorecard: Ledger, names: Sequence[str], options: RecordOptions) -> list[Record]:
    """Ask a person for every period that is missing, of all KPIs or of those that are named."""
    if not scorecard.definitions.kpis:
        from kpicli.views.words.next_steps import NO_KPIS

        raise KpiError("nothing to record", hint=NO_KPIS)
    if not is_conversation():
        raise KpiError("no value, and no terminal to ask on", hint=_PIPED)
    kpis = [scorecard.definitions.kpi(name) for name in names]
    pairs = [
        (kpi, period)
        for kpi in kpis or scorecard.definitions.kpis.values()
        for period in _periods_to_ask(scorecard, kpi, options, is_named=bool(kpis))
    ]
    say(views.invitation(pairs, options.period))
    answers = [_ask_for(scorecard, kpi, period, options) for kpi, period in pairs]
    return [draft for draft in answers if draft]


def _periods_to_ask(
    scorecard: Ledger, kpi: Kpi, options: RecordOptions, *, is_named: bool
) -> list[Period]:
    """All that are awaited, or the one that is given if it is open; of a named KPI at least one."""
    awaited = scorecard.awaited_periods(kpi)
    if options.period is None and (awaited or not is_named):
        return awaited
    try:
        period = period_to_record(scorecard, kpi, options.period)
    except KpiError as error:
        if is_named or isinstance(error, NotationError):
            raise
        return []
    return [period] if is_named or scorecard.is_unrecorded(kpi, period) else []


def _ask_for(scorecard: Ledger, kpi: Kpi, period: Period, options: RecordOptions) -> Record | None:
    """What a person answers for one period; empty skips it, and what is wrong is asked again."""
    options = options._replace(period=str(period))
    while text := ask(views.actual_prompt(scorecard, kpi, period)):
        try:
            draft = options.draft(scorecard, kpi, text)
        except KpiError as error:
            say_fault(error)
            continue
        with suppress(DeclinedError):
            return _agreed(scorecard, kpi, draft, options)
    return None


def _agreed(scorecard: Ledger, kpi: Kpi, draft: Record, options: RecordOptions) -> Record:
    """What a person agrees to record; raises `DeclinedError` where that is nothing."""
    doubts = options.concerns(scorecard, kpi, draft)
    if not doubts:
        return draft
    if doubts.percentage is not None:
        answer = ask(views.fraction_question(scorecard, kpi, draft, doubts)).strip()
        if answer == "1":
            return draft._replace(value=doubts.percentage)
        if answer != "2":
            raise DeclinedError(NOTHING_RECORDED)
    elif not is_agreed(f"{views.doubt_question(scorecard, kpi, draft, doubts)}; record it?"):
        raise DeclinedError(NOTHING_RECORDED)
    return draft


def agreed_drafts(
    scorecard: Ledger, drafts: Sequence[Record], options: RecordOptions
) -> list[Record]:
    """Ask about what is doubtful; without a terminal it is refused, all of it named."""
    kpis = scorecard.definitions.kpis
    if is_conversation():
        return [_agreed(scorecard, kpis[draft.kpi], draft, options) for draft in drafts]
    doubtful = [
        (draft, doubts)
        for draft in drafts
        if (doubts := options.concerns(scorecard, kpis[draft.kpi], draft))
    ]
    if doubtful:
        faults = [
            KpiError(views.doubt_question(scorecard, kpis[draft.kpi], draft, doubts))
            for draft, doubts in doubtful
        ]
        raise ManyErrors(faults, hint=views.consent_hint(doubts for _, doubts in doubtful))
    return list(drafts)
