"""What stands in the log and counts for nothing: no definition has its KPI, or its period."""

from collections.abc import Collection, Iterable, Iterator

from kpicli.errors import KpiError
from kpicli.model.kpi import Definitions, Kpi
from kpicli.model.period import Period
from kpicli.model.scorecard import Scorecard
from kpicli.noun import NamedTuple
from kpicli.recording.draft import require_active, require_fitting, require_recorded
from kpicli.text import closest, did_you_mean, plural, safe


class Misfit(NamedTuple):
    """Why a record counts for nothing, which KPI may be meant, and what to do.

    What stands after the last period of a KPI `is_used` by longer periods and formulas.
    """

    message: str
    hint: str
    meant: str = ""
    is_used: bool = False


class MisfitRecords(NamedTuple):
    """Records that count for nothing for one reason: of a known KPI, or of a name that none has.

    In the latter case the KPI is one without records that may have had that name before, if any.
    """

    kpi: Kpi | None
    periods: tuple[Period, ...]
    misfit: Misfit
    is_renamed: bool = False

    @property
    def message(self) -> str:
        """How many records of which KPI there are, and why nothing uses them."""
        count = plural(len(self.periods), "record")
        if self.kpi is None:
            return f"{self.misfit.message}, and the log has {count} of it"
        if self.is_renamed:
            reason = f"{self.misfit.message}, and the log has {count} of it"
            return f"{self.kpi.id} has no records; {reason}"
        use = "longer periods and formulas alone use" if self.misfit.is_used else "nothing uses"
        return f"{self.kpi.name} has {count} in the log that {use}: {self.misfit.message}"


def unknown_kpi(definitions: Definitions, id: str, former: str = "") -> Misfit:
    """What is said of an id that no definition has; it may be the `former` one of a KPI."""
    message = f"no definition has the KPI '{safe(id)}'"
    if former:
        hint = f'formerly = ["{id}"] under [kpis.{former}] makes them its own'
        return Misfit(message, hint, former)
    advice = [did_you_mean(id, definitions.kpis), f'if it has another id now: formerly = ["{id}"]']
    kept = "if it is no longer kept: define it, with its last period as until"
    return Misfit(message, f"{' '.join(filter(None, advice))}; {kept}")


def former_ids(definitions: Definitions, recorded: Collection[str]) -> dict[str, str]:
    """By an id in the log that no definition has, the KPI without records that may have had it.

    That is the one whose id is closest, or the only one where there is one of each.
    """
    kpis = (kpi for kpi in definitions.kpis.values() if not kpi.formula)
    unrecorded = [kpi.id for kpi in kpis if kpi.id not in recorded]
    unknown = sorted(set(recorded) - definitions.kpis.keys())
    if len(unknown) == len(unrecorded) == 1:
        return {unknown[0]: unrecorded[0]}
    return {id: near for id in unknown if (near := closest(id, unrecorded))}


def misfit(kpi: Kpi, period: Period) -> Misfit | None:
    """Why it would not be recorded for that period; a definition may have changed since."""
    if not kpi.has_calendar_of(period):
        return _of_other_calendar(kpi, period)
    is_used = False
    try:
        require_recorded(kpi)
        require_fitting(kpi, period)
        is_used = True
        require_active(kpi, period)
    except KpiError as error:
        is_longer = period.frequency.rank > kpi.frequency.rank
        before = f'with frequency = "{period.frequency}" they count; else ' if is_longer else ""
        return Misfit(error.message, before + error.hint, is_used=is_used)
    return None


def _of_other_calendar(kpi: Kpi, period: Period) -> Misfit:
    """Years began in another month when it was recorded, or nobody had said in which."""
    noun = period.frequency.noun
    if kpi.calendar.is_fiscal:
        month = f"{kpi.calendar.first_month:02}"
        message = f"{period} is a calendar {noun}, and years here start in month {month}"
        return Misfit(message, "record the fiscal ones, and take these back: kpi retract")
    message = f"{period} is a fiscal {noun}, and the years of this board are not"
    return Misfit(message, 'say in which month years start, at the top: year_starts = "04"')


def misfits(scorecard: Scorecard) -> Iterator[MisfitRecords]:
    """By KPI and reason; what was taken back is nowhere, and so not stray."""
    definitions = scorecard.definitions
    recorded = {id for id, series in scorecard.series.items() if any(series.valued_periods)}
    former = former_ids(definitions, recorded)
    for id in sorted(recorded):
        periods = scorecard.series[id].valued_periods
        kpi = definitions.kpis.get(id)
        if kpi is None:
            reason = unknown_kpi(definitions, id, former.get(id, ""))
            renamed = definitions.kpis.get(reason.meant)
            at = tuple(sorted(periods))
            yield MisfitRecords(renamed, at, reason, is_renamed=renamed is not None)
        else:
            yield from _misfits(kpi, periods)


def _misfits(kpi: Kpi, standing: Iterable[Period]) -> Iterator[MisfitRecords]:
    """What to do tells reasons apart, since a reason names its period.

    Of a KPI that is kept no own period is looked at.
    """
    if not kpi.formula and kpi.until is None:
        own = kpi.frequency, kpi.calendar.of(kpi.frequency)
        standing = (period for period in standing if period[1:] != own)
    by_hint: dict[str, list[tuple[Period, Misfit]]] = {}
    for period in sorted(standing):
        if why := misfit(kpi, period):
            by_hint.setdefault(why.hint, []).append((period, why))
    for pairs in by_hint.values():
        yield MisfitRecords(kpi, tuple(period for period, _ in pairs), pairs[0][1])
