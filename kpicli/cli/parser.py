"""Commands as Typer parses them: found by the name of their file, with help and completion."""

import os
import re
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from inspect import cleandoc
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from kpicli import __version__, plugins
from kpicli.cli.output import write
from kpicli.errors import KpiError
from kpicli.screen import wrapped
from kpicli.text import safe

_NEGATIVE = r"[-−][$€£¥]?\s*[.,]?[0-9].*"


class _HelpMixin:
    """What help is like: through the one writer, the examples first and as they are typed."""

    help: str | None
    epilog: str | None
    name: Any
    params: list[Any]

    def format_help(self, ctx: Any, formatter: Any) -> None:
        summary, *details = cleandoc(self.help or "").split("\n\n")
        self.format_usage(ctx, formatter)  # type: ignore[attr-defined]
        _write_paragraph(formatter, summary)
        with formatter.section("Examples"):
            lines = _example_lines(self.epilog or "", formatter.width - formatter.current_indent)
            formatter.write_text("\b\n" + "\n".join(lines))
        for detail in details:
            _write_paragraph(formatter, detail)
        self.format_options(ctx, formatter)

    def get_help_option(self, ctx: Any) -> Any:
        option = super().get_help_option(ctx)  # type: ignore[misc]
        option.callback = _show_help
        return option

    def format_options(self, ctx: Any, formatter: Any) -> None:
        if self.name in plugins.names("commands"):
            from kpicli.cli.output_options import name_formats

            name_formats(
                self.params, getattr(plugins.load_member("commands", self.name), "FORMATS", ())
            )
        super().format_options(ctx, formatter)  # type: ignore[misc]


_COMMENT = re.compile(r"\s+# (.*)")
_WORD = re.compile(r"""(?:--?\w\S*\s+(?![-|&<>]))?(?:'[^']*'|"[^"]*"|\S)+""")
"""What a shell takes for one, near enough for examples; an option with its value."""


def _example_lines(examples: str, columns: int) -> Iterator[str]:
    """As they are typed; too long ones as a shell goes on, and then comments above, all of them."""
    pairs = [_COMMENT.split(line)[:2] for line in examples.splitlines()]
    is_narrow = any(
        len(pair) > 1 and len(line) > columns
        for pair, line in zip(pairs, examples.splitlines(), strict=True)
    )
    for line, (command, *comment) in zip(examples.splitlines(), pairs, strict=True):
        if comment and not is_narrow:
            yield line
            continue
        for text in comment:
            yield from (f"# {part}" for part in wrapped(text, columns - 2).split("\n"))
        yield from _command_lines(command, columns)


def _command_lines(command: str, columns: int) -> Iterator[str]:
    line, *words = _WORD.findall(command) if len(command) > columns else [command]
    for word in words:
        if len(f"{line} {word} \\") > columns:
            yield f"{line} \\"
            line = f"  {word}"
        else:
            line = f"{line} {word}"
    yield line


def _write_paragraph(formatter: Any, text: str) -> None:
    formatter.write_paragraph()
    with formatter.indentation():
        formatter.write_text(text)


def _show_help(ctx: Any, _option: Any, value: Any) -> None:
    if value and not ctx.resilient_parsing:
        write(f"{ctx.get_help()}\n")
        ctx.exit()


class _Command(_HelpMixin, TyperCommand):
    """One command; a negative number is a value, digits are ASCII, an option is never empty."""

    def make_parser(self, ctx: Any) -> Any:
        parser: Any = super().make_parser(ctx)
        as_option = parser._process_opts  # noqa: SLF001 - Typer has no public way in
        as_words = parser.parse_args

        def value_or_option(word: str, state: Any) -> None:
            if word[:2] != "--" and re.fullmatch(_NEGATIVE, word):
                state.largs.append(word)
            else:
                as_option(word, state)

        def checked(args: list[str]) -> Any:
            parsed = as_words(args=args)
            if [option.name for option in parsed[2]].count("file") > 1:
                raise KpiError("-f is given twice", hint="name one definitions file")
            for option in self.params:
                value = parsed[0].get(option.name)
                is_empty = "" in (value if isinstance(value, list) else [value])
                may_be_empty = option.metavar == "TEXT" or option.name == "by"  # that is nobody
                if is_empty and option.opts[0][0] == "-" and not may_be_empty:
                    hint = "give it a value, or leave it out"
                    raise KpiError(f"{option.opts[0]} is empty", hint=hint)
                if option.type.name.startswith("int") and not str(value).isascii():
                    option.type.fail(f"{value!r} is not a valid int", option, ctx)
            return parsed

        parser._process_opts = value_or_option  # noqa: SLF001
        parser.parse_args = checked
        return parser


