"""Rules about where numbers come from: secrets in sight, queries without days."""

from collections.abc import Callable

import pytest

Judged = Callable[..., list[str]]

KPI = '[kpis.it]\nsource = "shop"\n[sources.shop]\n'


@pytest.mark.parametrize(
    ("keys", "found"),
    [
        ('url = "postgresql://reader:hunter2@db/shop"', ["U02 sources.shop.url"]),
        ('url = "postgresql://reader:${PASSWORD}@db/shop"', []),
        ('url = "postgresql://db/shop?user=reader&password=hunter2"', ["U02 sources.shop.url"]),
        ('url = "postgresql://db/shop?user=reader&password=${PASSWORD}"', []),
        ('url = "https://shop.example.com/orders.csv?token=abc"', ["U02 sources.shop.url"]),
        ('prometheus = "https://ann:hunter2@example.com"', ["U02 sources.shop.prometheus"]),
        ('command = ["curl", "https://ann:hunter2@example.com"]', ["U02 sources.shop.command"]),
        (
            'url = "https://example.com"\nheaders = { Authorization = "Bearer abc" }',
            ["U02 sources.shop.headers.Authorization"],
        ),
        ('url = "https://example.com"\nheaders = { Authorization = "Bearer ${TOKEN}" }', []),
        ('url = "https://example.com"\nheaders = { Accept = "text/csv" }', []),
        ('url = "sqlite:shop.db"', []),
    ],
)
def test_a_password_in_sight_is_found(keys: str, found: list[str], judged: Judged) -> None:
    assert judged(KPI + keys, code="U02") == found


def test_a_password_in_the_command_of_a_kpi_is_found(judged: Judged) -> None:
    text = '[kpis.it]\ncommand = ["psql", "postgresql://ann:hunter2@db/shop", "-c", "select 1"]\n'
    assert judged(text, code="U02") == ["U02 kpis.it.command"]


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ("select 1 where day >= :start", False),
        ("select 1 where day = :period", False),
        ("select ':start'", True),
        ("select 1 -- :start", True),
        ("select a::start from t", True),
    ],
)
def test_days_are_bound_outside_of_texts(query: str, *, is_found: bool, judged: Judged) -> None:
    text = f'[kpis.it]\nsource = "shop"\nquery = "{query}"\n[sources.shop]\nurl = "sqlite:shop.db"'
    assert judged(text, code="U04") == ["U04 kpis.it.query"] * is_found
