"""Find the command, run it, and report a failure once."""

import os
import re
import signal
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress
from types import FrameType
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from kpicli import __version__, plugins
from kpicli.cli.output import say, write
from kpicli.errors import Exit, KpiError
from kpicli.text import did_you_mean, safe

_NEGATIVE = r"[-−][$€£¥]?\s*[.,]?[0-9].*"
_VALUED = {
    *("--file", "-f", "--color", "--format", "--output", "-o", "--as-of", "--period"),
    *("--area", "--owner", "--goal", "--sort", "--fail-on"),
    *("--note", "--by", "--select", "--ignore", "--since", "--delimiter", "--decimal"),
    *("--against", "--depth", "--periods", "--frequency", "--compare", "--group"),
    *("--changed-since", "--fields", "--name", "--id", "--definition", "--source", "--unit"),
    *("--direction", "--target", "--baseline", "--tolerance", "--supports", "--from"),
}
"""Flags with a value, which may stand before the command as well."""


class _HelpMixin:
    """What help is like: through the one writer, and the examples as they are typed."""

    epilog: str | None

    def get_help_option(self, ctx: Any) -> Any:
        option = super().get_help_option(ctx)  # type: ignore[misc]
        option.callback = _show_help
        return option

    def format_epilog(self, _ctx: Any, formatter: Any) -> None:
        if self.epilog:
            with formatter.section("Examples"):
                formatter.write_text("\b\n" + self.epilog)


def _show_help(ctx: Any, _option: Any, value: Any) -> None:
    if value and not ctx.resilient_parsing:
        write(f"{ctx.get_help()}\n")
        ctx.exit()


class _Command(_HelpMixin, TyperCommand):
    """One command; a negative number is a value, never an option."""

    def make_parser(self, ctx: Any) -> Any:
        parser: Any = super().make_parser(ctx)
        as_option = parser._process_opts  # noqa: SLF001 - Typer has no public way in

        def value_or_option(word: str, state: Any) -> None:
            if re.fullmatch(_NEGATIVE, word):
                state.largs.append(word)
            else:
                as_option(word, state)

        parser._process_opts = value_or_option  # noqa: SLF001
        return parser


class _Commands(_HelpMixin, TyperGroup):
    """The commands folder: a command is found by its file's name and imported when it is called."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - the shape is Typer's
        return list(plugins.names("commands"))

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002 - the shape is Typer's
        return _load(cmd_name) if cmd_name in plugins.names("commands") else None

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        rows = [(name, plugins.first_line("commands", name)) for name in self.list_commands(ctx)]
        with formatter.section("Commands"):
            formatter.write_dl(rows)

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        from typer._click.shell_completion import CompletionItem

        if incomplete.startswith("-"):
            return super().shell_complete(ctx, incomplete)
        names = [name for name in self.list_commands(ctx) if name.startswith(incomplete)]
        return [CompletionItem(name, help=plugins.first_line("commands", name)) for name in names]


_EXAMPLES = """\
kpi init                              # a commented kpis.toml to start from
kpi record monthly_revenue 480,000    # what was measured in the last closed month
kpi status                            # where you stand
kpi record --help                     # everything about one command
"""
_SETTINGS = {"help_option_names": ["-h", "--help"]}


def _app(**more: Any) -> typer.Typer:
    return typer.Typer(
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings=_SETTINGS,
        **more,
    )


def _load(name: str) -> Any:
    module = plugins.load_member("commands", name)
    app = _app()
    app.command(name, cls=_Command, epilog=module.EXAMPLES)(module.run)
    return typer.main.get_command(app)


def _root(
    ctx: typer.Context,
    *,
    version: Annotated[bool, typer.Option("--version", help="Say which version this is.")] = False,
) -> None:
    """KPIs with targets, early warning and a SMART linter."""
    if version:
        write(f"kpi {__version__}\n")
    elif ctx.invoked_subcommand is None:
        write(f"{ctx.get_help()}\n")


def _group() -> Any:
    app = _app(cls=_Commands)
    app.callback(invoke_without_command=True, epilog=_EXAMPLES)(_root)
    return typer.main.get_command(app)


def main(words: Sequence[str] | None = None) -> int:
    """Run one command line; returns the exit code."""
    _open_missing_streams()
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:  # as nohup leaves it
            signal.signal(number, _interrupt)
    arguments = list(sys.argv[1:] if words is None else words)
    try:
        if signal.getsignal(signal.SIGINT) is signal.SIG_DFL:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        _require_text(arguments)
        _prepare_completion()
        return _run(_command_first(arguments))
    except _Interrupted as signalled:
        return 128 + signalled.number
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    except KpiError as error:
        return _report(error)
    except typer.TyperException as error:
        return _report(_usage(error, arguments))
    except Exception as error:  # noqa: BLE001 - no traceback ever, but where it was asked for
        return _unexpected(error)


def _run(words: list[str]) -> int:
    """The command alone where one is called; all of them for help and a completing shell."""
    if words[:1] and words[0] in plugins.names("commands"):
        result = _load(words[0]).main(words[1:], f"kpi {words[0]}", standalone_mode=False)
    else:
        result = _group().main(words, "kpi", standalone_mode=False)
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
    from typer._completion_classes import completion_init

    completion_init()
    for name in ("COMP_WORDS", "_TYPER_COMPLETE_ARGS"):
        typed = os.environ.get(name, "")
        *finished, last = re.split(r"[ \n]", typed)
        with suppress(KpiError):
            os.environ[name] = " ".join([*finished[:1], *_command_first(finished[1:]), last])


def _require_text(words: Sequence[str]) -> None:
    for word in words:
        try:
            word.encode()
        except UnicodeEncodeError:
            start = safe(word[:40])
            raise KpiError(
                f"argument is not valid UTF-8: '{start}'", hint="type it again"
            ) from None


def _command_first(words: list[str]) -> list[str]:
    """The same words with the command in front of the options that stood before it."""
    commands = plugins.names("commands")
    at, first = 0, None
    while at < len(words) and words[at] != "--":
        word = words[at]
        if word in commands:
            return [word, *words[:at], *words[at + 1 :]]
        if not word.startswith("-") and first is None:
            first = word
        at += 2 if word in _VALUED else 1
    if first is not None:
        hint = did_you_mean(first, commands) or f"one of: {', '.join(commands)}"
        raise KpiError(f"unknown command '{safe(first)}'", hint=hint)
    if words and not {"-h", "--help", "--version"} & set(words):
        raise KpiError("missing command", hint=f"one of: {', '.join(commands)}")
    return words


def _usage(error: Any, words: Sequence[str]) -> KpiError:
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


def _report(error: KpiError) -> int:
    if os.environ.get("KPI_DEBUG"):
        traceback.print_exception(error)
    if error.code is not Exit.READER_GONE:
        for line in error.lines():
            say(safe(line))
        if error.hint:
            say(f"hint: {safe(error.hint)}")
    return int(error.code)


def _unexpected(error: Exception) -> int:
    if os.environ.get("KPI_DEBUG"):
        with suppress(Exception):
            traceback.print_exception(error)
    message = f"{type(error).__name__}: {error}".split("\n")[0]
    say(f"kpi: error: this should not happen: {safe(message[:200])}")
    say("hint: run it again with KPI_DEBUG=1 and report what it says")
    return int(Exit.UNUSABLE)
