"""Nouns are named tuples as `typing` makes them; it is only cheaper to define one."""

import pickle
import typing
from copy import deepcopy
from typing import Any

import pytest

from kpicli.noun import NamedTuple


class Ours(NamedTuple):
    """A noun."""

    unit: str
    places: int = 2

    @property
    def is_money(self) -> bool:
        return self.unit == "kr"


class Theirs(typing.NamedTuple):
    """A noun."""

    unit: str
    places: int = 2


Ours.__name__ = Theirs.__name__ = "Noun"


@pytest.mark.parametrize("kind", [Ours, Theirs])
def test_what_a_named_tuple_can_do_a_noun_can(kind: Any) -> None:
    noun = kind("kr")
    assert noun == ("kr", 2) == (noun.unit, noun.places) == kind(places=2, unit="kr")
    assert repr(noun) == "Noun(unit='kr', places=2)"
    assert noun._replace(places=3) == kind._make(["kr", 3]) == ("kr", 3)
    assert noun._asdict() == {"unit": "kr", "places": 2}
    assert (kind._fields, kind._field_defaults) == (("unit", "places"), {"places": 2})
    assert deepcopy(noun) == noun
    assert type(noun._replace(places=3)) is kind
    assert not hasattr(noun, "__dict__")
    match noun:
        case kind(unit, places=2):
            assert unit == "kr"
    for mistake in (kind, lambda: kind("kr", 2, 3), lambda: kind(mark=".")):
        with pytest.raises(TypeError, match="__new__"):
            mistake()
    with pytest.raises((ValueError, TypeError), match="mark"):  # of 3.13 on it is a TypeError
        noun._replace(mark=".")


def test_a_noun_has_methods_and_is_pickled_by_its_name() -> None:
    assert Ours("kr").is_money
    Ours.__name__ = "Ours"
    assert pickle.loads(pickle.dumps(Ours("kr"))) == Ours("kr")  # noqa: S301 - ours
