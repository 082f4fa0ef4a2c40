"""Record what was measured."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, NamedTuple

from typer import Argument, Option

from kpicli.cli.options import (
    By,
    DayOptions,
    DryRun,
    FileOptions,
    Note,
    Quiet,
    Yes,
    command,
    kpi_ids,
)
from kpicli.cli.output import ask, confirming, is_agreed, is_conversation, say, say_all
from kpicli.environment import checked_note
from kpicli.errors import Exit, KpiError, ManyErrors
from kpicli.evaluation.ledger import Ledger
from kpicli.evaluation.lookback import Lookback, full_lookback
from kpicli.model.kpi import Definitions, Kpi
from kpicli.model.record import Record
from kpicli.recording.draft import draft_record, period_to_record
from kpicli.recording.plausibility import concerns, is_due, is_unchanged, with_records
from kpicli.services.load import Loaded
from kpicli.services.record import load_to_record, record, remarks, writer
from kpicli.text import safe
from kpicli.views.words.next_steps import NO_KPIS
from kpicli.views.words.recording import (
    actual_prompt,
    confirmation,
    default_period_text,
    doubt_question,
    invitation,
    unchanged_text,
)

if TYPE_CHECKING:
    from kpicli.model.period import Period

EXAMPLES = """\
kpi record monthly_revenue 480,000
kpi record monthly_revenue=480k conversion_rate=3.2% --period 2026-10
kpi record profit -5.2 --note 'one-off repair' --yes
kpi record
"""
_NOTHING = "nothing recorded; correct it and run it again"


class _RecordOptions(NamedTuple):
    """What the flags say of every record of this write."""

    period: str | None
    note: str
    by: str
    is_agreed: bool
    is_dry: bool
    is_quiet: bool


@command
def run(
    words: Annotated[
        list[str] | None,
        Argument(
            metavar="[KPI VALUE | KPI=VALUE...]",
            help="What was measured; nothing at all asks, on a terminal, for what is due.",
            autocompletion=kpi_ids,
        ),
    ] = None,
    *,
    period: Annotated[
        str | None,
        Option(metavar="PERIOD", help="2026-10, 2026-W44, today, current …; else the last closed."),
    ] = None,
    note: Note = "",
    by: By = None,
    yes: Yes = False,
    dry_run: DryRun = False,
    quiet: Quiet = False,
    files: FileOptions,
) -> int:
    """Record what was measured: all of it, or nothing.

    Without --period it is for the last closed period of each KPI's own length.
    """
    options = _RecordOptions(period, checked_note(note), writer(by), yes, dry_run, quiet)
    file = files.definitions()
    loaded = load_to_record(file, DayOptions().clock, _lookback(file.definitions, words), say_all)
    is_interactive = not words or (len(words) == 1 and "=" not in words[0])
    if is_interactive:
        drafts = _ask_all(loaded.scorecard, words or (), options)
    else:
        drafts = _read(loaded.scorecard, words or (), options)
    if period is None and drafts and not is_interactive and not quiet:
        say(default_period_text(drafts))
    return _write(loaded, drafts, options, is_settled=is_interactive)


def _lookback(definitions: Definitions, words: Sequence[str] | None) -> Lookback | None:
    """All of what is named; all there is where it has to be found out what is due."""
    if not words:
        return None
    ids = (definitions.ids.get(word.partition("=")[0].strip()) for word in words)
    return full_lookback(definitions, [id for id in ids if id])


def _read(scorecard: Ledger, words: Sequence[str], options: _RecordOptions) -> list[Record]:
    """The records that the words ask for; everything that is wrong with them is said at once."""
    drafts: dict[tuple[str, Period], Record] = {}
    faults: list[KpiError] = []
    for id, text in _pairs(scorecard, words):
        try:
            kpi = scorecard.definitions.kpi(id)
            draft = _draft(scorecard, kpi, text, options)
            if (draft.kpi, draft.period) in drafts:
                raise KpiError(f"{kpi.id} is given twice", hint="give each KPI once")
            drafts[draft.kpi, draft.period] = draft
        except KpiError as error:
            faults.append(error)
    if faults:
        raise ManyErrors(faults, hint=_NOTHING) if len(faults) > 1 else faults[0]
    return list(drafts.values())


def _pairs(scorecard: Ledger, words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Ids and values of `KPI VALUE`, whose value may have spaces, or of `KPI=VALUE …`."""
    if all("=" in word for word in words):
        for word in words:
            id, _, value = word.partition("=")
            yield id.strip(), value
        return
    if any("=" in word or word in scorecard.definitions.ids for word in words[1:]):
        raise KpiError("several KPIs at once are given as KPI=VALUE", hint="kpi record a=1 b=2")
    yield words[0], " ".join(words[1:])


