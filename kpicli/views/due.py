"""Who has to record what, and until when."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from kpicli.analysis.awaited import AwaitedActual, AwaitedState
from kpicli.model.kpi import Definitions
from kpicli.model.period import period_list
from kpicli.noun import NamedTuple
from kpicli.text import clipped, plural
from kpicli.views.parts.cells import Items, Prose
from kpicli.views.parts.view import (
    Column,
    Field,
    Note,
    View,
    attribute_columns,
    board_head,
    table_of,
)


def _text(actual: AwaitedActual) -> str:
    """`Overdue: record Churn 2026-10 (Ann)`, as an entry of a calendar says it."""
    verb = "pull" if actual.is_pulled else "record"
    late = f"Overdue: {verb}" if actual.state is AwaitedState.OVERDUE else verb.capitalize()
    owner = f" ({clipped(actual.kpi.owner)})" if actual.kpi.owner else ""
    return f"{late} {clipped(actual.kpi.name)} {actual.period}{owner}"


def _advice(actual: AwaitedActual) -> str:
    if actual.is_pulled:
        return f"kpi pull {actual.kpi.id}"
    return f"kpi record {actual.kpi.id} VALUE --period {actual.period}"


_COLUMNS: tuple[Column[AwaitedActual], ...] = (
    *attribute_columns(*("id", "name", "area", "goal", "owner", "source", "frequency"), of="kpi"),
    *attribute_columns("period"),
    Column("last_day", of=lambda row: row.last_day.isoformat()),
    *attribute_columns("state"),
    Column("pulled", of=lambda row: row.is_pulled),
    Column("reason", of=lambda row: row.damage or None),
    Column("text", of=_text),
    Column("advice", of=_advice),
)


class _Row(NamedTuple):
    """All that is awaited of a KPI and is as urgent, the oldest first."""

    actuals: Sequence[AwaitedActual]
    as_of: date

    @property
    def first(self) -> AwaitedActual:
        return self.actuals[0]

    def state(self) -> Prose:
        """How late it is or how soon it is due, and what else has to be known of it."""
        first = self.first
        days = (first.last_day - self.as_of).days
        in_time = "due today" if days == 0 else f"due in {plural(days, 'day')}"
        texts = {
            AwaitedState.OVERDUE: f"overdue by {plural(-days, 'day')}",
            AwaitedState.DUE: in_time if days >= 0 else "due",
            AwaitedState.COMING: f"ends {first.period.end - timedelta(days=1)}",
        }
        remarks = ["never recorded"] if first.is_first else []
        remarks += ["comes by kpi pull"] if first.is_pulled else []
        remarks += [actual.damage for actual in self.actuals if actual.damage]
        return Prose(", ".join([texts[first.state], *remarks]))


_PEOPLE: tuple[Column[_Row], ...] = (
    Column("", "KPI", lambda row: row.first.kpi.name, is_brief=True),
    Column(
        "", "Period", lambda row: period_list(each.period for each in row.actuals), is_brief=True
    ),
    Column("", "Owner", lambda row: row.first.kpi.owner, rank=1),
    Column("", "Until", lambda row: row.first.last_day.isoformat(), rank=2),
    Column("", "State", _Row.state, is_brief=True),
)


def due_view(
    definitions: Definitions,
    actuals: Sequence[AwaitedActual],
    as_of: date,
    *,
    days: int | None,
    pulled: Sequence[str] = (),
    warnings: tuple[str, ...] = (),
) -> View:
    """For machines a row a period, for people a row a KPI; in the order in which they are given.

    `pulled` are the ids of those that `kpi pull` fetches, `days` is how far ahead was looked.
    """
    rows: dict[tuple[str, AwaitedState], list[AwaitedActual]] = {}
    for actual in actuals:
        rows.setdefault((actual.kpi.id, actual.state), []).append(actual)
    more = Field("within_days", days), Field("pulled_kpis", Items(tuple(pulled)))
    head = board_head(definitions, as_of, *more)
    heading = " · ".join(filter(None, (clipped(definitions.title), "due")))
    table = table_of("due", _COLUMNS, actuals)
    if not actuals:
        horizon = "" if days is None else f", or will be within {plural(days, 'day')}"
        nothing = Note(f"nothing is due{horizon}{_by_pull(pulled)}")
        return View("due", "", (head, table, nothing), "", warnings)
    people = table_of("kpis", _PEOPLE, [_Row(row, as_of) for row in rows.values()], is_aside=True)
    footer = _footer(actuals) + _by_pull(pulled)
    return View("due", heading, (head, table, people.without_empty()), footer, warnings)


def _footer(actuals: Sequence[AwaitedActual]) -> str:
    """`2 overdue, 1 due, 3 coming: kpi record asks for each`."""
    counts = Counter(actual.state for actual in actuals)
    text = ", ".join(f"{counts[state]:,} {state}" for state in AwaitedState if counts[state])
    is_asked = any(
        actual.state is not AwaitedState.COMING and not actual.is_pulled for actual in actuals
    )
    return f"{text}: kpi record asks for each" if is_asked else text


def _by_pull(pulled: Sequence[str]) -> str:
    """How many KPIs nobody has to record."""
    return f"; {plural(len(pulled), 'KPI')} by kpi pull" if pulled else ""
