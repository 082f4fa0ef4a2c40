"""What a program gets: how KPIs stand, and what it recorded, as rows with remarks on that."""

from collections.abc import Iterator, Sequence
from contextlib import suppress

from kpicli.analysis.analysis_ledger import AnalysisLedger
from kpicli.analysis.profile import profile
from kpicli.analysis.trend import trends
from kpicli.api.rows import Contribution, Expected, Rows, Standing, rows
from kpicli.environment import Moment
from kpicli.errors import KpiError
from kpicli.evaluation.evaluate import Evaluation
from kpicli.evaluation.ledger import Ledger
from kpicli.evaluation.lookback import full_lookback
from kpicli.evaluation.selection import grouped_rows
from kpicli.model.kpi import Kpi
from kpicli.model.record import Record
from kpicli.recording.draft import own_note
from kpicli.recording.plausibility import concerns, is_unchanged, with_records
from kpicli.services.drivers import DriversQuery, drivers_of_kpi
from kpicli.services.load import Loaded, load_board
from kpicli.services.record import Decide, Recording, remarks
from kpicli.store.definitions.read import DefinitionsFile
from kpicli.views.drivers import drivers_view
from kpicli.views.kpi_detail import forecast_view
from kpicli.views.status import status_view
from kpicli.views.words.recording import (
    consent_hint,
    doubt_question,
    note_text,
    replace_question,
    unchanged_text,
)

_CHARTED_PERIODS = 24  # of its own periods that a forecast is told with, as `kpi show` charts them


def status_rows(
    scorecard: Ledger, evaluations: Sequence[Evaluation], warnings: tuple[str, ...]
) -> Rows[Standing]:
    """How the KPIs stand, as rows."""
    groups = grouped_rows(scorecard.definitions, evaluations, "file", None)
    going = trends(scorecard, evaluations)
    return rows(Standing, status_view(scorecard, groups, going, warnings=warnings), "kpis")


def decide_actual(kpi: Kpi, draft: Record, *, is_agreed: bool, may_replace: bool) -> Decide:
    """Nothing where it stands already; what is doubtful is refused unless somebody has agreed."""

    def decide(loaded: Loaded, _is_again: bool) -> Sequence[Record]:  # noqa: FBT001 - as it is called
        if is_unchanged(loaded.scorecard, draft):
            return ()
        doubts = concerns(loaded.scorecard, kpi, draft)
        if doubts.needs_consent(may_replace=may_replace) and not is_agreed:
            hint = consent_hint([doubts], "{}=True")
            raise KpiError(doubt_question(loaded.scorecard, kpi, draft, doubts), hint=hint)
        return (draft,)

    return decide


def decide_note(kpi: Kpi, draft: Record, *, may_replace: bool) -> Decide:
    """Nothing where it stands already; a note in place of another one wants a word."""

    def decide(loaded: Loaded, _is_again: bool) -> Sequence[Record]:  # noqa: FBT001 - as it is called
        old = own_note(loaded.scorecard, draft)
        if old == draft.note:
            return ()
        if old and not may_replace:
            raise KpiError(replace_question(kpi, draft, old), hint="agree with replace=True")
        return (draft,)

    return decide


def after_actual(recording: Recording, kpi: Kpi, draft: Record) -> Rows[Standing]:
    """How the KPI stands in the own period that was recorded, or a part of it."""
    unchanged = unchanged_text(recording.loaded.scorecard, kpi, draft) if not recording.at else ""
    return _after(recording, kpi, draft, unchanged)


def after_note(recording: Recording, kpi: Kpi, draft: Record) -> Rows[Standing]:
    """How the KPI stands in the own period that the note is on, or a part of it."""
    unchanged = note_text(kpi, draft, is_new=False) if not recording.at else ""
    return _after(recording, kpi, draft, unchanged)


def _after(recording: Recording, kpi: Kpi, draft: Record, unchanged: str) -> Rows[Standing]:
    after = with_records(recording.loaded.scorecard, recording.records)
    own = kpi.period_with(draft.period)
    remark_lines = (unchanged,) if unchanged else tuple(_remarks(recording))
    return status_rows(
        after, [after.evaluate(kpi, own)], (*recording.loaded.warnings, *remark_lines)
    )


def _remarks(recording: Recording) -> Iterator[str]:
    with suppress(OSError):  # it is recorded, whatever can be found out about the log now
        yield from remarks(recording.loaded, recording.at, recording.records)


def forecast_rows(file: DefinitionsFile, moment: Moment, kpi: Kpi) -> Rows[Expected]:
    """The periods to come; raises `KpiError` with the reason where nothing can be said of them."""
    lookback = full_lookback(file.definitions, file.definitions.with_inputs(kpi))
    loaded = load_board(file, moment, lookback)
    kpi_profile = profile(AnalysisLedger.of(loaded.scorecard), kpi, _CHARTED_PERIODS)
    if kpi_profile.forecast.reason:
        message = f"{kpi.id}: no forecast: {kpi_profile.forecast.reason}"
        raise KpiError(message, hint=f"kpi show {kpi.id} says what is known of it")
    return rows(Expected, forecast_view(loaded.scorecard, kpi_profile, loaded.warnings), "forecast")


def driver_rows(
    file: DefinitionsFile, moment: Moment, kpi: Kpi, query: DriversQuery
) -> Rows[Contribution]:
    """What each input of its formula did to it; raises `KpiError` where it has none."""
    loaded, drivers = drivers_of_kpi(file, moment, kpi, query)
    view = drivers_view(loaded.scorecard, drivers, query.against, loaded.warnings)
    return rows(Contribution, view, "drivers")
