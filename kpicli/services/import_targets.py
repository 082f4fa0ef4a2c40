"""The targets that a table has beside its actuals: found, and added to the definitions."""

from collections.abc import Mapping

from kpicli.environment import cache_folder
from kpicli.model.frequency import Frequency
from kpicli.model.kpi import Kpi
from kpicli.model.period import Period
from kpicli.recording.target_column import schedule_of, target_of
from kpicli.services.import_ import Intake
from kpicli.store.definitions.append import extend, extended
from kpicli.store.definitions.read import DefinitionsFile

Schedules = Mapping[str, Mapping[str, str]]
"""Targets by KPI, and then by the period from which each is in force."""


def schedules(intake: Intake) -> Schedules:
    """Those of the tables, where they are not in force already."""
    definitions = intake.file.definitions
    found: dict[str, Mapping[str, str]] = {}
    for id, cells in intake.targets.items():
        kpi = definitions.kpis[id]
        pairs = [
            (_own(intake, kpi, cell.period), target_of(kpi, cell, definitions)) for cell in cells
        ]
        if schedule := schedule_of(kpi, pairs, definitions):
            found[id] = schedule
    return found


def _own(intake: Intake, kpi: Kpi, period: Period) -> Period:
    is_label = intake.are_labels and period.frequency is Frequency.DAILY
    return kpi.period_of(period.start) if is_label else period


def is_without_target(intake: Intake, id: str) -> bool:
    """Whether a KPI has none yet, of its own or by default."""
    return not intake.file.definitions.kpis[id].keys & {"target", "targets"}


def add_targets(file: DefinitionsFile, new: Schedules) -> None:
    """Put them at the end of the file, whole or not at all; nothing in front of them changes."""

    def composed(content: bytes) -> bytes:
        return extended(file.path, content, {"targets": new}, cache_folder())[0]

    extend(file.path, composed)
