"""What comes of questions that are asked side by side: which answers are recorded, in one write."""

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import suppress
from fractions import Fraction
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic

from kpicli.errors import KpiError, OutcomeUnknownError
from kpicli.model.number import to_decimal
from kpicli.model.period import Period
from kpicli.model.record import Record
from kpicli.model.scorecard import Scorecard
from kpicli.model.unit import PERCENT
from kpicli.recording.draft import number_of
from kpicli.recording.plausibility import (
    Concerns,
    batch_concerns,
    beside,
    look_like_fractions,
    percentage_of,
)
from kpicli.recording.pulled import Outcome, Pulled, Question, outcome
from kpicli.services.load import Loaded
from kpicli.services.pull.ask import Value
from kpicli.services.pull.asker import Asker
from kpicli.services.record import Recording
from kpicli.services.record import record as record_all

Answers = tuple[Question, list[Value | KpiError]]  # a question, and all that came of it
Waiting = Callable[[Sequence[Question]], None]  # told again and again which questions are under way
_BETWEEN_LOOKS = 0.2
_TOGETHER = 0.25  # seconds in which answers come together, so that one write has several
_GRACE, _BETWEEN_STOPS = 2.0, 0.02


def ask_all(
    asker: Asker, asked: Sequence[Question], jobs: int, waiting: Waiting
) -> Iterator[list[Answers]]:
    """The answers as they come, at most `jobs` questions at once; together what came together.

    What is still under way where this is left, as by Ctrl-C, is ended.
    """
    jobs_left, under_way = deque(_jobs(asked)), list[Question]()
    answers: SimpleQueue[Answers | BaseException] = SimpleQueue()

    def work() -> None:
        with suppress(IndexError):
            while True:
                for question in jobs_left.popleft():
                    under_way.append(question)
                    answers.put(_answer(asker, question))
                    under_way.remove(question)

    threads = [Thread(target=work, daemon=True) for _ in range(min(jobs, len(asked)))]
    for thread in threads:
        thread.start()
    missing = len(asked)
    try:
        while missing:
            waiting(tuple(under_way))
            if batch := list(_together(answers, missing)):
                missing -= len(batch)
                yield batch
    except BaseException:
        jobs_left.clear()
        _end(asker, threads)
        raise


def _jobs(asked: Sequence[Question]) -> list[list[Question]]:
    """What each thread takes at once: a question, or all that one table answers."""
    jobs: dict[tuple[str, str], list[Question]] = {}
    for question in asked:
        table = question.source.id if question.is_table and question.source else ""
        jobs.setdefault((table, "" if table else question.kpi.id), []).append(question)
    return list(jobs.values())


def _end(asker: Asker, threads: Sequence[Thread]) -> None:
    """Stop again and again, since a program may just have been started."""
    end = monotonic() + _GRACE
    while monotonic() < end and (alive := [each for each in threads if each.is_alive()]):
        asker.stop()
        alive[0].join(_BETWEEN_STOPS)


def _answer(asker: Asker, question: Question) -> Answers | BaseException:
    try:
        return question, asker.values(question)
    except BaseException as error:  # noqa: BLE001 - raised again in the thread that waits
        return error


def _together(answers: "SimpleQueue[Answers | BaseException]", most: int) -> Iterator[Answers]:
    """What comes soon, and what comes right after it."""
    patience, end = _BETWEEN_LOOKS, 0.0
    with suppress(Empty):
        for _ in range(most):
            answer = answers.get(timeout=max(0, patience))
            if isinstance(answer, BaseException):
                raise answer
            yield answer
            end = end or monotonic() + _TOGETHER
            patience = end - monotonic()


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
    kpi, has_fractions = question.kpi, bool(question.source and question.source.fractions)
    odd = [each for each in batch_concerns(scorecard, kpi, chosen) if each[1].is_odd]
    is_doubtful = not has_fractions and look_like_fractions(scorecard, kpi, chosen)
    if is_doubtful and not [*beside(scorecard, kpi, chosen)]:
        numbers = [(record, record.value) for record in chosen]
        odd = [(each, Concerns(percentage=percentage_of(it))) for each, it in numbers if it]
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
        return [_refused(pulled, error) for pulled in batch], Recording(loaded, [], "")


def _refused(pulled: Pulled, error: KpiError) -> Pulled:
    """What comes of an answer whose records could not be written."""
    if not pulled.records:
        return pulled
    place = f"{error.where}: " if error.where else ""
    failure = KpiError(place + error.message, where=pulled.question.kpi.id, hint=error.hint)
    return pulled._replace(records=(), failures=(*pulled.failures, failure))
