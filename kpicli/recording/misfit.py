"""What stands in the log and counts for nothing: no definition has its KPI, or its period."""

from collections.abc import Iterator
from typing import NamedTuple

from kpicli.errors import KpiError
from kpicli.model.kpi import Definitions, Kpi
from kpicli.model.period import Period
from kpicli.model.scorecard import Scorecard
from kpicli.recording.draft import require_active, require_fitting, require_recorded
from kpicli.text import did_you_mean, safe


class Misfit(NamedTuple):
    """Why a record counts for nothing, which KPI may be meant, and what to do."""

    message: str
    hint: str
    meant: str = ""


class MisfitRecords(NamedTuple):
    """Records that count for nothing for one reason: of a known KPI, or of a name that none has."""

    kpi: Kpi | None
    periods: tuple[Period, ...]
    misfit: Misfit


def unknown_kpi(definitions: Definitions, id: str) -> Misfit:
    """What is said of an id that no definition has, nor had."""
    return Misfit(
        f"no definition has the KPI '{safe(id)}'",
        f'if it has another id now: formerly = ["{id}"]',
        did_you_mean(id, definitions.kpis),
    )


def misfit(kpi: Kpi, period: Period) -> Misfit | None:
    """Why it would not be recorded for that period; a definition may have changed since."""
    try:
        require_recorded(kpi)
        require_active(kpi, period)
        require_fitting(kpi, period)
    except KpiError as error:
        return Misfit(error.message, error.hint)
    return None


def misfits(scorecard: Scorecard) -> Iterator[MisfitRecords]:
    """By KPI and reason; what was taken back is nowhere, and so not stray."""
    definitions = scorecard.definitions
    for id, series in sorted(scorecard.series.items()):
        standing = sorted(at for at, record in series.records.items() if record.value is not None)
        kpi = definitions.kpis.get(id)
        if kpi is None and standing:
            yield MisfitRecords(None, tuple(standing), unknown_kpi(definitions, id))
        elif kpi:
            yield from _misfits(kpi, standing)


def _misfits(kpi: Kpi, standing: list[Period]) -> Iterator[MisfitRecords]:
    """What to do tells reasons apart, since a reason names its period."""
    by_hint: dict[str, list[tuple[Period, Misfit]]] = {}
    for period in standing:
        if why := misfit(kpi, period):
            by_hint.setdefault(why.hint, []).append((period, why))
    for pairs in by_hint.values():
        yield MisfitRecords(kpi, tuple(period for period, _ in pairs), pairs[0][1])
