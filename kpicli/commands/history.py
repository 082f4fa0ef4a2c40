"""Show what was recorded: what stands, or every record."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated

from typer import Option

from kpicli.analysis.history import Entry, every_entry, standing_entries
from kpicli.analysis.reach import whole_reach
from kpicli.look import Look
from kpicli.model.kpi import Definitions, Kpi
from kpicli.model.period import Frequency, Period, named_period
from kpicli.options import KpiIds, When, Where, command
from kpicli.output import exit_code, say, show
from kpicli.store.scorecard import faults_of, load, reading_of
from kpicli.views.history import history_view

EXAMPLES = """\
kpi history
kpi history churn --period 2026
kpi history monthly_revenue --all
kpi history --format csv > actuals.csv
"""


@command
def run(
    kpis: KpiIds = None,
    *,
    period: Annotated[
        str | None,
        Option(metavar="PERIOD", help="Only what lies in it: 2026, 2026-Q4, 2026-11, current …"),
    ] = None,
    all: Annotated[  # noqa: A002 - the word of the flag
        bool, Option("--all", help="Every record: who, when, why, and what replaced it.")
    ] = False,
    where: Where,
    when: When,
    look: Look,
) -> int:
    """Show what was recorded: what stands, or with --all every record there ever was.

    The CSV of it is what kpi import reads.
    """
    file = where.definitions()
    definitions = file.definitions
    named = list(dict.fromkeys(definitions.kpi(id) for id in kpis or ()))
    first = whole_reach(definitions, [kpi.id for kpi in named]) if named else None
    spans = _Spans(definitions, period, when.today)
    if all:
        reading = reading_of(file)
        known = every_entry(reading.lines(first), definitions.ids, when.until)
        entries = _in_order(definitions, known, spans)
    else:
        loaded = load(file, when.clock, when.until, first)
        reading = loaded.reading
        wanted = named or definitions.kpis.values()
        entries = list(standing_entries(loaded.scorecard, wanted, spans.has))
    warnings = faults_of(reading)
    view = history_view(definitions, entries, when.clock, warnings, is_all=all)
    show(view, look.drawing(view), (file.path, *reading.paths))
    for line in (*warnings, *([] if entries else [_nothing(named, period)])):
        say(line)
    return exit_code(has_damage=bool(reading.damages))


class _Spans:
    """The period that was asked for, of each KPI's own length where it was named by a word."""

    def __init__(self, definitions: Definitions, text: str | None, today: date) -> None:
        self.definitions, self.text, self.today = definitions, text, today
        if text is not None:
            named_period(text, Frequency.MONTHLY, today)

    def has(self, id: str, period: Period) -> bool:
        """Whether a period of a KPI lies in it."""
        if self.text is None:
            return True
        kpi = self.definitions.kpis.get(id)
        frequency = kpi.frequency if kpi else Frequency.MONTHLY
        return named_period(self.text, frequency, self.today).contains(period)


def _in_order(
    definitions: Definitions, known: Mapping[str, Iterable[Entry]], spans: _Spans
) -> list[Entry]:
    """As in the definitions; what these do not have comes last."""
    strays = sorted(known.keys() - definitions.kpis.keys())
    return [
        entry
        for id in (*definitions.kpis, *strays)
        for entry in known.get(id, ())
        if spans.has(id, entry.record.period)
    ]


def _nothing(named: Iterable[Kpi], period: str | None) -> str:
    ids = [kpi.id for kpi in named]
    of = f" of {' or '.join(ids)}" if ids else ""
    when = f" in {period}" if period else ""
    return f"nothing recorded{of}{when}: kpi record {ids[0] if len(ids) == 1 else 'KPI'} VALUE"
