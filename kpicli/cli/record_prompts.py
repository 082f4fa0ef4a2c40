"""Ask a person for actuals, and whether what is doubtful is to be recorded."""

from collections.abc import Sequence
from contextlib import suppress
from typing import NamedTuple

from kpicli.cli.output import (
    NOTHING_RECORDED,
    DeclinedError,
    ask,
    is_agreed,
    is_conversation,
    say,
)
from kpicli.errors import KpiError, ManyErrors
from kpicli.evaluation.ledger import Ledger
from kpicli.model.kpi import Kpi
from kpicli.model.number import AmbiguousNumberError, Mark
from kpicli.model.period import Period
from kpicli.model.record import Record
from kpicli.recording.draft import draft_record, period_to_record
from kpicli.recording.plausibility import Concerns, concerns
from kpicli.text import safe
from kpicli.views.words.recording import (
    actual_prompt,
    consent_hint,
    doubt_question,
    fraction_question,
    invitation,
)

_PIPED = "kpi record KPI VALUE; kpi import - reads a table from a pipe"


class RecordOptions(NamedTuple):
    """What the flags say of every record of this write."""

    period: str | None
    note: str
    by: str
    are_fractions: bool
    may_replace: bool
    is_agreed: bool
    is_dry: bool
    is_quiet: bool

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
        if self.is_agreed:
            return None
        found = concerns(scorecard, kpi, draft)
        return found if found.needs_consent(may_replace=self.may_replace) else None


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
    say(invitation(pairs))
    answers = [_ask_for(scorecard, kpi, period, options) for kpi, period in pairs]
    return [draft for draft in answers if draft]


def _periods_to_ask(
    scorecard: Ledger, kpi: Kpi, options: RecordOptions, *, is_named: bool
) -> list[Period]:
    """All that are awaited, or the one that is given; of a named KPI at least the last one."""
    awaited = scorecard.awaited_periods(kpi)
    if options.period is None and awaited:
        return awaited
    return [period_to_record(scorecard, kpi, options.period)] if is_named or awaited else []


def _ask_for(scorecard: Ledger, kpi: Kpi, period: Period, options: RecordOptions) -> Record | None:
    """What a person answers for one period; empty skips it, and what is wrong is asked again."""
    options = options._replace(period=str(period))
    while text := ask(actual_prompt(scorecard, kpi, period)):
        try:
            draft = options.draft(scorecard, kpi, text)
        except KpiError as error:
            say(f"  {safe(error.message)}" + (f" ({safe(error.hint)})" if error.hint else ""))
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
        answer = ask(fraction_question(scorecard, kpi, draft, doubts)).strip()
        if answer == "1":
            return draft._replace(value=doubts.percentage)
        if answer != "2":
            raise DeclinedError(NOTHING_RECORDED)
    elif not is_agreed(f"{doubt_question(scorecard, kpi, draft, doubts)}; record it?"):
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
            KpiError(doubt_question(scorecard, kpis[draft.kpi], draft, doubts))
            for draft, doubts in doubtful
        ]
        raise ManyErrors(faults, hint=consent_hint(doubts for _, doubts in doubtful))
    return list(drafts)
