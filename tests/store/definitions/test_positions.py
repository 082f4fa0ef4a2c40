"""Where keys stand, in every form that TOML has for them."""

import tomllib
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kpicli.store.definitions.positions import Positions, places


def written(text: str) -> list[str]:
    return [f"{'.'.join(place.path)} {place.line}:{place.column}" for place in places(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a = 1", ["a 1:1"]),
        ("\n  a=1\n\tb = 2", ["a 2:3", "b 3:2"]),
        ("a.b.c = 1", ["a.b.c 1:1"]),
        ("a . b = 1", ["a.b 1:1"]),
        ('"a b" = 1', ["a b 1:1"]),
        ("'a.b'.c = 1", ["a.b.c 1:1"]),
        ('"\\u0061\\"" = 1', ['a" 1:1']),
        ('"" = 1', [" 1:1"]),
        ("1 = 1", ["1 1:1"]),
        ("-_9 = 1", ["-_9 1:1"]),
        ("2026-01 = 1", ["2026-01 1:1"]),
        ("[a]\nb = 1", ["a 1:1", "a.b 2:1"]),
        (" [ a . 'b c' ] # x = 1\nd = 1", ["a.b c 1:2", "a.b c.d 2:1"]),
        ("[[a]]\nb = 1\n[[a]]\nb = 2", ["a 1:1", "a.b 2:1", "a 3:1", "a.b 4:1"]),
        ("# a = 1\nb = 1 # c = 2", ["b 2:1"]),
        ('a = "# b = 1"\nc = 1', ["a 1:1", "c 2:1"]),
        ('a = """\nb = 1\n[c]\n"""\nd = 1', ["a 1:1", "d 5:1"]),
        ('a = """x\\"""" # "\nd = 1', ["a 1:1", "d 2:1"]),
        ('a = """x"""""\nd = 1', ["a 1:1", "d 2:1"]),
        ("a = '''\nb = 1\n\\'''\nd = 1", ["a 1:1", "d 4:1"]),
        ("a = 'x\\'\nd = 1", ["a 1:1", "d 2:1"]),
        ('a = "x\\\\"\nd = 1', ["a 1:1", "d 2:1"]),
        ("a = [1, 2,\n# b = 3\n3]\nd = 1", ["a 1:1", "d 4:1"]),
        ("a = [[1], [2]]\nd = 1", ["a 1:1", "d 2:1"]),
        ("a = [[[1]]]\nd = 1", ["a 1:1", "d 2:1"]),
        ("a = { b = 1, c.d = 2 }\nd = 1", ["a 1:1", "a.b 1:7", "a.c.d 1:14", "d 2:1"]),
        ("a={b={c=1},d=2}", ["a 1:1", "a.b 1:4", "a.b.c 1:7", "a.d 1:12"]),
        ("a = [\n{ b = 1 },\n{ b = 2 }\n]\nd = 1", ["a 1:1", "a.b 2:3", "a.b 3:3", "d 5:1"]),
        ("a = { b = [1, { c = 2 }], d = 3 }", ["a 1:1", "a.b 1:7", "a.b.c 1:17", "a.d 1:27"]),
        ('a = { "b c" = "d = 1" }', ["a 1:1", "a.b c 1:7"]),
        ("a = 2026-11-22T08:15:30.5+02:00\nd = 1", ["a 1:1", "d 2:1"]),
        ("a = 3.14\nd = -inf", ["a 1:1", "d 2:1"]),
        ("a = 1\r\nb = 2\r\n", ["a 1:1", "b 2:1"]),
        (
            "[a]\nt = { '2026-01' = '5', 2026-07 = 6 }",
            ["a 1:1", "a.t 2:1", "a.t.2026-01 2:7", "a.t.2026-07 2:24"],
        ),
    ],
)
def test_a_key_has_its_line_and_column(text: str, wanted: list[str]) -> None:
    tomllib.loads(text)
    assert written(text) == wanted


@pytest.mark.parametrize(
    ("text", "lengths"),
    [("abc = 1", [3]), ("a . b = 1", [5]), ("['a b'.c]", [7]), ('"\\u0061" = 1', [8])],
)
def test_a_key_has_the_length_that_is_written(text: str, lengths: list[int]) -> None:
    assert [place.length for place in places(text)] == lengths


