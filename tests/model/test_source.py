import pytest

from kpicli.errors import KpiError
from kpicli.model.build.definitions import build
from kpicli.model.kpi import Definitions
from kpicli.model.schema_types import DecimalMark
from kpicli.model.source import Layout, Source


def test_every_key_is_read() -> None:
    table = {
        "file": "exports/*.csv",
        "columns": {"period": "Måned", "orders": "Ordre"},
        "layout": "wide",
        "decimal": ",",
        "empty": ["x"],
        "dates": "own, day-first",
        "rows": "sum",
        "skip": 2,
        "fractions": True,
    }
    definitions, faults = build({"kpis": {"orders": {}}, "sources": {"sheet": table}})
    assert not faults
    source = definitions.sources["sheet"]
    assert (source.layout, source.decimal, source.empty) == (
        Layout.WIDE,
        DecimalMark.COMMA,
        ("x",),
    )
    assert source.keys == table | {"empty": ("x",)}
    assert Source(id="sheet").keys == {}


@pytest.mark.parametrize(
    ("table", "path", "message"),
    [
        ({"file": "a", "url": "b"}, ("url",), "cannot be combined with file"),
        ({"skip": -1}, ("skip",), "must be a number from 0 to 10,000"),
        ({"round": 13}, ("round",), "must be a number from 0 to 12"),
        ({"delimiter": ";;"}, ("delimiter",), "must be one character, and no quote"),
        ({"dates": "mine"}, ("dates",), "is own, days, day-first or month-first"),
        ({"dates": "own days"}, ("dates",), "is own or days, not both"),
        ({"dates": "day-first month-first"}, ("dates",), "is day-first or month-first, not both"),
        ({"rows": "add"}, ("rows",), "is one of sum, mean, last or count"),
        ({"columns": {"ordrs": "x"}}, ("columns", "ordrs"), "unknown KPI 'ordrs'"),
        ({"kpi": "ordrs"}, ("kpi",), "unknown KPI 'ordrs'"),
    ],
)
def test_what_can_not_be_is_named(
    table: dict[str, object], path: tuple[str, ...], message: str
) -> None:
    _, faults = build({"kpis": {"orders": {}}, "sources": {"s": table}})
    assert [(fault.path, fault.message) for fault in faults] == [(("sources", "s", *path), message)]


def test_the_path_to_the_rows_is_no_word() -> None:
    _, faults = build({"sources": {"s": {"url": "https://x", "rows": "data.items"}}})
    assert not faults


BOARD, _ = build(
    {
        "kpis": {
            "rev": {"name": "Monthly Revenue", "formerly": ["turnover"]},
            "churn": {"name": "Café-churn"},
            "one": {"name": "Same"},
            "two": {"name": "same"},
            "three": {"name": "Rev"},
        }
    }
)


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("rev", "rev"),
        ("Monthly Revenue", "rev"),
        ("monthly-revenue", "rev"),
        ("MONTHLY_REVENUE ", "rev"),
        ("turnover", "rev"),
        ("Turnover", "rev"),
        ("CAFE CHURN", "churn"),
        ("Same", None),
        ("Rev", None),
        ("reven", None),
        ("", None),
    ],
)
def test_a_kpi_is_found_by_its_id_or_its_name(text: str, id: str | None) -> None:
    kpi = BOARD.kpi_named(text)
    assert (kpi and kpi.id) == id


def test_a_name_of_several_kpis_names_their_ids() -> None:
    with pytest.raises(KpiError, match="'Same' is the name of 2 KPIs") as caught:
        BOARD.kpi("Same")
    assert caught.value.hint == "write the id: one or two"
    with pytest.raises(KpiError) as caught:
        Definitions().kpi("x")
    assert caught.value.hint == "there is none yet: kpi add"
