"""No definitions file, sound or not, takes more than its size in time."""

from collections.abc import Callable
from contextlib import suppress

import pytest

from kpicli.errors import KpiError, ManyErrors
from kpicli.store.definitions.positions import Positions
from kpicli.store.definitions.read import LARGEST, read
from tests.effort import Task, assert_linear, assert_linear_in_c

LONG_KEY = '"a" = "' + "b" * 90 + '"\n'


def kpis(count: int, keys: str) -> str:
    return "".join(f"[kpis.k{at}]\n{keys.format(at)}\n" for at in range(count))


FILES = {
    "sound KPIs": lambda size: kpis(size, 'name = "KPI {0}"\ntarget = "<5%"'),
    "unknown keys": lambda size: "".join(f"kay{at} = 1\n" for at in range(size)),
    "unknown keys of a KPI": lambda size: (
        "[kpis.a]\n" + "".join(f"kay{at} = 1\n" for at in range(size))
    ),
    "wrong types": lambda size: kpis(size, "name = 1\ntarget = true"),
    "unknown ids": lambda size: kpis(size, 'supports = "nobody{0}"\nformula = "x{0} / y{0}"'),
    "a chain of support": lambda size: (
        "[kpis.k0]\n" + "".join(f'[kpis.k{at}]\nsupports = "k{at - 1}"\n' for at in range(1, size))
    ),
    "a chain of formulas": lambda size: (
        "[kpis.k0]\n"
        + "".join(f'[kpis.k{at}]\nformula = "k{at - 1} * 2"\n' for at in range(1, size))
    ),
    "a circle of formulas": lambda size: (
        f'[kpis.k0]\nformula = "k{size - 1}"\n'
        + "".join(f'[kpis.k{at}]\nformula = "k{at - 1} * 2"\n' for at in range(1, size))
    ),
    "one formula over many": lambda size: (
        '[kpis.all]\nformula = "'
        + " + ".join(f"k{at}" for at in range(size))
        + '"\n'
        + kpis(size, "")
    ),
    "a long schedule": lambda size: (
        "[kpis.a.targets]\n"
        + "".join(f'"{2000 + at // 12}-{at % 12 + 1:02}" = {at}\n' for at in range(size))
    ),
    "former ids": lambda size: (
        "[kpis.a]\nformerly = [" + ", ".join(f'"k{at}"' for at in range(size)) + "]\n"
    ),
    "goals that nobody has": lambda size: kpis(size, 'goal = "goal{0}"'),
    "a key that appears twice": lambda size: kpis(size, "grace = 1") + "[kpis.k0]\n",
    "words in an inline table": lambda size: "a = { " + "b " * size + "}",
    "many cycles": lambda size: (
        f'[kpis.k0]\nformula = "k{size - 1}"\n'
        + "".join(f'[kpis.k{at}]\nformula = "k{at - 1} * k0"\n' for at in range(1, size))
    ),
    "sources": lambda size: "".join(
        f'[sources.s{at}]\nfile = "a.csv"\nkpi = "k{at}"\n' for at in range(size)
    ),
}


@pytest.mark.parametrize("file", FILES.values(), ids=FILES)
def test_lines_run_grow_with_the_file(file: Callable[[int], str]) -> None:
    def task(size: int) -> Task:
        content = file(size).encode()
        return lambda: loaded(content)

    loaded(file(3).encode())
    assert_linear(task, 60)


def loaded(content: bytes) -> None:
    with suppress(KpiError, ManyErrors):
        read("kpis.toml", content)


DEEP = {
    "a deep header": lambda size: "[" + "a." * size + "a]\n" + "b = 1\n" * size,
    "a deep key": lambda size: "a." * size + "a = 1\n",
    "deep arrays": lambda size: "a = " + "[" * size + "]" * size + "\nb = 1\n",
    "deep tables": lambda size: "a = " + "{a = " * size + "1" + "}" * size + "\n",
}


@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP)
def test_places_in_the_deep_are_read_once(text: Callable[[int], str]) -> None:
    def task(size: int) -> Task:
        content = text(size)
        return lambda: Positions(content)

    assert_linear(task, 200)


UNCLOSED = {
    "triple quotes": '\\"""\n',
    "triple apostrophes": "'''x''\n",
    "escaped quotes": '\\"',
    "escaped ends of lines": '"\\\n',
    "apostrophes": "'\n",
    "brackets": "[[{",
    "words in a table": "= { a ",
    "dots": "a.",
    "signs": "a=",
}


@pytest.mark.parametrize("start", ["", '"a', "a = { ", LONG_KEY, '"""', "'''"])
@pytest.mark.parametrize("piece", UNCLOSED.values(), ids=UNCLOSED)
def test_what_is_never_closed_is_read_once(start: str, piece: str) -> None:
    def task(size: int) -> Task:
        text = start + piece * size
        return lambda: Positions(text)

    assert_linear_in_c(task, 500)


def test_a_file_above_the_bound_is_not_parsed() -> None:
    with pytest.raises(KpiError, match="the limit is 1 MB"):
        read("kpis.toml", b"#" * (LARGEST + 1))
