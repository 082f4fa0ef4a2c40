"""What an answer is without though the log has it: records made later, or under another id."""

from collections.abc import Iterable
from typing import NamedTuple

from kpicli.evaluation.lookback import full_lookback
from kpicli.model.kpi import Kpi
from kpicli.model.period import Period, recorded_period
from kpicli.model.record import Clock
from kpicli.recording.misfit import MisfitRecords, misfits
from kpicli.services.load import load_board, log_of
from kpicli.store.definitions.read import DefinitionsFile


class LaterRecords(NamedTuple):
    """How many records were made after a day, and the latest of their periods that had begun."""

    number: int
    period: Period


def later_records(
    file: DefinitionsFile, kpis: Iterable[Kpi], clock: Clock, until: str
) -> LaterRecords | None:
    """Those of some KPIs and their inputs that were made at the instant `until` or later."""
    definitions = file.definitions
    ids = {part.id for kpi in kpis for part in definitions.with_inputs(kpi)}
    lines = log_of(file).lines(full_lookback(definitions, ids)) if until else ()
    labels = [line.period for line in lines if line.at >= until and not line.about]
    if not labels:
        return None
    periods = [recorded_period(label, definitions.calendar) for label in labels]
    begun = [period for period in periods if period.has_begun(clock.today)]
    return LaterRecords(len(labels), max(begun or periods, key=lambda period: period.end))


def unused_records(
    file: DefinitionsFile, kpis: Iterable[Kpi], clock: Clock, until: str
) -> list[MisfitRecords]:
    """Records that may be those of KPIs that have none, under another id or of another length."""
    ids = {kpi.id for kpi in kpis}
    scorecard = load_board(file, clock, until).scorecard
    return [records for records in misfits(scorecard) if records.kpi and records.kpi.id in ids]
