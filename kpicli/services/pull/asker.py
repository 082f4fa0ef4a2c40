"""Asks the sources of a board: databases, programs, addresses and files, each in its own way."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import TYPE_CHECKING

from kpicli.errors import KpiError, ManyErrors
from kpicli.model.kpi import Definitions
from kpicli.model.scorecard import Clock
from kpicli.model.source import Source, parameters
from kpicli.recording.pulled import Question
from kpicli.services.pull.ask import Ask, Value, command_parameters, printed_answer, values_of
from kpicli.services.pull.secrets import Secrets
from kpicli.sources._cell_text import Answer, Query
from kpicli.sources._deadline import TimedOutError, stop_all
from kpicli.sources._input import SourceInput, read_inputs, unzipped

if TYPE_CHECKING:
    from kpicli.services.pull.table import TableInput


class Asker:
    """Asks the questions of a board: relative paths begin in its folder.

    A table is read once, for all of its KPIs, which one thread asks for.
    """

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
        self._is_stopped = False
        self._databases = ExitStack()
        self._idle: dict[str, list[Query]] = {id: [] for id in definitions.sources}
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

    def close(self) -> None:
        """Leave all databases, once nothing is asked any more."""
        self._databases.close()

    def stop(self) -> None:
        """End all that is under way, and ask nothing more."""
        self._is_stopped = True
        stop_all()

    def _without_secrets(self, question: Question, error: KpiError) -> KpiError:
        hide = self.secrets.hide
        place = f"{error.where}: " if error.where else ""
        return KpiError(hide(place + error.message), where=question.kpi.id, hint=hide(error.hint))

    def _values(self, question: Question) -> Iterator[Value | KpiError]:
        kpi, source = question.kpi, question.source
        if question.is_table and source:
            yield from self._table_values(question, source)
            return
        used = command_parameters(kpi.command) or parameters(kpi.query or "")
        if source and source.prometheus and not kpi.command:
            used = frozenset({"period"})
        with self._asking(question) as ask:
            yield from values_of(kpi, question.periods, ask, used, self.clock)

    def _table_values(self, question: Question, source: Source) -> Iterator[Value | KpiError]:
        """What a table has of the periods and of parts of them; without any a period is empty."""
        table = self._table(source, question.seconds)
        yield from table[""]
        values = table.get(question.kpi.id, ())
        for value in values:
            if isinstance(value, KpiError) or question.covers(value.period):
                yield value
        if not table[""] and not any(isinstance(value, KpiError) for value in values):
            covered = {
                question.kpi.period_with(value.period)
                for value in values
                if isinstance(value, Value)
            }
            for period in question.periods:
                if period not in covered:
                    yield Value(question.kpi, period, None)

    @contextmanager
    def _asking(self, question: Question) -> Iterator[Ask]:
        """A program or a database to ask about some days."""
        kpi, source, seconds = question.kpi, question.source, question.seconds
        if kpi.command or source is None:
            yield lambda values: printed_answer(self._printed(kpi.command, values, seconds))
            return
        with self._database(source, seconds) as ask:
            yield lambda values: ask(kpi.query or "", values)

    def _printed(self, words: Sequence[str], values: Mapping[str, object], seconds: float) -> bytes:
        from kpicli.sources.command import run

        self._require_going()
        return run(words, values, self.folder, seconds)

    @contextmanager
    def _database(self, source: Source, seconds: float) -> Iterator[Query]:
        """A database to ask, or a server that takes queries: one that is idle, else another one."""
        idle = self._idle[source.id]
        try:
            database = idle.pop()
        except IndexError:
            database = self._databases.enter_context(self._connection(source, seconds))
        is_usable = True

        def ask(query: str, values: Mapping[str, object]) -> Answer:
            nonlocal is_usable
            self._require_going()
            try:
                return database(query, values)
            except TimedOutError:
                is_usable = False
                raise

        yield ask
        if is_usable:
            idle.append(database)

    def _connection(self, source: Source, seconds: float) -> AbstractContextManager[Query]:
        if source.prometheus:
            from kpicli.sources import prometheus

            url, headers = self.secrets.fill(source.prometheus), self._headers(source)
            return prometheus.connect(url, headers, seconds)
        url = self.secrets.fill(source.url or "")
        if url.startswith("sqlite:"):
            from kpicli.sources.sqlite import connect
        else:
            from kpicli.sources.sql import connect
        return connect(url, seconds, self.folder)

    def _require_going(self) -> None:
        if self._is_stopped:
            raise KpiError("stopped", hint="run it again")

    def _headers(self, source: Source) -> Mapping[str, str]:
        return {name: self.secrets.fill(text) for name, text in source.headers.items()}

    def _table(self, source: Source, seconds: float) -> Mapping[str, Sequence[Value | KpiError]]:
        """Read when it is first asked for; after that it is the same, or the same failure."""
        from kpicli.services.pull.table import table_values

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

    def _inputs(self, source: Source, seconds: float) -> "list[TableInput]":
        from kpicli.services.pull import table as tables

        if source.file:
            return list(map(tables.file_input, read_inputs(None, source.file, self.folder)))
        if source.query:
            with self._database(source, seconds) as ask:
                return [tables.answer_input(ask(source.query, self.days))]
        if source.command:
            output = self._printed(source.command, self.days, seconds)
            return [tables.file_input(unzipped(SourceInput(source.id, source.id, output)))]
        from kpicli.sources.https import get

        url = self.secrets.fill(source.url or "")
        content = get(url, self._headers(source), seconds)
        if table := tables.json_input(content, "" if source.combination else source.rows or ""):
            return [table]
        return [tables.file_input(SourceInput(url.partition("?")[0], source.id, content))]


def _days(questions: Sequence[Question]) -> Mapping[str, object]:
    """The days that all questions are about, half-open, for a source that is asked once."""
    periods = [period for question in questions for period in question.periods]
    if not periods:
        return {}
    first, last = min(period.start for period in periods), max(period.end for period in periods)
    return {"start": first, "end": last, "period": f"{first}..{last}"}
