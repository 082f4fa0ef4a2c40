"""Which command a line of words means: the words put in order, and what is wrong with them."""

import os
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from kpicli import plugins
from kpicli.cli.parser import ROOT_OPTIONS, load_command
from kpicli.errors import KpiError, or_none
from kpicli.text import closest, did_you_mean, safe

HINTS = {
    "log": "did you mean 'history'?",
    "version": "kpi --version",
    "list": "kpi status lists your KPIs, kpi catalog those that come with kpi",
    "rename": 'give it another id in the definitions, and the old one in formerly = ["…"]',
    "remove": 'retire it with until = "2026-10" in the definitions; kpi retract is for an actual',
    "man": "kpi help",
    "goal": "kpi status --group goal, or --goal GOAL",
    "export": "kpi history --format csv",
    "new": "did you mean 'add'?",
    "set": "did you mean 'record'?",
    "lint": "did you mean 'check'?",
}
"""What to do instead of a command of other programs."""
HINTS |= {
    "ls": HINTS["list"],
    "delete": HINTS["remove"],
    "rm": HINTS["remove"],
    "goals": HINTS["goal"],
}
_PERIOD_OPTIONS = {"--date", "--day", "--week", "--month", "--quarter", "--year", "--when", "-p"}
"""What other programs call --period."""
_SHORTEST = 2  # letters of an abbreviation; one letter is more likely a slip
_HELP = {"-h", "--help"}
_NO_NUMBER = re.compile(
    r"Invalid value for '(.*?)'.*?: '?(.*?)'? is not (?:in the range|a valid int)"
)
"""How Typer says that the value of an option is no whole number, or too small or large."""


def command_first(words: list[str]) -> list[str]:
    """The words with the command in front of the options that stand before it.

    A command may be abbreviated where that is unique.
    """
    if words[:1] == ["help"]:
        return words
    end = words.index("--") if "--" in words else len(words)
    unlikely: list[int] = []
    for at, word in enumerate(words[:end]):
        command = None if word.startswith("-") else command_named(word)
        before = words[at - 1] if at else ""
        is_free = not before.startswith("-")
        # Behind an option it is a command whose own option that is, and one that takes no value.
        if command and (is_free or "=" in before or before in _options(command, is_valued=False)):
            return [command, *words[:at], *words[at + 1 :]]
        if command:
            unlikely.append(at)
        elif is_free and not word.startswith("-"):
            break
    if unlikely:
        at = unlikely[0]
        return [command_named(words[at]) or "", *words[:at], *words[at + 1 :]]
    if fault := _fault(words[:end]):
        raise fault
    return words


def command_named(word: str) -> str | None:
    """The command of that name, or the only one that begins so."""
    commands = plugins.names("commands")
    if word in commands:
        return word
    longer = [name for name in commands if name.startswith(word)]
    return longer[0] if len(longer) == 1 and len(word) >= _SHORTEST else None


def _options(command: str, *, is_valued: bool | None = None) -> set[str]:
    """The options of a command; those that take a value, or those that take none."""
    options = (option for option in load_command(command).params if hasattr(option, "is_flag"))
    return {name for option in options if option.is_flag is not is_valued for name in option.opts}


def _fault(words: Sequence[str]) -> KpiError | None:
    """What is wrong with words among which no command is; nothing where they need none."""
    commands = plugins.names("commands")
    if word := next(_plain(words), None):
        longer = [name for name in commands if name.startswith(word)]
        close = "" if longer else closest(word, [*commands, *HINTS])
        hint = f"did you mean '{close}'?" if close else f"one of: {', '.join(longer or commands)}"
        hint = HINTS.get(word.lower()) or HINTS.get(close) or hint
        return KpiError(f"unknown command '{safe(word)}'", hint=hint)
    if not words or {*_HELP, *ROOT_OPTIONS} & set(words):
        return None
    known = {*_HELP, *ROOT_OPTIONS, *(name for each in commands for name in _options(each))}
    for word in words:
        option = word.partition("=")[0]
        if re.fullmatch("--.+|-[A-Za-z]", option) and option not in known:
            hint = did_you_mean(option, known) or "see kpi --help"
            return KpiError(f"no such option: {safe(option)}", hint=hint)
    return KpiError("missing command", hint=f"one of: {', '.join(commands)}")


