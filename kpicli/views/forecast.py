"""What is to come of one KPI: every step for machines, those of the near future for people."""

from kpicli.analysis.profile import Profile
from kpicli.model.scorecard import Scorecard
from kpicli.text import plural, shown
from kpicli.views.blocks import Table, View
from kpicli.views.show import Told


def forecast_view(scorecard: Scorecard, found: Profile, warnings: tuple[str, ...] = ()) -> View:
    """A row a period, with as many digits as are known of it."""
    to_come, kpi = Told(scorecard, found).to_come, found.kpi
    steps, _ = to_come.for_machines()
    read = (block for block in to_come.for_people() if isinstance(block, Table))
    heading = f"{shown(kpi.name)} · {plural(len(to_come.near), kpi.frequency.noun)} to come"
    return View("forecast", heading, (steps, *read), "", warnings)
