"""All that a verb needs: the definitions, what was recorded, and the day it is judged on."""

from collections.abc import Mapping

from kpicli.model.kpi import Definitions, Kpi
from kpicli.model.record import EMPTY_SERIES, Clock, Series
from kpicli.noun import NamedTuple


class Scorecard(NamedTuple):
    """Definitions and series of one board, on one day."""

    definitions: Definitions
    series: Mapping[str, Series]
    clock: Clock

    def series_of(self, kpi: Kpi) -> Series:
        """What was recorded of a KPI, under any of its ids."""
        return self.series.get(kpi.id, EMPTY_SERIES)
