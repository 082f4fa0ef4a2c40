"""Each formula on a worked example: the numbers that go in, what has to come out, and by whom."""

import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from kpicli.analysis.derive import actual_of
from kpicli.model.actual import Actual, Clock, Record, Series
from kpicli.model.build import build
from kpicli.model.period import Period, read_period
from kpicli.model.scorecard import Scorecard
from kpicli.store.catalogue import entries
from tests.catalogue.given import written

BY_HAND = "by hand"
Inputs = Mapping[str, str]

A1 = "a1calculator.com, SaaS Lifetime Value Calculator: 25 customers, 6,000 a month, 65%, one lost"
ABRACALC = "abracalc.com, Customer LTV: 50 a month, 90% margin, 10% churn"
CALCPLANET = (
    "calcplanet.com, SaaS Revenue Calculator: 15,000 spent, 72,000 sold at 35% gross margin"
)
OPENMETER = "openmeter.io, Customer acquisition cost: 10,000 and 5,000 for 30 customers"
DELA = "DELA, Annual report 2018, Net promotor score: 30% promoters and 20% detractors"
TIMES_TWELVE = "calcplanet.com, SaaS Revenue Calculator: 12 times MRR"

WORKED: list[tuple[str, Inputs, str, str]] = [
    ("cac", {"marketing_and_sales_cost": "15000", "new_customers": "30"}, "500", OPENMETER),
    (
        "ltv",
        {"recurring_gross_profit": "450", "customers": "10"}
        | {"customers_lost": "1", "customers_at_start": "10"},
        "450",
        ABRACALC,
    ),
    ("customer_churn_rate", {"customers_lost": "1", "customers_at_start": "25"}, "4", A1),
    ("marketing_roi", {"marketing_margin": "25200", "marketing_cost": "15000"}, "68", CALCPLANET),
    ("nps", {"promoters": "30", "detractors": "20", "survey_answers": "100"}, "10", DELA),
    ("arr", {"mrr": "6000"}, "72000", TIMES_TWELVE),
    ("arpa", {"mrr": "6000", "customers": "25"}, "240", BY_HAND),
    ("average_deal_size", {"won_deal_value": "90000", "deals_won": "6"}, "15000", BY_HAND),
    ("win_rate", {"deals_won": "6", "deals_lost": "18"}, "25", BY_HAND),
    ("sales_cycle_length", {"days_to_signature": "270", "deals_won": "6"}, "45", BY_HAND),
    (
        "pipeline_coverage",
        {"open_deal_value": "400000", "quarterly_sales_target": "100000"},
        "4",
        BY_HAND,
    ),
    ("quota_attainment", {"sellers_on_quota": "6", "sellers_with_quota": "8"}, "75", BY_HAND),
    ("lead_conversion_rate", {"new_customers": "30", "leads": "600"}, "5", BY_HAND),
    ("cost_per_lead", {"ad_spend": "12000", "leads": "600"}, "20", BY_HAND),
    (
        "organic_traffic_share",
        {"organic_visits": "4500", "website_traffic": "10000"},
        "45",
        BY_HAND,
    ),
    ("bounce_rate", {"single_page_visits": "4000", "website_traffic": "10000"}, "40", BY_HAND),
    ("email_open_rate", {"emails_opened": "380", "emails_delivered": "2000"}, "19", BY_HAND),
    ("email_click_rate", {"emails_clicked": "50", "emails_delivered": "2000"}, "2.5", BY_HAND),
    ("roas", {"ad_revenue": "48000", "ad_spend": "12000"}, "4", BY_HAND),
    ("cost_per_click", {"ad_spend": "12000", "ad_clicks": "8000"}, "1.5", BY_HAND),
    (
        "ltv_cac_ratio",
        {"recurring_gross_profit": "3900", "customers": "26", "customers_lost": "1"}
        | {"customers_at_start": "25", "marketing_and_sales_cost": "37500", "new_customers": "30"},
        "3",
        BY_HAND,
    ),
    ("revenue_churn_rate", {"mrr_lost": "300", "mrr_at_start": "10000"}, "3", BY_HAND),
    (
        "net_revenue_retention",
        {"mrr_at_start": "10000", "expansion_mrr": "800", "mrr_lost": "300"},
        "105",
        BY_HAND,
    ),
    ("gross_revenue_retention", {"mrr_at_start": "10000", "mrr_lost": "300"}, "97", BY_HAND),
    ("csat", {"satisfied_ratings": "170", "ratings": "200"}, "85", BY_HAND),
    ("ces", {"effort_points": "550", "effort_answers": "100"}, "5.5", BY_HAND),
    ("renewal_rate", {"contracts_renewed": "18", "contracts_due": "20"}, "90", BY_HAND),
    ("conversion_rate", {"orders": "320", "website_traffic": "10000"}, "3.2", BY_HAND),
    ("average_order_value", {"monthly_revenue": "480000", "orders": "640"}, "750", BY_HAND),
    ("cart_abandonment_rate", {"carts_abandoned": "580", "carts_created": "1000"}, "58", BY_HAND),
    ("return_rate", {"items_returned": "45", "items_sold": "900"}, "5", BY_HAND),
    ("items_per_order", {"items_sold": "960", "orders": "640"}, "1.5", BY_HAND),
    ("repeat_purchase_rate", {"repeat_buyers": "150", "buyers": "600"}, "25", BY_HAND),
    ("gross_margin", {"monthly_revenue": "480000", "cost_of_sales": "288000"}, "40", BY_HAND),
    (
        "operating_margin",
        {"monthly_revenue": "480000", "cost_of_sales": "288000", "operating_cost": "144000"},
        "10",
        BY_HAND,
    ),
    (
        "ebitda_margin",
        {"monthly_revenue": "480000", "cost_of_sales": "288000", "operating_cost": "144000"}
        | {"depreciation": "9600"},
        "12",
        BY_HAND,
    ),
    ("net_margin", {"net_profit": "90000", "quarterly_revenue": "1500000"}, "6", BY_HAND),
    ("burn_rate", {"cash_out": "320000", "cash_in": "270000"}, "50000", BY_HAND),
    (
        "cash_runway",
        {"cash_balance": "600000", "cash_out": "320000", "cash_in": "270000"},
        "12",
        BY_HAND,
    ),
    (
        "operating_cash_flow",
        {"cash_from_customers": "450000", "operating_payments": "400000"},
        "50000",
        BY_HAND,
    ),
    (
        "days_sales_outstanding",
        {"receivables": "720000", "monthly_revenue": "480000"},
        "45",
        BY_HAND,
    ),
    (
        "current_ratio",
        {"current_assets": "900000", "current_liabilities": "600000"},
        "1.5",
        BY_HAND,
    ),
    (
        "cac_payback",
        {"marketing_and_sales_cost": "54000", "new_customers": "30"}
        | {"recurring_gross_profit": "3900", "customers": "26"},
        "12",
        BY_HAND,
    ),
    ("stickiness", {"average_daily_users": "240", "monthly_users": "1200"}, "20", BY_HAND),
    ("activation_rate", {"activated_users": "120", "signups": "300"}, "40", BY_HAND),
    ("feature_adoption_rate", {"feature_users": "300", "monthly_users": "1200"}, "25", BY_HAND),
    ("time_to_value", {"days_to_value": "360", "users_reaching_value": "120"}, "3", BY_HAND),
    ("retention_rate", {"users_kept": "90", "users_begun": "300"}, "30", BY_HAND),
    ("on_time_delivery_rate", {"orders_on_time": "570", "orders_delivered": "600"}, "95", BY_HAND),
    ("perfect_order_rate", {"perfect_orders": "540", "orders_delivered": "600"}, "90", BY_HAND),
    ("order_cycle_time", {"days_to_delivery": "1500", "orders_delivered": "600"}, "2.5", BY_HAND),
    (
        "inventory_turnover",
        {"cost_of_sales": "288000", "average_stock_value": "576000"},
        "6",
        BY_HAND,
    ),
    ("stockout_rate", {"articles_out_of_stock": "24", "articles_counted": "800"}, "3", BY_HAND),
    ("supplier_lead_time", {"days_to_receipt": "140", "supplier_deliveries": "10"}, "14", BY_HAND),
    ("first_pass_yield", {"pieces_right_first_time": "970", "pieces_made": "1000"}, "97", BY_HAND),
    ("oee", {"ideal_minutes_of_good_pieces": "5100", "planned_minutes": "8500"}, "60", BY_HAND),
    ("capacity_utilisation", {"hours_used": "600", "hours_available": "800"}, "75", BY_HAND),
    ("ticket_resolution_time", {"resolution_hours": "2400", "tickets_closed": "300"}, "8", BY_HAND),
    ("first_response_time", {"first_reply_hours": "600", "tickets_replied": "300"}, "2", BY_HAND),
    (
        "first_contact_resolution_rate",
        {"tickets_solved_at_once": "210", "tickets_closed": "300"},
        "70",
        BY_HAND,
    ),
    ("tickets_per_customer", {"tickets_opened": "320", "customers": "640"}, "50", BY_HAND),
    ("escalation_rate", {"tickets_escalated": "30", "tickets_closed": "300"}, "10", BY_HAND),
    ("sla_attainment", {"tickets_within_sla": "285", "tickets_closed": "300"}, "95", BY_HAND),
    ("cost_per_ticket", {"support_cost": "24000", "tickets_closed": "300"}, "80", BY_HAND),
    (
        "lead_time_for_changes",
        {"change_lead_hours": "1200", "changes_deployed": "100"},
        "12",
        BY_HAND,
    ),
    ("change_failure_rate", {"failed_deployments": "5", "deployments_made": "100"}, "5", BY_HAND),
    (
        "failed_deployment_recovery_time",
        {"recovery_hours": "4", "failed_deployments": "5"},
        "0.8",
        BY_HAND,
    ),
    (
        "availability",
        {"checks_passed": "44550", "checks_made": "44640"},
        "99.798387096774",
        BY_HAND,
    ),
    ("defect_escape_rate", {"defects_in_production": "6", "defects_found": "40"}, "15", BY_HAND),
    ("code_review_time", {"review_wait_hours": "150", "changes_reviewed": "50"}, "3", BY_HAND),
    ("employee_turnover_rate", {"leavers": "3", "average_headcount": "60"}, "5", BY_HAND),
    (
        "enps",
        {"staff_promoters": "25", "staff_detractors": "10", "staff_answers": "50"},
        "30",
        BY_HAND,
    ),
    ("time_to_hire", {"days_to_hire": "150", "hires": "5"}, "30", BY_HAND),
    ("offer_acceptance_rate", {"offers_accepted": "4", "offers_made": "5"}, "80", BY_HAND),
    ("absence_rate", {"sick_days": "39", "planned_days": "1300"}, "3", BY_HAND),
    (
        "training_hours_per_employee",
        {"training_hours": "480", "average_headcount": "60"},
        "8",
        BY_HAND,
    ),
    (
        "revenue_per_employee",
        {"quarterly_revenue": "1500000", "average_headcount": "60"},
        "25000",
        BY_HAND,
    ),
    ("cost_per_hire", {"recruiting_cost": "60000", "hires": "5"}, "12000", BY_HAND),
]
"""Revenue growth compares two years, and has a test of its own."""


