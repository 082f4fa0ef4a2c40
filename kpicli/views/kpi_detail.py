"""One KPI: how it stands and why, what is usual, what is expected, and its latest periods."""

from collections.abc import Iterator

from kpicli.analysis.profile import Profile
from kpicli.model.scorecard import Scorecard
from kpicli.text import plural, shown
from kpicli.views.kpi_behaviour import limits_table, signals_table, signals_text, trend_text
from kpicli.views.kpi_chart import kpi_plot
from kpicli.views.kpi_forecast import Expectations
from kpicli.views.kpi_periods import periods_for_machines, periods_for_people
from kpicli.views.parts.cells import Prose, Verdict
from kpicli.views.parts.view import Block, Field, Fields, Table, View
from kpicli.views.words.definition import definition_fields, definition_keys, targets_table
from kpicli.views.words.numbers import NumberFormat
from kpicli.views.words.status_sentence import overdue_text, status_sentence


def show_view(
    scorecard: Scorecard,
    found: Profile,
    most: int,
    warnings: tuple[str, ...] = (),
) -> View:
    """What is said of it, its chart and its periods, of which people see `most` at most."""
    definitions = scorecard.definitions
    told = KpiDetail(scorecard, found)
    blocks: tuple[Block, ...] = (
        Fields(
            (
                *definition_keys(definitions, found.kpi),
                *_keys(scorecard, found),
                *told.standing(),
                *definition_fields(definitions, found.kpi),
            )
        ),
        targets_table(found.kpi, definitions.decimal.value),
        limits_table(found),
        signals_table(found),
        *told.to_come.for_machines(),
        periods_for_machines(scorecard, found),
        *told.periods(most),
    )
    return View("show", f"{shown(found.kpi.name)} · {found.latest.period}", blocks, "", warnings)


class KpiDetail:
    """What people are told of one KPI, all numbers with the same decimals."""

    def __init__(self, scorecard: Scorecard, found: Profile) -> None:
        self.scorecard, self.found, definitions = scorecard, found, scorecard.definitions
        known = (found.latest, *found.periods)
        self.places = max(NumberFormat(each, definitions).places for each in known)
        self.to_come = Expectations(found, scorecard, self.places)

    def standing(self) -> Iterator[Field]:
        """How it stands, where it is going, what is usual and what is expected."""
        yield from _said(self.scorecard, self.found, self.places)
        yield Field("", Prose(self.to_come.words()), "Forecast")

    def periods(self, most: int) -> Iterator[Block]:
        """Its chart, and the tables of the latest periods and of those to come."""
        near, decimal = self.to_come.near, self.scorecard.definitions.decimal
        plot = kpi_plot(self.found, near, decimal.value)
        yield from [plot] if plot else []
        yield from periods_for_people(self.scorecard, self.found, most, self.places)
        yield from self.to_come.for_people()


def _keys(scorecard: Scorecard, found: Profile) -> Iterator[Field]:
    """How it stands, under the names that the table of all KPIs has for that."""
    one = found.latest
    numbers, target = NumberFormat(one, scorecard.definitions), one.target
    is_range = target is not None and target.high is not None
    yield Field("as_of", scorecard.clock.today.isoformat())
    yield Field("period", one.period)
    yield Field("target", target.number if target and not is_range else None)
    yield Field("target_low", target.number if target and is_range else None)
    yield Field("target_high", target.high if target else None)
    yield Field(
        "target_text", (numbers.target_in_force() if one.end else numbers.target(target)) or None
    )
    yield Field("due", one.due.number if one.due and not is_range else None)
    yield Field("actual", one.actual)
    yield Field("variance", one.variance)
    yield Field("favourable", one.is_favourable)
    yield Field("status", one.status)
    yield Field("to_date", one.is_to_date)
    yield Field("overdue", one.is_overdue)
    yield Field("reason", one.reason or None)
    yield Field("trend", found.trend.move)
    yield Field("trend_favourable", found.trend.is_favourable)
    yield Field("age_days", found.latest.age(scorecard.clock.today))


def _said(scorecard: Scorecard, found: Profile, places: int) -> Iterator[Field]:
    """The same in words."""
    one = found.latest
    said = status_sentence(NumberFormat(one, scorecard.definitions, places))
    yield Field("", Verdict(one.status, f": {said}"), "Status")
    if one.is_overdue:
        yield Field("", Prose(overdue_text(scorecard, one)), "Overdue")
    if found.trend.move is not None:
        yield Field("", Prose(trend_text(found.trend)), "Trend")
    yield Field("", Prose(signals_text(found)), "Signals")


def forecast_view(scorecard: Scorecard, found: Profile, warnings: tuple[str, ...] = ()) -> View:
    """A row a period, with as many digits as are known of it."""
    to_come, kpi = KpiDetail(scorecard, found).to_come, found.kpi
    steps, _ = to_come.for_machines()
    read = (block for block in to_come.for_people() if isinstance(block, Table))
    heading = f"{shown(kpi.name)} · {plural(len(to_come.near), kpi.frequency.noun)} to come"
    return View("forecast", heading, (steps, *read), "", warnings)
