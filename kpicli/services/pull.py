"""Ask the sources of a board, side by side, and record what comes: each KPI for itself."""

import json
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from fractions import Fraction
from hashlib import sha256

from kpicli.errors import KpiError
from kpicli.model.kpi import Definitions, Kpi
from kpicli.model.notation.period import named_period
from kpicli.model.number import to_decimal
from kpicli.model.period import Period
from kpicli.model.record import Record
from kpicli.model.scorecard import Scorecard
from kpicli.model.unit import PERCENT
from kpicli.recording.draft import number_of, period_to_record
from kpicli.recording.fractions import percentage_of
from kpicli.recording.plausibility import batch_concerns
from kpicli.recording.pulled import (
    Outcome,
    Pulled,
    Question,
    Window,
    is_pulled,
    outcome,
    periods_to_ask,
)
from kpicli.services.ask import Value
from kpicli.services.asker import Asker
from kpicli.services.load import Loaded
from kpicli.services.record import Recording
from kpicli.services.record import record as record_all
from kpicli.text import did_you_mean, safe


def questions(scorecard: Scorecard, names: Sequence[str], window: Window) -> list[Question]:
    """What there is to ask, for KPIs and sources by name, else for all; in the file's order.

    Raises `KpiError` for a name that is neither, and where nothing is ever pulled.
    """
    definitions = scorecard.definitions
    kpis = [kpi for kpi in definitions.kpis.values() if is_pulled(definitions, kpi)]
    if not kpis:
        hint = "give a KPI a source and a query, or a command: kpi pull --help"
        raise KpiError("no KPI has a source to pull from", hint=hint)
    if names:
        wanted = {id for name in names for id in _meant(definitions, name)}
        kpis = [kpi for kpi in kpis if kpi.id in wanted]
    return [_question(scorecard, kpi, window) for kpi in kpis]


def _meant(definitions: Definitions, name: str) -> list[str]:
    if name in definitions.sources:
        return [kpi.id for kpi in definitions.kpis.values() if kpi.source == name]
    try:
        kpi = definitions.kpi(name)
    except KpiError as error:
        hint = did_you_mean(name, definitions.sources) or error.hint
        raise KpiError(f"no KPI and no source is called '{safe(name[:80])}'", hint=hint) from None
    if not is_pulled(definitions, kpi):
        raise KpiError(f"{kpi.id} has no source to pull from", hint="give it a query or a command")
    return [kpi.id]


def _question(scorecard: Scorecard, kpi: Kpi, window: Window) -> Question:
    source = scorecard.definitions.sources.get(kpi.source or "")
    question = Question(kpi, source, ())
    if window.only:
        return question._replace(periods=(period_to_record(scorecard, kpi, window.only),))
    since = None
    if window.since:
        since = named_period(window.since, kpi.frequency, *scorecard.clock)
        if since.frequency is not kpi.frequency:
            since = next(iter(since.parts(kpi.frequency)), None)
    periods = periods_to_ask(
        scorecard, kpi, question.restate, since, has_current=window.has_current
    )
    return question._replace(periods=periods)


def fingerprint(definitions: Definitions) -> str:
    """A hash of all that `kpi pull` may open, ask or start; of no target and no name."""
    sources = {id: {key: str(value) for key, value in source.keys.items()}
               for id, source in definitions.sources.items()}  # fmt: skip
    kpis = {
        kpi.id: [kpi.source, kpi.query, *kpi.command]
        for kpi in definitions.kpis.values()
        if is_pulled(definitions, kpi)
    }
    return sha256(json.dumps([sources, kpis], sort_keys=True).encode()).hexdigest()


Answers = tuple[Question, list[Value | KpiError]]
"""A question, and all that came of it."""


def ask_all(asker: Asker, asked: Sequence[Question], jobs: int) -> Iterator[list[Answers]]:
    """The answers as they come, at most `jobs` questions at once; together what came together."""
    with ThreadPoolExecutor(jobs, "source") as pool:
        waiting: dict[Future[list[Value | KpiError]], Question] = {
            pool.submit(asker.values, question): question for question in asked
        }
        while waiting:
            done, _ = wait(waiting, return_when=FIRST_COMPLETED)
            yield [(waiting.pop(future), future.result()) for future in done]


def settle(
    scorecard: Scorecard, question: Question, values: Iterable[Value | KpiError], by: str
) -> Pulled:
    """What may be recorded of an answer, by what stands."""
    records: list[Record] = []
    failures: list[KpiError] = []
    empty: list[Period] = []
    for value in values:
        if isinstance(value, KpiError):
            failures.append(value)
        elif value.value is None:
            empty.append(value.period)
        else:
            try:
                records.append(_record(question, value.period, value.value, by))
            except KpiError as error:
                failures.append(error)
    outcomes = [
        (outcome(scorecard, question.kpi, record, question.restate), record) for record in records
    ]
    chosen = [record for result, record in outcomes if result in {Outcome.NEW, Outcome.RESTATED}]
    odd = [
        (record, concern)
        for record, concern in batch_concerns(scorecard, question.kpi, chosen)
        if concern.is_odd
    ]
    return Pulled(
        question,
        () if odd else tuple(chosen),
        tuple((record, result) for result, record in outcomes if result.is_kept),
        sum(result is Outcome.SAME for result, _ in outcomes),
        tuple(empty),
        tuple(odd),
        tuple(failures),
    )


def _record(question: Question, period: Period, text: str, by: str) -> Record:
    """Raises `KpiError` for words where a number is meant; a number is typed with a point."""
    kpi, source = question.kpi, None if question.is_table else question.source
    try:
        number = number_of(kpi, text, ".")
    except KpiError as error:
        message = f"{period}: {error.message.removeprefix(f'{kpi.id}: ')}"
        raise KpiError(message, where=kpi.id, hint=error.hint) from None
    if source and source.fractions and kpi.unit == PERCENT:
        number = percentage_of(number)
    if source and source.round is not None:
        number = to_decimal(Fraction(number), source.round)
    return Record(kpi.id, period, number, "", by=by, source=question.name)


def pull(
    loaded: Loaded, asked: Sequence[Question], asker: Asker, *, by: str, jobs: int, is_dry: bool
) -> Iterator[tuple[Pulled, Recording]]:
    """Ask, and record what comes as it comes; a write that fails ends it, and is raised.

    What came together is one write. On a dry run nothing is written.
    """
    for answers in ask_all(asker, asked, jobs):
        batch, recording = _record_answers(loaded, answers, by=by, is_dry=is_dry)
        loaded = recording.loaded
        yield from ((pulled, recording) for pulled in batch)


def _record_answers(
    loaded: Loaded, answers: Sequence[Answers], *, by: str, is_dry: bool
) -> tuple[list[Pulled], Recording]:
    batch: list[Pulled] = []

    def decide(loaded: Loaded, _is_again: bool) -> Sequence[Record]:  # noqa: FBT001 - a callback
        scorecard = loaded.scorecard
        batch[:] = [settle(scorecard, question, values, by) for question, values in answers]
        return [record for pulled in batch for record in pulled.records]

    recording = record_all(loaded, decide, by=by, is_final=False, is_dry=is_dry)
    return batch, recording