def computed(id: str, inputs: Inputs, period: Period) -> str:
    """The actual of an entry where these are recorded, rounded as a machine gets it."""
    return value_of(id, {name: {period: value} for name, value in inputs.items()}, period)


def value_of(id: str, inputs: Mapping[str, Mapping[Period, str]], period: Period) -> str:
    found, faults = build(tomllib.loads(written(entries()[id]), parse_float=Decimal))
    assert not faults
    series = {
        name: Series(
            {
                at: Record(name, at, Decimal(value), "2027-01-02T08:00:00.000000Z")
                for at, value in one.items()
            },
            {},
        )
        for name, one in inputs.items()
    }
    today = date(2027, 1, 5)
    actual = actual_of(
        Scorecard(found, series, Clock(today, lambda _: today)), found.kpis[id], period
    )
    assert isinstance(actual, Actual), actual
    return f"{float(Fraction(actual.number)):.12f}".rstrip("0").rstrip(".")


def own(id: str) -> Period:
    """A closed period as long as the KPI's own."""
    labels = {"weekly": "2026-W50", "quarterly": "2026-Q4"}
    return read_period(labels.get(entries()[id].keys.get("frequency", ""), "2026-12"))


@pytest.mark.parametrize(
    ("id", "inputs", "expected", "_source"), WORKED, ids=[row[0] for row in WORKED]
)
def test_a_formula_gives_what_the_example_says(
    id: str, inputs: Inputs, expected: str, _source: str
) -> None:
    assert computed(id, inputs, own(id)) == expected


def test_growth_is_over_the_same_month_a_year_ago() -> None:
    december = read_period("2026-12")
    values = {december: "480000", december.last_year(): "400000"}
    assert value_of("revenue_growth_rate", {"monthly_revenue": values}, december) == "20"


def test_every_formula_has_its_example() -> None:
    formulas = {id for id, entry in entries().items() if entry.term and "formula" in entry.keys}
    assert formulas == {row[0] for row in WORKED} | {"revenue_growth_rate"}
