"""What to say where an answer is empty, though the log has records."""

from collections.abc import Sequence

from kpicli.cli.options import DayOptions
from kpicli.model.kpi import Kpi
from kpicli.services.passed_over import later_records, unused_records
from kpicli.store.definitions.read import DefinitionsFile
from kpicli.views.words.next_steps import later_text


def later_hint(file: DefinitionsFile, kpis: Sequence[Kpi], day: DayOptions) -> list[str]:
    """That records of some KPIs were made after --as-of, if any were."""
    later = later_records(file, kpis, day.clock, day.until)
    return [later_text(later.number, later.period, day.today)] if later else []


def unused_hints(file: DefinitionsFile, kpis: Sequence[Kpi], day: DayOptions) -> list[str]:
    """Which records may be those of KPIs that have none, and how they become theirs."""
    return [
        f"{records.message}: {records.misfit.hint}"
        for records in unused_records(file, kpis, day.clock, day.until)
    ]
