"""Goals in a person's words, none of them in the catalogue, and the KPIs that serve them."""

import pytest

from kpicli.catalogue.load import terms
from kpicli.catalogue.search import MatchReason, search

PHRASES = {
    "we lose customers": "customer_churn_rate revenue_churn_rate gross_revenue_retention",
    "ads are too dear": "cac cost_per_click cost_per_lead roas marketing_roi",
    "people put things in the cart and leave": "cart_abandonment_rate",
    "customers pay their invoices late": "days_sales_outstanding",
    "good staff keep quitting": "employee_turnover_rate",
    "it takes forever to answer mails from customers": "first_response_time ticket_resolution_time",
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
    "customers run away to the competition": "customer_churn_rate revenue_churn_rate",
    "we burn through our cash": "burn_rate cash_runway",
    "clicks cost a fortune": "cost_per_click",
    "people look but do not buy": "conversion_rate",
    "half the baskets are never paid for": "cart_abandonment_rate",
    "clothes are sent back because they do not fit": "return_rate",
    "orders go out wrong": "perfect_order_rate",
    "the supplier makes us wait": "supplier_lead_time",
    "are employees proud to work here": "enps",
    "bugs reach our users": "defect_escape_rate change_failure_rate",
    "we ship too rarely": "deployment_frequency",
    "reviews of code take days": "code_review_time",
    "getting back on our feet after a crash": "failed_deployment_recovery_time",
    "trial users never start": "activation_rate",
    "subscriptions are not renewed": "renewal_rate customer_churn_rate",
    "income every month from subscriptions": "mrr",
    "turnover compared with last year": "revenue_growth_rate",
    "salaries eat all the profit": "operating_margin net_margin ebitda_margin gross_margin",
    "how much is left after paying for the goods": "gross_margin",
    "callers get passed on to someone else": "escalation_rate first_contact_resolution_rate",
    "solve problems the first time they call": "first_contact_resolution_rate",
    "each ticket costs us too much": "cost_per_ticket",
    "is a customer worth what we paid to win them": "ltv_cac_ratio cac_payback ltv cac",
    "inquiries do not become customers": "lead_conversion_rate",
    "nobody clicks the links in our mails": "email_click_rate",
    "the money we put into adverts does not come back": "roas marketing_roi cac_payback",
    "bring in more visitors": "website_traffic",
    "can we pay our bills next month": "current_ratio operating_cash_flow cash_runway",
    "waste in production": "first_pass_yield oee",
    "learn new skills at work": "training_hours_per_employee",
    "clients keep cancelling": "customer_churn_rate revenue_churn_rate",
    "our adverts bring nothing": "roas marketing_roi cac",
    "baskets left standing": "cart_abandonment_rate",
    "shops pay us too slowly": "days_sales_outstanding",
    "staff turnover is too high": "employee_turnover_rate",
    "slow answers": "first_response_time",
    "packages come late": "on_time_delivery_rate order_cycle_time",
    "always sold out": "stockout_rate",
    "server crashes": "availability change_failure_rate failed_deployment_recovery_time",
    "few read our mailings": "email_open_rate",
    "many returns": "return_rate",
    "we are running out of money": "cash_runway burn_rate",
    "bugs after each update": "change_failure_rate defect_escape_rate",
    "everybody is ill": "absence_rate",
    "we cannot find people to hire": "time_to_hire cost_per_hire offer_acceptance_rate",
    "get buyers to return": "repeat_purchase_rate",
    "too little profit": "net_margin gross_margin operating_margin ebitda_margin",
    "selling takes too long": "sales_cycle_length",
    "users give up after signing up": "activation_rate retention_rate",
    "features nobody wants": "feature_adoption_rate",
    "bigger baskets": "average_order_value items_per_order",
    "too many complaints at support": "tickets_per_customer ticket_backlog csat",
    "machines break down": "oee availability",
    "win more contracts": "win_rate",
    "deploy more often": "deployment_frequency",
    "people land on our page and leave at once": "bounce_rate",
    "how much does a new customer cost us": "cac",
    "what is a customer worth": "ltv",
    "grow faster than last year": "revenue_growth_rate",
    "orders with mistakes": "perfect_order_rate",
    "too much stock": "inventory_turnover",
}
"""A goal, and the KPIs of which one has to be among the first three."""

TERMS = terms()


@pytest.mark.parametrize(("phrase", "right"), PHRASES.items(), ids=PHRASES)
def test_a_goal_finds_a_kpi_that_serves_it(phrase: str, right: str) -> None:
    found = [template.id for template, _ in search(TERMS, phrase)][:3]
    assert set(found) & set(right.split()), found


def test_none_of_these_stands_in_the_catalogue() -> None:
    told = {goal.casefold() for template in TERMS for goal in (*template.goals, *template.names)}
    assert told & PHRASES.keys() == set()


@pytest.mark.parametrize(
    "phrase",
    [
        *("", "xyzzy", "?!", "42"),
        *("dentist appointments", "football results", "number of cats", "happy dogs"),
        *("meeting", "energy use", "health score", "cleaning"),
        *("how tall are my plants", "the weather tomorrow", "recipes for a good soup"),
    ],
)
def test_what_says_nothing_finds_nothing(phrase: str) -> None:
    assert search(TERMS, phrase) == []


def test_a_term_that_shares_a_lever_or_a_loose_word_alone_is_no_answer() -> None:
    assert [template.id for template, _ in search(TERMS, "onboarding")] == ["activation_rate"]


@pytest.mark.exhaustive
def test_a_goal_of_the_catalogue_finds_its_kpi_first() -> None:
    for goal in {goal for template in TERMS for goal in template.goals}:
        first = search(TERMS, goal)[:3]
        assert goal in {told for one, _ in first for told in one.goals}, goal


@pytest.mark.parametrize(
    ("goal", "right"),
    [
        ("happy customers", "nps"),
        ("efficient marketing", "cac"),
        ("better website", "conversion_rate"),
        ("grow revenue", "mrr"),
    ],
)
def test_of_all_that_serve_a_goal_those_come_first_that_are_there_for_it(
    goal: str, right: str
) -> None:
    found = [template for template, _ in search(TERMS, goal)][:3]
    assert right in {template.id for template in found}
    places = [template.goals.index(goal) for template in found]
    assert places == sorted(places)
    assert places[0] == 0


def test_the_reason_says_what_fits() -> None:
    (_, why), *_ = search(TERMS, "Are our customers happy?")
    assert why == MatchReason(("customers", "happy"), "happy customers")


@pytest.mark.exhaustive
def test_the_same_question_has_the_same_answer_in_whatever_order_the_terms_come() -> None:
    for phrase in PHRASES:
        assert search(TERMS, phrase) == search(TERMS[::-1], phrase)
