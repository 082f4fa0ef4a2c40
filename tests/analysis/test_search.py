"""Goals in a person's words, none of which stands in the catalogue, and the KPIs that serve them."""

import pytest

from kpicli.analysis.search import matching
from kpicli.store.catalogue import entries

PHRASES = {
    "we lose customers": "customer_churn_rate revenue_churn_rate gross_revenue_retention",
    "ads are too dear": "cac cost_per_click cost_per_lead roas marketing_roi",
    "people put things in the cart and leave": "cart_abandonment_rate",
    "customers pay their invoices late": "days_sales_outstanding",
    "good staff keep quitting": "employee_turnover_rate",
    "it takes forever to answer mails from customers": "first_response_time ticket_resolution_time",
    "parcels arrive late": "on_time_delivery_rate order_cycle_time",
    "shelves are empty": "stockout_rate",
    "the site is always down": "availability",
    "nobody opens our newsletter": "email_open_rate",
    "lots of visitors but hardly any buy": "conversion_rate",
    "too much comes back in the post": "return_rate",
    "will the money last until summer": "cash_runway burn_rate",
    "every release breaks something": "change_failure_rate defect_escape_rate",
    "too many people off sick": "absence_rate",
    "it takes months to fill a vacancy": "time_to_hire",
    "shoppers never come a second time": "repeat_purchase_rate",
    "we sell a lot and earn nothing": "gross_margin net_margin operating_margin ebitda_margin",
    "deals drag on for ages": "sales_cycle_length",
    "new users do not understand the product": "activation_rate time_to_value",
    "nobody uses what we build": "feature_adoption_rate mau dau stickiness",
    "would our clients tell their friends about us": "nps",
    "each customer should spend more per order": "average_order_value items_per_order arpa",
    "the help desk drowns in questions": "ticket_backlog tickets_per_customer",
    "machines stand idle": "oee capacity_utilisation",
    "we quote a lot and win little": "win_rate",
    "does the team hit its sales numbers": "quota_attainment",
    "candidates turn our offers down": "offer_acceptance_rate",
    "we are invisible on google": "organic_traffic_share website_traffic",
    "goods lie in the warehouse too long": "inventory_turnover",
}
"""A goal, and the KPIs of which one has to be among the first three."""

TERMS = [entry for entry in entries().values() if not entry.is_input]


@pytest.mark.parametrize(("phrase", "right"), PHRASES.items(), ids=PHRASES)
def test_a_goal_finds_a_kpi_that_serves_it(phrase: str, right: str) -> None:
    found = [entry.id for entry, _ in matching(TERMS, phrase)][:3]
    assert set(found) & set(right.split()), found


def test_none_of_these_stands_in_the_catalogue() -> None:
    told = {goal.casefold() for entry in TERMS for goal in (*entry.goals, *entry.names)}
    assert told & PHRASES.keys() == set()


@pytest.mark.parametrize("phrase", ["", "xyzzy", "the and of", "?!", "42"])
def test_what_says_nothing_finds_nothing(phrase: str) -> None:
    assert matching(TERMS, phrase) == []


def test_a_goal_of_the_catalogue_finds_its_kpi_first() -> None:
    for entry in TERMS:
        for goal in entry.goals:
            first = matching(TERMS, goal)
            assert goal in {told for one, _ in first for told in one.goals}, goal


def test_the_reason_says_what_fits() -> None:
    (_, why), *_ = matching(TERMS, "Happy customers")
    assert why == 'serves "happy customers"'


def test_the_same_question_has_the_same_answer_in_whatever_order_the_terms_come() -> None:
    for phrase in PHRASES:
        assert matching(TERMS, phrase) == matching(TERMS[::-1], phrase)
