"""What a table gives to the definitions: the source that reads it so again, and its targets."""

import os
import re
from collections.abc import Mapping
from typing import Any

from kpicli.environment import cache_folder
from kpicli.model.frequency import Frequency
from kpicli.model.kpi import Kpi
from kpicli.model.period import Period
from kpicli.model.source import DateReading, Layout
from kpicli.recording.table_reading import TableReading, schedule_of, target_of
from kpicli.services.import_ import Intake
from kpicli.sources._grid import GridLine
from kpicli.sources._survey import Survey
from kpicli.store.definitions.append import extend, extended
from kpicli.store.definitions.read import DefinitionsFile
from kpicli.text import folded

_NO_ID = re.compile(r"[^a-z0-9]+")

Schedules = Mapping[str, Mapping[str, str]]
"""Targets by KPI, and then by the period from which each is in force."""


def source_block(intake: Intake) -> dict[str, dict[str, Any]]:
    """The source by its id, read as the first table was."""
    path = intake.paths[0]
    return {_source_id(path): _source_keys(intake, intake.surveys[0], path)}


def _source_id(path: str) -> str:
    """An id made of the name of a file: `omsetning_2026` for `Omsetning 2026.csv.gz`."""
    stem = os.path.basename(path).split(".")[0]
    id = _NO_ID.sub("_", folded(stem)).strip("_")[:40]
    return id if id[:1].isalpha() else f"table_{id}".rstrip("_")


def _source_keys(intake: Intake, survey: Survey, path: str) -> dict[str, Any]:
    """The keys of that source, those that were asked for among them."""
    mapping = survey.mapping
    keys = dict(intake.source.keys)
    if path != "-":
        keys["file"] = path
    keys |= {"columns": dict(mapping.columns), "layout": str(mapping.layout)}
    keys |= mapping.grid.settings
    if mapping.header.first > 1:
        keys["skip"] = mapping.header.first - 1
    if mapping.only:
        keys["kpi"] = mapping.only
    marks = set(survey.marks.values())
    if len(marks) == 1:
        keys["decimal"] = marks.pop()
    dates = [str(survey.labels.first)] if survey.labels.first else []
    if intake.batch.label and not intake.are_dates_open:
        dates.insert(0, str(DateReading.OWN if intake.are_labels else DateReading.DAYS))
    return keys | ({"dates": ", ".join(dates)} if dates else {})


def table_reading(intake: Intake, survey: Survey) -> TableReading:
    """What there is to say of it."""
    mapping = survey.mapping
    return TableReading(
        name=mapping.grid.shown,
        layout=mapping.layout,
        rows=survey.rows,
        header=mapping.header.first,
        remarks=mapping.grid.remarks,
        columns=mapping.columns,
        periods=tuple(
            f"{mapping.name(each.place)} = {survey.labels[mapping.name(each.place)]}"
            for each in mapping.values
        )
        if mapping.layout is Layout.ACROSS
        else (),
        marks=() if mapping.is_own else tuple(sorted(set(survey.marks.values()))),
        above=tuple(map(_text, mapping.above)),
        below=tuple(map(_text, survey.around)),
        passed_over=mapping.passed_over,
        empty=intake.empty,
        label=intake.batch.label if intake.are_labels else None,
    )


def _text(line: GridLine) -> str:
    """What a line begins with."""
    return next((text for cell in line.cells if (text := cell.strip())), "")


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
