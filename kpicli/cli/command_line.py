"""Which command a line of words means: the words put in order, and what is wrong with them."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from kpicli import plugins
from kpicli.cli.parser import load_command
from kpicli.errors import KpiError
from kpicli.text import did_you_mean, safe


def command_first(words: list[str]) -> list[str]:
    """The words with the command in front of the options that stand before it."""
    commands = plugins.names("commands")
    end = words.index("--") if "--" in words else len(words)
    candidates = [at for at in range(end) if words[at] in commands]
    fitting = (at for at in candidates if _follows(words[:at], words[at]))
    at = next(fitting, candidates[0] if candidates else None)
    if at is not None:
        return [words[at], *words[:at], *words[at + 1 :]]
    if words and not {"-h", "--help", "--version"} & set(words):
        raise _no_command(words[:end])
    return words


def _follows(options: Sequence[str], command: str) -> bool:
    """Whether a command may follow these options: the last of them is its own, and has a value."""
    if not options or not options[-1].startswith("-"):
        return True
    return "=" in options[-1] or options[-1] in _options(command, is_valued=False)


def _options(command: str, *, is_valued: bool) -> set[str]:
    """The options of a command that take a value, or those that take none."""
    options = (option for option in load_command(command).params if hasattr(option, "is_flag"))
    return {name for option in options if option.is_flag is not is_valued for name in option.opts}


def _no_command(words: Sequence[str]) -> KpiError:
    """No command among the words: the first that is no option and no value of one is unknown."""
    commands = plugins.names("commands")
    valued = {option for command in commands for option in _options(command, is_valued=True)}
    for option, word in pairwise(["", *words]):
        if not word.startswith("-") and option not in valued:
            hint = did_you_mean(word, commands) or f"one of: {', '.join(commands)}"
            return KpiError(f"unknown command '{safe(word)}'", hint=hint)
    return KpiError("missing command", hint=f"one of: {', '.join(commands)}")


def usage_error(error: Any, words: Sequence[str]) -> KpiError:
    """What Typer found wrong with the command line, in one line of ours."""
    commands = [word for word in words if word in plugins.names("commands")]
    hint = f"see {' '.join(['kpi', *commands[:1]])} --help"
    option = getattr(error, "option_name", None)
    message = error.format_message().split("\n")[0]
    if option and type(error).__name__ == "NoSuchOption":
        message = f"no such option: {option}"
        close = getattr(error, "possibilities", None)
        hint = f"did you mean '{close[0]}'?" if close else hint
    return KpiError(safe(message[:1].lower() + message[1:]), hint=hint)
