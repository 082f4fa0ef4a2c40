"""One answer of a person: asked for until it can be read, and nothing written before the last."""

from collections.abc import Callable
from typing import TypeVar

from kpicli.catalogue.draft import Existing, Table
from kpicli.cli.output import ask, say_fault
from kpicli.errors import KpiError
from kpicli.model.unit import PERCENT
from kpicli.text import clipped

T = TypeVar("T")
NOTHING_WRITTEN = "nothing written"


def ask_until_valid(question: str, read: Callable[[str], T], default: str = "") -> T:
    """What is read out of an answer; one that can't be read is asked for again."""
    while True:
        answer = ask_with_default(question, default) if default else ask(question, NOTHING_WRITTEN)
        try:
            return read(answer)
        except KpiError as error:
            say_fault(error)


def ask_with_default(question: str, default: str) -> str:
    """One answer, or what an empty one stands for, which is shown behind the question."""
    return ask(f"{question} [{clipped(default)}] ", NOTHING_WRITTEN) or default


def non_empty(why: str) -> Callable[[str], str]:
    """A reader of an answer that must not be empty."""

    def read(answer: str) -> str:
        if not answer:
            raise KpiError(why)
        return answer

    return read


def require_whole_percent(answer: str, table: Table, existing: Existing) -> None:
    """Raise `KpiError` for a target in % that may be a fraction of 1: 0.03, typed without its %."""
    if not answer or PERCENT in answer or table.get("unit") != PERCENT:
        return
    number = float(existing.target(answer).number)
    if 0 < abs(number) <= 1:
        hint = f"type it with %, as in {number * 100:g}%"
        raise KpiError(f"{answer} is a percentage here, or a fraction of 1?", hint=hint)


def is_yes(question: str) -> bool:
    """Whether a person agrees; an empty answer is yes."""
    return ask(question, NOTHING_WRITTEN).casefold() in {"", "y", "yes"}