class _CommandGroup(_HelpMixin, TyperGroup):
    """The commands folder: a command is found by its file's name and imported when it is called."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - the shape is Typer's
        return list(plugins.names("commands"))

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002 - the shape is Typer's
        if cmd_name not in plugins.names("commands"):
            return None
        command = load_command(cmd_name)
        if "_KPI_COMPLETE" in os.environ:
            from kpicli.cli.completion import complete_values

            complete_values(command)
        return command

    def format_commands(self, _ctx: Any, formatter: Any) -> None:
        """The commands by what they are for, and the topics."""
        from kpicli.cli.help_topics import topic_line, topics

        widest = max(map(len, plugins.names("commands")))
        for purpose, names in GROUPS.items():
            with formatter.section(purpose):
                formatter.write_dl(
                    [(name.ljust(widest), plugins.first_line("commands", name)) for name in names]
                )
        with formatter.section("Topics"):
            formatter.write_dl([(f"kpi help {topic}", topic_line(topic)) for topic in topics()])

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        from typer._click.shell_completion import CompletionItem

        if incomplete.startswith("-"):
            return super().shell_complete(ctx, incomplete)
        names = [name for name in self.list_commands(ctx) if name.startswith(incomplete)]
        return [CompletionItem(name, help=plugins.first_line("commands", name)) for name in names]


_EXAMPLES = """\
kpi init                              # a commented kpis.toml to start from
kpi record monthly_revenue 480,000    # what was measured last month
kpi status                            # where you stand
kpi record --help                     # everything about one command
kpi help log                          # everything about one topic
kpi help --all                        # all topics, printed whole
"""
GROUPS: Mapping[str, tuple[str, ...]] = {
    "See where you stand": ("status", "show", "due", "drivers", "explain"),
    "Record what was measured": ("record", "note", "import", "pull", "undo", "retract"),
    "Define what is measured": ("init", "add", "edit", "catalog", "check", "rules", "schema"),
    "Share it": ("report", "sync"),
    "Look after the log": ("history", "verify", "repair", "path"),
    "Get help": ("help", "completion"),
}
"""The commands as help lists them: by what they are for, the most used first."""
ROOT_OPTIONS = ("--version", "-V")  # what kpi itself takes, beside its help
_SETTINGS: Any = {"help_option_names": ["-h", "--help"]}


def _app(**more: Any) -> typer.Typer:
    return typer.Typer(
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings=_SETTINGS,
        **more,
    )


@cache
def load_command(name: str) -> Any:
    """A command by its name, with its options and arguments; only this one is imported."""
    module = plugins.load_member("commands", name)
    app = _app()
    app.command(name, cls=_Command, epilog=module.EXAMPLES)(module.run)
    return typer.main.get_command(app)


def _root(
    ctx: typer.Context,
    *,
    version: Annotated[
        bool, typer.Option(*ROOT_OPTIONS, help="Show the version and its place.")
    ] = False,
) -> None:
    """KPIs with targets, early warning and a SMART linter."""
    if version:
        write(f"{version_text()}\n")
    elif ctx.invoked_subcommand is None:
        write(f"{ctx.get_help()}\n")


def version_text() -> str:
    """`kpi 0.5.0 from /usr/lib/…/kpicli (Python 3.13.1)`: which one it is that runs."""
    home = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    return f"kpi {__version__} from {safe(home)} (Python {sys.version.split()[0]})"


def help_text(name: str) -> str:
    """The help of a command; without a name that of kpi itself."""
    command = load_command(name) if name else all_commands()
    with typer.Context(command, info_name=f"kpi {name}".strip(), **_SETTINGS) as context:
        return str(command.get_help(context))


def all_commands() -> Any:
    """All commands: for help, and for a shell that completes."""
    app = _app(cls=_CommandGroup)
    app.callback(invoke_without_command=True, epilog=_EXAMPLES)(_root)
    return typer.main.get_command(app)
