"""One KPI: how it stands and why, what is usual, what is expected, and its latest periods."""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from kpicli.analysis.control_chart import ControlChart, Signal, since_rebase
from kpicli.analysis.profile import Profile
from kpicli.analysis.trend import Trend, TrendDirection
from kpicli.evaluation.history import HistoryEntry
from kpicli.evaluation.ledger import Ledger
from kpicli.evaluation.series import standing_notes
from kpicli.model.period import Period
from kpicli.noun import NamedTuple
from kpicli.stats.control_limits import (
    FEWEST_FOR_LIMITS,
    FEWEST_FOR_TRIAL,
    ChartAssumptions,
    ControlLimits,
)
from kpicli.stats.signal_runs import SignalRule
from kpicli.text import clipped, plural
from kpicli.views.kpi_chart import kpi_plot
from kpicli.views.kpi_forecast import Expectations
from kpicli.views.kpi_periods import periods_for_machines, periods_for_people
from kpicli.views.parts.cells import Prose
from kpicli.views.parts.evaluation_columns import STANDING, KpiStanding, shared, verdict
from kpicli.views.parts.notes import events_blocks, notes_for_machines, notes_for_people
from kpicli.views.parts.view import (
    Block,
    Column,
    Field,
    Fields,
    Table,
    View,
    attribute_columns,
    fields_of,
    table_of,
)
from kpicli.views.words.actuals import disagreement_text
from kpicli.views.words.behaviour import signal_text
from kpicli.views.words.definition import definition_fields, definition_keys, targets_table
from kpicli.views.words.numbers import NumberFormat
from kpicli.views.words.status_sentence import overdue_text, status_sentence

_NEWS = {None: "", True: ", for the better", False: ", for the worse"}


