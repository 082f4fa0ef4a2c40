"""One KPI: how it stands and why, what is usual, what is expected, and its latest periods."""

from collections.abc import Iterator

from kpicli.analysis.profile import Profile
from kpicli.evaluation.history import HistoryEntry
from kpicli.evaluation.ledger import Ledger
from kpicli.evaluation.series import standing_notes
from kpicli.model.period import Period
from kpicli.text import clipped
from kpicli.views.kpi_behaviour import limits_table, signals_table, signals_text, trend_text
from kpicli.views.kpi_chart import kpi_plot
from kpicli.views.kpi_forecast import Expectations
from kpicli.views.kpi_periods import periods_for_machines, periods_for_people
from kpicli.views.parts.cells import Prose
from kpicli.views.parts.evaluation_columns import PERIOD, STANDING, KpiStanding, verdict
from kpicli.views.parts.notes import events_blocks, notes_for_machines, notes_for_people
from kpicli.views.parts.view import Block, Field, Fields, Table, View, fields_of
from kpicli.views.words.actuals import disagreement_text
from kpicli.views.words.definition import definition_fields, definition_keys, targets_table
from kpicli.views.words.numbers import NumberFormat, computed_places
from kpicli.views.words.status_sentence import overdue_text, status_sentence


def show_view(
    scorecard: Ledger, profile: Profile, most: int, warnings: tuple[str, ...] = ()
) -> View:
    """All about it, its chart and its periods, of which people see `most` at most."""
    definitions, kpi = scorecard.definitions, profile.kpi
    detail = KpiDetail(scorecard, profile)
    standing = KpiStanding(
        NumberFormat(profile.latest, definitions), profile.trend, scorecard.clock.today
    )
    fields = (
        *definition_keys(definitions, kpi),
        Field("as_of", scorecard.clock.today.isoformat()),
        *fields_of((PERIOD, *STANDING), standing),
        *detail.standing(),
        *definition_fields(definitions, kpi),
    )
    blocks: tuple[Block, ...] = (
        Fields(fields),
        targets_table(kpi, definitions.decimal.value),
        limits_table(profile),
        signals_table(profile),
        *detail.expectations.for_machines(),
        periods_for_machines(scorecard, profile),
        *detail.periods(most),
        notes_for_machines(detail.notes()),
        *notes_for_people(definitions, detail.earlier_notes(most), scorecard.clock),
        *events_blocks(definitions.events, detail.shown_periods()),
    )
    return View("show", f"{clipped(kpi.name)} · {profile.latest.period}", blocks, "", warnings)


class KpiDetail:
    """One KPI in words, tables and a chart, all numbers with the same decimals."""

    def __init__(self, scorecard: Ledger, profile: Profile) -> None:
        self.scorecard, self.profile = scorecard, profile
        evaluations = (profile.latest, *profile.periods)
        self.places = max(map(computed_places, evaluations))
        self.expectations = Expectations(profile, scorecard, self.places)

    def standing(self) -> Iterator[Field]:
        """How it stands, where it is going, what is usual and what is expected."""
        profile, latest = self.profile, self.profile.latest
        numbers = NumberFormat(latest, self.scorecard.definitions, self.places)
        yield Field("", verdict(latest, f": {status_sentence(numbers)}"), "Status")
        if latest.is_overdue:
            yield Field("", Prose(overdue_text(self.scorecard, latest)), "Overdue")
        series = self.scorecard.series_of(profile.kpi)
        if text := disagreement_text(self.scorecard.definitions, series):
            yield Field("disagreement", Prose(text), "Disagreement")
        if profile.trend.move is not None:
            yield Field("", Prose(trend_text(profile.trend, profile.chart)), "Trend")
        yield Field("", Prose(signals_text(profile)), "Signals")
        yield Field("", Prose(self.expectations.sentence()), "Forecast")

    def notes(self) -> list[HistoryEntry]:
        """The notes on it, in order of time."""
        return [HistoryEntry(note) for note in standing_notes(self.scorecard, self.profile.kpi)]

    def earlier_notes(self, most: int) -> list[HistoryEntry]:
        """Those that stand in no row of its latest periods."""
        rows = [row.period for row in self.profile.periods[:most]]
        return [
            note
            for note in self.notes()
            if not any(period.contains(note.record.period) for period in rows)
        ]

    def shown_periods(self) -> Iterator[Period]:
        """Those of its chart, and those to come."""
        yield from (row.period for row in self.profile.periods)
        yield from (step.period for step in self.expectations.drawn)

    def periods(self, most: int) -> Iterator[Block]:
        """Its chart, and the tables of the latest periods and of those to come."""
        plot = kpi_plot(self.profile, self.expectations.drawn, self.scorecard.definitions)
        yield from [plot] if plot else []
        yield from periods_for_people(self.scorecard, self.profile, most, self.places)
        yield from self.expectations.for_people()


def forecast_view(scorecard: Ledger, profile: Profile, warnings: tuple[str, ...] = ()) -> View:
    """The periods to come, a row each."""
    expectations, kpi = KpiDetail(scorecard, profile).expectations, profile.kpi
    forecast, _ = expectations.for_machines()
    tables = (block for block in expectations.for_people() if isinstance(block, Table))
    heading = f"{clipped(kpi.name)} · {expectations.heading}"
    return View("forecast", heading, (forecast, *tables), "", warnings)
