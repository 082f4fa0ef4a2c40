"""Find the command, run it, and report a failure once."""

import os
import re
import signal
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress
from types import FrameType

import typer

from kpicli import plugins
from kpicli.cli.command_line import command_first, usage_error
from kpicli.cli.output import say
from kpicli.cli.parser import all_commands, load_command
from kpicli.errors import Exit, KpiError
from kpicli.text import safe

_MOST_SAID = 1000  # characters at either end of a failure: what was typed may have no end
_MOST_FAULTS = 20  # lines that somebody reads on a terminal
_NO_ZONE = (
    "is no time zone that this machine knows, so days are those of UTC: "
    "write it as in TZ=Europe/Oslo, or install tzdata"
)


def main(words: Sequence[str] | None = None) -> int:
    """Run one command line; returns the exit code."""
    _open_missing_streams()
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:  # as nohup leaves it
            signal.signal(number, _interrupt)
    line = list(sys.argv[1:] if words is None else words)
    try:
        if signal.getsignal(signal.SIGINT) is signal.SIG_DFL:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        _require_text(line)
        _prepare_completion()
        line = command_first(line)
        return _run(line)
    except (_Interrupted, KeyboardInterrupt) as stop:
        return _code_of_signal(stop)
    except KpiError as error:
        return _report(error)
    except typer.TyperException as error:
        return _report(usage_error(error, line))
    except Exception as error:  # noqa: BLE001 - no traceback ever, but where it was asked for
        return _code_of_signal(error.__cause__) or _unexpected(error)


def _code_of_signal(stop: BaseException | None) -> int:
    """What ended by a signal exits with, else 0; Python wraps what comes while a class is made."""
    is_stop = isinstance(stop, _Interrupted | KeyboardInterrupt)
    return 128 + getattr(stop, "number", signal.SIGINT) if is_stop else 0


def _run(words: list[str]) -> int:
    """The command alone where one is called; all of them for a list and a completing shell."""
    if words[:1] and words[0] in plugins.names("commands"):
        from kpicli.environment import unknown_time_zone

        if zone := unknown_time_zone():
            say(f"warning: TZ={safe(zone)} {_NO_ZONE}")
        result = load_command(words[0]).main(words[1:], f"kpi {words[0]}", standalone_mode=False)
    else:
        result = all_commands().main(words, "kpi", standalone_mode=False)
    return int(result or 0)


class _Interrupted(BaseException):
    """A signal that ends the program."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def _interrupt(number: int, _frame: FrameType | None) -> None:
    raise _Interrupted(number)


def _open_missing_streams() -> None:
    """So that no file of ours is opened as stdin, stdout or stderr."""
    for descriptor in range(3):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)


def _prepare_completion() -> None:
    """Make the shells known, where one of them is asking."""
    if "_KPI_COMPLETE" not in os.environ:
        return
    from kpicli.cli.completion import shells

    shells()
    for name in ("COMP_WORDS", "_TYPER_COMPLETE_ARGS"):
        typed = os.environ.get(name, "")
        *finished, last = re.split(r"[ \n]", typed)
        with suppress(KpiError):
            os.environ[name] = " ".join([*finished[:1], *command_first(finished[1:]), last])


def _require_text(words: Sequence[str]) -> None:
    for word in words:
        try:
            word.encode()
        except UnicodeEncodeError:
            message = f"argument is not valid UTF-8: '{safe(word[:40])}'"
            raise KpiError(message, hint="type it again") from None


def _report(error: KpiError) -> int:
    if os.environ.get("KPI_DEBUG"):
        traceback.print_exception(error)
    if error.code is not Exit.READER_GONE:
        for line in [*_for_screen(error.lines()), *([f"hint: {error.hint}"] if error.hint else [])]:
            text = safe(line)
            is_short = len(text) <= 2 * _MOST_SAID
            say(text if is_short else f"{text[:_MOST_SAID]} … {text[-_MOST_SAID:]}")
    return int(error.code)


def _for_screen(lines: list[str]) -> list[str]:
    """As many faults as a person reads, and the count of the others; all of them off a terminal."""
    if len(lines) <= _MOST_FAULTS or sys.stderr is None or not sys.stderr.isatty():
        return lines
    rest = f"and {len(lines) - _MOST_FAULTS:,} more: 2> FILE at the end of the command keeps all"
    return [*lines[:_MOST_FAULTS], rest]


def _unexpected(error: Exception) -> int:
    if os.environ.get("KPI_DEBUG"):
        with suppress(Exception):
            traceback.print_exception(error)
    message = f"{type(error).__name__}: {error}".split("\n")[0]
    say(f"kpi: error: this should not happen: {safe(message[:200])}")
    say("hint: run it again with KPI_DEBUG=1 and report what it says")
    return int(Exit.UNUSABLE)
