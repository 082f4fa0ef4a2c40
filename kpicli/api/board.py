"""The board of a definitions file and its log, for programs."""

import os
from collections.abc import Iterable
from dataclasses import dataclass

from kpicli.analysis.awaited import awaited_actuals
from kpicli.api import answers, arguments
from kpicli.api.arguments import Day, Label, Value, ids, label, moment_of, number_text
from kpicli.api.rows import Awaited, Contribution, Expected, Recorded, Rows, Standing, rows
from kpicli.environment import Moment, cache_folder, days_given, named_file
from kpicli.errors import KpiError
from kpicli.evaluation.history import PeriodFilter
from kpicli.evaluation.lookback import full_lookback
from kpicli.evaluation.period_query import PeriodQuery, evaluation_requests
from kpicli.evaluation.selection import select_kpis
from kpicli.model.frequency import Frequency
from kpicli.plugins import choice
from kpicli.recording.draft import draft_record, note_draft, note_period
from kpicli.recording.pulled import is_pulled
from kpicli.services import history
from kpicli.services import load as scorecard
from kpicli.services.drivers import DriversQuery
from kpicli.services.load import evaluate_board
from kpicli.services.record import checked_note, load_to_record, record, writer
from kpicli.store.definitions import read as definitions
from kpicli.store.definitions.committed import definitions_on
from kpicli.store.definitions.read import DefinitionsFile
from kpicli.text import safe
from kpicli.views.due import due_view
from kpicli.views.history import history_view


def load(path: str | bytes | os.PathLike[str] | None = None) -> "Board":
    """The board of a definitions file, or of the `kpis.toml` of a folder.

    Without a path it is the one that the command takes: $KPI_FILE, else the nearest from the
    current folder upwards. Raises `KpiError` with every fault of the file and its line.
    """
    if path is None:
        file = definitions.find(named_file(), os.curdir)
    else:
        arguments.require_type("path", path, str | bytes | os.PathLike)
        name = os.fsdecode(path)
        file = os.path.join(name, definitions.NAME) if os.path.isdir(name) else name
    return Board(definitions.load_definitions(file, cache_folder()))


