import pytest

from kpicli.errors import KpiError
from kpicli.evaluation.selection import select_kpis
from tests.evaluation.board import defined

BOARD = defined(
    """
[goals.growth]
name = "Grow the business"
[goals.service]
[kpis.revenue]
name = "Monthly Revenue"
goal = "growth"
area = "Sales"
owner = "Ann"
formerly = ["turnover"]
[kpis.orders]
area = "sales"
owner = "Straße"
[kpis.calls]
goal = "service"
area = "support"
owner = "Ann"
[kpis.bare]
"""
)
ALL = ["revenue", "orders", "calls", "bare"]


@pytest.mark.parametrize(
    ("ids", "filters", "expected"),
    [
        pytest.param([], {}, ALL, id="all of them"),
        pytest.param(["calls", "revenue"], {}, ["revenue", "calls"], id="named, in file order"),
        pytest.param(["turnover", "revenue"], {}, ["revenue"], id="by a former id, shown once"),
        pytest.param([], {"area": "SALES"}, ["revenue", "orders"], id="whatever the case"),
        pytest.param([], {"owner": "STRASSE"}, ["orders"], id="whatever the script's case"),
        pytest.param([], {"goal": "growth"}, ["revenue"], id="a goal's id"),
        pytest.param([], {"goal": "grow the business"}, ["revenue"], id="a goal's name"),
        pytest.param([], {"goal": "service"}, ["calls"], id="a goal whose id is its name"),
        pytest.param([], {"owner": "Ann", "area": "sales"}, ["revenue"], id="both"),
        pytest.param([], {"owner": "Ann", "area": None}, ["revenue", "calls"], id="one not asked"),
        pytest.param(["orders", "calls"], {"owner": "Ann"}, ["calls"], id="among the named"),
        pytest.param(["monthly revenue"], {}, ["revenue"], id="a name for an id"),
    ],
)
def test_what_a_view_is_of(
    ids: list[str], filters: dict[str, str | None], expected: list[str]
) -> None:
    assert [kpi.id for kpi in select_kpis(BOARD, ids, **filters)] == expected


@pytest.mark.parametrize(
    ("ids", "filters", "message", "hint"),
    [
        pytest.param(["ordrs"], {}, "unknown KPI 'ordrs'", "did you mean 'orders'?", id="an id"),
        pytest.param(
            ["ordrs", "calls", "xy"], {}, "unknown KPI 'ordrs'; unknown KPI 'xy'", "", id="two ids"
        ),
        pytest.param(
            [], {"area": "sale"}, "no KPI has area 'sale'", "did you mean 'sales'?", id="an area"
        ),
        pytest.param(
            [], {"owner": "Zoe"}, "no KPI has owner 'Zoe'", "known: Ann, Straße", id="an owner"
        ),
        pytest.param([], {"owner": ""}, "no KPI has owner ''", "known: Ann, Straße", id="empty"),
        pytest.param(
            [],
            {"goal": "profit"},
            "no KPI has goal 'profit'",
            "known: growth, service",
            id="a goal",
        ),
        pytest.param(
            [],
            {"area": "support", "goal": "growth"},
            "none of the selected KPIs has area 'support' and goal 'growth'",
            "leave one of them out",
            id="each fits one, and none fits both",
        ),
        pytest.param(
            ["bare"],
            {"area": "sales"},
            "none of the selected KPIs has area 'sales'",
            "leave one of them out",
            id="not the one that was named",
        ),
        pytest.param(
            [],
            {"area": "x\x1b[2J"},
            "no KPI has area 'x\\x1b[2J'",
            "known: Sales, sales, support",
            id="an escape",
        ),
    ],
)
def test_what_fits_none_is_said_with_what_is_close(
    ids: list[str], filters: dict[str, str | None], message: str, hint: str
) -> None:
    with pytest.raises(KpiError) as refused:
        select_kpis(BOARD, ids, **filters)
    assert (refused.value.message, refused.value.hint) == (message, hint)


def test_where_no_kpi_has_such_a_key_that_is_said() -> None:
    with pytest.raises(KpiError) as refused:
        select_kpis(defined("[kpis.bare]"), [], area="sales")
    assert refused.value.hint == "no KPI says its area"


def test_an_empty_board_has_none() -> None:
    assert select_kpis(defined(""), []) == []
