"""All that a verb needs: the definitions, what was recorded, and the day it is judged on."""

from collections.abc import Callable, Mapping
from datetime import date

from kpicli.model.kpi import Definitions, Kpi
from kpicli.model.record import EMPTY_SERIES, Series
from kpicli.noun import NamedTuple


class Clock(NamedTuple):
    """Today, and the local day of an instant in the log: the only two things asked of a clock."""

    today: date
    day_of: Callable[[str], date]


class Scorecard(NamedTuple):
    """Definitions and series of one board, on one day."""

    definitions: Definitions
    series: Mapping[str, Series]
    clock: Clock

    def series_of(self, kpi: Kpi) -> Series:
        """What was recorded of a KPI, under any of its ids."""
        return self.series.get(kpi.id, EMPTY_SERIES)
