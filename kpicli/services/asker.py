"""Asks the sources of a board: databases, programs, addresses and files, each in its own way."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from threading import Lock

from kpicli.errors import KpiError, ManyErrors
from kpicli.model.kpi import Definitions
from kpicli.model.record import Clock
from kpicli.model.source import Source
from kpicli.recording.pulled import Question
from kpicli.services.ask import (
    Secrets,
    Value,
    command_parameters,
    printed_answer,
    query_parameters,
    values_of,
)
from kpicli.sources._answer import Answer
from kpicli.sources._input import SourceInput, read_inputs


class Asker:
    """Asks the questions of a board: relative paths begin in its folder, tables are read once."""

    def __init__(
        self,
        definitions: Definitions,
        clock: Clock,
        folder: str,
        environment: Mapping[str, str],
        questions: Sequence[Question],
    ) -> None:
        self.definitions, self.clock, self.folder = definitions, clock, folder
        self.secrets = Secrets(environment)
        self.days = _days(questions)
        self._locks = {id: Lock() for id in definitions.sources}
        self._tables: dict[str, Mapping[str, Sequence[Value | KpiError]] | KpiError] = {}

    def values(self, question: Question) -> list[Value | KpiError]:
        """All that one source answers for one KPI; nothing that it says holds a secret."""
        try:
            values = list(self._values(question))
        except ManyErrors as errors:
            values = list(errors.errors)
        except KpiError as error:
            values = [error]
        return [
            value if isinstance(value, Value) else self._without_secrets(question, value)
            for value in values
        ]

    def _without_secrets(self, question: Question, error: KpiError) -> KpiError:
        hide = self.secrets.hide
        place = f"{error.where}: " if error.where else ""
        return KpiError(hide(place + error.message), where=question.kpi.id, hint=hide(error.hint))

    def _values(self, question: Question) -> Iterator[Value | KpiError]:
        kpi, source = question.kpi, question.source
        if kpi.command:
            used = command_parameters(kpi.command)
            yield from values_of(kpi, question.periods, self._program(question), used)
        elif source and kpi.query:
            used = query_parameters(kpi.query)
            if source.prometheus:
                used = frozenset({"period"})
            ask = self._database(source, kpi.query, question.seconds)
            yield from values_of(kpi, question.periods, ask, used)
        elif source:
            table = self._table(source, question.seconds)
            yield from table[""]
            for value in table.get(kpi.id, ()):
                if isinstance(value, KpiError) or value.period in question.periods:
                    yield value

    def _program(self, question: Question) -> Callable[[Mapping[str, object]], Answer]:
        def ask(values: Mapping[str, object]) -> Answer:
            from kpicli.sources.command import run

            output = run(question.kpi.command, values, self.folder, question.seconds)
            return printed_answer(output)

        return ask

    def _database(
        self, source: Source, query: str, seconds: float
    ) -> Callable[[Mapping[str, object]], Answer]:
        def ask(values: Mapping[str, object]) -> Answer:
            if source.prometheus:
                from kpicli.sources import prometheus

                url = self.secrets.fill(source.prometheus)
                return prometheus.ask(url, query, values, self._headers(source), seconds)
            url = self.secrets.fill(source.url or "")
            if url.startswith("sqlite:"):
                from kpicli.sources import sqlite

                return sqlite.ask(url, query, values, seconds, self.folder)
            from kpicli.sources import sql

            return sql.ask(url, query, values, seconds)

        return ask

    def _headers(self, source: Source) -> Mapping[str, str]:
        return {name: self.secrets.fill(text) for name, text in source.headers.items()}

    def _table(self, source: Source, seconds: float) -> Mapping[str, Sequence[Value | KpiError]]:
        """Read by whoever asks first; the others wait, and get the same or the same failure."""
        from kpicli.services.pull_table import table_values

        with self._locks[source.id]:
            if source.id not in self._tables:
                try:
                    inputs = self._inputs(source, seconds)
                    table = table_values(self.definitions, source, inputs, self.clock)
                    self._tables[source.id] = table
                except KpiError as error:
                    self._tables[source.id] = error
        table_or_error = self._tables[source.id]
        if isinstance(table_or_error, KpiError):
            raise table_or_error
        return table_or_error

    def _inputs(self, source: Source, seconds: float) -> list[SourceInput]:
        """The content of its tables."""
        from kpicli.services import pull_table

        if source.file:
            return read_inputs(None, source.file, self.folder)
        if source.query:
            answer = self._database(source, source.query, seconds)(self.days)
            return [pull_table.answer_input(answer)]
        if source.command:
            from kpicli.sources.command import run

            output = run(source.command, self.days, self.folder, seconds)
            return [SourceInput(f"{source.id}.csv", source.id, output)]
        from kpicli.sources.https import get

        url = self.secrets.fill(source.url or "")
        content = get(url, self._headers(source), seconds)
        if content.lstrip()[:1] in {b"[", b"{"} and b"\n{" not in content.strip():
            return [pull_table.json_input(content, source.rows or "")]
        return [SourceInput(url.partition("?")[0], source.id, content)]


def _days(questions: Sequence[Question]) -> Mapping[str, object]:
    """The days that all questions are about, half-open, for a source that is asked once."""
    periods = [period for question in questions for period in question.periods]
    if not periods:
        return {}
    first, last = min(period.start for period in periods), max(period.end for period in periods)
    return {"start": first, "end": last, "period": f"{first}..{last}"}