def _draft(scorecard: Ledger, kpi: Kpi, text: str, options: _RecordOptions) -> Record:
    return draft_record(scorecard, kpi, text, options.period)._replace(
        by=options.by, note=options.note
    )


def _ask_all(scorecard: Ledger, ids: Sequence[str], options: _RecordOptions) -> list[Record]:
    """Ask a person for every KPI that is due, or for the ones that are named."""
    if not scorecard.definitions.kpis:
        raise KpiError("nothing to record", hint=NO_KPIS)
    kpis = [scorecard.definitions.kpi(id) for id in ids] or [
        kpi for kpi in scorecard.definitions.kpis.values() if is_due(scorecard, kpi)
    ]
    if not is_conversation():
        raise KpiError("not a terminal: give KPI VALUE, or kpi import -")
    say(invitation(kpis))
    answers = [_ask_kpi(scorecard, kpi, options) for kpi in kpis]
    return [draft for draft in answers if draft]


def _ask_kpi(scorecard: Ledger, kpi: Kpi, options: _RecordOptions) -> Record | None:
    """What a person answers for one KPI; empty skips it, and what is wrong is asked again."""
    period = period_to_record(scorecard, kpi, options.period)
    while text := ask(actual_prompt(scorecard, kpi, period)):
        try:
            draft = _draft(scorecard, kpi, text, options)
        except KpiError as error:
            say(f"  {safe(error.message)}" + (f" ({safe(error.hint)})" if error.hint else ""))
            continue
        if options.is_agreed or _is_meant(scorecard, kpi, draft):
            return draft
    return None


def _is_meant(scorecard: Ledger, kpi: Kpi, draft: Record) -> bool:
    against = concerns(scorecard, kpi, draft)
    return not against or is_agreed(f"{doubt_question(scorecard, kpi, draft, against)}?")


def _write(
    loaded: Loaded, drafts: Sequence[Record], options: _RecordOptions, *, is_settled: bool
) -> int:
    """Settle what is doubtful, append, confirm; settle again where another writer came first."""

    def decide(loaded: Loaded, is_again: bool) -> Sequence[Record]:  # noqa: FBT001 - a callback
        news = [draft for draft in drafts if not _is_standing(loaded, draft, options)]
        if not options.is_agreed and (is_again or not is_settled):
            _settle(loaded.scorecard, news)
        return news

    recording = record(
        loaded, decide, by=options.by, is_final=options.is_agreed, is_dry=options.is_dry
    )
    with confirming():
        if recording.at:
            say_all(remarks(recording.loaded, recording.at))
        _confirm(recording.loaded.scorecard, recording.records, options)
    return Exit.FINE


def _is_standing(loaded: Loaded, draft: Record, options: _RecordOptions) -> bool:
    """Whether the same value stands, and there is no new note to keep."""
    if not is_unchanged(loaded.scorecard, draft):
        return False
    if not options.is_quiet:
        say(unchanged_text(loaded.scorecard, loaded.file.definitions.kpis[draft.kpi], draft))
    return True


def _settle(scorecard: Ledger, drafts: Sequence[Record]) -> None:
    """Ask about what is doubtful; without a terminal it is refused, all of it named."""
    faults: list[KpiError] = []
    for draft in drafts:
        kpi = scorecard.definitions.kpis[draft.kpi]
        if not (against := concerns(scorecard, kpi, draft)):
            continue
        question = doubt_question(scorecard, kpi, draft, against)
        if not is_conversation():
            faults.append(KpiError(question))
        elif not is_agreed(f"{question}?"):
            raise KpiError("nothing recorded", hint="record it again with the right value")
    if faults:
        raise ManyErrors(faults, hint="nothing recorded; if that is right, add --yes")


def _confirm(scorecard: Ledger, records: Sequence[Record], options: _RecordOptions) -> None:
    if options.is_quiet:
        return
    after = with_records(scorecard, tuple(records))
    for draft in records:
        kpi = scorecard.definitions.kpis[draft.kpi]
        text = confirmation(scorecard, after, kpi, draft)
        say(f"= {text}" if options.is_dry else text)
