"""One family of failures: what is wrong, where, and what to do next."""

import re
from collections.abc import Callable, Iterable, Sequence
from enum import IntEnum
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

_NOWHERE = "kpi: error"  # what stands in the place of a place


class Exit(IntEnum):
    """What an exit code says, the same for every command."""

    FINE = 0
    FINDINGS = 1  # `check` or `verify` found something, or `--fail-on` did
    UNUSABLE = 2  # the command, a value, a file or the disk: nothing was recorded
    CHECK_LOG = 3  # damaged lines were left out, or the outcome of a write is not known
    READER_GONE = 141  # the reader of a pipe has closed it, as a shell shows SIGPIPE


class KpiError(Exception):
    """What stops the program; raised anywhere, caught once.

    `where` is a place such as `kpis.toml:12`; `hint` is the next thing to do.
    """

    code = Exit.UNUSABLE

    def __init__(self, message: str, *, where: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.hint = hint

    def lines(self) -> list[str]:
        """One line a fault, each with its place."""
        return [f"{self.where or _NOWHERE}: {self.message}"]

    def __str__(self) -> str:
        """Every fault, with its place if it has one, and the hint: all that a program is told."""
        told = [line.removeprefix(f"{_NOWHERE}: ") for line in self.lines()]
        return "\n".join([*told, *([f"hint: {self.hint}"] if self.hint else [])])


class NotationError(KpiError):
    """A text that is not the number, period, target … that it should be."""


def or_none(read: Callable[P, T], *texts: P.args, **options: P.kwargs) -> T | None:
    """What a text is by whoever reads it, or nothing where it is no such notation."""
    try:
        return read(*texts, **options)
    except NotationError:
        return None


class ManyErrors(KpiError):
    """Several faults of one file or one command, reported together; `hint` is for all of them."""

    def __init__(self, errors: list[KpiError], *, hint: str = "") -> None:
        super().__init__("; ".join(error.message for error in errors), hint=hint)
        self.errors = errors

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.errors,), self.__dict__

    def lines(self) -> list[str]:
        """One line a fault, with its own hint behind it."""
        return [
            f"{line} — {error.hint}" if error.hint else line
            for error in self.errors
            for line in error.lines()
        ]


class OutcomeUnknownError(KpiError):
    """A write that may or may not be on disk."""

    code = Exit.CHECK_LOG


class Fault(KpiError):
    """What is wrong with one key of the definitions; `path` names it from the top of the file."""

    def __init__(self, path: tuple[str, ...], message: str, *, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.path = path

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.path, self.message), self.__dict__


MOST_CAUSES = 10
_PARTICULAR = r"'[^']*'|\d(?:[\w.,:/-]*\w)?"  # what of a message is about one row alone


def by_cause(errors: Iterable[KpiError]) -> list[KpiError]:
    """One error a cause, at its first place and with the count of the others; ten at most."""
    causes: dict[tuple[str, str], list[KpiError]] = {}
    for error in errors:
        cause = cause_of(error.message), cause_of(error.hint)
        causes.setdefault(cause, []).append(error)
    groups = list(causes.values())
    first = [_counted(group) for group in groups[:MOST_CAUSES]]
    if rest := groups[MOST_CAUSES:]:
        first.append(KpiError(f"{len(rest):,} more causes, {sum(map(len, rest)):,} more rows"))
    return first


def cause_of(message: str) -> str:
    """What is said, without what is about one row alone."""
    return re.sub(_PARTICULAR, "", message)


def _counted(group: Sequence[KpiError]) -> KpiError:
    """The first of a group, with how many more there are, and what two others are about."""
    error = group[0]
    if len(group) == 1:
        return error
    about = dict.fromkeys(
        match[0] for other in group if (match := re.search(_PARTICULAR, other.message))
    )
    others = ", ".join([*about][1:3])
    named = f" ({others}{' …' if len(about) > 3 else ''})" if others else ""
    message = f"{error.message}, and {len(group) - 1:,} more like it{named}"
    return KpiError(message, where=error.where, hint=error.hint)
