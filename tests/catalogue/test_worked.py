"""Worked examples over more than one period, and that no formula is without an example."""

from importlib import import_module
from pathlib import Path

from kpicli.model.period import read_period
from kpicli.store.catalogue import entries
from tests.catalogue.worked import value_of

EXAMPLES = [path.stem for path in Path(__file__).parent.glob("test_worked_*.py")]
MONTHS = [read_period(month) for month in ("2026-10", "2026-11", "2026-12")]


def test_growth_is_over_the_same_month_a_year_ago() -> None:
    december = read_period("2026-12")
    values = {december: "480000", december.last_year(): "400000"}
    assert value_of("revenue_growth_rate", {"monthly_revenue": values}, december) == 20


def test_a_rate_of_a_quarter_is_over_all_of_its_visits_and_no_mean_of_its_months() -> None:
    orders = dict(zip(MONTHS, ("10", "10", "80"), strict=True))
    visits = dict(zip(MONTHS, ("1000", "1000", "2000"), strict=True))
    quarter = read_period("2026-Q4")
    found = value_of("conversion_rate", {"orders": orders, "website_traffic": visits}, quarter)
    assert found == 100 * 100 / 4000


def test_every_formula_has_its_example() -> None:
    formulas = {id for id, entry in entries().items() if entry.term and entry.inputs}
    worked = {
        row[0] for name in EXAMPLES for row in import_module(f"tests.catalogue.{name}").WORKED
    }
    assert worked | {"revenue_growth_rate"} == formulas
