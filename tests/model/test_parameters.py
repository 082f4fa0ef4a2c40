"""The parameters of a query: what is bound, and what stays as it is."""

import pytest

from kpicli.model.source import escaped_value, parameters


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("select :start, :end, :period", {"start", "end", "period"}),
        ("select :start::date", {"start"}),
        ("select a::date, b[1:2]", set()),
        ("select ':start'", set()),
        ("select 'it''s :start', :end", {"end"}),
        ('select ":start" from t', set()),
        ("select 1 -- :start\n, :end", {"end"}),
        ("select /* :start */ :period", {"period"}),
        ("select $$ :start $$, $x$ :end $$ $x$", set()),
        ("""select '{"a":1}'::json, :other, :starting""", set()),
        ("select x::start", set()),
    ],
)
def test_a_parameter_stands_behind_one_colon_outside_of_texts(query: str, names: set[str]) -> None:
    assert parameters(query) == names


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("select :start::date", r"select :start\:\:date"),
        ("""select '{"a":1}', :end""", r"""select '{"a"\:1}', :end"""),
        ("select ':start', :other", r"select '\:start', \:other"),
    ],
)
def test_every_other_colon_is_escaped(query: str, text: str) -> None:
    assert escaped_value(query) == text
