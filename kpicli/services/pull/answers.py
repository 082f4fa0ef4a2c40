"""What comes of the questions: which answers may be recorded, and a write for those that came."""

from collections.abc import Callable, Generator, Iterable, Sequence
from fractions import Fraction

from kpicli.errors import KpiError, OutcomeUnknownError
from kpicli.model.number import to_decimal
from kpicli.model.period import Period
from kpicli.model.record import Record
from kpicli.model.scorecard import Scorecard
from kpicli.model.unit import PERCENT
from kpicli.recording.draft import number_of
from kpicli.recording.fractions import percentage_of
from kpicli.recording.plausibility import batch_concerns
from kpicli.recording.pulled import Outcome, Pulled, Question, outcome
from kpicli.services.load import Loaded
from kpicli.services.pull.ask import Value
from kpicli.services.pull.asker import Asker
from kpicli.services.pull.side_by_side import Answers, Waiting, ask_all
from kpicli.services.record import Recording
from kpicli.services.record import record as record_all


def settle_answers(
    scorecard: Scorecard,
    question: Question,
    values: Iterable[Value | KpiError],
    by: str,
    hide: Callable[[str], str],
) -> Pulled:
    """What may be recorded of an answer, by what stands; what is wrong with it hides secrets."""
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
                failures.append(KpiError(hide(error.message), where=error.where, hint=error.hint))
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
    loaded: Loaded,
    asked: Sequence[Question],
    asker: Asker,
    *,
    by: str,
    jobs: int,
    is_dry: bool,
    waiting: Waiting,
) -> Generator[tuple[Pulled, Recording], None, None]:
    """Ask, and record what comes as it comes; what came together is one write.

    A write that is refused is a failure of its KPIs alone; one whose outcome is not known is
    raised. On a dry run nothing is written.
    """
    for answers in ask_all(asker, asked, jobs, waiting):
        batch, recording = _record_answers(
            loaded, answers, asker.secrets.hide, by=by, is_dry=is_dry
        )
        loaded = recording.loaded
        yield from ((pulled, recording) for pulled in batch)


def _record_answers(
    loaded: Loaded, answers: Sequence[Answers], hide: Callable[[str], str], *, by: str, is_dry: bool
) -> tuple[list[Pulled], Recording]:
    batch: list[Pulled] = []

    def decide(loaded: Loaded, _is_again: bool) -> Sequence[Record]:  # noqa: FBT001 - a callback
        scorecard = loaded.scorecard
        batch[:] = [
            settle_answers(scorecard, question, values, by, hide) for question, values in answers
        ]
        return [record for pulled in batch for record in pulled.records]

    try:
        return batch, record_all(loaded, decide, by=by, is_final=False, is_dry=is_dry)
    except OutcomeUnknownError:
        raise
    except KpiError as error:
        refused = [_refused(pulled, error) for pulled in batch]
        return refused, Recording(loaded, [], "")


def _refused(pulled: Pulled, error: KpiError) -> Pulled:
    """What comes of an answer whose records could not be written."""
    if not pulled.records:
        return pulled
    place = f"{error.where}: " if error.where else ""
    failure = KpiError(place + error.message, where=pulled.question.kpi.id, hint=error.hint)
    return pulled._replace(records=(), failures=(*pulled.failures, failure))