def show_view(scorecard: Ledger, profile: Profile, most: int, warnings: tuple[str, ...]) -> View:
    """All about it, its chart and its periods, of which people see `most` at most."""
    definitions, kpi = scorecard.definitions, profile.kpi
    detail = KpiDetail(scorecard, profile)
    standing = KpiStanding(
        NumberFormat(profile.latest, definitions), profile.trend, scorecard.clock.today
    )
    fields = (
        *definition_keys(definitions, kpi),
        Field("as_of", scorecard.clock.today.isoformat()),
        *fields_of((*shared("period"), *STANDING), standing),
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
    """One KPI in words, tables and a chart; numbers in columns have the same decimals."""

    def __init__(self, scorecard: Ledger, profile: Profile) -> None:
        self.scorecard, self.profile = scorecard, profile
        evaluations = (profile.latest, *profile.periods)
        targets = {id(each.target): each.target for each in evaluations}.values()
        places = [each.places for each in evaluations]
        self.places = max([*places, *[each.places for each in targets if each]])
        self.expectations = Expectations(profile, scorecard, self.places)

    def standing(self) -> Iterator[Field]:
        """How it stands, where it is going, what is usual and what is expected."""
        profile, latest = self.profile, self.profile.latest
        numbers = NumberFormat(latest, self.scorecard.definitions)
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


def forecast_view(scorecard: Ledger, profile: Profile, warnings: tuple[str, ...]) -> View:
    """The periods to come, a row each."""
    expectations, kpi = KpiDetail(scorecard, profile).expectations, profile.kpi
    forecast, _ = expectations.for_machines()
    tables = (block for block in expectations.for_people() if isinstance(block, Table))
    heading = f"{clipped(kpi.name)} · {expectations.heading}"
    return View("forecast", heading, (forecast, *tables), "", warnings)


class _LimitsRow(NamedTuple):
    since: Period
    limits: ControlLimits
    is_trial: bool
    assumptions: ChartAssumptions


class _SignalRow(NamedTuple):
    profile: Profile
    signal: Signal


_LIMITS: tuple[Column[_LimitsRow], ...] = (
    *attribute_columns("since"),
    *attribute_columns("low", "mean", "high", of="limits"),
    Column("trial", of=lambda row: row.is_trial),
    Column("width", of=lambda row: row.assumptions.width),
    Column("skewed", of=lambda row: bool(row.assumptions.skewness)),
    Column("autocorrelated", of=lambda row: bool(row.assumptions.correlation)),
)
_SIGNALS: tuple[Column[_SignalRow], ...] = (
    *attribute_columns("rule", of="signal"),
    Column("side", of=lambda row: "above" if row.signal.is_above else "below"),
    *attribute_columns("first", "last", of="signal"),
    Column("count", of=lambda row: row.signal.size),
    Column("favourable", of=lambda row: row.signal.is_favourable),
    *attribute_columns("as_before", of="signal"),
    Column("holds", of=lambda row: row.signal in row.profile.chart.latest),
    Column("news", of=lambda row: row.signal.is_news),
    Column("text", of=lambda row: signal_text(row.signal, row.profile.kpi)),
)


def trend_text(trend: Trend, chart: ControlChart) -> str:
    """`up, for the better`, `flat: no more movement than usual`."""
    if trend.move is not TrendDirection.FLAT:
        return f"{trend.move}{_NEWS[trend.is_favourable]}"
    if chart.has_trend_signal:
        return "flat of late, after a long move for the better"
    runs = [signal for signal in chart.latest if signal.rule is SignalRule.RUN]
    if runs:
        return f"flat: it stays {'above' if runs[0].is_above else 'below'} average"
    return "flat, but for its signals" if chart.latest else "flat: no more movement than usual"


def signals_text(profile: Profile) -> str:
    """The signals that hold, or that there is none, and what their limits are worth."""
    kpi, chart = profile.kpi, profile.chart
    count, noun = len(since_rebase(kpi, profile.observations)), kpi.frequency.noun
    if count < FEWEST_FOR_TRIAL:
        return f"too few {noun}s to tell what is usual: {count} of {FEWEST_FOR_TRIAL}"
    if chart.has_trend_signal and profile.trend.is_favourable is not False:
        usual = "nothing unusual for a long move for the better"
    elif profile.trend.move in {None, TrendDirection.FLAT}:
        usual = "nothing unusual: within its usual range"
    else:
        usual = f"no {noun} is unusual by itself"
    texts = [f"{signal_text(signal, kpi)}{_NEWS[signal.is_favourable]}" for signal in chart.telling]
    text = "; ".join(texts) or usual
    trial = f"provisional limits: {count} of {plural(FEWEST_FOR_LIMITS, noun)}"
    remarks = [trial] if chart.is_trial else list(_width_text(chart.assumptions[-1]))
    return " ".join((text, *(f"({remark})" for remark in remarks)))


def _width_text(assumptions: ChartAssumptions) -> Iterator[str]:
    """`limits 1.4 times as wide: each value leans on the one before, by the variance ratio`."""
    reasons = []
    if assumptions.correlation:
        reasons.append("each value leans on the one before, by the variance ratio")
    if assumptions.skewness:
        reasons.append("values are skewed, by D'Agostino's test")
    if reasons:
        yield f"limits {float(assumptions.width):.1f} times as wide: {', and '.join(reasons)}"


def limits_table(profile: Profile) -> Table:
    """The natural limits, and after each known change those from there on; for machines."""
    chart = profile.chart
    moments = zip(profile.observations, chart.limits, chart.assumptions, strict=True)
    rows = []
    for (limits, assumptions), run in groupby(moments, key=itemgetter(1, 2)):
        periods = [observation.period for observation, *_ in run]
        if limits:
            is_trial = len(periods) < FEWEST_FOR_LIMITS
            rows.append(_LimitsRow(periods[0], limits, is_trial, assumptions))
    return table_of("limits", _LIMITS, rows, is_aside=True)


def signals_table(profile: Profile) -> Table:
    """Every signal of the past, oldest first; for machines."""
    rows = (_SignalRow(profile, signal) for signal in profile.chart.signals)
    return table_of("signals", _SIGNALS, rows, is_aside=True)
