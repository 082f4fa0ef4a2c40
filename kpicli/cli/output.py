"""The one writer to stdout, the one to stderr, what a person is asked, how far something is."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from time import monotonic
from typing import TYPE_CHECKING, Self, TypeVar

from kpicli.errors import Exit, KpiError
from kpicli.screen import ISOLATES, can_carry, encodable, isolated, wrapped
from kpicli.text import safe

if TYPE_CHECKING:
    from kpicli.render.formats import Drawing

T = TypeVar("T")
_ERASE = "\r\x1b[2K"
_PATIENCE = 1.0  # seconds after which somebody wonders
_USUAL_COLUMNS = 80
_BETWEEN_LOOKS = 1024  # items between two looks at the clock


DRY_RUN = "dry run: "  # what stands before a confirmation of what was not done
NOTHING_RECORDED = "nothing recorded"


class DeclinedError(KpiError):
    """A person said no, so that nothing was done; nothing is wrong."""

    def lines(self) -> list[str]:
        """What was not done."""
        return [self.message]


class ReaderGoneError(KpiError):
    """The reader of a pipe has closed it; nothing is left to say."""

    code = Exit.READER_GONE


def show(drawing: "Drawing", protected: Iterable[str] = ()) -> None:
    """Draw a view where it goes; a file among those that are `protected` is never replaced."""
    pieces = drawing.format.render(drawing.view, drawing.canvas)
    if drawing.path is not None:
        from kpicli.store.new_file import replace_file

        replace_file(drawing.path, pieces, protected)
        return
    encoding = "utf-8" if drawing.format.IS_MACHINE else drawing.canvas.encoding
    write("".join(pieces), encoding)


def write(text: str, encoding: str = "utf-8") -> None:
    """The answer, all of it, to stdout; raises `KpiError` where that is closed or full."""
    if sys.stdout is None:
        raise KpiError("stdout is closed", hint="name a file instead: -o FILE")
    content = text.encode(encoding, "backslashreplace")
    try:
        while content:
            content = content[os.write(sys.stdout.fileno(), content) :]
    except BrokenPipeError:
        raise ReaderGoneError("the reader of the pipe has gone") from None
    except OSError as error:
        message = f"stdout: {os.strerror(error.errno or 0)}"
        raise KpiError(message, hint="nothing but the answer is lost") from None


def say(text: str) -> None:
    """A warning, confirmation or hint to stderr; that it can't be printed stops nothing."""
    _write_error(f"{text}\n")


def say_all(lines: Iterable[str]) -> None:
    """Warnings, confirmations or hints to stderr, a line each."""
    for line in lines:
        say(line)


def _write_error(text: str) -> None:
    """Past Python's buffer, which is tried again at the end and then fails the whole run."""
    if sys.stderr is None:
        return
    encoding = sys.stderr.encoding or "utf-8"
    if can_carry(encoding, ISOLATES):
        text = isolated(text)
    text = encodable(text, encoding)
    if sys.stderr.isatty():
        text = wrapped(text, error_columns())
    content = text.encode(encoding, "backslashreplace")
    with suppress(OSError, ValueError):
        while content:
            content = content[os.write(sys.stderr.fileno(), content) :]


def error_columns() -> int:
    """The width of the terminal that stderr is."""
    with suppress(OSError):
        return os.get_terminal_size(sys.stderr.fileno()).columns or _USUAL_COLUMNS
    return _USUAL_COLUMNS


def is_conversation() -> bool:
    """Whether somebody reads stderr and can answer on stdin."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))


def is_terminal() -> bool:
    """Whether stdout is one."""
    return sys.stdout is not None and sys.stdout.isatty()


def ask(question: str, undone: str = NOTHING_RECORDED) -> str:
    """One line typed by a person; raises `KpiError` where the terminal has gone.

    `undone` is what is said then of the whole command.
    """
    try:
        _write_error(question)
        answer = sys.stdin.readline()
    except KeyboardInterrupt:
        say(f"\n{undone}")
        raise
    except UnicodeDecodeError:
        raise KpiError(f"the answer is not valid UTF-8: {undone}", hint="type it again") from None
    if not answer:
        say("")
        raise KpiError(f"no answer: {undone}", hint="run it again when you have one")
    return answer.strip()


def say_fault(error: KpiError) -> None:
    """Why an answer can't be taken, beneath it."""
    say(f"  {safe(error.message)}" + (f" ({safe(error.hint)})" if error.hint else ""))


def is_agreed(question: str) -> bool:
    """Whether a person says yes; anything else is no."""
    return ask(f"{question} [y/N] ").lower() in {"y", "yes"}


@contextmanager
def confirming() -> Iterator[None]:
    """What is said of a write that is on disk: that it fails to be said does not undo it."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - whatever it is, the records are there
        message = safe(str(error).partition("\n")[0])
        say(f"recorded, but its status could not be shown: {message}")


def require_agreement(question: str) -> None:
    """Have somebody say yes; where nobody can, it is refused with what was asked."""
    if not is_conversation():
        raise KpiError(f"{question}?", hint="nothing recorded; if that is right, add --yes")
    if not is_agreed(f"{question}?"):
        raise DeclinedError(NOTHING_RECORDED)


def agrees_to_log(doubts: Sequence[str], *, is_trusted: bool) -> bool:
    """Whether a log is to be written to in spite of what speaks against it."""
    if is_trusted or not is_conversation():
        return is_trusted
    say_all(f"the log: {doubt}" for doubt in doubts)
    return is_agreed("write to it all the same?")


def with_progress(
    items: Iterable[T], total: int, doing: str, position: Callable[[T], int]
) -> Iterator[T]:
    """The items as they come; on a terminal a line says how far, where it takes over a second.

    `position` says of an item how much of the total is done with it.
    """
    with StatusLine(is_quiet=False) as line:
        for count, item in enumerate(items):
            if count % _BETWEEN_LOOKS == 0:
                line.show(f"{doing}: {100 * position(item) // max(total, 1)}%")
            yield item


def exit_code(*, has_damage: bool, has_findings: bool = False) -> Exit:
    """Damage that was left out is stronger than a finding."""
    if has_damage:
        return Exit.CHECK_LOG
    return Exit.FINDINGS if has_findings else Exit.FINE


class StatusLine:
    """Nothing off a terminal, or where it is to be `quiet`; texts are safe and ASCII."""

    def __init__(self, *, is_quiet: bool) -> None:
        self._begun, self._shown = monotonic(), ""
        is_plain = os.environ.get("TERM", "dumb") == "dumb"
        is_terminal = sys.stderr is not None and sys.stderr.isatty()
        self._is_wanted = is_terminal and not is_plain and not is_quiet

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.clear()

    def show(self, text: str) -> None:
        """Write it, where it takes so long that somebody wonders."""
        if self._is_wanted and text != self._shown and monotonic() - self._begun > _PATIENCE:
            columns = error_columns() - 1
            short = text if len(text) <= columns else f"{text[: max(0, columns - 3)]}..."
            self._write(_ERASE + short)
            self._shown = text

    def clear(self) -> None:
        """Make room for what is said to stay."""
        if self._shown:
            self._write(_ERASE)
            self._shown = ""

    def _write(self, text: str) -> None:
        with suppress(OSError, ValueError):
            os.write(sys.stderr.fileno(), text.encode())
