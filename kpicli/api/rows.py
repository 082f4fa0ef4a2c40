"""Answers for programs: typed rows in a sequence that prints itself, and shows itself as a page."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, TypeVar, overload

from kpicli.analysis.awaited import AwaitedState
from kpicli.analysis.trend import TrendDirection
from kpicli.model.frequency import Frequency
from kpicli.model.number import to_decimal
from kpicli.model.status import Status
from kpicli.model.target import Direction
from kpicli.noun import NamedTuple
from kpicli.views.parts.cells import Cell, Items, Verdict, machine_value
from kpicli.views.parts.view import Table, View

Exact = Annotated[Decimal | None, "digits as typed; computed ones rounded half up at 12 decimals"]
"""A number in the unit of its KPI. Annotated, so that polars takes its scale from the values."""


class Standing(NamedTuple):
    """How one KPI stands in a period, as in `kpi status --json`.

    `target_low` and `target_high` are the edges of a range, `due` the part of the target that has
    elapsed; `variance` is actual − target (or due), of percentages in points. `missing` are the own
    periods that are overdue, `skipped` those that are not applicable, of all that the actual is of;
    `age_days` counts from the end of the period.
    """

    id: str
    name: str
    area: str | None
    goal: str | None
    owner: str | None
    supports: str | None
    frequency: Frequency
    period: str
    unit: str | None
    direction: Direction | None
    target: Exact
    target_low: Exact
    target_high: Exact
    target_text: str | None
    due: Exact
    actual: Exact
    variance: Exact
    favourable: bool | None
    status: Status
    to_date: bool
    overdue: bool
    missing: tuple[str, ...]
    skipped: tuple[str, ...]
    reason: str | None
    trend: TrendDirection | None
    trend_favourable: bool | None
    age_days: int


class Awaited(NamedTuple):
    """One actual that is to be recorded, as in `kpi due --json`.

    `last_day` is the last day in time, `2026-11-05`; `state` is overdue, due or coming; `pulled`
    says that kpi pull fetches it; `reason` is the damage that hides what was recorded.
    """

    id: str
    name: str
    area: str | None
    goal: str | None
    owner: str | None
    source: str | None
    frequency: Frequency
    period: str
    last_day: str
    state: AwaitedState
    pulled: bool
    reason: str | None
    text: str
    advice: str


class Recorded(NamedTuple):
    """One record of the log, as in `kpi history --all --json`.

    A value of `None` took the actual back, or with `skip` says that there is nothing to measure.
    `at` is UTC, `2026-11-02T08:15:30.123456Z`; `source` is what kpi pull took it from;
    `replaces` are the ids of the records that stood then, `none` or `unknown`; `replaced_by` is the
    id of the record that came after.
    """

    kpi: str
    period: str
    value: Exact
    unit: str | None
    at: str
    by: str | None
    note: str | None
    skip: bool
    replaces: str | None
    source: str | None
    id: str
    replaced_by: str | None


class Expected(NamedTuple):
    """One period to come, as under `forecast` in `kpi show --json`.

    80 and 95 percent of outcomes lie between `low` and `high`; `met` and `off` are the chances, of
    1, that the target is met, and that it is missed by more than the tolerance.
    """

    period: str
    point: Exact
    low_80: Exact
    high_80: Exact
    low_95: Exact
    high_95: Exact
    target: Exact
    target_low: Exact
    target_high: Exact
    met: Exact
    off: Exact


class Contribution(NamedTuple):
    """What one input did to a KPI, as under `drivers` in `kpi drivers KPI --json`.

    `contribution` is in the unit of the KPI, `start` and `end` in that of the input; `left` is what
    then still lies between the KPI and its target, where it is held against that.
    """

    id: str
    start: Exact
    end: Exact
    contribution: Exact
    favourable: bool | None
    left: Exact = None


R = TypeVar("R", bound=Standing | Recorded | Expected | Awaited | Contribution)
T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True, repr=False)
class Rows(Sequence[T_co]):
    """An answer: a frozen sequence of rows, a part of which is a plain tuple.

    It prints as the table that a pipe gets, a notebook draws it, and `DataFrame(rows)` of pandas
    or polars makes a frame of it whose columns are the fields. Polars looks at the first hundred
    rows alone for the scale of decimals: longer answers want `infer_schema_length=None`.
    """

    _rows: tuple[T_co, ...]
    _view: View = field(compare=False)

    @overload
    def __getitem__(self, at: int) -> T_co: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[T_co, ...]: ...
    def __getitem__(self, at: int | slice) -> T_co | tuple[T_co, ...]:
        return self._rows[at]

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a reader has to know, such as the damaged lines of the log that were left out."""
        return self._view.warnings or ()

    def __str__(self) -> str:
        from kpicli.render.canvas import Canvas
        from kpicli.render.formats.plain import render

        return "".join(render(self._view, Canvas())).rstrip("\n") or self._view.footer

    __repr__ = __str__

    def _repr_html_(self) -> str:
        """What a notebook shows: a table, no script, every text inert."""
        from kpicli.render.html.sheet import embedded_table

        return embedded_table(self._view)


_FIELDS = {"from": "start", "to": "end"}  # keys that are no names in Python, or words of it


def rows(kind: type[R], view: View, name: str, shortened: View | None = None) -> Rows[R]:
    """The rows of one table of a view, as nouns of that kind; `shortened` is what people see."""
    table = next(one for one in view.blocks if isinstance(one, Table) and one.name == name)
    items = (
        kind(**{_FIELDS.get(key, key): _value(cell) for key, cell in table.keyed_cells(row)})
        for row in table.rows
    )
    return Rows(tuple(items), shortened or view)


def _value(cell: Cell) -> Any:
    """What JSON says of a cell, as an object."""
    if cell is None or isinstance(cell, str | bool | int | Decimal):
        return cell
    if isinstance(cell, Fraction):
        return to_decimal(cell)
    if isinstance(cell, Items):
        return cell.texts
    return cell.status if isinstance(cell, Verdict) else machine_value(cell)
