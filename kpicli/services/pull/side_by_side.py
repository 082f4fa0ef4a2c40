"""Questions asked side by side, each on a thread that ends with the program."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic

from kpicli.errors import KpiError
from kpicli.recording.pulled import Question
from kpicli.services.pull.ask import Value
from kpicli.services.pull.asker import Asker

Answers = tuple[Question, list[Value | KpiError]]
"""A question, and all that came of it."""

Waiting = Callable[[Sequence[Question]], None]
"""Told again and again which questions are under way."""

_BETWEEN_LOOKS = 0.2
_TOGETHER = 0.25
"""Seconds in which answers come together, so that a write is not one answer's alone."""
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
