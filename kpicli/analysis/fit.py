"""Whether a period is one that a KPI is recorded for."""

from typing import NamedTuple

from kpicli.model.kpi import Kpi
from kpicli.model.period import Period


class Misfit(NamedTuple):
    """Why a KPI is not recorded for a period, and what is recorded instead."""

    message: str
    hint: str


def misfit(kpi: Kpi, period: Period) -> Misfit | None:
    """Nothing where it fits: an own period, or a part of one where a rollup adds parts up."""
    own = kpi.frequency
    if kpi.formula:
        message = f"{kpi.id} is computed by its formula, {kpi.formula.text}"
        return Misfit(message, "record its inputs instead")
    if kpi.is_retired(period):
        return Misfit(f"{kpi.id} is kept until {kpi.until} only", "change until to record it")
    if period.frequency is own:
        return None
    if period.frequency.rank > own.rank:
        message = f"{period} is longer than its frequency: {kpi.id} is {own}"
        return Misfit(message, f"record a {own.noun}, or a part of one")
    if not period.frequency.fits_into(own):
        message = f"{kpi.id} is {own}: weeks do not fit into {own.noun}s"
        return Misfit(message, f"record a {own.noun}, or a day of one")
    if kpi.rollup is None:
        message = f"{kpi.id} has no rollup, so {period} can't be a part of its {own.noun}"
        return Misfit(message, 'say in the definitions how parts add up: rollup = "sum"')
    return None