def _plain(words: Sequence[str]) -> Iterator[str]:
    """The words that are no option and no value of one, in any command."""
    valued: set[str] = set()
    for option, word in pairwise(["", *words]):
        if word.startswith("-"):
            continue
        if option.startswith("-") and not valued:
            commands = plugins.names("commands")
            valued = {name for each in commands for name in _options(each, is_valued=True)}
        if option not in valued:
            yield word


def usage_error(error: Any, words: Sequence[str]) -> KpiError:
    """What Typer found wrong with a line that begins with its command, in one line of ours."""
    command = next((word for word in words[:1] if word in plugins.names("commands")), "")
    message = error.format_message().split("\n")[0].rstrip(".")
    hint = ""
    if type(error).__name__ == "NoSuchOption":
        message = f"no such option: {error.option_name}"
        hint = _option_hint(error.option_name, command)
    elif extra := re.search(r"unexpected extra argument.*? \((.*)\)", message):
        message = f"one word too many: {extra[1]}"
        hint = _extra_hint(extra[1], words, command)
    elif message.endswith("'--period'"):
        hints = map(_period_hint, words[1:])
        hint = next(filter(None, hints), "as in --period 2026-10, or --period last")
    elif number := _NO_NUMBER.search(message):
        message = f"{number[1]} is '{number[2]}', expected a whole number{_range_text(error.param)}"
    hint = hint or f"see {' '.join(filter(None, ('kpi', command)))} --help"
    return KpiError(safe(message[:1].lower() + message[1:]), hint=hint)


def _range_text(option: Any) -> str:
    least, most = (getattr(option.type, name, None) for name in ("min", "max"))
    if most is None:
        return "" if least is None else f", {least} or more"
    return f" from {least} to {most}"


def _option_hint(option: str, command: str) -> str:
    if option in ROOT_OPTIONS:
        return f"it stands alone: kpi {option}"
    own = {*(_options(command) if command else ()), *_HELP, *ROOT_OPTIONS}
    if option in _PERIOD_OPTIONS and "--period" in own:
        return "did you mean '--period'?"
    return did_you_mean(option, sorted(own))


def _period_hint(word: str) -> str:
    """`did you mean --period 2026-10?` for a period; nothing for another word."""
    from kpicli.environment import moment
    from kpicli.model.frequency import Frequency
    from kpicli.model.notation.period import written_period

    today = moment(None).clock.today
    period = or_none(written_period, word, Frequency.MONTHLY, today, None)
    return f"did you mean --period {period}?" if period else ""


def _extra_hint(extra: str, words: Sequence[str], command: str) -> str:
    """Where words too many belong: to `--period` or `--from`, or to the text before them."""
    from shlex import quote

    options = _options(command)
    if "--from" in options:
        return f"did you mean --from {quote(extra)}, or --title {quote(extra)}?"
    if "--period" in options and (hint := _period_hint(extra)):
        return hint
    starts = (f"{extra} ".startswith(f"{safe(word)} ") for word in words)
    at = next((at for at, is_it in enumerate(starts) if is_it), 0)
    if os.path.isfile(words[at - 1]) and os.path.isfile(words[at]):
        return f"one file at a time: kpi {' '.join(words[:at])}"
    text = quote(" ".join([words[at - 1], extra]))
    if words[at - 2] in _options(command, is_valued=True):
        return f"put a text of several words in quotes: {words[at - 2]} {text}"
    advice = f"put a name of several words in quotes: kpi {command} {text}; or give one at a time"
    return advice if at == 2 else ""
