"""What drives a KPI: each input's contribution, the largest first, and the bottleneck."""

from fractions import Fraction

from kpicli.analysis.drivers import Driver, Drivers
from kpicli.evaluation.ledger import Ledger
from kpicli.model.number import Number
from kpicli.model.quantity import Quantity
from kpicli.noun import NamedTuple
from kpicli.text import clipped
from kpicli.views.parts.cells import Bar, Change
from kpicli.views.parts.view import Column, Field, Fields, Note, View, table_of
from kpicli.views.words.bottleneck import DriverSheet, driver_lines
from kpicli.views.words.numbers import NumberFormat


class _Row(NamedTuple):
    """One driver."""

    sheet: DriverSheet
    driver: Driver

    def quantity(self, number: Number | None) -> Quantity | None:
        if number is None:
            return None
        scorecard, kpi = self.sheet.scorecard, self.driver.kpi
        evaluation = scorecard.evaluate(kpi, self.sheet.drivers.evaluation.period)
        return NumberFormat(evaluation, scorecard.definitions).quantity(number, kpi.unit)

    def contribution(self) -> Change:
        driver = self.driver
        return Change(self.sheet.difference(driver.contribution), driver.is_favourable)

    def rest(self) -> Quantity | None:
        """What then still lies between the KPI and its target."""
        rest = self.driver.remaining
        return None if rest is None else self.sheet.difference(rest)

    def bar(self) -> Bar:
        largest = max(abs(driver.contribution) for driver in self.sheet.drivers.drivers)
        share = self.driver.contribution / largest if largest else Fraction(0)
        return Bar(share, self.driver.is_favourable)


_COLUMNS: tuple[Column[_Row], ...] = (
    Column("id", of=lambda row: row.driver.kpi.id, is_brief=True),
    Column("from", of=lambda row: row.driver.start),
    Column("to", of=lambda row: row.driver.end),
    Column("contribution", of=lambda row: row.driver.contribution),
    Column("favourable", of=lambda row: row.driver.is_favourable),
    Column("", "KPI", lambda row: row.driver.kpi.name),
    Column("", "From", lambda row: row.quantity(row.driver.start), rank=2, is_number=True),
    Column("", "To", lambda row: row.quantity(row.driver.end), rank=2, is_number=True),
    Column("", "Contribution", _Row.contribution, is_number=True, is_brief=True),
)
_REST_COLUMNS: tuple[Column[_Row], ...] = (
    Column("left", of=lambda row: row.driver.remaining),
    Column("", "Then left", _Row.rest, rank=3, is_number=True),
)
_BAR: Column[_Row] = Column("", "Bar", _Row.bar, rank=1)


def drivers_view(
    scorecard: Ledger, drivers: Drivers, against: str, warnings: tuple[str, ...] = ()
) -> View:
    """A row an input; against the target each is taken alone, as the last lines say."""
    sheet, evaluation = DriverSheet(scorecard, drivers), drivers.evaluation
    has_rest = any(driver.remaining is not None for driver in drivers.drivers)
    columns = (*_COLUMNS, *(_REST_COLUMNS if has_rest else ()), _BAR)
    bottleneck = drivers.bottleneck
    head = Fields(
        (
            Field("kpi", evaluation.kpi.id),
            Field("period", evaluation.period),
            Field("against", against),
            Field("as_of", scorecard.clock.today.isoformat()),
            Field("unit", evaluation.kpi.unit or None),
            Field("from", drivers.start),
            Field("to", drivers.end),
            Field("change", drivers.change),
            Field("bottleneck", bottleneck.kpi.id if bottleneck else None),
            Field("reason", drivers.reason or None),
            *_change(sheet),
        )
    )
    if not drivers.drivers:
        columns = tuple(column for column in columns if column.key)
    table = table_of("drivers", columns, (_Row(sheet, driver) for driver in drivers.drivers))
    heading = f"{clipped(evaluation.kpi.name)} · {evaluation.period}"
    heading += f" against {drivers.earlier or 'its target'}"
    return View("drivers", heading, (head, table, *map(Note, driver_lines(sheet))), "", warnings)


def _change(sheet: DriverSheet) -> list[Field]:
    """`500,000 kr → 448,000 kr: -52,000 kr`."""
    drivers, evaluation = sheet.drivers, sheet.drivers.evaluation
    if drivers.start is None or drivers.end is None or drivers.change is None:
        return []
    start, end = (
        sheet.numbers.quantity(each, evaluation.kpi.unit) for each in (drivers.start, drivers.end)
    )
    text = f"{start} → {end}: {sheet.difference(drivers.change)}"
    return [Field("", text, "Change" if drivers.earlier else "Gap")]
