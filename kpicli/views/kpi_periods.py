"""The latest periods of one KPI, newest first: actual, target, and how they stood."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from kpicli.analysis.observations import kpi_zone
from kpicli.analysis.profile import Profile, standing_records
from kpicli.evaluation.evaluate import Evaluation
from kpicli.evaluation.ledger import Ledger
from kpicli.evaluation.series import standing_notes
from kpicli.model.kpi import Kpi
from kpicli.model.record import Record
from kpicli.model.status import Status
from kpicli.noun import NamedTuple
from kpicli.stats.control_limits import ControlLimits
from kpicli.text import plural
from kpicli.views.parts.cells import Items, Verdict
from kpicli.views.parts.evaluation_columns import TARGET, shared, variance_cell, verdict
from kpicli.views.parts.view import Block, Column, Note, Table, attribute_columns, table_of
from kpicli.views.words.actuals import passed_over
from kpicli.views.words.behaviour import signal_text
from kpicli.views.words.numbers import NumberFormat


class _Row(NamedTuple):
    """A period, its target in words, the records that stand for it, and the notes on it."""

    profile: Profile
    numbers: NumberFormat
    target: str
    records: Sequence[Record]
    notes: Sequence[Record]

    @property
    def evaluation(self) -> Evaluation:
        return self.numbers.evaluation

    @property
    def limits(self) -> ControlLimits | None:
        return self.profile.limits.get(self.evaluation.period)

    @property
    def by(self) -> str | None:
        """Who recorded it: of several each name once."""
        return ", ".join(dict.fromkeys(each.by for each in self.records if each.by)) or None

    @property
    def note(self) -> str | None:
        """What was noted: each text once."""
        texts = [each.note for each in (*self.records, *self.notes) if each.note]
        return "; ".join(dict.fromkeys(texts)) or None

    def at_risk(self) -> tuple[Fraction | None, Fraction | None]:
        """Where what is at risk ends below the target and above it."""
        if self.evaluation.target is None:
            return None, None
        zone = kpi_zone(self.evaluation.kpi, self.evaluation.target)
        return zone.at_risk_low, zone.at_risk_high

    def signals(self) -> Items:
        period, kpi = self.evaluation.period, self.evaluation.kpi
        return Items(
            tuple(
                signal_text(signal, kpi)
                for signal in self.profile.chart.signals
                if signal.first <= period <= signal.last
            )
        )


def _target_or_due(row: _Row) -> str | None:
    due = row.evaluation.due
    return f"{row.numbers.target(due)} due" if due else row.target or None


def _verdict(row: _Row) -> Verdict:
    """The status and its reason; the row names the period already."""
    evaluation = row.evaluation
    remark = ", to date" if evaluation.is_to_date else ""
    remark += "" if evaluation.is_skip else passed_over(evaluation.skipped)
    is_plain = evaluation.status is Status.NO_TARGET or evaluation.is_skip
    if evaluation.reason and not is_plain:
        remark += f": {evaluation.reason.removesuffix(f' for {evaluation.period}')}"
    return verdict(evaluation, remark)


_MACHINE_COLUMNS: tuple[Column[_Row], ...] = (
    *(*shared("period", "actual"), *TARGET),
    Column("at_risk_low", of=lambda row: row.at_risk()[0]),
    Column("at_risk_high", of=lambda row: row.at_risk()[1]),
    Column("limit_low", of=lambda row: row.limits.low if row.limits else None),
    Column("mean", of=lambda row: row.limits.mean if row.limits else None),
    Column("limit_high", of=lambda row: row.limits.high if row.limits else None),
    *shared("due", "variance", "favourable", "status", "to_date", "reason"),
    Column("signals", of=_Row.signals),
    *attribute_columns("by", "note"),
)
_COLUMNS: tuple[Column[_Row], ...] = (
    Column("", "Period", lambda row: row.evaluation.period, is_brief=True),
    Column("", "Actual", lambda row: row.numbers.actual(), is_number=True, is_brief=True),
    Column("", "Target", _target_or_due, is_number=True),
    Column("", "Variance", variance_cell, rank=1, is_number=True),
    Column("", "Status", _verdict, is_brief=True),
    Column("", "Note", lambda row: row.note, rank=2),
)


def _rows(
    scorecard: Ledger, profile: Profile, evaluations: Sequence[Evaluation], places: int = 0
) -> Iterator[_Row]:
    last, text = None, ""
    for evaluation in evaluations:
        numbers = NumberFormat(evaluation, scorecard.definitions, places)
        if evaluation.target is not last:  # most have that of the one before
            last, text = evaluation.target, numbers.target(evaluation.target)
        place = scorecard, evaluation.kpi, evaluation.period
        yield _Row(profile, numbers, text, standing_records(*place), standing_notes(*place))


def periods_for_machines(scorecard: Ledger, profile: Profile) -> Table:
    """With the edges of target and tolerance, the natural limits, who recorded it and why."""
    rows = _rows(scorecard, profile, profile.periods)
    return table_of("periods", _MACHINE_COLUMNS, rows)


def periods_for_people(
    scorecard: Ledger, profile: Profile, most: int, places: int
) -> tuple[Block, ...]:
    """The latest of them beneath a heading, all numbers with the same decimals."""
    evaluations = profile.periods[:most]
    if not evaluations:
        return ()
    rows = _rows(scorecard, profile, evaluations, places)
    heading = Note(latest_text(profile.kpi, len(evaluations)), is_heading=True)
    return heading, table_of("latest", _COLUMNS, rows, is_aside=True).without_empty()


def latest_text(kpi: Kpi, count: int) -> str:
    """`Latest 12 months`, `Latest month`."""
    noun = kpi.frequency.noun
    return f"Latest {noun}" if count == 1 else f"Latest {plural(count, noun)}"
