"""What a shell completes a word with: the values of an option are found by what help calls them."""

import os
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from shlex import quote
from typing import Any, get_args

from kpicli import plugins
from kpicli.cli.output_options import COLOR_MODES
from kpicli.environment import moment, named_file
from kpicli.errors import KpiError
from kpicli.model.calendar import PLAIN, calendar_of
from kpicli.model.frequency import Frequency
from kpicli.model.kpi import ID, Rollup
from kpicli.model.period import period_of
from kpicli.model.schema_types import FirstMonth
from kpicli.model.target import Direction
from kpicli.store.definitions.read import NAME, find, tables_in
from kpicli.text import safe


def complete_values(command: Any) -> None:
    """Have the options and arguments of a command completed, where nothing else does it."""
    for parameter in command.params:
        if parameter.metavar and not parameter._custom_shell_complete:  # noqa: SLF001 - Typer has no public way in
            parameter._custom_shell_complete = _completion  # noqa: SLF001


def _completion(_context: Any, parameter: Any, beginning: str) -> list[Any]:
    from typer._click.shell_completion import CompletionItem

    values = completed_values(parameter.metavar).items()
    return [CompletionItem(word, help=text) for word, text in values if word.startswith(beginning)]


def shells() -> None:
    """Make the shells known to Typer, with what it gets wrong put right."""
    from typer._click.shell_completion import add_completion_class
    from typer._completion_classes import BashComplete, FishComplete, ZshComplete, completion_init

    class Bash(BashComplete):
        """Bash puts a word into the line as it is, and takes `--group=a` for three words."""

        def get_completion_args(self) -> tuple[list[str], str]:
            words, beginning = super().get_completion_args()
            return [word for word in words if word != "="], beginning.removeprefix("=")

        def format_completion(self, item: Any) -> str:
            return quote(item.value) if " " in item.value else str(super().format_completion(item))

    class Fish(_WholeWords, FishComplete):
        """Of fish nothing else is put right."""

    class Zsh(_WholeWords, ZshComplete):
        """The answer is evaluated within single quotes, where `''` is no quote."""

        def format_completion(self, item: Any) -> str:
            return str(super().format_completion(item)).replace("''", "'\\''")

    completion_init()
    for kind in (Bash, Fish, Zsh):
        add_completion_class(kind, kind.__name__.lower())


class _WholeWords:
    """A shell that takes `--group=a` for one word: each value gets what stands before it."""

    def get_completions(self, args: list[str], incomplete: str) -> list[Any]:
        option, sign, _ = incomplete.partition("=")
        items: list[Any] = super().get_completions(args, incomplete)  # type: ignore[misc]
        for item in items if option.startswith("-") and sign else ():
            item.value = f"{option}={item.value}"
        return items


def completed_values(metavar: str) -> Mapping[str, str]:
    """The values that help writes so (`PERIOD`, `[KPI]...`), each with what it is."""
    kind = metavar.strip("[].").partition(" ")[0]
    return _KINDS[kind]() if kind in _KINDS else {}


def _words(words: Iterable[str]) -> Mapping[str, str]:
    return {str(word): "" for word in words}


def _periods() -> Iterable[str]:
    """Words for periods, and the latest day, week, month, quarter and year that are closed."""
    today = moment(None).clock.today
    month = _definitions().get("year_starts")
    calendar = calendar_of(month) if month in get_args(FirstMonth) else PLAIN
    closed = [period_of(today, frequency, calendar).shift(-1) for frequency in Frequency]
    return ("last", "current", "today", "yesterday", *map(str, closed))


def _names(section: str) -> Mapping[str, str]:
    """The ids of a section, each with the name that people read."""
    tables = _section(section)
    return {id: safe(str(table.get("name", ""))) for id, table in tables.items()}


def _values_under(key: str) -> Mapping[str, str]:
    """What the KPIs have under a key, such as their owners."""
    kpis = [*_section("kpis").values(), _definitions().get("defaults")]
    values = {kpi.get(key) for kpi in kpis if isinstance(kpi, dict)}
    return _words(
        sorted(value for value in values if isinstance(value, str) and value == safe(value))
    )


def _section(name: str) -> dict[str, dict[str, Any]]:
    section = _definitions().get(name)
    tables = section.items() if isinstance(section, dict) else ()
    return {id: table for id, table in tables if ID.fullmatch(id) and isinstance(table, dict)}


def _definitions() -> dict[str, Any]:
    """The tables of the definitions at hand; none where they can't be read."""
    words = (os.environ.get("COMP_WORDS") or os.environ.get("_TYPER_COMPLETE_ARGS") or "").split()
    flags = [at for at, word in enumerate(words[:-1]) if word in {"-f", "--file"}]
    path = words[flags[-1] + 1] if flags else named_file()
    if path and os.path.isdir(path):
        path = os.path.join(path, NAME)
    try:
        return tables_in(find(path, os.curdir))
    except KpiError:
        return {}


def _words_in(module: str, name: str) -> Mapping[str, str]:
    """The words of a room that is loaded where they are asked for."""
    return _words(getattr(import_module(f"kpicli.{module}"), name))


def _formats() -> Mapping[str, str]:
    names = plugins.names("render/formats")
    return {name: plugins.first_line("render/formats", name) for name in names}


def _subjects() -> Mapping[str, str]:
    from kpicli.cli.help_topics import subjects

    return subjects()


_KINDS: Mapping[str, Callable[[], Mapping[str, str]]] = {
    "AREA": lambda: _values_under("area"),
    "FORMAT": _formats,
    "GOAL": lambda: _names("goals"),
    "HOW": lambda: _words(Rollup),
    "KEY": lambda: _words_in("evaluation.selection", "GROUPS"),
    "KPI": lambda: _names("kpis"),
    "LENGTH": lambda: _words(Frequency),
    "ORDER": lambda: _words_in("evaluation.selection", "ORDERS"),
    "OWNER": lambda: _values_under("owner"),
    "PERIOD": lambda: _words(_periods()),
    "TOPIC": _subjects,
    "WAY": lambda: _words(Direction),
    "WHEN": lambda: _words(COLOR_MODES),
    "WITH": lambda: _words_in("evaluation.compare", "Against"),
}
