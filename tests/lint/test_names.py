"""What is vague, and what needs a unit, by name and by definition."""

from collections.abc import Callable

import pytest

Judged = Callable[..., list[str]]

WISHES = """
    Happy customers | Happier customers | Better service | Improve customer satisfaction
    Improve NPS | Grow sales | GROWTH | Quality | Product quality | Quality of service
    Customer success | Team performance | More customers | Sales efficiency | employee_engagement
    Good service | Be the best | Faster delivery | Operational excellence | Kundetilfredshed
    Fornøyde kunder | Bedre kvalitet | Flere kunder | Nöjda kunder | Öka försäljningen
    Zufriedene Kunden | Bessere Qualität | Mehr Umsatz | Umsatz steigern | Øke salget
"""
NO_WISHES = """
    MRR | Churn | NPS (B2B) | Oms. pr. kunde | Monthly Revenue | Cart Abandonment | Quality score
    Success rate | Customer success tickets closed | Performance reviews completed | Finished goods
    Users with more than 3 logins | Three or more logins | Number of happy customers
    Share of satisfied customers | Happiness index | Higher education applicants | Goodwill
    Lower quartile pay | Revenue growth | Inequality | Best-seller share | Efficiency ratio
    Successful deployments | Improvement suggestions per employee | Nöjd-kund-index | Betterment
    Employee satisfaction (%) | First-time-right | Response time | Better than plan | 2026
"""


def names(text: str) -> list[str]:
    return [name.strip() for line in text.strip().splitlines() for name in line.split("|")]


class TestVagueName:
    @pytest.mark.parametrize("name", names(WISHES))
    def test_a_wish_is_vague(self, name: str, judged: Judged) -> None:
        assert judged(f'[kpis.it]\nname = "{name}"', code="S01") == ["S01 kpis.it.name"]

    @pytest.mark.parametrize("name", names(NO_WISHES))
    def test_what_can_be_measured_is_not(self, name: str, judged: Judged) -> None:
        assert judged(f'[kpis.it]\nname = "{name}"', code="S01") == []

    @pytest.mark.parametrize("name", ["Improve NPS", "Sales efficiency", "Quality"])
    @pytest.mark.parametrize(
        "keys",
        [
            'unit = "%"',
            'target = "90%"',
            'formula = "a / b"',
            'definition = "Share of orders without complaint"',
            'definition = "Orders from our shop that came on time"',
            'definition = "Revenue / cost of sales"',
            'definition = "Delivered complete and on the day"',
            'definition = "How we are liked, from 1 to 5"',
            'definition = "What we earn / what we spend"',
        ],
    )
    def test_a_number_behind_it_clears_a_wish(self, name: str, keys: str, judged: Judged) -> None:
        text = f'[kpis.it]\nname = "{name}"\n{keys}\n[kpis.a]\n[kpis.b]\n'
        assert judged(text, code="S01") == []

    @pytest.mark.parametrize(
        "definition",
        [
            "We want our customers to be happier",
            "How good our products are",
            "Customers are happy",
            "Happy customers",
            "How we feel at work",
            "Quality of the product",
            " ",
        ],
    )
    def test_another_wish_does_not(self, definition: str, judged: Judged) -> None:
        text = f'[kpis.it]\nname = "Quality"\ndefinition = "{definition}"'
        assert judged(text, code="S01") == ["S01 kpis.it.name"]


COUNTED = """
    Orders | New customers | Number of returns | NPS | NPS (B2B) | Headcount | Support tickets
    Tickets closed | MQLs | PRs merged | Deals won | Weekly active users | Pupils absent | DAU
    Days to close | Time to hire (days) | LTV:CAC | LTV/CAC | Current ratio | Uptime % | Leads
    Antall kunder | Antal ordrer | Anzahl Kunden | Neukunden | Nye kunder | Bestellungen | Klager
    Sykedager | Defects per 1000 units | Customer satisfaction score | Employees | Staff
    Hours worked | Sales calls | Story points | No. of orders | Revenue (EUR) | customers_lost
    In progress tickets
    In-progress tickets | Bugs and incidents | Google ranking | Nöjd-kund-index | Accidents
    ORDERS | Children vaccinated | Answers 9-10
"""
UNCOUNTED = """
    Monthly Revenue | MRR | Churn | Churn rate | Conversion Rate | Avg Order Value | Retention
    Sales | Net sales | Costs | Cost per order | Response time | Response times | Uptime | Access
    Time to resolve tickets | Cost of returns | Returns rate | Margin | Gross margin | Bonus
    Oms. pr. kunde | Omsetning | Umsatz | Attendance | Speed | CO2 emissions | Discount | Savings
    Revenue per employee | Energy use | ROI | Orders value
"""


class TestNoUnit:
    @pytest.mark.parametrize("name", names(COUNTED))
    def test_a_count_or_a_score_needs_none(self, name: str, judged: Judged) -> None:
        assert judged(f'[kpis.it]\nname = "{name}"\ntarget = 5', code="M02") == []

    @pytest.mark.parametrize("name", names(UNCOUNTED))
    def test_anything_else_does(self, name: str, judged: Judged) -> None:
        text = f'[kpis.it]\nname = "{name}"\ntarget = 5'
        assert judged(text, code="M02") == ["M02 kpis.it.target"]

    @pytest.mark.parametrize(
        "keys",
        [
            'unit = "kr"',
            'target = "$5"',
            'targets = { "2026-01" = "5%" }',
            'formula = "other * 2"',
            'definition = "Number of paid orders"',
            'definition = "How many tickets were opened"',
            'definition = "Customers who cancelled during the month"',
            'definition = "Score from 0 to 10 in the survey"',
            'definition = "Average number of days to delivery"',
        ],
    )
    def test_a_unit_a_formula_or_a_count_in_words(self, keys: str, judged: Judged) -> None:
        text = f'[kpis.it]\nname = "Volume"\n{keys}\n[kpis.other]\nunit = "kr"'
        assert judged(text, code="M02") == []

    @pytest.mark.parametrize(
        "definition",
        [
            "Invoiced sales excluding VAT and returns",
            "Revenue divided by number of orders",
            "Share of visits that end in an order",
            "Time from order to delivery",
        ],
    )
    def test_a_definition_of_something_else(self, definition: str, judged: Judged) -> None:
        text = f'[kpis.it]\nname = "Volume"\ntarget = 5\ndefinition = "{definition}"'
        assert judged(text, code="M02") == ["M02 kpis.it.target"]

    def test_one_without_a_target_is_told_of_that_alone(self, judged: Judged) -> None:
        text = '[kpis.it]\nname = "Volume"\n[kpis.beneath]\nname = "Volume"\nsupports = "it"'
        assert judged(text, code="M02") == ["M02 kpis.beneath"]
