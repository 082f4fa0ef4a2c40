"""Every entry of the catalogue: complete, sound, and nothing that `kpi check` complains of."""

from collections import Counter

import pytest

from kpicli.model.entry import Entry
from kpicli.store.catalogue import entries, made_of
from tests.catalogue.given import written
from tests.installed import Kpi

ALL = list(entries().values())
TERMS = [entry for entry in ALL if not entry.is_input]
LEAST = 70
AREAS = {
    *("sales", "marketing", "customer success", "product", "e-commerce"),
    *("finance", "operations", "support", "engineering", "people"),
}


def named(entry: Entry) -> str:
    return entry.id


def test_it_knows_the_field() -> None:
    assert len(TERMS) >= LEAST
    assert {entry.area for entry in TERMS} == AREAS


@pytest.mark.parametrize("entry", TERMS, ids=named)
def test_each_is_explained(entry: Entry) -> None:
    assert 2 <= entry.explains.count(". ") + 1 <= 4
    assert entry.pitfalls.endswith(".")
    assert len(entry.goals) >= 2
    assert entry.reference
    assert entry.keys["definition"]
    assert entry.keys["direction"] in {"higher", "lower"}
    assert entry.keys.get("levers")
    assert set(entry.related) <= entries().keys()


def test_no_two_are_called_the_same() -> None:
    names = Counter(name.casefold() for entry in TERMS for name in entry.names)
    assert [name for name, count in names.items() if count > 1] == []


def test_every_input_is_the_input_of_something() -> None:
    used = {id for entry in ALL for id in entry.inputs}
    assert {entry.id for entry in ALL if entry.is_input} <= used


@pytest.mark.parametrize("entry", TERMS, ids=named)
def test_no_formula_is_over_what_is_not_there(entry: Entry) -> None:
    assert {one.id for one in made_of(entry.id)} >= {entry.id, *entry.inputs}


@pytest.mark.parametrize("entry", TERMS, ids=named)
def test_each_passes_check_once_its_target_owner_and_goal_are_given(kpi: Kpi, entry: Entry) -> None:
    (kpi.folder / "kpis.toml").write_text(written(entry))
    run = kpi("check", "--as-of", "2026-11-05", "--ignore", "R03,R04,R02")
    assert (run.code, run.out) == (0, run.out), run.out
