"""Flags that several commands share: the file, the day, which KPIs; how a flag is declared."""

import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import date, timedelta
from functools import wraps
from inspect import Parameter, signature
from typing import Annotated, Any, TypeAlias, get_type_hints

import typer

from kpicli.cli.output import say
from kpicli.environment import Moment, cache_folder, day_given, moment, named_file
from kpicli.errors import KpiError, or_none
from kpicli.model.kpi import Definitions, Kpi
from kpicli.model.period import recorded_period
from kpicli.model.scorecard import Clock
from kpicli.noun import NamedTuple
from kpicli.store.definitions.read import NAME, DefinitionsFile, find, load_definitions

Text: TypeAlias = str | None
"""The value of a flag that may be left out."""


def flag(metavar: str, help: str, *names: str, **more: Any) -> Any:  # noqa: A002 - Typer's word
    """A flag with a value; without `names` it is called as its parameter."""
    return typer.Option(..., *names, metavar=metavar, help=help, **more)


def switch(help: str, *names: str) -> Any:  # noqa: A002 - Typer's word
    """A flag without a value; without `names`, `command` calls it as its parameter."""
    return typer.Option(..., *names, help=help)


def argument(metavar: str, help: str, **more: Any) -> Any:  # noqa: A002 - Typer's word
    """A word, or words, without a flag."""
    return typer.Argument(metavar=metavar, help=help, **more)


class FileOptions(NamedTuple):
    """Which definitions."""

    file: Annotated[
        Text,
        flag("FILE", "Definitions; else $KPI_FILE, else the nearest kpis.toml.", "--file", "-f"),
    ] = None

    @property
    def path(self) -> str:
        """The definitions file that is meant."""
        return find(self._given_path, os.curdir)

    @property
    def new_path(self) -> str:
        """The definitions file that is meant where there is none yet."""
        return self._given_path or NAME

    @property
    def _given_path(self) -> str | None:
        """The file that is named, or that of the folder that is."""
        path = self.file or named_file()
        return os.path.join(path, NAME) if path and os.path.isdir(path) else path

    def definitions(self, day: "DayOptions | None" = None) -> DefinitionsFile:
        """That file, read and checked; of a past day as it was committed then, which is said."""
        file = load_definitions(self.path, cache_folder())
        if day is None or not day.is_past:
            return file
        from kpicli.store.definitions.committed import definitions_on

        past = definitions_on(file, day.moment.until, cache_folder())
        if past.version:
            say(f"judged by {past.name} {past.version}")
        return past

    def protected(self) -> list[str]:
        """Definitions and log, if there are any: an answer is never written over them."""
        paths: list[str] = []
        with suppress(KpiError):
            paths.append(self.path)
            paths.append(self.definitions().log_path)
        return paths


class DayOptions(NamedTuple):
    """On which day it is judged."""

    as_of: Annotated[
        Text,
        flag(
            "DATE",
            "Evaluate as of that day, by what had been recorded then, and in git by the "
            "definitions as committed then.",
        ),
    ] = None

    @property
    def today(self) -> date:
        """That day, else today."""
        return self.clock.today

    @property
    def clock(self) -> Clock:
        """That day, and the local day of an instant."""
        return self.moment.clock

    @property
    def is_past(self) -> bool:
        """Whether it is a day before today."""
        return self.as_of is not None and self.today < moment(None).clock.today

    def earlier(self, flag: str, text: str) -> Moment:
        """The end of a day before it, which a flag names; `last` is the day before it."""
        is_last = text in {"last", "previous"}
        day = self.today - timedelta(days=1) if is_last else day_given(flag, text)
        if day >= self.today:
            message = f"{flag} {day} is not before {self.today}, the day that is judged on"
            raise KpiError(message, hint=f"as in {flag} last, the day before that one")
        return moment(day)

    def later_hint(self, file: DefinitionsFile, kpis: Sequence[Kpi]) -> list[str]:
        """For an empty answer: that records of some KPIs were made after --as-of, if any were."""
        from kpicli.services.history import later_records
        from kpicli.views.words.next_steps import later_text

        later = later_records(file, kpis, self.moment)
        return [later_text(*later, self.today)] if later else []

    def hints(self, file: DefinitionsFile, kpis: Sequence[Kpi]) -> list[str]:
        """That, or which records may be those of KPIs that have none, and how they become so."""
        from kpicli.services.history import unused_records

        return self.later_hint(file, kpis) or [
            f"{records.message}: {records.misfit.hint}"
            for records in unused_records(file, kpis, self.moment)
        ]

    @property
    def moment(self) -> Moment:
        """That day, and its end."""
        return moment(None if self.as_of is None else day_given("--as-of", self.as_of))


def _require_no_period(context: typer.Context, words: list[str] | None) -> list[str] | None:
    """Names of KPIs; raises `KpiError` for a period among them, with the option that it is for."""
    for word in words or ():
        if is_period(word):
            options = [name for option in context.command.params for name in option.opts]
            hint = f"--period {word}" if "--period" in options else "name a KPI, or none for all"
            raise KpiError(f"'{word}' is a period, not a KPI", hint=hint)
    return words


KpiIds = Annotated[
    list[str] | None,
    argument("[KPI]...", "Only these, by id or name.", callback=_require_no_period),
]


class FilterOptions(NamedTuple):
    """Which KPIs, by what their definitions say."""

    area: Annotated[Text, flag("AREA", "Only that area.")] = None
    owner: Annotated[Text, flag("OWNER", "Only that owner's.")] = None
    goal: Annotated[Text, flag("GOAL", "Only that goal's.")] = None

    def of(self, definitions: Definitions, ids: Iterable[str] | None) -> list[Kpi]:
        """Those of the KPIs that were named, or of all; raises `KpiError` where there is none."""
        from kpicli.evaluation.selection import select_kpis

        return select_kpis(definitions, ids or (), **self._asdict())


def is_period(text: str) -> bool:
    """Whether a text is the label of a period."""
    return or_none(recorded_period, text) is not None


def command(function: Callable[..., int]) -> Callable[..., int]:
    """A command whose parameters that are named tuples are flags of their own on the command line.

    As `FileOptions` is above: each field is a flag with its annotation and its default.
    """
    hints = get_type_hints(function, include_extras=True)
    groups = {name: kind for name, kind in hints.items() if hasattr(kind, "_field_defaults")}
    own = [
        parameter.replace(annotation=hints[name])
        for name, parameter in signature(function).parameters.items()
        if name not in groups
    ]
    flags = [
        Parameter(
            name,
            Parameter.KEYWORD_ONLY,
            default=kind._field_defaults[name],
            annotation=kind.__annotations__[name],
        )
        for kind in groups.values()
        for name in kind._fields
    ]

    @wraps(function)
    def parsed(**values: Any) -> int:
        tuples = {
            group: kind(**{name: values.pop(name) for name in kind._fields})
            for group, kind in groups.items()
        }
        return function(**values, **tuples)

    parameters = [one.replace(kind=Parameter.KEYWORD_ONLY) for one in own] + flags
    for one in parameters:
        (info, *_), is_switch = one.annotation.__metadata__, one.annotation.__origin__ is bool
        if is_switch and not info.param_decls:
            info.param_decls = (f"--{one.name.replace('_', '-')}",)
    parsed.__signature__ = signature(function).replace(parameters=parameters)  # type: ignore[attr-defined]
    parsed.__annotations__ = {one.name: one.annotation for one in parameters}
    return parsed
