"""A scorecard out of definitions in TOML and records in words, without a file or a clock."""

import tomllib
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from kpicli.analysis.analysis_ledger import AnalysisLedger
from kpicli.evaluation.evaluate import Evaluation
from kpicli.evaluation.series import newest_lines, series_by_kpi
from kpicli.model.build.definitions import build
from kpicli.model.calendar import PLAIN, Calendar
from kpicli.model.kpi import Definitions
from kpicli.model.log_issue import IssueKind, LogIssue, LostRecord
from kpicli.model.number import json_number
from kpicli.model.period import read_period, recorded_period
from kpicli.model.record import LogLine
from kpicli.model.scorecard import Clock

TODAY = "2026-11-05"


def board(
    toml: str, *records: str, today: str = TODAY, damages: Iterable[LogIssue] = ()
) -> AnalysisLedger:
    """The scorecard of a sound file and of records such as `revenue 2026-10 480000 on 2026-11-02`.

    Where a record does not say on which day it was made, that is the first day after its period,
    or today where that is earlier. `none` as its value takes the actual back, `n/a` says that there
    is nothing to measure. The lines are packed, as those of a long log; what commands read is not.
    """
    definitions = defined(toml)
    calendar = definitions.calendar
    lines = [line(record, number, today, calendar) for number, record in enumerate(records, 1)]
    newest, ids = newest_lines(lines, definitions.ids, many=1), definitions.ids
    found = series_by_kpi(newest, damages, ids, calendar=calendar)
    return AnalysisLedger(definitions, found, Clock(date.fromisoformat(today), day_of))


def defined(toml: str) -> Definitions:
    """The definitions of a file in which nothing is wrong."""
    found, faults = build(tomllib.loads(toml, parse_float=Decimal))
    assert [(fault.path, fault.message) for fault in faults] == []
    return found


def line(record: str, number: int = 1, today: str = TODAY, calendar: Calendar = PLAIN) -> LogLine:
    """The line of the log that a record in words stands for."""
    kpi, label, value, *when = record.split()
    day = when[1] if when else min(recorded_period(label, calendar).end.isoformat(), today)
    noon = f"{day}T12:00:00.{number:06}Z"
    is_skip = value == "n/a"
    digits = "null" if value == "none" or is_skip else value
    id = f"{number:016x}"
    return LogLine(kpi, label, noon, id, digits, number=number, file="kpis.jsonl", skip=is_skip)


def damage(pair: str, number: int = 1, day: str = "") -> LogIssue:
    """A damaged line of the log that still shows its KPI and period: `revenue 2026-10`."""
    kpi, label = pair.split()
    at = f"{day}T12:00:00.000000Z" if day else ""
    lost = (LostRecord(kpi, read_period(label), at),)
    return LogIssue(IssueKind.DAMAGED, "kpis.jsonl", number, "not a JSON object", lost=lost)


def day_of(at: str) -> date:
    """The day of an instant where the clocks show UTC."""
    return date.fromisoformat(at[:10])


def judged(scorecard: AnalysisLedger, id: str, period: str) -> Evaluation:
    """One KPI in one period."""
    kpi = scorecard.definitions.kpis[id]
    return scorecard.evaluate(kpi, read_period(period, kpi.calendar))


def latest(scorecard: AnalysisLedger, id: str) -> Evaluation:
    """One KPI in the period that is shown where none is asked for."""
    return scorecard.latest(scorecard.definitions.kpis[id])


def told(one: Evaluation) -> str:
    """What has been found, in one line: `2026-11 at_risk 480000 (-20000)`, `no_data: why`."""
    words = [str(one.period), str(one.status)]
    words += [json_number(one.actual)] if one.actual is not None else []
    words += [f"({json_number(one.variance)})"] if one.variance is not None else []
    words += [f"of {json_number(one.due.number)}"] if one.due else []
    words += ["overdue"] if one.is_overdue else []
    return " ".join(words) + (f": {one.reason}" if one.reason else "")
