"""One KPI: how it stands and why, what is usual, what is expected, and its latest periods."""

from collections.abc import Iterator

from kpicli.analysis.profile import Profile
from kpicli.evaluation.ledger import Ledger
from kpicli.text import clipped, plural
from kpicli.views.kpi_behaviour import limits_table, signals_table, signals_text, trend_text
from kpicli.views.kpi_chart import kpi_plot
from kpicli.views.kpi_forecast import Expectations
from kpicli.views.kpi_periods import periods_for_machines, periods_for_people
from kpicli.views.parts.cells import Prose
from kpicli.views.parts.evaluation_columns import PERIOD, STANDING, KpiStanding, verdict
from kpicli.views.parts.view import Block, Field, Fields, Table, View, fields_of
from kpicli.views.words.definition import definition_fields, definition_keys, targets_table
from kpicli.views.words.numbers import NumberFormat
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
    )
    return View("show", f"{clipped(kpi.name)} · {profile.latest.period}", blocks, "", warnings)


class KpiDetail:
    """One KPI in words, tables and a chart, all numbers with the same decimals."""

    def __init__(self, scorecard: Ledger, profile: Profile) -> None:
        self.scorecard, self.profile, definitions = scorecard, profile, scorecard.definitions
        evaluations = (profile.latest, *profile.periods)
        self.places = max(
            NumberFormat(evaluation, definitions).places for evaluation in evaluations
        )
        self.expectations = Expectations(profile, scorecard, self.places)

    def standing(self) -> Iterator[Field]:
        """How it stands, where it is going, what is usual and what is expected."""
        profile, latest = self.profile, self.profile.latest
        numbers = NumberFormat(latest, self.scorecard.definitions, self.places)
        yield Field("", verdict(latest, f": {status_sentence(numbers)}"), "Status")
        if latest.is_overdue:
            yield Field("", Prose(overdue_text(self.scorecard, latest)), "Overdue")
        if profile.trend.move is not None:
            yield Field("", Prose(trend_text(profile.trend)), "Trend")
        yield Field("", Prose(signals_text(profile)), "Signals")
        yield Field("", Prose(self.expectations.sentence()), "Forecast")

    def periods(self, most: int) -> Iterator[Block]:
        """Its chart, and the tables of the latest periods and of those to come."""
        decimal = self.scorecard.definitions.decimal
        plot = kpi_plot(self.profile, self.expectations.near, decimal.value)
        yield from [plot] if plot else []
        yield from periods_for_people(self.scorecard, self.profile, most, self.places)
        yield from self.expectations.for_people()


def forecast_view(scorecard: Ledger, profile: Profile, warnings: tuple[str, ...] = ()) -> View:
    """The periods to come, a row each."""
    expectations, kpi = KpiDetail(scorecard, profile).expectations, profile.kpi
    forecast, _ = expectations.for_machines()
    tables = (block for block in expectations.for_people() if isinstance(block, Table))
    count = plural(len(expectations.near), kpi.frequency.noun)
    heading = f"{clipped(kpi.name)} · {count} to come"
    return View("forecast", heading, (forecast, *tables), "", warnings)