@dataclass(frozen=True, slots=True, repr=False)
class Board:
    """What is measured, and all that was recorded of it.

    The definitions are those that were loaded; the log is read anew by every call, so that what
    others record is seen. Every method raises `KpiError` where the command would refuse.
    """

    _file: DefinitionsFile

    @property
    def path(self) -> str:
        """The definitions file."""
        return self._file.path

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of its KPIs, in file order."""
        return tuple(self._file.definitions.kpis)

    def __repr__(self) -> str:
        return f"<Board {safe(self.path)}: {len(self.ids)} KPIs>"

    def _repr_html_(self) -> str:
        """What a notebook shows: how everything stands."""
        return self.status()._repr_html_()

    @arguments.type_checked
    def status(
        self,
        period: Label | None = None,
        *,
        kpis: str | Iterable[str] = (),
        area: str | None = None,
        owner: str | None = None,
        goal: str | None = None,
        frequency: str | None = None,
        as_of: Day | None = None,
    ) -> Rows[Standing]:
        """Every KPI against its target, or those that are asked for; see `kpi status --help`.

        Without a period it is the latest of each that has an actual. `as_of` is the day on which,
        and by what had been recorded by then, it is judged.
        """
        file, moment = self._on(as_of)
        length = None if frequency is None else Frequency(choice("frequency", frequency, Frequency))
        query = PeriodQuery(label(period), length)
        if query.has_two_lengths(moment.clock.today):
            hint = "give one of the two; 'current' and 'last' go with any frequency"
            raise KpiError(f"{safe(str(period))} is not {length}", hint=hint)
        selected = select_kpis(file.definitions, ids(kpis), area=area, owner=owner, goal=goal)
        requests = evaluation_requests(selected, query, moment.clock.today)
        board = evaluate_board(file, moment, requests)
        return answers.status_rows(board.scorecard, board.evaluations, board.loaded.warnings)

    @arguments.type_checked
    def history(
        self,
        kpis: str | Iterable[str] = (),
        *,
        period: Label | None = None,
        all: bool = False,  # noqa: A002 - the word of the flag
        as_of: Day | None = None,
    ) -> Rows[Recorded]:
        """What stands in the log; `all` is every record, and what each was replaced by."""
        file, moment = self._on(as_of)
        definitions = file.definitions
        subjects = tuple(dict.fromkeys(definitions.kpi(id) for id in ids(kpis)))
        within = PeriodFilter(definitions, label(period), moment.clock.today)
        query = history.HistoryQuery(file, subjects, within, moment)
        answer = history.whole_history(query) if all else history.standing_history(query)
        warnings = (*file.warnings, *scorecard.warnings_of(answer.log))
        whole, shortened = (
            history_view(definitions, answer.entries, moment.clock, warnings, is_all=is_all)
            for is_all in (True, all)
        )
        return rows(Recorded, whole, "records", shortened)

    @arguments.type_checked
    def forecast(self, id: str, *, as_of: Day | None = None) -> Rows[Expected]:
        """The periods to come of one KPI, from the first after its latest actual.

        Raises `KpiError` with the reason where nothing can be said of them.
        """
        file, moment = self._on(as_of)
        return answers.forecast_rows(file, moment, file.definitions.kpi(id))

    @arguments.type_checked
    def drivers(
        self,
        id: str,
        *,
        period: Label | None = None,
        against: str = "previous",
        depth: int | None = None,
        as_of: Day | None = None,
    ) -> Rows[Contribution]:
        """How much of a KPI's change each input of its formula made, the largest first.

        `against` is previous, year or target, `depth` how many formulas deep. Raises `KpiError`
        where it has no formula.
        """
        file, moment = self._on(as_of)
        query = DriversQuery(label(period), against, depth)
        return answers.driver_rows(file, moment, file.definitions.kpi(id), query)

    @arguments.type_checked
    def due(
        self,
        kpis: str | Iterable[str] = (),
        *,
        within: int | None = None,
        area: str | None = None,
        owner: str | None = None,
        goal: str | None = None,
        as_of: Day | None = None,
    ) -> Rows[Awaited]:
        """What people have to record, and until when; `within` so many days also what ends then."""
        days = None if within is None else days_given("within", str(within))
        file, moment = self._on(as_of)
        selected = select_kpis(file.definitions, ids(kpis), area=area, owner=owner, goal=goal)
        today = moment.clock.today
        board = evaluate_board(file, moment, evaluation_requests(selected, PeriodQuery(), today))
        pulled = [kpi.id for kpi in selected if is_pulled(file.definitions, kpi)]
        actuals = awaited_actuals(board.scorecard, selected, pulled, days)
        warnings = board.loaded.warnings
        view = due_view(
            file.definitions, actuals, today, days=days, pulled=pulled, warnings=warnings
        )
        return rows(Awaited, view, "due")

    def _on(self, as_of: Day | None) -> tuple[DefinitionsFile, Moment]:
        """The definitions of a day, and its end: of a past one in git as they were committed."""
        moment = moment_of(as_of)
        if not moment.until or moment.clock.today >= moment_of(None).clock.today:
            return self._file, moment
        return definitions_on(self._file, moment.until, cache_folder()), moment

    @arguments.type_checked
    def record(
        self,
        id: str,
        value: Value,
        *,
        period: Label | None = None,
        note: str = "",
        by: str | None = None,
        replace: bool = False,
        fractions: bool = False,
        yes: bool = False,
        trust_log: bool = False,
    ) -> Rows[Standing]:
        """Record what was measured, and answer how its KPI stands then.

        Without a period it is for the last closed one. Text is read as it is typed, `"480k"`,
        `"3.2%"`, and `"n/a"` where there is nothing to measure; a float is refused. It is durable
        when this returns, and where this raises a `KpiError` nothing was recorded, but for
        `kpicli.errors.OutcomeUnknownError`; a `KeyboardInterrupt` may come once it is there. A
        value in place of another one wants `replace=True`, one that looks odd `yes=True`;
        `fractions` makes 2.1% of 0.021. A value that stands already is not recorded again. A log
        outside the folder of the definitions, or definitions of somebody else, want
        `trust_log=True` once.
        """
        note, by = checked_note(note), writer(by, "by")
        kpi = self._file.definitions.kpi(id)
        lookback = full_lookback(self._file.definitions, [kpi])
        loaded = load_to_record(self._file, lookback, agree=lambda _: trust_log)
        shown_mark = self._file.definitions.shown_mark
        draft = draft_record(
            loaded.scorecard,
            kpi,
            number_text(value, shown_mark),
            label(period),
            are_fractions=fractions,
            mark=None if isinstance(value, str) else shown_mark,
        )._replace(by=by, note=note)
        decide = answers.decide_actual(kpi, draft, is_agreed=yes, may_replace=replace)
        recording = record(loaded, decide, by=by, is_final=yes)
        return answers.after_actual(recording, kpi, draft)

    @arguments.type_checked
    def note(
        self,
        id: str,
        text: str,
        *,
        period: Label | None = None,
        by: str | None = None,
        replace: bool = False,
        trust_log: bool = False,
    ) -> Rows[Standing]:
        """Write a note on a KPI and a period, else its last closed one; `""` takes yours back.

        A note in place of your own wants `replace=True`; otherwise as `record`.
        """
        kpi, clock = self._file.definitions.kpi(id), moment_of(None).clock
        span = note_period(kpi, label(period), clock)
        draft = note_draft(kpi.id, span, checked_note(text), writer(by, "by"))
        lookback = full_lookback(self._file.definitions, [kpi])
        loaded = load_to_record(self._file, lookback, agree=lambda _: trust_log)
        decide = answers.decide_note(kpi, draft, may_replace=replace)
        return answers.after_note(record(loaded, decide, by=draft.by, is_final=replace), kpi, draft)