@pytest.mark.parametrize(
    ("text", "extents"),
    [
        ("abc = 1", [3]),
        ("[abc]", [5]),
        ("[[abc]]", [7]),
        ("[ a . 'b c' ] # x", [13]),
        ("[a", [2]),
        ("[a b]\nc", [5, 1]),
        ("a = { bcd = 1 }", [1, 3]),
        ("[", [1]),
        ("[\n", [1]),
    ],
)
def test_a_header_extends_to_the_end_of_its_brackets(text: str, extents: list[int]) -> None:
    assert [place.extent for place in places(text)] == extents


@pytest.mark.parametrize("path", [("kpis", "mrr"), ("kpis", "mrr", "owner"), ("kpis", "mrr", "id")])
def test_the_place_of_a_table_is_its_header(path: tuple[str, ...]) -> None:
    place = Positions("x = 1\n [kpis.mrr]\n").place(path)
    assert (place.line, place.column, place.length, place.extent) == (2, 2, 8, 10)


def test_what_has_no_place_stands_at_the_beginning_and_has_no_extent() -> None:
    place = Positions("x = 1\n").place(("kpis",))
    assert (place.line, place.column, place.extent) == (1, 1, 0)


@pytest.mark.parametrize(
    ("number", "line"), [(1, "a = 1"), (2, "\tb = 2"), (3, ""), (4, ""), (99, "")]
)
def test_a_line_is_told_without_its_end(number: int, line: str) -> None:
    assert Positions("a = 1\n\tb = 2\n").line(number) == line


TEXT = """\
[goals.growth]
[kpis.mrr]
target = 5
targets.2026 = 6
[kpis.churn]
"""


@pytest.mark.parametrize(
    ("path", "position"),
    [
        (("kpis", "mrr", "target"), (3, 1)),
        (("kpis", "mrr", "targets"), (4, 1)),
        (("kpis", "mrr", "targets", "2026"), (4, 1)),
        (("kpis", "mrr", "owner"), (2, 1)),
        (("kpis", "churn"), (5, 1)),
        (("kpis", "churn", "targets", "2026"), (5, 1)),
        (("kpis",), (2, 1)),
        (("goals", "loyalty"), (1, 1)),
        (("defaults", "target"), (1, 1)),
        ((), (1, 1)),
    ],
)
def test_a_key_that_is_not_written_is_where_its_table_is(
    path: tuple[str, ...], position: tuple[int, int]
) -> None:
    assert Positions(TEXT).of(path) == position


def test_what_is_nested_without_end_is_followed_only_so_far() -> None:
    deepest = max(len(place.path) for place in places("a=" + "{a=" * 5000))
    assert deepest == 100


SCRAPS = st.lists(
    st.sampled_from(
        [*"[]{}=,.#\"'\\\n\r\t ab1", '"""', "'''", "[[", "]]", "\\u", "\\uD800", "a = 1\n", "[a]\n"]
    )
    | st.characters(),
    max_size=30,
).map("".join)


@given(SCRAPS | st.text())
@example('"\\x" = 1')
@example("]")
@example("{a")
@example("a = {b")
@example("[")
def test_any_text_has_places_within_it(text: str) -> None:
    lines = text.split("\n")
    for place in places(text):
        assert 1 <= place.line <= len(lines)
        assert 1 <= place.column <= len(lines[place.line - 1]) + 1
        assert 0 <= place.length <= place.extent <= len(text)
    Positions(text).of(("a", "b"))


KEYS = st.text("ab", min_size=1, max_size=2) | st.sampled_from(["a b", "é", "'", '"', ".", "", "="])
TABLES: Any = st.recursive(
    st.integers() | st.text(max_size=3) | st.lists(st.integers(), max_size=2),
    lambda inner: st.dictionaries(KEYS, inner, max_size=3),
)


@given(st.dictionaries(KEYS, TABLES, max_size=3))
def test_every_key_that_is_written_is_found(tables: dict[str, Any]) -> None:
    import tomli_w

    found = {place.path for place in places(tomli_w.dumps(tables))}
    headers = {path[:end] for path in found for end in range(1, len(path))}
    assert set(_paths(tables)) <= found | headers


def _paths(table: dict[str, Any], above: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    found = []
    for key, value in table.items():
        found.append((*above, key))
        found += _paths(value, (*above, key)) if isinstance(value, dict) else []
    return found
